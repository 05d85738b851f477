"""Environment variables that code of other languages and Compose files read, by the words of their libraries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pytest_productops.facts.variables.model import Read
from pytest_productops.lazy import regex

_X = r"(?P<name>[A-Z][A-Z0-9_]{2,60})"
_Q = r"[\"'`]"
_JS = (
    regex(rf"\bprocess\.env(?:\.{_X}\b|\[{_Q}(?P<other>[A-Z][A-Z0-9_]{{2,60}}){_Q}\])"),
    regex(
        rf"\bimport\.meta\.env\.(?P<name>VITE_[A-Z0-9_]+)\b|\bDeno\.env\.get\({_Q}(?P<other>[A-Z][A-Z0-9_]+){_Q}\)"
    ),
)
_JVM = (regex(rf"\bSystem\.getenv\({_Q}{_X}{_Q}\)"), regex(rf"\bSystem\.getenv\(\)\s*\[{_Q}{_X}{_Q}\]"))
_RUBY = (regex(rf"\bENV\[{_Q}{_X}{_Q}\]"), regex(rf"\bENV\.fetch\(\s*{_Q}{_X}{_Q}\s*\)(?!\s*(?:\{{|do\b))"))
_PHP = (regex(rf"\b(?:getenv|env)\(\s*{_Q}{_X}{_Q}\s*\)"), regex(rf"\$_(?:ENV|SERVER)\[{_Q}{_X}{_Q}\]"))
LANGUAGES: Mapping[str, tuple[re.Pattern[str], ...]] = MappingProxyType(
    {
        **dict.fromkeys(("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte"), _JS),
        **dict.fromkeys(("java", "kt", "kts", "scala", "groovy"), _JVM),
        **dict.fromkeys(("rb", "erb", "ru"), _RUBY),
        "go": (regex(rf"\bos\.Getenv\({_Q}{_X}{_Q}\)"),),
        "rs": (regex(rf"\benv::var\({_Q}{_X}{_Q}\)"),),
        "php": _PHP,
        "cs": (regex(rf"\bEnvironment\.GetEnvironmentVariable\({_Q}{_X}{_Q}\)"),),
        **dict.fromkeys(("ex", "exs"), (regex(rf"\bSystem\.(?:get_env|fetch_env!)\({_Q}{_X}{_Q}\)"),)),
    }
)
"""Suffix -> what reads a variable there."""
_COMPOSE = regex(rf"(?<!\$)\$(?:\{{{_X}(?P<rest>[^}}]*)\}}|(?P<other>[A-Z][A-Z0-9_]{{2,60}}))")
_AFTER = regex(
    r"\s*(?:as \w+)?\)?\s*(?:\|\||\?\?|\?:|\?|&&|===?|!==?|\bor\b|\.(?:unwrap_or\w*|ok\(|is_ok|is_err|map_or"
    r"|present\?|blank\?|nil\?|to_s"
    r"|orEmpty|presence)|if let|\bin\b|\bunless\b|\bif\b|\?\.)"
)
"""What follows a variable that may be missing."""
_BEFORE = regex(
    r"(?:\bif\b|\bunless\b|\bwhile\b|\?|!|&&|\|\||\bif let (?:Ok|Some)\(\w+\) =|\bmatch\b"
    r"|===?|!==?)\s*[(!]*\s*(?:std::)?\Z"
)
_ASSIGNED = regex(r"([A-Za-z_]\w*)(?:\s*:\s*[\w.<>| ]+)?\s*:?=\s*\Z")
_COMMENT = regex(r"\s*(?:#|//|\*|/\*|--)")


def read(text: str, path: str) -> Iterator[Read]:
    """Yield the variables that a file of a known language reads."""
    patterns = LANGUAGES.get(path.rpartition(".")[2], ())
    for pattern in patterns:
        for match in pattern.finditer(text):
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            before, after = text[start : match.start()], text[match.end() : end if end >= 0 else len(text)]
            if _COMMENT.match(before) or after.lstrip().startswith(("= ", "||=")):
                continue
            lenient = (
                _AFTER.match(after) or _BEFORE.search(before) or (not after.strip() and _continued(text, end))
            )
            optional = bool(lenient) or _tested(text, before)
            yield Read(_name(match), path, text.count("\n", 0, match.start()) + 1, optional)


def _tested(text: str, before: str) -> bool:
    """Whether what a variable is assigned to is asked about in the file."""
    target = _ASSIGNED.search(before)
    if target is None:
        return False
    own = rf"(?<![\w.]){re.escape(target[1])}"
    asked = rf"\b(?:if|unless|when)\b[^\n]{{0,40}}{own}\b"
    doubted = rf"{own}\s*(?:\|\||\?\?|\?|&&|===?|!==?|\.(?:present|blank|nil|is_))"
    return bool(re.search(f"{asked}|{doubted}", text))


def _continued(text: str, end: int) -> bool:
    """Whether the next line gives a default."""
    following = text[end + 1 : end + 200].lstrip() if end >= 0 else ""
    return following.startswith(("||", "??", ".unwrap_or", "?:", ".ok("))


def compose(text: str, path: str) -> Iterator[Read]:
    """Yield the variables that a Compose file is filled in with."""
    for number, line in enumerate(text.split("\n"), 1):
        for match in () if _COMMENT.match(line) else _COMPOSE.finditer(line):
            optional = (match["rest"] or "").startswith((":-", "-", ":+", "+"))
            yield Read(_name(match), path, number, optional)


def _name(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return groups.get("name") or groups.get("other") or ""
