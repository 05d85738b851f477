"""SUP008: what shows that a second person approved a change."""

import datetime

import pytest
from productops_rules.support.second_person_evidence import second_person_evidence

from pytest_productops.api import Commit, Landing, NotApplicable, SecondPerson
from pytest_productops.facts.changes.second import _shown
from pytest_productops.manual import archive
from pytest_productops.testing import findings, findings_in, lay_out


def commit(subject="Add it", body="", *, author="Ann", committer="", merge=False):
    return Commit(
        "0" * 40, datetime.date(2026, 1, 1), author, f"{author.lower().replace(' ', '-')}@acme.test", subject,
        parents=("a", "b")[: 1 + merge], committer=committer or author,
        committer_email=f"{(committer or author).lower()}@acme.test", body=body,
    )  # fmt: skip


def by(made, *brought, merger=False):
    return _shown(Landing(made), brought, merger=merger).by


@pytest.mark.parametrize(
    "made",
    [
        commit(body="Reviewed-by: Bob <bob@acme.test>"),
        commit(body="Reviewed-By: Bob <bob@acme.test>\n\nmore"),
        commit(body="* part\n\nApproved-by: Bob\n\n* other part"),
        commit(body="Acked-by: @bob"),
        commit(body="Reviewed By: bob\n\nDifferential Revision: D12"),
    ],
)
def test_approvals(made):
    assert by(made).startswith("approved by")


@pytest.mark.parametrize(
    "made",
    [
        commit(),
        commit(body="Reviewed-by: Ann <ann@elsewhere.test>"),
        commit(body="Approved-by: mergify[bot]"),
        commit(body="Signed-off-by: Bob <bob@acme.test>"),
        commit(body="Co-authored-by: Bob <bob@acme.test>"),
        commit(committer="Bob"),
        commit("Merge pull request #1 from ann/x", merge=True, author="Bob"),
    ],
)
def test_no_approvals(made):
    assert not by(made)


def test_gates_and_bors():
    change = commit()
    assert by(commit("Merge pull request #1 from ann/x", merge=True, author="k8s-ci-robot"), change)
    assert by(commit('Merge "Add it"', merge=True, author="Zuul"), change)
    assert by(commit("Auto merge of #1 - ann:x, r=bob", merge=True, author="bors"), change)
    assert not by(commit("Auto merge of #1 - ann:x, r=ann", merge=True, author="bors"), change)


def test_who_merged_counts_only_when_asked_for():
    merge = commit("Merge pull request #1 from ann/x", merge=True, author="Bob")
    assert by(merge, commit(), merger=True) == "Bob merged it"
    assert not by(merge, commit(author="Bob"), merger=True)
    assert by(commit(committer="Bob"), merger=True) == "Bob committed it"
    assert not by(commit(committer="GitHub"), merger=True)


def test_commits_that_a_merge_brought_are_read(tmp_path):
    text = "-- a --\na\n-- git log --\n2026-01-01 ann@acme.test Start\n2026-01-02 ann@acme.test More\n"
    repository = lay_out(archive(text), tmp_path)
    from git import Actor, Repo

    with Repo(tmp_path) as repo:
        ann, bob = Actor("Ann", "ann@acme.test"), Actor("Bob", "bob@acme.test")
        base = repo.head.commit
        tip = repo.index.commit(
            "Add\n\nReviewed-by: Eve", parent_commits=[base], author=ann, committer=ann, head=False
        )
        repo.index.commit(
            "Merge pull request #1 from ann/x", parent_commits=[base, tip], author=bob, committer=bob
        )
    merged, _ = repository[SecondPerson].newest(5)
    assert (merged.by, [each.name for each in merged.writers]) == ("approved by Eve", ["Ann"])
    (finding,) = findings_in(second_person_evidence, repository, min_changes=2, min_share=0.9, min_authors=1)
    assert "1 of the last 2 (50%) do" in finding.message


def log(*lines):
    return archive("-- git log --\n2026-01-01 ann@acme.test Start\n" + "\n".join(lines) + "\n")


def test_few_changes_and_one_person_are_not_judged():
    with pytest.raises(NotApplicable, match="too few"):
        findings(second_person_evidence, log("2026-01-02 ann@acme.test A"))
    with pytest.raises(NotApplicable, match="one person"):
        findings(second_person_evidence, log(*["2026-01-02 ann@acme.test A"] * 5), min_changes=3)
