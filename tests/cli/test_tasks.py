"""`productops tasks`: what is due when, the calendar, and recording that a task is done."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from pytest_productops.cli import main
from pytest_productops.facts.register import Register
from pytest_productops.facts.register.runs import Runs
from pytest_productops.manual import archive
from pytest_productops.repository import Repository
from pytest_productops.testing import lay_out

NOW = "--now=2026-11-22"
REGISTER = """\
-- .productops/tasks.toml --
[owners.platform]
members = ["@ann", "@bob"]
contact = "#platform"
[owners.lead]
contact = "#lead"

[[task]]
id = "restore-drill"
title = "Restore a backup"
kind = "critical"
stage = "operate"
owner = "platform"
cadence = "6mo"
started = 2026-01-05
procedure = "docs/restore.md"
evidence = [{ type = "record", path = "records/*.md", date = "filename", fields = ["result", "duration"] }]

[[task]]
id = "rotate-keys"
title = "Rotate the keys"
kind = "routine"
stage = "operate"
owner = "lead"
cadence = "1mo"
started = 2026-11-01
procedure = "docs/keys.md"
evidence = [{ type = "trailer" }, { type = "tag", pattern = "keys-*" }]

[[task]]
id = "audit"
title = "Scan"
kind = "routine"
stage = "test"
owner = "platform"
cadence = "1d"
started = 2026-11-01
procedure = ".github/workflows/audit.yml"
evidence = [{ type = "workflow", path = ".github/workflows/audit.yml" }]
%s
[[milestone]]
id = "v2"
title = "Version 2"
owner = "lead"
due = 2027-03-01
-- .github/workflows/audit.yml --
on: {schedule: [{cron: '0 4 * * *'}]}
jobs: {}
-- git log --
2026-01-05 ann@example.org Begin
"""
BROKEN = '[[task]]\nid = "broken"\ncadence = "6m"\n'


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A repository with a register, as the working directory."""
    root = tmp_path / "shop"
    lay_out(archive(REGISTER % ""), root)
    monkeypatch.chdir(root)
    monkeypatch.delenv("CI", raising=False)
    return root


def tasks(*arguments):
    return main(["tasks", NOW, *arguments])


def listed(capsys, *arguments):
    assert tasks("--format=json", *arguments) == 0
    return [entry["id"] for entry in json.loads(capsys.readouterr().out)["entries"]]


def test_the_most_pressing_first(here, capsys):
    assert tasks() == 0
    out = capsys.readouterr().out
    assert out.startswith(
        ".productops/tasks.toml on 2026-11-22: 1 overdue, 2 ahead, 1 run by a schedule\n\n"
        "LATE  restore-drill  due 2026-07-05, 140 days late  platform, critical\n"
    )
    assert (
        "      and record it in records/*.md with result, duration: productops tasks done restore-drill\n"
        in out
    )
    assert listed(capsys) == ["restore-drill", "rotate-keys", "v2", "audit"]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["--owner=platform"], ["restore-drill", "audit"]),
        (["--owner=@ann"], ["restore-drill", "audit"]),
        (["--owner=lead"], ["rotate-keys", "v2"]),
        (["--kind=critical"], ["restore-drill"]),
        (["--kind=routine"], ["rotate-keys", "audit"]),
        (["--due-within=30d"], ["restore-drill", "rotate-keys"]),
        (["--due-within=P6M"], ["restore-drill", "rotate-keys", "v2"]),
        (["--due-within=1d", "--owner=lead"], []),
        (["--now=2026-07-05"], ["restore-drill", "rotate-keys", "v2", "audit"]),
    ],
)
def test_a_part(here, capsys, arguments, ids):
    assert listed(capsys, *arguments) == ids


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--owner=plattform"],
            "--owner: nobody called 'plattform' owns a task here\n    did you mean `platform`?",
        ),
        (["--due-within=30"], "--due-within: '30' is no time\n    write 30d, 2w, 6mo or 1y"),
        (["dnoe", "restore-drill"], "dnoe: no such act"),
        (["done"], "tasks done: which task is done? Its ID is missing"),
        (["nowhere"], "nowhere: no such folder"),
        (["--note=x"], "--note: it means nothing for `productops tasks`"),
        (["done", "audit", "--owner=lead"], "--owner: it means nothing for `productops tasks done`"),
        (["--now=soon"], "soon"),
        (["--ical=.productops"], "--ical: .productops cannot be written: Is a directory"),
    ],
)
def test_wrong_usage(here, capsys, arguments, said):
    assert tasks(*arguments) == 2
    assert said in capsys.readouterr().err


