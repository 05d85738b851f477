"""PowerShell texts, as far as they are plain commands."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

_COMMAND = regex(
    r"^\s*(?:&\s*)?"
    r"(?!(?:if|else|elseif|foreach|for|while|do|try|catch|finally|function|param|switch|return|throw)\b)"
    r"([\w.~].*)$",
    re.IGNORECASE,
)


def commands(text: str) -> str:
    """Return a text with only its plain commands left, on the lines where they were, paths with `/`."""
    matches = (_COMMAND.match(line) for line in text.split("\n"))
    return "\n".join(match[1].replace("\\", "/") if match else "" for match in matches)
