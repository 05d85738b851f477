"""The JSON report: what it holds, that both faces write the same bytes, and where it is written."""

import hashlib
import json
import os
import stat
import sys

import pytest

from pytest_productops import gate
from pytest_productops.catalogue import installed
from pytest_productops.cli import main
from pytest_productops.model import RESPONSIBILITIES, Outcome
from pytest_productops.policy.settings import Options, read
from pytest_productops.reports import json_report, patches
from pytest_productops.testing import examples, lay_out

SETTINGS = """select = ["ACM"]
[rules.ACM001]
enforce-from = 2027-01-01
[[waivers]]
rule = "ACM001"
subject = "open: one"
reason = "the old till stays until spring"
owner = "@ann"
expires = 2026-12-10
[[waivers]]
rule = "ACM002"
reason = "nothing falls under this one"
owner = "@ann"
expires = 2027-01-31
"""
FILES = {
    "productops.toml": SETTINGS,
    "NOTES": "open: one\nclosed\nopen: two\n",
    "SHALLOW": "x",
    "pyproject.toml": '[tool.uv.workspace]\nmembers = ["till"]\n',
    "till/pyproject.toml": '[project]\nname = "till"\nversion = "1"\n',
    "till/productops.toml": "[rules.ACM004]\nmost = 1\n",
    ".productops/baseline.toml": 'schema = 1\n\n["till::ACM004"]\nsize = 2026-11-20\n',
}
NONE = [outcome.value for outcome in Outcome]


@pytest.fixture
def report(shop, judged):
    shop(FILES)
    return json.loads(judged().read_text())


def test_what_was_judged_and_by_what(report, shop):
    assert report["schema_version"] == "1.1"
    assert report["tool"]["packs"][0] == {
        "name": "acme",
        "distribution": "acme-rules",
        "version": "1.0",
        "rules": ["ACM001", "ACM002", "ACM003", "ACM004", "ACM006"],
    }
    assert report["repository"] == {
        "name": "shop",
        "commit": gate.Gate(shop.root, read(shop.root, installed(shop.root))).commit,
        "changed": False,
        "tags": None,
        "history": "whole",
    }
    assert report["as_of"] == "2026-11-22"
    assert report["partial"] is False
    config = report["config"]
    assert (config["profiles"], config["level"], config["source"]) == (["default"], "gold", "productops.toml")
    assert config["settings"]["rules.ACM001.enforce-from"] == {
        "value": "2027-01-01",
        "from": "productops.toml:3",
    }
    assert config["settings"]["rules.ACM001.word"] == {"value": "open", "from": "the rule's default"}
    assert report["rules"][0] == {
        "code": "ACM001",
        "name": "notes-are-done",
        "pack": "acme",
        "responsibility": "support",
        "level": "bronze",
        "stage": "plan",
        "summary": "No line of NOTES holds a word.",
        "why": "To see.",
        "fix": "Do it.",
        "options": {"word": "open"},
        "enforce_from": "2027-01-01",
        "waivable": True,
    }


def test_how_it_ended(report):
    families = report["summary"].pop("responsibilities")
    assert [each["id"] for each in families] == [*RESPONSIBILITIES.values()]
    assert [(each["score"], each["raw_score"]) for each in families] == [
        (None, None),
        (50.0, 50.0),
        (None, None),
        (100.0, 66.7),
        (100.0, 100.0),
        (None, None),
    ]
    assert families[3]["counts"] == dict.fromkeys(NONE, 0) | {"pass": 2, "baselined": 1}
    assert report["summary"] == {
        "verdict": "pass",
        "level": {"reached": None, "next": "bronze", "obstacles": ["ACM001"]},
        "score": 87.5,
        "raw_score": 70.0,
        "selected": 5,
        "results": 6,
        "judged": 5,
        "counts": {
            "pass": 3,
            "fail": 0,
            "advisory": 1,
            "waived": 0,
            "baselined": 1,
            "not-applicable": 0,
            "unknown": 1,
            "error": 0,
        },
    }
    assert report["notes"] == ["the waiver of ACM001 open: one ends in 18 days (2026-12-10, @ann)"]
    assert report["stale"] == [
        {
            "of": "waivers",
            "key": "ACM002",
            "message": "the waiver of ACM002 covers no finding",
            "fix": "delete it, or run `productops waive --prune`",
            "outcome": "advisory",
            "location": {"path": "productops.toml", "line": 10},
            "anchor": None,
        }
    ]


