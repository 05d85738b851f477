"""Nothing in a lock file, an updater's settings or a version file makes a fact raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.components import Component, Components
from pytest_productops.facts.locks.drifts import KINDS, LockDrifts
from pytest_productops.facts.toolchains import Toolchains
from pytest_productops.facts.updates import Updates
from pytest_productops.repository import Repository

MANIFESTS = {
    "pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.10"\ndependencies = ["b>=1"]\n[tool.poetry]\nname = "a"\n',
    "Pipfile": '[packages]\nb = "*"\n',
    "package.json": '{"name": "a", "engines": {"node": ">=20"}, "dependencies": {"b": "^1"}}',
    "Cargo.toml": '[package]\nname = "a"\nversion = "1.0.0"\n[dependencies]\nb = "1"\n',
    "go.mod": "module a\ngo 1.24\nrequire b.org/b v1.0.0\n",
    "Gemfile": "gem 'b', '~> 1'\n",
    "composer.json": '{"name": "a/a", "require": {"b/b": "^1"}}',
    "mix.exs": '[{:b, "~> 1.0"}]',
}
SEEDS = {
    "json": '{"packages": [{"name": 1}], "_meta": [], "content-hash": {}, "workspaces": {"": []}, "dependencies": 3}',
    "toml": '[[package]]\nname = 1\n\n[[package]]\nsource = { editable = "." }\n[package.metadata]\nrequires-dist = [1]\n',
    "yaml": "importers:\n  .:\n    dependencies: [1]\n    devDependencies: {b: 3}\nupdates: {a: 1}\n",
}
TEXTS = st.text(alphabet="[]{}\"':,=.\n -abc1*&!<>", max_size=60) | st.sampled_from(sorted(SEEDS.values()))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


def repository(root, files):
    for path in root.rglob("*"):
        if path.is_file():
            path.unlink()
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True, parents=True)
        (root / name).write_text(text)
    return Repository(root)


@given(st.sampled_from(sorted(KINDS)), TEXTS)
def test_locks(scratch, lock, text):
    manifest = KINDS[lock].manifest
    found = repository(scratch, {manifest: MANIFESTS[manifest], lock: text})[LockDrifts].of(Component())
    assert all(each.lock == lock for each in found)


@given(
    st.sampled_from(
        [".github/dependabot.yml", "renovate.json", ".pyup.yml", ".pre-commit-config.yaml", "package.json"]
    ),
    TEXTS,
)
def test_updates(scratch, path, text):
    assert isinstance(repository(scratch, {path: text})[Updates].working, tuple)


@given(
    st.sampled_from(
        [
            ".python-version",
            "mise.toml",
            ".tool-versions",
            "ruff.toml",
            "mypy.ini",
            "setup.cfg",
            "Dockerfile",
            "README.md",
        ]
    ),
    TEXTS,
)
def test_toolchains(scratch, path, text):
    found = repository(scratch, {"pyproject.toml": MANIFESTS["pyproject.toml"], path: text})
    assert isinstance(list(found[Toolchains].conflicts(Component(), docs=True, min_in_ci=True)), list)


@given(st.sampled_from(["pnpm-workspace.yaml", "lerna.json", "go.work", "settings.gradle", "pom.xml"]), TEXTS)
def test_components(scratch, path, text):
    found = repository(scratch, {"package.json": "{}", "build.gradle": "", path: text})
    assert found[Components].all[0].folder == ""
