"""Who is who in a history, and who took part in a commit."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.api import Commit, Signature
from pytest_productops.facts.people.identities import Identities, mailmap, signed
from pytest_productops.facts.people.taking_part import credits_as, everybody, from_fork


def commit(subject, body="", *, author="Ann Smith", committer="", merge=False):
    return Commit(
        "0" * 40, datetime.date(2026, 1, 1), author, f"{author.split()[0].lower()}@acme.test", subject,
        parents=("a", "b")[: 1 + merge], committer=committer or author, committer_email="x@acme.test", body=body,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Smith <ann@acme.test>", Signature("Ann Smith", "ann@acme.test")),
        ("@ann", Signature(handle="ann")),
        ("ann@acme.test", Signature(email="ann@acme.test")),
        ("Ann Smith", Signature("Ann Smith")),
        ("<ann@acme.test>", Signature(email="ann@acme.test")),
        ("Ann <not an address>", Signature()),
        ("", Signature()),
    ],
)
def test_a_signature_is_read(text, expected):
    assert signed(text) == expected


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    keys = signed(text).keys
    assert len(keys) <= 3
    list(mailmap(text))
    Identities().join(keys)


@pytest.mark.parametrize(
    ("signature", "keys"),
    [
        (Signature("Ann Smith", "Ann@Acme.test"), ("ann@acme.test", "=ann smith")),
        (Signature("Ann", "12+ann-s@users.noreply.github.com"), ("@ann-s",)),
        (Signature("Ann", "12-ann@users.noreply.gitlab.com"), ("@ann",)),
        (Signature("Ann", "noreply@github.com"), ("=ann",)),
        (Signature("ann", "root@localhost"), ("=ann",)),
        (Signature("Ann Smith (she/her)", ""), ("=ann smith",)),
    ],
)
def test_what_tells_that_two_signatures_are_one_persons(signature, keys):
    assert signature.keys == keys


def test_keys_that_came_together_are_one_person():
    who = Identities()
    for keys in (("@ann", "=ann smith"), ("ann@acme.test", "=ann smith"), ("bob@acme.test", "=bob miller")):
        who.join(keys)
    who.join(())
    assert who.of("@ann") == who.of("ann@acme.test") != who.of("bob@acme.test")


def test_looks_alike():
    assert Signature("Gábor Bernát").looks & Signature(handle="gaborbernat").looks
    assert not Signature("Ann", "info@acme.test").looks & Signature("Bob", "info@other.test").looks


def test_mailmap():
    text = "# people\nAnn Smith <ann@acme.test> <3+ann@users.noreply.github.com>\n<bob@acme.test> Bob <bob@old.test>\n"
    assert list(mailmap(text)) == [
        ("ann@acme.test", "@ann", "=ann smith"),
        ("bob@acme.test", "bob@old.test"),
    ]


@pytest.mark.parametrize("name", ["dependabot[bot]", "Cursor", "Copilot App", "github-actions", ""])
def test_programs_are_nobody(name):
    assert Signature(name).bot


def test_everybody_whom_a_commit_names():
    made = commit(
        "Merge pull request #3 from bob-m/till",
        "Text.\n* one\n\nReviewed-by: Eve Jones <eve@acme.test>\n* two\nApproved-by: dependabot[bot]\nTested by: @dan\n",
        committer="GitHub",
        merge=True,
    )
    told = {each.name or each.handle for each in everybody(made)}
    assert told == {"Ann Smith", "bob-m", "Eve Jones", "dan"}
    assert [each.name for each in credits_as(made, "reviewed-by")] == ["Eve Jones"]


def test_bors():
    made = commit(
        "Auto merge of #12 - ann:till, r=bob", merge=True, author="bors[bot]", committer="bors[bot]"
    )
    assert from_fork(made) == "ann"
    assert {each.handle for each in everybody(made)} == {"ann", "bob"}
