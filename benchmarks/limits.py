"""What judging in a process that can be ended costs: `--timeout=auto` against `--timeout=off`, pair by pair.

    python benchmarks/limits.py REPOSITORY... [--pairs 7]

Every rule judges each repository. The two runs of a pair follow each other at once, every other pair in the other
order; the first pair fills caches and is not counted. The table gives, for each repository, medians of CPU seconds
(user and system, children included) without a limit and of the ratios within the pairs, and those of the clock. The
ratios are what is promised.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

CHECK = (sys.executable, "-m", "pytest_productops", "check", "--select=ALL", "--now=2026-11-22")


class Cost(NamedTuple):
    """Seconds of processors and of the clock."""

    cpu: float
    wall: float


def cost(repository: Path, timeout: str) -> Cost:
    """Judge once."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [*CHECK, f"--timeout={timeout}", str(repository)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, 1}:
        raise SystemExit(done.stderr.decode(errors="replace"))
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def pair(repository: Path, number: int) -> tuple[Cost, Cost]:
    """Judge without a limit and with one, in turn first; the cost without one comes first."""
    order = ("off", "auto") if number % 2 else ("auto", "off")
    costs = {timeout: cost(repository, timeout) for timeout in order}
    return costs["off"], costs["auto"]


def row(repository: Path, pairs: int) -> str:
    """Measure one repository."""
    measured = [pair(repository, number) for number in range(pairs + 1)][1:]
    cpu, wall = (
        (
            statistics.median(off[at] for off, _ in measured),
            statistics.median(auto[at] / off[at] for off, auto in measured),
        )
        for at in range(2)
    )
    return f"{repository.name:<24}{cpu[0]:8.2f} s{cpu[1]:8.3f} x{wall[0]:8.2f} s{wall[1]:8.3f} x"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPOSITORY")
    parser.add_argument("--pairs", type=int, default=7)
    given = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, medians of {given.pairs} pairs")
    print(f"{'':<24}{'CPU, off':>10}{'auto':>10}{'clock, off':>10}{'auto':>10}")
    for repository in given.repositories:
        print(row(repository.resolve(), given.pairs), flush=True)


if __name__ == "__main__":
    main()
