"""PRA002 on which ecosystems need an updater, and which updater watches them."""

import pytest
from productops_rules.practices.dependency_updates_automated import dependency_updates_automated as rule

from pytest_productops.model import NotApplicable
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings

ACTIONS = {
    ".github/workflows/t.yml": "on: push\njobs:\n  t:\n    steps:\n      - uses: actions/checkout@v4\n"
}
NPM = {"package.json": '{"dependencies": {"a": "^1"}}'}


def dependabot(*ecosystems, directory="/", interval="weekly"):
    row = "  - package-ecosystem: {}\n    directory: {}\n    schedule: {{interval: {}}}\n"
    rows = "".join(row.format(each, directory, interval) for each in ecosystems)
    return {".github/dependabot.yml": f"version: 2\nupdates:\n{rows}"}


def keys(files, **options):
    return [each.key for each in findings(rule, files, **options)]


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        (NPM, ["updater"]),
        ({**NPM, **ACTIONS}, ["updater"]),
        ({**NPM, **ACTIONS, **dependabot("npm")}, ["github-actions"]),
        ({**NPM, **ACTIONS, **dependabot("npm", "github-actions")}, []),
        ({**NPM, **dependabot("npm", directory="/docs")}, ["npm"]),
        ({**NPM, ".renovaterc.json": "{}"}, []),
        ({**NPM, "renovate.json": '{"enabledManagers": ["cargo"]}'}, ["npm"]),
        ({"uv.lock": "x", "pyproject.toml": '[project]\ndependencies = ["a"]\n', **dependabot("uv")}, []),
        ({"uv.lock": "x", "pyproject.toml": '[project]\ndependencies = ["a"]\n', **dependabot("pip")}, []),
        ({"pyproject.toml": '[project]\ndependencies = ["a>=1,<2"]\n'}, ["updater"]),
        ({"Gemfile": "gem 'a', '~> 1'\n", ".github/x": ""}, ["updater"]),
        ({"web/package.json": NPM["package.json"]}, ["updater"]),
        ({**NPM, **dependabot("npm", interval="yearly")}, ["npm.interval"]),
        ({**NPM, **dependabot("npm", interval="monthly")}, []),
    ],
)
def test_findings(files, missing):
    assert sorted(keys(files)) == missing


@pytest.mark.parametrize(
    "files",
    [
        {"pyproject.toml": '[project]\ndependencies = ["a>=1", "b", "c!=2"]\n'},
        {"pyproject.toml": '[project.optional-dependencies]\nmin-versions = ["a==1"]\n'},
        {"pyproject.toml": "[project]\ndependencies = [\"a<2; python_version < '3.9'\"]\n"},
        {"pyproject.toml": '[build-system]\nrequires = ["setuptools<80"]\n'},
        {"Gemfile": "if RUBY_VERSION < '3'\n  gem 'a', '< 8'\nend\n"},
        {"docs/package.json": NPM["package.json"]},
        {"examples/package.json": NPM["package.json"]},
        {"package.json": '{"dependencies": {"a": "workspace:*"}}'},
        {"Dockerfile": "FROM python:3.12\n"},
        {
            ".github/workflows/t.yml": "on: push\njobs:\n  t:\n    steps:\n      - uses: acme/tool@main\n      - uses: ./x\n"
        },
    ],
)
def test_nothing_is_held_back(files):
    with pytest.raises(NotApplicable):
        keys(files)


def test_what_cannot_be_told():
    with pytest.raises(Unavailable, match=r"dependabot\.yml"):
        keys({**NPM, ".github/dependabot.yml": "updates: [\n"})
    with pytest.raises(Unavailable, match="Renovate"):
        keys({**NPM, "renovate.json": '{"enabledManagers": ["custom.regex"]}'})


def test_the_fix_is_a_stanza_to_paste():
    found = findings(rule, {"go.mod": "module a\nrequire b.org/x v1.0.0\n", **dependabot("npm")})
    assert 'package-ecosystem: gomod, directory: "/"' in found[0].fix
    assert keys({"Dockerfile": "FROM x\n", **NPM, **dependabot("npm")}, ignore=()) == ["docker"]


def test_nobody_is_one_finding():
    found = findings(rule, {**NPM, **ACTIONS})
    assert [found[0].key, str(found[0].location)] == ["updater", "package.json:1"]
    assert (
        found[0].message == "no updater is set up, though versions of npm, github-actions are held back here"
    )
    assert found[0].fix.startswith(
        "let Dependabot watch them, in .github/dependabot.yml: {version: 2, updates: [{package-ecosystem: npm"
    )
    assert findings(rule, NPM)[0].fix.startswith("add a renovate.json")


BOT = "49699333+dependabot[bot]@users.noreply.github.com"
LOG = """
2026-01-05 ann@example.org Begin
2026-03-01 {} Bump a from 1.0 to 1.1 [+{}]
"""


@pytest.mark.parametrize(
    ("author", "path", "now", "missing"),
    [
        (BOT, "package-lock.json", "2026-04-01", ["github-actions"]),
        (BOT, "package-lock.json", "2026-09-30", ["updater"]),
        ("ann@example.org", "package-lock.json", "2026-04-01", ["updater"]),
        (BOT, "src/a.js", "2026-04-01", ["updater"]),
        (BOT, ".github/workflows/u.yml", "2026-04-01", ["npm"]),
    ],
)
def test_an_updater_without_settings_is_known_by_its_commits(author, path, now, missing):
    files = {**NPM, **ACTIONS, path: "{}", "git log": LOG.format(author, path), "now": now}
    assert keys(files) == missing


def test_a_limit_of_zero_switches_dependabot_off():
    files = {**NPM, **dependabot("npm")}
    files[".github/dependabot.yml"] += "    open-pull-requests-limit: 0\n"
    assert keys(files) == ["updater"]


def test_a_lock_holds_versions_back_and_says_what_dependabot_calls_them():
    files = {"uv.lock": "x", "pyproject.toml": '[project]\ndependencies = ["a"]\n', ".github/x": ""}
    (finding,) = findings(rule, files)
    assert str(finding.location) == "uv.lock"
    assert "package-ecosystem: uv," in finding.fix
