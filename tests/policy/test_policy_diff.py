"""`productops policy diff` names what another version of a policy changes here, and nothing that stays."""

import pytest

from pytest_productops.cli import main
from pytest_productops.testing import lay_out

SETTINGS = 'extends = "./policy.toml"\n'
BEFORE = 'select = ["ONB001", "PRA005", "SUP005"]\nlevel = "gold"\n'


@pytest.fixture
def lines(tmp_path, monkeypatch, capsys):
    """Return what `policy diff` prints of a new text of the policy, without the versions."""
    root = lay_out(
        {
            "README.md": "# Shop\n\nSells things.\n",
            "SECURITY.md": "# Security\n\nWe read every report of a hole, and mend it.\n",
            "productops.toml": SETTINGS,
            "policy.toml": BEFORE,
        },
        tmp_path / "shop",
    ).root
    monkeypatch.chdir(root)

    def make(new):
        (tmp_path / "new.toml").write_text(new)
        assert main(["policy", "diff", str(tmp_path / "new.toml"), "--now=2026-11-22"]) == 0
        return [line for line in capsys.readouterr().out.splitlines() if line and "sha256:" not in line]

    return make


def test_a_level_names_only_the_rules_that_it_sets_free(lines):
    assert lines(BEFORE.replace("gold", "bronze")) == [
        'level: "gold" -> "bronze"',
        "SUP005 review-policy-documented: fail (1 finding) -> advisory (1 finding)",
        "0 rules more would fail, 1 fewer",
    ]


def test_a_level_that_changes_no_verdict_names_no_rule(lines):
    assert lines(BEFORE.replace("gold", "silver")) == [
        'level: "gold" -> "silver"',
        "0 rules more would fail, 0 fewer",
    ]


def test_rules_that_come_and_go(lines):
    assert lines(BEFORE.replace("SUP005", "SUP004")) == [
        "SUP004 is selected now",
        "SUP005 is not selected any more",
        "SUP004 owners-active: not asked -> not-applicable",
        "SUP005 review-policy-documented: fail (1 finding) -> not asked",
        "0 rules more would fail, 1 fewer",
    ]


def test_as_many_findings_that_say_something_else(lines):
    changed = lines(f'{BEFORE}[rules.PRA005]\nrequire = ["response_time"]\n')
    assert changed[1:] == [
        "PRA005 security-policy-actionable: fail (1 finding), and not the same",
        "0 rules more would fail, 0 fewer",
    ]


def test_nothing(lines):
    assert lines(f"{BEFORE}# a remark\n") == ["nothing changes here"]
