"""Unmodified templates: texts that a forge or a generator writes, and that nobody has made their own.

`known_templates.json` names each template with its source and holds the hashes of its shingles, never its text:
three bytes of BLAKE2 for each four words in a row (Broder 1997, "On the resemblance and containment of
documents"). A new entry is `packed` of the template read as a document.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import resources

from pytest_productops.facts.substance.parts import Part
from pytest_productops.lazy import regex

WIDTH = 4
"""Words of a shingle."""
FEWEST = 3
"""Fewest shingles that a text must have to be compared."""
LONGEST = 1500
"""Longest text that is compared, in words: no template is longer."""
SHARE = 0.8
"""Least part of the words that stands in a template."""
OWN = 20
"""Most words beside the template's."""
_BYTES = 3
_WORD = regex(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_UNFILLED = regex(r"\[INSERT CONTACT METHOD\]")
"""The blank of the Contributor Covenant: without it, its text is a code of conduct."""
_COVENANT = regex(r"(?i)\bpledge\b")


@lru_cache(maxsize=1024)
def template(part: Part) -> str:
    """Return which template a text is, or nothing."""
    if _UNFILLED.search(part.text) and _COVENANT.search(part.text):
        return "the Contributor Covenant without a contact"
    words = _words(part)
    if not WIDTH + FEWEST - 1 <= len(words) <= LONGEST:
        return ""
    shingles = [_hash(words[at : at + WIDTH]) for at in range(len(words) - WIDTH + 1)]
    return next((name for name, known in _known() if _alike(shingles, known)), "")


def packed(part: Part) -> str:
    """Return a text's shingles as an entry of `known_templates.json` has them."""
    words = _words(part)
    hashes = {_hash(words[at : at + WIDTH]) for at in range(len(words) - WIDTH + 1)}
    return b64encode(b"".join(sorted(hashes))).decode()


def _alike(shingles: list[bytes], known: frozenset[bytes]) -> bool:
    """Whether nearly every word stands in a shingle that is known."""
    total = len(shingles) + WIDTH - 1
    covered = [False] * total
    for at, shingle in enumerate(shingles):
        if shingle in known:
            covered[at : at + WIDTH] = [True] * WIDTH
    own = covered.count(False)
    return own <= OWN and total - own >= SHARE * total


def _words(part: Part) -> list[str]:
    text = " ".join(prose.text for prose in part.prose)
    return [word.replace("\u2019", "'").lower() for word in _WORD.findall(re.sub(r":\w+:", " ", text))]


def _hash(words: Sequence[str]) -> bytes:
    return blake2b(" ".join(words).encode(), digest_size=_BYTES).digest()


@cache
def _known() -> tuple[tuple[str, frozenset[bytes]], ...]:
    text = resources.files(__package__).joinpath("known_templates.json").read_text(encoding="utf-8")
    return tuple((entry["name"], _unpacked(entry["shingles"])) for entry in json.loads(text))


def _unpacked(text: str) -> frozenset[bytes]:
    data = b64decode(text)
    return frozenset(data[at : at + _BYTES] for at in range(0, len(data), _BYTES))
