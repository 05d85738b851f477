"""A threshold of test coverage, set in the repository, fails a check when coverage falls below it.

`fail_under`, `--cov-fail-under`, `minimum_coverage`, `coverageThreshold` and the like, or a codecov status with a
target above 0 that is not informational. A threshold of 0, one that only reports, and one that no job of CI runs
(or whose failure is swallowed there) is none, nor is what a tool or service does by its own default; one that
runs only after the merge is.
"""

from __future__ import annotations

from pytest_productops.facts.coverage import Coverage, CoverageGate
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(coverage: Coverage) -> Answer:
    """Answer by the gates that count; what was weighed and found wanting is shown with a no."""
    good = [
        one
        for one in coverage.gates
        if one.reached and one.stated and not one.informational and one.percent != 0
    ]
    if good:
        return yes(
            *(seen(one.location, _said(one)) for one in sorted(good, key=lambda one: not one.enforced)[:3])
        )
    return no(
        *(seen(one.location, _said(one)) for one in coverage.gates[:2]),
        note("no threshold of coverage that can fail"),
    )


def _said(gate: CoverageGate) -> str:
    percent = "that coverage must not fall" if gate.percent is None else f"of {gate.percent:g} %"
    ending = (
        ", which only reports"
        if gate.informational
        else f", in `{gate.ran[:60]}`"
        if gate.ran
        else ", which CI does not run"
    )
    return f"{gate.tool} threshold {percent}{ending}"
