"""What is being done, in one line on standard error, for a person who has waited for two seconds.

It is there while the work lasts and erased at its end. CI, pipes and terminals that cannot erase a line (TERM=dumb)
get no byte. pytest shows its items by itself, so its face has no such line.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator

from pytest_productops.gate import Gate
from pytest_productops.model import Rule
from pytest_productops.policy.options import in_ci

PATIENCE = 2.0
"""After how many seconds the line appears."""
PACE = 0.2
"""How many seconds lie between two lines."""
ERASE = "\r\x1b[K"
Watch = Callable[[Collection[Rule]], Iterable[Rule]]
"""Hands rules on, one after the other, and notes which one is judged."""
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Line:
    """The line about one gate, and the thread that writes it."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._said = ""
        self._since = time.monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._write, name="productops-progress", daemon=True)

    def watch(self, rules: Collection[Rule]) -> Iterator[Rule]:
        """Hand the rules on."""
        for number, rule in enumerate(rules, 1):
            self._said = f"rule {number} of {len(rules)}, {rule.code} {rule.name}"
            yield rule
        self._said = ""

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Show the line while the block lasts."""
        self._thread.start()
        try:
            yield
        finally:
            self._done.set()
            self._thread.join()

    def _write(self) -> None:
        if self._done.wait(PATIENCE):
            return
        with contextlib.suppress(OSError, ValueError):  # the terminal may be gone
            while not self._done.wait(PACE):
                _put(ERASE + self._text()[: _columns() - 1])
            _put(ERASE)

    def _text(self) -> str:
        facts = self._gate.repository.gathering
        waits = f": {_WORD.sub(' ', facts[-1].__name__).lower()}" if facts else ""
        return f"{self._said or 'reading the repository'}{waits} ({time.monotonic() - self._since:.0f} s)"


@contextlib.contextmanager
def shown(gate: Gate) -> Iterator[Watch]:
    """Show what a gate does while the block lasts; yield what is to be put around the rules that it judges."""
    if not wanted():
        yield iter
        return
    line = Line(gate)
    with line.running():
        yield line.watch


def wanted() -> bool:
    """Whether a person looks at standard error, on a terminal that can erase a line."""
    return sys.stderr.isatty() and os.environ.get("TERM", "") not in {"", "dumb"} and not in_ci()


def _put(text: str) -> None:
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stderr.flush()


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
