"""The files of the caller, in the process that judges: a fork has them all, and holds open what the caller closes.

A pipe of a browser or of a test runner would not end before the last rule is judged, a lock would stay held, and a
rule could write into a report. So each becomes the empty device. None is closed: its number would be given to the
next file, which the object that held the first one closes when it goes.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable

_FIRST = 3
"""The number behind those of the standard streams."""
_LISTS = ("/proc/self/fd", "/dev/fd")
"""Where systems list what a process has open (proc(5), fd(4))."""
_MOST = 65_536
"""Highest number that is tried where nothing lists them."""


def let_go(kept: Collection[int]) -> None:
    """Put the empty device in the place of all that is open, but for the standard streams and what is kept."""
    nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    for number in sorted({*_numbers()} - {*kept, nothing}):
        with contextlib.suppress(OSError):
            if number >= _FIRST:
                os.fstat(number)  # it is open, also where that was guessed
                os.dup2(nothing, number, inheritable=False)
    os.close(nothing)


def _numbers() -> Iterable[int]:
    """Return the numbers of the files that may be open."""
    for place in _LISTS:
        with contextlib.suppress(OSError, ValueError):
            return [int(name) for name in os.listdir(place)]  # noqa: PTH208 - names alone
    most = os.sysconf("SC_OPEN_MAX")
    return range(min(most, _MOST) if most > 0 else _MOST)
