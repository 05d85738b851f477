"""A stage's gate: exactly the criteria of that stage, each an item `productops::done/release.changelog`."""

import pytest

from pytest_productops.cli import main
from pytest_productops.testing import lay_out

DONE = """schema = "productops.done/1"

[[stage]]
id = "test"
  [[stage.criterion]]
  id = "test.suite"
  text = "The suite passes on the change"
  check = { command = "make test", in_ci = "change_request" }
  [[stage.criterion]]
  id = "test.local"
  text = "The suite passes at a desk"
  check = { command = "make test" }

[[stage]]
id = "release"
  [[stage.criterion]]
  id = "release.notes"
  text = "Every note is closed"
  check = { rule = "TOY002", params = { word = "open" } }
  [[stage.criterion]]
  id = "release.undo"
  text = "Undo steps are written"
  check = { artifact = { path = "RELEASING.md", section = "Rollback", min_steps = 2 } }
  [[stage.criterion]]
  id = "release.restore"
  text = "Backups restore"
  check = { task = "restore-drill" }
  [[stage.criterion]]
  id = "release.owner"
  text = "An owner approved"
  check = { approval = { role = "@ann", count = 1 } }

[[stage]]
id = "deploy"
not_applicable = "library, nothing is deployed"
"""
TASKS = """schema = "productops.tasks/1"
[owners.platform]
members = ["@ann"]
contact = "#platform"
[[task]]
id = "restore-drill"
title = "Restore last night's backup"
kind = "critical"
stage = "operate"
owner = "platform"
cadence = "6mo"
started = 2026-01-05
procedure = "docs/restore.md"
[[task.evidence]]
type = "trailer"
key = "Task-Done"
"""
FILES = {
    ".productops/done.toml": DONE,
    ".productops/tasks.toml": TASKS,
    "docs/restore.md": "# Restore\n\n1. Run `make restore`.\n2. Look at the count of rows.\n",
    "RELEASING.md": "# Releasing\n\n## Rollback\n\n1. Run `make undo`.\n2. Look at the version that is served.\n",
    "Makefile": "test:\n\tpytest\nrestore:\n\t./x\nundo:\n\t./y\n",
    ".github/workflows/ci.yml": "on: pull_request\njobs:\n  t:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n",
    "NOTES": "closed\n",
    "productops.toml": 'select = ["TOY001", "TOY002"]\n',
    "git log": "2026-01-05 ann@example.org Begin\n2026-06-05 ann@example.org Practise {Task-Done: restore-drill}\n",
}


@pytest.fixture
def run(tmp_path, toys, monkeypatch, capsys):
    def call(stage, now="2026-11-22", **files):
        root = lay_out(
            {**FILES, **{name.replace("__", "/"): text for name, text in files.items()}}, tmp_path / "shop"
        ).root
        monkeypatch.chdir(root)
        code = main(["check", f"--stage={stage}", f"--now={now}"])
        out = capsys.readouterr()
        return code, out.out + out.err

    return call


def test_all_hold(run):
    code, out = run("release")
    assert code == 0
    assert "UNKN  done/release.owner An owner approved" in out
    assert "an approval is known to the forge alone" in out
    assert "Passed: 3 of 4 criteria of the stage could judge: 3 passed, 1 unknown." in out
    assert "Level" not in out
    assert "TOY001" not in out


def test_a_command_that_nothing_holds_is_unknown(run):
    code, out = run("test")
    assert code == 0
    assert "done/test.local" in out
    assert "nothing says that it passed: add `in_ci`" in out
    assert "done/test.suite" not in out


def test_a_code_in_prose_that_no_installed_rule_has_is_unknown(run, tmp_path, monkeypatch, capsys):
    prose = "# Definition of done\n\n## Release\n\n- [ ] The linter is clean (`TOY998`)\n- [ ] Every note is closed (`TOY002`)\n"
    files = {"NOTES": "closed\n", "DEFINITION_OF_DONE.md": prose, "productops.toml": 'select = ["TOY002"]\n'}
    monkeypatch.chdir(lay_out(files, tmp_path / "prose").root)
    assert main(["check", "--stage=release", "--now=2026-11-22"]) == 0
    out = capsys.readouterr().out
    assert "no rule TOY998 is installed: it may be another tool's, so give the criterion a check" in out
    assert "1 of 2 criteria of the stage could judge: 1 passed, 1 unknown." in out


def test_a_stage_that_does_not_apply(run):
    code, out = run("deploy")
    assert code == 0
    assert "1 not applicable" in out


BROKEN = [
    ({"NOTES": "open one\n"}, "2026-11-22", "done/release.notes", "NOTES:1  line is open one"),
    ({"RELEASING.md": "# Releasing\n"}, "2026-11-22", "done/release.undo", "RELEASING.md has no section"),
    (
        {},
        "2026-12-20",
        "done/release.restore",
        "task restore-drill is 15 d overdue, last done 2026-06-05, owner platform",
    ),
    (
        {"productops.toml": 'select = ["TOY001"]\n'},
        "2026-11-22",
        "done/release.notes",
        "rule TOY002 is not applied here",
    ),
    (
        {".productops/done.toml": DONE.replace("word =", "wrod =")},
        "2026-11-22",
        "done/release.notes",
        "TOY002 has no option `wrod`",
    ),
]


@pytest.mark.parametrize(("files", "now", "item", "said"), BROKEN)
def test_exactly_the_broken_criterion_fails(run, files, now, item, said):
    code, out = run("release", now, **files)
    assert code == 1
    assert [line.split()[1] for line in out.splitlines() if line.startswith("FAIL")] == [item]
    assert said in out


def test_params_are_the_criterions_own(run):
    code, out = run(
        "release", NOTES="shut\n", **{".productops/done.toml": DONE.replace('word = "open"', 'word = "shut"')}
    )
    assert code == 1
    assert "NOTES:1  line is shut" in out


MISTAKES = [
    ("releese", "--stage: no such stage `releese`\n    did you mean `release`?"),
    ("plan", "stage: .productops/done.toml has no stage `plan`"),
]


@pytest.mark.parametrize(("stage", "said"), MISTAKES)
def test_a_stage_that_there_is_not(run, stage, said):
    code, out = run(stage)
    assert code == 2
    assert said in out


def test_without_a_definition_of_done(tmp_path, capsys):
    root = lay_out({"README.md": "# Shop\n"}, tmp_path).root
    assert main(["check", "--stage=release", str(root)]) == 2
    assert "there is no definition of done" in capsys.readouterr().err


def test_in_pytest_each_is_an_item(pytester, toys):
    lay_out(FILES, pytester.path)
    result = pytester.runpytest_subprocess(
        "--productops", "--productops-stage=release", "--productops-now=2026-11-22", "-v"
    )
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "productops::done/release.notes PASSED*",
            "productops::done/release.owner SKIPPED*",
            "productops::done/release.restore PASSED*",
            "productops::done/release.undo PASSED*",
            "*3 of 4 criteria of the stage could judge: 3 passed, 1 unknown",
        ]
    )
    assert "TOY001" not in result.stdout.str()
