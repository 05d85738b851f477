"""REP004 on lock files of every kind: each is compared as its own tool compares it."""

import hashlib
import json

import pytest
from productops_rules.repeatability.lockfile_in_sync import lockfile_in_sync as rule

from pytest_productops import gate
from pytest_productops.facts.components import Components
from pytest_productops.model import NotApplicable, Outcome
from pytest_productops.policy.terms import Terms
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings, lay_out


def said(files, **options):
    return [each.message for each in findings(rule, files, **options)]


def sha(value, **form):
    return hashlib.sha256(json.dumps(value, sort_keys=True, **form).encode()).hexdigest()


UV = """version = 1
[[package]]
name = "attrs"
version = "24.1"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "shop"
version = "1.0"
source = { editable = "." }

[package.metadata]
requires-dist = [
    { name = "attrs", specifier = ">=23,<25" },
    { name = "rich", marker = "extra == 'cli'" },
]

[package.metadata.requires-dev]
dev = [{ name = "pytest", specifier = ">=8" }]
"""


def uv_project(dependencies, dev='["pytest>=8"]'):
    text = f'[project]\nname = "shop"\nversion = "1.0"\ndependencies = {dependencies}\n'
    return {
        "uv.lock": UV,
        "pyproject.toml": f'{text}[project.optional-dependencies]\ncli = ["rich"]\n[dependency-groups]\ndev = {dev}\n',
    }


@pytest.mark.parametrize(
    ("files", "part"),
    [
        (uv_project('["attrs <25, >=23"]'), ""),
        (uv_project('["attrs>=23,<26"]'), "`attrs` >=23,<26"),
        (uv_project('["attrs>=23,<25", "httpx"]'), "`httpx`"),
        (uv_project('["attrs>=23,<25"]', '["pytest>=8", "ruff"]'), "`ruff`"),
    ],
)
def test_uv(files, part):
    assert [part in message for message in said(files)] == ([True] if part else [])


def test_uv_with_dynamic_dependencies_is_unknown():
    with pytest.raises(Unavailable, match="dynamic"):
        said({"uv.lock": UV, "pyproject.toml": '[project]\nname = "shop"\ndynamic = ["dependencies"]\n'})


def test_poetry():
    text = '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.11"\ndjango = "^5"\n'
    content = {
        "dependencies": {"python": "^3.11", "django": "^5"},
        "source": None,
        "extras": None,
        "dev-dependencies": None,
    }
    lock = f'[metadata]\ncontent-hash = "{sha(content)}"\n'
    assert said({"pyproject.toml": text, "poetry.lock": lock}) == []
    assert said({"pyproject.toml": f'{text}attrs = "*"\n', "poetry.lock": lock}) == [
        "poetry.lock is stale: pyproject.toml changed since the lock was made"
    ]


def test_poetry_with_a_project_table():
    text = '[project]\nname = "a"\nrequires-python = ">=3.11"\ndependencies = ["django>=5"]\n'
    content = {
        "project": {"requires-python": ">=3.11", "dependencies": ["django>=5"]},
        "tool": {"poetry": {}},
    }
    lock = f'[metadata]\ncontent-hash = "{sha(content)}"\n'
    assert said({"pyproject.toml": text, "poetry.lock": lock}) == []
    assert said({"pyproject.toml": text.replace("5", "6"), "poetry.lock": lock})


def test_pipfile():
    source = {"name": "pypi", "url": "https://pypi.org/simple", "verify_ssl": True}
    content = {"_meta": {"sources": [source], "requires": {}}, "default": {"a": "*"}, "develop": {}}
    lock = json.dumps({"_meta": {"hash": {"sha256": sha(content, separators=(",", ":"))}}})
    assert said({"Pipfile": '[packages]\na = "*"\n', "Pipfile.lock": lock}) == []
    assert said({"Pipfile": '[packages]\na = "*"\nb = "*"\n', "Pipfile.lock": lock})


def test_pdm():
    lock = '[metadata]\ncontent_hash = "sha256:0"\n[[package]]\nname = "attrs"\nversion = "24"\n'
    assert (
        said({"pyproject.toml": '[project]\nname = "a"\ndependencies = ["Attrs"]\n', "pdm.lock": lock}) == []
    )
    assert said({"pyproject.toml": '[project]\nname = "a"\ndependencies = ["httpx"]\n', "pdm.lock": lock})


