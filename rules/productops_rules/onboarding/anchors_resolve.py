"""ONB005."""

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import Anchors, Finding, NotApplicable, rule


@rule("ONB005", stage="review", level="silver")
def anchors_resolve(
    anchors: Anchors, *, slugger: Literal["github", "gitlab", "mkdocs"] = "github"
) -> Iterator[Finding]:
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
        key = f"{lost.document.path}#{target}"
        yield Finding(key, f"`{target}`: {here} has no such section", lost.document.at(lost.link.line), fix)
