"""SUP005 on what teams write of reviews."""

import pytest
from productops_rules.support.review_policy_documented import review_policy_documented as rule

from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings

LOG = "2026-05-01 ann@example.org Add\n2026-06-01 bob@example.org Mend\n"
CHECKS = "\nReviewers check that the tests pass.\n"


def keys(archive, **options):
    return [
        finding.key for finding in findings(rule, {"git log": LOG, "now": "2026-11-22", **archive}, **options)
    ]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("One maintainer must approve a pull request.", []),
        ("A pull request is merged once approved by a maintainer.", []),
        ("Each merge request needs two approvals from code owners.", []),
        ("A member of the core team will review your pull request.", []),
        ("Patches need a +2 from the core reviewers.", []),
        ("Pull requests are approved and merged by at least a developer.", []),
        ("Changes are reviewed by the maintainers before they are merged.", ["how_many"]),
        ("Pull requests are merged after code review.", ["how_many", "who"]),
        ("Pull requests need two approvals.", ["who"]),
        ("Small pull requests are easier to review.", ["policy"]),
        ("Open a pull request.", ["policy"]),
        ("When reviewing a pull request, if another developer has context, tag them.", ["policy"]),
    ],
)
def test_who_and_how_many(text, missing):
    assert sorted(keys({"CONTRIBUTING.md": f"# Contributing\n\n{text}\n{CHECKS}"})) == missing


def test_a_diagram_may_say_it():
    chart = "```mermaid\nflowchart TD\n  a[Merge the PR if approved by\n  2 or more team members]\n```\n"
    assert keys({"CONTRIBUTING.md": f"# Contributing\n\n{chart}"}, required=("who", "how_many")) == []


def test_code_owners_say_who():
    text = "# Contributing\n\nPull requests are merged after two reviews.\n"
    assert keys({"CONTRIBUTING.md": text}, required=("who",)) == ["who"]
    assert keys({"CONTRIBUTING.md": text, "CODEOWNERS": ""}, required=("who",)) == ["who"]
    assert keys({"CONTRIBUTING.md": text, "CODEOWNERS": "* @example/core\n"}, required=("who",)) == []


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        ({}, ["checks"]),
        ({".github/pull_request_template.md": "- [ ] tests\n- [ ] documentation\n"}, []),
        ({".github/pull_request_template.md": "<!--\n- is it tested?\n- is it documented?\n-->\n"}, []),
        ({".github/pull_request_template.md": "What does it do?\n"}, ["checks"]),
        ({"docs/review.md": "# Code review\n\n- Is it correct?\n- Is it readable?\n"}, []),
    ],
)
def test_checks(files, missing):
    assert keys({"CONTRIBUTING.md": "One maintainer approves a pull request.\n", **files}) == missing


def test_a_setting_of_the_forge_says_how_many():
    files = {"CONTRIBUTING.md": "Maintainers review every pull request.\n"}
    assert keys(files, required=("how_many",)) == ["how_many"]
    setting = "branches:\n- protection:\n    reviews:\n      required_approving_review_count: 2\n"
    assert keys({**files, ".github/settings.yml": setting}, required=("how_many",)) == []


def test_governance_documents_are_read():
    assert keys({"GOVERNANCE.md": f"Two maintainers approve each change.\n{CHECKS}"}) == []


def test_one_person_needs_no_policy():
    with pytest.raises(NotApplicable):
        keys(
            {
                "README.md": "# A\n",
                "git log": "2026-05-01 ann@example.org Add\n2024-05-01 bob@example.org Old\n",
            }
        )


def test_without_history_it_is_judged():
    assert [f.key for f in findings(rule, {"CONTRIBUTING.md": "Open a pull request.\n"})] == ["policy"]