COMPILED = "# pip-compile\nasgiref==3.8\n    # via django\ndjango==5.1\n\n# setuptools\n"


@pytest.mark.parametrize(
    ("asked", "stale"),
    [
        ("Django>=5\n", False),
        ("django>=6\n", True),
        ("django\nhttpx\n", True),
        ("django\npywin; sys_platform == 'win32'\n", False),
        ("django\nsetuptools\n", False),
    ],
)
def test_compiled_requirements(asked, stale):
    assert bool(said({"requirements.in": asked, "requirements.txt": COMPILED})) == stale


def npm(**dependencies):
    return json.dumps({"name": "shop", "dependencies": dependencies})


PACKAGE_LOCK = json.dumps(
    {
        "lockfileVersion": 3,
        "packages": {"": {"dependencies": {"a": "^1.0.0"}}, "node_modules/a": {"version": "1.4.0"}},
    }
)
PNPM = "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.4.0\n\npackages:\n"
YARN = '# yarn lockfile v1\n\n\na@^1.0.0, a@~1.4:\n  version "1.4.0"\n'
BERRY = """__metadata:
  version: 8

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    a: "npm:^1.0.0"
  peerDependencies:
    a: "*"
  languageName: unknown
"""
BUN = '{"lockfileVersion": 1, "workspaces": {"": {"name": "shop", "dependencies": {"a": "^1.0.0",}}},}'


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("package-lock.json", PACKAGE_LOCK),
        ("pnpm-lock.yaml", PNPM),
        ("yarn.lock", YARN),
        ("yarn.lock", BERRY),
        ("bun.lock", BUN),
    ],
)
def test_javascript(name, lock):
    assert said({"package.json": npm(a="^1.0.0"), name: lock}) == []
    assert "`a` ^2.0.0" in said({"package.json": npm(a="^2.0.0"), name: lock})[0]
    assert "`b`" in said({"package.json": npm(a="^1.0.0", b="1"), name: lock})[0]
    assert said({"package.json": npm(a="^1.0.0", c="workspace:*"), name: lock}) == []


def test_overridden_names_are_left_alone():
    data = {"dependencies": {"a": "^2.0.0"}, "overrides": {"a": "1.4.0"}, "resolutions": {"**/a": "1.4.0"}}
    for name, lock in (("package-lock.json", PACKAGE_LOCK), ("yarn.lock", YARN), ("pnpm-lock.yaml", PNPM)):
        assert said({"package.json": json.dumps(data), name: lock}) == []
    twice = {"dependencies": {"a": "^1.0.0"}, "devDependencies": {"a": "^2"}}
    assert said({"package.json": json.dumps(twice), "pnpm-lock.yaml": PNPM}) == []


def test_packages_of_the_repository_itself_are_not_locked():
    files = {
        "package.json": npm(own="^1.0.0"),
        "packages/own/package.json": '{"name": "own"}',
        "yarn.lock": YARN,
    }
    assert said(files) == []
    files = {
        "go.work": "go 1.24\nuse (\n\t.\n\t./api\n)\n",
        "go.mod": "module a.org\nrequire a.org/api v1.2.0\n",
        "api/go.mod": "module a.org/api\n",
        "go.sum": "b.org v1.0.0 h1:0\n",
    }
    assert said(files) == []


def test_a_lock_that_is_no_json_is_unknown():
    with pytest.raises(Unavailable, match=r"package-lock\.json"):
        said({"package.json": npm(a="1"), "package-lock.json": "{"})


CARGO = '[package]\nname = "shop"\nversion = "{}"\n[dependencies]\nserde = "{}"\n[dev-dependencies]\n{}\n'
CARGO_LOCK = '[[package]]\nname = "serde"\nversion = "1.0.5"\nsource = "registry"\n\n[[package]]\nname = "shop"\nversion = "0.3.0"\ndependencies = [\n "serde",\n]\n'


@pytest.mark.parametrize(
    ("version", "serde", "more", "part"),
    [
        ("0.3.0", "1.0.2", "", ""),
        ("0.4.0", "1.0", "", "version 0.4.0"),
        ("0.3.0", "1.1", "", "`serde` 1.1"),
        ("0.3.0", "1", 'insta = "1"', "`insta`"),
    ],
)
def test_cargo(version, serde, more, part):
    messages = said({"Cargo.toml": CARGO.format(version, serde, more), "Cargo.lock": CARGO_LOCK})
    assert [part in message for message in messages] == ([True] if part else [])


