"""A pack that another team builds and installs: found, explained, configured and run like our own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Build the pack's wheel and install it into a folder; return the environment that has it."""
    folder = tmp_path_factory.mktemp("site")
    source = Path(__file__).parent / "foreign"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    built = subprocess.run(
        [*pip, "--no-deps", "--no-build-isolation", "--target", str(folder), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return {**os.environ, "PYTHONPATH": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def run(environment, cwd, *arguments):
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_listed_and_explained(installed, tmp_path):
    listed = run(installed, tmp_path, "pytest_productops", "rules")
    assert "* ACME001  somebody-answers-the-pager" in listed.stdout
    explained = run(installed, tmp_path, "pytest_productops", "explain", "somebody-answers-the-pager")
    assert "Enough people answer the pager." in explained.stdout
    assert "minimum = 2" in explained.stdout


def test_it_judges(installed, tmp_path):
    select = "--select=ACME"
    nobody = run(installed, tmp_path, "pytest_productops", "check", select)
    assert "UNKN  ACME001" in nobody.stdout
    assert nobody.returncode == 1
    (tmp_path / "PAGER").write_text("ann\nbob\n")
    assert run(installed, tmp_path, "pytest_productops", "check", select).returncode == 0
    (tmp_path / "productops.toml").write_text("[rules.ACME001]\nminimum = 3\n")
    few = run(installed, tmp_path, "pytest_productops", "check", select)
    assert "PAGER  2 of at least 3 people answer the pager" in few.stdout


def test_it_judges_under_pytest(installed, tmp_path):
    (tmp_path / "PAGER").write_text("ann\n")
    result = run(installed, tmp_path, "pytest", "-p", "pytest_productops.plugin", "productops::ACME001")
    assert "FAILED productops::ACME001 - PAGER: 1 of at least 2 people answer the pager" in result.stdout


def test_its_author_tests_it_with_plain_values(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "foreign"))
    import acme_rules

    from pytest_productops.testing import examples, findings

    assert list(acme_rules.somebody_answers_the_pager.check(acme_rules.Pager(("ann", "bob")))) == []
    for rule, kind, files in examples([acme_rules.somebody_answers_the_pager]):
        assert bool(findings(rule, files)) == (kind == "bad")
