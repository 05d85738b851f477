"""PRA008 on working agreements."""

import pytest
from productops_rules.practices.working_agreement_documented import working_agreement_documented as rule

from pytest_productops.repository import Repository, Unavailable
from pytest_productops.testing import findings, findings_in

WHOLE = """# Working agreement

Owner: @ann. Reviewed: 2026-11-01

We talk in #invoices.

Core hours are 10:00 to 15:00 UTC.

Decisions are made by consent.
"""


def keys(archive, **options):
    return sorted(finding.key for finding in findings(rule, archive, **options))


@pytest.mark.parametrize(
    "path", ["WORKING_AGREEMENT.md", "TEAM.md", "docs/how-we-work.md", "docs/team/ways-of-working.md"]
)
def test_usual_places(path):
    assert keys({path: WHOLE}) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("We talk in #invoices.", ["channels"]),
        ("Core hours are 10:00 to 15:00 UTC.", ["hours"]),
        ("Decisions are made by consent.", ["decisions"]),
        ("Owner: @ann. ", ["owner"]),
        (" Reviewed: 2026-11-01", ["stamp"]),
    ],
)
def test_mutations(line, found):
    assert keys({"docs/working-agreement.md": WHOLE.replace(line, "")}) == found


def test_more_may_be_required():
    assert keys({"TEAM.md": WHOLE}, required=("channels", "meetings", "escalation")) == [
        "escalation",
        "meetings",
    ]


def test_a_section_counts_and_owners_of_code_too():
    section = WHOLE.replace("# Working", "## Working").replace("Owner: @ann. ", "")
    files = {"README.md": f"# A\n\nWords.\n\n{section}"}
    assert keys(files) == ["owner"]
    assert keys({**files, "CODEOWNERS": "* @ann\n"}) == []


def test_nothing_and_an_empty_one():
    assert keys({"README.md": "# A\n\nWords.\n"}) == ["agreement"]
    assert keys({"WORKING_AGREEMENT.md": "# Working agreement\n\n## Hours\n"}) == ["agreement"]
    assert keys({"TEAM.md": "# Team\n\nAnn and Bob.\n"}) == ["agreement"]


def test_one_that_is_elsewhere_is_unknown(tmp_path):
    with pytest.raises(Unavailable, match=r"example\.org"):
        findings_in(rule, Repository(tmp_path, artifacts={"agreement": "https://example.org/team"}))
