"""Waivers in comments that a commit has already: a change cannot waive what it does itself.

A comment counts in the file where the commit has it (or has it under the name that the file had), for findings about
that file as a whole and on lines that it covered there. So neither a new comment, nor a copy, nor one that is moved
or prolonged accepts anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.snapshot import Snapshot
from pytest_productops.facts.waivers.inline import InlineWaivers, in_file
from pytest_productops.facts.waivers.model import Waiver
from pytest_productops.repository import Repository, Unavailable

Words = tuple[str, str, str, object]


def believed(repository: Repository, before: Repository) -> InlineWaivers:
    """Return the waivers in comments of a repository that count; `before` is the repository as the commit has it."""
    own = InlineWaivers.gather(repository)
    files: dict[str, list[Waiver]] = defaultdict(list)
    for waiver in own.all:
        files[waiver.location.path if waiver.location else ""].append(waiver)
    kept = (each for path, group in files.items() for each in _of_file(path, group, repository, before))
    return replace(own, all=tuple(kept))


def _of_file(path: str, group: list[Waiver], repository: Repository, before: Repository) -> Iterator[Waiver]:
    snapshot = before[Files]
    assert isinstance(snapshot, Snapshot)  # noqa: S101 - for the type checker
    if snapshot.same(path, repository[Files].read_bytes(path)):
        yield from group
        return
    earlier = path if path in snapshot else _renames(snapshot).get(path, "")
    known = _known(before, earlier) if earlier in snapshot else {}
    now = repository[Files].read(path).split("\n")
    seen: Counter[Words] = Counter()
    for waiver in group:
        words = _words(waiver)
        there = known.get(words, [])
        if seen[words] < len(there):
            covered = there[seen[words]]
            first, last = waiver.lines or (0, -1)
            lines = frozenset(line for line in range(first, last + 1) if now[line - 1].strip() in covered)
            yield replace(waiver, believed=lines)
        seen[words] += 1


def _renames(snapshot: Snapshot) -> Mapping[str, str]:
    try:
        return snapshot.renames
    except Unavailable:
        return {}


def _known(before: Repository, path: str) -> dict[Words, list[frozenset[str]]]:
    """Return what each waiver of a file says -> the texts of the lines that it covers, of several one after another."""
    found: dict[Words, list[frozenset[str]]] = defaultdict(list)
    try:
        lines = before[Files].read(path).split("\n")
        for each in in_file(before, path):
            if isinstance(each, Waiver):
                first, last = each.lines or (1, 0)
                covered = (line.strip() for line in lines[first - 1 : last])
                found[_words(each)].append(frozenset(text for text in covered if text))
    except Unreadable:
        return {}
    return found


def _words(waiver: Waiver) -> Words:
    return waiver.rule, waiver.owner, waiver.reason, waiver.expires
