"""Text from a repository, made safe to show: it may hold what a terminal, a CI log or an XML reader obeys."""

from __future__ import annotations

import re

LIMIT = 1000
"""Longest text that is shown, in characters."""
# Control characters, surrogates of undecodable names, and marks that reverse or hide what is read.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

IN_A_LINE = re.compile(r"#(?=#\[|#vso\[)", re.IGNORECASE)
"""How a command begins that a CI service obeys anywhere in a line: `##[error]`, `##vso[...]`."""
_COMMAND = re.compile(rf"^[^\S\n]*:(?=:)|{IN_A_LINE.pattern}", re.IGNORECASE | re.MULTILINE)
"""How a line begins that a CI service obeys, and what it obeys anywhere in a line: `::error::` of GitHub's runner
(actions/runner, ActionCommand.TryParseV2, which trims), its older `##[error]`, and `##vso[...]` of Azure's agent."""


def clean(text: str, *, keep: str = "", limit: int = LIMIT) -> str:
    """Return text with unsafe characters made visible, line ends as spaces (unless kept), and at most `limit` long."""
    text = text if "\n" in keep else " ".join(text.split("\n"))
    text = UNSAFE.sub(lambda match: match[0] if match[0] in keep else _visible(match[0]), text)
    text = _COMMAND.sub(lambda match: match[0][:-1] + _visible(match[0][-1]), text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def commanding(text: str) -> bool:
    """Whether a CI service would obey a line of a text; its reader ends lines at carriage returns too."""
    return bool(_COMMAND.search(text.replace("\r", "\n")))


def _visible(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number <= 0xFF else f"\\u{number:04x}"  # noqa: PLR2004 - what two digits hold
