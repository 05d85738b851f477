"""What each runner's files define, and what calls ask of them."""

import shlex

import pytest

from pytest_productops.facts.commands import Call, Commands
from pytest_productops.facts.commands.tox import expand
from pytest_productops.model import Location


def ask(commands, command, folder=""):
    return commands.resolve(Call(tuple(shlex.split(command)), Location("README.md", 1), folder))


def statuses(repository, text, *commands):
    found = repository(text)[Commands]
    return {command: (answer := ask(found, command)) and answer.status for command in commands}


def check(repository, text, **expected):
    """Compare the statuses of commands, given as `ok=["make a"]`."""
    wanted = {command: status.replace("_", "-") for status, listed in expected.items() for command in listed}
    assert statuses(repository, text, *wanted) == wanted


def names(repository, text, runner):
    return {target.name for target in repository(text)[Commands].targets if target.runner == runner}


MAKE = """
-- Makefile --
include mk/rules.mk
-include .env
NAMES := one two
.PHONY: docs push
VERSION ?= 1
docs html: build ## Build
\t@echo $(VERSION)
build/%.o: %.c
\tcc $<
$(NAMES): docs
double::
\techo
-- mk/rules.mk --
included:
\techo
-- sub/Makefile --
inner:
\techo
"""


def test_make(repository):
    check(
        repository,
        MAKE,
        ok=[
            "make",
            "make docs",
            "make html docs",
            "make included",
            "make one",
            "make two VERSION=2 -j 4",
            "make -C sub inner",
            "make --directory=sub inner",
            "make -j4 double",
            "sudo make docs",
            "gmake docs",
            "make -f mk/rules.mk included",
        ],
        missing=["make doc", "make docs absent", "make -s push", "make CC=gcc absent"],
        unknown=[
            "make inner",
            "make -C nowhere x",
            "make build/x.o",
            "make $TARGET",
            "make -C ../other x",
            "make sub",
        ],
    )


@pytest.mark.parametrize(
    "text",
    [
        "include $(ROOT)/rules.mk",
        "include generated.mk",
        "-include local.mk",
        "%:\n\techo",
        "$(TARGETS):\n\techo",
        "$(foreach x,a b,$(eval $(call rule,$(x))))",
        "$(eval $(call rule,x))",
        "all:\n\techo\n$(call more)",
        ".DEFAULT:\n\techo",
    ],
)
def test_generated_make_targets_are_unknown(repository, text):
    assert statuses(repository, f"-- Makefile --\n{text}\n", "make docs") == {"make docs": "unknown"}


def test_define_holds_no_targets(repository):
    assert names(repository, "-- Makefile --\ndefine rule\n$(1): x\nfoo:\nendef\nall:\n", "make") == {"all"}


def test_a_makefile_that_a_generator_makes_is_unknown(repository):
    assert statuses(repository, "-- configure.ac --\nx\n", "make docs") == {"make docs": "unknown"}


def test_the_nearest_names_and_the_defining_file_are_told(repository):
    answer = ask(repository(MAKE)[Commands], "make doc")
    assert (answer.what, answer.suggestions, answer.location) == (
        "make target `doc`",
        ("docs",),
        Location("Makefile"),
    )


TOX = """
-- tox.ini --
[tox]
envlist = py{38,39}-{django42,django50}, lint
    docs
[testenv]
deps = cov: coverage
commands =
    pytest {posargs:tests}
    cov: coverage report
[testenv:docs,site]
commands = - sphinx-build {toxinidir}/docs \\
    out
[testenv:dbt{170,180}-{py,win}{310,}]
commands = {[testenv]commands}
"""