@pytest.mark.parametrize(
    ("mod", "part"),
    [
        ("require a.org/x v1.0.0\n", ""),
        ("require a.org/x v1.1.0\n", "v1.1.0"),
        ("require a.org/x v9.0.0\nreplace a.org/x => ../x\n", ""),
        ("require b.org/y v1.0.0\nreplace b.org/y => a.org/x v1.0.0\n", ""),
    ],
)
def test_go(mod, part):
    lock = "a.org/x v1.0.0 h1:0\na.org/x v1.0.0/go.mod h1:1\n"
    messages = said({"go.mod": f"module m\n{mod}", "go.sum": lock})
    assert [part in message for message in messages] == ([True] if part else [])


@pytest.mark.parametrize(
    ("gems", "stale"),
    [
        ("gem 'rails', '~>7.1'\ngem \"pg\"\n", False),
        ("gem 'rails', '~> 7.2'\ngem 'pg'\n", True),
        ("gem 'rails', '~> 7.1'\ngem 'pg'\ngem 'puma'\n", True),
        ("gem 'rails', '~> 7.1'\ngem 'puma' if ENV['P']\n", False),
    ],
)
def test_bundler(gems, stale):
    lock = (
        "GEM\n  specs:\n    rails (7.1.3)\n\nDEPENDENCIES\n  pg\n  rails (~> 7.1)\n\nBUNDLED WITH\n   2.5\n"
    )
    assert bool(said({"Gemfile": gems, "Gemfile.lock": lock})) == stale


def test_composer():
    asked = {"name": "a/b", "require": {"php": ">=8.2", "c/d": "^1"}, "autoload": {"psr-4": {"": "src"}}}
    kept = '{"name":"a\\/b","require":{"php":">=8.2","c\\/d":"^1"}}'
    lock = {
        "content-hash": hashlib.md5(kept.encode(), usedforsecurity=False).hexdigest(),
        "packages": [{"name": "c/d"}],
    }
    assert said({"composer.json": json.dumps(asked), "composer.lock": json.dumps(lock)}) == []
    asked["require"]["c/d"] = "^2"
    assert "changed" in said({"composer.json": json.dumps(asked), "composer.lock": json.dumps(lock)})[0]
    asked["require"]["e/f"] = "^2"
    assert "`e/f`" in said({"composer.json": json.dumps(asked), "composer.lock": json.dumps(lock)})[0]


def test_mix():
    lock = '%{\n  "plug": {:hex, :plug, "1.15.0", "0"},\n}\n'
    assert said({"mix.exs": 'deps: [\n{:plug, "~> 1.14"},\n]', "mix.lock": lock}) == []
    assert said({"mix.exs": 'deps: [\n{:plug, "~> 1.14"},\n{:jason, "~> 1"},\n]', "mix.lock": lock})


def test_the_lock_of_a_workspace_holds_its_members(tmp_path):
    files = {
        "package.json": '{"workspaces": ["packages/*"]}',
        "packages/api/package.json": npm(a="^1.0.0"),
        "packages/web/package.json": npm(b="^1.0.0"),
        "package-lock.json": json.dumps(
            {
                "lockfileVersion": 3,
                "packages": {
                    "": {"workspaces": ["packages/*"]},
                    "packages/api": {"dependencies": {"a": "^1.0.0"}},
                    "packages/web": {},
                    "node_modules/a": {"version": "1.4.0"},
                },
            }
        ),
    }
    repository = lay_out(files, tmp_path)
    verdicts = [
        gate.judge(rule, repository, Terms(rule.with_defaults({})), each)
        for each in repository[Components].all
    ]
    assert [each.outcome for each in verdicts] == [Outcome.PASS, Outcome.PASS, Outcome.FAIL]
    assert verdicts[1].evidence[0].note == "the workspace's lock holds packages/api/package.json"


def test_without_a_lock():
    files = {"package.json": npm(a="1")}
    with pytest.raises(NotApplicable):
        said(files)
    assert said(files, require_lock=True) == ["package.json has no lock file"]
    with pytest.raises(NotApplicable):
        said({"examples/x/package.json": npm(a="1"), "examples/x/package-lock.json": "{}"})
