"""SUP004: who is named as an owner, and when they were last seen."""

import pytest
from productops_rules.support.owners_active import owners_active

from pytest_productops.api import Individuals, NotApplicable, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings, findings_in, lay_out

OLD = "2024-01-05 bob@acme.test Start"
NEW = "2026-06-01 ann@acme.test Add the basket"
NOW = "-- now --\n2026-11-22\n"


def judge(text, *log, **options):
    return findings(
        owners_active, archive(f"{text}\n-- git log --\n" + "\n".join(log) + f"\n{NOW}"), **options
    )


def sign(root, name, email, day, subject="Change"):
    from git import Actor, Repo

    with Repo(root) as repo:
        person, when = Actor(name, email), f"{day}T12:00:00 +0000"
        repo.index.commit(subject, author=person, committer=person, author_date=when, commit_date=when)


def test_the_message_says_since_when_nothing_is_seen():
    (finding,) = judge("-- CODEOWNERS --\n* ann@acme.test bob@acme.test\n", OLD, NEW)
    assert (finding.key, str(finding.location)) == ("bob@acme.test", "CODEOWNERS:1")
    assert finding.message == (
        "CODEOWNERS lists bob@acme.test, who has no commit, merge or trailer since 2025-11-22; last seen 2024-01-05"
    )


@pytest.mark.parametrize("trailer", ["Reviewed-by: bob@acme.test", "Co-authored-by: bob@acme.test"])
def test_a_trailer_is_taking_part(trailer):
    assert judge("-- CODEOWNERS --\n* ann@acme.test bob@acme.test\n", OLD, f"{NEW} {{{trailer}}}") == ()


def test_whom_history_does_not_know_is_unknown_and_never_inactive():
    with pytest.raises(Unavailable, match="who is @stranger: say in `people`"):
        judge("-- CODEOWNERS --\n* @stranger ann@acme.test\n", OLD, NEW)
    assert judge("-- CODEOWNERS --\n* @stranger\n", OLD, NEW, people=("@stranger = ann@acme.test",)) == ()
    (finding,) = judge("-- CODEOWNERS --\n* @stranger bob@acme.test\n", OLD, NEW)
    assert finding.key == "bob@acme.test"


def test_a_handle_is_found_by_the_address_that_the_forge_gives_out(tmp_path):
    repository = lay_out(archive(f"-- CODEOWNERS --\n* @bobm\n-- git log --\n{OLD}\n{NOW}"), tmp_path)
    sign(tmp_path, "Robert Miller", "7+bobm@users.noreply.github.com", "2024-05-01")
    (finding,) = findings_in(owners_active, repository)
    assert "@bobm (Robert Miller)" in finding.message
    assert "2024-05-01" in finding.message


def test_a_full_name_is_one_person_under_all_addresses(tmp_path):
    repository = lay_out(archive(f"-- CODEOWNERS --\n* @bobm\n-- git log --\n{OLD}\n{NOW}"), tmp_path)
    sign(tmp_path, "Robert Miller", "7+bobm@users.noreply.github.com", "2024-05-01")
    sign(tmp_path, "Robert Miller", "rob@elsewhere.test", "2026-05-01")
    assert findings_in(owners_active, repository) == ()


def test_a_nickname_alone_is_not_enough_to_say_that_somebody_left(tmp_path):
    repository = lay_out(archive(f"-- CODEOWNERS --\n* @bobm\n-- git log --\n{OLD}\n{NOW}"), tmp_path)
    sign(tmp_path, "b0b", "7+bobm@users.noreply.github.com", "2024-05-01")
    with pytest.raises(Unavailable, match="@bobm"):
        findings_in(owners_active, repository)


def test_a_handle_that_looks_like_somebody_who_is_there_is_active(tmp_path):
    repository = lay_out(archive(f"-- CODEOWNERS --\n* @gaborbernat\n-- git log --\n{OLD}\n{NOW}"), tmp_path)
    sign(tmp_path, "Gábor Bernát", "g@elsewhere.test", "2026-05-01")
    assert findings_in(owners_active, repository) == ()


def test_teams_programs_and_emeriti_are_left_out(repository):
    text = """
-- CODEOWNERS --
* @acme/team @acme-bot ann@acme.test
-- MAINTAINERS.md --
# Maintainers
| Name | Handle |
|---|---|
| Eve Jones | [@eve](https://github.com/eve) |

## Emeritus maintainers
- Bob Miller (@bobm)

Former maintainers:

- Dan Brown (@dan)
"""
    people = repository(text)[Individuals].all
    assert [each.name for each in people] == ["ann@acme.test", "Eve Jones"]


def test_aliases_of_owners_files_are_their_members(repository):
    text = """
-- OWNERS --
approvers:
  - leads
  - eve-j
emeritus_approvers:
  - gone
-- OWNERS_ALIASES --
aliases:
  leads:
    - ann-s
    - bob-m
"""
    people = repository(text)[Individuals].all
    assert [(each.name, str(each.location)) for each in people] == [
        ("ann-s", "OWNERS_ALIASES:3"), ("bob-m", "OWNERS_ALIASES:4"), ("eve-j", "OWNERS:3"),
    ]  # fmt: skip


def test_nobody_to_look_for():
    with pytest.raises(NotApplicable, match="only teams"):
        judge("-- CODEOWNERS --\n* @acme/team\n", OLD, NEW)
    with pytest.raises(NotApplicable, match="no file"):
        judge("-- README.md --\n# Shop\n", OLD, NEW)


def test_a_wrong_window_is_said():
    with pytest.raises(ValueError, match="'soon' is no span"):
        judge("-- CODEOWNERS --\n* ann@acme.test\n", OLD, NEW, window="soon")


def test_who_is_told_what_they_sign_with_may_have_left():
    (finding,) = judge(
        "-- CODEOWNERS --\n* @bob\n", OLD.replace("ann", "bob"), NEW, people=("@bob = bob@acme.test",)
    )
    assert finding.key == "@bob"
