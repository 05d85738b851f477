"""Choosing: of the ways that a document tells, the first that can be gone, without what is for others.

Documents tell the same for pip, conda and uv, in tabs, under headings, or behind the word "or"; and for Windows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from pytest_productops.drill.tools import ALWAYS, families
from pytest_productops.drill.units import Group
from pytest_productops.facts.documents import Document
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import regex

Has = Callable[[str], bool]
"""Whether a program is there."""
_TAB = regex(
    r"^\s*(?:\.\. (?:tab|group-tab|tab-item|code-tab)::\s*(?:\w+\s+)?(.+)|===[!+]?\s*\"(.+)\""
    r"|:{3,}\s*\{tab-item\}\s*(.+)"
    r"|<TabItem\b.*\blabel=[\"'](.+?)[\"'].*|<summary>(.+?)</summary>.*)$"
)
_WAY = regex(
    r"\b(?:conda|mamba|pip|venv|virtualenv|poetry|uv|pipenv|pdm|hatch|docker|podman|dev ?containers?|codespaces|gitpod"
    r"|nix|vagrant|windows|mac ?os|os ?x|linux|ubuntu|debian|fedora|arch|homebrew|wsl|pixi|rye|npm|yarn|pnpm|bun)\b"
)
"""A heading that names one of several ways."""
_CLOSED = regex(
    r"\b(?:docker|podman|dev ?containers?|codespaces|gitpod|nix|vagrant|windows|wsl)\b", re.IGNORECASE
)
"""A way of its own: its heading alone makes it another one."""
_OTHER_SYSTEM = regex(r"\b(?:windows|powershell|cmd|mac ?os|os ?x|fish|csh)\b", re.IGNORECASE)
_OURS = regex(r"\b(?:linux|unix|ubuntu|debian|bash)\b", re.IGNORECASE)
_OR = regex(
    r"^\W*(?:or\b|alternatively\b|otherwise\b)|\balternatively\b|\binstead\b|\bor,? (?:if|using|with|via)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SOME = regex(
    r"\bif you(?:'re| are)? (?:us(?:e|ing)|prefer|on)\b|\bon (?:windows|mac ?os)\b|\boptional(?:ly)?\b"
    r"|\b(?:windows|powershell|mac ?os)(?: users)?\W*:?\s*\Z",
    re.IGNORECASE,
)


class Chooser:
    """Says of each group why it is not the way that is gone, "" where it is."""

    def __init__(self, groups: Sequence[Group], has: Has) -> None:
        self._groups = groups
        self._has = has

    def skips(self) -> list[str]:
        """Return a reason or nothing for each group, in order."""
        titles = [self._title(index) for index in range(len(self._groups))]
        skips = self._tabs(titles)
        for index, group in enumerate(self._groups):
            skips[index] = skips[index] or self._condition(index, titles[index]) or self._family(group)
        return skips

    def _family(self, group: Group) -> str:
        """Say so where a group makes the environment, or installs, by another tool than the one that is chosen."""
        own = families(group)
        for role, system, tool in own:
            if (role, system, self._chosen[role, system]) not in own:
                return f"another way, by {tool}"
        return ""

    @cached_property
    def _chosen(self) -> dict[tuple[str, str], str]:
        """(role, system) -> the first tool that is there, else the first."""
        found: dict[tuple[str, str], list[str]] = {}
        for group in self._groups:
            for role, system, tool in families(group):
                found.setdefault((role, system), []).append(tool)
        return {key: next(filter(self._there, tools), tools[0]) for key, tools in found.items()}

    def _there(self, tool: str) -> bool:
        return tool in ALWAYS or self._has(tool) or bool(re.search(rf"\binstall\b.*\b{tool}\b", self._text))

    @cached_property
    def _text(self) -> str:
        return "\n".join(unit.text for group in self._groups for unit in group.units)

    def _before(self, index: int) -> tuple[int, list[str]]:
        """Return the lines between a group and the one before, or its heading, with the number of the first."""
        group = self._groups[index]
        heads = (heading.line for heading in group.document.headings if heading.line < group.start)
        start = max(heads, default=0)
        if index and self._groups[index - 1].document is group.document:
            start = max(start, self._groups[index - 1].end)
        return start, list(group.document.lines[start : group.start - 1])

    def _title(self, index: int) -> str:
        """Return the title of the tab that a group is in, or of the heading that names its way; "" without."""
        for line in reversed(self._before(index)[1]):
            if match := _TAB.match(line):
                return str(next(filter(None, match.groups()), "")).strip()
        group, previous = self._groups[index], self._groups[index - 1] if index else None
        near = previous and previous.document is group.document and not _heading_between(previous, group)
        if previous and near and _indented(group) and _indented(previous):
            return self._title(index - 1)
        return _way(group.document, group.start)

    def _tabs(self, titles: list[str]) -> list[str]:
        skips = [""] * len(titles)
        preferred: list[str] = []
        for run in _runs(titles):
            names = list(dict.fromkeys(titles[index] for index in run))
            chosen = self._tab(names, [self._groups[i] for i in run], [titles[i] for i in run], preferred)
            if len(names) > 1:
                preferred.append(chosen)
            beside = len(run) < len(self._groups) and _CLOSED.search(chosen) and len(names) == 1
            for index in run:
                if titles[index] != chosen or beside:
                    skips[index] = f"another way, {titles[index]}"
        return skips

    def _tab(self, names: list[str], groups: list[Group], titles: list[str], preferred: list[str]) -> str:
        """Return the tab to take: the one taken before, else the first for this system whose tools are there."""
        fit = [name for name in names if _OURS.search(name) or not _OTHER_SYSTEM.search(name)] or names
        there = [
            name
            for name in fit
            if all(
                self._there(tool)
                for group, title in zip(groups, titles, strict=True)
                if title == name
                for _, _, tool in families(group)
            )
        ]
        return next((name for name in names if name in preferred), next(iter(there or fit)))

    def _condition(self, index: int, title: str) -> str:
        """Say so where the text before a group has an "or" in it, or speaks to some readers alone."""
        _, lines = self._before(index)
        text = "\n".join(_paragraph(lines))
        if title and _TAB.search(text):
            return ""
        if _SOME.search(text) and not _OURS.search(text):
            return "it is for some readers only"
        following = index and self._groups[index - 1].document is self._groups[index].document
        same = following and not _heading_between(self._groups[index - 1], self._groups[index])
        return "another way" if same and _OR.search(text) else ""


def _runs(titles: list[str]) -> Iterator[list[int]]:
    """Yield the indexes of groups that are tabs of each other: each title once, nothing in between."""
    run: list[int] = []
    for index, title in enumerate(titles):
        again = run and title in {titles[i] for i in run} and title != titles[run[-1]]
        if not title or again:
            if run:
                yield run
            run = []
        if title:
            run.append(index)
    if run:
        yield run


def _heading_between(first: Group, second: Group) -> bool:
    return any(first.end < heading.line < second.start for heading in second.document.headings)


def _indented(group: Group) -> bool:
    return group.document.lines[group.start - 1].startswith(("   ", "\t"))


def _way(document: Document, line: int) -> str:
    """Return the heading above a line where it and one of its siblings name a way each; else nothing."""
    section = next((s for s in reversed(document.sections) if s.start <= line <= s.own_end), None)
    if section is None or section.heading is None or not _WAY.search(normal(section.heading.text)):
        return ""
    siblings = (
        s for s in document.sections if s.parents == section.parents and s.heading and s is not section
    )
    same = [s for s in siblings if s.heading and s.heading.level == section.heading.level]
    alone = _CLOSED.search(section.heading.text)
    return (
        section.heading.text
        if alone or any(s.heading and _WAY.search(normal(s.heading.text)) for s in same)
        else ""
    )


def _paragraph(lines: list[str]) -> list[str]:
    """Return the last paragraph of some lines, without fences and marks."""
    found: list[str] = []
    for line in reversed(lines):
        if not line.strip(" `~\t"):
            if found:
                break
            continue
        if not re.match(r"\s*(?:`{3,}|~{3,}|\.\. |:::)", line):
            found.append(line.strip())
    return found[::-1]


def ways(groups: Iterable[Group], has: Has) -> list[tuple[Group, str]]:
    """Return each group with the reason why it is not the way to go, "" for those that are."""
    groups = list(groups)
    return list(zip(groups, Chooser(groups, has).skips(), strict=True))