def test_tox(repository):
    check(
        repository,
        TOX,
        ok=[
            "tox",
            "tox -e lint",
            "tox -elint,docs",
            "tox run -e py38-django42",
            "tox -e py313",
            "tox -e 3.14",
            "tox -e pypy3",
            "tox -e py313-cov",
            "tox -e dbt170-py310",
            "tox -e dbt180-win",
            "tox --env site -- x",
            "python -m tox -e docs",
            "tox p -e docs",
            "tox -qq -r -e py",
            "tox -e py{38,39}-django50",
            "tox -e ALL",
        ],
        missing=["tox -e doc", "tox -e lint,type", "tox -e dbt019-py310", "tox -e py38-flask"],
        unknown=["tox -e $TOXENV", "tox -e ENV*"],
    )
    assert ask(repository(TOX)[Commands], "tox list") is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("setup.cfg", "[tox:tox]\nenvlist = a\n[testenv:b]\ncommands = x\n"),
        ("tox.toml", 'env_list = ["a"]\n[env.b]\ncommands = [["x"]]\n'),
        ("pyproject.toml", '[tool.tox]\nenv_list = ["a"]\n[tool.tox.env.b]\ncommands = [["x", "y"]]\n'),
        ("pyproject.toml", '[tool.tox]\nlegacy_tox_ini = """\n[tox]\nenvlist = a, b\n"""\n'),
    ],
)
def test_tox_is_read_wherever_it_is_configured(repository, path, text):
    found = statuses(repository, f"-- {path} --\n{text}", "tox -e a", "tox -e b", "tox -e c")
    assert list(found.values()) == ["ok", "ok", "missing"]


def test_a_pyproject_without_tox_is_no_tox(repository):
    assert statuses(repository, "-- pyproject.toml --\n[project]\nname='x'\n", "tox -e a") == {
        "tox -e a": "runner-missing"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b\nc", ["a", "b", "c"]),
        ("py{38,39}-{x,y}", ["py38-x", "py38-y", "py39-x", "py39-y"]),
        ("py{38, 39}", ["py38", "py39"]),
        ("py3{10-12}", ["py310", "py311", "py312"]),
        ("lint{,-fix}", ["lint", "lint-fix"]),
        ("a # b\nc", ["a", "c"]),
    ],
)
def test_generative_names(text, expected):
    assert expand(text) == expected


NOX = """
-- noxfile.py --
import nox
from nox import session as s

@nox.session(python=["3.10", "3.12"])
@nox.parametrize("django", ["4", "5"])
def tests(session):
    session.run("pytest", "-q", *session.posargs, success_codes=[0, 1])
    session.notify("docs")

@nox.session(name="type-check")
def types(session: nox.Session) -> None:
    session.run("mypy", f"--python={session.python}")

@nox.session
def docs(session): session.run("sphinx-build")

def helper(session): ...
"""


def test_nox(repository):
    check(
        repository,
        NOX,
        ok=[
            "nox",
            "nox -s tests",
            "nox -s tests-3.12",
            "nox -s 'tests(django=4)'",
            "nox -s 'tests-3.12(django=4)'",
            "nox -e type-check docs",
            "nox --session=docs -- x y",
            "python3 -m nox -s docs",
            "nox -sdocs",
            "uvx nox -s docs",
            "nox -p 3.12",
            "nox -t fast",
        ],
        missing=["nox -s types", "nox -s tests lint", "nox --sessions helper", "nox -s doc -- docs"],
    )
    assert ask(repository(NOX)[Commands], "nox --list") is None


@pytest.mark.parametrize(
    "text",
    [
        "from tasks import *",
        "from .tasks import docs",
        "for n in 'ab':\n    nox.session(name=n)(f)",
        "@nox.session(name=NAME)\ndef f(session): ...",
        "def broken(:",
    ],
)
def test_nox_sessions_made_elsewhere_are_unknown(repository, text):
    found = statuses(repository, f"-- noxfile.py --\nimport nox\n{text}\n", "nox -s docs")
    assert found == {"nox -s docs": "unknown"}


NPM = """
-- package.json --
{"name": "x", "scripts": {"test": "npm run unit", "unit": "jest", "build:prod": "webpack", "lint": "eslint"},
 "workspaces": ["packages/*"]}
-- packages/api/package.json --
{"name": "api", "scripts": {"serve": "node ."}}
-- tools/readme.txt --
x
"""


