"""`pytest --productops-drill`: an item a step, and only where it is asked for."""

import pytest

from pytest_productops.testing import lay_out

GUIDE = "# Contributing\n\n## Set up\n\n```sh\nmake setup\n```\n\n## Tests\n\n```sh\nmake test\n```\n"


@pytest.fixture
def run(pytester):
    """Lay out a repository and run pytest in it."""

    def go(*words, makefile="setup:\n\ttrue\ntest:\n\t@echo broken here; exit 3\n"):
        archive = {
            "CONTRIBUTING.md": GUIDE,
            "Makefile": makefile,
            "git log": "2026-01-05 ann@example.org Begin\n",
        }
        if not (pytester.path / ".git").exists():
            lay_out(archive, pytester.path)
        return pytester.runpytest_subprocess("--productops-select=ONB003", *words)

    return go


def test_an_item_a_step(run):
    result = run("--productops", "--productops-drill", "-v")
    result.stdout.fnmatch_lines(
        ["productops::ONB003 PASSED*", "productops::drill/setup PASSED*", "productops::drill/test FAILED*"]
    )
    result.stdout.fnmatch_lines(
        [
            "CONTRIBUTING.md:12: drill/test `make test`: exit 2*",
            "*broken here*",
            "*fix: CONTRIBUTING.md:12 tells*",
        ]
    )
    result.stdout.fnmatch_lines(["1 of 1 selected rule could judge: 1 passed*"])
    result.stdout.fnmatch_lines(["FAILED productops::drill/test - CONTRIBUTING.md:12: `make test`*"])
    result.assert_outcomes(passed=2, failed=1)


def test_not_without_the_option(run):
    run("--productops").assert_outcomes(passed=1)
    result = run("productops::drill/setup")
    result.stdout.fnmatch_lines(["*drill/setup runs what documents tell: add --productops-drill"])
    assert result.ret == 2


def test_one_that_is_named(run):
    result = run("productops::drill/setup", "--productops-drill")
    result.assert_outcomes(passed=1)
    assert result.ret == 0


def test_what_follows_a_failure_is_skipped(run):
    result = run("--productops", "--productops-drill", "-rs", makefile="setup:\n\tfalse\ntest:\n")
    result.assert_outcomes(passed=1, failed=1, skipped=1)
    result.stdout.fnmatch_lines(["*drill/test not-applicable: setup failed"])


def test_a_report_holds_rules_alone(run, pytester):
    run("--productops", "--productops-drill", f"--productops-report=json:{pytester.path / 'report.json'}")
    assert '"ONB003"' in (pytester.path / "report.json").read_text()
    assert "drill/" not in (pytester.path / "report.json").read_text()
