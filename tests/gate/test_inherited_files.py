"""The process that judges holds none of its caller's files: what is closed there is closed."""

import contextlib
import os
import select
import stat
import subprocess
from pathlib import Path

import pytest

from pytest_productops.catalogue import installed
from pytest_productops.gate import Gate
from pytest_productops.gate.apart import possible
from pytest_productops.policy.settings import read
from pytest_productops.testing import lay_out

pytestmark = pytest.mark.skipif(not possible(), reason="this system cannot fork")


def process(gate):
    return os.getpid()


def written(gate, number):
    return os.write(number, b"x")


def status_of(gate, number):
    return os.fstat(number).st_rdev


def others(gate):
    """Return the kinds of what is open beyond the standard streams and is no empty device."""
    nothing = Path(os.devnull).stat().st_rdev
    found = []
    for number in range(3, 256):
        with contextlib.suppress(OSError):
            status = os.fstat(number)
            found += [] if status.st_rdev == nothing else [stat.S_IFMT(status.st_mode)]
    return found


def echoed(gate):
    return subprocess.run(["echo", "told"], capture_output=True, check=True, text=True).stdout


@pytest.fixture
def gate(tmp_path):
    root = lay_out({"README.md": "# Shop\n"}, tmp_path).root
    with contextlib.closing(Gate(root, read(root, installed()), apart=True)) as found:
        yield found


def test_a_pipe_of_the_caller_ends_while_the_other_process_lives(gate):
    reading, writing = os.pipe()
    child = gate.work(process)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], 5)
    assert ready
    assert os.read(reading, 1) == b""
    os.close(reading)
    assert gate.work(process) == child


def test_what_the_other_process_writes_to_a_file_of_the_caller_goes_nowhere(gate):
    reading, writing = os.pipe()
    assert gate.work(written, writing) == 1
    os.set_blocking(reading, False)
    with pytest.raises(BlockingIOError):
        os.read(reading, 1)
    for end in (reading, writing):
        os.close(end)


def test_an_inherited_number_stays_taken_so_that_its_owner_closes_nothing_else(gate):
    with Path(__file__).open("rb") as held:
        assert gate.work(status_of, held.fileno()) == Path(os.devnull).stat().st_rdev


def test_it_keeps_its_own_three_pipes_and_no_other(gate):
    ends = os.pipe()
    assert gate.work(others).count(stat.S_IFIFO) == 3
    for end in ends:
        os.close(end)


def test_programs_still_answer_it(gate):
    assert gate.work(echoed) == "told\n"
