"""One pass over history for the whole register: as many git processes for a thousand tasks as for one."""

import datetime
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.committed import Committed
from pytest_productops.facts.patterns import Patterns, literal, matches
from pytest_productops.facts.register import Register
from pytest_productops.facts.register.passes import added_lines, steps
from pytest_productops.facts.register.runs import Runs
from pytest_productops.git import Git
from pytest_productops.repository import Repository

DAY = datetime.date.fromisoformat
TASK = """\
[[task]]
id = "{id}"
title = "x"
kind = "routine"
stage = "operate"
owner = "platform"
cadence = "1mo"
started = 2026-01-01
procedure = "docs/x.md"
evidence = [{evidence}]
"""
EVIDENCE = (
    '{ type = "trailer" }',
    '{ type = "trailer", key = "Drill" }',
    '{ type = "commit", paths = ["locks/%s/*.lock"] }',
    '{ type = "commit", paths = ["locks/%s/*.lock"], authors = "bot" }',
    '{ type = "tag", pattern = "%s-*" }',
    '{ type = "record", path = "records/%s/*.md", date = "filename" }',
    '{ type = "record", path = "logs/%s.md", date = "table:Date" }',
    '{ type = "record", path = "notes/%s.md", date = "heading" }',
    '{ type = "front-matter", path = "docs/%s.md", key = "reviewed" }',
)


def register(ids):
    entries = (
        TASK.format(id=name, evidence=EVIDENCE[number % len(EVIDENCE)].replace("%s", name))
        for number, name in enumerate(ids)
    )
    return f"-- .productops/tasks.toml --\n{''.join(entries)}"


@pytest.fixture
def started(monkeypatch):
    """The git commands that are started, in order."""
    commands = []
    original = Git.stream

    def counting(git, *arguments, **options):
        commands.append(next(word for word in arguments if not word.startswith("-")))
        return original(git, *arguments, **options)

    monkeypatch.setattr(Git, "stream", counting)
    return commands


def history(ids):
    files, log = [], ["2026-01-01 ann@x.org Begin"]
    for name in ids:
        files += [
            f"-- records/{name}/2026-03-01.md --\nok\n-- logs/{name}.md --\n| Date |\n|--|\n| 2026-03-01 |\n",
            f"-- notes/{name}.md --\n# Log\n## 2026-03-01\nok\n-- docs/{name}.md --\n---\nreviewed: 2026-03-01\n---\n",
        ]
        added = " ".join(f"[+{place % name}]" for place in ("records/%s/2026-03-01.md", "logs/%s.md", "notes/%s.md",
                                                             "docs/%s.md", "locks/%s/uv.lock"))  # fmt: skip
        log.append(f"2026-03-02 ann@x.org Do {added} {{Task-Done: {name}}} {{Drill: {name}}} <{name}-1>")
    return f"{''.join(files)}-- git log --\n" + "\n".join(log) + "\n-- now --\n2026-03-20\n"


def test_processes_do_not_grow_with_the_tasks(repository, started):
    ids = [f"t{number}" for number in range(3 * len(EVIDENCE))]
    made = repository(register(ids) + history(ids))
    last = [made[Runs].status(task).last for task in made[Register].tasks]
    second, first = DAY("2026-03-02"), DAY("2026-03-01")
    of_a_person = None  # where a bot's commit is wanted
    assert last == [second, second, second, of_a_person, second, first, first, first, first] * 3
    assert sorted(started) == [
        "diff-index", "for-each-ref", "log", "log", "ls-files", "ls-tree", "rev-list", "rev-parse",
    ]  # fmt: skip


def test_what_was_before_the_start_does_not_count(repository):
    log = "2020-01-01 ann@x.org Begin\n2025-12-31 ann@x.org Early {Task-Done: t0}"
    made = repository(register(["t0"]) + f"-- git log --\n{log}\n-- now --\n2026-01-20\n")
    assert made[Runs].status(made[Register].tasks[0]).last is None


