"""In GitHub's CI both faces annotate and write the job's summary by themselves, and no stranger's text is obeyed."""

import json
import os

import pytest

from pytest_productops.cli import main
from pytest_productops.reports import output

SETTINGS = 'select = ["ACM"]\n[rules.ACM001]\nenforce-from = 2027-01-01\n'
WARNING = (
    "::warning file=NOTES,line=1,title=ACM001 notes-are-done::line is open: one"
    " [a failure from 2027-01-01 (40 days)]%0Afix: close it\n"
)
ERROR = "::error file=GOLD,line=1,title=ACM006 no-gold-is-lost::somebody left gold here\n"


@pytest.fixture
def workflow(shop, monkeypatch, tmp_path):
    """A repository with an error and a warning, checked out by a workflow of GitHub."""
    shop({"productops.toml": SETTINGS, "NOTES": "open: one\n", "GOLD": "x"})
    summary = tmp_path / "summary.md"
    summary.write_text("# What another step said\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(shop.root))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    return summary


def check(shop, *words):
    return main(["check", f"--root={shop.root}", "--now=2026-11-22", *words])


def test_the_command(shop, workflow, capsys, tmp_path):
    assert check(shop, f"--report=json:{tmp_path}/report.json") == 1
    printed = capsys.readouterr()
    assert printed.err == ERROR.replace("GOLD", "productops.toml") + WARNING
    assert "::" not in printed.out.replace("till::", "")
    data = json.loads((tmp_path / "report.json").read_text())
    assert workflow.read_text() == "# What another step said\n" + output.rendered("markdown", data)


def test_nothing_of_it_elsewhere(shop, workflow, capsys, monkeypatch):
    for value in ("", "false"):
        monkeypatch.setenv("GITHUB_ACTIONS", value)
        assert check(shop) == 1
    assert capsys.readouterr().err == ""
    assert workflow.read_text() == "# What another step said\n"


def test_standard_output_holds_the_report_alone(shop, workflow, capfdbinary):
    assert check(shop, "--format=json") == 1
    printed = capfdbinary.readouterr()
    assert json.loads(printed.out)["summary"]["verdict"] == "fail"
    assert printed.err.startswith(b"::error ")


def test_what_is_asked_for_is_not_said_twice(shop, workflow, capfd):
    assert check(shop, "--format=github", f"--report=markdown:{workflow}") == 1
    printed = capfd.readouterr()
    assert printed.out == ERROR.replace("GOLD", "productops.toml") + WARNING
    assert printed.err == ""
    assert workflow.read_text().startswith("## Product operations: failed\n")
    assert workflow.read_text().count("## Product operations") == 1


def test_a_repository_that_is_not_checked_out_here(shop, workflow, capsys, monkeypatch, tmp_path):
    """The file of an annotation is looked for in the workspace."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert check(shop) == 1
    assert capsys.readouterr().err == (
        "::error title=ACM006 no-gold-is-lost::productops.toml:1: somebody left gold here\n"
        "::warning title=ACM001 notes-are-done::NOTES:1: line is open: one"
        " [a failure from 2027-01-01 (40 days)]%0Afix: close it\n"
    )


def folder(path):
    path.unlink()
    path.mkdir()


def fifo(path):
    path.unlink()
    os.mkfifo(path)


def link(path):
    target = path.with_name("target")
    path.rename(target)
    path.symlink_to(target)


@pytest.mark.parametrize(
    "make", [lambda path: path.unlink(), folder, fifo, link], ids=["gone", "folder", "fifo", "link"]
)
def test_a_summary_that_is_no_regular_file_is_left_alone(shop, workflow, capsys, make, tmp_path):
    make(workflow)
    before = {each.name: each.lstat() for each in tmp_path.iterdir() if each.name != "shop"}
    assert check(shop) == 1
    assert capsys.readouterr().err.startswith("::error ")
    after = {each.name: each.lstat() for each in tmp_path.iterdir() if each.name != "shop"}
    assert {name: stat.st_size for name, stat in before.items()} == {
        name: stat.st_size for name, stat in after.items()
    }


def test_nothing_is_written_into_a_pipe(shop, workflow):
    fifo(workflow)
    reader = os.open(workflow, os.O_RDONLY | os.O_NONBLOCK)
    assert check(shop) == 1
    assert os.read(reader, 10) == b""
    os.close(reader)


def test_a_summary_that_names_nothing(shop, workflow, capsys, monkeypatch):
    for value in ("", "/proc/self/mem", "nowhere/x"):
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", value)
        assert check(shop) == 1
    assert capsys.readouterr().err.count("::error ") == 3


def run(pytester, shop, *words):
    asked = [f"--productops-root={shop.root}", "--productops-now=2026-11-22", "--productops", *words]
    return pytester.runpytest_subprocess(*asked)


def commands(text):
    return [
        line
        for line in text.splitlines()
        if line.strip().startswith("::") or "##[" in line or "##vso[" in line
    ]


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_pytest(pytester, shop, workflow, workers, capsys):
    if workers:
        pytest.importorskip("xdist", reason="-n is an option of pytest-xdist")
    ran = run(pytester, shop, *workers)
    assert ran.ret == 1
    expected = [ERROR.replace("GOLD", "productops.toml").rstrip(), WARNING.rstrip()]
    assert commands(ran.stdout.str() + ran.stderr.str()) == expected
    said = workflow.read_text()
    workflow.write_text("# What another step said\n")
    check(shop)
    assert said == workflow.read_text()


def test_pytest_leaves_errors_to_the_plugin_that_annotates_them(pytester, shop, workflow):
    pytester.makepyfile(pytest_github_actions_annotate_failures="")
    ran = run(pytester, shop, "-p", "pytest_github_actions_annotate_failures")
    assert commands(ran.stdout.str()) == [WARNING.rstrip()]


def test_pytest_says_nothing_where_nothing_was_judged(pytester, shop, workflow):
    ran = run(pytester, shop, "--co")
    assert commands(ran.stdout.str()) == []
    assert workflow.read_text() == "# What another step said\n"


def test_pytest_prints_no_command_of_a_stranger(pytester, shop, workflow):
    """What stands in a repository is printed by pytest as it is: in names, messages and tracebacks."""
    shop({"NOTES": "::error::open\nopen ##[add-mask]x ##vso[task.x]y\n::stop-commands::open\n", "GOLD": None})
    ran = run(pytester, shop, "-rA", "-vv")
    found = commands(ran.stdout.str())
    assert len(found) == 3
    assert all(line.startswith("::warning file=NOTES,line=") for line in found)
