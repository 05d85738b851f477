"""DEV012: milestones on time and to specification."""

import pytest
from productops_rules.development.milestones_met import milestones_met

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings, findings_in, lay_out

MILESTONE = '[[milestone]]\nid = "v2-ga"\ntitle = "Version 2"\nowner = "platform"\ndue = 2026-10-01\n'
TAG = 'evidence = [{ type = "tag", pattern = "v2.0.0" }]\n'
START = "2026-01-05 ann@acme.test Start <v1.0.0>"


def judge(register, *log, now="2026-11-22", parts="", **options):
    lines = "\n".join([START, *log])
    text = f"-- .productops/tasks.toml --\n{register}\n{parts}\n-- git log --\n{lines}\n-- now --\n{now}\n"
    return findings(milestones_met, archive(text), **options)


def test_late_and_not_met():
    (finding,) = judge(MILESTONE + TAG)
    assert (finding.key, str(finding.location)) == ("v2-ga.late", ".productops/tasks.toml:1")
    assert finding.message == (
        "v2-ga: due 2026-10-01, nothing shows that it is met, 52 days late, owner platform"
    )
    assert judge(MILESTONE + TAG, grace="3mo") == ()
    assert judge(MILESTONE + TAG, now="2026-10-01") == ()
    assert judge(MILESTONE + TAG, now="2026-10-02")


def test_met_late_and_in_time():
    (finding,) = judge(MILESTONE + TAG, "2026-10-08 ann@acme.test Release <v2.0.0>")
    assert finding.message == "v2-ga: due 2026-10-01, met on 2026-10-08, 7 days late, owner platform"
    assert judge(MILESTONE + TAG, "2026-10-08 ann@acme.test Release <v2.0.0>", grace="7d") == ()
    assert judge(MILESTONE + TAG, "2026-09-30 ann@acme.test Release <v2.0.0>") == ()


def test_what_names_no_evidence_is_unknown_once_it_is_due():
    with pytest.raises(Unavailable, match="no evidence"):
        judge(MILESTONE)
    assert judge(MILESTONE, now="2026-09-01") == ()


def test_a_met_milestone_is_what_was_promised():
    met = "2026-09-30 ann@acme.test Release <v2.0.0>"
    (finding,) = judge(MILESTONE + TAG + 'spec = "docs/v2.md"\n', met)
    assert finding.message == "v2-ga is met, but not known to what specification: docs/v2.md does not exist"
    with pytest.raises(Unavailable, match=r"no\.such is no criterion"):
        judge(MILESTONE + TAG + 'criteria = ["no.such"]\n', met)


def test_re_plans(tmp_path):
    text = f"-- .productops/tasks.toml --\n{MILESTONE}{TAG}\n-- git log --\n{START}\n-- now --\n2026-06-01\n"
    repository = lay_out(archive(text), tmp_path)
    register = tmp_path / ".productops" / "tasks.toml"
    from git import Repo

    days = ["2026-11-01", "2026-10-15", "2026-12-01", "2027-01-01"]
    with Repo(tmp_path) as repo:
        before = "2026-10-01"
        for day in days:
            register.write_text(register.read_text().replace(before, day))
            repo.index.add([".productops/tasks.toml"])
            repo.index.commit(f"Re-plan {day}")
            before = day
    (finding,) = findings_in(milestones_met, repository)
    assert finding.key == "v2-ga.replanned"
    assert finding.message == (
        "v2-ga: put off 3 times, at most 2 are agreed; first due 2026-10-01, now 2027-01-01"
    )
    assert findings_in(milestones_met, repository, max_replans=3) == ()


def test_nothing_to_judge():
    with pytest.raises(NotApplicable, match="no task register"):
        findings(milestones_met, archive("-- README.md --\n# Shop\n"))
