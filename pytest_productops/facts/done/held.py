"""Whether a criterion of the definition of done holds today: what a stage's gate asks."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.done.model import Check, Criterion
from pytest_productops.facts.done.resolving import InForce
from pytest_productops.facts.register import Register
from pytest_productops.facts.register.runs import Runs
from pytest_productops.model import Finding
from pytest_productops.repository import Fact, Repository, Unavailable

_UNTOLD = {
    "approval": "an approval is known to the forge alone: record it, and make the criterion `manual`",
    "stated": "a number in prose is for a reader: make it a `threshold` with a source",
    "code": "that it is there says not that it holds: give the criterion a check",
    "link": "that it is there says not that it holds: give the criterion a check",
}
"""Kinds of checks that no file can settle, and what to do about it."""


class Held(Fact):
    """Judges every kind of check but `rule`, which is the engine's."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Held:
        """Never fails."""
        return cls(repository)

    def findings(self, criterion: Criterion) -> Iterator[Finding]:
        """Yield what does not hold; raise `Unavailable` where nothing fails and something cannot be told."""
        lacking = list(self._repository[InForce].lacks(criterion))
        for reason in lacking:
            fix = "make it true, or correct the criterion"
            yield Finding(criterion.id, f"{criterion.text}: {reason}", criterion.location, fix)
        late = [finding for check in criterion.checks for finding in self._late(check, criterion)]
        yield from late
        untold = [said for check in criterion.checks if (said := self._untold(check))]
        if untold and not lacking and not late:
            raise Unavailable(f"{criterion.text}: {untold[0]}")

    def _late(self, check: Check, criterion: Criterion) -> Iterator[Finding]:
        """Yield that a task is overdue."""
        task = next((t for t in self._repository[Register].tasks if t.id == check.value), None)
        if check.kind != "task" or task is None:
            return
        runs = self._repository[Runs]
        status = runs.status(task)
        if status.unknown:
            raise Unavailable(f"{criterion.text}: {status.unknown[0]}")
        if status.overdue:
            last = f"last done {status.last}" if status.last else f"never done since {task.started}"
            message = (
                f"{criterion.text}: task {task.id} is {status.overdue} d overdue, {last}, owner {task.owner}"
            )
            yield Finding(
                criterion.id, message, criterion.location, fix=f"do {task.procedure}; {runs.how(task)}"
            )

    def _untold(self, check: Check) -> str:
        """Say why a check that fails nowhere is not known to hold, or nothing."""
        if check.kind == "command" and not check.extra.get("in_ci"):
            return (
                f"`{check.value}` is there, and nothing says that it passed: add `in_ci`, so that CI holds it"
            )
        return _UNTOLD.get(check.kind, "")
