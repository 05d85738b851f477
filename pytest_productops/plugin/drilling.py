"""The onboarding drill as items of pytest: one a step, only where `--productops-drill` asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cached_property
from pathlib import Path

import pytest

from pytest_productops.drill.model import RUNNABLE, Rehearsal, Rehearsed
from pytest_productops.drill.planning import plan
from pytest_productops.drill.rehearsal import Conditions, rehearse
from pytest_productops.drill.sandbox import engine
from pytest_productops.gate import Gate
from pytest_productops.model import Outcome
from pytest_productops.plugin.arguments import DRILL
from pytest_productops.plugin.nodes import Judged
from pytest_productops.reports import drills
from pytest_productops.repository import Unavailable


class Drill:
    """The rehearsal of one repository, run when the first of its items asks."""

    def __init__(self, gate: Gate, passed: str) -> None:
        self.gate = gate
        self.passed = tuple(name.strip() for name in passed.split(",") if name.strip())

    @cached_property
    def rehearsal(self) -> Rehearsal | Unavailable:
        """Every step, or why nothing can be run."""
        try:
            program = engine("auto")
            planned = plan(self.gate.repository, (lambda _: True) if program else None)
            return rehearse(self.gate.repository, planned, Conditions(engine=program, passed=self.passed))
        except Unavailable as reason:
            return reason


class DrillItem(Judged):
    """One step of the drill."""

    def __init__(self, *, step: str, drill: Drill, **keywords: object) -> None:
        super().__init__(**keywords)  # type: ignore[arg-type]
        self.step, self.drill = step, drill
        self.order = (2, str(RUNNABLE.index(step)), "")
        self.add_marker(pytest.mark.productops(code=self.name, responsibility="onboarding", level="bronze"))
        self.add_marker(pytest.mark.xdist_group("productops-drill"))

    def runtest(self) -> None:
        """Run the drill, and end as this step of it did."""
        found = self.drill.rehearsal
        if isinstance(found, Unavailable):
            self.show(drills.verdict(self.name, Outcome.UNKNOWN, str(found)), unknown_fails=True)
            return
        step: Rehearsed = found.steps[RUNNABLE.index(self.step)]
        self.show(drills.as_verdict(self.name, step, found.changed))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where a listing shows it."""
        return self.path, 0, self.name


def items(parent: pytest.Collector, gate: Gate, named: Set[str]) -> Iterator[Judged]:
    """Yield the steps that are asked for; raise CollectError where one is named and the drill is not switched on."""
    asked = {name for name in named if name.startswith(DRILL)}
    option = parent.config.option
    if not option.productops_drill:
        if asked:
            raise parent.CollectError(f"{min(asked)} runs what documents tell: add --productops-drill")
        return
    drill = Drill(gate, option.productops_drill_env or "")
    for step in RUNNABLE:
        if not named or f"{DRILL}{step}" in asked:
            yield DrillItem.from_parent(parent, name=f"{DRILL}{step}", step=step, drill=drill)
