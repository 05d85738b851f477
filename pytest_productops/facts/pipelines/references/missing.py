"""Whether a path that is not in the tree is missing for certain, and what became of it."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.history import History, Removal
from pytest_productops.facts.ignored import Ignored
from pytest_productops.facts.pipelines.references.model import Before
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_OPAQUE = regex(r"[$*?`{!~]|^(?:/|\.\.)")


class Missing:
    """The tree and, where there is one, its history; `unsure` are places that only the history could decide."""

    def __init__(self, files: Files, history: History | None) -> None:
        self.files = files
        self.unsure: list[Location] = []
        self._history = history

    def path(self, path: str, before: Before, place: Location) -> bool:
        """Whether a path is certainly not there when a step needs it."""
        if _OPAQUE.search(path) or path == "." or self.exists(path):
            return False
        if before.rebuilt or self.may_be_made(path, before):
            return False
        return before.plain or self.known(path, place)

    def exists(self, path: str) -> bool:
        """Whether a file or folder is in the tree, links to folders followed."""
        path = self.files.followed(path)
        return path in self.files or path in self.files.folders or posixpath.normpath(path) == "."

    def known(self, path: str, place: Location) -> bool:
        """Whether the history says that a path was there once; where there is none, the place is unsure."""
        if self._history is None:
            self.unsure.append(place)
        return self.removal(path) is not None

    def removal(self, path: str) -> Removal | None:
        """Return what removed a path, as far as is known."""
        return self._history.removal(path) if self._history else None

    def may_be_made(self, path: str, before: Before) -> bool:
        """Whether a missing path may be there when it is used: of a submodule, ignored, or made by a step."""
        parts = path.split("/")
        heads = ["/".join(parts[: at + 1]) for at in range(len(parts))]
        first = next((head for head in heads if head not in self.files.folders), path)
        return (
            any(path == module or path.startswith(module + "/") for module in self._submodules)
            or self._ignored(first)
            or self._ignored(path)
            or before.mentions(first, posixpath.basename(path))
        )

    @cached_property
    def _submodules(self) -> tuple[str, ...]:
        try:
            text = self.files.read(".gitmodules") if ".gitmodules" in self.files else ""
        except Unreadable:
            return ()
        return tuple(
            each.strip() for each in re.findall(r"^[ \t]*path[ \t]*=[ \t]*(\S.*)$", text, re.MULTILINE)
        )

    def _ignored(self, path: str) -> bool:
        return self._left_out.match_file(path) or self._left_out.match_file(path + "/")

    @cached_property
    def _left_out(self) -> Ignored:
        try:
            return Ignored(self.files.read(".gitignore").splitlines() if ".gitignore" in self.files else ())
        except Unreadable:
            return Ignored(())


def past(removal: Removal | None) -> str:
    """Return what became of a path, to follow a message."""
    return f" ({removal})" if removal else ""
