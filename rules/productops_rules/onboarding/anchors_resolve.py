"""ONB005."""

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import Anchors, Edit, Finding, LostAnchor, NotApplicable, fixes, rewritten, rule

Slugger = Literal["github", "gitlab", "mkdocs"]


@rule("ONB005", stage="review", level="silver")
def anchors_resolve(anchors: Anchors, *, slugger: Slugger = "github") -> Iterator[Finding]:
    """Every link to a section leads to a heading or an anchor that its document has.

    Looks at links with a `#fragment` in process documents, within the document or into another one of the
    repository. Headings count by the forge's rules, repeated ones with `-1`; so do ids and labels that are
    written by hand. Left alone are lines of code (`#L10`), documents that take in others, whose headings are
    not to be seen, and links for which the document switches off MD051 of markdownlint.

    Why:
        The browser stays at the top of the page, and the reader is left to search for what was promised.
    Fix:
        Write the anchor of the heading as it is now; the finding names the closest one.
    Options:
        slugger: whose anchors the headings have: those of github, gitlab or mkdocs
    Source:
        156 of 6,463 such links were dead in a survey of 96 repositories;
        https://github.com/kubernetes/kubernetes/blob/master/hack/verify-toc.sh.
    Bad:
        -- CONTRIBUTING.md --
        # Contributing
        First [set up](#setup).
        ## Set up
        Run `make`.
    Good:
        -- CONTRIBUTING.md --
        # Contributing
        First [set up](#set-up), then [test](docs/testing.md#unit-tests).
        ## Set up
        Run `make`.
        -- docs/testing.md --
        # Testing
        ## Unit tests
        Run `make test`.
    """
    if not anchors.used:
        raise NotApplicable("no process document links to a section")
    for lost in anchors.lost(slugger):
        target = lost.link.target
        here = "this document" if lost.into is lost.document else lost.into.path
        fix = f"write `#{lost.near}`" if lost.near else "link to a heading that is there, or to the document"
        message = f"`{target}`: {here} has no such section"
        yield Finding(_key(lost), message, lost.document.at(lost.link.line), fix)


@fixes(anchors_resolve, "safe")
def spell_the_anchor(finding: Finding, anchors: Anchors, *, slugger: Slugger) -> Iterator[Edit]:
    """Write the anchor of the heading that says the same."""
    yield from (edit for lost in _lost(anchors, finding, slugger) if lost.same for edit in _edits(lost))


@fixes(anchors_resolve, "unsafe")
def take_the_nearest(finding: Finding, anchors: Anchors, *, slugger: Slugger) -> Iterator[Edit]:
    """Write the anchor of the one heading that is nearly called so."""
    yield from (edit for lost in _lost(anchors, finding, slugger) if lost.alone for edit in _edits(lost))


def _lost(anchors: Anchors, finding: Finding, slugger: Slugger) -> Iterator[LostAnchor]:
    yield from (lost for lost in anchors.lost(slugger) if _key(lost) == finding.key)


def _edits(lost: LostAnchor) -> Iterator[Edit]:
    target = lost.link.target
    new = f"{target.partition('#')[0]}#{lost.near}"
    yield from rewritten(lost.document, [lost.link.line], target, new)


def _key(lost: LostAnchor) -> str:
    return f"{lost.document.path}#{lost.link.target}"
