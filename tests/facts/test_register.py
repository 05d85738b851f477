"""The task register: its format, spans, schedules, evidence, and who is late."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.formats.cron import cron, longest_gap
from pytest_productops.facts.register import Register, read
from pytest_productops.facts.register.cadence import span
from pytest_productops.facts.register.records import entries, in_name
from pytest_productops.facts.register.runs import STABLE, Runs
from pytest_productops.facts.register.schedule import schedule

DAY = datetime.date.fromisoformat
TASK = """\
[[task]]
id = "drill"
title = "Restore a backup"
kind = "{kind}"
stage = "operate"
owner = "platform"
{when}
started = 2026-01-05
procedure = "docs/restore.md#steps"
"""


def register(evidence, when='cadence = "3mo"', kind="routine"):
    return TASK.format(kind=kind, when=when) + evidence


def status(repository, evidence, rest, **given):
    made = repository(f"-- .productops/tasks.toml --\n{register(evidence, **given)}{rest}")
    (task,) = made[Register].tasks
    return made[Runs].status(task)


def messages(text):
    return [(problem.location.line, problem.message) for problem in read(text).problems]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("10d", "2026-01-31", "2026-02-10"),
        ("2w", "2026-01-31", "2026-02-14"),
        ("1mo", "2026-01-31", "2026-02-28"),
        ("1mo", "2024-01-31", "2024-02-29"),
        ("13mo", "2026-12-15", "2028-01-15"),
        ("1y", "2024-02-29", "2025-02-28"),
        ("P6M", "2026-08-31", "2027-02-28"),
        ("9999y", "2026-01-01", "9999-12-31"),
    ],
)
def test_span_after(text, day, expected):
    assert span(text).after(DAY(day)) == DAY(expected)


@pytest.mark.parametrize("text", ["", "6", "mo", "6m", "-1d", "1.5d", "P6", "PT6H", "P1Y6M", "99999d"])
def test_no_span(text):
    assert span(text) is None


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["0 4 * * *"], 1),
        (["*/5 * * * *"], 1),
        (["0 4 * * 1"], 7),
        (["0 4 * * MON,thu"], 4),
        (["0 4 * * 1-5"], 3),
        (["0 0 1 * *"], 31),
        (["0 0 1 1,4,7,10 *"], 92),
        (["0 0 1 */3 *"], 92),
        (["0 0 1 jan *"], 366),
        (["0 0 */2 * *"], 2),
        (["0 0 1 * 1"], 7),
        (["0 0 * * 0", "0 0 * * 3"], 4),
        (["0 0 * * 7"], 7),
        ([], None),
        (["0 0 30 2 *"], None),
    ],
)
def test_longest_gap(lines, days):
    assert longest_gap(cron(line) for line in lines) == days


@pytest.mark.parametrize(
    "line", ["", "@daily", "* * * *", "61 * * * *", "0 0 0 * *", "a b c d e", "0 0 * * 1-", "0 0 */0 * *"]
)
def test_no_cron(line):
    assert cron(line) is None


@given(st.text("0123456789*/,- adfmonst", max_size=30))
def test_any_line_is_read_or_refused(line):
    assert cron(line) is None or longest_gap([cron(line)]) is None or longest_gap([cron(line)]) >= 1


def test_whole_register():
    found = read(
        """\
schema = "productops.tasks/1"
[defaults]
grace = "7d"
[owners.platform]
members = ["@alice", "bob@example.com"]
contact = "#platform"
"""
        + register('[[task.evidence]]\ntype = "trailer"\n')
        + """\
[[milestone]]
id = "v2"
title = "Version 2"
owner = "platform"
due = 2026-12-01
criteria = ["release.changelog"]
[[milestone.evidence]]
type = "tag"
pattern = "v2.0.0"
"""
    )
    assert found.problems == ()
    (task,) = found.tasks
    assert (task.id, task.started, task.cadence.text, task.grace.text) == (
        "drill",
        DAY("2026-01-05"),
        "3mo",
        "7d",
    )
    assert (str(task.location), str(task.evidence[0].location)) == (
        ".productops/tasks.toml:7",
        ".productops/tasks.toml:16",
    )
    assert found.owners[0].members == ("@alice", "bob@example.com")
    assert (found.milestones[0].due, found.milestones[0].evidence[0].pattern) == (DAY("2026-12-01"), "v2.0.0")


def test_defaults_are_not_for_critical_tasks():
    text = '[defaults]\ngrace = "7d"\n' + register('evidence = [{ type = "trailer" }]', kind="critical")
    assert read(text).tasks[0].grace is None


def test_every_mistake_has_its_line():
    text = """\
