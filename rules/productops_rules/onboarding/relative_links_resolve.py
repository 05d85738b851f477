"""ONB004."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from pytest_productops.api import (
    DeadLink,
    Edit,
    Files,
    Finding,
    Less,
    Links,
    NotApplicable,
    fixes,
    readdressed,
    relinked,
    rewritten,
    rule,
)


@rule("ONB004", stage="review", level="bronze")
def relative_links_resolve(links: Links, *, allow: Less[tuple[str, ...]] = ()) -> Iterator[Finding]:
    """Every relative link and image of a process document leads to a file of the repository.

    Looks at README, the contributor guide, and the documents on releases, deployment, security and the like.
    `/a` is a path from the root. Left alone are routes of the forge (`../../issues`), what git ignores, what is
    in a submodule, and in documents of a generated site the addresses that only its generator can tell.

    Why:
        A link that leads nowhere ends the way of a newcomer there, and says that nobody walks it.
    Fix:
        Write where the document is now; the finding says where it went, if the history knows. Write an address
        of the web with `https://`.
    Options:
        allow: targets (globs) that are not judged, such as `../wiki/*`
    Source:
        38 of 96 surveyed repositories had such a link; https://dora.dev/capabilities/documentation-quality/.
    Bad:
        -- README.md --
        # Invoices
        See [how to contribute](docs/contribute.md).
        -- docs/contributing.md --
        # Contributing
        Open a pull request.
    Bad:
        -- git log --
        2025-01-10 ann@example.org Explain the design
        2025-06-01 bob@example.org Tidy up [-docs/design.md]
        -- CONTRIBUTING.md --
        # Contributing
        Read [the design](docs/design.md) first.
    Good:
        -- README.md --
        # Invoices
        See [how to contribute](docs/contributing.md#tests), or ask in [an issue](../../issues).
        -- docs/contributing.md --
        # Contributing
        Open a pull request. [Back](/README.md)
    """
    if not links.relative:
        raise NotApplicable("no process document has a relative link")
    for dead in links.dead:
        target = dead.link.target
        if not any(fnmatchcase(target, pattern) for pattern in allow):
            kind = "image" if dead.link.image else "link"
            message = f"the {kind} `{target}` leads nowhere{_why(dead)}"
            yield Finding(_key(dead), message, dead.document.at(dead.link.line), _fix(dead))


@fixes(relative_links_resolve, "safe")
def follow_the_file(finding: Finding, links: Links, files: Files) -> Iterator[Edit]:
    """Link to where the file is now."""
    for dead in _of(finding, links):
        sure = dead.alike or (dead.removal and dead.removal.surely in files)
        if sure and not dead.host:
            yield from _written(links, dead)


@fixes(relative_links_resolve, "safe")
def make_it_an_address(finding: Finding, links: Links) -> Iterator[Edit]:
    """Write the address in full."""
    for dead in _of(finding, links):
        if dead.host:
            target = dead.link.target
            yield from readdressed(dead.document, _lines(links, dead), target, f"{_scheme(dead)}{target}")


@fixes(relative_links_resolve, "unsafe")
def follow_the_likeness(finding: Finding, links: Links, files: Files) -> Iterator[Edit]:
    """Link to what git takes for the renamed file or folder."""
    for dead in _of(finding, links):
        sure = _now(dead) in files or (dead.removal and dead.removal.surely)
        if sure and not dead.host:
            yield from _written(links, dead)


def _of(finding: Finding, links: Links) -> Iterator[DeadLink]:
    yield from (dead for dead in links.dead if _key(dead) == finding.key)


def _written(links: Links, dead: DeadLink) -> Iterator[Edit]:
    """Yield what writes where the file is now wherever the document links to where it was."""
    new = relinked(dead.document, dead.link.target, _now(dead))
    yield from rewritten(dead.document, _lines(links, dead), dead.link.target, new)


def _lines(links: Links, dead: DeadLink) -> list[int]:
    """Return the lines of the document that link to the same target."""
    alike = ((document, link) for document, link in links.relative if link.target == dead.link.target)
    return [link.line for document, link in alike if document is dead.document]


def _key(dead: DeadLink) -> str:
    return f"{dead.document.path}#{dead.link.target}"


def _why(dead: DeadLink) -> str:
    if dead.host:
        return f": it is an address without `{_scheme(dead)}`"
    if dead.alike:
        return f": the file is {dead.alike}, in other case"
    return f": {dead.path} is not there" + (f" ({dead.removal})" if dead.removal else "")


def _fix(dead: DeadLink) -> str:
    if dead.host:
        return f"write `{_scheme(dead)}{dead.link.target}`"
    now = _now(dead)
    return f"link to {now}" if now else "link to what there is now, or take the link out"


def _now(dead: DeadLink) -> str:
    return dead.alike or (dead.removal.now if dead.removal else None) or ""


def _scheme(dead: DeadLink) -> str:
    return "mailto:" if "@" in dead.link.target else "https://"
