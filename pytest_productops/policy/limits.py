"""How long a rule may take, and all rules together: the key `timeout`.

`auto` goes by the size of the repository, `30` is seconds a rule, `30,600` a rule and all of them, `off` no limit.
The reasons for the numbers are in docs/decisions/0012-time-limits.md.
"""

from __future__ import annotations

import re
from typing import NamedTuple

AUTO, OFF = "auto", "off"
BASE = 8.0
"""Seconds that a rule has in the smallest repository."""
FILES_A_SECOND = 500
MIB_A_SECOND = 10
"""By how many files, and MiB of packed objects, a rule has a second more."""
MOST = 600.0
"""Most seconds that a rule has by the size of the repository, so that no size is a way around the limit."""
RULES = 10
"""How many rules may use up their time, where nobody says how long all of them may take."""
_FORM = re.compile(r"\s*(\d{1,6}(?:\.\d{1,3})?)\s*(?:,\s*(\d{1,6}(?:\.\d{1,3})?)\s*)?")
HINT = "auto, off, seconds for a rule (30), or for a rule and for all (30,600)"


class Limits(NamedTuple):
    """Seconds for a rule and for all rules; without a limit they are judged in this process."""

    rule: float
    run: float


def known(written: object) -> bool:
    """Whether a value of `timeout` can be read; a limit of no time is none."""
    text = str(written)
    return text in {AUTO, OFF} or _given(text) is not None


def limits(written: object, files: int, packed: int) -> Limits | None:
    """Return the limits for a repository of so many files and bytes of packed objects, None for no limit."""
    given = _given(str(written))
    if given is not None:
        return Limits(*given) if given[0] else None
    if str(written) == OFF:
        return None
    rule = min(MOST, BASE + files / FILES_A_SECOND + packed / 2**20 / MIB_A_SECOND)
    return Limits(rule, rule * RULES)


def _given(text: str) -> tuple[float, float] | None:
    """Return what is written as numbers; 0 is no limit."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    rule = float(match[1])
    run = float(match[2]) if match[2] else rule * RULES
    return (rule, run) if run >= rule else None
