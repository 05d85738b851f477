"""The command: what it refuses, what it says, and that a diff writes nothing."""

import json
import os
import stat
import subprocess
import sys

import pytest
from mending_cases import LONG, README, renamed

from pytest_productops.cli import main
from pytest_productops.fixing import diff, patches, tree
from pytest_productops.fixing.patching import MOST

MOVED = {
    "README.md": README + "See [the design](docs/design.md).\n",
    "docs/design.md": LONG,
    "docs/plan.md": LONG,
}
LOG = renamed("docs/design.md", "docs/plan.md")
FIXED = (README + "See [the design](docs/plan.md).\n").encode()


def test_it_says_what_was_done_and_what_remains(case):
    repository = case(
        MOVED | {"CONTRIBUTING.md": "# How\n\nRun `make doc`.\n", "Makefile": "docs:\n\ttrue\n"}, LOG
    )
    assert repository.fix("--select", "ONB001,ONB003,ONB004,DEV001") == 0
    sha = repository.git("rev-parse", "--short=9", "HEAD").decode().strip()
    assert (
        repository.out
        == f"""\
FIXED ONB004 relative-links-resolve
      README.md:5  the link `docs/design.md` leads nowhere: docs/design.md is not there (renamed to docs/plan.md in {sha}, 2026-02-05)
      safe  Link to where the file is now: README.md
LEFT  DEV001 tests-run-on-change
      tests should run on every change, but there is no CI
      its rule has no fix; add a job that runs the tests on change requests, or declare `external_ci`
LEFT  ONB001 contributor-guide-complete
      CONTRIBUTING.md  the contributor guide does not say how to set up a development environment
      scaffold  Make the guide, or the section that it lacks, for you to write: productops fix ONB001 --scaffold
LEFT  ONB001 contributor-guide-complete
      CONTRIBUTING.md  the contributor guide does not say which style, linter or conventions to follow
      scaffold  Make the guide, or the section that it lacks, for you to write: productops fix ONB001 --scaffold
LEFT  ONB001 contributor-guide-complete
      CONTRIBUTING.md  the contributor guide does not say how to submit a change and get it reviewed
      scaffold  Make the guide, or the section that it lacks, for you to write: productops fix ONB001 --scaffold
LEFT  ONB001 contributor-guide-complete
      CONTRIBUTING.md  the contributor guide does not say how to run the tests
      scaffold  Make the guide, or the section that it lacks, for you to write: productops fix ONB001 --scaffold
LEFT  ONB003 documented-commands-exist
      CONTRIBUTING.md:3  `make doc`: Makefile has no make target `doc`
      unsafe  Quote the only target that is nearly called so: productops fix ONB003 --unsafe

Fixed 1 finding in 1 file; 1 more with --unsafe; 4 more with --scaffold; 1 for you.
See what changed: git diff. Then: productops check
"""
    )
    assert repository.held["README.md"] == FIXED


def test_nothing_to_fix_is_success(case):
    repository = case({"README.md": README})
    assert repository.fix("ONB004") == 0
    assert (
        repository.out == "Nothing to fix: no rule that knows a fix fails. See the others: productops check\n"
    )


def test_rules_are_named_by_code_name_or_family(case):
    repository = case(MOVED, LOG)
    for words in (("ONB004",), ("relative-links-resolve",), ("ONB", "--scaffold"), ("onboarding",)):
        assert repository.fix(*words, "--diff") == 0
        assert b"+See [the design](docs/plan.md).\n" in repository.raw
    assert repository.fix("ONB005", "--diff") == 0
    assert repository.raw == b""
    assert repository.fix("ONB044") == 2
    assert "unknown rule `ONB044`" in repository.err


def test_two_folders_are_a_mistake(case, tmp_path):
    repository = case(MOVED, LOG)
    assert repository.fix(str(tmp_path)) == 2
    assert "are two folders" in repository.err