def test_npm(repository):
    check(
        repository,
        NPM,
        ok=[
            "npm test",
            "npm t",
            "npm run unit -- --watch",
            "npm run-script lint",
            "yarn test",
            "yarn run build:prod",
            "pnpm run unit",
            "pnpm test",
            "pnpm -w run unit",
            "bun run lint",
            "npm --prefix packages/api run serve",
            "npm run --silent lint",
            "yarn --cwd packages/api serve",
        ],
        missing=[
            "npm run prod",
            "npm stop",
            "yarn build",
            "yarn run build:dev",
            "pnpm run nope",
            "npm run build:dev",
        ],
        unknown=[
            "npm run serve",
            "yarn jest",
            "yarn run tsc",
            "pnpm vitest",
            "npm start",
            "npm run x -w api",
            "pnpm --filter api run x",
            "yarn workspace api nope",
            "npm run x --workspaces",
            "pnpm -r run x",
            "npm run $NAME",
            "npm --prefix $DIR run x",
        ],
    )
    found = repository(NPM)[Commands]
    for nothing in (
        "npm install",
        "npm ci",
        "yarn",
        "yarn install",
        "npm run",
        "pnpm i",
        "npm run x --if-present",
    ):
        assert ask(found, nothing) is None, nothing


def test_npm_looks_in_the_folders_above(repository):
    assert ask(repository(NPM)[Commands], "npm run unit", "tools").status == "ok"


def test_no_package_json(repository):
    answer = ask(repository("-- x.txt --\nx\n")[Commands], "npm run prod")
    assert (answer.status, answer.needs) == ("runner-missing", "package.json")


JUST = """
-- justfile --
set shell := ["bash", "-c"]
version := "1"
alias b := build
import 'more.just'
mod sub

# Build it
@build target='all' *args: clean && (notify "x")
    -cargo build {{target}} \\
       --all
[private]
clean:
    rm x
notify what:
    #!/usr/bin/env bash
    set -e
    echo {{what}}
-- more.just --
extra:
    echo
"""


def test_just(repository):
    check(
        repository,
        JUST,
        ok=[
            "just",
            "just build release",
            "just b",
            "just extra",
            "just version=2 clean",
            "just notify hello",
        ],
        missing=["just version", "just rebuild", "just --yes test"],
        unknown=["just sub::x", "just sub x"],
    )
    assert ask(repository(JUST)[Commands], "just --list") is None


TASKS = """
-- pyproject.toml --
[project]
name = "x"
[project.optional-dependencies]
dev_tools = ["x"]
[dependency-groups]
docs = ["x"]
[tool.poetry.group.test.dependencies]
x = "1"
[tool.poe.tasks]
check = ["lint", "types"]
lint = "ruff check"
types.cmd = "mypy"
[tool.pdm.scripts]
release = {shell = "make publish"}
[tool.hatch.envs.lint.scripts]
all = ["ruff check", "mypy"]
[[tool.hatch.envs.test.matrix]]
python = ["3.12"]
-- requirements/dev.txt --
x
"""


def test_python_projects_tasks_extras_and_groups(repository):
    check(
        repository,
        TASKS,
        ok=[
            "poe check",
            "poetry run poe lint",
            "uv run poe types",
            "pdm run release",
            "pdm release",
            "hatch run lint:all",
            "hatch run lint:ruff",
            "hatch run test.py3.12:pytest",
            "hatch run hatch-test:x",
            "pip install -e .[dev-tools]",
            "pip install '.[dev.tools]'",
            "python -m pip install -e '.[Dev_Tools]'",
            "uv sync --extra dev-tools --group docs",
            "poetry install --with test,docs",
            "pip install --group docs",
            "uv pip install -r requirements/dev.txt",
            "uv run --group docs mkdocs build",
            "poetry install -E dev_tools",
        ],
        missing=[
            "poe tests",
            "hatch run docs:build",
            "pip install -e .[dev]",
            "uv sync --group test-docs",
            "poetry install --with dev",
            "pip install -r requirements/docs.txt",
        ],
        unknown=["pdm run pytest", "hatch run pytest", "pip install -e other/x[dev]"],
    )
    found = repository(TASKS)[Commands]
    for nothing in ("pip install x[dev]", "uv sync", "poetry install", "pip install -e .", "git status"):
        assert ask(found, nothing) is None, nothing


