"""How long another process has worked: what a time limit counts, on a machine that has other things to do."""

from __future__ import annotations

import time


class Watch:
    """How long a process works at something; waiting for a processor is not its fault, so it does not count."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._began = time.monotonic(), starved(process)

    @property
    def passed(self) -> float:
        """Seconds since it began, whatever happened in them."""
        return time.monotonic() - self._began[0]

    @property
    def spent(self) -> float:
        """Seconds in which it worked, slept, or waited for a disk or another process."""
        return self.passed - max(0.0, starved(self._process) - self._began[1])


def starved(process: int) -> float:
    """Return how long a process has waited for a processor; 0 where the system does not tell.

    The second number of /proc/PID/schedstat, in nanoseconds: https://docs.kernel.org/scheduler/sched-stats.html.
    """
    try:
        with open(f"/proc/{process}/schedstat", "rb") as stream:  # noqa: PTH123 - asked for each rule
            return int(stream.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
