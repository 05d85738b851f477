"""Profiles: what each holds, and how several compose."""

import pytest

from pytest_productops.catalogue import installed
from pytest_productops.policy.profiles import PROFILES, demands, rules_of

RULES = installed()


@pytest.mark.parametrize("name", PROFILES)
def test_strict_holds_every_profile(name):
    assert PROFILES[name] <= PROFILES["strict"]
    assert rules_of([name], RULES) <= rules_of(["strict"], RULES)


def test_strict_holds_every_rule():
    assert rules_of(["strict"], RULES) == {rule.code for rule in RULES}


def test_a_library_has_no_register_of_tasks():
    assert rules_of(["default"], RULES) - rules_of(["oss-library"], RULES) == {"OPS001"}
    assert "OPS001" in rules_of(["oss-library", "service"], RULES)


DEMANDS = [
    (["default"], "ONB009", {}),
    (["strict"], "ONB009", {"require_response_time": True}),
    (["service"], "OPS001", {"required": True}),
    (["service", "strict"], "OPS001", {"required": True, "schedules": True}),
    (["oss-library"], "OPS001", {}),
    (["service"], "SUP003", {"require_codeowners": True}),
    (["strict"], "SUP003", {"require_codeowners": True, "min_owners": 2}),
]


@pytest.mark.parametrize(("names", "code", "expected"), DEMANDS)
def test_what_profiles_demand(names, code, expected):
    assert demands(names, RULES.get(code)) == expected


def test_every_demand_fits_its_option():
    from jsonschema import validate

    for rule in RULES:
        for profile, table in rule.demands.items():
            assert profile in PROFILES
            for name, value in table.items():
                validate(list(value) if isinstance(value, tuple) else value, dict(rule.options[name].schema))
