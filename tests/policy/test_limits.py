"""How long a rule may take: what is written, and what the size of a repository gives."""

import pytest

from pytest_productops.policy.limits import Limits, known, limits
from pytest_productops.policy.problems import ConfigurationError


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("auto", Limits(8, 80)),
        ("off", None),
        ("0", None),
        (0, None),
        (30, Limits(30, 300)),
        ("30", Limits(30, 300)),
        ("1.5", Limits(1.5, 15)),
        ("30,600", Limits(30, 600)),
        ("30, 600", Limits(30, 600)),
    ],
)
def test_what_is_written(written, expected):
    assert known(written)
    assert limits(written, 0, 0) == expected


@pytest.mark.parametrize("written", ["", "soon", "-1", "30s", "30,", "30,10", "1e9", "30,60,90", "99999999"])
def test_what_is_no_time(written):
    assert not known(written)


def test_a_larger_repository_has_more_time():
    assert limits("auto", 5000, 0).rule == 18
    assert limits("auto", 0, 200 * 2**20).rule == 28
    assert limits("auto", 10**7, 0).rule == 600


@pytest.mark.parametrize(
    "text", ["timeout = 30\n", 'timeout = "30,600"\n', 'timeout = "off"\n', "timeout = 0.5\n"]
)
def test_settings_may_say_it(settings, text):
    assert str(settings({"productops.toml": text}).stack.value("timeout")) in text


@pytest.mark.parametrize(
    "text", ["timeout = -1\n", 'timeout = "soon"\n', "timeout = true\n", 'timeout = "30,10"\n']
)
def test_mistakes_are_told(settings, text):
    with pytest.raises(ConfigurationError, match=r"productops\.toml:1: timeout"):
        settings({"productops.toml": text})


def test_a_policy_may_lock_it(settings):
    files = {
        "policy.toml": 'timeout = 60\nlocked = ["timeout"]\n',
        "productops.toml": 'extends = "./policy.toml"\n',
    }
    assert settings(files, ("--", {"timeout": "60"})).stack.value("timeout") == "60"
    with pytest.raises(ConfigurationError, match="timeout = 5 loosens 60"):
        settings(files, ("--", {"timeout": "5"}))
