"""Titles of entries in changelogs, in any format: which lines are titles, how deep they are, and dates in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.releases.versions import NUMBER, SUFFIX, Version, parse
from pytest_productops.lazy import regex

_TOKEN = regex(rf"(?<![\w.])[vVr]?((?:{NUMBER})(?:{SUFFIX}))(?![\w])(?!\.\d)", re.IGNORECASE)
_HEADING = regex(r"\s{0,3}#{1,6}\s*\S|={1,6} \S|\s*<h[1-6]\b", re.IGNORECASE)
_ORG = regex(r"\*{1,6} \S")
_UNDERLINE = regex(r"\s{0,3}([=\-~^*#+\"'])\1{2,}\s*\Z")
_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
DATE = regex(
    rf"(?<!\d)(?:19|20)\d\d(?:[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?| \d\d \d\d)(?!\d)"
    rf"|(?<!\d)\d{{1,2}}[-./]\d{{1,2}}[-./](?:19|20)\d\d(?!\d)"
    rf"|(?<![a-z])(?:{_MONTHS})(?![a-z])\.?,?\W{{0,3}}(?:\d{{1,2}}(?:st|nd|rd|th)?\b\W{{0,3}})?(?:19"
    rf"|20)\d\d(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[\W_]{{1,3}}(?:of\W)?(?:{_MONTHS})(?![a-z])",
    re.IGNORECASE,
)
_SIGNS = "-~^\"'*+#"
_LONGEST_TITLE = 160


def versions_in(text: str) -> Iterator[Version]:
    """Yield the versions of at least two numbers in a text, dates among them."""
    for match in _TOKEN.finditer(text):
        version = parse(match[1])
        if version and len(version.numbers) > 1:
            yield version


def is_title(lines: list[str], at: int, path: str) -> bool:
    """Whether a line is the title of an entry: a heading, or alone and unindented in plain text."""
    line = lines[at]
    if not line or len(line) > _LONGEST_TITLE or not any(True for _ in versions_in(line)):
        return False
    if _HEADING.match(line) or (path.endswith(".org") and _ORG.match(line)):
        return True
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if _UNDERLINE.match(below):
        return True
    plain = not path.lower().endswith(
        (".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc", ".org", ".yml", ".yaml")
    )
    above = lines[at - 1].strip() if at else ""
    alone = not above and not below.strip() and not line.rstrip().endswith(":")
    return plain and not line[0].isspace() and line[0] not in "-*+" and alone


def level(lines: list[str], at: int) -> int:
    """Return how deep a title is: by its signs, or by what underlines it; 1 in plain text."""
    signs = re.match(r"\s*([#=*]+)\s|\s*<h([1-6])", lines[at], re.IGNORECASE)
    if signs:
        return len(signs[1]) if signs[1] else int(signs[2])
    below = _UNDERLINE.match(lines[at + 1]) if at + 1 < len(lines) else None
    above = _UNDERLINE.match(lines[at - 1]) if at else None
    return (2 if below[1] == "=" else 3 + _SIGNS.find(below[1])) - (1 if above else 0) if below else 1


def without_rule(body: str) -> str:
    """Return a body without the line that underlines its title."""
    first, _, rest = body.partition("\n")
    return rest if _UNDERLINE.match(first) else body
