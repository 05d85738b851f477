"""Mistakes in the settings: kinds of documents, rules that stand there twice, numbers, baselines, options."""

import pytest

from pytest_productops.policy.options import from_environment

OWN = "productops.toml"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[artifacts]\nsecurty = "x.md"\n',
            "productops.toml:2: unknown key `securty` in artifacts\n    did you mean `security`?",
        ),
        ('[artifacts]\ntasks = ""\n', 'productops.toml:2: artifacts.tasks = "": expected a path or a URL'),
        (
            "[rules.DEV003]\nminimum = 3\n[rules.coverage-gate-enforced]\nminimum = 4\n",
            "productops.toml:3: [rules]: `coverage-gate-enforced` is `DEV003` of line 1\n    keep one of the two",
        ),
        (
            '[ignore]\nDEV003 = "a reason"\ncoverage-gate-enforced = "another"\n',
            "productops.toml:3: [ignore]: `coverage-gate-enforced` is `DEV003` of line 2\n    keep one of the two",
        ),
        (
            "rules.DEV003.minimum = 101\n",
            "productops.toml:1: rules.DEV003.minimum = 101: expected at most 100",
        ),
        ("rules.DEV003.minimum = -1\n", "productops.toml:1: rules.DEV003.minimum = -1: expected at least 0"),
        (
            "rules.DEV005.min_share = 1.5\n",
            "productops.toml:1: rules.DEV005.min_share = 1.5: expected at most 1",
        ),
        (
            "rules.DEV005.min_share = nan\n",
            'productops.toml:1: rules.DEV005.min_share = "nan": expected a number',
        ),
        ("profile = 1\n", "productops.toml:1: profile = 1: expected a text or a list"),
        ("[rules.DEV003]\n[rules.DEV003]\n", "productops.toml:2: no TOML: [rules.DEV003] stands there twice"),
        (
            "waivers = []\n[[waivers]]\n",
            "productops.toml:2: no TOML: `waivers` stands there already, whole",
        ),
    ],
)
def test_in_a_file(mistakes, text, told):
    assert mistakes({OWN: text}) == [told]


def test_each_kind_may_be_declared(settings):
    text = '[artifacts]\nagreement = "a.md"\ntasks = "t.toml"\ndone = "d.md"\nrunbook = "r.md"\n'
    assert set(settings({OWN: text}).artifacts) == {"agreement", "tasks", "done", "runbook"}


HINT = "\n    name a file of its own, from the root of the repository; `productops baseline` writes it"


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/etc/known.toml", "leads out of the repository, or into its .git"),
        ("C:/known.toml", "leads out of the repository, or into its .git"),
        ("../known.toml", "leads out of the repository, or into its .git"),
        ("a/../../known.toml", "leads out of the repository, or into its .git"),
        (".git/known.toml", "leads out of the repository, or into its .git"),
        (".", "cannot be read: Is a directory"),
        ("README.md", "is no baseline of format 1"),
    ],
)
def test_a_baseline_that_is_none(mistakes, path, wrong):
    text = f'level = "gold"\nbaseline = "{path}"\n'
    assert mistakes({OWN: text, "README.md": "# Shop\n"}) == [
        f"productops.toml:2: baseline {path} {wrong}{HINT}"
    ]
    assert mistakes({OWN: "", "README.md": "# Shop\n"}, ("--", {"baseline": path})) == [
        f"--baseline: baseline {path} {wrong}{HINT}"
    ]


def test_options_without_a_value(mistakes):
    given = dict.fromkeys(("profile", "baseline", "level", "now", "ignore"), "")
    assert mistakes({}, ("--", given)) == [
        "--baseline: no value",
        "--level: no value",
        "--now: no value",
        "--profile: no value",
    ]


@pytest.mark.parametrize("now", ["20261122", "2026-W47-7", "2026-11-22T00:00", "2026-1-2"])
def test_days_are_written_in_one_way(mistakes, now):
    assert mistakes({}, ("--", {"now": now})) == [f"--now: `{now}` is no day\n    write it as 2026-11-22"]


def test_a_variable_that_is_nearly_one(mistakes):
    given = from_environment(
        {
            "PRODUCTOPS_PROFLE": "service",
            "PRODUCTOPS_CACHE_DIR": "x",
            "PRODUCTOPS_REPORT": "json:a",
            "PRODUCTOPS_EXTEND_SELECT": "ALL",
            "PRODUCTOPS_LEVEL": "",
        }
    )
    assert mistakes({}, ("PRODUCTOPS_", given)) == [
        "PRODUCTOPS_PROFLE: no such variable\n    did you mean `PRODUCTOPS_PROFILE`?"
    ]
