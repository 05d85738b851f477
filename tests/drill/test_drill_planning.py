"""Planning and the journey: what documents tell, step by step, and which commands of it are run."""

from pathlib import Path

import pytest

from pytest_productops.drill.journey import journey
from pytest_productops.drill.planning import plan
from pytest_productops.repository import Repository


@pytest.fixture
def planned(repository):
    """Lay out a guide and return {step: [(command, why it is not run)]}."""

    def make(guide, more="", has=lambda _: True, name="CONTRIBUTING.md"):
        found = plan(repository(f"-- {name} --\n{guide}\n{more}"), has)
        return {step: [(unit.text, unit.skip) for unit in found.of(step)] for step in ("setup", "test")}

    return make


def fence(*lines, language="sh"):
    return "\n".join([f"```{language}", *lines, "```", ""])


def run(units):
    return [text for text, skip in units if not skip]


def test_set_up_and_tests_of_one_block(planned):
    found = planned(
        f"# Contributing\n\n## Set up\n\n{fence('python3 -m venv .venv', '. .venv/bin/activate', 'pip install -e .[test]', 'pytest')}"
    )
    assert run(found["setup"]) == ["python3 -m venv .venv", ". .venv/bin/activate", "pip install -e .[test]"]
    assert run(found["test"]) == ["pytest"]


def test_prompts_and_output_are_no_commands(planned):
    found = planned(
        f"# Contributing\n\n## Set up\n\n{fence('$ make setup', 'installed 3 packages', language='console')}\n## Tests\n\n{fence('$ make test', language='console')}"
    )
    assert found == {"setup": [("make setup", "")], "test": [("make test", "")]}


def test_the_clone_is_done_already(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('git clone https://example.com/me/repository.git && cd repository', 'make setup')}"
    found = planned(guide)["setup"]
    assert found[0][1] == "the fresh clone stands for it"
    assert run(found) == ["make setup"]


def test_what_follows_the_clone_in_its_line_is_run(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('git clone https://forge.test/me/repository && cd repository && make setup')}"
    assert run(planned(guide)["setup"]) == ["make setup"]


def test_a_package_of_the_same_name_is_entered_where_nothing_was_cloned(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('cd repository', 'pip install -e .')}"
    more = "-- repository/setup.py --\n"
    assert run(planned(guide, more)["setup"]) == ["cd repository", "pip install -e ."]


def test_another_repository_is_none_of_ours(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('pip install -e .')}\n{fence('git clone https://forge.test/me/other', 'cd other', 'pip install -e .')}"
    found = planned(guide)["setup"]
    assert run(found) == ["pip install -e ."]
    assert ("cd other", "it belongs to another repository") in found


TABS = """# Contributing

## Set up

=== "conda"

    ```sh
    conda env create -f environment.yml
    ```

=== "pip"

    ```sh
    python3 -m venv .venv
    pip install -e .
    ```
"""


def test_the_first_tab_that_is_complete(planned):
    found = planned(TABS)["setup"]
    assert run(found) == ["conda env create -f environment.yml"]
    assert ("pip install -e .", "another way, pip") in found


def test_the_first_tab_whose_tool_is_there(planned):
    found = planned(TABS, has=lambda name: name != "conda")["setup"]
    assert run(found) == ["python3 -m venv .venv", "pip install -e ."]
    assert ("conda env create -f environment.yml", "another way, conda") in found


def test_tabs_of_sphinx_for_systems(planned):
    guide = """Contributing
============

Set up
------

.. tab:: Windows

    .. code-block:: sh

        py -3 -m venv .venv

.. tab:: Linux

    .. code-block:: sh

        python3 -m venv .venv

Then:

.. code-block:: sh

    pip install -e .
"""
    found = planned(guide, name="CONTRIBUTING.rst")["setup"]
    assert run(found) == ["python3 -m venv .venv", "pip install -e ."]


def test_or_is_another_way(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('pip install -e .[dev]')}\nOr:\n\n{fence('pip install -r dev.txt')}"
    assert planned(guide)["setup"] == [
        ("pip install -e .[dev]", ""),
        ("pip install -r dev.txt", "another way"),
    ]


def test_the_same_by_another_tool_is_another_way(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('uv sync')}\nWith a plain Python:\n\n{fence('python -m venv .venv', 'pip install -e .')}"
    assert run(planned(guide)["setup"]) == ["uv sync"]
    assert run(planned(guide, has=lambda _: False)["setup"]) == ["python -m venv .venv", "pip install -e ."]


def test_two_languages_are_no_two_ways(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('pip install -e .')}\n{fence('npm ci')}"
    assert run(planned(guide)["setup"]) == ["pip install -e .", "npm ci"]


def test_a_container_under_its_own_heading_is_another_way(planned):
    guide = (
        f"# Contributing\n\n## Set up\n\n{fence('make setup')}\n### Docker\n\n{fence('docker build -t me .')}"
    )
    assert run(planned(guide)["setup"]) == ["make setup"]


def test_numbered_steps_in_running_text(planned):
    guide = "# Contributing\n\n## Set up\n\n1. Run `uv sync`.\n2. Install the hooks:\n\n   ```sh\n   pre-commit install\n   ```\n"
    assert run(planned(guide)["setup"]) == ["uv sync", "pre-commit install"]


