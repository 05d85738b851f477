"""PRA003."""

from collections.abc import Iterator

from pytest_productops.api import (
    Broken,
    Edit,
    Files,
    Finding,
    NotApplicable,
    References,
    Replace,
    Unavailable,
    fixes,
    rule,
)


@rule("PRA003", stage="build", level="bronze")
def ci_references_resolve(references: References) -> Iterator[Finding]:
    """CI files are valid, and everything of the repository that they name exists.

    Looks at GitHub workflows with their local actions, GitLab CI, CircleCI, Azure Pipelines, Buildkite, Bitbucket,
    declarative Jenkinsfiles and sourcehut: at the scripts, working directories, targets of make, npm, tox, nox and
    the like, local actions, reusable workflows, local includes and Dockerfiles that they name, and at the jobs that
    `needs` and `extends` name. Left alone is what an earlier step may make, what git ignores, and what a step tests
    for or may fail at.

    Why:
        A step that names what is gone fails. Worse, it may sit in a job that runs once a year, on the day of
        the release.
    Fix:
        Name what exists now, or delete the step, job or file.
    Source:
        https://github.com/rhysd/actionlint (syntax), https://docs.gitlab.com/ci/yaml/
    Bad:
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - run: ./scripts/tset.sh
        -- scripts/test.sh --
        pytest
    Bad:
        -- .github/workflows/test.yml --
    Bad:
        -- .github/workflows/release.yml --
        on: push
        jobs:
          release:
            needs: [tests]
            runs-on: ubuntu-latest
            steps: []
    Good:
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - run: ./scripts/test.sh
        -- scripts/test.sh --
        pytest
    """
    if not references.read:
        raise NotApplicable("there is no CI file that is read")
    for one in references.broken:
        yield Finding(_key(one), one.message, one.location, one.fix)
    if references.unsure and not references.broken:
        raise Unavailable(
            f"{references.unsure[0]} names what does not exist; only the history tells if a step makes it"
        )


@fixes(ci_references_resolve, "safe")
def follow_the_file(finding: Finding, references: References, files: Files) -> Iterator[Edit]:
    """Name the file by the path that it has now."""
    for one in references.broken:
        if _key(one) == finding.key and one.location == finding.location and one.now in files:
            lines = files.read(one.location.path).split("\n")
            holding = [number for number, line in enumerate(lines, 1) if one.old in line]
            here = [number for number in holding if number == one.location.line] or holding
            if one.old and len(here) == 1:
                yield Replace(one.location.path, here[0], one.old, one.now)


def _key(one: Broken) -> str:
    return f"{one.pipeline}#{one.reference}"
