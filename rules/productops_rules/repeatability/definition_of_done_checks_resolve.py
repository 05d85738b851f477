"""REP002 definition-of-done-checks-resolve."""

from collections.abc import Iterator

from pytest_productops.api import Done, Finding, InForce, NotApplicable, rule


@rule("REP002", stage="review", level="silver")
def definition_of_done_checks_resolve(done: Done, force: InForce) -> Iterator[Finding]:
    """Every check of the definition of done can be made, holds, and is in force.

    A rule that a criterion names is installed, selected by the profile or the settings, and not waived. A
    command can run, and with `in_ci` a pipeline runs it on that trigger. A threshold's source holds the
    promised value, an artifact exists with its section and steps, a task is in the register, an approving role
    is among the owners, and the document of a stage exists. Of a definition in prose the paths, commands and
    links are tried. What cannot be told from files counts as held.

    Why:
        A definition of done whose checks point nowhere is ticked off without a look.

    Fix:
        Make it true, or correct the criterion.

    Source:
        Kubernetes' kepval, which holds that an approver is among the OWNERS; the Scrum Guide, definition of
        done.

    Bad:
        -- .productops/done.toml --
        [[stage]]
        id = "test"
          [[stage.criterion]]
          id = "test.suite"
          text = "The suite passes"
          check = { command = "make test" }

    Bad:
        -- .productops/done.toml --
        [[stage]]
        id = "test"
        doc = "docs/testing.md"
          [[stage.criterion]]
          id = "test.coverage"
          text = "Coverage is at least 85 %"
          check = { threshold = { source = "pyproject.toml:tool.coverage.report.fail_under", op = ">=", value = 85 } }
        -- pyproject.toml --
        [tool.coverage.report]
        fail_under = 70
        -- docs/testing.md --
        # Testing
        Run pytest.

    Good:
        -- .productops/done.toml --
        [[stage]]
        id = "test"
          [[stage.criterion]]
          id = "test.suite"
          text = "The suite passes"
          check = { command = "make test", in_ci = "change_request" }
        -- Makefile --
        test:
                pytest
        -- .github/workflows/ci.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - run: make test
    """
    if not done.path:
        raise NotApplicable("no definition of done (.productops/done.toml)")
    if not done.criteria and not any(stage.doc for stage in done.stages):
        raise NotApplicable("the definition of done names no check (REP001 says what is wrong with it)")
    if reason := force.owner(done.owner):
        yield Finding(
            "owner", f"the definition of done: {reason}", done.at, "name one of them, or define the owner"
        )
    for stage in done.stages:
        if stage.doc and (reason := force.reference(stage.doc)):
            yield Finding(f"{stage.id}.doc", f"stage {stage.id}: {reason}", stage.location, "correct `doc`")
    for criterion in done.criteria:
        for reason in force.lacks(criterion):
            message, fix = f"{criterion.id}: {reason}", "make it true, or correct the criterion"
            yield Finding(criterion.id, message, criterion.location, fix)
            break
