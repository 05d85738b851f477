"""Who files such as OWNERS, MAINTAINERS and a `Maintainers` section name.

OWNERS: https://www.kubernetes.dev/docs/guide/owners/ and Chromium's code_review_owners.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.formats import yaml
from pytest_productops.lazy import regex

_HANDLE = regex(r"(?<![\w./@-])@[A-Za-z0-9](?:[\w-]{0,100}[A-Za-z0-9])?(?:/[\w.-]{1,100})?(?![\w.]{0,100}@)")
_MAIL = regex(r"[\w.+-]{1,64}(?:@| at | \(at\) |\[at\])[\w-]+(?:\.[\w-]+)+")
_PROFILE = regex(
    r"https?://(?:www\.)?(?:github|gitlab|codeberg)\.(?:com|org)/([\w.-]+)/?(?=[\s)\]>,;'\"`|]|$)"
)
_PART = r"(?:[A-Z][\w.'\u2019-]*|de|van|von|der|la|al|bin)"
_NAME = regex(rf"^[^\w]*({_PART}(?: +{_PART}){{1,4}})\b")
_ENTRY = regex(r"^\s*(?:[-*+|]|\d+[.)])\s*|^\s*[A-Z]:\s")
_BARE = regex(r"@?[A-Za-z0-9][\w-]{1,38}")
_CODE = regex(r"`[^`\n]*`")
_FEW = 6
_MARK = regex(r"<!--.*?(?:-->|\Z)|\[comment\]:.*?$", re.DOTALL | re.MULTILINE)
PLACEHOLDER = regex(
    r"[<{\[]|\b(?:your|todo|tbd|fixme|changeme|placeholder)\b|your[-_]?(?:org|team|name|user)|"
    r"^@?(?:user(?:name)?|owner(?:name)?|org(?:anization)?|team(?:[-_]?name)?|"
    r"(?:\w+[-_])?github[-_]?(?:user(?:name)?|handle)|octocat|"
    r"global-owner\d*|example|john[-_ ]?doe|jane[-_ ]?doe|me|name|author|full name|first last|maintainer)"
    r"(?:/[\w-]+)?$|@(?:example|domain|email|yourdomain)\.(?:com|org|net)$|^(?:you|email|name|user)@",
    re.IGNORECASE,
)
_COLLECTIVE = regex(
    r"^(?:the\b.*|.*\b(?:authors?|contributors?|developers?|maintainers?|community|committers?))$",
    re.IGNORECASE,
)


def is_placeholder(name: str) -> bool:
    """Whether a name is what a template left behind: `@your-org/team`, `@username`, `TODO`."""
    words, _, address = name.strip().partition(" <") if name.strip().endswith(">") else (name.strip(), "", "")
    parts = [part for part in (words, address.rstrip(">")) if part]
    return not parts or any(PLACEHOLDER.search(part) for part in parts)


def is_collective(name: str) -> bool:
    """Whether a name without an address names everybody and so nobody: `The Foo Developers`."""
    return bool(_COLLECTIVE.match(name.strip()))


def visible(text: str) -> str:
    """Return a text without its comments, line numbers kept."""
    return _MARK.sub(lambda match: "\n" * match[0].count("\n"), text)


def named(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of each handle, address or profile; without any, of each entry that is a name."""
    found = list(addressed(text))
    yield from found or _bare(text) or _entries(text)


def addressed(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of each handle, address or profile in a text."""
    for number, line in enumerate(visible(text).splitlines(), 1):
        yield from ((number, name) for name in _addresses(line))


def listed(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of each handle, address or profile; without any, of each item of a list that is a name."""
    found = list(addressed(text))
    lines = visible(text).splitlines()
    yield from found or ((line, name) for line, name in _entries(text) if _ENTRY.match(lines[line - 1]))


def _bare(text: str) -> list[tuple[int, str]]:
    """Return the names of a file that holds nothing but one a line; one line alone may be any word."""
    lines = [(n, line.strip()) for n, line in enumerate(visible(text).splitlines(), 1) if line.strip()]
    return lines if len(lines) > 1 and all(_BARE.fullmatch(line) for _, line in lines) else []


def is_entry(line: str) -> bool:
    """Whether a line of a list of people is about one of them: an item, a row, or hardly more than a name."""
    line = _CODE.sub(" ", line)
    entry = bool(_ENTRY.match(line)) or len(line.split()) <= _FEW
    return entry and bool(
        next(_addresses(line), "") or _NAME.match(line) or _BARE.fullmatch(line.strip(" -*+"))
    )


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Yield the names that entries of a list begin with, and the lines that are nothing but a name."""
    for number, line in enumerate(visible(text).splitlines(), 1):
        entry = _ENTRY.match(line)
        match = _NAME.match(line[entry.end() :] if entry else line)
        if match and (entry or line.strip() == match[0].strip()):
            yield number, match[1]


def _addresses(line: str) -> Iterator[str]:
    for pattern in (_HANDLE, _MAIL):
        yield from pattern.findall(line)
    for name in _PROFILE.findall(line):
        yield f"@{name}"


def owners_file(text: str, path: str) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of an OWNERS file: YAML as in Kubernetes, else a name a line as in Chromium."""
    try:
        data = yaml.read(text, path).value
    except yaml.YamlError:
        data = None
    if isinstance(data, Mapping):
        yield from _approvers(data)
        return
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition("#")[0].strip()
        if word and not word.startswith(("set ", "file:", "include ", "per-file ", "*")):
            yield from (
                (number, name) for name in word.split() if re.fullmatch(r"@?[\w.+-]+(?:@[\w.-]+)?", name)
            )


def maintainers_file(text: str, path: str) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of a list of maintainers: YAML with their role as key, else as `named` reads it."""
    try:
        data = yaml.read(text, path).value
    except yaml.YamlError:
        data = None
    found = list(_approvers(data)) if isinstance(data, Mapping) else []
    yield from found or named(text)


def _approvers(data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for role in ("approvers", "reviewers", "owners", "maintainers"):
        names = data.get(role)
        for index, name in enumerate(names if isinstance(names, list) else ()):
            if isinstance(name, str):
                yield getattr(names, "lines", [0] * len(data))[index], name
    filters = data.get("filters")
    for inner in filters.values() if isinstance(filters, Mapping) else ():
        if isinstance(inner, Mapping):
            yield from _approvers(inner)