def test_a_dirty_tree_is_refused(case):
    repository = case(MOVED, LOG)
    (repository.root / "docs/plan.md").write_text("changed\n" + LONG)
    before = repository.held
    assert repository.fix("ONB004") == 2
    assert "not committed: docs/plan.md" in repository.err
    assert "commit or stash first, see it with --diff, or give --allow-dirty" in repository.err
    assert repository.held == before
    assert repository.fix("ONB004", "--diff") == 0
    assert repository.held == before
    assert repository.fix("ONB004", "--allow-dirty") == 0
    assert repository.held == before | {"README.md": FIXED}


def test_an_untracked_file_matters_only_where_it_would_be_written_over(case):
    repository = case(MOVED, LOG)
    (repository.root / "notes.txt").write_text("mine\n")
    assert repository.fix("ONB004") == 0
    repository.commit()
    (repository.root / "CONTRIBUTING.md").write_text("# How\n\nSee [it](docs/design.md).\n")
    assert repository.fix("ONB004") == 2
    assert "not committed: CONTRIBUTING.md" in repository.err


@pytest.mark.parametrize("commits", [False, True])
def test_without_a_commit_to_go_back_to_it_is_refused(tmp_path, capsys, commits):
    (tmp_path / "README.md").write_text("# A\n\nSee [us](www.example.org/a), or write.\n")
    if commits:
        import subprocess

        subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    arguments = ["fix", f"--root={tmp_path}", "ONB004"]
    assert main(arguments) == 2
    assert "there is no commit that git could bring back" in capsys.readouterr().err
    assert main([*arguments, "--allow-dirty"]) == 0
    assert (tmp_path / "README.md").read_text() == "# A\n\nSee [us](https://www.example.org/a), or write.\n"


def test_mode_and_names_stay(case):
    name = "docs/contributing/a 'b' \"c\" é.md"
    files = {name: "# A\n\nSee [us](www.example.org/a), or write to us.\n", "README.md": README}
    repository = case(files)
    path = repository.root / name
    path.chmod(0o755)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=Mode")
    assert repository.fix("ONB004") == 0
    assert path.read_text() == "# A\n\nSee [us](https://www.example.org/a), or write to us.\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o755
    assert list(path.parent.iterdir()) == [path]


