"""Updaters, on invented repositories: the question of the inspection and the facts beneath it."""

import pytest

from pytest_productops import inspection
from pytest_productops.testing import lay_out

QUESTIONS = {question.id: question for question in inspection.installed()}
DEPENDABOT = "version: 2\nupdates:\n  - package-ecosystem: github-actions\n    directory: /\n"
JOB = "on:\n  schedule: [{cron: '0 3 * * 1'}]\njobs:\n  up:\n    runs-on: x\n    steps:\n"


@pytest.fixture
def ask(tmp_path):
    def answer(files):
        return inspection.ask(QUESTIONS["dependency-updates"], lay_out(files, tmp_path))

    return answer


@pytest.mark.parametrize(
    ("files", "value"),
    [
        ({"README.md": "run `uv lock --upgrade` by hand"}, "no"),
        ({".github/dependabot.yml": DEPENDABOT}, "yes"),
        ({".github/dependabot.yaml": DEPENDABOT}, "yes"),
        ({".gitlab/dependabot.yml": DEPENDABOT}, "yes"),
        ({".github/dependabot.yml": "version: 2\nupdates: []\n"}, "no"),
        ({".github/dependabot.yml": "version: [\n"}, "unknown"),
        ({"scripts/dependabot.yml": DEPENDABOT}, "no"),
        ({".dependabot/config.yml": "version: 1\n"}, "no"),
        ({"renovate.json": "{}"}, "yes"),
        ({".github/renovate.json5": "{extends: ['config:recommended'], // all\n}"}, "yes"),
        ({".gitlab/renovate.json": "{}"}, "yes"),
        ({".renovaterc": "{}"}, "yes"),
        ({".renovaterc.json5": "{}"}, "yes"),
        ({"package.json": '{"renovate": {"extends": ["config:base"]}}'}, "yes"),
        ({"renovate.json": '{"enabled": false}'}, "no"),
        ({"packages/a/renovate.json": "{}"}, "no"),
        ({".pyup.yml": "schedule: every week\n"}, "yes"),
        ({".pyup.yml": "update: false\n"}, "no"),
        ({".scala-steward.conf": ""}, "yes"),
        ({"updatecli/updatecli.d/x.yaml": "name: x\n"}, "yes"),
        ({".pre-commit-config.yaml": "ci:\n  autoupdate_schedule: monthly\nrepos: []\n"}, "yes"),
        ({".pre-commit-config.yaml": "ci:\n  skip: [mypy]\nrepos: []\n"}, "no"),
        ({".github/workflows/up.yml": f"{JOB}      - run: uv lock --upgrade\n      - uses: peter-evans/create-pull-request@v7\n"}, "yes"),
        ({".github/workflows/up.yml": f"{JOB}      - run: make up\n", "Makefile": "up:\n\tcargo update\n\tgit push origin up\n"}, "yes"),
        ({".github/workflows/up.yml": f"{JOB}      - run: cargo update && cargo test\n"}, "no"),
        ({".github/workflows/up.yml": f"{JOB}      - run: composer create-project a/b app && composer update\n"}, "no"),
        ({".github/workflows/up.yml": f"{JOB}      - uses: renovatebot/github-action@v43\n"}, "yes"),
        ({".github/workflows/up.yml": f"{JOB}      - uses: DeterminateSystems/update-flake-lock@v1\n"}, "yes"),
        ({".github/workflows/up.yml": "on: push\njobs:\n  up:\n    steps:\n      - run: ncu -u && git push\n"}, "no"),
    ],
)  # fmt: skip
def test_dependency_updates(ask, files, value):
    answer = ask(files)
    assert (answer.value, bool(answer.evidence)) == (value, True)


def test_the_evidence_has_its_line(ask):
    evidence = ask({".github/dependabot.yml": DEPENDABOT}).evidence[0]
    assert (str(evidence.location), evidence.note) == (
        ".github/dependabot.yml:3",
        "dependabot: github-actions",
    )
