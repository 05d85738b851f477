"""Text of a repository in GitHub's Markdown: it is shown, and does nothing."""

from __future__ import annotations

import re

COMMENT = 65_536
"""The longest comment that GitHub takes, in characters (https://github.com/orgs/community/discussions/27190)."""
_MARKS = re.compile(r"[\\`*_~|$\[\]#<>&]|(?<=:)(?=//)|(?<=@)|(?<=[wW]{3})(?=\.)|(?<=\b[gG][hH])(?=-\d)")
_BREAK = "&#8203;"
"""A space without width: after it nothing is a mention, a reference or an address."""
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "#": f"#{_BREAK}", "": _BREAK}
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_FENCE = re.compile(r"`{3,}")


def escaped(text: str) -> str:
    """Return text as Markdown that shows it and does nothing: no table, HTML, link, mention, formula or reference."""
    return _MARKS.sub(lambda match: _ENTITIES.get(match[0]) or f"\\{match[0]}", text)


def prose(text: str) -> str:
    """Return a sentence whose words in backquotes stay code. Not for a table: a cell ends at a `|` in code too."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(f"`{part}`" if index % 2 else escaped(part) for index, part in enumerate(parts))


def code(text: str) -> str:
    """Return text as code in a line; one with backquotes is no code, but shown."""
    return f"`{text}`" if text.strip() and "`" not in text else escaped(text)


def fenced(text: str, language: str) -> str:
    """Return lines as a block of code that nothing in them ends."""
    longest = max((len(run) for run in _FENCE.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"
