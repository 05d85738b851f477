"""REP006."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import (
    Document,
    Documents,
    Evidence,
    Finding,
    Less,
    More,
    NotApplicable,
    empty_sections,
    filled_by_site,
    lack,
    rule,
    unfinished,
)

KINDS = ("contributing", "deployment", "onboarding", "release", "review", "rollback", "runbook", "security")


@rule("REP006", stage="review", level="bronze")
def no_unfinished_process_docs(
    documents: Documents,
    *,
    markers: More[tuple[str, ...]] = ("TODO", "TBD", "FIXME"),
    allow_roadmap: Less[bool] = True,
) -> Iterator[Finding]:
    """Process documents are finished: nothing to be written later, no template's blanks, no empty sections.

    Read is the running text of README, CONTRIBUTING, SECURITY and their like, never code, URLs and the texts
    of links. A marker counts where it stands for text that is missing: "TODO: say how", or TBD alone in a
    cell of a table. It does not count where the text speaks of it: "resolve each TODO".

    Why:
        People follow what is written. An unfinished step stops the newcomer and the person on call alike.
    Fix:
        Write what is missing, or take the section out until somebody can.
    Options:
        markers: words that stand for missing text, in just these letters
        allow_roadmap: whether markers may stand in sections about plans
    Source:
        GitLab delivery#2232 (avoid TBD in procedures); Kubernetes enhancement template.
    Bad:
        -- CONTRIBUTING.md --
        # Contributing
        ## Release
        TODO: say how
    Bad:
        -- SECURITY.md --
        # Security
        Report vulnerabilities to [INSERT CONTACT METHOD], we answer within two days.
    Bad:
        -- CONTRIBUTING.md --
        # Contributing
        Send a pull request.
        ## Tests
        ## Style
        Run `ruff`.
    Good:
        -- CONTRIBUTING.md --
        # Contributing
        Resolve every TODO comment before you send a pull request; `TODO` is for your own branch.
        ## Roadmap
        - TODO: French
    """
    found = {document.path: document for document in documents.process}
    found.update(
        (document.path, document) for kind in KINDS for document in documents.artifact(kind).documents
    )
    if not found:
        raise NotApplicable("there are no process documents")
    for document in found.values():
        reason = "" if filled_by_site(document) else lack(document)
        if reason and reason != "holds only links":
            message = f"the document {reason}"
            yield Finding(f"{document.path}#text", message, document.at(), fix="write it, or delete it")
        else:
            yield from _inside(document, markers, allow_roadmap)


def _inside(document: Document, markers: tuple[str, ...], allow_roadmap: bool) -> Iterator[Finding]:
    for text, places in unfinished(document, markers, roadmap=allow_roadmap).items():
        message = f"there is placeholder text: {text}"
        further = tuple(map(Evidence, places[1:]))
        yield Finding(f"{document.path}#{text}", message, places[0], "write what it stands for", further)
    for section in empty_sections(document):
        name = section.heading.text if section.heading else ""
        slug = section.heading.slug if section.heading else ""
        message = f"the section `{name}` is empty"
        yield Finding(f"{document.path}#{slug}", message, section.at(), fix="write it, or delete the heading")
