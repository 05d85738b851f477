"""DEV006 on sentences about tests."""

import pytest
from productops_rules.development.test_policy_documented import test_policy_documented as rule

from pytest_productops.model import NotApplicable
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings

REST = "Run `pytest` before you open a pull request."


def keys(text, **more):
    files = {"CONTRIBUTING.md": f"# Contributing\n\n{text}\n", "invoices/total.py": "TOTAL = 0\n", **more}
    return sorted(finding.key for finding in findings(rule, files))


@pytest.mark.parametrize(
    "sentence",
    [
        "Each change must come with tests.",
        "Please add tests for your change.",
        "New features need unit tests.",
        "Pull requests without tests will not be merged.",
        "Write a test that fails without your fix.",
        "Every bug fix should include a regression test.",
        "Tests are required.",
        "If the pull request adds functionality, it is tested and the docs are updated.",
        "Code coverage must not drop.",
        "We work test-driven.",
        "A new gate ships with a test that proves it.",
    ],
)
def test_that_tests_are_needed(sentence):
    assert keys(f"{sentence} {REST}") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The tests are in `tests/`.",
        "It was tested on Linux.",
        "Use the test server of the shop.",
        "git is required by a test.",
    ],
)
def test_other_words_on_tests(sentence):
    assert keys(f"{sentence} {REST}") == ["need"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Run `make test` before you push.",
        "CI runs `pytest` on every pull request.",
        "`tox` has to pass.",
        "1. Run the tests: `pytest`\n2. Open a pull request",
    ],
)
def test_when(sentence):
    assert keys(f"Each change must come with tests.\n\n{sentence}") == []


def test_each_is_missed():
    assert keys("Each change must come with tests. The command is `pytest`.") == ["when"]
    assert keys("Each change must come with tests, and they pass.") == ["how"]
    assert keys("Send patches.") == ["how", "need", "when"]
    assert keys("") == ["how", "need", "when"]


def test_a_box_of_the_template_counts():
    box = {".github/pull_request_template.md": "- [ ] Tests cover the change\n"}
    assert keys("The command is `pytest`.", **box) == []


def test_nothing_to_judge():
    with pytest.raises(NotApplicable):
        findings(rule, {"README.md": "# A\n\nWords.\n"})
    with pytest.raises(Unavailable, match=r"example\.org"):
        keys("See <https://example.org/contributing>.")
