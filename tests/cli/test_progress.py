"""The line that says what is being done: a person at a terminal sees it, nobody else does."""

import os
import pty
import re
import subprocess
import sys

import pytest

from pytest_productops.cli import progress

SEEN = re.compile(r"rule 2 of 2, SLOW002 takes-its-time: slow history \(\d s\)")
PACK = '''
import time
from pytest_productops.api import Fact, Files, hookimpl, rule, rules_in


class SlowHistory(Fact):
    @classmethod
    def gather(cls, repository):
        time.sleep(2.8)
        return cls()


@rule("SLOW001", stage="plan", level="bronze", responsibility="support")
def quick(files: Files):
    """It is quick.

    Why:
        Peace.
    Fix:
        Nothing.
    Source:
        None.
    Bad:
        -- x --
    Good:
        -- x --
    """


@rule("SLOW002", stage="plan", level="bronze", responsibility="support")
def takes_its_time(history: SlowHistory):
    """It takes its time.

    Why:
        Peace.
    Fix:
        Nothing.
    Source:
        None.
    Bad:
        -- x --
    Good:
        -- x --
    """


@hookimpl
def productops_rules():
    return rules_in(__name__)
'''


@pytest.fixture
def slow(tmp_path):
    """Return a function that runs the command on a repository with a slow rule; standard error is a terminal."""
    folder = tmp_path / "packs"
    information = folder / "slow_pack-1.0.dist-info"
    information.mkdir(parents=True)
    (folder / "slow_pack.py").write_text(PACK)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: slow-pack\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[productops]\nslow = slow_pack\n")
    root = tmp_path / "shop"
    root.mkdir()
    (root / "README.md").write_text("# Shop\n")

    def run(*arguments, terminal=True, **environment):
        master, end = pty.openpty() if terminal else os.pipe()
        process = subprocess.run(
            [sys.executable, "-m", "pytest_productops", *arguments, "--select=SLOW"],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(folder), "TERM": "xterm", **environment},
            stdout=subprocess.PIPE,
            stderr=end,
        )
        os.close(end)
        written = b""
        while chunk := _read(master):
            written += chunk
        os.close(master)
        return process.returncode, process.stdout.decode(), written.decode()

    return run


def _read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so where all writers of a terminal are gone
        return b""


def test_a_person_sees_what_is_awaited_and_it_is_erased(slow):
    status, out, err = slow("check")
    assert status == 0
    assert "\nPassed: 2 of 2 selected rules could judge: 2 passed.\n" in f"\n{out}"
    first, *lines, last = err.split(progress.ERASE)
    assert (first, last) == ("", "")
    assert lines
    for line in lines:
        assert SEEN.fullmatch(line)
    assert "\n" not in err


def test_it_fits_the_terminal(slow):
    _, _, err = slow("check")
    longest = max(len(line) for line in err.split(progress.ERASE))
    assert 0 < longest < 80


@pytest.mark.parametrize(
    ("terminal", "environment"),
    [(False, {}), (True, {"TERM": "dumb"}), (True, {"TERM": ""}), (True, {"CI": "true"})],
)
def test_nobody_else_gets_a_byte(slow, terminal, environment):
    status, out, err = slow("check", terminal=terminal, **environment)
    assert status == 0
    assert "2 passed" in out
    assert err == ""


def test_colour_is_another_thing(slow):
    assert "rule 2 of 2" in slow("check", NO_COLOR="1")[2]


def test_quick_work_shows_nothing(slow):
    status, _, err = slow("check", "--ignore=SLOW002")
    assert (status, err) == (0, "")


def test_other_verbs_show_it_too(slow):
    assert "rule 1 of 1, SLOW002 takes-its-time: slow history (" in slow("explain", "SLOW002", ".")[2]
    assert "rule 2 of 2, SLOW002 takes-its-time" in slow("baseline")[2]


def test_pytest_shows_its_items_and_no_such_line(slow, tmp_path):
    master, end = pty.openpty()
    process = subprocess.run(
        [sys.executable, "-m", "pytest", "--productops", "--productops-select=SLOW"],
        cwd=tmp_path / "shop",
        env={**os.environ, "PYTHONPATH": str(tmp_path / "packs"), "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=end,
    )
    os.close(end)
    assert _read(master) == b""
    os.close(master)
    assert b"2 passed" in process.stdout
