"""ONB012 on checklists."""

import pytest
from productops_rules.onboarding.onboarding_checklist_actionable import (
    onboarding_checklist_actionable as rule,
)

from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings

WHOLE = """# Onboarding

Your buddy helps you.

## Day 1

- [ ] Request access to the [shop](https://example.org/access)
- [ ] Join #invoices
- [ ] Run `make setup`

## Week 1

- [ ] Read [how we work](https://example.org/team)
- [ ] Solve a [good first issue](https://example.org/issues)
"""
GIT = {"git log": "2026-11-01 ann@example.org Welcome people", "now": "2026-11-22"}


def keys(archive, **options):
    return sorted(finding.key for finding in findings(rule, {**GIT, **archive}, **options))


@pytest.mark.parametrize(
    "path",
    [
        "ONBOARDING.md",
        "docs/onboarding.md",
        ".github/ISSUE_TEMPLATE/onboarding.md",
        ".gitlab/issue_templates/developer-onboarding.md",
    ],
)
def test_usual_places(path):
    assert keys({path: WHOLE}) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Your buddy helps you.", "", ["owner"]),
        ("Request access to the", "Look at the", ["access"]),
        ("good first issue", "riddle", ["first-change"]),
        ("## Week 1", "## Then", ["milestones"]),
        ("- [ ] Run", "Run", ["items"]),
        ("- [ ]", "-", ["items"]),
        ("[how we work](https://example.org/team)", "all of it", []),
    ],
)
def test_mutations(old, new, found):
    assert keys({"docs/onboarding.md": WHOLE.replace(old, new)}) == found


def test_items_that_nobody_can_act_on():
    vague = WHOLE + "- [ ] Be curious\n" * 6
    (finding,) = findings(rule, {**GIT, "docs/onboarding.md": vague})
    assert (finding.key, len(finding.evidence)) == ("linked", 6)
    assert keys({"docs/onboarding.md": vague}, min_linked=0.3) == []


def test_old_ones_and_reviewed_ones():
    old = {"git log": "2025-11-01 ann@example.org Welcome people"}
    assert keys({"docs/onboarding.md": WHOLE, **old}) == ["age"]
    assert (
        keys(
            {
                "docs/onboarding.md": f"---\nlast_reviewed_on: 2026-10-01\nreview_in: 6 months\n---\n{WHOLE}",
                **old,
            }
        )
        == []
    )


def test_nothing_an_empty_one_and_another_subject():
    assert keys({"README.md": "# A\n\nWords.\n"}) == ["document"]
    assert keys({"docs/onboarding.md": "# Onboarding\n\n## Day 1\n"}) == ["document"]
    assert keys({".github/ISSUE_TEMPLATE/service-onboarding-request.md": "# Service\n\n- [ ] Name it\n"}) == [
        "document"
    ]


def test_without_history_the_age_is_unknown():
    with pytest.raises(Unavailable):
        findings(rule, {"docs/onboarding.md": WHOLE})
    assert [f.key for f in findings(rule, {"docs/onboarding.md": WHOLE.replace("Week 1", "Then")})] == [
        "milestones"
    ]
