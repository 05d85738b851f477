"""DEV010 on the forms of decision records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from productops_rules.development.decision_records_sound import decision_records_sound as rule

from pytest_productops.facts.decisions import header
from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings

TEXT = "# Use Postgres\n\nWe need transactions.\n"


def keys(archive, **options):
    return sorted(finding.key for finding in findings(rule, {"now": "2026-11-22", **archive}, **options))


def record(status="accepted", date="2026-01-05", text=TEXT):
    return f"---\nstatus: {status}\ndate: {date}\n---\n{text}"


@pytest.mark.parametrize(
    "text",
    [
        record(),
        "# 1. Use Postgres\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\nWe need transactions.\n",
        "# Use Postgres\n\n* Status: accepted\n* Date: 5 January 2026\n\n## Context\n\nTransactions.\n",
        "# Use Postgres\n\n**Status:** Approved, 2026-01-05\n\nWe need transactions.\n",
        "# Use Postgres\n\n| Date | Status | Author |\n| --- | --- | --- |\n| 05/01/2026 | Accepted | @ann |\n\nText.\n",
        "# Use Postgres\n\n| Status | accepted |\n| --- | --- |\n| Date | 2026-01-05 |\n\nWe need transactions.\n",
        "# Use Postgres\n\nIntroduced: 20260105\n\n### Status: **Approved**\n\nWe need transactions.\n",
    ],
)
def test_usual_forms(text):
    assert keys({"docs/adr/0001-use-postgres.md": text}) == []


@pytest.mark.parametrize(
    "path",
    [
        "docs/decisions/0001-a.md",
        "adr/ADR-001.md",
        "documentation/architecture-decisions/2026-01-05-a.md",
        "docs/adr/infra/001_a.md",
    ],
)
def test_usual_places(path):
    assert keys({path: TEXT}) == [f"{path}#date", f"{path}#status"] or keys({path: TEXT}) == [
        f"{path}#status"
    ]


@pytest.mark.parametrize("name", ["template.md", "0000-template.md", "README.md", "NNNN.md", "index.md"])
def test_templates_and_indexes_are_no_records(name):
    with pytest.raises(NotApplicable):
        findings(rule, {f"docs/adr/{name}": TEXT})


def test_no_records():
    with pytest.raises(NotApplicable):
        findings(rule, {"README.md": TEXT})
    assert keys({"README.md": TEXT}, require_dir=True) == ["records"]


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("accepted", []),
        ("approved", []),
        ("superseded", ["successor"]),
        ("superseded by the platform of https://example.org", []),
        ("perhaps", ["status"]),
        ('"proposed | accepted | rejected"', ["status"]),
        ("proposed", ["proposed"]),
        ("draft", ["proposed"]),
        ('""', ["status"]),
    ],
)
def test_statuses(status, found):
    path = "docs/adr/0001-a.md"
    assert keys({path: record(status)}) == [f"{path}#{key}" for key in found]


def test_own_statuses_and_times():
    path = "docs/adr/0001-a.md"
    assert keys({path: record("perhaps")}, statuses=("accepted", "perhaps")) == []
    assert keys({path: record("proposed")}, max_proposed="2y") == []
    assert keys({path: record("proposed", "2026-11-01")}) == []
    with pytest.raises(ValueError, match="max_proposed"):
        findings(rule, {path: record()}, max_proposed="soon")


@pytest.mark.parametrize(
    "text", ["", "# 1. Use Postgres\n\n## Status\n\n## Context\n", "---\nstatus: accepted\n---\n"]
)
def test_an_empty_record_fails(text):
    assert keys({"docs/adr/0001-a.md": text}) == ["docs/adr/0001-a.md#text"]


def test_numbers():
    two = {"docs/adr/0001-a.md": record(), "docs/adr/0001-b.md": record()}
    assert keys(two) == ["docs/adr/0001-b.md#unique"]
    assert keys({"docs/adr/0002-a.md": record(text="# 3. Use Postgres\n\nText.\n")}) == [
        "docs/adr/0002-a.md#number"
    ]
    assert keys({"docs/adr/0002-a.md": record(text="# 12 factors\n\nText.\n")}) == []


def test_a_form_that_lacks_a_status_is_one_finding():
    text = "# Use Postgres\n\nDate: 2026-01-05\n\nWe need transactions.\n"
    assert keys({f"docs/adr/000{n}-a.md": text for n in (1, 2, 3)}) == ["docs/adr#status"]
    assert keys({f"rfcs/000{n}-a.md": text for n in (1, 2, 3)}) == []


def test_succession_is_known_to_both():
    old, new = "docs/adr/0001-a.md", "docs/adr/0002-b.md"
    by = record("Superseded by [ADR-0002](0002-b.md)")
    assert keys({old: by, new: record(text="# B\n\nText.\n")}) == [f"{old}#mentioned"]
    assert keys({old: by, new: record(text="# B\n\nIt supersedes ADR-0001.\n")}) == []
    claims = "# 2. B\n\nDate: 2026-02-01\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n\n## Context\n\nText.\n"
    assert keys({old: record(), new: claims}) == [f"{old}#superseded"]
    assert keys({old: record(), new: claims.replace("Supersedes", "Supersedes parts of")}) == []


def test_the_index_lists_all():
    records = {f"docs/adr/000{n}-a.md": record() for n in (1, 2, 3)}
    index = "# Decisions\n\n- [A](0001-a.md)\n- [B](0002-a.md)\n"
    assert keys({**records, "docs/adr/README.md": index}) == ["docs/adr/0003-a.md#index"]
    assert keys({**records, "docs/adr/README.md": index + "- [C](0003-a.md)\n"}) == []
    assert keys({**records, "docs/adr/README.md": "# Decisions\n\nAs in [A](0001-a.md).\n"}) == []


def test_enhancement_proposals():
    head = "title: Use Postgres\nkep-number: 12\nstatus: provisional\ncreation-date: 2026-01-05\n"
    files = {"keps/sig-a/12-use-postgres/kep.yaml": head, "keps/sig-a/12-use-postgres/README.md": TEXT}
    assert keys(files) == ["keps/sig-a/12-use-postgres/README.md#proposed"]
    assert (
        keys({**files, "keps/sig-a/12-use-postgres/kep.yaml": head.replace("provisional", "implemented")})
        == []
    )


@given(st.text(max_size=60))
def test_any_status_is_read(text):
    assert header.meaning(text) in {
        "",
        "choice",
        "proposed",
        "accepted",
        "rejected",
        "deprecated",
        "superseded",
    }
