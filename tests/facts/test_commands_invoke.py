"""Tasks of invoke, read from the syntax tree, and Maven's default goal."""

import pytest

from pytest_productops.facts.commands import Commands, calls
from pytest_productops.model import Location

TASKS = '''-- tasks.py --
from invoke import Collection, task
from helpers import check
import docs

@task
def build_site(c, draft=False):
    """Build it."""
    c.run(f"{BIN}/sphinx-build docs out", pty=True)

@task(aliases=["t"], default=True)
def tests(c):
    with c.cd("src"):
        c.run("pytest "
              "-q", warn=True)

@task(build_site, name="ship-it", post=[tests])
def ship(c):
    tests(c)

def helper(c):
    c.run("never")
'''
EXPLICIT = """
ns = Collection(tests, build_site)
ns.add_collection(docs)
ns.add_task(ship, name="release")
-- docs.py --
from invoke import task

@task
def live(c):
    c.run("mkdocs serve")
"""


@pytest.fixture
def commands(repository):
    return lambda text: repository(text)[Commands]


def one(command):
    (call,) = calls(command, Location("x", 1))
    return call


@pytest.mark.parametrize(
    ("text", "command", "expected"),
    [
        (TASKS, "invoke tests", "ok"),
        (TASKS, "inv t", "ok"),
        (TASKS, "python -m invoke build-site --draft", "ok"),
        (TASKS, "inv build_site", "ok"),
        (TASKS, "inv ship-it 1.2", "ok"),
        (TASKS, "inv", "ok"),
        (TASKS, "inv buld-site", "missing"),
        (TASKS, "inv ship", "missing"),
        (TASKS, "inv helper", "missing"),
        (TASKS, "inv check", "unknown"),
        (TASKS, "inv -c other tests2", "unknown"),
        (TASKS, "inv --list", None),
        (TASKS + EXPLICIT, "inv docs.live", "ok"),
        (TASKS + EXPLICIT, "inv docs.dead", "missing"),
        (TASKS + EXPLICIT, "inv release", "unknown"),
        ("-- tasks/__init__.py --\nfrom invoke import task\n@task\ndef lint(c):\n    c.run('x')\n", "inv lint", "ok"),
        ("-- tasks/__init__.py --\nfrom invoke import task\n@task\ndef lint(c):\n    c.run('x')\n", "inv lnt", "missing"),
        ("-- tasks.py --\nfrom shared.tasks import namespace\n", "inv anything", "unknown"),
        ("-- tasks.py --\nfrom celery import task\n@task\ndef send():\n    run('x')\n", "inv send", "runner-missing"),
        ("-- invoke.yaml --\ntasks: {collection_name: dev}\n", "inv lint", "unknown"),
        ("-- tasks.py --\nfrom invoke import (\n", "inv lint", "runner-missing"),
    ],
)  # fmt: skip
def test_what_a_call_asks_for(commands, text, command, expected):
    answer = commands(text).resolve(one(command), exact=True)
    assert (answer and answer.status) == expected


def test_what_a_task_runs(commands):
    ran = [(str(call), call.folder, call.may_fail) for call in commands(TASKS).expand(one("inv ship-it"))]
    assert ran[1:] == [("${BIN}/sphinx-build docs out", "", False), ("pytest -q", "src", True)]


@pytest.mark.parametrize(
    "text", ["@task\n" * 300, "from invoke import task\n" + "x(" * 5000, "\0", "from . import *\n"]
)
def test_a_hostile_module_is_no_error(commands, text):
    assert commands(f"-- tasks.py --\n{text}").resolve(one("inv lint")) is not None


@pytest.mark.parametrize("name", ["(a+)+$", "(", "a" * 300 + "(?:a?){300}"])
def test_the_name_of_a_collection_is_no_expression(commands, name):
    found = commands(f"{TASKS}\nns = Collection(tests)\nns.add_collection(docs, name={name!r})\n")
    assert found.resolve(one(f"inv {'a' * 400}!"), exact=True).status == "missing"
    assert found.resolve(one(f"inv '{name}'"), exact=True).status == "unknown"


POM = "-- pom.xml --\n<project><build><defaultGoal>clean verify</defaultGoal></build></project>\n"


@pytest.mark.parametrize(
    ("text", "command", "ran"),
    [
        (POM, "mvn -B --errors", ["mvn clean verify"]),
        (POM, "./mvnw -P ci", ["mvn clean verify"]),
        (POM, "mvn package", []),
        (POM, "mvn --version", []),
        ("-- pom.xml --\n<project/>\n", "mvn -B", []),
        ("-- pom.xml --\n<project\n", "mvn -B", []),
        (POM.replace("pom.xml", "core/pom.xml"), "mvn -f core", ["mvn clean verify"]),
    ],
)
def test_the_default_goal_of_maven(commands, text, command, ran):
    assert [str(call) for call in commands(text).expand(one(command))][1:] == ran
