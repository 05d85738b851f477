"""ONB008 on where versions of a language are written, and what is no disagreement."""

import pytest
from productops_rules.onboarding.toolchain_versions_agree import toolchain_versions_agree as rule

from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings


def keys(files, **options):
    return [each.key for each in findings(rule, files, **options)]


def python(more="", requires=">=3.10"):
    return {"pyproject.toml": f'[project]\nname = "a"\nrequires-python = "{requires}"\n{more}'}


def node(engines=">=20"):
    return {"package.json": f'{{"name": "a", "engines": {{"node": "{engines}"}}}}'}


def workflow(uses, versions, run, more=""):
    return {
        ".github/workflows/test.yml": f"""on: pull_request
jobs:
  test:
    runs-on: x
    strategy:
      matrix:
        v: {versions}
    steps:
{more}      - uses: {uses}
        with:
          {uses.rpartition("-")[2].partition("@")[0]}-version: ${{{{ matrix.v }}}}
      - run: {run}
"""
    }


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({**python(), ".python-version": "3.13\n"}, []),
        ({**python(), ".python-version": "# dev\n3.9.1\n"}, ["python#.python-version#3.9.1"]),
        ({**python(), ".python-version": "pypy3.9\n"}, []),
        ({**python(requires=">=3.10,<3.13"), ".tool-versions": "python 3.13.1\n"}, ["python#.tool-versions#3.13.1"]),
        ({**python(), "mise.toml": '[tools]\npython = "3.9"\n'}, ["python#mise.toml#3.9"]),
        ({**python(requires="~=3.10"), ".python-version": "3.12"}, []),
        ({**python(requires="!=3.11.*,>=3.10"), ".python-version": "3.12"}, []),
        (python('classifiers = ["Programming Language :: Python :: 3.10", "Programming Language :: Python :: 3"]\n'), []),
        (python('classifiers = ["Programming Language :: Python :: 3.9", "Programming Language :: Python :: 3.10"]\n'),
         ["python#classifier#3.9"]),
        (python('classifiers = ["Programming Language :: Python :: 3.11"]\n'), ["python#classifiers#3.11"]),
        (python('[tool.ruff]\ntarget-version = "py310"\n'), []),
        (python('[tool.ruff]\ntarget-version = "py312"\n'), ["python#ruff#py312"]),
        (python('[tool.black]\ntarget-version = ["py312", "py38"]\n'), ["python#black#py38"]),
        (python('[tool.mypy]\npython_version = "3.12"\n'), []),
        (python('[tool.mypy]\npython_version = "3.8"\n'), ["python#mypy#3.8"]),
        ({**python(), "Dockerfile": "FROM python:3.9-slim\n"}, ["python#Dockerfile#3.9"]),
        ({**python(), "Dockerfile": "ARG V\nFROM python:${V}\nFROM --platform=x python:3.12 AS run\n"}, []),
        ({**node(), ".nvmrc": "v18.2.0\n"}, ["node#.nvmrc#v18.2.0"]),
        ({**node(), ".nvmrc": "lts/*\n"}, []),
        ({**node("^18 || >=20"), ".node-version": "19\n"}, ["node#.node-version#19"]),
        ({"go.mod": "module a\ngo 1.23\n", "Dockerfile": "FROM golang:1.21 AS build\n"}, ["go#Dockerfile#1.21"]),
        ({"go.mod": "module a\ngo 1.23.1\n", "Dockerfile": "FROM golang:1.24\n"}, []),
        ({"Cargo.toml": '[package]\nname = "a"\nrust-version = "1.80"\n', "rust-toolchain.toml": '[toolchain]\nchannel = "1.75.0"\n'},
         ["rust#rust-toolchain.toml#1.75.0"]),
        ({"Cargo.toml": '[package]\nname = "a"\nrust-version = "1.80"\n', "rust-toolchain.toml": '[toolchain]\nchannel = "stable"\n'}, []),
    ],
)  # fmt: skip
def test_files(files, found):
    assert keys(files) == found


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Requires Python 3.8+.", True),
        ("Requires Python 3.10+.", False),
        ("You need Python >= 3.9 for it.", True),
        ("Python 3.8 or newer", True),
        ("Dropped Python 3.8+ support.", False),
        ("Until version 2.x it ran on Python 3.6+.", False),
        ("Runs on Python 3.8 and 3.10", False),
        ("CPython 3.12+ is faster.", False),
        ("\u00b9 Requires Python 3.8 or above.", False),
        ("- 4.0 works with Python 3.10 or above.\n- 3.0 works with Python 3.7 or above.", False),
        ("## Changelog\n\nRequires Python 3.8+.", False),
        ("## Contributing\n\nRequires Python 3.8+.", False),
    ],
)
def test_readme(text, wrong):
    assert bool(keys({**python(), "README.md": f"# A\n\n{text}\n"})) == wrong
    assert keys({**python(), "README.md": f"# A\n\n{text}\n"}, docs_claim=False) == []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({**python(), **workflow("actions/setup-python@v5", "['3.10', '3.13']", "pytest")}, []),
        ({**python(), **workflow("actions/setup-python@v5", "['3.12', '3.13']", "pytest")}, ["python#untested"]),
        ({**python(), **workflow("actions/setup-python@v5", "['3.9', '3.10']", "pytest")},
         ["python#.github/workflows/test.yml#3.9"]),
        ({**python(), **workflow("actions/setup-python@v5", "['3.9']", "ruff check")}, []),
        ({**python(), **workflow("actions/setup-python@v5", "['3.12']", "pytest"), "tox.ini": "[tox]\nenvlist = py310\n"}, []),
        ({**python(), **workflow("actions/setup-python@v5", "${{ fromJSON(x) }}", "pytest")}, []),
        ({**python(requires=">=3.1"), **workflow("actions/setup-python@v5", "[3.10, 3.11]", "pytest")}, []),
        ({**node(), **workflow("actions/setup-node@v4", "[18, 20]", "npm test")}, ["node#.github/workflows/test.yml#18"]),
        ({**node(), **workflow("actions/setup-node@v4", "[22, 24]", "npm test")}, ["node#untested"]),
        ({**node(), **workflow("actions/setup-node@v4", "['lts/*', 24]", "npm test")}, []),
        ({**node(), **workflow("actions/setup-node@v4", "[18]", "npm test", "      - uses: actions/download-artifact@v4\n")}, []),
    ],
)  # fmt: skip
def test_ci(files, found):
    assert keys(files) == found


def test_nothing_is_declared():
    with pytest.raises(NotApplicable):
        keys({".python-version": "3.9", "README.md": "# A"})
    with pytest.raises(NotApplicable):
        keys({"package.json": '{"engines": {"node": "whatever"}}'})


def test_what_it_is_built_with_counts_in_any_section():
    readme = "# A\n\n## Building from source\n\n`a` is built using Go 1.13 or higher.\n"
    assert keys({"README.md": readme, "go.mod": "module example.org/a\n\ngo 1.26\n"})


def test_the_version_of_one_gradle_tool_is_not_the_products():
    script = (
        "tool.set(javaToolchains.javadocToolFor {\n  languageVersion.set(JavaLanguageVersion.of(24))\n})\n"
    )
    with pytest.raises(NotApplicable):
        findings(rule, {"build.gradle.kts": script, "src/main/java/A.java": "class A {}\n"})