def test_each_finding_says_what_became_of_it(report):
    results = {each["subject"]: each for each in report["results"]}
    assert list(results) == ["ACM001", "ACM002", "ACM003", "ACM004", "till::ACM004", "ACM006"]
    assert results["ACM003"]["reason"] == "set fetch-depth: 0"
    assert [results[code]["looked_at"] for code in ("ACM001", "ACM002")] == [[], ["day"]]
    assert results["ACM001"]["findings"] == [
        {
            "fingerprint": hashlib.sha256(b"ACM001\0\0open: one").hexdigest()[:16],
            "key": "open: one",
            "message": "line is open: one",
            "location": {"path": "NOTES", "line": 1},
            "anchor": None,
            "fix": "close it",
            "patch": None,
            "outcome": "waived",
            "why": "until 2026-12-10, @ann: the old till stays until spring",
            "accepted": {
                "by": "waiver",
                "until": "2026-12-10",
                "owner": "@ann",
                "reason": "the old till stays until spring",
            },
            "evidence": [],
        },
        {
            "fingerprint": hashlib.sha256(b"ACM001\0\0open: two").hexdigest()[:16],
            "key": "open: two",
            "message": "line is open: two",
            "location": {"path": "NOTES", "line": 3},
            "anchor": None,
            "fix": "close it",
            "patch": None,
            "outcome": "advisory",
            "why": "a failure from 2027-01-01 (40 days)",
            "accepted": None,
            "evidence": [],
        },
    ]
    (till,) = results["till::ACM004"]["findings"]
    assert till["fingerprint"] == hashlib.sha256(b"ACM004\0till\0size").hexdigest()[:16]
    assert (till["location"], till["accepted"]) == (None, {"by": "baseline", "since": "2026-11-20"})
    assert till["anchor"] == {"path": "till/pyproject.toml", "line": 0}
    assert results["till::ACM004"]["options"] == {"most": 1}


def test_a_patch_is_given_with_its_finding(shop, validated, tmp_path):
    shop(FILES)
    judging = gate.Gate(shop.root, read(shop.root, installed(shop.root)))
    patch = {"safety": "safe", "title": "close it", "diff": "--- a/NOTES\n+++ b/NOTES\n\x0c\u202e\n"}
    known_by = json_report.fingerprint("ACM001", "", "open: two")
    told = json_report.said(judging.report())
    text = json_report.render(json_report.document(judging, told, patches={known_by: patch}))
    assert "\\f\\u202e\\n" in text
    (tmp_path / "patched.json").write_text(text)
    findings = validated(tmp_path / "patched.json")["results"][0]["findings"]
    assert [each["patch"] for each in findings] == [None, patch]


@pytest.mark.parametrize(
    ("files", "anchor"),
    [
        ({"README.rst": "x", "readme.md": "x"}, "readme.md"),
        ({"README": "x"}, "README"),
        ({}, "productops.toml"),
    ],
)
def test_a_finding_without_a_place_is_shown_in_a_file(shop, judged, files, anchor):
    shop({"productops.toml": 'select = ["ACM006"]\n', "GOLD": "x", **files})
    (finding,) = json.loads(judged().read_text())["results"][0]["findings"]
    assert (finding["location"], finding["anchor"]) == (None, {"path": anchor, "line": 0})


def test_a_link_is_no_anchor(shop, judged):
    shop({"GOLD": "x", "a": "x"})
    (shop.root / "README.md").symlink_to("a")
    (finding,) = json.loads(judged("--select=ACM006").read_text())["results"][0]["findings"]
    assert finding["anchor"] == {"path": "GOLD", "line": 0}


def test_an_ended_waiver_stays_with_its_finding(shop, judged):
    shop(FILES)
    finding = json.loads(judged(now="2026-12-11").read_text())["results"][0]["findings"][0]
    assert (finding["outcome"], finding["accepted"]["until"]) == ("advisory", "2026-12-10")


