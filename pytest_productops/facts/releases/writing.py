"""Writing: a new entry of a changelog, in the manner of its neighbour, with a blank for what it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pytest_productops.edits import Edit, Insert
from pytest_productops.facts.releases.entries import Changelog, Entry
from pytest_productops.facts.releases.tags import Release
from pytest_productops.facts.scaffolds import todo
from pytest_productops.lazy import regex

_DAY = regex(r"\d{4}-\d\d-\d\d")
_RULE = regex(r"([=~^\"'*+#-])\1{2,}\s*\Z")


def release_entry(changelog: Changelog, release: Release) -> Iterator[Edit]:
    """Yield an entry for a release above the next older one; nothing where the newest is not on top.

    Nor where a title says more than version and day.
    """
    entries = [entry for entry in changelog.entries if entry.versions]
    falling = all(newer.versions[0] >= older.versions[0] for newer, older in pairwise(entries))
    older = next((entry for entry in entries if entry.versions[0] < release.version), None)
    lines = changelog.text.split("\n")
    title = _title(older, lines, release) if older and falling else ""
    if older and title and not (older.location.line > 1 and _RULE.match(lines[older.location.line - 2])):
        at = older.location.line - 1
        below = _RULE.match(lines[at + 1]) if at + 1 < len(lines) else None
        rule = f"{below[1] * len(title)}\n" if below else ""
        gap = "\n" if rule or not lines[at + 1].strip() else ""
        yield Insert(
            changelog.path, at, f"{title}\n{rule}{gap}- {todo(f'say what {release.version} changed')}\n\n"
        )


def _title(older: Entry, lines: list[str], release: Release) -> str:
    """Return the title of the older entry with the other version and day; nothing where it says more than these."""
    text = lines[older.location.line - 1]
    known = re.escape(str(older.versions[0]))
    dated = _DAY.search(text)
    named, count = re.subn(rf"(?<![\w.]){known}(?![\w.])|(?<=v){known}(?![\w.])", str(release.version), text)
    if count != 1 or "](" in text:
        return ""
    return _DAY.sub(release.day.isoformat(), named) if dated else named