def commit(root, *commands, day="2026-08-01"):
    environment = {
        "GIT_COMMITTER_DATE": f"{day}T12:00:00Z",
        "GIT_AUTHOR_DATE": f"{day}T12:00:00Z",
        "PATH": "/usr/bin:/bin:/usr/local/bin",
    }
    for command in (
        *commands,
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@x", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True, env=environment)


@pytest.mark.parametrize(
    ("evidence", "old", "new", "text"),
    [
        (5, "old/2026-04-01.md", "records/t/2026-04-01.md", "ok\n"),
        (6, "old.md", "logs/t.md", "| Date |\n|--|\n| 2026-04-01 |\n"),
        (7, "old.md", "notes/t.md", "# Log\n## 2026-04-01\nok\n"),
        (8, "old.md", "docs/t.md", "---\nreviewed: 2026-04-01\n---\nText\n"),
    ],
)
def test_a_moved_record_keeps_the_day_of_its_commit(repository, evidence, old, new, text):
    task = TASK.format(id="t", evidence=EVIDENCE[evidence].replace("%s", "t"))
    log = f"2026-01-01 ann@x.org Begin\n2026-04-02 ann@x.org Do [+{old}]"
    made = repository(
        f"-- .productops/tasks.toml --\n{task}-- {old} --\n{text}-- git log --\n{log}\n-- now --\n2026-08-02\n"
    )
    (made.root / new).parent.mkdir(parents=True, exist_ok=True)
    commit(made.root, ["mv", old, new])
    status = made[Runs].status(made[Register].tasks[0])
    assert (status.last, status.refused) == (DAY("2026-04-01"), ())


@pytest.mark.parametrize(
    ("evidence", "path", "text", "line"),
    [
        (5, "records/t/2026-04-01.md", "ok\n", 0),
        (6, "logs/t.md", "| Date |\n|--|\n| 2026-04-01 |\n", 3),
        (7, "notes/t.md", "# Log\n## 2026-04-01\nok\n", 2),
        (8, "docs/t.md", "---\nreviewed: 2026-04-01\n---\nText\n", 2),
    ],
)
def test_a_back_dated_record_is_told_with_its_line(repository, evidence, path, text, line):
    task = TASK.format(id="t", evidence=EVIDENCE[evidence].replace("%s", "t"))
    log = f"2026-01-01 ann@x.org Begin\n2026-08-01 ann@x.org Do [+{path}]"
    made = repository(
        f"-- .productops/tasks.toml --\n{task}-- {path} --\n{text}-- git log --\n{log}\n-- now --\n2026-08-02\n"
    )
    status = made[Runs].status(made[Register].tasks[0])
    (refused,) = status.refused
    assert status.last is None
    assert refused.message.startswith("the record of 2026-04-01 came 122 days late, in ")
    assert refused.location == (path, line)


@pytest.mark.parametrize(
    ("evidence", "path", "text", "flaws"),
    [
        (5, "records/t/2026-02-30.md", "ok\n", [("malformed", "2026-02-30", 0)]),
        (5, "records/t/2026-1-5.md", "ok\n", [("malformed", "2026-1-5", 0)]),
        (5, "records/t/README.md", "All records of 2026.\n", []),
        (5, "records/t/2027-01-01.md", "ok\n", [("future", "2027-01-01", 0)]),
        (6, "logs/t.md", "| Date |\n|--|\n| 2026-02-30 |\n", [("malformed", "2026-02-30", 3)]),
        (6, "logs/t.md", "| Date |\n|--|\n| 10 Jan 2026 |\n| Q2 |\n", [("malformed", "Q2", 4)]),
        (6, "logs/t.md", "| Date |\n|--|\n|  |\n| soon |\n", []),
        (6, "logs/t.md", "| Date |\n|--|\n| 2027-01-01 |\n", [("future", "2027-01-01", 3)]),
        (7, "notes/t.md", "# Log\n## 2026-13-01\nok\n", [("malformed", "2026-13-01", 2)]),
        (7, "notes/t.md", "# Log of 2026\n## Before 1.2.3\nok\n", []),
        (7, "notes/t.md", "# Log\n## 2027-01-01\nok\n", [("future", "2027-01-01", 2)]),
        (8, "docs/t.md", "---\nreviewed: 31.12.2025\n---\n", [("malformed", "31.12.2025", 2)]),
        (8, "docs/t.md", "---\nreviewed: YYYY-MM-DD\n---\n", []),
        (8, "docs/t.md", "---\nreviewed: 2027-01-01\n---\n", [("future", "2027-01-01", 2)]),
    ],
)
def test_days_that_are_none_and_days_ahead(repository, evidence, path, text, flaws):
    task = TASK.format(id="t", evidence=EVIDENCE[evidence].replace("%s", "t"))
    log = "-- git log --\n2026-01-01 ann@x.org Begin\n-- now --\n2026-01-20\n"
    made = repository(f"-- .productops/tasks.toml --\n{task}-- {path} --\n{text}{log}")
    status = made[Runs].status(made[Register].tasks[0])
    assert status.last is None
    assert [(flaw.key, flaw.location) for flaw in status.flaws] == [
        (key, (path, line)) for key, _, line in flaws
    ]
    assert all(said in flaw.message for flaw, (_, said, _) in zip(status.flaws, flaws, strict=True))


def test_many_strange_days_are_one_flaw(repository):
    task = TASK.format(id="t", evidence=EVIDENCE[6].replace("%s", "t"))
    rows = "-- logs/t.md --\n| Date |\n|--|\n| 1 Jan |\n| 2 Jan |\n| 3 Jan |\n"
    made = repository(
        f"-- .productops/tasks.toml --\n{task}{rows}-- git log --\n2026-01-01 ann@x.org Begin\n-- now --\n2026-01-20\n"
    )
    (flaw,) = made[Runs].status(made[Register].tasks[0]).flaws
    assert flaw.message == "t: `3 Jan` is no day, so its record does not count; 2 more like it"


def test_a_copy_of_the_checkout_needs_no_process_for_each_file(repository, started, tmp_path):
    ids = [f"t{number}" for number in range(12)]
    made = repository(register(ids) + history(ids))
    copy = tmp_path / "copy"
    shutil.copytree(
        made.root, copy, copy_function=shutil.copy
    )  # with new times, so that git's index fits no file
    again = Repository(copy, now=DAY("2026-03-20"))
    assert [again[Runs].status(task) for task in again[Register].tasks]
    assert "cat-file" not in started
    (copy / "logs/t6.md").write_text("| Date |\n|--|\n| 2026-03-19 |\n")
    fresh = Repository(copy, now=DAY("2026-03-20"))
    assert fresh[Committed].read("logs/t6.md") == "| Date |\n|--|\n| 2026-03-01 |\n"
    assert "cat-file" in started


def test_what_a_patch_adds():
    sha, other = "a" * 40, "d" * 40
    patch = (
        f"{sha} 2026-03-01\0\ndiff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ x\n@@ -1 +1,4 @@\n"
        f"-old\n+++ y\n+{other} 2020-01-01\0\n+diff --git a/z z\n+@@ -1 +1 @@\n\\ No newline at end of file\n"
        f"{other} 2026-02-01\0\ndiff --git a/a b b/a b\n--- /dev/null\n+++ a b\t\n@@ -0,0 +1 @@\n+new\n"
    )
    read = list(added_lines([patch.encode()[:70], patch.encode()[70:]]))
    assert [(who, when, path) for who, when, path, _ in read] == [(sha, "2026-03-01", "x")] * 4 + [
        (other, "2026-02-01", "a b")
    ]
    assert [line for *_, line in read] == [
        "++ y",
        f"{other} 2020-01-01\0",
        "diff --git a/z z",
        "@@ -1 +1 @@",
        "new",
    ]


@given(st.binary(max_size=200))
def test_any_output_is_read(data):
    list(steps([data]))
    list(added_lines([data]))


PARTS = st.text("ab/*?[].", max_size=8)


@given(st.lists(PARTS, max_size=6), PARTS)
def test_patterns_find_what_matches(patterns, path):
    found = set(Patterns(patterns).of(path))
    assert found == {pattern for pattern in patterns if matches(path, (pattern,))}
    assert all(path.startswith(literal(pattern)) for pattern in found)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("r/*.md", "r/a.md", True),
        ("./r/*.md", "r/a/b.md", True),
        ("/r/**/a.md", "r/a.md", True),
        ("r/**/a.md", "r/x/y/a.md", True),
        ("**/uv.lock", "uv.lock", True),
        ("r/a.md", "r/a.md", True),
        ("r/a.md", "r/a.md.bak", False),
        ("r/[ab].md", "r/c.md", False),
    ],
)
def test_patterns(pattern, path, fits):
    assert matches(path, (pattern,)) is fits
    assert list(Patterns([pattern]).of(path)) == ([pattern] if fits else [])