def test_the_same_input_gives_the_same_bytes(shop, judged):
    shop(FILES)
    first, second = judged().read_bytes(), judged().read_bytes()
    assert first == second
    assert first.endswith(b"}\n")
    assert b"\r" not in first


def test_text_is_utf_8(shop, judged):
    shop({"productops.toml": SETTINGS, "NOTES": "open: Grüße \u001b[1m\n"})
    assert "line is open: Grüße \\\\x1b[1m".encode() in judged().read_bytes()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda root: None, False),
        (lambda root: (root / "NOTES").write_text("closed\n"), True),
        (lambda root: (root / "NOTES").unlink(), True),
        (lambda root: (root / "NEW").write_text("x"), True),
        (lambda root: os.utime(root / "NOTES", (1, 1)), False),
        (lambda root: (root / "NOTES").chmod(0o755), True),
        (
            lambda root: (root / ".git/info/exclude").write_text("NEW\n") and (root / "NEW").write_text("x"),
            False,
        ),
    ],
    ids=["nothing", "changed", "deleted", "untracked", "touched", "made executable", "ignored"],
)
def test_whether_the_working_tree_differs(shop, judged, change, expected):
    shop(FILES)
    change(shop.root)
    assert json.loads(judged().read_text())["repository"]["changed"] is expected


def test_a_report_in_the_repository_does_not_change_it(shop, monkeypatch, validated):
    shop(FILES)
    monkeypatch.chdir(shop.root)
    for _ in range(2):
        main(["check", "--report=json:report.json", "--now=2026-11-22"])
    assert validated("report.json")["repository"]["changed"] is False


def test_no_git(tmp_path, toys, monkeypatch, validated):
    lay_out({"NOTES": "closed\n"}, tmp_path / "shop")
    monkeypatch.chdir(tmp_path)
    main(["check", "shop", "--select=TOY001", "--report=json:report.json"])
    assert validated("report.json")["repository"] == {
        "name": "shop",
        "commit": None,
        "changed": None,
        "tags": None,
        "history": "none",
    }


def test_a_submodule_runs_nothing(shop, judged, tmp_path):
    """git would start `git status` in a submodule, with the submodule's own settings."""
    from git import Repo

    shop({"productops.toml": SETTINGS})
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    spy.chmod(0o755)
    with Repo(shop.root) as repo:
        inner = Repo.init(shop.root / "inner")
        (shop.root / "inner/x").write_text("x")
        inner.git.add("--all")
        inner.index.commit("x")
        repo.git.execute(["git", "-c", "advice.addEmbeddedRepo=false", "add", "inner"])
        repo.index.commit("inner")
        inner.git.config("core.fsmonitor", str(spy))
        inner.close()
    judged("--select=ACM001")
    from pytest_productops.facts.state import State
    from pytest_productops.repository import Repository

    assert Repository(shop.root)[State].changed == frozenset()


def test_the_verdict_is_that_of_the_gate(toys, tmp_path):
    for number, (select, extra) in enumerate(
        [("TOY001", ""), ("TOY002", ""), ("TOY004", ""), ("TOY005", "")]
    ):
        root = lay_out({"NOTES": "open\n", "productops.toml": extra}, tmp_path / str(number)).root
        judging = gate.Gate(root, read(root, installed(root), [Options("--", {"select": select})]))
        made = judging.report()
        data = json_report.document(judging, json_report.said(made))
        assert (data["summary"]["verdict"] == "pass") == made.passed


def options(words):
    return [f"--productops-{word}" for word in words]


@pytest.mark.parametrize(
    "workers", [(), ("-n", "2"), ("-p", "no:terminal"), ("-p", "no:randomly", "--ff")], ids=" ".join
)
@pytest.mark.parametrize("words", [(), ("level=bronze",)], ids=["as it is", "with an option"])
def test_pytest_writes_the_same_bytes(pytester, shop, judged, tmp_path, workers, words):
    if "-n" in workers:
        pytest.importorskip("xdist", reason="-n is an option of pytest-xdist")
    shop(FILES)
    expected = judged(*(f"--{word}" for word in words)).read_bytes()
    path = tmp_path / "pytest.json"
    asked = options([f"root={shop.root}", "now=2026-11-22", f"report=json:{path}", *words])
    run = pytester.runpytest_subprocess("--productops", *asked, *workers)
    assert run.ret == 0
    assert path.read_bytes() == expected
    if "no:terminal" not in workers:
        run.stdout.fnmatch_lines([f"*productops report (json): {path}*"])


