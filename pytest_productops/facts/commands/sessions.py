"""Code blocks of documents as shell text: prompts taken off, output dropped, line for line."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

_LANGUAGES = """
sh bash shell zsh console shell-session shellsession sh-session bash-session terminal shellscript
ksh fish command commandline cmdline text txt none plain plaintext
"""
SHELL = frozenset(_LANGUAGES.split())
"""Languages of blocks that may hold commands; so may those without one."""
_PROMPT = regex(
    r"^\s*(?:\([\w./ -]+\)\s*)?"
    r"(?:\[?[\w.-]+@[\w.-]+[^\n$#%>]{0,60})?(?:[\w~./-]{0,40})?[$%\u276f\u279c\u00bb](?:\s+|$)"
)
_ANGLE = regex(r"^\s*(?:\([\w./ -]+\)\s*)?>\s+")
_WINDOWS = regex(r"^[^\S\n]*(?:PS\b[^>\n]*>|[A-Za-z]:\\)", re.MULTILINE)
_PYTHON = regex(r"^[^\S\n]*(?:>>>|In \[\d+\]:)", re.MULTILINE)
_PLACEHOLDER = regex(r"<([A-Za-z][^<>\n]{0,60})>")


def shell_text(language: str, text: str) -> str:
    """Return the commands of a block with its lines in place; empty where it is of another language."""
    if (language and language not in SHELL) or _WINDOWS.search(text) or _PYTHON.search(text):
        return ""
    lines = text.split("\n")
    prompt = next((p for p in (_PROMPT, _ANGLE) if any(p.match(line) for line in lines)), None)
    return "\n".join(map(hold_places, _typed(lines, prompt) if prompt else lines))


def hold_places(text: str) -> str:
    """Write `<name>` as `{name}`, which no shell takes for a redirection."""
    return _PLACEHOLDER.sub(lambda match: "{" + match[1].replace(" ", "-") + "}", text)


def _typed(lines: list[str], prompt: re.Pattern[str]) -> list[str]:
    """Keep what was typed: behind a prompt, and lines that continue it."""
    kept: list[str] = []
    going_on = False
    for line in lines:
        match = prompt.match(line)
        typed = line[match.end() :] if match else _ANGLE.sub("", line) if going_on else ""
        kept.append(typed)
        going_on = typed.rstrip().endswith("\\")
    return kept
