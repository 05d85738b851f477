"""ONB006."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Literal

from pytest_productops.api import (
    Edit,
    Files,
    Finding,
    GonePath,
    Less,
    Mentions,
    More,
    NotApplicable,
    fixes,
    rewritten,
    rule,
)


@rule("ONB006", stage="build", level="silver", demands={"strict": {"mode": "strict"}})
def documented_paths_exist(
    mentions: Mentions,
    *,
    mode: More[Literal["history", "strict"]] = "history",
    ignore: Less[tuple[str, ...]] = (),
) -> Iterator[Finding]:
    """Every path of the repository that a process document names in code is there.

    Looks at inline code in process documents that has a `/` and begins with a folder of the repository, such as
    `src/server/app.py`. Left alone are invented names (`path/to/x`), what git ignores or a build makes, and
    paths within a package. By default only what the history knows, and knows as gone, is a violation.

    Why:
        Who reads "the entry point is `src/app.py`" and does not find it, doubts the rest of the page.
    Fix:
        Write where the file is now; the finding says what became of it.
    Options:
        mode: history (what once was there and is gone) or strict (whatever is not there)
        ignore: paths (globs) that are not judged
    Source:
        OpenSSF best practices, documentation_current.
    Bad:
        -- git log --
        2025-01-10 ann@example.org Start the server
        2025-06-01 bob@example.org Move it [-src/server/app.py] [+src/api/app.py]
        -- CONTRIBUTING.md --
        # Contributing
        The entry point is `src/server/app.py`.
        -- src/server/app.py --
        serve()
        -- src/api/app.py --
        serve()
    Good:
        -- git log --
        2025-01-10 ann@example.org Start the server
        -- CONTRIBUTING.md --
        # Contributing
        The entry point is `src/api/app.py`; put plug-ins into `src/plugins/my_plugin.py`.
        -- src/api/app.py --
        serve()
    """
    if not mentions.paths:
        raise NotApplicable("no process document names a path of the repository in code")
    for gone in mentions.gone:
        known = gone.removal is not None or mode == "strict"
        if known and not any(fnmatchcase(gone.path, pattern) for pattern in ignore):
            why = f" ({gone.removal})" if gone.removal else ""
            now = gone.removal.now if gone.removal else ""
            fix = f"write `{now}`" if now else "name what there is now, or take the path out"
            place = gone.document.at(gone.code.line)
            yield Finding(_key(gone), f"`{gone.code.text}` is named, but is not there{why}", place, fix)


@fixes(documented_paths_exist, "safe")
def follow_the_file(finding: Finding, mentions: Mentions, files: Files) -> Iterator[Edit]:
    """Write where the file is now."""
    for gone in (gone for gone in mentions.gone if _key(gone) == finding.key):
        if gone.removal and gone.removal.surely in files:
            yield from _edits(gone, gone.removal.surely)


@fixes(documented_paths_exist, "unsafe")
def follow_the_likeness(finding: Finding, mentions: Mentions, files: Files) -> Iterator[Edit]:
    """Write what git takes for the renamed file or folder."""
    for gone in (gone for gone in mentions.gone if _key(gone) == finding.key):
        if gone.removal and gone.removal.now and (gone.removal.now in files or gone.removal.surely):
            yield from _edits(gone, gone.removal.now)


def _edits(gone: GonePath, now: str) -> Iterator[Edit]:
    """Yield what writes another path wherever the document has this one in code, without a line of it."""
    for code in gone.document.codes:
        said = code.text.strip().removeprefix("./")
        if said.rstrip("/") == gone.path:
            yield from rewritten(gone.document, [code.line], said, said.replace(gone.path, now))


def _key(gone: GonePath) -> str:
    return f"{gone.document.path}#{gone.path}"
