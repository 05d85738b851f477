"""What is locked, on invented repositories."""

import pytest

from pytest_productops import inspection
from pytest_productops.testing import lay_out

QUESTIONS = {question.id: question for question in inspection.installed()}
PINNED = "django==5.1\nasgiref==3.8.1\n"


@pytest.mark.parametrize(
    ("files", "value"),
    [
        ({"uv.lock": "version = 1\n"}, "yes"),
        ({"uv.lock": ""}, "no"),
        ({"go.sum": "a v1 h1:x\n"}, "yes"),
        ({"web/package-lock.json": "{}"}, "yes"),
        ({"examples/a/package-lock.json": "{}"}, "no"),
        ({"tests/fixtures/Cargo.lock": "x"}, "no"),
        ({"docs/package-lock.json": "{}"}, "no"),
        ({"docsite/yarn.lock": "x"}, "no"),
        ({"fuzz/Cargo.lock": "x"}, "no"),
        ({"tools/go.sum": "x"}, "no"),
        ({"src/api/packages.lock.json": "{}"}, "yes"),
        ({"App/Package.resolved": "{}"}, "yes"),
        ({"gradle/libs.versions.toml": "[versions]\n"}, "yes"),
        ({"requirements.txt": PINNED}, "yes"),
        ({"requirements.txt": f"{PINNED}mypy==1.0\ntypes-x\n"}, "yes"),
        ({"requirements.txt": "django>=5\nasgiref~=3.8\n"}, "no"),
        ({"requirements/main.txt": "a==1 \\\n  --hash=sha256:0\nb==2 \\\n  --hash=sha256:1\n"}, "yes"),
        ({"docs/requirements.txt": PINNED}, "no"),
        ({"requirements/docs.txt": PINNED}, "no"),
        ({"tests/constraints.txt": PINNED, "requirements-tests.txt": "pytest\n"}, "no"),
        ({"requirements-dev.txt": "pytest>=8\nsphinx\nruff\n", "requirements/ci.txt": PINNED}, "no"),
        ({".lint/requirements.txt": "codespell==2.2\n"}, "no"),
        ({"pyproject.toml": '[project]\ndependencies = ["a==1", "b==2.0"]\n'}, "yes"),
        ({"pyproject.toml": '[project]\ndependencies = ["a>=1", "b==2.0"]\n'}, "no"),
        ({"pyproject.toml": '[build-system]\nrequires = ["a==1", "b==2"]\n'}, "no"),
    ],
)
def test_locked_dependencies(tmp_path, files, value):
    answer = inspection.ask(QUESTIONS["locked-dependencies"], lay_out(files, tmp_path))
    assert (answer.value, bool(answer.evidence)) == (value, True)
