"""What static site generators add to Markdown, put in CommonMark's words without moving a line."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

_OPENER = regex(r"^( *)(?:!!!|\?\?\?\+?|===\+?!?)\s+(?:[\w-]+\b.*|\".*\")$")
_COLONS = regex(r"^ *:{3,}.*$|^ */{3,}(?:\s*\w+ \|.*)?\s*$")
_FENCE = regex(r"^ {0,3}(`{3,}|~{3,})")
_PROBE = regex(r"^ *(?:!!!|\?\?\?|===|:{3,}|/{3,})", re.MULTILINE)


def plain_commonmark(text: str) -> str:
    """Return a text without containers (`:::`, `////`) and without the indentation of MkDocs admonitions."""
    if not _PROBE.search(text):
        return text
    lines = text.split("\n")
    fence = ""
    index = 0
    while index < len(lines):
        line = lines[index]
        fence = _fenced(fence, line)
        opener = None if fence else _OPENER.match(line)
        if opener:
            lines[index] = ""
            _dedent(lines, index + 1, len(opener[1]) + 4)
        elif not fence and _COLONS.match(line):
            lines[index] = ""
        index += 1
    return "\n".join(lines)


def _fenced(fence: str, line: str) -> str:
    """Return the fence that is open after a line."""
    match = _FENCE.match(line)
    if not match:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) and not line.strip().strip(fence[0]) else fence


def _dedent(lines: list[str], start: int, width: int) -> None:
    """Move the lines of an admonition's body four places to the left."""
    for index in range(start, len(lines)):
        if lines[index].strip() and not lines[index].startswith(" " * width):
            return
        lines[index] = lines[index][4:]
