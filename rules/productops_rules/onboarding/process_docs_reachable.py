"""ONB007."""

from collections.abc import Iterable, Iterator

from pytest_productops.api import (
    Documents,
    Edit,
    Finding,
    HiddenDocument,
    Less,
    NotApplicable,
    Reach,
    fixes,
    listed,
    rule,
)

Names = tuple[str, ...]


@rule("ONB007", stage="plan", level="silver")
def process_docs_reachable(
    reach: Reach,
    *,
    root: str = "README",
    max_hops: Less[int] = 3,
    auto_surfaced: Less[tuple[str, ...]] = (
        "CONTRIBUTING",
        "CODE_OF_CONDUCT",
        "SECURITY",
        "SUPPORT",
        "CODEOWNERS",
        "LICENSE",
    ),
) -> Iterator[Finding]:
    """A reader who starts at the README gets to every process document in three steps.

    A step is a link to a document or its folder, its name in the text, a page of the navigation of a site that
    is generated from the tree, or an address of the forge or of that site. What the forge itself shows beside
    the README needs no link, and its links count too.

    Why:
        A runbook that nobody finds at night is no runbook.
    Fix:
        Link to the document from the README, or from the one that the finding names.
    Options:
        root: the document to start at, without suffix
        max_hops: the most steps
        auto_surfaced: documents (names without suffix) that the forge shows by itself
    Source:
        https://dora.dev/capabilities/documentation-quality/ (findability); https://diataxis.fr.
    Bad:
        -- README.md --
        # Invoices
        Sends invoices to customers.
        -- docs/runbook.md --
        # Runbook
        Restart the service with `make restart`.
    Good:
        -- README.md --
        # Invoices
        Sends invoices to customers. [How it is run](docs/README.md)
        -- docs/README.md --
        # Documents
        - [Runbook](runbook.md)
        -- docs/runbook.md --
        # Runbook
        Restart the service with `make restart`.
    """
    start = reach.start(root)
    if start is None:
        raise NotApplicable(f"there is no {root} to start at")
    if not reach.process:
        raise NotApplicable(f"there is no process document beside the {root}")
    for hidden in reach.hidden(root, max_hops, auto_surfaced):
        path = hidden.document.path
        message = f"no path of at most {max_hops} links leads from {start.path} to {path}"
        yield Finding(path, message, hidden.document.at(), f"link to it from {hidden.parent}")


@fixes(process_docs_reachable, "safe")
def list_it(
    finding: Finding, reach: Reach, documents: Documents, *, root: str, max_hops: int, auto_surfaced: Names
) -> Iterator[Edit]:
    """Add the document to the list of its folder."""
    if "/" in finding.key:
        yield from _listed(finding, documents, reach.hidden(root, max_hops, auto_surfaced))


@fixes(process_docs_reachable, "unsafe")
def list_it_at_the_root(
    finding: Finding, reach: Reach, documents: Documents, *, root: str, max_hops: int, auto_surfaced: Names
) -> Iterator[Edit]:
    """Add the document to the list that has others of the root, which may be for other readers."""
    yield from _listed(finding, documents, reach.hidden(root, max_hops, auto_surfaced))


def _listed(finding: Finding, documents: Documents, hidden: Iterable[HiddenDocument]) -> Iterator[Edit]:
    for each in hidden:
        parent = documents.get(each.parent) if each.document.path == finding.key else None
        yield from listed(documents, parent, each.document) if parent else ()
