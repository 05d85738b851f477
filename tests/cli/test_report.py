"""`productops report`: a stored report in other formats, and what is no report."""

import json

import pytest

from pytest_productops.cli import main
from pytest_productops.reports import stored


@pytest.fixture
def report(tmp_path, toys, monkeypatch):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/NOTES").write_text("open: one\n")
    monkeypatch.chdir(tmp_path)
    main(["check", "shop", "--select=TOY001,TOY002", "--now=2026-11-22", "--report=json:report.json"])
    return tmp_path / "report.json"


LINES = "NOTES:1: error TOY002 line is open: one\nFailed: 2 of 2 selected rules could judge: 1 passed, 1 failed.\n"


def test_it_prints(report, capfd):
    capfd.readouterr()
    for words in ([], ["--format=concise"], ["--to=concise:-"]):
        assert main(["report", "report.json", *words]) == 0
        assert capfd.readouterr().out == LINES


def test_it_writes_several(report, capsys):
    capsys.readouterr()
    assert main(["report", "report.json", "--to=concise:a.txt, json:b.json"]) == 0
    assert (report.with_name("a.txt").read_text(), capsys.readouterr().out) == (LINES, "")
    assert report.with_name("b.json").read_bytes() == report.read_bytes()


def changed(data, path, value):
    *heads, last = path
    for head in heads:
        data = data[head]
    data[last] = value


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["schema_version"], "2.0", "report.json is a report of format 2.0, this pytest-productops reads 1: update it"),
        (["schema_version"], "x", "report.json is no report of pytest-productops"),
        (["schema_version"], None, "report.json is no report of pytest-productops"),
        (["summary", "verdict"], "maybe", "summary.verdict: 'maybe' is not one of ['pass', 'fail']"),
        (["summary", "score"], 101, "summary.score: 101 is greater than the maximum of 100"),
        (["summary", "score"], float("nan"), "report.json is no JSON"),
        (["as_of"], "2026-13-01", "as_of: '2026-13-01' is not a 'date'"),
        (["results", 1, "rule"], "\x1b[1m::x", "results: `\\x1b[1m::x` is none of the rules"),
        (["results", 1, "findings", 0, "location"], {"path": "x", "line": -1}, "location.line: -1 is less than the minimum of 0"),
        (["results", 1, "findings", 0, "patch"], {"safety": "sure", "title": "", "diff": ""}, "patch.safety: 'sure' is not one of"),
        (["summary", "counts"], {}, "summary.counts: 'pass' is a required property"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(report, capsys, path, value, message):
    data = json.loads(report.read_text())
    changed(data, path, value)
    report.write_text(json.dumps(data))
    capsys.readouterr()
    assert main(["report", "report.json"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("error: report.json is ")
    assert message in captured.err
    assert captured.out == ""
    assert "\x1b" not in captured.err


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no JSON"),
        (b"\xff\xfe\x00", "is no JSON"),
        (b"[]", "is no report of pytest-productops"),
        (b"null", "is no report of pytest-productops"),
        (b"[" * 200_000, "is no JSON"),
        (
            b'{"schema_version": "1.1"}',
            "is no whole report of pytest-productops: 'tool' is a required property",
        ),
        (b'{"schema_version": "99999999999.1"}', "is no report of pytest-productops"),
        (b'{"schema_version": "1.1", "x": 1' + b"0" * 5000 + b"}", "is no"),
    ],
    ids=range(8),
)
def test_what_is_no_report_is_told(tmp_path, capsys, data, message):
    path = tmp_path / "x.json"
    path.write_bytes(data)
    assert main(["report", str(path), "--format=markdown"]) == 2
    assert f"error: {path} {message}" in capsys.readouterr().err


def test_what_is_nested_deep_is_told(report, capsys):
    text = report.read_text()
    report.write_text(text.replace('"options": {}', '"options": {"x": ' + "[" * 900 + "]" * 900 + "}", 1))
    assert main(["report", "report.json"]) in {0, 2}
    assert "Traceback" not in capsys.readouterr().err


def test_what_is_too_large_is_not_read(tmp_path, capsys):
    path = tmp_path / "x.json"
    with path.open("wb") as stream:
        stream.truncate(stored.MOST + 1)
    assert main(["report", str(path)]) == 2
    assert capsys.readouterr().err == f"error: {path} is larger than 64 MiB\n"


def test_no_such_file(tmp_path, capsys):
    assert main(["report", str(tmp_path / "x.json")]) == 2
    assert capsys.readouterr().err == f"error: {tmp_path}/x.json cannot be read: No such file or directory\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--to=sarf:x"], "--to: no such format `sarf`\n    did you mean `sarif`?"),
        (["--to=gitlab"], "write gitlab:gl-code-quality-report.json, or gitlab:- for standard output"),
        (["--to=csv:nowhere/x"], "--to: nowhere/x cannot be written: there is no folder nowhere"),
    ],
)
def test_wrong_usage(report, capsys, words, message):
    assert main(["report", "report.json", *words]) == 2
    assert message in capsys.readouterr().err
