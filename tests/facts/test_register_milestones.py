"""Milestones: met, when and by what; late; not to be told."""

import datetime

import pytest

from pytest_productops.facts.register import Register
from pytest_productops.facts.register.milestones import NO_EVIDENCE, SCHEDULE, Milestones

DAY = datetime.date.fromisoformat


def reached(repository, evidence, rest, due="2026-06-01"):
    entry = f'[[milestone]]\nid = "v2"\ntitle = "Version 2"\nowner = "platform"\ndue = {due}\n'
    made = repository(f"-- .productops/tasks.toml --\n{entry}evidence = [{evidence}]\n{rest}")
    (milestone,) = made[Register].milestones
    return made[Milestones].reached(milestone)


TAG = '{ type = "tag", pattern = "v2.*" }'


@pytest.mark.parametrize(
    ("evidence", "log", "now", "day", "late"),
    [
        (TAG, "2026-05-01 a@x.org Two <v2.0>\n2026-07-01 a@x.org More <v2.1>", "2026-08-01", "2026-05-01", 0),
        (TAG, "2026-06-11 a@x.org Two <v2.0>", "2026-08-01", "2026-06-11", 10),
        (TAG, "2026-05-01 a@x.org One <v1.0>", "2026-06-01", None, 0),
        (TAG, "2026-05-01 a@x.org One <v1.0>", "2026-06-02", None, 1),
        ('{ type = "trailer" }', "2026-05-01 a@x.org Do {Task-Done: v2}", "2026-08-01", "2026-05-01", 0),
        ('{ type = "commit", paths = ["docs/v2.md"] }', "2020-05-01 a@x.org Do [+docs/v2.md]", "2026-08-01", "2020-05-01", 0),
        ('{ type = "record", path = "r/*.md", date = "filename" }', "2026-05-02 a@x.org Do [+r/2026-05-01.md]", "2026-08-01", "2026-05-01", 0),
        ('{ type = "record", path = "r/*.md", date = "filename" }', "2026-09-02 a@x.org Do [+r/2026-05-01.md]", "2026-09-03", None, 94),
        (f'{{ type = "trailer" }}, {TAG}', "2026-05-01 a@x.org Two <v2.0>\n2026-05-03 a@x.org x {Task-Done: v2}", "2026-08-01", "2026-05-01", 0),
    ],
)  # fmt: skip
def test_when_it_was_met(repository, evidence, log, now, day, late):
    found = reached(
        repository, evidence, f"-- git log --\n2019-01-01 a@x.org Begin\n{log}\n-- now --\n{now}\n"
    )
    assert (found.day, found.late, found.unknown) == (DAY(day) if day else None, late, ())
    assert (found.evidence is None) == (day is None)


@pytest.mark.parametrize(
    ("evidence", "log", "unknown"),
    [
        ("", "2026-01-01 a@x.org Begin", NO_EVIDENCE),
        ('{ type = "workflow", path = "x.yml" }', "2026-01-01 a@x.org Begin", SCHEDULE),
        (
            TAG,
            "2026-01-01 a@x.org Begin",
            "there are no tags here: run git fetch --tags, or fetch them in CI",
        ),
    ],
)
def test_what_cannot_be_told(repository, evidence, log, unknown):
    found = reached(repository, evidence, f"-- git log --\n{log}\n-- now --\n2026-07-01\n")
    assert (found.day, found.late, found.unknown) == (None, 30, (unknown,))


def test_without_git(repository):
    found = reached(repository, '{ type = "trailer" }', "-- now --\n2026-07-01\n")
    assert found.unknown[0].startswith("not a git repository")
