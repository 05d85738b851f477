"""Unified diffs as `git apply` reads them (https://git-scm.com/docs/diff-format).

Lines end at a line feed alone, so that a carriage return is part of the line, as it is to git.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from itertools import takewhile

from pytest_productops.fixing.tree import Changes
from pytest_productops.lazy import regex
from pytest_productops.text import clean

CONTEXT = 3
"""Unchanged lines around a change."""
_NO_END = b"\n\\ No newline at end of file\n"
_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}
_FIRST, _LAST = 0x20, 0x7E
_LONE = regex(r"\r(?!\n)")


def render(changes: Changes) -> bytes:
    """Return the diff of all files."""
    return b"".join(b"".join(_file(path, *both)) for path, both in sorted(changes.items()))


def visible(data: bytes) -> str:
    """Return a diff for a person: what a terminal or a log obeys is made visible, a lone carriage return too."""
    text = _LONE.sub(r"\\x0d", data.decode(errors="backslashreplace"))
    return clean(text, keep="\n\t\r", limit=len(text) * 6)


def _file(path: str, before: bytes | None, after: bytes) -> Iterator[bytes]:
    old, new = quoted(f"a/{path}"), quoted(f"b/{path}")
    yield f"diff --git {old} {new}\n".encode()
    if before is None:
        yield b"new file mode 100644\n"
    lines = _lines(before or b""), _lines(after)
    header = "/dev/null" if before is None else _blank(old), _blank(new)
    hunks = list(_hunks(*lines))
    if hunks:
        yield f"--- {header[0]}\n+++ {header[1]}\n".encode()
    yield from (line if line.endswith(b"\n") else line + _NO_END for line in hunks)


def _hunks(before: list[bytes], after: list[bytes]) -> Iterator[bytes]:
    """Yield the hunks; of what both begin and end with only the context is compared, since long files take long."""
    start = max(0, _alike(before, after) - CONTEXT)
    cut = max(0, _alike(before[start:][::-1], after[start:][::-1]) - CONTEXT)
    old, new = before[start : len(before) - cut], after[start : len(after) - cut]
    for group in difflib.SequenceMatcher(None, old, new).get_grouped_opcodes(CONTEXT):
        first, last = group[0], group[-1]
        ranges = _range(start + first[1], start + last[2]), _range(start + first[3], start + last[4])
        yield f"@@ -{ranges[0]} +{ranges[1]} @@\n".encode()
        for kind, i, j, k, m in group:
            if kind == "equal":
                yield from (b" " + line for line in old[i:j])
            else:
                yield from (b"-" + line for line in old[i:j])
                yield from (b"+" + line for line in new[k:m])


def _alike(some: Iterable[bytes], others: Iterable[bytes]) -> int:
    """Return how many of the first lines are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))


def _range(start: int, end: int) -> str:
    """Return lines as a hunk names them: the first from 1, and how many unless it is one; before the first is 0."""
    count = end - start
    return str(start + 1) if count == 1 else f"{start + 1 if count else start},{count}"


def _lines(data: bytes) -> list[bytes]:
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + (
        [end] if (end := data.rpartition(b"\n")[2]) else []
    )


def _blank(name: str) -> str:
    """Return a name with the tab that ends one with a blank in it."""
    return f"{name}\t" if " " in name and not name.startswith('"') else name


def quoted(path: str) -> str:
    """Return a path as git writes it: between quotes where it holds more than plain characters."""
    data = os.fsencode(path)
    if all(_FIRST <= byte <= _LAST and byte not in _ESCAPES for byte in data):
        return path
    return '"' + "".join(_escaped(byte) for byte in data) + '"'


def _escaped(byte: int) -> str:
    if byte in _ESCAPES:
        return f"\\{_ESCAPES[byte]}"
    return chr(byte) if _FIRST <= byte <= _LAST else f"\\{byte:03o}"
