"""Unified diffs as `git apply` reads them (https://git-scm.com/docs/diff-format).

Lines end at a line feed alone, so that a carriage return is part of the line, as it is to git.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator

from pytest_productops.fixing.tree import Changes

CONTEXT = 3
"""Unchanged lines around a change."""
_NO_END = b"\n\\ No newline at end of file\n"
_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}
_FIRST, _LAST = 0x20, 0x7E


def render(changes: Changes) -> bytes:
    """Return the diff of all files."""
    return b"".join(b"".join(_file(path, *both)) for path, both in sorted(changes.items()))


def _file(path: str, before: bytes | None, after: bytes) -> Iterator[bytes]:
    old, new = quoted(f"a/{path}"), quoted(f"b/{path}")
    yield f"diff --git {old} {new}\n".encode()
    if before is None:
        yield b"new file mode 100644\n"
    lines = _lines(before or b""), _lines(after)
    header = "/dev/null" if before is None else _blank(old), _blank(new)
    hunks = difflib.diff_bytes(
        difflib.unified_diff, *lines, header[0].encode(), header[1].encode(), n=CONTEXT
    )
    yield from (line if line.endswith(b"\n") else line + _NO_END for line in hunks)


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
