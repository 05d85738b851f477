"""Judging in a process of its own, which can be ended: a rule that hangs or crashes costs its own verdict alone.

A signal handler is no time limit: it waits until an expression or a library comes back, and a rule may catch what
it raises. So this process forks another one that has all that is known already, asks it one question after the
other, and ends it with all that it started once a question takes too long. The next question goes to a new one.
Where the system cannot fork, rules are judged in this process, without a limit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytest_productops.gate.apart import messages
from pytest_productops.gate.apart.other import Child
from pytest_productops.gate.judging import Lost
from pytest_productops.policy.limits import Limits
from pytest_productops.repository import Fact, Repository
from pytest_productops.stopwatch import Watch
from pytest_productops.text import clean

TICK = 0.2
"""Seconds between two looks at a process that works."""
PATIENCE = 5
"""How often a limit may pass on the clock while a process waits for a processor."""
MEND = "give it more with --timeout=SECONDS, or report it to the author of the rule"


def possible() -> bool:
    """Whether this system can fork."""
    return hasattr(os, "fork") and hasattr(os, "setsid") and sys.platform not in {"emscripten", "wasi"}


class Apart:
    """Asks in another process: `answer` is called there with a function and its arguments."""

    def __init__(
        self, answer: Callable[..., Any], find: messages.Find, repository: Repository, limits: Limits
    ) -> None:
        self._answer, self._find, self._repository = answer, find, repository
        self._limits = limits
        self._left, self._counted = limits.run, False
        self._child: Child | None = None

    def ask(self, function: Callable[..., Any], *arguments: Any, counted: bool = False) -> Any:
        """Return what a function of a module makes of the arguments there; raise `Lost` where that is not to be had.

        The limit for all rules together is for what is `counted`.
        """
        self._counted = counted
        if counted and self._left <= 0:
            raise Lost(f"not judged: all rules together took longer than {self._limits.run:g} s: {MEND}")
        fresh = self._child is None
        try:
            return self._asked(function, *arguments)
        except messages.Ended:
            if fresh:
                raise self._dead() from None
            self._end()  # perhaps an earlier rule's doing: once more, alone
        try:
            return self._asked(function, *arguments)
        except messages.Ended:
            raise self._dead() from None

    def _asked(self, function: Callable[..., Any], *arguments: Any) -> Any:
        try:
            child = self._child = self._child or Child(self._serve)
        except OSError as error:
            raise Lost(f"no process can be started to judge in: {error}") from error
        watch = Watch(child.process)
        try:
            last, reply = child.ask((function, *arguments), self._find, lambda: self._wait(watch))
        except messages.TooSlow:
            raise self._late(child) from None
        except messages.Ended:
            raise
        except BaseException:
            self._end()
            raise
        finally:
            self._left -= (watch.spent if watch.passed > TICK else watch.passed) if self._counted else 0
            self._repository.gathering = ()
        if last:
            self._end()
        if isinstance(reply, tuple):
            raise Lost(*map(_told, reply))
        return messages.unpacked(reply[messages.LENGTH :], self._find)

    def _wait(self, watch: Watch) -> float:
        """Return how long to wait before the next look; raise where the time is over, or the process is gone."""
        if self._child is None or self._child.ended:
            raise messages.Ended
        limit = min(self._limits.rule, self._left) if self._counted else self._limits.rule
        if watch.passed >= limit and (watch.spent >= limit or watch.passed >= PATIENCE * limit):
            raise messages.TooSlow
        self._repository.gathering = self._child.gathering
        return min(TICK, max(0.01, limit - watch.passed))

    def _late(self, child: Child) -> Lost:
        """End a process that takes too long, and say what it was at."""
        words = child.last_words()
        fact, seconds = child.fact
        whole = self._counted and self._left < self._limits.rule
        limit = self._limits.run if whole else self._limits.rule
        self._end()
        if fact and seconds > limit / 2:
            lost = Lost(f"gathering {fact.__name__} took longer than {limit:g} s: {MEND}", words)
            self._repository.refuse(fact, lost)
            return lost
        return Lost(f"{'all rules together ' if whole else ''}took longer than {limit:g} s: {MEND}", words)

    def _dead(self) -> Lost:
        """Say how a process ended by itself."""
        child = self._child
        if child is None:
            return Lost("the process that judged it is gone")
        status, words, (fact, _) = child.how, child.words, child.fact
        self._end()
        lost = Lost(f"{fact.__name__ if fact else 'it'} ended the process that judges: {status}", words)
        if fact:
            self._repository.refuse(fact, lost)
        return lost

    def _serve(self, ends: Any, page: Any, folder: Path) -> None:
        """Be the other process."""
        from pytest_productops.gate.apart import child  # noqa: PLC0415 - it knows POSIX alone

        self._repository.watch = lambda facts: page.write(_name(facts[-1]) if facts else "")
        self._repository.gathering = ()
        child.serve(self._answer, ends, self._find, folder, self._limits.rule)

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def close(self) -> None:
        """End the process."""
        self._end()


def _told(text: str) -> str:
    return clean(text, keep="\n", limit=4000)


def _name(fact: type[Fact]) -> str:
    return f"{fact.__module__}:{fact.__qualname__}"