EXAMPLES = {rule.code: (rule, archive) for rule, kind, archive in examples(installed()) if kind == "bad"}


@pytest.mark.parametrize("code", EXAMPLES)
def test_both_faces_on_every_rule(pytester, tmp_path, code, validated):
    rule, archive = EXAMPLES[code]
    root = lay_out({**archive, "README.md": archive.get("README.md", "# Shop\n")}, tmp_path / "shop").root
    given = {"select": rule.code, "now": archive.get("now", "2026-11-22").strip()}
    judging = gate.Gate(root, read(root, installed(root), [Options("--", given)]))
    said = tuple(json_report.said(judging.report()))
    known = patches.by_fingerprint(patches.found(judging, said))
    expected = json_report.render(json_report.document(judging, said, patches=known))
    asked = options(
        [f"root={root}", f"report=json:{tmp_path}/report.json", *(f"{k}={v}" for k, v in given.items())]
    )
    pytester.inline_run("--productops", "-p", "no:hypothesispytest", *asked)
    assert (tmp_path / "report.json").read_text() == expected
    validated(tmp_path / "report.json")


@pytest.mark.parametrize(
    ("selected", "partial", "subjects"),
    [
        (("-k", "ACM001"), True, ["ACM001"]),
        (
            ("-k", "ACM or waivers or baseline"),
            False,
            ["ACM001", "ACM002", "ACM003", "ACM004", "till::ACM004", "ACM006"],
        ),
        (("-k", "ACM"), True, ["ACM001", "ACM002", "ACM003", "ACM004", "till::ACM004", "ACM006"]),
        (
            ("--deselect", "productops::till::ACM004"),
            True,
            ["ACM001", "ACM002", "ACM003", "ACM004", "ACM006"],
        ),
    ],
    ids=["one", "all", "without the waivers", "without a component"],
)
def test_a_part_of_the_rules_says_so(pytester, shop, tmp_path, selected, partial, subjects, validated):
    shop(FILES)
    asked = options([f"root={shop.root}", "now=2026-11-22", f"report=json:{tmp_path}/part.json"])
    pytester.runpytest_subprocess("--productops", *asked, *selected)
    data = validated(tmp_path / "part.json")
    assert data["partial"] is partial
    assert [each["subject"] for each in data["results"]] == subjects
    assert (data["summary"]["level"] is None) == partial
    assert len(data["rules"]) == 5


def test_a_listing_writes_none(pytester, shop, tmp_path):
    shop(FILES)
    asked = options([f"root={shop.root}", f"report=json:{tmp_path}/none.json"])
    pytester.runpytest_subprocess("--productops", "--co", *asked)
    assert not (tmp_path / "none.json").exists()