[[task]]
id = "one"
titel = "Typo"
kind = "sometimes"
stage = "operate"
owner = "platform"
cadence = "6m"
started = "soon"
procedure = "x.md"
evidence = [
    { type = "trailer" },
    { type = "record", path = "a/*.md" },
    { type = "tag", pattern = "v*", key = "x" },
]
"""
    assert messages(text) == [
        (1, "task[0] has no `title`"),
        (3, "unknown key `titel` in task[0]; did you mean `title`?"),
        (4, 'task[0].kind = "sometimes": expected one of routine, critical'),
        (7, 'task[0].cadence = "6m": expected a span such as 90d, 2w, 6mo, 1y or P6M'),
        (8, 'task[0].started = "soon": expected a day such as 2026-01-05'),
        (12, "task[0].evidence[1] has no `date`"),
        (13, "`key` means nothing for evidence of type tag"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, "the register holds no task")]),
        ("# soon\n", [(0, "the register holds no task")]),
        (
            "[[task]\n",
            [(1, "the register is no valid TOML: Expected ']]' at the end of an array declaration")],
        ),
        ("task = 1\n", [(0, "the register holds no task"), (1, "task = 1: expected a list")]),
        (
            "tasks = []\n",
            [(0, "the register holds no task"), (1, "unknown key `tasks` in the file; did you mean `task`?")],
        ),
    ],
)
def test_what_is_no_register(text, expected):
    assert messages(text) == expected


def test_mistakes_across_tasks():
    one = register('evidence = [{ type = "trailer" }]\n')
    both = register('evidence = [{ type = "trailer" }]\n', when='cadence = "1d"\non = "release"')
    assert messages("[owners.platfrom]\n" + one + one) == [
        (7, "task drill: owner 'platform' is not in [owners]; did you mean `platfrom`?"),
        (13, "task drill is there 2 times"),
        (17, "task drill: owner 'platform' is not in [owners]; did you mean `platfrom`?"),
    ]
    assert messages(both) == [(1, "task drill: give either `cadence` or `on`")]
    assert len(read(one + one).tasks) == 1


@given(
    st.recursive(
        st.text(max_size=4) | st.integers() | st.booleans(),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(["task", "owners", "id", "evidence", "type", "milestone", "x"]), x, max_size=4
            )
        ),
    )
)
def test_any_data_is_read(data):
    import tomli_w

    if isinstance(data, dict):
        read(tomli_w.dumps(data))


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("r/2026-01-10.md", "2026-01-10"),
        ("r/restore-20260110-ann.md", "2026-01-10"),
        ("r/2026_01_10_drill.md", "2026-01-10"),
        ("r/2026/01/10.md", "2026-01-10"),
        ("r/2026-02-30.md", None),
        ("r/README.md", None),
        ("r/build-1202601101.md", None),
    ],
)
def test_day_in_a_name(path, day):
    assert in_name(path) == (DAY(day) if day else None)


@pytest.mark.parametrize(
    ("path", "text", "where", "expected"),
    [
        ("a.md", "---\ndate: '2026-01-10'\n---\nx", "front-matter:date", [("2026-01-10", 2)]),
        ("a.md", "+++\ndate = 2026-01-10\n+++\nx", "front-matter:date", [("2026-01-10", 2)]),
        ("a.md", "date: 2026-01-10\n", "front-matter:date", []),
        (
            "a.md",
            "# Log\n## 2026-01-10\nx\n## 2026-02-30\n## v1 (2026-03-01)\n",
            "heading",
            [("2026-01-10", 2), ("2026-03-01", 5)],
        ),
        ("a.rst", "2026-01-10\n==========\nx\n", "heading", [("2026-01-10", 1)]),
        (
            "a.md",
            "| Date | Who |\n|---|---|\n| 2026-01-10 | Ann |\n| soon | Bob |\n",
            "table:date",
            [("2026-01-10", 3)],
        ),
        ("a.csv", "Date,Who\n2026-01-10,Ann\n", "table:Date", [("2026-01-10", 2)]),
        ("2026-01-10.md", "\n", "filename", []),
        ("2026-01-10.md", "Went well\n", "filename", [("2026-01-10", 0)]),
    ],
)
def test_entries(path, text, where, expected):
    assert [(str(entry.day), entry.line) for entry in entries(path, text, where)] == expected


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("result: ok\nduration: 40 min\n", ()),
        ("- **Result**: ok\n- **Duration:** 40 min\n", ()),
        ("# Result\n\nok\n\n# Duration\n40\n", ()),
        ("| Result | ok |\n", ("duration",)),
        ("result:\nduration: TBD\n", ("result", "duration")),
        ("results: ok\n", ("result", "duration")),
    ],
)
def test_required_fields(text, lacking):
    (entry,) = entries("2026-01-10.md", text, "filename")
    assert entry.lacks(("result", "duration")) == lacking


@pytest.mark.parametrize("label", ["lead time", "Lead-Time", "lead_time"])
def test_a_field_of_several_words(label):
    (entry,) = entries("2026-01-10.md", f"- {label}: 40 min\n", "filename")
    assert [entry.lacks((name,)) for name in ("lead time", "lead_time", "lead-time")] == [(), (), ()]


def test_no_dated_heading():
    assert entries("a.md", "# Log\n\n## Later\n", "heading") == ()


def test_required_columns():
    rows = entries(
        "a.md", "| Date | Result |\n|--|--|\n| 2026-01-10 | ok |\n| 2026-02-10 | - |\n", "table:Date"
    )
    assert [row.lacks(("result",)) for row in rows] == [(), ("result",)]


TRAILER = '[[task.evidence]]\ntype = "trailer"\n'
RECORD = '[[task.evidence]]\ntype = "record"\npath = "r/*.md"\ndate = "filename"\n'


@pytest.mark.parametrize(
    ("now", "overdue"), [("2026-04-04", 0), ("2026-04-05", 0), ("2026-04-19", 0), ("2026-04-20", 15)]
)
def test_never_done_counts_from_the_start(repository, now, overdue):
    found = status(repository, TRAILER, f"-- git log --\n2025-01-01 ann@x.org Begin\n-- now --\n{now}\n")
    assert (found.last, found.due, found.overdue) == (None, DAY("2026-04-05"), overdue)


@pytest.mark.parametrize(
    ("kind", "grace", "overdue"), [("critical", "", 1), ("routine", "", 0), ("critical", 'grace = "1w"', 0)]
)
def test_grace(repository, kind, grace, overdue):
    log = "-- git log --\n2026-02-01 ann@x.org Do {Task-Done: drill}\n-- now --\n2026-05-02\n"
    found = status(repository, TRAILER, log, kind=kind, when=f'cadence = "3mo"\n{grace}')
    assert (found.last, found.overdue) == (DAY("2026-02-01"), overdue)


@pytest.mark.parametrize(
    ("evidence", "log", "last"),
    [
        (TRAILER, "2026-02-01 ann@x.org Do {Task-Done: other}", None),
        (TRAILER, "2026-02-01 ann@x.org Do {task-done: other, drill}", "2026-02-01"),
        (
            '[[task.evidence]]\ntype = "commit"\npaths = ["*.lock"]\n',
            "2026-02-01 ann@x.org Do [+uv.lock]",
            "2026-02-01",
        ),
        (
            '[[task.evidence]]\ntype = "commit"\npaths = ["*.lock"]\nauthors = "bot"\n',
            "2026-02-01 ann@x.org Do [+uv.lock]",
            None,
        ),
        (
            '[[task.evidence]]\ntype = "commit"\npaths = ["*.lock"]\nauthors = "bot"\n',
            "2026-02-01 renovate@x.org Do [+uv.lock]",
            "2026-02-01",
        ),
        ('[[task.evidence]]\ntype = "tag"\npattern = "v*"\n', "2026-02-01 ann@x.org Do <v1.0>", "2026-02-01"),
        ('[[task.evidence]]\ntype = "tag"\npattern = "w*"\n', "2026-02-01 ann@x.org Do <v1.0>", None),
        (RECORD, "2026-02-03 ann@x.org Do [+r/2026-02-01.md]", "2026-02-01"),
        (RECORD + TRAILER, "2026-02-03 ann@x.org Do [+r/2026-02-01.md] {Task-Done: drill}", "2026-02-03"),
        (TRAILER, "2026-09-01 ann@x.org Later {Task-Done: drill}", None),
    ],
)
def test_git_evidence(repository, evidence, log, last):
    found = status(
        repository, evidence, f"-- git log --\n2026-01-01 ann@x.org Begin\n{log}\n-- now --\n2026-03-01\n"
    )
    assert found.last == (DAY(last) if last else None)


def test_uncommitted_record_does_not_count(repository):
    made = repository(
        f"-- .productops/tasks.toml --\n{register(RECORD)}-- git log --\n2026-01-01 ann@x.org Begin\n-- now --\n2026-08-01\n"
    )
    (made.root / "r").mkdir()
    (made.root / "r/2026-07-30.md").write_text("done\n")
    assert made[Runs].status(made[Register].tasks[0]).last is None


def test_uncommitted_row_does_not_count(repository):
    table = "| Date |\n|--|\n| 2026-02-01 |\n"
    evidence = '[[task.evidence]]\ntype = "record"\npath = "log.md"\ndate = "table:Date"\n'
    made = repository(
        f"-- .productops/tasks.toml --\n{register(evidence)}-- log.md --\n{table}"
        "-- git log --\n2026-02-02 ann@x.org Begin\n-- now --\n2026-08-01\n"
    )
    (made.root / "log.md").write_text(table + "| 2026-07-30 |\n")
    assert made[Runs].status(made[Register].tasks[0]).last == DAY("2026-02-01")


def test_future_record_is_a_flaw(repository):
    log = "-- git log --\n2026-01-01 ann@x.org Begin\n2026-02-01 ann@x.org Do [+r/2027-01-01.md]\n-- now --\n2026-03-01\n"
    found = status(repository, RECORD, log)
    assert found.last is None
    assert [(flaw.key, flaw.message, str(flaw.location)) for flaw in found.flaws] == [
        ("future", "drill: a record is dated 2027-01-01, a day that has not come yet", "r/2027-01-01.md")
    ]


def test_back_dated_record_does_not_count(repository):
    log = "-- git log --\n2026-01-01 ann@x.org Begin\n2026-08-01 ann@x.org Do [+r/2026-04-01.md]\n-- now --\n2026-08-01\n"
    found = status(repository, RECORD, log)
    assert (found.last, found.overdue) == (None, 118)
    assert found.refused[0].message.startswith("the record of 2026-04-01 came 122 days late, in ")


def test_moved_record_and_import_keep_their_days(repository):
    import subprocess

    log = "-- git log --\n2026-01-01 ann@x.org Begin\n2026-04-02 ann@x.org Do [+old/2026-04-01.md]\n-- now --\n2026-08-01\n"
    made = repository(f"-- .productops/tasks.toml --\n{register(RECORD)}{log}")
    (made.root / "r").mkdir()
    for command in (
        ["mv", "old/2026-04-01.md", "r/2026-04-01.md"],
        ["-c", "user.name=a", "-c", "user.email=a@x", "commit", "-qm", "Move"],
    ):
        subprocess.run(["git", *command], cwd=made.root, check=True)
    assert made[Runs].status(made[Register].tasks[0]).last == DAY("2026-04-01")


def test_imported_records_count(repository):
    log = "-- r/2026-04-01.md --\ndone\n-- git log --\n2026-07-01 ann@x.org Import\n-- now --\n2026-07-01\n"
    assert status(repository, RECORD, log).last == DAY("2026-04-01")


def test_record_must_carry_its_fields(repository):
    evidence = RECORD + 'fields = ["result"]\n'
    log = "-- r/2026-04-01.md --\ndone\n-- git log --\n2026-04-01 ann@x.org Begin\n-- now --\n2026-04-02\n"
    found = status(repository, evidence, log)
    assert found.last is None
    assert (
        found.flaws[0].message
        == "drill: the record of 2026-04-01 does not say `result`, which the register requires"
    )


def test_front_matter(repository):
    evidence = '[[task.evidence]]\ntype = "front-matter"\npath = "docs/plan.md"\nkey = "last_reviewed"\n'
    log = "-- docs/plan.md --\n---\nlast_reviewed: 2026-04-01\n---\n# Plan\n-- git log --\n2026-04-01 ann@x.org Begin\n-- now --\n2026-04-02\n"
    assert status(repository, evidence, log).last == DAY("2026-04-01")


WORKFLOW = '[[task.evidence]]\ntype = "workflow"\npath = ".github/workflows/audit.yml"\n'


@pytest.mark.parametrize(
    ("when", "triggers", "flaw"),
    [
        ('cadence = "1d"', "schedule: [{cron: '0 4 * * *'}]", None),
        (
            'cadence = "1d"',
            "schedule: [{cron: '0 4 * * 1'}]",
            "promised every 1d, .github/workflows/audit.yml runs every 7 days",
        ),
        (
            'cadence = "1d"',
            "push:",
            "promised every 1d, .github/workflows/audit.yml has no schedule that repeats",
        ),
        ('cadence = "3mo"', "schedule: [{cron: '0 4 1 1,4,7,10 *'}]", None),
        ('on = "release"', "release:", None),
        (
            'on = "release"',
            "push:",
            "promised for each release, .github/workflows/audit.yml does not run on releases or tags",
        ),
    ],
)
def test_workflow(repository, when, triggers, flaw):
    rest = f"-- .github/workflows/audit.yml --\non:\n  {triggers}\njobs: {{}}\n-- now --\n2030-01-01\n"
    found = status(repository, WORKFLOW, rest, when=when)
    assert [f.message for f in found.flaws] == ([f"drill: {flaw}"] if flaw else [])
    assert found.overdue == 0


@pytest.mark.parametrize(
    ("body", "unknown"),
    [("on: {schedule: [{cron: '@daily'}]}", "cannot read the cron line"), ("on: [", "did not find")],
)
def test_unreadable_workflow_is_unknown(repository, body, unknown):
    found = status(
        repository, WORKFLOW, f"-- .github/workflows/audit.yml --\n{body}\n-- now --\n2030-01-01\n"
    )
    assert found.overdue
    assert found.unknown


def test_missing_workflow(repository):
    found = status(repository, WORKFLOW, "-- now --\n2026-02-01\n")
    assert found.flaws[0].key == "workflow"


def test_schedule_of_other_services_is_unknown():
    assert schedule({}, ".gitlab-ci.yml").unknown


@pytest.mark.parametrize(
    ("log", "now", "due", "overdue"),
    [
        ("2026-02-01 a@x.org One", "2026-09-01", None, 0),
        ("2026-02-01 a@x.org One <v1.0>", "2026-02-15", "2026-02-01", 0),
        ("2026-02-01 a@x.org One <v1.0>", "2026-02-16", "2026-02-01", 15),
        (
            "2026-02-01 a@x.org One <v1.0>\n2026-02-02 a@x.org Do {Task-Done: drill}",
            "2026-09-01",
            "2026-02-01",
            0,
        ),
        (
            "2026-02-02 a@x.org Do {Task-Done: drill} <v1.0>\n2026-08-01 a@x.org Two <v1.1>",
            "2026-09-01",
            "2026-08-01",
            31,
        ),
        ("2026-02-01 a@x.org One <v1.0rc1>", "2026-09-01", None, 0),
    ],
)
def test_on_release(repository, log, now, due, overdue):
    rest = f"-- git log --\n2026-01-01 a@x.org Begin\n{log}\n-- now --\n{now}\n"
    found = status(repository, TRAILER, rest, when='on = "release"')
    assert (found.due, found.overdue) == (DAY(due) if due else None, overdue)


@pytest.mark.parametrize(
    ("tag", "stable"),
    [("v1.0", True), ("1.2.3", True), ("pkg@1.2.3", True), ("api/v2.0.1", True), ("release-1.2", True), ("1.0.post1", True),
     ("v1.0rc1", False), ("v2.0.0-beta.1", False), ("nightly", False), ("v1", False)],
)  # fmt: skip
def test_stable_tags(tag, stable):
    assert bool(STABLE.search(tag)) is stable


def test_without_git_evidence_is_unknown(repository):
    found = status(repository, TRAILER, "-- now --\n2030-01-01\n")
    assert found.overdue
    assert "not a git repository" in found.unknown[0]


def test_shallow_clone_is_unknown_for_commits_and_fine_for_records(repository):
    log = "-- r/2026-07-01.md --\ndone\n-- git log --\n2026-07-02 ann@x.org One\n-- now --\n2026-07-03\n"
    made = repository(f"-- .productops/tasks.toml --\n{register(RECORD)}{log}")
    (made.root / ".git/shallow").write_bytes((made.root / ".git/refs/heads/main").read_bytes())
    assert made[Runs].status(made[Register].tasks[0]).last == DAY("2026-07-01")


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("tasks.toml", "", True),
        ("tasks.toml", "[tasks.build]\nrun = 'make'\n", False),
        ("docs/ops/tasks.toml", 'schema = "productops.tasks/1"\n', True),
        (".productops/tasks.toml", "x = 1\n", True),
    ],
)
def test_where_a_register_may_be(repository, path, text, found):
    assert repository(f"-- {path} --\n{text}")[Register].path == (path if found else "")
