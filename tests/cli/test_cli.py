"""The console command: its text, its exit codes, its refusals."""

import pytest

from pytest_productops.cli import main
from pytest_productops.testing import lay_out


@pytest.fixture
def here(tmp_path, toys, monkeypatch):
    """A repository with two open notes, as the working directory."""
    root = tmp_path / "shop"
    lay_out({"NOTES": "open: one\nclosed\nopen: two\n"}, root)
    monkeypatch.chdir(root)
    return root


def test_check(here, capsys):
    assert main(["check", "--select=TOY001,TOY002,TOY003,TOY004"]) == 1
    assert capsys.readouterr().out == (
        "shop  profile default\n"
        "\n"
        "FAIL  TOY002 notes-are-done                                      support, bronze\n"
        "      NOTES:1  line is open: one\n"
        "      fix  close it\n"
        "      NOTES:3  line is open: two\n"
        "      fix  close it\n"
        "UNKN  TOY004 cannot-tell                                         practices, gold\n"
        "      the clone is shallow: set fetch-depth: 0\n"
        "\n"
        "Failed: 3 of 4 selected rules could judge: 1 passed, 1 failed, 1 not applicable, 1 unknown.\n"
        "Why a rule is there and how to satisfy it: productops explain TOY002\n"
    )


def test_a_pass_is_two_lines(here, capsys):
    assert main(["check", "--select=TOY001,TOY003"]) == 0
    assert capsys.readouterr().out == (
        "shop  profile default\nPassed: 2 of 2 selected rules could judge: 1 passed, 1 not applicable.\n"
    )


def test_nothing_could_be_judged(here, capsys):
    assert main(["check", "--select=TOY004"]) == 1
    assert "No rule could judge" in capsys.readouterr().out


def test_a_crash_is_shown_and_fails(here, capsys):
    assert main(["check", "--select=TOY001,TOY005"]) == 1
    out = capsys.readouterr().out
    assert "ERR   TOY005 crashes" in out
    assert "RuntimeError: a bug in the rule" in out


def test_colour_when_asked(here, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["check", "--select=TOY002"])
    assert "\x1b[31;1mFAIL\x1b[0m  TOY002" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check", "--select=TOY002"])
    assert "\x1b" not in capsys.readouterr().out


def test_a_sub_folder_means_its_repository(here, capsys, monkeypatch):
    (here / ".git").mkdir()
    (here / "sub").mkdir()
    monkeypatch.chdir(here / "sub")
    assert main(["check", "--select=TOY002"]) == 1
    assert main(["check", "--select=TOY002", "--root=."]) == 0


def test_the_environment_is_a_layer(here, capsys, monkeypatch):
    monkeypatch.setenv("PRODUCTOPS_SELECT", "TOY001")
    assert main(["check"]) == 0
    assert main(["check", "--select=TOY002"]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--select=NOPE"], "--select: unknown rule `NOPE`"),
        (["check", "nowhere"], "nowhere: no such folder"),
        (["check", ".", "--root=."], "--root: a path is given too"),
        (["explain", "TOY00"], "unknown rule `TOY00`\n    did you mean `TOY00"),
        (["check", "--profile=x"], "--profile: no such profile `x`"),
    ],
)
def test_usage_errors(here, capsys, arguments, message):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_a_wrong_verb(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["chekc"])
    assert caught.value.code == 2


@pytest.mark.parametrize("label", ["TOY002", "toy002", "notes-are-done"])
def test_explain(here, capsys, label):
    assert main(["explain", label]) == 0
    out = capsys.readouterr().out
    for part in (
        "TOY002 notes-are-done\n",
        "Why\n  What is open",
        'word = "open"',
        "Bad\n  -- NOTES --\n  open: one",
    ):
        assert part in out


def test_rules_says_what_is_selected(here, capsys):
    assert main(["rules", "--select=TOY001"]) == 0
    out = capsys.readouterr().out
    assert "* TOY001  always-fine" in out
    assert "  TOY002  notes-are-done" in out


def test_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.strip()
