"""`productops diff`: its exit codes, its formats, and what it refuses."""

import json

import pytest

from pytest_productops.cli import main
from pytest_productops.testing import lay_out


@pytest.fixture
def reports(tmp_path, toys, monkeypatch):
    """Two reports on one folder: something is open, and nothing is."""
    monkeypatch.chdir(tmp_path)
    for name, notes in (("old", "open: one\n"), ("new", "closed\n")):
        lay_out({"NOTES": notes}, tmp_path / "shop")
        main(["check", "shop", "--select=TOY001,TOY002", "--now=2026-11-22", f"--report=json:{name}.json"])
    return tmp_path


def test_it_says_what_changed(reports, capsys):
    capsys.readouterr()
    assert main(["diff", "old.json", "new.json"]) == 0
    assert capsys.readouterr().out == (
        "shop: 0 worse, 1 better, 0 other; verdict fail -> pass\n"
        "\n"
        "repository  no commit says whether it is the same\n"
        "\n"
        "Better\n"
        "  TOY002 notes-are-done                                                                 fail -> pass\n"
        "    gone  NOTES:1  line is open: one\n"
        "          why  repository\n"
    )


def test_it_is_no_gate(reports):
    assert main(["diff", "new.json", "old.json"]) == 0


def test_markdown(reports, capsys):
    capsys.readouterr()
    assert main(["diff", "old.json", "new.json", "--format=markdown"]) == 0
    assert (
        "| TOY002 notes-are-done | **gone** line is open: one | NOTES:1 | repository |\n"
        in capsys.readouterr().out
    )


def changed(**parts):
    return lambda data: json.dumps({**data, **parts})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "bad.json cannot be read: No such file or directory"),
        (lambda _: "{", "bad.json is no JSON"),
        (lambda _: "[" * 100_000, "bad.json is no JSON"),
        (lambda _: "[]", "bad.json is no report of pytest-productops"),
        (lambda _: '{"version": "2.1.0", "runs": []}', "bad.json is no report of pytest-productops"),
        (
            changed(schema_version="2.0"),
            "bad.json is a report of format 2.0, this pytest-productops reads 1: update it",
        ),
        (
            changed(as_of="2026-02-30"),
            "bad.json is no whole report of pytest-productops: as_of: '2026-02-30' is not a 'date'",
        ),
        (
            changed(results=[{"rule": "TOY001"}]),
            "bad.json is no whole report of pytest-productops: results[0]: 'component' is a required property",
        ),
        (
            changed(results=[], rules=[{"code": "\x1b[2J"}]),
            "bad.json is no whole report of pytest-productops: rules[0]: 'name' is a required property",
        ),
    ],
    ids=["missing", "no JSON", "deep", "a list", "SARIF", "newer", "no day", "not whole", "hostile"],
)
def test_what_is_no_report_is_refused_in_one_sentence(reports, capsys, text, message):
    if text:
        (reports / "bad.json").write_text(text(json.loads((reports / "old.json").read_text())))
    capsys.readouterr()
    for pair in (["bad.json", "old.json"], ["old.json", "bad.json"]):
        assert main(["diff", *pair]) == 2
        captured = capsys.readouterr()
        assert captured.err == f"error: {message}\n"
        assert captured.out == ""


def test_a_later_minor_version_only_adds(reports):
    data = json.loads((reports / "old.json").read_text())
    data |= {"schema_version": "1.7", "score": 12}
    (reports / "later.json").write_text(json.dumps(data))
    assert main(["diff", "old.json", "later.json"]) == 0


def test_a_report_says_nothing_that_a_terminal_obeys(reports, capsys):
    data = json.loads((reports / "old.json").read_text())
    data["results"][1]["findings"][0]["message"] = "\x1b[2J\u202eclean"
    (reports / "hostile.json").write_text(json.dumps(data))
    capsys.readouterr()
    assert main(["diff", "new.json", "hostile.json"]) == 0
    assert "new  NOTES:1  \\x1b[2J\\u202eclean\n" in capsys.readouterr().out
