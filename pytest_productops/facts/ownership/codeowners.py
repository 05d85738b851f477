"""CODEOWNERS, as GitHub and as GitLab read it.

https://docs.github.com/articles/about-code-owners
https://docs.gitlab.com/user/project/codeowners/reference/
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pytest_productops.facts.files import Files
from pytest_productops.facts.globs import LONGEST, fits
from pytest_productops.lazy import dataclass, regex

Dialect = Literal["github", "gitlab"]
PLACES: dict[Dialect, tuple[str, ...]] = {
    "github": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    "gitlab": ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
}
_SECTION = regex(r"^\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?P<owners>(?:\s.*)?)$")
_OWNER = regex(r"^(?:@@?[\w.-]+(?:/[\w.-]+)*|[^\s@]+@[^\s@]+\.[^\s@]+)$")
_WORD = regex(r"(?:\\.|\S)+")


@dataclass(frozen=True)
class Entry:
    """A line: who owns what a pattern matches, nobody if it names none. `excluded`: `!pattern`."""

    pattern: str
    owners: tuple[str, ...]
    line: int
    section: str = ""
    excluded: bool = False

    def segments(self, dialect: Dialect = "github") -> tuple[str, ...]:
        """Return what the pattern matches, folder by folder."""
        return _segments(self.pattern, dialect)

    def below(self, dialect: Dialect = "github") -> bool:
        """Whether it matches all below a folder: one with a slash at its end, on GitHub any but `folder/*`."""
        return self.pattern.endswith("/") or (dialect == "github" and not self.pattern.endswith("/*"))

    def matches(self, path: str, dialect: Dialect = "github") -> bool:
        """Whether the pattern matches a file; one longer than any path need be matches none."""
        if len(self.pattern) > LONGEST:
            return False
        return _match(self.segments(dialect), path.split("/"), below=self.below(dialect))


@dataclass(frozen=True)
class CodeOwners:
    """The effective file. `malformed` are words of it that are no owner to the forge: (line, word)."""

    path: str
    dialect: Dialect
    entries: tuple[Entry, ...] = ()
    malformed: tuple[tuple[int, str], ...] = ()

    def entry(self, path: str, section: str = "") -> Entry | None:
        """Return the line that decides for a file within a section: the last that matches."""
        lines = (e for e in reversed(self.entries) if e.section == section and e.matches(path, self.dialect))
        return next(lines, None)

    def owners(self, path: str) -> tuple[str, ...]:
        """Return a file's owners: of the last line that matches, on GitLab of each section's."""
        sections = dict.fromkeys(entry.section for entry in self.entries)
        found = (self.entry(path, section) for section in sections)
        return tuple(
            dict.fromkeys(o for entry in found if entry and not entry.excluded for o in entry.owners)
        )

    @property
    def default(self) -> tuple[str, ...]:
        """Who owns what no special line names: the last `*` line of each section."""
        last = {e.section: e.owners for e in self.entries if e.pattern.strip("/") in {"*", "**", "**/*"}}
        return tuple(dict.fromkeys(owner for owners in last.values() for owner in owners))


def find(files: Files) -> tuple[str, Dialect] | None:
    """Return the file that the forge reads, and its dialect; None where there is none."""
    gitlab = ".gitlab-ci.yml" in files and ".github" not in files.folders
    dialects: tuple[Dialect, ...] = ("gitlab", "github") if gitlab else ("github", "gitlab")
    return next(((path, d) for d in dialects for path in PLACES[d] if path in files), None)


def read(text: str, path: str, dialect: Dialect) -> CodeOwners:
    """Read a file. Sections make it GitLab's, whatever the place says."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if path not in PLACES["github"] or any(_SECTION.match(line) for _, line in lines):
        dialect = "gitlab"
    entries: list[Entry] = []
    malformed: list[tuple[int, str]] = []
    section = ""
    shared: tuple[str, ...] = ()
    for number, line in lines:
        heading = _SECTION.match(line) if dialect == "gitlab" else None
        words = _words(heading["owners"] if heading else line)
        owners = tuple(word for word in words[not heading :] if _OWNER.match(word))
        wrong = [(number, word) for word in words[not heading :] if not _OWNER.match(word)]
        malformed += wrong
        if heading:
            section, shared = heading["name"].strip().lower(), owners
        elif not wrong or dialect == "gitlab":  # GitHub skips a line with a mistake
            entries.append(_entry(words[0], owners or shared, number, section, dialect))
    return CodeOwners(path, dialect, tuple(entries), tuple(malformed))


def _entry(pattern: str, owners: tuple[str, ...], line: int, section: str, dialect: Dialect) -> Entry:
    excluded = dialect == "gitlab" and pattern.startswith("!")
    return Entry(re.sub(r"\\(.)", r"\1", pattern[excluded:]), owners, line, section, excluded)


def _words(line: str) -> list[str]:
    """Split at blanks that no backslash escapes; a word that begins with `#` begins a comment."""
    words: list[str] = _WORD.findall(line)
    end = next((at for at, word in enumerate(words) if at and word.startswith("#")), len(words))
    return words[:end]


@lru_cache(maxsize=1 << 14)
def _segments(pattern: str, dialect: Dialect) -> tuple[str, ...]:
    """Split a pattern at its slashes. One without a slash in front matches at any depth.

    On GitHub that holds only where there is none within either.
    """
    parts = [part for part in pattern.strip("/").split("/") if part]
    if not pattern.startswith("/") and (dialect == "gitlab" or "/" not in pattern.rstrip("/")):
        parts = ["**", *parts]
    return tuple(part for at, part in enumerate(parts) if part != "**" or parts[at - 1 : at] != ["**"])


def _match(segments: tuple[str, ...], path: list[str], *, below: bool) -> bool:
    """Whether the segments match a path, or with `below` a folder above it. `**` is any number of folders."""
    states = _skip({0}, segments)
    for part in path:
        if below and len(segments) in states:
            return True
        states = _skip(
            {
                at + (segments[at] != "**")
                for at in states
                if at < len(segments) and _fits(part, segments[at])
            },
            segments,
        )
    return len(segments) in states


def _skip(states: set[int], segments: tuple[str, ...]) -> set[int]:
    """Add the states behind each `**`, which may stand for no folder."""
    for at in sorted(states):
        if at < len(segments) and segments[at] == "**":
            states.add(at + 1)
    return states


def _fits(name: str, segment: str) -> bool:
    if segment in {"**", "*", name}:
        return True
    return ("*" in segment or "?" in segment) and fits(name, segment.replace("[", "[[]"))
