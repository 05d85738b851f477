"""How a service is deployed, run, scaled and taken back, and how the product is released: what `inspect` answers."""

import pytest

from pytest_productops import inspection
from pytest_productops.testing import lay_out

SERVICE = {
    "manage.py": "import django\n",
    "requirements.txt": "django==5.2\ngunicorn==23.0\n",
    "Procfile": "web: gunicorn shop.wsgi\n",
    "Dockerfile": "FROM python:3.13\nCMD gunicorn shop.wsgi\n",
    "README.md": "# Shop\n\nThe web application that sells our things.\n",
}
LIBRARY = {
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1.0"\nclassifiers = ["Intended Audience :: Developers"]\n',
    "README.md": "# Shop\n\nA library to sell things.\n\n    pip install shop\n",
}
STEPS = "1. Run `make deploy ENV=production`.\n2. Look at the dashboard for ten minutes.\n"
DEPLOY = f"# Deploying to production\n\n{STEPS}"
ROLLBACK = f"# Runbook\n\n## Roll back a release\n\n1. Run `make rollback`.\n2. Tell support.\n\n## Alerts\n\n{STEPS}"
SCALING = "# Operations\n\n## Scaling\n\nRun more web workers: raise `replicas` in deploy.yaml when latency exceeds 1 s.\n"


def ask(tmp_path, files, name):
    questions = {question.id: question for question in inspection.installed()}
    return inspection.ask(questions[name], lay_out(files, tmp_path))


SERVICE_QUESTIONS = ("deployment-guide", "rollback-procedure", "operations-guide", "scaling-guide")


@pytest.mark.parametrize("name", SERVICE_QUESTIONS)
def test_nobody_deploys_a_library(tmp_path, name):
    answer = ask(tmp_path, {**LIBRARY, "docs/deploying.md": DEPLOY}, name)
    assert answer.value == "na"
    assert "package" in answer.evidence[0].note


@pytest.mark.parametrize("name", SERVICE_QUESTIONS)
def test_a_service_without_documents(tmp_path, name):
    answer = ask(tmp_path, SERVICE, name)
    assert answer.value == "no"
    assert "a service" in answer.evidence[0].note
    assert "searched" in answer.evidence[0].note


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [
        ("deployment-guide", "docs/deployment.md", DEPLOY),
        ("rollback-procedure", "docs/runbook.md", ROLLBACK),
        ("operations-guide", "docs/runbook.md", ROLLBACK),
        ("scaling-guide", "docs/operations.md", SCALING),
    ],
)
def test_a_service_with_its_document(tmp_path, name, path, text):
    answer = ask(tmp_path, {**SERVICE, path: text}, name)
    assert (answer.value, answer.evidence[0].location.path) == ("yes", path)


@pytest.mark.parametrize(
    ("files", "value"),
    [
        (
            {
                "RELEASING.md": "# Releasing\n\n1. Raise the version.\n2. Run `make release`.\n3. Push the tag.\n"
            },
            "yes",
        ),
        (
            {
                "docs/versioning.md": "# Versioning\n\nWe follow Semantic Versioning; majors come every spring.\n"
            },
            "no",
        ),
        ({}, "no"),
    ],
)
def test_a_release_procedure_needs_steps(tmp_path, files, value):
    assert ask(tmp_path, {**LIBRARY, **files}, "release-procedure").value == value


PUBLISH = "on: {push: {tags: ['v*']}}\njobs:\n  p:\n    steps:\n      - run: twine upload dist/*\n"


@pytest.mark.parametrize(
    ("text", "value"), [(PUBLISH, "yes"), (PUBLISH.replace("twine upload dist/*", "pytest"), "no")]
)
def test_a_workflow_that_publishes_whatever_its_name(tmp_path, text, value):
    answer = ask(tmp_path, {**LIBRARY, ".github/workflows/ci.yml": text}, "release-automation")
    assert answer.value == value


@pytest.mark.parametrize(
    ("files", "value"),
    [
        ({"CHANGES.rst": "1.0 (2026-01-05)\n----------------\n\n- Invoices can be exported.\n"}, "yes"),
        ({"packages/a/CHANGELOG.md": "# Changelog\n\n## 1.0.0\n\n- Begun.\n"}, "yes"),
        ({"CHANGELOG.md": ""}, "no"),
        ({}, "no"),
    ],
)
def test_a_changelog_anywhere(tmp_path, files, value):
    assert ask(tmp_path, {**LIBRARY, **files}, "changelog").value == value