def test_the_section_that_says_most(planned):
    guide = f"# Contributing\n\n## Installing hooks\n\n{fence('pre-commit install')}\n## Local development\n\n{fence('python3 -m venv .venv', 'pip install -e .')}"
    assert run(planned(guide)["setup"]) == ["python3 -m venv .venv", "pip install -e ."]


def test_of_many_tests_the_first_that_runs_them_all(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('make setup')}\n## Running a single test\n\n{fence('pytest tests/test_a.py')}\n## Running all tests\n\n{fence('pytest')}"
    assert run(planned(guide)["test"]) == ["pytest"]


def test_linters_are_no_tests(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('make setup')}\n## Tests\n\n{fence('ruff check')}\n{fence('pytest', 'pytest -x')}"
    assert planned(guide)["test"] == [("pytest", ""), ("pytest -x", "another way, or a part of the tests")]


def test_a_tree_of_files_is_no_command(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('make setup')}\n## Tests\n\n{fence('.', '└── tests', language='')}\n{fence('make test')}"
    assert run(planned(guide)["test"]) == ["make test"]


def test_placeholders_are_not_run(planned):
    guide = f"# Contributing\n\n## Set up\n\n{fence('export TOKEN=<your-token>', 'make setup')}"
    found = planned(guide)["setup"]
    assert found == [
        ("export TOKEN={your-token}", "it holds a placeholder, `{your-token}`"),
        ("make setup", ""),
    ]


@pytest.mark.parametrize(
    ("demanded", "image"),
    [(">=3.10", "python:3.13"), (">=3.9,<3.13", "python:3.12"), ("", "python:3.13")],
)
def test_the_image_of_the_toolchain(repository, demanded, image):
    line = f'requires-python = "{demanded}"\n' if demanded else ""
    found = plan(repository(f'-- pyproject.toml --\n[project]\nname = "a"\n{line}'))
    assert (found.image, found.python) == (image, demanded)


def test_the_image_of_others(repository):
    assert plan(repository('-- package.json --\n{"engines": {"node": ">=20 <21"}}\n')).image == "node:20"
    assert plan(repository("-- a --\n")).python is None


# the journey

GOOD = f"""-- README.md --
# Shop

A web service that sells things to people, deployed to our cluster.

Clone it: `git clone https://github.com/acme/shop`.

## Run it

{fence("make run")}
## Contributing

See [the guide](CONTRIBUTING.md).

## Help

Ask in [the forum](https://forum.acme.test/c/shop).
-- CONTRIBUTING.md --
# Contributing

## Set up

{fence("make setup")}
## Tests

{fence("make test")}
## Changes

Open a pull request against main. One of the maintainers must approve each pull request before it is merged.
-- Makefile --
setup:
	true
run:
	true
test:
	true
-- Dockerfile --
FROM scratch
-- helm/templates/deployment.yaml --
kind: Deployment
"""


def ended(repository):
    return {step.name: step.ended for step in journey(repository).steps}


def test_a_good_day(repository):
    found = journey(repository(GOOD))
    assert [step.name for step in found.steps] == [
        "clone",
        "set up",
        "run",
        "test",
        "first change",
        "review",
        "deploy",
        "help",
    ]
    by_name = {step.name: step for step in found.steps}
    assert by_name["clone"].location == ("README.md", 5)
    assert by_name["set up"].location == ("CONTRIBUTING.md", 6)
    assert by_name["run"].said == "`make run`"
    assert by_name["test"].ended == "ok"
    assert by_name["help"].said == "to ask: https://forum.acme.test/c/shop"
    assert found.documents == ("README.md", "CONTRIBUTING.md")
    assert found.minutes == 1


def test_a_target_that_is_gone_stops(repository):
    found = journey(repository(GOOD.replace("test:\n\ttrue\n", "")))
    step = next(step for step in found.steps if step.name == "test")
    assert (step.ended, step.location) == ("stop", ("CONTRIBUTING.md", 12))
    assert "there is no make target `test`" in step.said


def test_what_is_not_told_stops(repository):
    found = ended(repository("-- README.md --\n# A\n\nA thing that does much for many people, and more.\n"))
    assert (
        found["set up"]
        == found["test"]
        == found["first change"]
        == found["review"]
        == found["help"]
        == "stop"
    )


def test_what_is_told_elsewhere_is_no_stop(repository):
    guide = "# Contributing\n\nSee [our contributing guide](https://acme.test/contributing) for set-up and tests.\n"
    found = ended(repository(f"-- CONTRIBUTING.md --\n{guide}"))
    assert found["set up"] == found["test"] == "away"


def test_a_library_is_neither_run_nor_deployed(repository):
    pyproject = '[project]\nname = "lib"\nversion = "1"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
    text = f"-- pyproject.toml --\n{pyproject}-- README.md --\n# lib\n\nA Python library that parses things.\n\n{fence('pip install lib')}"
    found = ended(repository(text))
    assert (found["run"], found["deploy"]) == ("na", "na")


def test_reading_executes_nothing(repository, tmp_path):
    mark = tmp_path / "mark"
    journey(
        repository(
            f"-- CONTRIBUTING.md --\n# Contributing\n\n## Set up\n\n{fence(f'touch {mark}', 'make setup')}-- Makefile --\nX := $(shell touch {mark})\nsetup:\n"
        )
    )
    assert not mark.exists()


def test_an_empty_folder(tmp_path):
    found = journey(Repository(Path(tmp_path)))
    assert found.words == 0
    assert found.stopped
