"""`productops explain`: the manual, and what a rule says of the repository at hand."""

import json
import subprocess

import pytest

from pytest_productops.cli import main
from pytest_productops.manual import archive
from pytest_productops.testing import lay_out

RULE = ["explain", "TOY002"]


@pytest.fixture
def here(tmp_path, toys, monkeypatch):
    """A repository with settings, as the working directory."""
    root = tmp_path / "shop"
    lay_out(
        archive("-- NOTES --\nopen: one\nclosed\nopen: two\n-- productops.toml --\nselect = ['TOY']\n"), root
    )
    monkeypatch.chdir(root)
    return root


def part(text, title):
    """Return the lines below a title, up to the next blank line."""
    lines = text.splitlines()
    start = lines.index(title) + 1
    return lines[start : lines.index("", start)]


def test_what_it_says_here(here, capsys):
    assert main(RULE) == 0
    out = capsys.readouterr().out
    assert part(out, "Here") == [
        "  FAIL",
        "    NOTES:1  line is open: one",
        "        fix  close it",
        "    NOTES:3  line is open: two",
        "        fix  close it",
        "  selected: named by `select`, productops.toml:1",
    ]
    assert part(out, "Waive") == ['  productops waive TOY002 --until=DATE --owner=@NAME --reason="..."']


def test_the_layer_that_decided_an_option(here, capsys):
    with (here / "productops.toml").open("a") as file:
        file.write("[rules.TOY002]\nword = 'closed'\n")
    main(RULE)
    out = capsys.readouterr().out
    assert part(out, "Options") == [
        "  [rules.notes-are-done]  in productops.toml, or below [tool.productops]",
        '  word = "closed"    productops.toml:3; the default is "open"',
        "      what an unfinished line holds",
    ]
    assert "    NOTES:2  line is closed" in part(out, "Here")


def test_a_rule_that_nothing_selects_is_judged_all_the_same(here, capsys):
    (here / "productops.toml").write_text("select = ['TOY001']\n")
    main(RULE)
    said = part(capsys.readouterr().out, "Here")
    assert said[0] == "  FAIL"
    assert said[-1] == "  not selected: not named by `select`, productops.toml:1"


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("TOY001", "  PASS"),
        ("TOY003", "  N/A: no such thing here"),
        ("TOY004", "  UNKNOWN: the clone is shallow: set fetch-depth: 0"),
        ("TOY005", "  ERROR: RuntimeError: a bug in the rule"),
    ],
)
def test_every_outcome(here, capsys, rule, line):
    assert main(["explain", rule]) == 0
    assert part(capsys.readouterr().out, "Here")[0] == line


def test_a_waiver_and_the_baseline_show(here, capsys):
    (here / ".productops").mkdir()
    (here / ".productops/baseline.toml").write_text("schema = 1\n[TOY002]\n'open: one' = 2026-09-02\n")
    with (here / "productops.toml").open("a") as file:
        file.write(
            "[[waivers]]\nrule = 'TOY002'\nsubject = 'open: two'\nreason = 'moves in spring'\n"
            "owner = '@ann'\nexpires = 2027-01-31\n"
        )
    main([*RULE, "--now=2026-11-22"])
    said = part(capsys.readouterr().out, "Here")
    assert "        baselined: known since 2026-09-02" in said
    assert "        waived: until 2027-01-31, @ann: moves in spring" in said


def test_what_nobody_may_accept(here, capsys):
    with (here / "productops.toml").open("a") as file:
        file.write("[rules.TOY002]\nwaivable = false\n")
    main(RULE)
    assert part(capsys.readouterr().out, "Waive") == ["  the settings let nobody waive TOY002"]


def test_settings_with_a_mistake(here, capsys):
    (here / "productops.toml").write_text("slect = ['TOY']\n")
    assert main(RULE) == 0
    assert part(capsys.readouterr().out, "Here") == [
        "  cannot be told: productops.toml:1: unknown key `slect` in the file; did you mean `select`?"
    ]


