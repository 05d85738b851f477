"""edx-repo-health: its checks, the repository's own, and the dashboard's subset."""

import pytest

from pytest_productops.migration import migrate
from pytest_productops.policy.problems import ConfigurationError

SHEET = "repo_health_dashboard/configuration.yaml"


def rows(migration):
    return {row.rule: (row.verdict, row.reason) for row in migration.rows}


def test_every_check_runs(repository):
    found = migrate("edx-repo-health", repository("-- openedx.yaml --\nopenedx-release: {ref: main}\n"))
    assert len(found.rows) == 41
    assert found.settings["rules"] == {"SUP001": {"sources": ["catalog"]}}
    assert found.notes == (
        "edx-repo-health records values and fails nothing; false or empty is taken for a failure here",
        "openedx.yaml describes the repository (OEP-2) and selects no checks; nothing of it is taken over",
    )


def test_own_checks_are_unknown(repository):
    found = migrate(
        "edx-repo-health",
        repository(
            "-- repo_health/check_tea.py --\nimport os\n\ndef check_tea(all_results):\n    pass\n"
            "async def check_readme_links(readme):\n    pass\ndef helper(): pass\n"
        ),
    )
    assert len(found.rows) == 42
    assert rows(found)["check_tea"] == ("not covered", "unknown rule of edx-repo-health")
    assert str(found.rows[-1].place) == "repo_health/check_tea.py:3"


def test_a_subset_shows_some(repository):
    found = migrate(
        "edx-repo-health",
        repository(
            f"-- {SHEET} --\nmain:\n  subset: true\n  check_order:\n    - exists.README\n    - tea.time\n"
            "python_3:\n  check_order: [ownership.theme]\n"
            "-- repo_health_dashboard/console_dashboard_config.yaml --\ntables: []\n"
        ),
    )
    table = rows(found)
    assert found.source == SHEET
    assert table["check_readme_existence"][0] == "stricter"
    assert table["check_ownership"] == ("off", f"not in check_order of {SHEET}, which shows a subset")
    assert table["tea.time"] == ("not covered", "unknown rule of edx-repo-health")
    assert found.settings["select"] == ["ONB002"]
    assert found.settings["ignore"] == {"SUP001": f"not in check_order of {SHEET}, which shows a subset"}


def test_an_order_alone_hides_nothing(repository):
    found = migrate("edx-repo-health", repository(f"-- {SHEET} --\nmain:\n  check_order: [exists.README]\n"))
    assert {row.verdict for row in found.rows} == {"stricter", "not covered"}


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("main:\n  check_order: 3", f"{SHEET}:2: check_order is no list of keys"),
        ("main:\n  check_order: []\n  subset: perhaps", f"{SHEET}:3: subset is neither true nor false"),
        ("main: [", f"{SHEET}:2: no YAML: "),
    ],
)
def test_mistakes_have_their_place(repository, text, mistake):
    with pytest.raises(ConfigurationError) as caught:
        migrate("edx-repo-health", repository(f"-- {SHEET} --\n{text}\n"))
    assert mistake in str(caught.value)
