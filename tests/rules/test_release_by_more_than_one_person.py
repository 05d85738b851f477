"""REP008: who cut the releases."""

import pytest
from productops_rules.repeatability.release_by_more_than_one_person import release_by_more_than_one_person

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings, findings_in, lay_out

NOW = "-- now --\n2026-11-22\n"


def judge(*log, **options):
    text = "-- git log --\n" + "\n".join(log) + f"\n{NOW}"
    return findings(release_by_more_than_one_person, archive(text), **options)


def releases(*who, subject="Release"):
    return [f"2026-0{n}-05 {name}@acme.test {subject} 1.{n}.0 <v1.{n}.0>" for n, name in enumerate(who, 1)]


def test_the_message_names_who_and_which():
    (finding,) = judge(*releases("ann", "ann", "ann", "ann"))
    assert finding.message == (
        "git names ann alone for the last 4 releases, from v1.1.0 of 2026-01-05 on (v1.4.0, v1.3.0, v1.2.0 ...);"
        " at least 2 people shall"
    )
    assert judge(*releases("ann", "ann", "bob", "ann")) == ()
    assert judge(*releases("ann", "bob", "ann"), min_people=3)


def test_a_plain_tag_on_any_commit_is_unknown():
    lines = [f"2026-0{n}-05 ann@acme.test Add {n} things <v1.{n}.0>" for n in range(1, 5)]
    with pytest.raises(Unavailable, match=r"does not tell who made v1\.4\.0"):
        judge(*lines)


def test_a_version_commit_shortly_before_the_tag_counts():
    log = [
        line
        for n in range(1, 5)
        for line in (
            f"2026-0{n}-04 ann@acme.test Bump to 1.{n}.0",
            f"2026-0{n}-05 bob@acme.test Add {n} things <v1.{n}.0>",
        )
    ]
    (finding,) = judge(*log)
    assert "ann alone" in finding.message


def test_programs():
    names = ["release-please[bot]"] * 4
    assert judge(*releases(*names)) == ()
    assert judge(*releases(*names), bot_counts=False)


def test_too_few_releases():
    with pytest.raises(NotApplicable, match="2 releases since 2025-11-22"):
        judge(*releases("ann", "ann"))
    with pytest.raises(NotApplicable, match="0 releases"):
        judge("2026-01-01 ann@acme.test Start")


def test_the_maker_of_an_annotated_tag_counts(tmp_path):
    from git import Repo

    log = "\n".join(f"2026-0{n}-05 ann@acme.test Add {n}" for n in range(1, 5))
    repository = lay_out(archive(f"-- a --\na\n-- git log --\n{log}\n{NOW}"), tmp_path)
    names = ["Ann", "Ann", "Ann", "Bob"]
    with Repo(tmp_path) as repo:
        for n, commit in enumerate(reversed(list(repo.iter_commits()))):
            made = {"GIT_COMMITTER_NAME": names[n], "GIT_COMMITTER_EMAIL": f"{names[n].lower()}@acme.test"}
            repo.git.update_environment(**made, GIT_COMMITTER_DATE=f"2026-0{n + 1}-05T12:00:00Z")
            repo.git.tag("-a", f"v1.{n}.0", "-m", "x", commit.hexsha)
    assert findings_in(release_by_more_than_one_person, repository) == ()
    assert findings_in(release_by_more_than_one_person, repository, min_people=3)
