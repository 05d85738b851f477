"""DEV004."""

from collections.abc import Iterator

from pytest_productops.api import (
    Coverage,
    CoverageClaims,
    Evidence,
    Finding,
    Less,
    NotApplicable,
    Pipelines,
    Unavailable,
    rule,
)


@rule("DEV004", stage="test", level="silver")
def coverage_claim_matches_gate(
    claims: CoverageClaims, coverage: Coverage, pipelines: Pipelines, *, tolerance: Less[float] = 0.0
) -> Iterator[Finding | Evidence]:
    """A percentage of test coverage that the documents demand is what CI enforces.

    Claims are sentences of process documents that say must, require, at least, fail or threshold with a percentage
    of test coverage. Each must equal a threshold that a job enforces where it can stop a change (see DEV003). Wishes
    (aim, ideally, goal), coverage of translations, documentation or types, and output that is quoted are no claims.

    Why:
        A number that nothing enforces misleads the contributor who works for it, and the reader who trusts it.
    Fix:
        Set the threshold to the number that is written, or write the number that is enforced.
    Options:
        tolerance: how many percentage points claim and threshold may differ.
    Source:
        OpenSSF Best Practices `test_statement_coverage80`, `test_policy_mandated`.
    Bad:
        -- CONTRIBUTING.md --
        # Tests

        Every change must keep test coverage at 100 %, or CI fails.
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: pytest --cov --cov-fail-under=80
    Good:
        -- CONTRIBUTING.md --
        # Tests

        Every change must keep test coverage at 80 %, or CI fails.
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: pytest --cov --cov-fail-under=80
    """
    if not claims.claims:
        raise NotApplicable("no document demands a percentage of test coverage")
    enforced = [one for one in coverage.gates if one.enforced and not one.informational]
    wrong = []
    for claim in claims.claims:
        gate = next(
            (g for g in enforced if g.percent is not None and abs(g.percent - claim.percent) <= tolerance),
            None,
        )
        if gate:
            yield Evidence(
                gate.location, f"{claim.location} says {claim.percent:g} %, {gate.tool} enforces it"
            )
        else:
            wrong.append(claim)
    if wrong:
        _doubt(coverage, pipelines)
    for claim in wrong:
        numbers = sorted(
            {f"{one.percent:g} %" if one.percent is not None else "a ratchet" for one in enforced}
        )
        found = " and ".join(numbers) or "nothing"
        yield Finding(
            f"{claim.location.path}#{claim.percent:g}",
            f"{claim.percent:g} % of coverage is demanded, but {found} is enforced: {claim.text}",
            claim.location,
            "set the threshold to the number that is written, or write the number that is enforced",
            tuple(Evidence(one.location, f"{one.tool} threshold") for one in coverage.gates[:3]),
        )


def _doubt(coverage: Coverage, pipelines: Pipelines) -> None:
    """Raise `Unavailable` where a gate may be out of sight."""
    elsewhere = [one for one in pipelines.opaque if one.on_change and not one.what.startswith("the action")]
    hidden = [one for one in pipelines.executions if one.can_stop and (one.hidden or one.program)]
    gated = any(one.enforced for one in coverage.gates)
    for reason in (
        *(f"{path}, which is not read" for path in pipelines.other),
        *(f"{one.what} ({one.location})" for one in elsewhere),
        *(f"{place}, which cannot be read" for place in coverage.unclear),
        *(f"the pages of {name}" for name in coverage.services if not gated),
        *(f"`{one.hidden or one.program}`, which cannot be followed" for one in hidden if not gated),
    ):
        raise Unavailable(f"a threshold of coverage may be set in {reason}")