@pytest.fixture
def here(tmp_path, toys, monkeypatch):
    lay_out({"NOTES": "open: one\n"}, tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


def test_standard_output_holds_the_report_alone(here, capfdbinary):
    for arguments in (["--format=json"], ["--report=json:-"], ["--format=json", "--report=json:-"]):
        assert main(["check", "--select=TOY002", *arguments]) == 1
        out = capfdbinary.readouterr().out
        assert json.loads(out)["summary"]["verdict"] == "fail"


def test_text_and_file_together(here, capsys, validated):
    assert main(["check", "--select=TOY002", "--report=json:../a.json, json:../b.json"]) == 1
    assert capsys.readouterr().out.startswith("shop  profile default\n\nFAIL  TOY002")
    assert validated("../a.json") == validated("../b.json")


def test_the_environment_asks_too(here, monkeypatch, validated):
    monkeypatch.setenv("PRODUCTOPS_REPORT", "json:../env.json")
    main(["check", "--select=TOY001"])
    assert validated("../env.json")["summary"]["verdict"] == "pass"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("jsn:x", "--report: no such format `jsn`\n    did you mean `json`?"),
        ("x.json", "--report: `x.json` names no format\n    write json:x.json"),
        ("json", "--report: `json` names no file\n    write json:report.json, or json:- for standard output"),
        ("json:nowhere/x.json", "--report: nowhere/x.json cannot be written: there is no folder nowhere"),
        ("json:..", "--report: .. cannot be written: it is a folder"),
        ("json:NOTES/x", "--report: NOTES/x cannot be written: there is no folder NOTES"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_judged(here, capsys, value, message):
    assert main(["check", f"--report={value}"]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else False, reason="root may write anywhere")
def test_a_folder_without_rights(here, capsys, tmp_path):
    (tmp_path / "shut").mkdir(mode=0o500)
    assert main(["check", "--report=json:../shut/x.json"]) == 2
    assert "../shut/x.json cannot be written: Permission denied" in capsys.readouterr().err


def test_a_report_is_replaced_whole(here, tmp_path, validated):
    target = tmp_path / "kept.json"
    target.write_text("old")
    link = tmp_path / "link.json"
    link.symlink_to(target)
    main(["check", "--select=TOY001", f"--report=json:{link}"])
    assert link.is_symlink()
    assert validated(target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.json", "link.json", "shop"]
    assert stat.S_IMODE(target.stat().st_mode) & 0o444


@pytest.mark.parametrize("link", ["x.json", "out", "deep/out"])
@pytest.mark.parametrize("verb", ["check", "report"])
def test_a_link_of_the_repository_leads_no_report_away(here, capsys, tmp_path, verb, link):
    aside = tmp_path / "aside"
    aside.mkdir()
    precious = aside / "x.json"
    precious.write_text("precious")
    (here / "deep").mkdir()
    (here / link).symlink_to(precious if link.endswith(".json") else aside)
    given = link if link.endswith(".json") else f"{link}/x.json"
    if verb == "check":
        arguments = ["check", "--select=TOY001", f"--report=json:{given}"]
    else:
        main(["check", "--select=TOY001", f"--report=json:{tmp_path / 'first.json'}"])
        arguments = ["report", str(tmp_path / "first.json"), f"--to=json:{given}"]
    assert main(arguments) == 2
    name = link.rpartition("/")[2]
    assert f"{given} is not written: {name} is a link of the repository" in capsys.readouterr().err
    assert precious.read_text() == "precious"


def test_a_name_that_is_guessed_leads_no_report_away(here, tmp_path):
    """The name that a report had while it was written told the process, so a repository could hold it as a link."""
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (here / f".x.json.{os.getpid()}.new").symlink_to(precious)
    main(["check", "--select=TOY001", "--report=json:x.json"])
    assert precious.read_text() == "precious"


def test_a_link_in_a_folder_of_a_report_is_replaced(here, tmp_path):
    pytest.importorskip("jinja2")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "precious").write_text("precious")
    (here / "page").mkdir()
    (here / "page/index.html").symlink_to(tmp_path / "pipe")
    (here / "page/style.css").symlink_to(tmp_path / "precious")
    main(["check", "--select=TOY001", "--report=html-dir:page"])
    assert (tmp_path / "precious").read_text() == "precious"
    assert not any(path.is_symlink() for path in (here / "page").iterdir())
    assert (here / "page/index.html").read_text().startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("mode", [0o600, 0o664, None])
def test_a_report_keeps_the_mode_of_its_file(here, mode):
    target = here / "x.json"
    if mode is not None:
        target.write_text("old")
        target.chmod(mode)
    before = os.umask(0o027)
    try:
        main(["check", "--select=TOY001", "--report=json:x.json"])
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == (0o640 if mode is None else mode)


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_a_full_disk(here, capsys):
    assert main(["check", "--select=TOY001", "--report=json:/dev/full"]) == 2
    assert capsys.readouterr().err == "error: /dev/full could not be written: No space left on device\n"


def test_pytest_refuses_as_well(pytester, here):
    for value, message in (
        ("json:-", "pytest itself writes to standard output"),
        ("xml:report.xml", "no such format `xml`"),
    ):
        run = pytester.runpytest_subprocess("--productops", *options([f"root={here}", f"report={value}"]))
        assert run.ret == pytest.ExitCode.USAGE_ERROR
        run.stderr.fnmatch_lines([f"*--productops-report: {message}*"])
