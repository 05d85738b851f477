"""Effect: the lines of CODEOWNERS that do nothing, and why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.history import History, Removal
from pytest_productops.facts.ownership import Ownership
from pytest_productops.facts.ownership.codeowners import PLACES, CodeOwners, Dialect, Entry
from pytest_productops.facts.ownership.matching import Lines, Tree, samples
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable

_SUBMODULE = regex(r"(?m)^[ \t]*path[ \t]*=[ \t]*(\S+)[^\S\n]*$")


@dataclass(frozen=True)
class Idle:
    """A line that does nothing: `why` says so of the line, `pattern` is the one that it may have meant.

    `by` is the later line that takes all from it, `removal` what took its files away, and `sure` tells that
    `pattern` is where they are for certain.
    """

    entry: Entry
    why: str
    pattern: str = ""
    by: Entry | None = None
    removal: Removal | None = None
    sure: bool = False


class Effect(Fact):
    """What the lines of the effective CODEOWNERS file do, as its forge reads them."""

    def __init__(self, files: Files, ownership: Ownership, history: History | None) -> None:
        self._files = files
        self._history = history
        self.codeowners: CodeOwners | None = ownership.codeowners

    @classmethod
    def gather(cls, repository: Repository) -> Effect:
        """Read them; raise `Unavailable` where the file cannot be read. A history is not needed."""
        ownership = repository[Ownership]
        unread = [each for each in ownership.problems if each.location.path.endswith("CODEOWNERS")]
        if unread and ownership.codeowners is None:
            raise Unavailable(unread[0].message)
        try:
            history = repository[History]
        except Unavailable:
            history = None
        return cls(repository[Files], ownership, history)

    @cached_property
    def idle(self) -> tuple[Idle, ...]:
        """The lines that do nothing, in order."""
        owners = self.codeowners
        if owners is None:
            return ()
        found = [each for entry in owners.entries for each in self._idle(owners, entry)]
        return tuple(found)

    def _idle(self, owners: CodeOwners, entry: Entry) -> Iterator[Idle]:
        if _unsure(entry, owners.dialect):
            return
        if owners.dialect == "github" and entry.pattern.startswith("!"):
            yield Idle(entry, "is read by GitLab only: GitHub knows no `!`")
        elif not any(self._tree.matched(entry, dialect) for dialect in self._dialects):
            yield self._gone(entry)
        elif (by := self._shadow(owners, entry)) is not None:
            same = by.pattern == entry.pattern
            why = (
                f"is there again on line {by.line}"
                if same
                else f"is overruled by line {by.line}: {by.pattern}"
            )
            yield Idle(entry, why, by=by)

    def _gone(self, entry: Entry) -> Idle:
        """Return that a line matches nothing, since when, and the pattern of where its files are now."""
        path = entry.pattern.strip("/")
        if path in self._files.folders:  # to GitLab a pattern without a slash at its end is a file's
            return Idle(
                entry, "matches no file: a folder's pattern ends with a slash", f"{entry.pattern}/", sure=True
            )
        if path.endswith("/*") and path[:-2] in self._files.folders:
            return Idle(
                entry,
                "matches no file: all of them are in folders further down",
                entry.pattern[:-1],
                sure=True,
            )
        removal = self._history.removal(path) if self._history and not set(path) & set("*?[") else None
        if removal is None:
            return Idle(entry, "matches no file")
        slash = "/" if entry.pattern.endswith("/") and removal.now not in self._files else ""
        now = f"/{removal.now}{slash}" if removal.now else ""
        sure = removal.surely in self._files
        return Idle(entry, f"matches no file ({removal})", now, removal=removal, sure=sure)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the file."""
        return tuple(self._files.read(self.codeowners.path).splitlines()) if self.codeowners else ()

    def _shadow(self, owners: CodeOwners, entry: Entry) -> Entry | None:
        """Return the later line that decides for whatever this one matches, now and in future."""
        lines, first = self._lines[entry.section], None
        for path in filter(self._possible, samples(entry, owners.dialect)):
            first = first or lines.decider(path)
            if entry.excluded or lines.decider(path) in {None, entry}:
                return None
        own = (lines.decider(path) is entry for path in self._tree.matched(entry, owners.dialect))
        return None if first is None or any(own) else first

    def _possible(self, path: str) -> bool:
        """Whether a file may have this path: not where a folder is, and not below a file."""
        parents = (path[:at] for at, letter in enumerate(path) if letter == "/")
        return path not in self._files.folders and not any(parent in self._files for parent in parents)

    @cached_property
    def _tree(self) -> Tree:
        return Tree([*self._files.paths, *(f"{path}/~" for path in self._submodules)])

    @cached_property
    def _submodules(self) -> list[str]:
        try:
            return _SUBMODULE.findall(self._files.read(".gitmodules"))
        except Unreadable:
            return []

    @cached_property
    def _lines(self) -> dict[str, Lines]:
        entries = self.codeowners.entries if self.codeowners else ()
        sections: dict[str, list[Entry]] = {}
        for entry in entries:
            sections.setdefault(entry.section, []).append(entry)
        dialect = self.codeowners.dialect if self.codeowners else "github"
        return {name: Lines(inside, dialect) for name, inside in sections.items()}

    @property
    def _dialects(self) -> tuple[Dialect, ...]:
        """The forges whose reading counts: both where nothing tells which one it is."""
        known = self.codeowners is not None and (
            "/" in self.codeowners.path.removeprefix("docs/") or self.codeowners.dialect == "gitlab"
        )
        sure = known or ".github" in self._files.folders
        return (self.codeowners.dialect,) if self.codeowners and sure else ("github", "gitlab")

    @cached_property
    def ignored(self) -> tuple[tuple[Location, str], ...]:
        """Other files of this name that the forge does not read, and what it reads in their stead."""
        known = {path for places in PLACES.values() for path in places}
        lost = [
            p
            for p in self._files
            if p.rpartition("/")[2] == "CODEOWNERS" and p.startswith((".github/", ".gitlab/"))
        ]
        found = [(Location(path), "no forge reads it there") for path in lost if path not in known]
        if self.codeowners is not None and not self._on_both:
            others = [
                p for p in PLACES[self.codeowners.dialect] if p in self._files and p != self.codeowners.path
            ]
            found += [
                (Location(p), f"{self.codeowners.path} is read in its stead")
                for p in others
                if self._differs(p)
            ]
        return tuple(found)

    @property
    def _on_both(self) -> bool:
        """Whether two forges may hold this repository, each reading a file of its own."""
        return ".gitlab-ci.yml" in self._files and ".github" in self._files.folders

    def _differs(self, path: str) -> bool:
        own = self.codeowners.path if self.codeowners else ""
        try:
            return self._files.read(path) != self._files.read(own)
        except Unreadable:
            return False


def _unsure(entry: Entry, dialect: Dialect) -> bool:
    """Whether nobody can tell how a pattern is read: GitHub does not read `[`, and many escape it."""
    return "{{" in entry.pattern or (
        dialect == "github" and any(letter in entry.pattern for letter in "[]{}")
    )
