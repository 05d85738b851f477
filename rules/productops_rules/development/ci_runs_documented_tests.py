"""DEV002."""

from collections.abc import Iterator

from pytest_productops.api import (
    DocumentedTests,
    Evidence,
    Finding,
    NotApplicable,
    Pipelines,
    Unavailable,
    rule,
)


@rule("DEV002", stage="test", level="bronze")
def ci_runs_documented_tests(tested: DocumentedTests, pipelines: Pipelines) -> Iterator[Finding | Evidence]:
    """CI runs the tests in the way that the documents tell.

    Compares the commands for tests that the process documents quote with those that the steps of CI call. One of
    the documents' must be one of CI's, run it, or be run by it: `pytest` agrees with `tox` whose environment calls
    pytest, and `make test` with `make test-ci` where both call the same. Options do not matter, nor a container
    around it; what builds documentation is no test. Where tests may run
    out of sight, or what a command runs cannot be read, the rule cannot tell.

    Why:
        Two ways to run the tests drift apart. The newcomer's run passes, CI fails, and nobody can say which is right.
    Fix:
        Quote in the guide what CI calls, or let CI call what the guide quotes: one target for both.
    Source:
        OpenSSF Baseline OSPS-QA-06.02; OpenSSF Best Practices `test_invocation`.
    Bad:
        -- CONTRIBUTING.md --
        # Testing
        Run `bash scripts/test.sh` before you push.
        -- scripts/test.sh --
        python -m unittest
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: pytest
    Good:
        -- CONTRIBUTING.md --
        # Testing
        Run `bash scripts/test.sh` before you push.
        -- scripts/test.sh --
        pytest
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: pytest -n auto
    """
    for quoted in tested.quoted:
        for called in tested.called:
            if quoted.agrees(called):
                yield Evidence(quoted.location, f"`{quoted.text[:60]}` is how CI tests: `{called.text[:60]}`")
                yield Evidence(called.location, f"`{called.text[:60]}`")
                return
    named = [one for one in tested.quoted if one.named and one.certain]
    if not named:
        raise NotApplicable("no process document surely quotes a command that runs the tests here")
    _doubt(tested, pipelines)
    for quoted in named:
        for called in tested.called:
            if not set(quoted.entries).isdisjoint(called.entries):
                raise Unavailable(
                    f"`{quoted.text[:60]}` and `{called.text[:60]}` run the same, each in its own way"
                )
    quoted, called = named[0], tested.called[0]
    message = (
        f"the documents test by `{quoted.text[:60]}`, CI by `{called.text[:60]}`, and neither runs the other"
    )
    fix = f"quote `{called.text[:60]}`, or let CI call what the documents quote"
    yield Finding(
        "tests", message, quoted.location, fix, (Evidence(called.location, f"`{called.text[:60]}`"),)
    )


def _doubt(tested: DocumentedTests, pipelines: Pipelines) -> None:
    """Raise `Unavailable` where both may agree out of sight, or there is nothing to compare with."""
    if pipelines.other:
        raise Unavailable(f"tests may run in {pipelines.other[0]}, which is not read")
    unseen = [f"{one.what} ({one.location})" for one in pipelines.opaque if one.on_change]
    stopping = [one for one in pipelines.executions if one.can_stop and (one.program or one.hidden)]
    unseen += [f"`{one.program or one.hidden}` ({one.call.location})" for one in stopping]
    quoted = [one for one in tested.quoted if one.certain]
    unseen += [f"`{one.text}` ({one.location})" for one in (*quoted, *tested.called) if not one.known]
    if unseen:
        raise Unavailable(f"tests may run in {unseen[0]}, which cannot be followed")
    if not tested.called:
        raise NotApplicable("CI runs no tests; DEV001 tells")
