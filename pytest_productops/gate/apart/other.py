"""The process that judges, seen from the one that asks: its pipes, its folder, how it ended."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import sys
import time
import warnings
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytest_productops.gate.apart import messages
from pytest_productops.gate.judging import FRAMES
from pytest_productops.git import scratch
from pytest_productops.repository import Fact
from pytest_productops.text import clean

_LAST_WORDS = 0.2
"""Seconds that a process has to write down where it is at work."""


class Child:
    """The other process, from this side: its pipes, its folder, how it ended."""

    def __init__(self, serve: Callable[[Any, Any, Path], None]) -> None:
        from pytest_productops.gate.apart import child  # noqa: PLC0415 - it knows POSIX alone

        self._page = child.Page()
        self._aside = child.ASIDE
        self._folder = scratch.make()
        self._how: int | None = None
        out, asked = os.pipe()
        answers, back = os.pipe()
        life, held = os.pipe()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(AttributeError, OSError, ValueError):
                stream.flush()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads; none of their locks is needed
            self.process = os.fork()
        if self.process == 0:
            for end in (asked, answers, held):
                os.close(end)
            serve(child.Ends(out, back, life), self._page, self._folder)
        for end in (out, back, life):
            os.close(end)
        os.set_blocking(asked, False)
        self._ends = {"asked": asked, "answers": answers, "held": held}
        self._finalizer = weakref.finalize(
            self, _clear, os.getpid(), self.process, tuple(self._ends.values()), str(self._folder)
        )

    def ask(self, question: Any, find: messages.Find, wait: Callable[[], float]) -> Any:
        """Return the answer as it was sent."""
        messages.put(self._ends["asked"], messages.packed(question), wait)
        return messages.unpacked(messages.get(self._ends["answers"], wait), find)

    @property
    def ended(self) -> bool:
        """Whether the process is gone and has said all; what it forked may still hold its pipes."""
        if self._how is None:
            self._how = _status(self.process)
            return False  # an answer may lie in the pipe: one more look
        return True

    @property
    def how(self) -> str:
        """How it ended, in words."""
        until = time.monotonic() + _LAST_WORDS
        while not self.ended and time.monotonic() < until:
            time.sleep(0.01)
        if self._how is None:
            return "it does not answer any more"
        if self._how >= 0:
            return f"exit status {self._how}"
        with contextlib.suppress(ValueError):
            return f"signal {signal.Signals(-self._how).name}"
        return f"signal {-self._how}"

    @property
    def gathering(self) -> tuple[type[Fact], ...]:
        """The fact that is being gathered, if one is."""
        fact, _ = self.fact
        return (fact,) if fact else ()

    @property
    def fact(self) -> tuple[type[Fact] | None, float]:
        """The fact that is being gathered, and for how many seconds."""
        name, seconds = self._page.read()
        return _fact(name) if name else None, seconds

    @property
    def words(self) -> str:
        """Where it was at work when it ended, as far as it could write that down."""
        try:
            text = (self._folder / "faults").read_text("utf-8", "replace")
        except OSError:
            return ""
        lines = [line for line in text.splitlines() if line.strip()]
        heads = [at for at, line in enumerate(lines) if line.endswith("(most recent call first):")]
        at = heads[0] if heads else 0
        kept = (*lines[:at], *(line.strip() for line in lines[at + 1 : at + 1 + FRAMES]))
        return clean("\n".join(kept), keep="\n", limit=2000)

    def last_words(self) -> str:
        """Let it write down where it is at work, and return that."""
        if self._aside is not None:
            with contextlib.suppress(OSError):
                os.kill(self.process, self._aside)
            until = time.monotonic() + _LAST_WORDS
            while not self.words and time.monotonic() < until:
                time.sleep(0.01)
        return self.words

    def end(self) -> None:
        """End it and all that it started, and remove its folder."""
        self._finalizer()


def _status(process: int) -> int | None:
    """Return how a process ended, a signal as a negative number; None while it runs."""
    with contextlib.suppress(ChildProcessError):
        if hasattr(os, "waitid"):  # it leaves the status there, so that the number belongs to nobody else
            done = os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if done is None:
                return None
            return done.si_status if done.si_code == os.CLD_EXITED else -done.si_status
        ended, status = os.waitpid(process, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if ended else None
    return 0


def _clear(owner: int, process: int, ends: tuple[int, ...], folder: str) -> None:
    """Leave nothing of a process behind; a copy of this process leaves it alone."""
    if os.getpid() != owner:
        return
    for end in ends:
        with contextlib.suppress(OSError):
            os.close(end)
    with contextlib.suppress(OSError):
        os.killpg(process, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.kill(process, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(process, 0)
    shutil.rmtree(folder, ignore_errors=True)


def _fact(name: str) -> type[Fact] | None:
    """Return the fact of a name that the other process wrote down."""
    module, _, path = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError, ValueError):
        return None
    return found if isinstance(found, type) and issubclass(found, Fact) else None
