"""The process that judges: it answers one question after the other, and ends without a trace of the other process.

It runs in a session of its own, so that it and all that it starts can be ended at once. It takes nothing from
standard input, what rules print goes to standard error, and of its caller's other files it holds none.
"""

from __future__ import annotations

import contextlib
import faulthandler
import fcntl
import gc
import mmap
import os
import resource
import signal
import struct
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from pytest_productops.gate.apart import messages
from pytest_productops.gate.apart.inherited import let_go

MEMORY = 3 * 2**30
"""Bytes that rules may take beyond what is there when they begin."""
_SPARE = 10
"""Seconds of processor time beyond a rule's limit after which the system ends it, should nobody else do it."""
_HEAD = struct.Struct("dH")
ASIDE = getattr(signal, "SIGUSR1", None)
"""The signal on which it writes down where it is at work."""


class Page:
    """A page of memory that both processes see: what is being gathered, and since when."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, mmap.PAGESIZE)

    def write(self, name: str) -> None:
        """Note what is being gathered; nothing where nothing is."""
        data = name.encode()[: mmap.PAGESIZE - _HEAD.size]
        self._memory[: _HEAD.size + len(data)] = _HEAD.pack(time.monotonic(), len(data)) + data

    def read(self) -> tuple[str, float]:
        """Return what is being gathered, and for how many seconds."""
        since, length = _HEAD.unpack_from(self._memory)
        name = bytes(self._memory[_HEAD.size : _HEAD.size + length]).decode(errors="replace")
        return name, time.monotonic() - since


class Ends(NamedTuple):
    """The ends of the pipes that the child holds: questions in, answers out, and one that the other's death closes."""

    questions: int
    answers: int
    life: int


def serve(
    answer: Callable[..., Any], ends: Ends, find: messages.Find, folder: Path, seconds: float
) -> NoReturn:
    """Answer until there are no questions any more, or until a rule has changed this process; then end it."""
    status = 1
    try:
        let_go(ends)
        _settle(ends.life, folder)
        _answer_all(answer, ends, find, seconds)
        status = 0
    finally:
        with contextlib.suppress(BaseException):
            sys.stderr.flush()
        os._exit(status)


def _answer_all(answer: Callable[..., Any], ends: Ends, find: messages.Find, seconds: float) -> None:
    own, before, last = os.getpid(), _state(), False
    while not last:
        try:
            question = messages.unpacked(messages.get(ends.questions, _forever), find)
        except messages.Ended:
            return
        _allow(seconds)
        reply = _reply(answer, question)
        if os.getpid() != own:  # a rule forked, and this is the copy
            return
        last = _state() != before
        messages.put(ends.answers, messages.packed((last, reply)), _forever)


def _reply(answer: Callable[..., Any], question: tuple[Any, ...]) -> bytes | tuple[str, str]:
    """Return the answer as it is sent, or what went wrong in words."""
    try:
        return messages.packed(answer(*question))
    except BaseException as error:  # noqa: BLE001 - no error of a rule may end the process that judges the others
        frames = traceback.format_exception(type(error), error, error.__traceback__, limit=-3)
        return f"{type(error).__name__}: {error}", "".join(frames)


def _forever() -> float:
    return 3600.0


def _settle(life: int, folder: Path) -> None:
    """Become a process of its own."""
    os.setsid()
    _die_with_parent(life)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGPIPE else signal.SIG_DFL)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    with open(os.devnull, "r+b", buffering=0) as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
        try:
            os.dup2(2, 1)
        except OSError:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
    sys.stdout = sys.stderr = os.fdopen(2, "w", 1, errors="backslashreplace", closefd=False)
    faulthandler.cancel_dump_traceback_later()
    record = (folder / "faults").open("wb", buffering=0)
    faulthandler.enable(record)
    if ASIDE is not None:
        faulthandler.register(ASIDE, record, all_threads=False)
    _bound()
    gc.freeze()


def _die_with_parent(life: int) -> None:
    """Be ended by the system, and all that was started, once the other process is gone, its pipe closed (fcntl(2))."""
    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(life, fcntl.F_SETOWN, -os.getpid())
        fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)


def _bound() -> None:
    """Bound the memory, and write no core file. What git maps of a pack is no data, so it stays out of it."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = MEMORY + _data()
        limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def _data() -> int:
    """Return how much data this process has, in bytes (proc(5), statm)."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[5]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


def _allow(seconds: float) -> None:
    """Let the system end this process where the other one does not: a second wall."""
    with contextlib.suppress(OSError, ValueError):
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        limit = int(used.ru_utime + used.ru_stime + 2 * seconds + _SPARE)
        limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def _state() -> tuple[Any, ...]:
    """Return what a rule must leave as it was, so that the next one is judged as it would be alone."""
    return (
        _here(),
        dict(os.environ),
        tuple(map(_file, (0, 1, 2))),
        tuple(sys.path),
        sys.getrecursionlimit(),
        threading.active_count(),
        [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)],
    )


def _here() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - asked for each rule
    except OSError:
        return ""


def _file(descriptor: int) -> tuple[int, int]:
    try:
        found = os.fstat(descriptor)
    except OSError:
        return -1, -1
    return found.st_dev, found.st_ino