def test_a_wrong_kind_or_format():
    for wrong in ("--kind=urgent", "--format=html"):
        with pytest.raises(SystemExit) as end:
            tasks(wrong)
        assert end.value.code == 2


def test_mistakes_and_the_sound_tasks(tmp_path, capsys):
    root = lay_out(archive(REGISTER % BROKEN), tmp_path / "shop").root
    assert tasks(str(root)) == 0
    out = capsys.readouterr().out
    assert '      .productops/tasks.toml:41: task[3].cadence = "6m": expected a span' in out
    assert "LATE  restore-drill" in out
    assert tasks(str(root), "--format=ical") == 0
    read = capsys.readouterr()
    assert read.out.count("BEGIN:VEVENT") == 3
    assert ".productops/tasks.toml:41: task[3].cadence" in read.err


def test_no_toml_at_all(tmp_path, capsys):
    root = lay_out({".productops/tasks.toml": "[[task]\n"}, tmp_path / "shop").root
    assert tasks(str(root)) == 0
    assert "tasks.toml:1: the register is no valid TOML" in capsys.readouterr().out


def test_no_register(tmp_path, capsys):
    root = lay_out({"README.md": "x\n"}, tmp_path / "shop").root
    assert tasks(str(root)) == 0
    assert capsys.readouterr().out.startswith("There is no task register here. To begin one")
    for form in ("json", "ical"):
        assert tasks(str(root), f"--format={form}") == 0
        read = capsys.readouterr()
        assert read.err.startswith("There is no task register here.")
        assert "no task register" not in read.out
    assert tasks("done", "drill", str(root)) == 2
    assert "there is no task register here" in capsys.readouterr().err


def test_unknown_says_why(tmp_path, capsys):
    log = REGISTER.partition("-- git log --")[0] % ""
    root = lay_out(archive(log), tmp_path / "shop").root
    assert tasks(str(root)) == 0
    out = capsys.readouterr().out
    assert "UNKN  restore-drill  due 2026-07-05, 140 days late" in out
    assert "      unknown: not a git repository" in out


def test_lateness_is_that_of_the_settings(here, capsys):
    record(here, "records/2026-11-01.md", "2026-11-10")
    assert listed(capsys)[0] == "rotate-keys"
    (here / "productops.toml").write_text("[rules.OPS002]\nmost_late = 5\n")
    tasks()
    assert "came 9 days late, in " in capsys.readouterr().out


def record(root, path, day):
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text("result: ok\nduration: 40 min\n")
    commit(root, day)


def commit(root, day):
    environment = {**os.environ, "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    for command in (["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=root, check=True, env=environment)


def test_the_calendar(here, capsysbinary):
    assert tasks("--format=ical", "--ical=out.ics") == 0
    printed = capsysbinary.readouterr().out
    assert printed == Path("out.ics").read_bytes()
    assert printed.replace(b"\r\n", b"").count(b"\n") == 0
    names = [str(event["SUMMARY"]) for event in Calendar.from_ical(printed).walk("VEVENT")]
    assert names == ["Overdue: Restore a backup", "Rotate the keys", "Version 2"]
    assert tasks("--ical=again.ics", "--owner=lead") == 0
    assert Path("again.ics").read_text().count("BEGIN:VEVENT") == 2


def test_the_calendar_of_a_clone_is_the_same(here, tmp_path, capsysbinary):
    tasks("--format=ical")
    mine = capsysbinary.readouterr().out
    subprocess.run(["git", "clone", "-q", here, tmp_path / "elsewhere" / "shop"], check=True)
    tasks("--format=ical", str(tmp_path / "elsewhere" / "shop"))
    assert capsysbinary.readouterr().out == mine


def test_a_calendar_for_a_pipe(here, tmp_path):
    command = [
        sys.executable,
        "-m",
        "pytest_productops",
        "tasks",
        NOW,
        "--ical=/dev/stdout",
        "--kind=critical",
    ]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=here).stdout
    assert "BEGIN:VCALENDAR" in printed
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


DONE = ["done", "restore-drill", "--field=result=ok", "--field", "duration=40 min"]


def test_a_record_counts_once_committed(here, capsys):
    assert tasks(*DONE, "--note=went well") == 0
    assert capsys.readouterr().out == (
        "records/2026-11-22.md: written\nIt counts only once it is committed:\n"
        "  git add -- records/2026-11-22.md\n  git commit -m 'Restore a backup' -- records/2026-11-22.md\n"
    )
    assert (here / "records/2026-11-22.md").read_text() == (
        "# Restore a backup, 2026-11-22\n\n- result: ok\n- duration: 40 min\n\nwent well\n"
    )
    assert listed(capsys)[0] == "restore-drill"  # not yet
    commit(here, "2026-11-22")
    again = Repository(here, now=Repository(here).now)
    assert str(again[Runs].status(again[Register].tasks[0]).last) == "2026-11-22"
    assert listed(capsys)[0] == "rotate-keys"


