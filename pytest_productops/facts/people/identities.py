"""Identities: which names, addresses and handles are one person's, as far as a history tells.

A forge writes handles into addresses (`123+ann@users.noreply.github.com`,
https://docs.github.com/account-and-profile/reference/email-addresses-reference) and into the subjects of merges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pytest_productops.facts.history import is_bot
from pytest_productops.lazy import regex

_HIDDEN = regex(r"(?:\d+[+-])?([a-z0-9][\w.-]*)@users\.noreply\.[\w.-]+\Z")
_SIGNED = regex(r"\s*(?P<name>[^<>]*?)\s*(?:<(?P<mail>[^<>\s]+@[^<>\s]+)>.*)?\Z")
_NOBODY = regex(
    r"(?:no-?reply|none|nobody|root|unknown|user|git|me|localhost)?@|[^@]*@(?:localhost|example\.com)\Z|[^@]*\Z"
)
_GENERIC = frozenset(
    ["admin", "github", "gitlab", "hello", "contact", "email", "developer", "noreply", "oss", "opensource"]
)
_AGENT = regex(
    r"(?:cursor|copilot|codex|devin|aider|gemini|opencode)(?:[ -](?:app|agent|ai|cli|code|assist|swe))*\Z",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 5, 500
_ENTRY = regex(r"<([^<>\s]+)>")


class Signature(NamedTuple):
    """What somebody signs with: a name, an address, a handle; what is not said is empty."""

    name: str = ""
    email: str = ""
    handle: str = ""

    @property
    def bot(self) -> bool:
        """Whether it is a program's, or says nothing."""
        name = self.name or self.handle
        return not any(self) or bool(_AGENT.match(name.strip())) or is_bot(name, self.email)

    @property
    def keys(self) -> tuple[str, ...]:
        """What makes two signatures one person's: an address, a handle, a full name."""
        name, email = " ".join(self.name.partition("(")[0].split()).casefold(), self.email.lower()
        hidden = _HIDDEN.match(email)
        found = [f"@{hidden[1]}" if hidden else "" if _NOBODY.match(email) else email]
        found += [f"@{self.handle.lower()}" if self.handle else "", f"={name}" if " " in name else ""]
        return tuple(key for key in found if key) or ((f"={name}",) if name else ())

    @staticmethod
    def same(*texts: str) -> tuple[str, ...]:
        """Return the keys of all that a person signs with: `@ann`, `ann@example.org`, `Ann Smith`."""
        return tuple(key for text in texts for key in signed(text).keys)

    @property
    def looks(self) -> frozenset[str]:
        """What it looks like in one word: `Ann Smith` like `annsmith`, which may be her handle."""
        told = [key.partition("@")[0] or key for key in self.keys]
        plain = {_plain(word) for word in told}
        return frozenset(word for word in plain if len(word) >= _SHORTEST and word not in _GENERIC)


class Identities:
    """Persons: all keys that came together in one signature, directly or by others between."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def join(self, keys: Iterable[str]) -> None:
        """Take in that these are one person's."""
        first, *others = [self.of(key) for key in keys] or [""]
        for other in others:
            self._parent[other] = first

    def of(self, key: str) -> str:
        """Return the key that stands for the person of a key."""
        path = [key]
        while (above := self._parent.get(path[-1], path[-1])) != path[-1]:
            path.append(above)
        self._parent.update(dict.fromkeys(path[:-1], path[-1]))
        return path[-1]

    def person(self, signature: Signature) -> str:
        """Return the key that stands for the person of a signature, whose keys are taken in."""
        self.join(signature.keys)
        return self.of(next(iter(signature.keys), ""))


def signed(text: str) -> Signature:
    """Read `Ann Smith <ann@example.org>`, `@ann`, or a name alone."""
    text = text[:_LONGEST].strip()
    if " " not in text and "@" in text[1:] and "<" not in text:
        return Signature(email=text)
    match = _SIGNED.match(text)
    name, mail = (match["name"], match["mail"] or "") if match else ("", "")
    handle = name[1:] if re.fullmatch(r"@[\w.-]+", name) else ""
    return Signature("" if handle else name, mail, handle)


def mailmap(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the keys of each person of a `.mailmap` (https://git-scm.com/docs/gitmailmap)."""
    for line in text.splitlines():
        entry = line.partition("#")[0]
        found = [Signature(email=mail).keys for mail in _ENTRY.findall(entry)]
        if found:
            yield (
                tuple(key for keys in found for key in keys) + Signature(entry.partition("<")[0].strip()).keys
            )


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if letter.isalnum()).casefold()
