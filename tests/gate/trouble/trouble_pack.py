"""A rule pack in which everything goes wrong that can: each rule is asked between others that are sound."""

from __future__ import annotations

import ctypes
import mmap
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pytest_productops.api import Fact, Files, Finding, Repository, hookimpl, rule, rules_in

MANUAL = """{summary}.

Why:
    To see that the others are judged all the same.
Fix:
    Nothing.
Source:
    None.
Bad:
    -- x --
Good:
    -- x --
"""


def trouble(code: str) -> Callable[..., object]:
    def declare(check: Callable[..., object]) -> object:
        check.__doc__ = MANUAL.format(summary=check.__name__.replace("_", " ").capitalize())
        return rule(code, stage="plan", level="bronze", profiles=("trouble",), responsibility="onboarding")(
            check
        )

    return declare


class Slow(Fact):
    """A fact that is never gathered to the end."""

    @classmethod
    def gather(cls, repository: Repository) -> Slow:
        while True:
            time.sleep(1)


class Deadly(Fact):
    """A fact that ends the process."""

    @classmethod
    def gather(cls, repository: Repository) -> Deadly:
        os._exit(7)


@trouble("TRB100")
def all_is_well_at_first(files: Files) -> Iterator[Finding]:
    yield from _strange(files)


@trouble("TRB101")
def raises(files: Files) -> None:
    raise RuntimeError("a bug")


@trouble("TRB102")
def exits(files: Files) -> None:
    sys.exit(0)


@trouble("TRB103")
def leaves_at_once(files: Files) -> None:
    os._exit(0)


@trouble("TRB104")
def faults(files: Files) -> None:
    ctypes.string_at(0)


@trouble("TRB105")
def loops(files: Files) -> None:
    while True:
        pass


@trouble("TRB106")
def swallows_what_should_end_it(files: Files) -> None:
    while True:
        try:
            time.sleep(0.01)
        except BaseException:  # noqa: BLE001, S112 - that is the trouble
            continue


@trouble("TRB107")
def holds_the_lock_of_the_interpreter(files: Files) -> None:
    re.match("(a+)+$", "a" * 60 + "!")


@trouble("TRB108")
def leaves_processes_behind(files: Files) -> None:
    for _ in range(5):
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(97)"])
    for _ in range(3):
        if os.fork() == 0:
            while True:
                time.sleep(1)


@trouble("TRB109")
def takes_all_memory(files: Files) -> None:
    held = [mmap.mmap(-1, 2**31, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) for _ in range(8)]
    raise RuntimeError(f"{len(held)} blocks of 2 GB were there to take")


@trouble("TRB110")
def goes_deep(files: Files) -> None:
    sys.setrecursionlimit(10**7)
    _deeper(files)


@trouble("TRB111")
def interrupts(files: Files) -> None:
    raise KeyboardInterrupt


@trouble("TRB112")
def leaves_pytest(files: Files) -> None:
    pytest.exit("bye", returncode=0)


@trouble("TRB113")
def skips(files: Files) -> None:
    pytest.skip("no time for this")


@trouble("TRB114")
def closes_the_standard_streams(files: Files) -> None:
    for descriptor in (0, 1, 2):
        os.close(descriptor)


@trouble("TRB115")
def prints(files: Files) -> None:
    print("PRINTED" * 10000, flush=True)
    os.write(1, b"WRITTEN\n" * 1000)


@trouble("TRB116")
def changes_folder_and_variables(files: Files) -> None:
    os.chdir("/")
    os.environ.clear()
    sys.path.clear()


@trouble("TRB117")
def ends_its_group(files: Files) -> None:
    os.killpg(0, signal.SIGKILL)


@trouble("TRB118")
def leaves_a_thread_that_ends_the_process(files: Files) -> None:
    threading.Timer(0.05, os._exit, (0,)).start()


@trouble("TRB119")
def returns_twice(files: Files) -> None:
    os.fork()


@trouble("TRB120")
def closes_every_file(files: Files) -> None:
    os.closerange(3, 512)


@trouble("TRB121")
def sleeps(files: Files) -> None:
    time.sleep(3600)


@trouble("TRB122")
def needs_what_never_comes(slow: Slow) -> None: ...


@trouble("TRB123")
def needs_it_too(slow: Slow) -> None: ...


@trouble("TRB124")
def needs_what_ends_the_process(deadly: Deadly) -> None: ...


@trouble("TRB199")
def all_is_well_at_last(files: Files) -> Iterator[Finding]:
    yield from _strange(files)


def _deeper(files: Files) -> int:
    return _deeper(files) + 1


def _strange(files: Files) -> Iterator[Finding]:
    """Yield what an earlier rule has left of its doings."""
    if "PATH" not in os.environ or not sys.path or Path.cwd() == Path("/"):
        yield Finding("state", "this process is not as it was")
    for descriptor in (0, 1, 2):
        os.fstat(descriptor)
    if "README.md" not in files:
        yield Finding("files", "the files are gone")


@hookimpl
def productops_rules():
    return rules_in(__name__)
