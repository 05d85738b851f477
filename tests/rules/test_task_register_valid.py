"""OPS001."""

import pytest
from productops_rules.operations.task_register_valid import task_register_valid

from pytest_productops.api import NotApplicable
from pytest_productops.manual import archive
from pytest_productops.testing import findings

TASK = """\
-- .productops/tasks.toml --
{0}
[[task]]
id = "restore-drill"
title = "Restore"
kind = "critical"
stage = "operate"
owner = "platform"
cadence = "6mo"
started = 2026-01-05
procedure = "{1}"
evidence = [{{ type = "trailer" }}]
"""
OWNERS = '[owners.platform]\nmembers = ["@ann"]\ncontact = "#ops"\n'
RESTORE = "-- docs/restore.md --\n# Restore\n## Steps\nLoad the dump.\n"


def judge(text, **options):
    return [(f.key, f.message) for f in findings(task_register_valid, archive(text), **options)]


def test_none_is_not_applicable_unless_required():
    with pytest.raises(NotApplicable):
        judge("-- README.md --\nx\n")
    assert [key for key, _ in judge("-- README.md --\nx\n", required=True)] == ["missing"]
    assert [key for key, _ in judge("-- README.md --\nx\n", required_ids=("restore-drill",))] == ["missing"]


@pytest.mark.parametrize("body", ["", "# nothing\n", "[[task]\n", "[[task]]\nid = 3\n"])
def test_a_register_that_says_nothing_fails(body):
    assert judge(f"-- .productops/tasks.toml --\n{body}")


@pytest.mark.parametrize(
    ("procedure", "reason"),
    [
        ("docs/restore.md#steps", ""),
        ("docs/restore.md", ""),
        ("https://example.org/restore", ""),
        ("docs/other.md", "docs/other.md does not exist"),
        ("docs/restore.md#undo", "docs/restore.md has no anchor #undo"),
    ],
)
def test_procedures(procedure, reason):
    message = f"restore-drill: the procedure {procedure} leads nowhere: {reason}"
    found = judge(TASK.format(OWNERS, procedure) + RESTORE)
    assert found == ([("restore-drill.procedure", message)] if reason else [])


@pytest.mark.parametrize(
    ("owners", "keys"),
    [
        ("[owners.platform]\n", ["platform.contact"]),
        (OWNERS + 'escalate = "lead"\n', ["platform.escalate"]),
        (OWNERS + 'escalate = "#oncall"\n', []),
        (OWNERS + 'escalate = "lead"\n[owners.lead]\nmembers = ["@bob"]\n', []),
        ("", []),
    ],
)
def test_owners(owners, keys):
    assert [key for key, _ in judge(TASK.format(owners, "docs/restore.md") + RESTORE)] == keys


def test_required_tasks():
    text = TASK.format(OWNERS, "docs/restore.md") + RESTORE
    assert judge(text, required_ids=("restore-drill",)) == []
    assert [key for key, _ in judge(text, required_ids=("rotation",))] == ["rotation"]


def test_milestones():
    milestone = '[[milestone]]\nid = "v2"\ntitle = "Two"\nowner = "platform"\ndue = 2026-12-01\nspec = "docs/v2.md"\ncriteria = ["test.suite", "test.siute"]\nevidence = [{ type = "tag", pattern = "v2" }]\n'
    done = "-- .productops/done.toml --\n[[stage]]\nid = 'test'\n[[stage.criterion]]\nid = 'test.suite'\ntext = 'It passes'\ncheck = { rule = 'DEV001' }\n"
    text = TASK.format(OWNERS, "docs/restore.md") + milestone + RESTORE + done
    assert [key for key, _ in judge(text)] == ["v2.spec", "v2.test.siute"]


def test_scheduled_pipelines():
    ci = "-- .github/workflows/audit.yml --\non:\n  schedule:\n    - cron: '1 2 * * *'\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: make\n"
    text = TASK.format(OWNERS, "docs/restore.md") + RESTORE + ci
    assert judge(text) == []
    assert [key for key, _ in judge(text, schedules=True)] == [".github/workflows/audit.yml.unregistered"]
    assert judge(text, schedules=True, unregistered_ok=(".github/*",)) == []
    kept = text.replace('{ type = "trailer" }', '{ type = "workflow", path = ".github/workflows/audit.yml" }')
    assert judge(kept, schedules=True) == []


def places(text):
    return [(f.location.line, f.message) for f in findings(task_register_valid, archive(text))]


MILESTONE = '[[milestone]]\nid = "v2"\ntitle = "Two"\nowner = "platform"\ndue = 2026-12-01\n'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('owner = "platform"\ncadence', 'owner = "plattform"\ncadence',
         (10, "task restore-drill: owner 'plattform' is not in [owners]; did you mean `platform`?")),
        ('owner = "platform"\ndue', 'owner = "ann"\ndue', (18, "milestone v2: owner 'ann' is not in [owners]; known: platform")),
        ('owner = "platform"\ncadence', 'owner = " "\ncadence', (10, 'task[0].owner = " ": expected a text that is not empty')),
        ("due = 2026-12-01", f"due = 2026-12-01\nevidence = [{{ type = 'tag', pattern = '{'v' * 1001}' }}]",
         (20, f'milestone[0].evidence[0].pattern = "{"v" * 59}: expected at most 1000 characters')),
        ("2026-01-05", '"2026-02-30"', (12, 'task[0].started = "2026-02-30": expected a day such as 2026-01-05')),
        ("2026-01-05", '"soon"', (12, 'task[0].started = "soon": expected a day such as 2026-01-05')),
        ("2026-12-01", '"Q4"', (19, 'milestone[0].due = "Q4": expected a day such as 2026-01-05')),
        ('"6mo"', '"half a year"', (11, 'task[0].cadence = "half a year": expected a span such as 90d, 2w, 6mo, 1y or P6M')),
    ],
)  # fmt: skip
def test_owners_and_days_have_lines(old, new, expected):
    text = TASK.format(OWNERS, "docs/restore.md") + MILESTONE
    assert places(text + RESTORE) == []
    assert places(text.replace(old, new) + RESTORE) == [expected]


def test_a_day_that_no_calendar_holds_is_no_toml():
    text = TASK.format(OWNERS, "docs/restore.md").replace("2026-01-05", "2026-02-30") + RESTORE
    ((line, message),) = places(text)
    assert line == 12
    assert message.startswith("the register is no valid TOML: ")
