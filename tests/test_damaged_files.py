"""A file that cannot be read or makes no sense ends no rule, and never lets one pass."""

import os
import shutil
import subprocess

import pytest

from pytest_productops import gate, inspection
from pytest_productops.catalogue import installed
from pytest_productops.facts.documents import Documents
from pytest_productops.model import Outcome
from pytest_productops.policy.settings import Options, read
from pytest_productops.repository import Repository
from pytest_productops.testing import lay_out

FILES = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "SUPPORT.md",
    "MAINTAINERS.md",
    "CODE_OF_CONDUCT.md",
    "CHANGELOG.md",
    "RELEASING.md",
    "docs/deployment.md",
    "docs/review.md",
    "docs/runbook.md",
    "CODEOWNERS",
    ".github/workflows/ci.yml",
    ".gitlab-ci.yml",
    ".circleci/config.yml",
    "azure-pipelines.yml",
    "Jenkinsfile",
    "pyproject.toml",
    "package.json",
    "Cargo.toml",
    "Makefile",
    "tox.ini",
    "go.mod",
    "pom.xml",
    "setup.cfg",
    ".pre-commit-config.yaml",
    ".github/dependabot.yml",
    "renovate.json",
    ".productops/tasks.toml",
    ".productops/done.toml",
    "DEFINITION_OF_DONE.md",
    "package-lock.json",
    "poetry.lock",
    ".coveragerc",
    "codecov.yml",
    ".tool-versions",
]
BINARY = b"\xff\xfe\x00\x01\x80abc\n" * 20
BROKEN = {
    ".yml": "a: [\n  b: }\n",
    ".yaml": "a: [\n",
    ".toml": "[a\n= 1\n",
    ".json": '{"a": ',
    ".xml": "<a><b",
}
PASSED = {Outcome.PASS, Outcome.WAIVED, Outcome.BASELINED}


def binary(path):
    path.write_bytes(BINARY)


def broken(path):
    path.write_text("" if path.suffix == ".md" else BROKEN.get(path.suffix, "{[(<\n\"'\n"))


def folder(path):
    path.mkdir()
    (path / "a.txt").write_text("x\n")


def dangling(path):
    path.symlink_to("nowhere/at/all")


def outside(path):
    path.symlink_to("/etc/hostname")


def forbidden(path):
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    path.write_text("x\n")
    path.chmod(0)


DAMAGES = (binary, broken, folder, dangling, outside, forbidden)


def put(root, name, damage):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    damage(root / name)


def lay(root, *names, damage=None):
    (root / "src").mkdir(parents=True)
    (root / "src/a.py").write_text("A = 1\n")
    for name in names:
        put(root, name, damage)
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A", "src"], ["commit", "-qm", "One"]):
        subprocess.run([*git, *command], check=True)
    return root


def judged(root):
    settings = read(root, installed(), [Options("--", {"select": "ALL", "now": "2026-11-22"})])
    return {verdict.rule.code: verdict for verdict in gate.run(root, settings).verdicts}


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(each, id=each.__name__, marks=[] if each in {binary, broken} else [pytest.mark.slow])
        for each in DAMAGES
    ],
)
def test_no_rule_passes_because_of_it_and_none_crashes(tmp_path, damage):
    root = lay(tmp_path / "a")
    bare = judged(root)
    for name in FILES:
        put(root, name, damage)
        for code, verdict in judged(root).items():
            assert verdict.outcome is not Outcome.ERROR, (name, verdict.traceback)
            if bare[code].outcome in {Outcome.FAIL, Outcome.ADVISORY}:
                assert verdict.outcome not in PASSED, (name, code)
        for question, answer in inspection.inspect(Repository(root)).items():
            assert not any("crashed" in each.note for each in answer.evidence), (name, question, answer)
        (shutil.rmtree if damage is folder else os.unlink)(root / name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CONTRIBUTING.md", "ONB001"),
        ("SECURITY.md", "PRA005"),
        ("CODEOWNERS", "SUP002"),
        (".github/workflows/ci.yml", "DEV001"),
        (".productops/tasks.toml", "OPS001"),
        (".productops/done.toml", "REP001"),
    ],
)
def test_the_rule_that_it_concerns_names_it(tmp_path, name, code):
    verdict = judged(lay(tmp_path / "a", name, damage=binary))[code]
    said = [verdict.reason, *(str(each.finding) for each in verdict.findings)]
    assert verdict.outcome in {Outcome.UNKNOWN, Outcome.FAIL}
    assert any(name in each for each in said), said


