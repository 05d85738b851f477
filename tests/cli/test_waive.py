"""`productops waive`: what it writes, what it refuses, and what it says of the waivers there are."""

import io
import os
import stat
import sys

import pytest

from pytest_productops.cli import main
from pytest_productops.testing import lay_out

NOW = "--now=2026-11-22"
REASON = "--reason=the auditors agreed in March"
OWNER = "--owner=@ann"
UNTIL = "--until=2027-01-31"
ENTRY = """\
[[waivers]]
rule = "TOY002"
{subject}reason = "the auditors agreed in March"
owner = "@ann"
expires = 2027-01-31
"""
PLAIN = ENTRY.format(subject="")


@pytest.fixture
def here(tmp_path, toys, monkeypatch):
    """A repository with two open notes, as the working directory."""
    root = tmp_path / "shop"
    lay_out({"NOTES": "open: one\nclosed\nopen: two\n"}, root)
    monkeypatch.chdir(root)
    monkeypatch.delenv("CI", raising=False)
    return root


def waive(*arguments):
    return main(["waive", NOW, *arguments])


def add(*arguments):
    return waive("TOY002", REASON, OWNER, UNTIL, *arguments)


def test_the_first_one(here, capsys):
    assert add() == 0
    assert (here / "productops.toml").read_text() == PLAIN
    out = f"productops.toml: waived\n\n{PLAIN}\nIt covers 2 of 2 findings of TOY002.\n"
    assert capsys.readouterr().out == out
    assert main(["check", "--select=TOY001,TOY002", NOW]) == 0
    assert "WAIV  TOY002" in capsys.readouterr().out


def test_a_subject(here, capsys):
    assert waive("notes-are-done", "--subject=*two", REASON, OWNER, UNTIL) == 0
    assert (here / "productops.toml").read_text() == ENTRY.format(subject='subject = "*two"\n')
    assert capsys.readouterr().out.endswith("\nIt covers 1 of 2 findings of TOY002.\n")


def test_it_covers_nothing(here, capsys):
    assert add("--subject=docs/**") == 0
    assert capsys.readouterr().out.endswith(
        "\nWarning: it covers none of 2 findings of TOY002. Their paths and keys:\n"
        "  NOTES  open: one\n  NOTES  open: two\n"
    )
    assert waive("TOY001", REASON, OWNER, UNTIL) == 0
    assert capsys.readouterr().out.endswith("\nWarning: TOY001 finds nothing here, so it covers nothing.\n")
    assert waive("TOY004", REASON, OWNER, UNTIL) == 0
    assert capsys.readouterr().out.endswith(
        "\nWhat it covers cannot be told, TOY004 could not judge: the clone is shallow: set fetch-depth: 0\n"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_in_pyproject(here, end):
    head, tail = (
        '[project]\nname = "x"\n\n[tool.productops] # ours\nlevel = "gold"\n',
        "\n# style\n[tool.ruff]\n",
    )
    (here / "pyproject.toml").write_bytes((head + tail).replace("\n", end).encode())
    assert add() == 0
    written = PLAIN.replace("[[waivers]]", "[[tool.productops.waivers]]")
    assert (here / "pyproject.toml").read_bytes() == f"{head}\n{written}{tail}".replace("\n", end).encode()
    assert not (here / "productops.toml").exists()


def test_a_pyproject_of_others_is_left_alone(here):
    (here / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert add() == 0
    assert (here / "pyproject.toml").read_text() == '[project]\nname = "x"\n'
    assert (here / "productops.toml").read_text() == PLAIN


def test_the_file_that_config_names(here, tmp_path):
    (tmp_path / "other.toml").write_text("# ours\n")
    assert add("--config=../other.toml") == 0
    assert (tmp_path / "other.toml").read_text() == f"# ours\n\n{PLAIN}"
    assert not (here / "productops.toml").exists()


def test_all_that_is_missing(here, capsys):
    assert waive() == 2
    assert capsys.readouterr().err == (
        "error: 4 mistakes in the configuration, nothing was judged\n"
        "  --owner: is missing\n"
        "    say who accepts it: @name, @org/team, org/team or an e-mail address\n"
        "  --reason: is missing\n"
        "    say why it is accepted, in words that another person can follow\n"
        "  --until: is missing\n"
        "    say the last day it holds, 2027-05-21 at the latest\n"
        "  RULE: is missing\n"
        "    give the code or name of a rule, as `productops check` shows it\n"
    )
    assert list(here.iterdir()) == [here / "NOTES"]


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("--until=2026-11-22", "--until: 2026-11-22 is not ahead"),
        ("--until=2027-05-22", "--until: 2027-05-22 is 181 days ahead, 180 are allowed"),
        ("--until=tomorrow", "--until: 'tomorrow' is no day"),
        ("--until=20270131", "--until: '20270131' is no day"),
        ("--reason=TODO", "--reason: 'TODO' says nothing to another person"),
        ("--reason=later", "--reason: 'later' says nothing to another person"),
        ("--owner=ann", "--owner: 'ann' is no owner"),
        ("--owner=@ann and @bob", "--owner: '@ann and @bob' is no owner"),
    ],
)
def test_wrong_values(here, capsys, argument, message):
    assert add(argument) == 2
    assert f"\n  {message}\n" in capsys.readouterr().err
    assert not (here / "productops.toml").exists()


