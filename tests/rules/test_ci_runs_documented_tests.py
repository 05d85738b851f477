"""DEV002."""

import pytest
from productops_rules.development.ci_runs_documented_tests import ci_runs_documented_tests as rule

from pytest_productops.api import Finding, Location, NotApplicable, Unavailable
from pytest_productops.testing import findings_in


def files(quoted, run, more=""):
    guide = f"-- CONTRIBUTING.md --\n# Testing\n```sh\n{quoted}\n```\n"
    steps = f"-- .github/workflows/ci.yml --\non: pull_request\njobs:\n  a:\n    steps:\n      - run: {run}\n"
    return guide + steps + more


TOX = "-- tox.ini --\n[tox]\nenvlist = py\n[testenv]\ncommands = pytest {posargs}\n"
NPM = '-- package.json --\n{"scripts": {"test": "c8 -r lcov node --test", "test:ci": "node --test", "old": "mocha"}}\n'
MAKE = "-- Makefile --\ntest:\n\tpython -m unittest\nci: test\nunit:\n\ttox\n"


@pytest.mark.parametrize(
    "text",
    [
        files("pytest tests/x.py -k y", "python -m pytest -n auto"),
        files("pytest", "tox -e py", TOX),
        files("tox -e py", "pytest", TOX),
        files("tox -e py310", "tox -e py311", TOX),
        files("make unit", "tox", TOX + MAKE),
        files("npm test", "npm run test:ci", NPM),
        files("yarn test", "npm test", NPM),
        files("mvn verify", "./mvnw install -B"),
        files("npm test\npytest", "pytest", NPM),
        files("go test ./...", "go test -race ./..."),
        files("docker compose run --rm web bundle exec rake", "bundle exec rake test"),
        files("our-docker run web bundle exec rake spec", "bundle exec rake spec"),
        files("ls", "uv run pytest -v") + "-- README.md --\n# A\n## Quality\n```\nuv run pytest -v\n```\n",
        files("ls", "python manage.py test") + "-- README.md --\n# A\nOptionally:\n\n    ./manage.py test\n",
    ],
)
def test_agreement(repository, text):
    assert [one for one in findings_in(rule, repository(text)) if isinstance(one, Finding)] == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (files("make test", "tox", TOX + MAKE), 3, "the documents test by `make test`, CI by `tox`"),
        (
            files("python -m unittest", "pytest"),
            3,
            "the documents test by `python -m unittest`, CI by `pytest`",
        ),
        (
            files("npx mocha", "npm run test:ci", NPM),
            3,
            "the documents test by `npx mocha`, CI by `npm run test:ci`",
        ),
    ],
)
def test_disagreement(repository, text, line, message):
    (finding,) = findings_in(rule, repository(text))
    assert finding.message == message + ", and neither runs the other"
    assert finding.location == Location("CONTRIBUTING.md", line)


@pytest.mark.parametrize(
    "text",
    [
        files("make test", "pytest"),
        files("make test", "docker build .", MAKE),
        files("make test", "tox", TOX + "-- Makefile --\ntest:\n\tpytest\n"),
        files("python -m unittest", "pytest") + "-- .cirrus.yml --\nx: 1\n",
    ],
)
def test_what_is_out_of_sight_is_unknown(repository, text):
    with pytest.raises(Unavailable):
        findings_in(rule, repository(text))


DOCS = "-- tox.ini --\n[tox]\nenvlist = py\n[testenv]\ncommands = pytest\n[testenv:docs]\ncommands = sphinx-build . out\n"


@pytest.mark.parametrize(
    "text",
    [
        files("ls", "pytest"),
        files("pytest", "ls"),
        files("tox -e docs", "tox -e py", DOCS),
        files("tox -e docs", "tox -e py"),
        files("nox -s lint", "pytest"),
        files("tox -e release -- 1.0", "tox -e py"),
        files("ls", "pytest") + "-- README.md --\n# A\n## Usage\n```\nmocha\n```\n",
        files("mocha ./...", "pytest"),
        files("ls", "mvn verify") + "-- README.md --\n# A\nThe styles are made by `mvn package -P css`.\n",
    ],
)
def test_nothing_to_compare(repository, text):
    with pytest.raises(NotApplicable):
        findings_in(rule, repository(text))
