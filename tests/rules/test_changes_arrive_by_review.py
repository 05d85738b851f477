"""SUP007, and the signs of a change request."""

import datetime
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from productops_rules.support.changes_arrive_by_review import EXEMPT, changes_arrive_by_review

from pytest_productops.api import Commit, NotApplicable, Unavailable
from pytest_productops.facts.changes.signs import doubt, of_a_bot, sign, sync
from pytest_productops.manual import archive
from pytest_productops.testing import findings


def commit(subject, body="", *, merge=False, author="Ann", committer="Ann", delay=0, trailers=()):
    return Commit(
        "0" * 40, datetime.date(2026, 1, 1), author, f"{author.lower()}@example.org", subject, tuple(trailers),
        parents=("a", "b")[: 1 + merge], committer=committer, committer_email=f"{committer.lower()}@example.org",
        body=body, delay=delay,
    )  # fmt: skip


@pytest.mark.parametrize(
    "made",
    [
        commit("Add the till (#12)"),
        commit("Add the till (!12)"),
        commit("Add the till (acme/shop#12)"),
        commit("Add the till (gh-12)"),
        commit("Auto merge of #12 - ann:till, r=bob"),
        commit("Add the till", "See merge request acme/shop!12"),
        commit("Add the till", "Text.\n\nPR-URL: https://example.org/12"),
        commit("Add the till", "Change-Id: I0123"),
        commit("Add the till", "Differential Revision: D12"),
        commit("Add the till", "Part-of: <https://example.org/merge_requests/12>"),
        commit("Add the till", trailers=[("Reviewed-by", "Bob <bob@example.org>")]),
        commit("Merge pull request #12 from ann/till", merge=True),
        commit("Merge branch 'till' into 'main'", merge=True),
    ],
    ids=lambda made: made.body or made.subject,
)
def test_signs(made):
    assert sign(made)
    assert not sync(made)


@pytest.mark.parametrize(
    ("made", "doubtful"),
    [
        (commit("Add the till"), False),
        (commit("Add the till", trailers=[("Reviewed-by", "Ann <ann@example.org>")]), False),
        (commit("Add the till", trailers=[("Signed-off-by", "Ann <ann@example.org>")]), False),
        (commit("Add the till", "Fixes #12"), True),
        (commit("SHOP-12 Add the till"), True),
        (commit("Add the till", committer="GitHub"), True),
        (commit("Add the till", committer="Bob"), True),
        (commit("Add the till", delay=3600), True),
        (commit("Add the till", "(cherry picked from commit 0123456)"), True),
    ],
)
def test_without_a_sign_it_may_be_in_doubt(made, doubtful):
    assert not sign(made)
    assert bool(doubt(made)) is doubtful


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Merge branch 'main' of https://example.org/acme/shop", True),
        ("Merge remote-tracking branch 'origin/main'", True),
        ("Merge branch 'main' into topic", True),
        ("Merge branch '2.x'", True),
        ("Merge tag 'v1.0'", True),
        ("Merge branch 'release/1.0' into main", True),
        ("Merge branch 'basket'", False),
        ("Merge branch 'maintain-basket'", False),
        ("Merge pull request #1 from ann/main", False),
    ],
)
def test_merges_that_bring_nothing_new(subject, expected):
    assert sync(commit(subject, merge=True)) is expected


def test_programs():
    assert of_a_bot(commit("Bump x from 1 to 2 (#3)", author="dependabot[bot]"))
    assert of_a_bot(commit("Merge pull request #1 from acme/dependabot/npm/x-2", merge=True))
    assert not of_a_bot(commit("Merge pull request #1 from ann/basket", merge=True, author="bors[bot]"))


def log(*lines):
    days = (datetime.date(2026, 1, 1) + datetime.timedelta(days=n) for n in range(100))
    return "-- git log --\n2025-12-01 ann@example.org Start\n" + "\n".join(
        f"{day} {line}" for day, line in zip(days, lines, strict=False)
    )


def judge(text, **options):
    return findings(changes_arrive_by_review, archive(text + "\n"), **{"min_changes": 5, **options})


MIXED = [
    "ann@example.org Add a (#1)",
    "bob@example.org Add b",
    "ann@example.org Add c",
    "bob@example.org Add d",
]


def test_the_message_names_share_and_newest():
    (finding,) = judge(log(*MIXED, *MIXED))
    assert finding.key == "direct"
    assert finding.message.startswith(
        "80% of the changes shall come by a change request, but 6 of the last 8 (75.0%) were pushed onto the mainline"
        " directly; newest: "
    )
    assert "2026-01-08 bob: Add d; " in finding.message


def test_solo_and_small_projects_are_not_judged():
    with pytest.raises(NotApplicable, match="one person"):
        judge(log(*["ann@example.org Add a"] * 30, "bob@example.org Add b (#1)"))
    with pytest.raises(NotApplicable, match="too few"):
        judge(log(*MIXED), min_changes=20)


def test_what_leaves_no_mark_is_unknown():
    closing = ["ann@example.org Add a, fix #1", "bob@example.org Add b", "ann@example.org Add c (#3)"]
    with pytest.raises(Unavailable, match="2 of the last 6 changes show a change request"):
        judge(log(*closing, *closing), min_share=0.6)
    with pytest.raises(Unavailable, match="0 of the last 8"):
        judge(log(*[line.replace(" (#1)", "") for line in MIXED * 2]))


def test_markers_and_exemptions():
    lines = [line.replace(" (#1)", "") + " via desk" for line in MIXED]
    assert judge(log(*lines, *lines), markers=("via desk",)) == ()
    released = ["ann@example.org Release 1.0", "bob@example.org chore: release 1.1", "ann@example.org v1.2"]
    notes = ["bob@example.org Note it [+CHANGELOG.md]"]
    assert (
        judge(log(*["ann@example.org Add a (#1)", "bob@example.org Add b (#2)"] * 3, *released, *notes)) == ()
    )


def test_programs_do_not_count():
    lines = ["ann@example.org Add a (#1)", "bob@example.org Add b (#2)", "renovate[bot]@example.org Bump c"]
    assert judge(log(*lines * 3)) == ()


@given(st.text(max_size=200), st.text(max_size=400), st.booleans())
def test_any_message_is_read(subject, body, merge):
    made = commit(subject, body, merge=merge)
    sign(made), doubt(made), sync(made), of_a_bot(made)


@pytest.mark.parametrize("text", ["Merge " * 3000, "(#" * 9000, "a-" * 9000, "Reviewed-by: " * 2000])
def test_long_messages_are_read_at_once(text):
    made = commit(text, text, merge=True)
    started = time.perf_counter()
    sign(made), doubt(made), sync(made), of_a_bot(made)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "subject",
    [
        "[maven-release-plugin] prepare for next development iteration",
        "(cargo-release) version 1.2.3",
        "chore(release): publish",
        "Release v1",
        "Prepare for next development iteration",
        "Version bump",
        "Set version to 1.2",
        "[readme] Bump the version",
        ":bookmark: Release 1.2",
        "Cut a new release",
        "Begin development of 5.1",
    ],
)
def test_what_a_release_commits_needs_no_request(subject):
    assert re.search(EXEMPT, subject, re.IGNORECASE)


@pytest.mark.parametrize(
    "subject", ["Fix the released list", "[websocket] Disable pings", "Make the page faster"]
)
def test_what_only_sounds_like_a_release_needs_one(subject):
    assert not re.search(EXEMPT, subject, re.IGNORECASE)
