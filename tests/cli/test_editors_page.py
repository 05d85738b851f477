"""docs/editors.md: what it shows works."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import tomli
from validate_pyproject import api, errors
from validate_pyproject.plugins import PluginWrapper

from pytest_productops.cli import main
from pytest_productops.policy.schema import tool_schema
from pytest_productops.testing import lay_out

PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def here(tmp_path, toys, monkeypatch):
    """A repository with an open note, as the working directory."""
    root = tmp_path / "shop"
    lay_out({"NOTES": "closed\nopen: one\n"}, root)
    monkeypatch.chdir(root)
    return root


def test_the_problem_matcher_reads_what_the_task_prints(here, capsys):
    (task,) = json.loads(blocks("json")[1])["tasks"]
    program, *arguments = task["command"].split()
    assert program == "productops"
    assert main([*arguments, "--select=TOY002"]) == 1
    pattern = task["problemMatcher"]["pattern"]
    found = re.findall(pattern["regexp"], capsys.readouterr().out, re.MULTILINE)
    keys = ("file", "line", "severity", "code", "message")
    assert [{key: groups[pattern[key] - 1] for key in keys} for groups in found] == [
        {"file": "NOTES", "line": "2", "severity": "error", "code": "TOY002", "message": "line is open: one"}
    ]


def test_the_arguments_of_the_test_explorer_list_rules_beside_tests(here):
    (here / "test_it.py").write_text("def test_it(): pass\n")
    arguments = json.loads(blocks("json")[0])["python.testing.pytestArgs"]
    command = [
        sys.executable,
        "-m",
        "pytest",
        *arguments,
        "--collect-only",
        "-q",
        "--productops-select=TOY002",
    ]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[:2] == ["test_it.py::test_it", "productops::TOY002"]


def test_an_error_format_without_a_gap():
    (vim,) = blocks("vim")
    program = re.search(r"makeprg=(.*)", vim)[1].replace("\\ ", " ")
    assert program == "productops check --format=concise"
    assert "%f:%l:\\ %trror\\ %m,%f:%l:\\ %tarning\\ %m" in vim


def test_the_settings_are_toml():
    named, tombi, taplo = blocks("toml")
    assert named.startswith("#:schema ./.productops/settings.schema.json\n")
    assert tomli.loads(tombi)["schemas"][0]["root"] == "tool.productops"
    assert tomli.loads(taplo)["rule"][0]["schema"]["path"] == ".productops/pyproject.schema.json"


def test_validate_pyproject_says_what_is_shown():
    validator = api.Validator(extra_plugins=[PluginWrapper("productops", tool_schema)])
    with pytest.raises(errors.ValidationError) as caught:
        validator({"tool": {"productops": {"level": "platinum"}}})
    (shown,) = blocks("console")
    assert shown.splitlines()[-1] == f"[ERROR] {caught.value.summary}"