@pytest.mark.parametrize(
    ("setup", "status"),
    [
        ("from setuptools import setup\nsetup(extras_require={'dev': []})", "ok"),
        ("from setuptools import setup\nsetup(extras_require={'test': []})", "missing"),
        ("from setuptools import setup\nsetup(extras_require=read('extras'))", "unknown"),
        ("from setuptools import setup\nE = {}\nsetup(**E)", "unknown"),
    ],
)
def test_extras_of_setup_py(repository, setup, status):
    assert statuses(repository, f"-- setup.py --\n{setup}\n", "pip install .[dev]") == {
        "pip install .[dev]": status
    }


def test_pre_commit_hooks(repository):
    check(
        repository,
        """
-- .pre-commit-config.yaml --
repos:
- repo: local
  hooks:
  - id: types
    alias: mypy
    entry: mypy src
""",
        ok=[
            "pre-commit run types --all-files",
            "pre-commit run mypy",
            "pre-commit run -a",
            "pre-commit install",
            "uvx pre-commit run types",
            "prek run types",
        ],
        missing=["pre-commit run flake8 --all-files"],
    )


def test_scripts_without_history(repository):
    check(
        repository,
        """
-- .gitignore --
tools/local.sh
-- scripts/test.sh --
echo
-- tools/x.py --
x
""",
        ok=["scripts/test.sh", "./scripts/test.sh -x", "bash scripts/test.sh", "python tools/x.py"],
        missing=["scripts/tests.sh", "python tools/y.py"],
        unknown=[
            "./install.sh",
            "bash elsewhere/run.sh",
            "tools/local.sh",
            "source .venv/bin/activate",
            "python manage.py",
            "node index.js",
        ],
    )
    found = repository("-- x --\nx\n")[Commands]
    for nothing in (
        "./prometheus",
        "./target/debug/x",
        "python -m http.server",
        "bash -c 'x'",
        "python -c 'x/y.py'",
    ):
        assert ask(found, nothing) is None, nothing


def test_scripts_with_history_say_what_became_of_them(repository):
    found = repository(
        """
-- git log --
2024-01-01 ann@example.org Start
2024-02-02 ann@example.org Drop [-release.sh]
-- readme.txt --
x
"""
    )[Commands]
    answer = ask(found, "./release.sh")
    assert answer.status == "missing"
    assert str(answer.removal).startswith("deleted in ")
    assert str(answer.removal).endswith(", 2024-02-02")


@pytest.mark.parametrize(
    "command",
    ["cargo test", "go run ./x", "./gradlew check", "rake test", "task build", "mvn verify", "git commit"],
)
def test_runners_that_are_not_read_are_never_missing(repository, command):
    answer = ask(repository("-- x --\nx\n")[Commands], command)
    assert answer is None or answer.status == "unknown"


@pytest.mark.parametrize(
    ("path", "text", "command"),
    [
        ("package.json", "{broken", "npm run x"),
        ("package.json", "[" * 100_000, "npm run x"),
        ("tox.ini", "no section", "tox -e x"),
        ("tox.toml", "= broken", "tox -e x"),
        ("noxfile.py", "def", "nox -s x"),
        (".pre-commit-config.yaml", "a: [", "pre-commit run x"),
        ("pyproject.toml", "[broken", "poe x"),
    ],
)
def test_a_broken_file_is_a_problem_and_its_targets_unknown(repository, path, text, command):
    found = repository(f"-- {path} --\n{text}\n")[Commands]
    assert ask(found, command).status == "unknown"
    assert path in {problem for problem, _ in found.problems}


def test_odd_data_is_no_crash(repository):
    found = repository(
        """
-- package.json --
{"scripts": {"a": 1, "b": null}, "name": []}
-- sub/package.json --
[]
-- tox.toml --
env_list = [1, {replace = "x"}]
env = 3
-- .pre-commit-config.yaml --
repos: [1, {hooks: 2}, {hooks: [1, {id: 3}]}]
-- pyproject.toml --
tool = 1
project = []
"""
    )[Commands]
    assert {target.name for target in found.targets} == {"a", "b"}
