"""CLOMonitor's exemptions and check sets."""

import pytest

from pytest_productops.migration import migrate
from pytest_productops.policy.problems import ConfigurationError

FILE = """
-- .clomonitor.yml --
# CLOMonitor metadata file
exemptions:
  - check: artifacthub_badge
    reason: "A library: nothing to install"
  - check: changelog
    reason: Notes are on the forge
  - check: readme
    reason: ""
  - check: contributing
    reason: The guide is in the handbook
  - check: changelog
    reason: said twice
  - check: tea
    reason: there is none
licenseScanning:
  url: https://scan.example.org
"""


def rows(migration):
    return {row.rule: (row.verdict, row.reason) for row in migration.rows}


def test_exemptions_keep_their_reasons(repository):
    found = migrate("clomonitor", repository(FILE))
    table = rows(found)
    assert table["artifacthub_badge"] == ("off", "A library: nothing to install")
    assert table["changelog"] == ("off", "Notes are on the forge")
    assert table["tea"] == ("off", "there is none")
    assert table["readme"][0] == "stricter"
    assert table["readme"][1].endswith("Its exemption gives no reason, so it has no effect.")
    assert found.settings["ignore"] == {"ONB001": "The guide is in the handbook"}
    assert found.settings["select"] == ["ONB002", "PRA002", "PRA005", "SUP001", "SUP007"]
    assert found.notes == (
        "check set: code; which apply to a repository stands in CLOMonitor's own data",
        ".clomonitor.yml:15: licenseScanning is not taken over, no rule asks for a scan",
    )


@pytest.mark.parametrize(
    ("sets", "count"),
    [((), 24), (("code-lite",), 8), (("community",), 14), (("docs",), 3), (("code", "docs"), 24)],
)
def test_check_sets(repository, sets, count):
    found = migrate("clomonitor", repository("-- a --\n"), sets)
    assert len(found.rows) == count
    assert found.source == ""


def test_a_file_of_the_wrong_name_is_told(repository):
    found = migrate("clomonitor", repository("-- .clomonitor.yaml --\nexemptions: []\n"))
    assert (
        found.notes[1] == ".clomonitor.yaml is not read, by CLOMonitor neither: the name is .clomonitor.yml"
    )


def test_an_empty_file(repository):
    assert len(migrate("clomonitor", repository("-- .clomonitor.yml --\n# nothing\n")).rows) == 24


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("- a", ".clomonitor.yml:1: the file is no table"),
        ("exemptions: {a: b}", ".clomonitor.yml:1: exemptions is no list"),
        (
            "exemptions:\n  - check: dco\n  - 3",
            ".clomonitor.yml:2: an exemption has a check and a reason, both texts",
        ),
        (
            "exemptions:\n  - check: dco\n  - 3",
            ".clomonitor.yml:3: an exemption has a check and a reason, both texts",
        ),
        ("exemptions:\n  - {check: 1, reason: a}", ".clomonitor.yml:2: an exemption has"),
        ("a: &x [*x]", ".clomonitor.yml:1: no YAML: alias *x stands inside what it repeats"),
        (
            "a: !!python/object:os.system b",
            ".clomonitor.yml:1: no YAML: tag !!python/object:os.system is not read",
        ),
    ],
)
def test_mistakes_have_their_place(repository, text, mistake):
    with pytest.raises(ConfigurationError) as caught:
        migrate("clomonitor", repository(f"-- .clomonitor.yml --\n{text}\n"))
    assert mistake in str(caught.value)
