"""DEV003."""

from collections.abc import Iterator

from pytest_productops.api import (
    Coverage,
    CoverageGate,
    Finding,
    Less,
    Mirror,
    More,
    NotApplicable,
    Percent,
    Pipelines,
    Unavailable,
    rule,
)


@rule("DEV003", stage="test", level="silver")
def coverage_gate_enforced(
    coverage: Coverage,
    pipelines: Pipelines,
    mirror: Mirror,
    *,
    minimum: More[Percent] = 70,
    ratchet_ok: Less[bool] = True,
    external_gate: str = "",
) -> Iterator[Finding]:
    """CI stops a change that lets test coverage fall below a threshold.

    Thresholds are looked for in the settings of coverage.py, pytest-cov, jest, vitest, nyc, codecov, JaCoCo,
    Kover, SimpleCov, tarpaulin, go-test-coverage, mix and excoveralls, and in the commands of CI jobs
    (`--cov-fail-under`, `--fail-under-lines` and the like). One counts where it is at least the minimum, or a
    ratchet, and where a job that can stop a change runs what enforces it: `coverage report` or
    `pytest --cov` for `fail_under`, `jest --coverage` for `coverageThreshold`, the upload for a codecov
    target. One that only reports, or of 0 %, is no gate. What a coverage service is told on its own pages
    cannot be seen: declare it as `external_gate`.

    Why:
        A gate that cannot fail is worse than none: everybody believes that coverage is looked after.
    Fix:
        Set a threshold that holds today (`fail_under`, `coverageThreshold`, `minimum_coverage`, a codecov
        `target`) and run it in the job that tests each change.
    Options:
        minimum: the least threshold that counts, in percent.
        ratchet_ok: whether "not less than before" (codecov's `auto`, diff gates) counts as a threshold.
        external_gate: address of the service whose own settings hold the gate.
    Source:
        OpenSSF Best Practices `test_statement_coverage80`; https://coverage.readthedocs.io/en/latest/config.html
    Bad:
        -- pyproject.toml --
        [tool.coverage.report]
        fail_under = 90
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: pytest
    Good:
        -- pyproject.toml --
        [tool.coverage.report]
        fail_under = 90
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: coverage run -m pytest
              - run: coverage report
    """
    if not (coverage.tested or pipelines.pipelines or pipelines.problems or pipelines.other):
        raise NotApplicable("there are no tests and no CI")
    gates = sorted(coverage.gates, key=lambda one: (one.enforced, one.percent or 0), reverse=True)
    if external_gate or any(one.enforced and not _weak(one, minimum, ratchet_ok=ratchet_ok) for one in gates):
        return
    mirror.sends_on()
    _doubt(coverage, pipelines, [one for one in gates if not _weak(one, minimum, ratchet_ok=ratchet_ok)])
    fix = "set a threshold that holds today and run it in the job that tests each change"
    if gates:
        best = gates[0]
        reason = _weak(best, minimum, ratchet_ok=ratchet_ok) if best.enforced or best.percent == 0 else ""
        said = f"{best.tool} threshold{'' if best.percent is None else f' of {best.percent:g} %'}"
        why = reason or "is enforced by no CI job that can stop a change"
        yield Finding("gate", f"the {said} {why}", best.location, fix)
        return
    yield Finding("gate", _nothing(coverage), coverage.job.location if coverage.job else None, fix)


def _nothing(coverage: Coverage) -> str:
    """Say that there is no threshold, and where none was found."""
    where = (
        f"in what job `{coverage.job.id}` runs"
        if coverage.job
        else "in a command of CI, which tests no change"
    )
    fed = f"; {' and '.join(coverage.services)} gets reports" if coverage.services else ""
    return f"no threshold for test coverage: none in the settings of a coverage tool, none {where}{fed}"


def _weak(gate: CoverageGate, minimum: int, *, ratchet_ok: bool) -> str:
    """Return why a gate does not count, whether or not it runs; nothing where it does."""
    if gate.informational:
        return "only reports"
    if gate.percent is None:
        return "" if ratchet_ok else "only forbids a fall"
    if gate.percent == 0:
        return "can never fail"
    return f"is below {minimum} %" if gate.percent < minimum else ""


def _doubt(coverage: Coverage, pipelines: Pipelines, strong: list[CoverageGate]) -> None:
    """Raise `Unavailable` where a gate may be run out of sight."""
    if pipelines.other:
        raise Unavailable(f"coverage may be gated in {pipelines.other[0]}, which is not read yet")
    elsewhere = [one for one in pipelines.opaque if one.on_change and not one.what.startswith("the action")]
    if elsewhere:
        raise Unavailable(
            f"coverage may be gated in {elsewhere[0].what} ({elsewhere[0].location}), which is out of sight"
        )
    if coverage.unclear:
        raise Unavailable(f"a threshold may be set at {coverage.unclear[0]}, which cannot be read")
    stopping = [one for one in pipelines.executions if one.can_stop]
    hidden = [
        one.hidden or one.program for one in stopping if one.hidden or (one.program and not coverage.job)
    ]
    if hidden and (strong or not coverage.job):
        gate = f"the gate at {strong[0].location}" if strong else "tests and a gate"
        raise Unavailable(f"{gate} may run in `{hidden[0]}`, which cannot be followed")
