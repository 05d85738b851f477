"""What was perhaps meant by a word that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

SHOWN = 12
"""Up to so many known words are listed where none is near."""


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return `did you mean ...?` for the nearest of the known words, or the known words where none is near."""
    words = sorted(set(known))
    return near(written, words) or (f"known: {', '.join(words)}" if 0 < len(words) <= SHOWN else "")


def near(written: str, known: Iterable[str]) -> str:
    """Return `did you mean ...?`, or nothing where no known word is near.

    Looks for the word itself, then in capitals, then among words that share a part.
    """
    words = sorted(set(known))
    whole = difflib.get_close_matches(written, words, 1) or difflib.get_close_matches(
        written.upper(), words, 1
    )
    parts = [word for word in words if set(written.split("-")) & set(word.split("-")) - {""}]
    found = whole or difflib.get_close_matches(written, parts, 1, cutoff=0.3)
    return f"did you mean `{found[0]}`?" if found else ""
