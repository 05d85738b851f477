"""DEV001."""

from collections.abc import Iterator

from pytest_productops.api import Execution, Finding, Location, Mirror, Pipelines, Unavailable, rule


@rule("DEV001", stage="test", level="bronze")
def tests_run_on_change(
    pipelines: Pipelines,
    mirror: Mirror,
    *,
    external_ci: str = "",  # noqa: PT028
) -> Iterator[Finding]:
    """Tests run in CI on every change, and their failure stops it.

    Each change request (or each push to any branch) must start a job that runs tests: by a command, or
    through make, npm, tox, a shell script, a composite action or a reusable workflow of the repository. A job
    or command whose failure is ignored does not count. Where tests may run out of sight (a CI service that is
    not read, a workflow of another repository, a container, a script in another language, the repository of
    which this is a mirror), the rule cannot tell.

    Why:
        A defect that no test finds before the change is accepted is found by the users.
    Fix:
        Start the job that runs the tests on `pull_request` (GitHub), for merge requests (GitLab) or on pushes to any
        branch, and drop `continue-on-error`, `allow_failure`, `soft_fail` and `|| true` from it.
    Options:
        external_ci: address of the CI that runs the tests, where it is set up outside the repository.
    Source:
        OpenSSF Baseline OSPS-QA-06.01; OpenSSF Best Practices `automated_integration_testing`.
    Bad:
        -- .github/workflows/lint.yml --
        on: pull_request
        jobs:
          lint:
            runs-on: ubuntu-latest
            steps:
              - run: ruff check .
    Bad:
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: pytest || true
    Good:
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: ./scripts/ci.sh
        -- scripts/ci.sh --
        pytest -q
    """
    running = [one for one in pipelines.executions if one.tests]
    if external_ci or any(one.can_stop for one in running):
        return
    mirror.sends_on()
    _doubt(pipelines, running)
    if running:
        nearest = max(running, key=lambda one: (one.job.on_change, "push" in one.job.triggers))
        message = f"no test can stop a change: `{nearest.call}` in job `{nearest.job.id}` {_why_not(nearest)}"
        yield Finding(
            "tests",
            message[:300],
            nearest.step.location,
            "run the tests on change requests and let them fail the job",
        )
        return
    what = (
        "no CI job of a change runs tests" if pipelines.pipelines or pipelines.problems else "there is no CI"
    )
    first = next(
        (p.path for p in pipelines.pipelines), next((p.location.path for p in pipelines.problems), "")
    )
    yield Finding(
        "tests",
        f"tests should run on every change, but {what}",
        Location(first) if first else None,
        "add a job that runs the tests on change requests, or declare `external_ci`",
    )


def _doubt(pipelines: Pipelines, running: list[Execution]) -> None:
    """Raise `Unavailable` where tests may run out of sight."""
    if pipelines.other:
        raise Unavailable(f"tests may run in {pipelines.other[0]}, which is not read")
    unseen = [f"{one.what} ({one.location})" for one in pipelines.opaque if one.on_change]
    stopping = [one for one in pipelines.executions if one.can_stop]
    unseen += [f"`{one.program}` ({one.call.location})" for one in stopping if one.program]
    unseen += [f"`{one.hidden}` ({one.call.location})" for one in stopping if one.hidden]
    if unseen:
        raise Unavailable(f"tests may run in {unseen[0]}, which cannot be followed")
    indirect = {"workflow_run", "deployment_status", "check_run", "check_suite", "status", "issue_comment"}
    for one in running:
        if one.pipeline.events & indirect and not one.job.may_fail:
            raise Unavailable(
                f"{one.pipeline.path} tests after another workflow; whether it stops a change is not known"
            )


def _why_not(one: Execution) -> str:
    """Say why a test does not count."""
    if one.job.never:
        return "never runs (`if: false`)"
    if not one.job.on_change:
        return f"runs only on {', '.join(sorted(one.job.triggers)) or 'nothing'}"
    return "may fail without consequence"