def test_we_never_commit(here):
    before = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, cwd=here).stdout
    tasks(*DONE)
    tasks("done", "rotate-keys")
    assert subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, cwd=here).stdout == before
    assert subprocess.run(["git", "tag"], capture_output=True, cwd=here).stdout == b""
    assert (
        subprocess.run(["git", "diff", "--cached", "--name-only"], capture_output=True, cwd=here).stdout
        == b""
    )


def test_an_earlier_day(here, capsys):
    assert tasks(*DONE, "--date=2026-11-20") == 0
    assert "Warning" not in capsys.readouterr().out
    assert tasks(*DONE, "--date=2026-11-01") == 0
    warning = (
        "Warning: a record committed more than 14 days after its day does not count, this one is 21 old.\n"
    )
    assert capsys.readouterr().out.endswith(warning)
    assert sorted(path.name for path in (here / "records").iterdir()) == ["2026-11-01.md", "2026-11-20.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["restore-drill"],
            "error: restore-drill is not recorded\n"
            "  `result` is missing, which each record must say: --field result=...\n"
            "  `duration` is missing, which each record must say: --field duration=...\n",
        ),
        (
            ["restore-drill", "--date=2026-11-23", "--field=x", "--field=a=1", "--field=A=2"],
            "error: restore-drill is not recorded\n"
            "  --date 2026-11-23 has not come yet, today is 2026-11-22\n"
            "  --field 'x' is not NAME=VALUE\n"
            "  --field A is given twice\n",
        ),
        (["restore-drill", "--date=yesterday"], "  --date 'yesterday' is no day such as 2026-11-22\n"),
        (["restore-drill", "--date=2026-02-30"], "  --date '2026-02-30' is no day such as 2026-11-22\n"),
        (["restore-dril"], "tasks done: no task 'restore-dril' in .productops/tasks.toml\n    did you mean `restore-drill`?\n"),
        (["audit"], "  .github/workflows/audit.yml keeps it by its schedule, there is nothing to record\n"),
        (["v2"], "  v2 names no evidence in the register, so nothing can show that it is done\n"),
        (["rotate-keys", "--field=a=1"], "  its evidence is no record, so it has no fields: leave --field out, say it in --note\n"),
        (["rotate-keys", "--date=2026-11-20"], "  its evidence is no record, git gives it its own day: leave --date out\n"),
    ],
)  # fmt: skip
def test_refusals(here, capsys, arguments, said):
    assert tasks("done", *arguments) == 2
    assert capsys.readouterr().err.endswith(said)
    assert subprocess.run(["git", "status", "--short"], capture_output=True, cwd=here).stdout == b""


def test_twice_a_day(here, capsys):
    assert tasks(*DONE) == 0
    assert tasks(*DONE) == 2
    assert (
        capsys.readouterr().err
        == "error: restore-drill is not recorded\n  records/2026-11-22.md records 2026-11-22 already\n"
    )


def test_a_link_out_of_the_repository(here, tmp_path, capsys):
    (tmp_path / "outside").mkdir()
    (here / "records").symlink_to(tmp_path / "outside")
    assert tasks(*DONE) == 2
    assert "it leads out of the repository, so it is not written" in capsys.readouterr().err
    assert list((tmp_path / "outside").iterdir()) == []


def test_commands_are_shown(here, capsys):
    assert tasks("done", "rotate-keys", "--note=new ones in the vault") == 0
    assert capsys.readouterr().out == (
        "rotate-keys is recorded in git's history, which is yours to write; run\n"
        "  git commit --allow-empty -m 'Rotate the keys' -m 'new ones in the vault' -m 'Task-Done: rotate-keys'\n"
        "or\n"
        "  git tag -a keys-2026-11-22 -m 'Rotate the keys' -m 'new ones in the vault'\n"
        "  git push origin keys-2026-11-22\n"
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_command_that_is_shown_works(here, capsys, number):
    tasks("done", "rotate-keys")
    line = capsys.readouterr().out.splitlines()[number].strip()
    environment = {
        **os.environ, "GIT_COMMITTER_DATE": "2026-11-22T12:00:00Z", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@x",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@x",
    }  # fmt: skip
    subprocess.run(["sh", "-c", line], cwd=here, check=True, env=environment)
    repository = Repository(here)
    assert str(repository[Runs].status(repository[Register].tasks[1]).last) == "2026-11-22"
