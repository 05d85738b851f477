"""`--fast`: the quick rules, as their facts say; the same by every face, and nothing slow behind them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_productops import catalogue
from pytest_productops.cli import main
from pytest_productops.facts.code import Complexity
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.skips import Skips
from pytest_productops.facts.variables import Variables
from pytest_productops.gate import Gate
from pytest_productops.git import Git
from pytest_productops.policy.layers import Options
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.policy.settings import read
from pytest_productops.repository import Repository
from pytest_productops.testing import examples, lay_out

RULES = catalogue.installed()
QUICK = [rule for rule in RULES if rule.quick]
SLOW = {Complexity, Guides, Skips, Variables}
SHOP = {"README.md": "# Shop\n\nSee [the plan](plan.md).\n"}


def selected(root, **options):
    return [rule.code for rule in read(root, RULES, [Options("--", options)]).rules]


def test_the_quick_rules_of_the_default_profile(tmp_path):
    chosen = selected(tmp_path, fast="yes")
    assert {"ONB003", "ONB004", "ONB005", "ONB006", "PRA001", "PRA003", "REP004", "SUP001", "OPS001"} <= set(
        chosen
    )
    assert not {"DEV005", "DEV007", "DEV009", "OPS002", "OPS005", "SUP002", "SUP005", "SUP007"} & set(chosen)
    whole = selected(tmp_path)
    assert chosen == [code for code in whole if RULES.get(code).quick]
    page = Path(__file__).parents[2] / "docs" / "integrations.md"
    assert f"; {len(chosen)} of the profile `default`." in page.read_text()


def test_it_narrows_what_is_selected_and_keeps_what_is_named(tmp_path):
    assert selected(tmp_path, select="ONB004,DEV009", fast="yes") == ["ONB004"]
    assert selected(tmp_path, select="ONB004,DEV009", fast="0") == ["DEV009", "ONB004"]
    given = [Options("--", {"select": "ONB004", "fast": "yes"})]
    assert [rule.code for rule in read(tmp_path, RULES, given, ["DEV009"]).rules] == ["DEV009", "ONB004"]
    with pytest.raises(ConfigurationError, match="no rule is selected"):
        selected(tmp_path, select="DEV009", fast="yes")


def test_a_fact_is_slow_unless_it_says_otherwise():
    for rule in QUICK:
        assert all("quick" in vars(fact) for fact in rule.needs), rule.code


@pytest.mark.parametrize("rule", QUICK, ids=lambda rule: rule.code)
def test_a_quick_rule_reads_neither_history_nor_code_where_all_is_well(rule, tmp_path, monkeypatch):
    gathered = set()
    ask = Repository.__getitem__

    def noting(repository, fact):
        gathered.add(fact)
        return ask(repository, fact)

    read_git = Git.stream

    def stream(git, *arguments, **limits):
        assert "log" not in arguments, f"history is read: {arguments}"
        return read_git(git, *arguments, **limits)

    good = [files for _, kind, files in examples([rule]) if kind == "good"]
    assert good
    for number, files in enumerate(good):
        root = lay_out(files, tmp_path / str(number)).root
        options = [Options("--", {"select": rule.code, "now": files.get("now", "2026-11-22").strip()})]
        with monkeypatch.context() as patched:
            patched.setattr(Repository, "__getitem__", noting)
            patched.setattr(Git, "stream", stream)
            (verdict, *_) = Gate(root, read(root, RULES, options)).report().verdicts
        assert verdict.outcome.value != "error", verdict.traceback
    assert not gathered & SLOW


def test_every_face_takes_it(tmp_path, capsys, monkeypatch):
    root = lay_out(SHOP, tmp_path / "shop").root

    def judged():
        return [result["rule"] for result in json.loads(capsys.readouterr().out)["results"]]

    assert main(["check", str(root), "--fast", "--format=json"]) == 1
    quick = judged()
    assert quick == selected(root, fast="yes")
    monkeypatch.setenv("PRODUCTOPS_FAST", "1")
    main(["check", str(root), "--format=json"])
    assert judged() == quick
    monkeypatch.setenv("PRODUCTOPS_FAST", "0")
    main(["check", str(root), "--format=json"])
    assert len(judged()) > 2 * len(quick)
    monkeypatch.delenv("PRODUCTOPS_FAST")
    command = [sys.executable, "-m", "pytest", "--productops", "--productops-fast", "--collect-only", "-q"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True).stdout
    assert [line.partition("::")[2] for line in listed.splitlines() if "::" in line] == quick
