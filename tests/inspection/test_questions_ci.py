"""The questions about CI: tests, pinned actions, the token."""

import pytest

from pytest_productops.inspection import ask, installed

SHA = "a" * 40
QUESTIONS = {question.id: question for question in installed()}


def answer(repository, question, files):
    return ask(QUESTIONS[question], repository(files))


def uses(*names, head="on: push\n"):
    steps = "".join(f"      - uses: {name}\n" for name in names)
    return f"-- .github/workflows/ci.yml --\n{head}jobs:\n  a:\n    runs-on: x\n    steps:\n{steps}"


@pytest.mark.parametrize(
    ("files", "value"),
    [
        (uses(f"actions/checkout@{SHA}", "./.github/actions/x", "$/.github/actions/y"), "yes"),
        (uses(f"docker://alpine@sha256:{'b' * 64}"), "yes"),
        (uses(f"actions/checkout@{SHA} # v4"), "yes"),
        (uses("actions/checkout@v4"), "no"),
        (uses("docker://alpine:3"), "no"),
        (uses(f"acme/x/sub@{SHA[:39]}"), "no"),
        (uses("./x"), "na"),
        ("-- .gitlab-ci.yml --\nt: {script: x}\n", "na"),
        ("-- .github/workflows/a.yml --\n[\n", "unknown"),
        ("-- .github/workflows/a.yml --\njobs:\n  a:\n    uses: acme/x/.github/workflows/y.yml@main\n", "no"),
    ],
)
def test_pinned_actions(repository, files, value):
    assert answer(repository, "pinned-actions", files).value == value


JOB = "jobs:\n  a:\n    runs-on: x\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("permissions: {}\n" + JOB, "yes"),
        ("permissions:\n  contents: write\n" + JOB, "yes"),
        ("permissions: read-all\n" + JOB, "yes"),
        ("permissions: write-all\n" + JOB, "no"),
        (JOB, "no"),
        (JOB + "    permissions: {contents: read}\n", "yes"),
        (JOB + "    permissions: {contents: read}\n  b:\n    runs-on: y\n", "no"),
        (JOB + "    permissions: write-all\n", "no"),
    ],
)
def test_restricted_token(repository, text, value):
    assert (
        answer(repository, "restricted-token", f"-- .github/workflows/ci.yml --\non: push\n{text}").value
        == value
    )


def test_a_no_names_the_place(repository):
    found = answer(repository, "pinned-actions", uses("actions/checkout@v4", f"acme/y@{SHA}"))
    assert [str(one) for one in found.evidence] == [
        ".github/workflows/ci.yml:6  `actions/checkout@v4` is no commit",
        ".github/workflows/ci.yml:6  1 of 2 name no commit",
    ]


def steps(run, on="pull_request"):
    return f"-- .github/workflows/ci.yml --\non: {on}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: {run}\n"


@pytest.mark.parametrize(
    ("files", "value"),
    [
        (steps("pytest"), "yes"),
        (steps("pytest", on="push"), "yes"),
        (steps("pytest", on="{push: {branches: [main]}}"), "no"),
        (steps("pytest || true"), "no"),
        (steps("docker build ."), "unknown"),
        (steps("ls"), "no"),
        ("-- a --\nx\n", "no"),
        ("-- .travis.yml --\nscript: pytest\n", "unknown"),
        ("-- .cirrus.yml --\ntest_task:\n  test_script: pytest -q\n", "yes"),
        ("-- .cirrus.yml --\ntask:\n  script: ls\n", "unknown"),
        ("-- .zuul.yaml --\n- project:\n    check: {jobs: [tox-docs, {tox-py311: {voting: true}}]}\n", "yes"),
        ("-- .zuul.yaml --\n- project:\n    check: {jobs: [tox-docs]}\n", "unknown"),
        ("-- Jenkinsfile --\npipeline { stages { stage('t') { steps { sh 'mvn verify' } } } }\n", "yes"),
        ("-- Jenkinsfile --\nnode { stage('t') { sh \"mvn -B verify\" } }\n", "yes"),
        ("-- Jenkinsfile --\nbuildPlugin(forkCount: '1C')\n", "yes"),
        ("-- Jenkinsfile --\nbuildProduct()\n", "unknown"),
        (
            "-- .github/workflows/a.yml --\non: push\njobs:\n  t:\n    uses: acme/x/.github/workflows/dependency-review.yml@v1\n",
            "no",
        ),
        (
            "-- .github/workflows/a.yml --\non: push\njobs:\n  t:\n    uses: acme/x/.github/workflows/tests.yml@v1\n",
            "yes",
        ),
        (
            "-- .github/workflows/a.yml --\non: push\njobs:\n  t:\n    uses: acme/x/.github/workflows/all.yml@v1\n",
            "unknown",
        ),
    ],
)
def test_tests_in_ci(repository, files, value):
    assert answer(repository, "tests-in-ci", files).value == value
