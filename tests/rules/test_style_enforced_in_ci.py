"""DEV008."""

import pytest
from productops_rules.development.style_enforced_in_ci import style_enforced_in_ci as rule

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.testing import findings_in


def ci(run, on="pull_request", job="      - run: pytest\n"):
    return f"\n-- .github/workflows/ci.yml --\non: {on}\njobs:\n  t:\n    steps:\n{job}      - run: {run}\n"


MYPY = "-- mypy.ini --\n[mypy]\nstrict = true\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (MYPY + ci("ls"), "mypy is configured, but no CI job of a change runs it"),
        (MYPY + ci("mypy src || true"), "can stop no change"),
        (MYPY + ci("mypy src") .replace("  t:\n", "  t:\n    continue-on-error: true\n"), "can stop no change"),
        (MYPY + ci("mypy src", on="{push: {branches: [main]}}"), "can stop no change"),
        (MYPY + ci("mypy src", on="{schedule: [{cron: '0 0 * * 0'}]}"), "does not run for changes"),
        (MYPY + ci("mypy src").replace("  t:\n", "  t:\n    if: false\n"), "does not run for changes"),
        (MYPY + "-- .pre-commit-config.yaml --\nrepos: [{repo: x, hooks: [{id: mypy}]}]\n-- git log --\n"
         "2026-01-05 ann@example.org Begin\n" + ci("ls"), "mypy is configured and a pre-commit hook, but"),
    ],
)  # fmt: skip
def test_not_enforced(repository, text, message):
    (finding,) = findings_in(rule, repository(text))
    assert finding.key == "mypy"
    assert message in finding.message


@pytest.mark.parametrize(
    "text",
    [
        MYPY + ci("mypy src"),
        MYPY
        + ci("uv run --group types tox run -e types")
        + "-- tox.ini --\n[testenv:types]\ncommands = mypy\n",
        MYPY + "-- .pre-commit-config.yaml --\nci: {}\nrepos: [{repo: x, hooks: [{id: mypy}]}]\n" + ci("ls"),
        "-- .standard.yml --\nfix: true\n" + ci("bundle exec rubocop"),
        "-- .prettierrc --\n{}\n-- eslint.config.js --\nimport p from 'eslint-plugin-prettier/recommended'\n"
        + ci("npx eslint ."),
    ],
)
def test_enforced(repository, text):
    assert findings_in(rule, repository(text)) == ()


RUFF = "-- ruff.toml --\nline-length = 99\n-- Makefile --\nlint:\n\truff check\n"
CALLED = """-- eslint.config.js --
export default []
-- .github/workflows/ci.yml --
on: pull_request
jobs:
  test:
    steps:
      - run: npx jest
  lint-a:
    uses: acme/ci/.github/workflows/{}.yml@v1
"""
POM = """
-- pom.xml --
<project><build>{}<plugins><plugin>
<artifactId>maven-{}-plugin</artifactId>
<executions><execution><goals><goal>{}</goal></goals></execution></executions>
</plugin></plugins></build></project>
"""


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        (RUFF + ci("npm ci"), "ruff"),
        (RUFF + ci("npm run build") + '-- package.json --\n{"scripts": {"build": "esbuild a.js"}}\n', "ruff"),
        (RUFF + ci("mix deps.get"), "ruff"),
        (CALLED.format("stylelint"), "eslint"),
        ("-- build.gradle --\nplugins {\n  id 'checkstyle'\n}\n" + ci("./gradlew test"), "checkstyle"),
        (POM.format("", "checkstyle", "check") + ci("./mvnw clean"), "checkstyle"),
    ],
)
def test_what_may_not_run_it(repository, text, tool):
    assert [one.key for one in findings_in(rule, repository(text))] == [tool]


@pytest.mark.parametrize(
    "text",
    [
        '-- build-logic/src/main/kotlin/q.gradle.kts --\nplugins {\n  id("com.diffplug.spotless")\n}\n'
        + ci("./gradlew check"),
        "-- build.gradle.kts --\nplugins {\n  alias(libs.plugins.ktlint)\n}\n" + ci("./gradlew ktlintCheck"),
        POM.format("", "checkstyle", "check") + ci("./mvnw verify"),
        POM.format("<defaultGoal>verify pmd:check</defaultGoal>", "pmd", "pmd") + ci("mvn"),
    ],
)
def test_plugins_of_builds_are_run(repository, text):
    assert findings_in(rule, repository(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "-- build.gradle --\nplugins {\n  id 'com.diffplug.spotless' version '7' apply false\n}\n",
        "-- gradle/libs.versions.toml --\n[plugins]\nspotless = 'com.diffplug.spotless:7'\n",
        POM.format("", "checkstyle", "checkstyle"),
    ],
)
def test_plugins_that_check_nothing(repository, text):
    with pytest.raises(NotApplicable):
        findings_in(rule, repository(text + ci("ls")))


def test_a_manifest_that_cannot_be_read_may_configure_one(repository):
    with pytest.raises(Unavailable, match=r"^pom\.xml: line 2: no element found; mend it"):
        findings_in(rule, repository("-- pom.xml --\n<project><build>\n" + ci("ls")))


@pytest.mark.parametrize(
    "text",
    [
        CALLED.format("standardx"),
        CALLED.format("lint"),
        "-- build.gradle --\nplugins {\n  id 'checkstyle'\n}\n" + ci("./gradlew qualityGate"),
        MYPY + ci("make typecheck"),
        MYPY + ci("nox -s lint") + "-- noxfile.py --\ndef helper(session):\n    session.run('mypy')\n",
        MYPY + ci("docker compose run app sh /check.sh") + "-- Dockerfile --\nRUN mypy .\n",
        '-- pyproject.toml --\n[tool.black]\nx = 1\n[tool.hatch.envs.s.scripts]\nfix = ["format"]\nformat = ["black -q ."]\n'
        + ci("hatch run s:fix"),
        MYPY
        + ci("mypy .", on="workflow_dispatch").replace("ci.yml", "old.yml")
        + "-- Makefile --\nx:\n\tmypy .\n"
        + ci("ls").replace("  t:", "  other:\n    uses: acme/x/.github/workflows/ci.yml@v1\n  t:"),
        MYPY + ci("ls") + "-- .woodpecker.yml --\nx: 1\n",
        MYPY + ci("ls", job=""),
        "-- .flake8 --\n[flake8]\n"
        + ci("ls", job="      - run: pytest\n      - uses: super-linter/super-linter@v7\n"),
        "-- phpcs.xml --\n<x/>\n-- .styleci.yml --\npreset: psr12\n" + ci("phpunit"),
        "-- pyrightconfig.json --\n{}\n" + ci("ls"),
        "-- .clang-format --\nx: 1\n" + ci("ls"),
    ],
)
def test_in_doubt(repository, text):
    with pytest.raises(Unavailable):
        findings_in(rule, repository(text))


@pytest.mark.parametrize(
    "text", ["-- .editorconfig --\nroot = true\n", "-- .formatter.exs --\n[export: [x: 1]]\n"]
)
def test_nothing_to_judge(repository, text):
    with pytest.raises(NotApplicable):
        findings_in(rule, repository(text + ci("ls")))


def test_tools_may_be_ignored(repository):
    with pytest.raises(NotApplicable):
        findings_in(rule, repository(MYPY + ci("ls")), ignore=("mypy",))