def test_a_link_out_of_the_repository_is_never_followed(case, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    target = outside / "CONTRIBUTING.md"
    target.write_text("# How\n\nSee [us](www.example.org/a), or write to us.\n")
    repository = case({"README.md": README})
    (repository.root / "CONTRIBUTING.md").symlink_to(target)
    (repository.root / "docs").symlink_to(outside)
    repository.commit()
    before = target.read_bytes()
    repository.fix("--unsafe", "--scaffold", "--profile=strict,service,internal-product")
    assert target.read_bytes() == before
    assert list(outside.iterdir()) == [target]
    assert not (repository.root / "docs/runbook.md").exists()


def test_a_name_that_a_terminal_obeys_is_made_visible(case):
    name = "docs/contributing/a\x1b[31m\nb.md"
    repository = case({name: "# A\n\nSee [us](www.example.org/a), or write to us.\n", "README.md": README})
    assert repository.fix("ONB004", "--diff") == 1
    assert repository.raw == b""
    assert "docs/contributing/a\\x1b[31m b.md:3" in repository.err
    assert "\x1b" not in repository.err


def test_what_is_waived_is_left_alone(case):
    waiver = '[[waivers]]\nrule = "ONB004"\nreason = "later"\nowner = "@ann"\nexpires = 2026-03-01\n'
    repository = case({**MOVED, "productops.toml": waiver}, LOG)
    before = repository.held
    assert repository.fix("ONB004", "--now=2026-02-06") == 0
    assert repository.held == before
    assert "Nothing to fix" in repository.out
    assert repository.fix("ONB004", "--now=2026-03-02") == 0
    assert repository.held["README.md"] == FIXED


def test_one_fix_lays_the_way_for_the_next(case):
    repository = case(
        {
            "README.md": README + "See [how](docs/how.md#setup).\n",
            "docs/how.md": LONG + "\n## Set-up\n\nRun `make`.\n",
            "docs/CONTRIBUTING.md": LONG + "\n## Set-up\n\nRun `make`.\n",
        },
        renamed("docs/how.md", "docs/CONTRIBUTING.md"),
    )
    assert repository.fix("ONB004", "ONB005") == 0
    assert repository.held["README.md"].decode() == README + "See [how](docs/CONTRIBUTING.md#set-up).\n"
    assert "Fixed 2 findings in 1 file.\n" in repository.out


def test_a_renamed_target_is_told_by_what_it_does(case):
    repository = case(
        {
            "CONTRIBUTING.md": "# How\n\nRun `make lint`.\n",
            "Makefile": "lint:\n\truff check\n\ntest:\n\tpytest\n",
        }
    )
    assert repository.found("ONB003") == {}
    (repository.root / "Makefile").write_text(
        "test:\n\tpytest\n\nlinting:\n\truff check\n\nlinters:\n\ttrue\n"
    )
    repository.commit()
    assert repository.fix("ONB003") == 0
    assert repository.held["CONTRIBUTING.md"] == b"# How\n\nRun `make linting`.\n"
    assert "safe  Quote the target or script by the name that it has now: CONTRIBUTING.md" in repository.out


def test_a_target_that_does_something_else_is_no_rename(case):
    repository = case(
        {
            "CONTRIBUTING.md": "# How\n\nRun `make lint`.\n",
            "Makefile": "lint:\n\truff check\n\ntest:\n\tpytest\n",
        }
    )
    (repository.root / "Makefile").write_text("test:\n\tpytest\n\nlinting:\n\truff check --fix\n")
    repository.commit()
    before = repository.held
    assert repository.fix("ONB003") == 1
    assert repository.held == before


def test_check_names_the_command(case):
    repository = case(MOVED, LOG)
    text = repository.check("--select=ONB")
    assert "      fix  productops fix ONB004  (safe)\n" in text
    assert "      fix  productops fix ONB002 --scaffold  (scaffold)\n" in text


def test_the_report_holds_the_patch(case):
    repository = case(MOVED, LOG)
    data = json.loads(repository.check("--select=ONB004,DEV001", "--format=json"))
    patches = {r["rule"]: f["patch"] for r in data["results"] for f in r["findings"]}
    assert patches["DEV001"] is None
    assert patches["ONB004"]["safety"] == "safe"
    assert patches["ONB004"]["title"] == "Link to where the file is now"
    repository.git("apply", "-", input=patches["ONB004"]["diff"].encode())
    assert repository.held["README.md"] == FIXED


def test_a_patch_that_cannot_be_shown_is_left_out(case):
    repository = case(MOVED | {"README.md": "\ufeff# A\n\nSee [the design](docs/design.md) of all.\n"}, LOG)
    data = json.loads(repository.check("--select=ONB004", "--format=json"))
    assert [f["patch"] for r in data["results"] for f in r["findings"]] == [None]
    assert "productops fix ONB004  (safe)" in repository.check("--select=ONB004")


@pytest.mark.parametrize("heading", ["Communication", "Donating to us and others"])
def test_a_heading_that_is_only_somewhat_alike_is_not_taken(case, heading):
    repository = case(
        {"CONTRIBUTING.md": f"# How\n\nMake [donations](#donations).\n\n## {heading}\n\nWrite to us.\n"}
    )
    before = repository.held
    assert repository.found("ONB005").keys() == {"CONTRIBUTING.md##donations"}
    assert repository.fix("ONB005", "--unsafe") == 1
    assert repository.held == before


def test_files_that_were_moved_into_a_folder_are_no_renamed_folder(case):
    files = {
        "CONTRIBUTING.md": "# How\n\nIntegration tests are in `test/integration`.\n",
        "test/integration/test_shop.py": LONG,
        "test/unit/test_shop.py": LONG,
        "test/unit/test_mail.py": "import shop\n",
    }
    repository = case(files, renamed("test/integration/test_shop.py", "test/unit/test_shop.py"))
    before = repository.held
    assert repository.found("ONB006").keys() == {"CONTRIBUTING.md#test/integration"}
    assert repository.fix("ONB006", "--unsafe") == 1
    assert repository.held == before


def test_a_line_that_tells_of_both_commands_means_two(case):
    text = "# How\n\nWhen `make test-snapshot` fails, run `make test-snapshot-update`.\n"
    repository = case({"CONTRIBUTING.md": text, "Makefile": "test-snapshot-update:\n\tpytest\n"})
    assert repository.found("ONB003").keys() == {"CONTRIBUTING.md#make test-snapshot"}
    assert repository.fix("ONB003", "--unsafe") == 1
    assert repository.held["CONTRIBUTING.md"] == text.encode()


def commanded(case, line):
    text = f"# A\n\n{line}\nSee [us](www.example.org/a), or write to us.\n"
    return case({"docs/contributing/a.md": text, "README.md": README})


COMMANDS = ["::error::x", "  ::add-mask::a", "a ##vso[task.complete]", "##[error]x", "a\r::error::x"]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_log_that_is_obeyed_gets_no_line_that_commands(case, monkeypatch, line):
    repository = commanded(case, line)
    monkeypatch.setenv("CI", "true")
    assert repository.fix("ONB004", "--diff") == 2
    assert repository.raw == b""
    assert "--diff: a line of the diff is a command to the CI service" in repository.err
    monkeypatch.delenv("CI")
    assert repository.fix("ONB004", "--diff") == 0
    assert line.encode() in repository.raw


def test_a_diff_for_a_person_hides_no_line():
    """A carriage return alone would let one line cover another, and begins a line to a service of CI."""
    after = b"a\r\nb\r::error::x\r\n\x1b[2K\r\n"
    shown = diff.visible(diff.render({"a": (b"a\r\n", after)}))
    assert shown.endswith(" a\r\n+b\\x0d::error::x\r\n+\\x1b[2K\r\n")


def test_a_file_is_no_log(case, tmp_path):
    repository = commanded(case, "::error::x")
    command = [sys.executable, "-m", "pytest_productops", "fix", str(repository.root), "ONB004", "--diff"]
    with (tmp_path / "fix.diff").open("wb") as stream:
        done = subprocess.run(command, stdout=stream, env={**os.environ, "CI": "true"}, check=False)
    assert done.returncode == 0
    repository.git("apply", str(tmp_path / "fix.diff"))
    assert b"(https://www.example.org/a)" in repository.held["docs/contributing/a.md"]


def test_a_diff_without_commands_goes_to_a_log_as_it_is(case, monkeypatch):
    repository = case(MOVED, LOG)
    monkeypatch.setenv("CI", "true")
    assert repository.fix("ONB004", "--diff") == 0
    assert b"+See [the design](docs/plan.md).\n" in repository.raw


def test_a_long_file_is_read_once_and_all_is_mended(case, monkeypatch):
    """As many findings in one file as a report has no room for: few diffs, and one reading of the lines a round."""
    read = []

    class Counted(tree.Source):
        def __init__(self, data: bytes) -> None:
            read.append(len(data))
            super().__init__(data)

    monkeypatch.setattr(tree, "Source", Counted)
    count = MOST + 5
    lines = [f"See [{n}](www.example.org/{n}), or write to us." for n in range(count)]
    repository = case({"CONTRIBUTING.md": "# How\n\n" + "\n\n".join(lines) + "\n", "README.md": README})
    gate = repository.gate(select="ONB004")
    found = patches(gate, {("ONB004", "")})
    assert len(read) == 2
    assert [bool(each.diff) for each in found.values()] == [True] * MOST + [False] * 5
    data = json.loads(repository.check("--select=ONB004", "--format=json"))
    assert sum(bool(f["patch"]) for r in data["results"] for f in r["findings"]) == MOST
    told = (
        f"{MOST} of {count} fixes have a patch here; `productops fix --diff` shows those that are asked for"
    )
    assert told in data["notes"]
    assert repository.fix("ONB004") == 0
    assert f"Fixed {count} findings in 1 file.\n" in repository.out
    assert b"](www." not in repository.held["CONTRIBUTING.md"]
