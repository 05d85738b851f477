"""The project's own conventions, as tests."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from pytest_productops.catalogue import installed
from pytest_productops.model import RESPONSIBILITIES
from pytest_productops.reports import handbook

ROOT = Path(__file__).parents[1]
OURS = [rule for rule in installed() if rule.module.startswith("productops_rules.")]


@pytest.mark.parametrize("rule", OURS, ids=lambda rule: rule.code)
def test_a_rule_is_one_file_named_after_it(rule):
    _, family, module = rule.module.split(".")
    assert (family, module) == (rule.responsibility, rule.name.replace("-", "_"))
    assert RESPONSIBILITIES[rule.code[:3]] == family
    assert "This rule" not in rule.manual.text


def test_every_responsibility_has_rules():
    assert {rule.responsibility for rule in OURS} == set(RESPONSIBILITIES.values())


def test_the_catalogue_is_current():
    assert (ROOT / "rules" / "README.md").read_text() == handbook.render(OURS), (
        "write it anew: python -m pytest_productops rules --format=markdown > rules/README.md"
    )


def test_every_dependency_is_used():
    project = tomli.loads((ROOT / "pyproject.toml").read_text())["project"]
    modules = {"GitPython": "git", "PyYAML": "yaml", "markdown-it-py": "markdown_it"}
    sources = "\n".join(path.read_text() for path in (ROOT / "pytest_productops").rglob("*.py"))
    for dependency in project["dependencies"]:
        name = re.match(r"[\w-]+", dependency)[0]
        module = modules.get(name, name)
        assert re.search(rf"^\s*(?:import|from) {module}\b", sources, re.MULTILINE), name


def test_gitpython_is_without_known_holes():
    from importlib.metadata import version

    assert tuple(map(int, version("GitPython").split(".")[:3])) >= (3, 2, 1)


def fences(path, language):
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / path).read_text(), re.DOTALL)


def test_the_settings_in_the_readme_are_valid(tmp_path):
    from pytest_productops.policy.settings import read

    (tmp_path / "productops.toml").write_text(fences("README.md", "toml")[0])
    assert read(tmp_path, installed()).policy.profile == "service"


def test_the_rule_in_the_readme_runs(tmp_path, monkeypatch):
    from pytest_productops.testing import examples, findings

    (tmp_path / "readme_pack.py").write_text(fences("README.md", "python")[0])
    monkeypatch.syspath_prepend(tmp_path)
    import readme_pack

    (rule,) = readme_pack.productops_rules()
    for each, kind, files in examples([rule]):
        assert bool(findings(each, files)) == (kind == "bad")


def test_every_verb_has_help():
    shown = subprocess.run(
        [sys.executable, "-m", "pytest_productops", "--help"], capture_output=True, text=True
    )
    assert {"check", "explain", "rules"} <= set(shown.stdout.split())
