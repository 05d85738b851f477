"""[tool.repo-review], its selection and its reasons."""

import pytest

from pytest_productops.migration import migrate
from pytest_productops.policy.problems import ConfigurationError


def rows(migration):
    return {row.rule: (row.verdict, row.reason) for row in migration.rows}


def made(repository, text):
    return migrate("repo-review", repository(f"-- pyproject.toml --\n{text}\n"))


@pytest.mark.parametrize("text", ["", "[tool.ruff]\nline-length = 88"])
def test_without_a_table_every_check_runs(repository, text):
    found = made(repository, text)
    assert found.source == ""
    assert len(found.rows) == 71
    assert {row.verdict for row in found.rows} == {"stricter", "not covered"}
    assert found.settings == {"select": ["DEV001", "DEV008", "ONB002", "PRA002"]}


def test_without_pyproject(repository):
    assert len(migrate("repo-review", repository("-- a --\n")).rows) == 71


def test_reasons_of_a_table_are_kept(repository):
    found = made(
        repository,
        '[tool.repo-review.ignore]\nPY002 = "we have a wiki"\nPP = "setup.cfg it is"\nGH100 = ""\nVPP001 = "no"',
    )
    table = rows(found)
    assert table["PY002"] == ("off", "we have a wiki")
    assert table["PP308"] == ("off", "setup.cfg it is")
    assert table["GH100"] == ("off", "ignored at pyproject.toml:4, which gives no reason")
    assert table["VPP001"] == ("off", "no")
    assert found.settings["ignore"] == {"ONB002": "we have a wiki"}
    assert found.settings["select"] == ["DEV001", "DEV008", "PRA002"]


def test_reasons_of_comments_are_kept(repository):
    found = made(
        repository,
        '[tool.repo-review]\nignore = [\n  "PP308", # a large amount of log lines\n  "PC", "RTD",\n  "PY002"  # wiki\n]',
    )
    table = rows(found)
    assert table["PP308"] == ("off", "a large amount of log lines")
    assert table["PC180"] == ("off", "ignored at pyproject.toml:4, which gives no reason")
    assert table["RTD100"] == ("off", "ignored at pyproject.toml:4, which gives no reason")
    assert table["PY002"] == ("off", "wiki")


def test_what_is_not_selected_is_off(repository):
    found = made(repository, '[tool.repo-review]\nselect = ["PY", "GH200", "XY1"]\nignore = ["PY001"]')
    table = rows(found)
    assert table["PY002"][0] == "stricter"
    assert table["PY001"][0] == "off"
    assert table["GH100"] == ("off", "not in select of pyproject.toml:2")
    assert table["GH200"][0] == "not covered"
    assert table["XY1"] == ("not covered", "unknown rule of repo-review")
    assert found.settings["select"] == ["DEV001", "DEV008", "ONB002", "PRA002"]


def test_a_star_selects_all(repository):
    assert {row.verdict for row in made(repository, '[tool.repo-review]\nselect = ["*"]').rows} == {
        "stricter",
        "not covered",
    }


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[tool", "pyproject.toml:1: no TOML: "),
        ("tool = 3", "pyproject.toml:1: [tool] is no table"),
        ("[tool]\nrepo-review = 3", "pyproject.toml:2: [tool.repo-review] is no table"),
        ("[tool.repo-review]\nselect = 3", "pyproject.toml:2: select is no list of checks"),
        (
            "[tool.repo-review]\nignore = 3",
            "pyproject.toml:2: ignore is neither a list of checks nor a table of reasons",
        ),
        ("[tool.repo-review.ignore]\nPY001 = 3", "pyproject.toml:2: the reason of PY001 is no text"),
    ],
)
def test_mistakes_have_their_place(repository, text, mistake):
    with pytest.raises(ConfigurationError) as caught:
        made(repository, text)
    assert mistake in str(caught.value)
