"""What a call runs in the end."""

import shlex

import pytest

from pytest_productops.facts.commands import Call, Commands
from pytest_productops.model import Location


def expanded(repository, text, command, **options):
    call = Call(tuple(shlex.split(command)), Location(".github/workflows/ci.yml", 3))
    return list(repository(text)[Commands].expand(call, **options))


def lines(*given):
    return [str(call) for call in expanded(*given)]


def test_make_runs_needs_then_recipe_with_known_variables(repository):
    text = """
-- Makefile --
PYTHON = python3
check: lint
\t@$(PYTHON) -m pytest \\
\t  -q
\t-$(MAKE) docs
lint:
\truff check $$PWD
docs: ; sphinx-build
"""
    found = expanded(repository, text, "make check")
    assert [str(c) for c in found] == [
        "make check",
        "ruff check $PWD",
        "python3 -m pytest -q",
        "make docs",
        "sphinx-build",
    ]
    assert [c.may_fail for c in found] == [False, False, False, True, True]
    assert [c.location.line for c in found] == [3, 7, 3, 5, 8]


def test_make_without_a_name_runs_the_first_target(repository):
    assert lines(repository, "-- Makefile --\n.PHONY: all\nall:\n\tcc x\nb:\n\tld\n", "make") == [
        "make",
        "cc x",
    ]
    assert lines(repository, "-- Makefile --\n.DEFAULT_GOAL := b\nall:\n\tcc x\nb:\n\tld\n", "make") == [
        "make",
        "ld",
    ]


def test_recipes_run_in_their_folder(repository):
    (_, inner) = expanded(repository, "-- docs/Makefile --\nhtml:\n\tsphinx-build\n", "make -C docs html")
    assert inner.folder == "docs"


def test_tox_runs_the_commands_of_its_environments(repository):
    text = """
-- tox.ini --
[tox]
envlist = py312, lint
[testenv]
commands =
    pytest {posargs:tests}
    cov: coverage report
[testenv:lint]
changedir = src
commands = ruff check
"""
    assert lines(repository, text, "tox") == ["tox", "pytest tests", "ruff check"]
    assert lines(repository, text, "tox -e py313-cov") == [
        "tox -e py313-cov",
        "pytest tests",
        "coverage report",
    ]
    assert expanded(repository, text, "tox -e lint")[1].folder == "src"


def test_tox_in_toml(repository):
    text = """
-- tox.toml --
env_list = ["3.12"]
[env_run_base]
commands = [["pytest", { replace = "posargs", default = ["tests"], extend = true }]]
[env.lint]
commands = [["ruff", "check"]]
"""
    assert lines(repository, text, "tox") == ["tox", "pytest tests"]
    assert lines(repository, text, "tox -e lint") == ["tox -e lint", "ruff check"]


def test_nox_runs_its_sessions(repository):
    text = """
-- noxfile.py --
import nox
@nox.session
def tests(session):
    session.install("x")
    session.run("pytest", "-q", *session.posargs)
    session.run("make", "x", success_codes=[0, 1])
"""
    found = expanded(repository, text, "nox -s tests")
    assert [(str(c), c.may_fail) for c in found[1:]] == [("pytest -q", False), ("make x", True)]


def test_npm_runs_scripts_with_pre_and_post(repository):
    text = """
-- package.json --
{"scripts": {"pretest": "npm run lint", "test": "jest && yarn types", "posttest": "echo", "lint": "eslint .",
 "types": "tsc"}}
"""
    assert lines(repository, text, "npm test") == [
        "npm test",
        "npm run lint",
        "eslint .",
        "echo",
        "jest",
        "yarn types",
        "tsc",
    ]


def test_just_poe_pdm_hatch_and_pre_commit(repository):
    text = """
-- justfile --
check: lint
    pytest
lint:
    -ruff check
-- pyproject.toml --
[tool.poe.tasks]
all = ["one", "two"]
one = "pytest"
two = { cmd = "mypy ." }
[tool.pdm.scripts]
rel = { shell = "make x" }
[tool.hatch.envs.t.scripts]
run = ["pytest", "- mypy"]
-- .pre-commit-config.yaml --
repos: [{repo: local, hooks: [{id: types, entry: mypy, args: [src]}]}]
"""
    assert lines(repository, text, "just check") == ["just check", "ruff check", "pytest"]
    assert lines(repository, text, "poetry run poe all")[1:3] == ["pytest", "mypy ."]
    assert lines(repository, text, "pdm run rel") == ["pdm run rel", "make x"]
    assert lines(repository, text, "hatch run t:run") == ["hatch run t:run", "pytest", "mypy"]
    assert lines(repository, text, "pre-commit run -a") == ["pre-commit run -a", "mypy src"]


def test_scripts_of_the_tree_run_where_they_are_called(repository):
    text = """
-- scripts/test --
#!/bin/sh -e
scripts/lint
${PREFIX}pytest -q
-- scripts/lint --
#!/usr/bin/env bash
ruff check
-- scripts/tool.py --
print("ruff")
"""
    assert lines(repository, text, "bash scripts/test") == [
        "bash scripts/test",
        "scripts/lint",
        "ruff check",
        "${PREFIX}pytest -q",
    ]
    assert lines(repository, text, "python scripts/tool.py") == ["python scripts/tool.py"]


def test_text_for_a_shell(repository):
    assert lines(repository, "-- x --\nx\n", "bash -ec 'make a; make b'")[1:] == ["make a", "make b"]


def test_a_swallowed_failure_is_inherited(repository):
    call = Call(("make", "a"), Location("ci.yml", 1), may_fail=True)
    found = list(repository("-- Makefile --\na:\n\tpytest\n")[Commands].expand(call))
    assert [c.may_fail for c in found] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "-- Makefile --\na: b\n\tmake b\nb: a\n\tmake a\n",
        '-- package.json --\n{"scripts": {"a": "npm run b", "b": "npm run a && npm run b"}}\n-- Makefile --\na:\n\tnpm run a\n',
        "-- Makefile --\na:\n\tbash x.sh\n-- x.sh --\nmake a; ./x.sh; bash x.sh\n",
    ],
)
def test_cycles_are_cut(repository, text):
    assert len(lines(repository, text, "make a")) < 12


def test_depth_is_a_limit(repository):
    text = "-- Makefile --\na:\n\tmake b\nb:\n\tmake c\nc:\n\tmake d\nd:\n\tpytest\n"
    assert [str(c) for c in expanded(repository, text, "make a", depth=2)] == ["make a", "make b", "make c"]
    assert [str(c) for c in expanded(repository, text, "make a", depth=0)] == ["make a"]


def test_a_loop_of_make_runs_its_body(repository):
    makefile = (
        "-- Makefile --\nDIRS = a b\ncover:\n\t@$(foreach dir,$(DIRS), ( \\\n\t\tcd $(dir) && \\\n"
        "\t\tgo test ./... \\\n\t\t&& go tool cover) &&) true\n"
    )
    assert lines(repository, makefile, "make cover")[1:3] == ["go test ./...", "go tool cover"]