def test_no_repository(tmp_path, toys, monkeypatch, capsys):
    (tmp_path / "NOTES").write_text("open: one\n")
    monkeypatch.chdir(tmp_path)
    assert main(RULE) == 0
    reason = "  cannot be told: no repository is here; name one: productops explain TOY002 PATH"
    assert part(capsys.readouterr().out, "Here") == [reason]
    main([*RULE, "."])
    assert part(capsys.readouterr().out, "Here")[:2] == ["  FAIL", "    NOTES:1  line is open: one"]


def test_a_git_directory_that_is_none(here, capsys):
    (here / ".git").write_text("gitdir: nowhere\n")
    assert main(["explain", "REP010"]) == 0
    assert part(capsys.readouterr().out, "Here")[0].startswith("  ")


def test_json(here, capsys):
    assert main([*RULE, "--format=json"]) == 0
    (rule,) = json.loads(capsys.readouterr().out)["rules"]
    assert rule["code"] == "TOY002"
    assert rule["options"] == [
        {
            "name": "word",
            "text": "what an unfinished line holds",
            "default": "open",
            "stricter": "",
            "schema": {"type": "string", "maxLength": 1000},
            "demands": {},
        }
    ]
    assert rule["bad"] == [{"NOTES": "open: one\n"}]
    said = rule["here"]
    assert said["because"] == ["named by `select`, productops.toml:1"]
    assert [finding["line"] for finding in said["verdicts"][0]["findings"]] == [1, 3]
    assert said["options"]["word"] == {"value": "open", "decided": "the rule's default"}


def test_all_rules_as_json(here, capsys):
    assert main(["explain", "--all", "--format=json"]) == 0
    said = json.loads(capsys.readouterr().out)
    codes = [rule["code"] for rule in said["rules"]]
    assert codes == sorted(codes)
    assert {"TOY001", "ONB003", "REP010"} <= set(codes)
    assert said["schema_version"] == "1.0"
    assert all(rule["here"] is None and rule["why"] and rule["bad"] for rule in said["rules"])


def test_markdown(here, capsys):
    (here / "NOTES").write_text("open: `</pre>`\n```\n")
    main([*RULE, "--format=markdown"])
    out = capsys.readouterr().out
    assert out.startswith("# TOY002 notes-are-done\n\n**No line of NOTES says open.**\n")
    assert "## Here\n\n```text\nFAIL\n  NOTES:1  line is open: `</pre>`\n" in out
    assert '- `word = "open"` (the rule\'s default): what an unfinished line holds' in out
    assert "\n## Bad\n\n```text\n-- NOTES --\nopen: one\n```\n" in out


def test_what_it_finds_is_safe_to_show(here, capsys):
    (here / "NOTES").write_text("open: \x1b[31mred\n")
    for form in ("text", "markdown", "json"):
        main([*RULE, f"--format={form}"])
        assert "\x1b" not in capsys.readouterr().out


def test_many_findings_are_cut(here, capsys):
    (here / "NOTES").write_text("".join(f"open: {number}\n" for number in range(12)))
    main(RULE)
    assert "    and 2 more" in part(capsys.readouterr().out, "Here")


def test_the_page_that_a_pack_names(here, toys, tmp_path, monkeypatch, capsys):
    main(RULE)
    assert "\nDocs\n" not in capsys.readouterr().out
    folder = tmp_path / "packs"
    information = folder / "toy_pack-1.0.dist-info"
    information.mkdir(parents=True)
    source = "https://toys.example/rules/"
    (information / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: toy-pack\nVersion: 1.0\nProject-URL: Rules, {source}\n"
    )
    (information / "entry_points.txt").write_text("[productops]\ntoys = toy_pack\n")
    monkeypatch.syspath_prepend(folder)
    main(RULE)
    assert part(capsys.readouterr().out, "Docs") == ["  https://toys.example/rules/TOY002.html"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain"], "no rule is named"),
        (["explain", "TOY002", "--all"], "--all: `TOY002` is named too"),
        (["explain", "TOY02"], "did you mean `TOY002`?"),
    ],
)
def test_usage_errors(here, capsys, arguments, message):
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


def test_nothing_of_the_repository_is_written(here, capsys):
    subprocess.run(["git", "init", "-q"], check=True)
    before = sorted(here.rglob("*"))
    main(RULE)
    main(["explain", "REP010"])
    assert sorted(here.rglob("*")) == before
