"""Running: a script under its keeper, with a time limit for each step, its output cut and cleaned."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path

from pytest_productops.lazy import dataclass
from pytest_productops.text import clean

CAP = 64 * 2**10
"""How much output of a command is kept, in bytes: the end of it."""
_CHUNK = 2**16
_MARK = b"\x1d"
_KEEPER = "import sys; sys.path.insert(0, sys.argv.pop()); from pytest_productops.drill import keeper; keeper.main()"
_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])|[^\n]*\r(?=[^\n])"
)
"""Colours and titles of terminals, and lines that were written over, such as bars of progress."""


@dataclass(frozen=True)
class Orders:
    """What is started: the words, where, with which environment; `writable` and `hidden` are for `confining`."""

    argv: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    writable: tuple[str, ...] = ()
    hidden: str = ""


@dataclass
class Heard:
    """What was heard of one command: when it began and ended, and the end of its output."""

    began: float
    ended: float = 0.0
    output: bytearray = field(default_factory=bytearray)

    @property
    def text(self) -> str:
        """Its output without what a terminal obeys."""
        return clean(_ESCAPES.sub("", self.output.decode(errors="replace")), keep="\n\t", limit=CAP)


@dataclass(frozen=True)
class Ending:
    """How a script ended.

    `status` is None where its time was over, `left` the processes that it left running, `heard` the commands that
    were begun. `error`: it could not be started. `hidden` and `confined` say which protections held.
    """

    status: int | None
    heard: Mapping[int, Heard]
    left: tuple[str, ...] = ()
    error: str = ""
    hidden: bool = False
    confined: bool = False


class Transcript:
    """Takes the output of a script apart: a mark before each command, in the stream itself."""

    def __init__(self) -> None:
        self.token = secrets.token_hex(8)
        self.heard: dict[int, Heard] = {}
        self.now = -1
        self._pattern = re.compile(_MARK + self.token.encode() + rb" (\d+)\n")
        self._rest = b""

    def mark(self, number: int) -> str:
        """Return the line of shell that says that a command begins."""
        return f"printf '\\035%s %s\\n' {self.token} {number}"

    def feed(self, data: bytes, when: float) -> None:
        """Take a piece of the output, which may end within a mark."""
        data, at = self._rest + data, 0
        for match in self._pattern.finditer(data):
            self._keep(data[at : match.start()])
            self._next(int(match[1]), when)
            at = match.end()
        begun = data.rfind(_MARK, max(at, len(data) - len(self.token) - 16))
        stop = len(data) if begun < 0 else begun
        self._keep(data[at:stop])
        self._rest = data[stop:]

    def end(self, when: float) -> None:
        """Say that there is no more."""
        self._keep(self._rest)
        if self.now in self.heard:
            self.heard[self.now].ended = when

    def _next(self, number: int, when: float) -> None:
        if self.now in self.heard:
            self.heard[self.now].ended = when
        self.now = number
        self.heard[number] = Heard(when)

    def _keep(self, data: bytes) -> None:
        if self.now in self.heard and data:
            output = self.heard[self.now].output
            output += data[-CAP:]
            del output[: max(0, len(output) - CAP)]


def run(orders: Orders, transcript: Transcript, steps: Sequence[str], limit: float) -> Ending:
    """Run orders whose output is for a transcript; `steps` says of each command which step it is of.

    A step that takes more than `limit` seconds ends everything. Whatever happens, no process survives.
    """
    reading, writing = os.pipe()
    keeper = _keeper(orders, writing)
    os.close(writing)
    try:
        _listen(keeper, transcript, steps, limit)
    finally:
        _end(keeper)
        with os.fdopen(reading, "rb") as stream:
            said = stream.read()
        transcript.end(time.monotonic())
    result = json.loads(said or b'{"error": "its keeper was killed"}')
    return Ending(
        result.get("status"),
        transcript.heard,
        tuple(result.get("left", ())),
        result.get("error", ""),
        result.get("hidden", False),
        result.get("confined", False),
    )


def _keeper(orders: Orders, result: int) -> subprocess.Popen[bytes]:
    words = {
        "argv": orders.argv,
        "folder": str(orders.folder),
        "environment": dict(orders.environment),
        "writable": orders.writable,
        "hidden": orders.hidden,
        "result": result,
    }
    home = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _KEEPER, json.dumps(words), home],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=(result,),
        start_new_session=True,
        bufsize=0,
    )


def _listen(
    keeper: subprocess.Popen[bytes], transcript: Transcript, steps: Sequence[str], limit: float
) -> None:
    """Read until the end of the output, or until a step has taken too long."""
    output = keeper.stdout
    assert output is not None  # noqa: S101 - it is a pipe
    began: dict[str, float] = {"": time.monotonic()}
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while True:
            step = steps[transcript.now] if 0 <= transcript.now < len(steps) else ""
            left = began.setdefault(step, time.monotonic()) + limit - time.monotonic()
            if left <= 0:
                return
            if not selector.select(min(left, 1.0)):
                continue
            data = os.read(output.fileno(), _CHUNK)
            if not data:
                return
            transcript.feed(data, time.monotonic())


def _end(keeper: subprocess.Popen[bytes]) -> None:
    """Close the keeper's lifeline, drop what is still written, and wait until it has ended everything."""
    assert keeper.stdin is not None  # noqa: S101 - both are pipes
    assert keeper.stdout is not None  # noqa: S101
    with contextlib.suppress(OSError):
        keeper.stdin.close()
    while os.read(keeper.stdout.fileno(), _CHUNK):
        pass
    keeper.stdout.close()
    keeper.wait()