@pytest.mark.parametrize("owner", ["@ann", "@org/team", "org/team", "ann.b@example.org", "@group/sub/team"])
def test_owners(here, owner):
    assert add(f"--owner={owner}") == 0


def test_a_rule_that_is_not_known(here, capsys):
    assert waive("TOY02", REASON, OWNER, UNTIL) == 2
    assert "RULE: unknown rule `TOY02`\n    did you mean `TOY002`?" in capsys.readouterr().err


def test_the_settings_say_how_long(here, capsys):
    (here / "productops.toml").write_text("max-waiver-days = 30\n")
    assert add() == 2
    assert (
        "2027-01-31 is 70 days ahead, 30 are allowed\n    say the last day it holds, 2026-12-22 at the latest"
        in (capsys.readouterr().err)
    )


def test_a_rule_that_nobody_may_waive(here, capsys):
    (here / "productops.toml").write_text("[rules.TOY002]\nwaivable = false\n")
    assert add() == 2
    assert "RULE: the settings let nobody waive TOY002: waivable = false" in capsys.readouterr().err


def test_twice(here, capsys):
    assert add() == 0
    assert add() == 2
    assert "TOY002 has a waiver at productops.toml:1, until 2027-01-31, @ann" in capsys.readouterr().err
    assert add("--subject=NOTES") == 0


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self):
        return True


def test_a_person_is_asked(here, capsys, monkeypatch):
    monkeypatch.setattr(
        sys, "stdin", Terminal("\nlater\nthe auditors agreed in March\n@ann\n2026-01-01\n2027-01-31\n")
    )
    assert waive("TOY002") == 0
    captured = capsys.readouterr()
    assert captured.err == "'later' says nothing to another person\n2026-01-01 is not ahead\n"
    assert captured.out.startswith(
        "Reason: say why it is accepted, in words that another person can follow\n> " * 3
        + "Owner: say who accepts it: @name, @org/team, org/team or an e-mail address\n> "
        + "Until: say the last day it holds, 2027-05-21 at the latest\n> " * 2
        + "productops.toml: waived\n"
    )
    assert (here / "productops.toml").read_text() == PLAIN


def test_a_person_goes_away(here, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("the auditors agreed in March\n"))
    assert waive("TOY002") == 130
    assert not (here / "productops.toml").exists()


def test_nobody_is_asked_in_ci(here, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("the auditors agreed in March\n"))
    monkeypatch.setenv("CI", "true")
    assert waive("TOY002") == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_array(here, capsys, end):
    head = '\ufeffwaivers = [\n  {rule = "TOY001", reason = "in a table", owner = "@bob", expires = 2027-01-31} # a\n'
    (here / "productops.toml").write_bytes(f"{head}]\n".replace("\n", end).encode())
    assert add() == 0
    element = (
        '{rule = "TOY002", reason = "the auditors agreed in March", owner = "@ann", expires = 2027-01-31}'
    )
    after = f"{head.replace('} #', '}, #')}  {element}\n]\n".replace("\n", end)
    assert (here / "productops.toml").read_bytes() == after.encode()
    assert capsys.readouterr().out.startswith(f"productops.toml: waived\n\n{element}\n\nIt covers")