def test_a_document_beyond_the_limits_is_unknown_with_its_name_and_line(tmp_path):
    lay(tmp_path / "a", "CONTRIBUTING.md", damage=lambda path: path.write_text("# A\n\n" + "a " * 5_000))
    verdict = judged(tmp_path / "a")["ONB001"]
    assert verdict.outcome is Outcome.UNKNOWN
    assert "CONTRIBUTING.md:3 is longer than" in verdict.reason


def test_an_embedded_image_is_no_long_line(tmp_path):
    image = f"![a](data:image/png;base64,{'iVBORw0KGgo' * 2_000}) Sells things."
    lay(tmp_path / "a", "README.md", damage=lambda path: path.write_text(f"# Shop\n\n{image}\n"))
    document = Repository(tmp_path / "a")[Documents].get("README.md")
    assert document is not None
    assert [prose.text.strip() for prose in document.prose] == ["Sells things."]


PYPROJECT = """[project]
name = "shop"
version = "1"
requires-python = ">=3.10"
authors = [{ name = "Ann Lee", email = "ann@example.org" }]
dependencies = ["attrs==24.2.0"]
[tool.ruff]
line-length = 100
"""
PACKAGE = """{
  "name": "shop",
  "author": "Ann Lee <ann@example.org>",
  "engines": {"node": ">=20"},
  "workspaces": ["parts/*"],
  "scripts": {"test": "mocha"},
  "dependencies": {"chalk": "5.3.0"}
}
"""
PARTS = {f"parts/{name}/package.json": f'{{"name": "{name}", "version": "1.0.0"}}\n' for name in "abcd"}
GUIDE = {"CONTRIBUTING.md": "# Contributing\n\nRun `npm run tset` first.\n"}
LOCK = 'version = 1\n[[package]]\nname = "shop"\nversion = "1"\nsource = { editable = "." }\n'


@pytest.mark.parametrize("damage", ["[a\n= 1\n{", '{"name": "a",\n"name": "b"}'], ids=["cut", "twice"])
@pytest.mark.parametrize(
    ("code", "manifest", "files"),
    [
        ("DEV008", "pyproject.toml", {"pyproject.toml": PYPROJECT}),
        ("ONB008", "pyproject.toml", {"pyproject.toml": PYPROJECT}),
        ("PRA002", "pyproject.toml", {"pyproject.toml": PYPROJECT}),
        ("REP004", "pyproject.toml", {"pyproject.toml": PYPROJECT, "uv.lock": LOCK}),
        ("SUP001", "pyproject.toml", {"pyproject.toml": PYPROJECT}),
        ("ONB003", "package.json", {"package.json": PACKAGE, **GUIDE}),
        ("ONB008", "package.json", {"package.json": PACKAGE}),
        ("PRA002", "package.json", {"package.json": PACKAGE}),
        ("SUP001", "package.json", {"package.json": PACKAGE}),
        ("DEV011", "package.json", {"package.json": PACKAGE, **PARTS}),
        ("ONB008", "pyproject.toml", {"pyproject.toml": PYPROJECT, "package.json": PACKAGE}),
        ("OPS006", "pyproject.toml", {"pyproject.toml": PYPROJECT, "uv.lock": LOCK.replace('"1"', '"2"')}),
    ],
)
def test_what_a_manifest_says_that_cannot_be_read_is_unknown(tmp_path, code, manifest, files, damage):
    workflow = {
        ".github/workflows/ci.yml": "on: pull_request\njobs: {a: {runs-on: x, steps: [{run: pytest}]}}\n"
    }
    lay_out({**workflow, **files, "git log": "2026-11-01 ann@example.org Begin"}, tmp_path)
    good = judged(tmp_path)[code]
    assert good.outcome in {Outcome.PASS, Outcome.FAIL, Outcome.ADVISORY}, good.reason
    (tmp_path / manifest).write_text(damage)
    now = judged(tmp_path)[code]
    assert now.outcome is Outcome.UNKNOWN, (now.outcome, now.reason)
    assert manifest in now.reason
