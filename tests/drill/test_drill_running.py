"""Running: real processes under their keeper. Nothing survives, nothing floods, nothing outside is written."""

import os
import subprocess
import sys
import time

import pytest

from pytest_productops.drill import confining
from pytest_productops.drill.running import CAP, Orders, Transcript, run

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's means are Linux's")


@pytest.fixture
def drill(tmp_path):
    """Run lines of shell, each a command of its own, and return the ending."""

    def go(*lines, limit=20.0, hidden="", writable=True, steps=None):
        folder = tmp_path / "scratch"
        folder.mkdir(exist_ok=True)
        transcript = Transcript()
        text = "".join(f"{transcript.mark(n)}\n{line}\n" for n, line in enumerate(lines))
        (folder / "all.sh").write_text(f"exec 2>&1\nset -e\n{text}")
        orders = Orders(
            ("/bin/sh", str(folder / "all.sh")),
            folder,
            {"PATH": os.environ["PATH"], "HOME": str(folder)},
            (str(folder),) if writable else (),
            hidden,
        )
        return run(orders, transcript, steps or ["setup"] * len(lines), limit)

    return go


def alive(mark):
    """Whether a process with this word among its arguments is there."""
    said = subprocess.run(["ps", "-eo", "stat,args"], capture_output=True, text=True).stdout
    return [
        line
        for line in said.splitlines()
        if mark in line and not line.startswith("Z") and "ps -eo" not in line
    ]


def test_each_command_has_its_own_output_and_time(drill):
    ending = drill("echo one", "sleep 0.2; printf two", "echo three")
    assert ending.status == 0
    assert [ending.heard[n].text for n in range(3)] == ["one\n", "two", "three\n"]
    assert ending.heard[1].ended - ending.heard[1].began >= 0.2


def test_the_first_that_fails_ends_it(drill):
    ending = drill("true", "echo why >&2; exit 3", "echo never")
    assert ending.status == 3
    assert max(ending.heard) == 1
    assert ending.heard[1].text == "why\n"


def test_what_the_shell_is_carries_over(drill):
    ending = drill("mkdir sub; cd sub; export A=b", 'basename "$PWD"; echo $A')
    assert ending.heard[1].text == "sub\nb\n"


def test_a_command_that_hangs_is_ended(drill):
    start = time.monotonic()
    ending = drill("true", "sleep 4711", limit=1.0)
    assert ending.status is None
    assert max(ending.heard) == 1
    assert time.monotonic() - start < 10
    assert not alive("sleep 4711")


def test_each_step_has_its_own_time(drill):
    ending = drill("sleep 0.7", "sleep 0.7", limit=1.2, steps=["setup", "test"])
    assert ending.status == 0


@linux
def test_children_that_left_their_group_do_not_survive(drill):
    ending = drill("(setsid sh -c 'sleep 4712 & sleep 4712' >/dev/null 2>&1 &); sleep 0.3")
    assert ending.status == 0
    assert "sleep" in ending.left
    assert not alive("sleep 4712")


@linux
def test_children_that_hold_the_output_open_do_not_hang_it(drill):
    start = time.monotonic()
    ending = drill("sleep 4713 &", "echo done")
    assert ending.status == 0
    assert time.monotonic() - start < 10
    assert not alive("sleep 4713")


@linux
def test_a_bomb_of_children_is_ended(drill):
    ending = drill("bomb() { sleep 0.12; bomb 4714 & bomb 4714 & wait; }; bomb", limit=1.0)
    assert ending.status is None
    assert not alive("scratch/all.sh")


def test_whoever_is_gone_takes_all_along(tmp_path):
    program = (
        "import os, sys; from pathlib import Path; from pytest_productops.drill.running import *\n"
        "t = Transcript(); f = Path(sys.argv[1]); (f / 's').write_text(t.mark(0) + '\\nsleep 4715\\n')\n"
        "run(Orders(('/bin/sh', str(f / 's')), f, {'PATH': os.environ['PATH']}), t, ['setup'], 600.0)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)])
    until = time.monotonic() + 20
    while not alive("sleep 4715") and time.monotonic() < until:
        time.sleep(0.05)
    process.kill()
    process.wait()
    until = time.monotonic() + 10
    while alive("sleep 4715") and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive("sleep 4715")


def test_a_flood_is_cut_to_its_end(drill):
    ending = drill("yes flood | head -c 5000000", "echo end")
    assert ending.status == 0
    assert len(ending.heard[0].output) == CAP
    assert ending.heard[1].text == "end\n"


def test_a_flood_without_end_is_ended(drill):
    ending = drill("yes", limit=1.0)
    assert ending.status is None
    assert len(ending.heard[0].output) <= CAP


def test_output_that_is_no_text_and_obeys_terminals(drill):
    ending = drill(r"printf 'a\377b\033[31mred\033[0m\033]0;title\007\n 10%%\r 99%%\nend\010\n'")
    assert ending.heard[0].text == "a\ufffdbred\n 99%\nend\\x08\n"


def test_a_mark_that_is_forged_is_output(drill):
    ending = drill(r"printf '\0350123456789abcdef 1\n'; false", "true")
    assert ending.status == 1
    assert list(ending.heard) == [0]


def test_marks_are_found_wherever_the_stream_is_cut():
    whole = Transcript()
    data = b"".join(b"\x1d" + whole.token.encode() + b" %d\nout %d\x1d\n" % (n, n) for n in range(3))
    for size in (1, 2, 7, 1000):
        transcript = Transcript()
        transcript.token, transcript._pattern = whole.token, whole._pattern
        for at in range(0, len(data), size):
            transcript.feed(data[at : at + size], 0.0)
        transcript.end(1.0)
        assert [bytes(transcript.heard[n].output) for n in range(3)] == [
            b"out %d\x1d\n" % n for n in range(3)
        ]


def test_what_cannot_be_started(tmp_path):
    ending = run(Orders((str(tmp_path / "nothing"),), tmp_path, {}), Transcript(), [], 5.0)
    assert "No such file" in ending.error


@linux
def test_nothing_outside_is_written(drill, tmp_path):
    if not confining.can_confine():
        pytest.skip("the kernel has no Landlock")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a").write_text("a")
    ending = drill(
        f"echo b > {outside}/a || true; echo c > {outside}/c || true; rm {outside}/a || true; echo mine > own"
    )
    assert ending.confined
    assert ending.status == 0
    assert [(path.name, path.read_text()) for path in outside.iterdir()] == [("a", "a")]


@linux
def test_what_is_hidden_cannot_be_seen(drill, tmp_path):
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "a").write_text("a")
    ending = drill(f"ls {hidden}; touch -d 2001-01-01 {hidden}/a || true", hidden=str(hidden))
    if not ending.hidden:
        pytest.skip("no namespace of mounts can be made here")
    assert "a\n" not in ending.heard[0].text.splitlines(keepends=True)
    assert (hidden / "a").stat().st_mtime > 1_500_000_000


@linux
def test_the_keeper_cannot_be_killed(drill):
    if not confining.can_confine():
        pytest.skip("the kernel has no Landlock")
    ending = drill("kill -9 $PPID || echo refused", "echo after")
    assert ending.heard[0].text.endswith("refused\n")
    assert ending.heard[1].text == "after\n"