def test_without_tomlkit(here, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tomlkit", None)
    assert add() == 2
    assert capsys.readouterr().err == (
        "error: productops.toml stays as it is: tomlkit is not installed: pip install 'pytest-productops[edit]'\n"
    )
    assert waive("--list") == 0


def test_no_room(here, capsys):
    text = "[tool]\nproductops = {level = 'gold'}\n"
    (here / "pyproject.toml").write_text(text)
    assert add() == 2
    written = 'waivers = [{rule = "TOY002", reason = "the auditors agreed in March", owner = "@ann", expires = 2027-01-31}]'
    assert f"its tables leave no room for one; add this by hand\n\n{written}" in capsys.readouterr().err
    assert (here / "pyproject.toml").read_text() == text


@pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")
def test_mode_and_links(here, tmp_path, capsys):
    settings = here / "productops.toml"
    settings.write_text("# ours\n")
    settings.chmod(0o640)
    assert add() == 0
    assert stat.S_IMODE(settings.stat().st_mode) == 0o640
    assert sorted(path.name for path in here.iterdir()) == ["NOTES", "productops.toml"]
    settings.unlink()
    (tmp_path / "outside.toml").write_text("# theirs\n")
    settings.symlink_to(tmp_path / "outside.toml")
    assert add() == 2
    assert (tmp_path / "outside.toml").read_text() == "# theirs\n"


def test_list(here, capsys):
    text = PLAIN + PLAIN.replace("TOY002", "TOY004").replace("2027-01-31", "2026-11-22")
    text += ENTRY.format(subject='subject = "*two"\n').replace("2027-01-31", "2026-11-21")
    (here / "productops.toml").write_text(text)
    inline = "productops: ignore TOY002 until 2027-12-01 owner=@bob the new shop replaces it"
    (here / "NOTES").write_text(f"open: one\n\n# {inline}\nopen: two\n")
    (here / "other.sh").write_text("# productops: ignore TOY009\n")
    assert waive("--list") == 0
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "TOY002 *two   until 2026-11-21  ended 1 day ago                 @ann  covers 1 finding   productops.toml:11",
        "TOY004        until 2026-11-22  0 days left                     @ann  cannot tell        productops.toml:6",
        "TOY002        until 2027-01-31  70 days left                    @ann  covers 2 findings  productops.toml:1",
        "TOY002 NOTES  until 2027-12-01  too long, 180 days are allowed  @bob  covers 1 finding   NOTES:3",
        "other.sh:1: `productops: ignore TOY009` waives nothing: there is no rule TOY009, it has no last day,"
        " it has no owner, it gives no reason",
    ]
    assert waive("--list", "TOY004") == 0
    assert capsys.readouterr().out.startswith("TOY004  until 2026-11-22")
    assert waive("--list", ".") == 0
    assert capsys.readouterr().out == out


def test_an_empty_list(here, capsys):
    assert waive("--list") == 0
    assert capsys.readouterr().out == "no waivers\n"


def test_extend(here, capsys):
    (here / "productops.toml").write_text(f"# of March\n{PLAIN}".replace("2027-01-31", "2026-11-01 # soon"))
    assert waive("TOY002", "--extend", UNTIL) == 0
    assert (
        capsys.readouterr().out == "productops.toml:2: TOY002 is waived until 2027-01-31, it was 2026-11-01\n"
    )
    assert (here / "productops.toml").read_text() == f"# of March\n{PLAIN}".rstrip("\n") + " # soon\n"
    assert (
        waive("notes-are-done", "--extend", "--until=2027-02-01", "--reason=they want to see June too") == 0
    )
    text = (here / "productops.toml").read_text()
    assert 'reason = "they want to see June too"\nowner = "@ann"\nexpires = 2027-02-01 # soon\n' in text


def test_extend_which(here, capsys):
    assert waive("TOY002", "--extend", UNTIL) == 2
    assert "the settings hold no such waiver of TOY002" in capsys.readouterr().err
    inline = "productops: ignore TOY002 until 2026-12-01 owner=@bob the new shop replaces it"
    (here / "NOTES").write_text(f"# {inline}\nopen: two\n")
    assert waive("TOY002", "--extend", UNTIL) == 2
    assert (
        "the waiver of TOY002 is a comment: NOTES:1\n    write the new day there" in capsys.readouterr().err
    )
    add("--subject=NOTES")
    add()
    assert waive("TOY002", "--extend", "--until=2027-02-01") == 2
    assert "TOY002 has 2 waivers: NOTES, (all)\n    say which with --subject" in capsys.readouterr().err
    assert waive("TOY002", "--extend", "--until=2027-02-01", "--subject=NOTES") == 0
    assert waive("TOY002", "--extend", "--until=2026-02-01", "--subject=NOTES") == 2


def test_prune(here, capsys):
    idle = ENTRY.format(subject='subject = "docs/**"\n')
    ended = PLAIN.replace("2027-01-31", "2026-01-31")
    unknown = PLAIN.replace("TOY002", "TOY004")
    text = "# ours\n\n" + "\n".join(
        [idle, PLAIN, "# about the next\n" + idle.replace("docs", "lib"), unknown, ended]
    )
    (here / "productops.toml").write_text(text)
    (here / "a.sh").write_text(
        "# productops: ignore TOY002 until 2026-12-01 owner=@bob the new shop replaces it\n"
    )
    assert waive("--prune") == 0
    said = ": TOY002 {}, until 2027-01-31, @ann: the auditors agreed in March"
    assert capsys.readouterr().out.splitlines() == [
        f"deleted productops.toml:3{said.format('docs/**')}",
        f"deleted productops.toml:17{said.format('lib/**')}",
        "delete the comment at a.sh:1: TOY002 a.sh, until 2026-12-01, @bob: the new shop replaces it",
        "kept productops.toml:24: TOY004, its rule could not judge",
    ]
    left = f"# ours\n\n{PLAIN}\n# about the next\n\n{unknown}\n{ended}"
    assert (here / "productops.toml").read_text() == left
    (here / "a.sh").unlink()
    assert waive("--prune", "TOY002") == 0
    assert capsys.readouterr().out == "every waiver covers something\n"


def test_one_act_at_a_time(here):
    with pytest.raises(SystemExit) as caught:
        waive("--list", "--prune")
    assert caught.value.code == 2
