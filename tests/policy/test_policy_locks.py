"""Locks: what a policy locks may be tightened above it, never loosened, and the error names both places."""

import re

import pytest

OWN = "productops.toml"
COMMAND = "--"
LOCKED = """locked = ["{key}"]
{text}
"""
OUT = "\n    a waiver is the only way out of a lock"

# (locked key, what the policy says, what the repository says, the mistake: "" where it is allowed)
TABLE = [
    ("rules.DEV003.minimum", "[rules.DEV003]\nminimum = 80", "[rules.DEV003]\nminimum = 85", ""),
    ("rules.DEV003.minimum", "[rules.DEV003]\nminimum = 80", "[rules.DEV003]\nminimum = 80", ""),
    (
        "rules.DEV003.minimum",
        "[rules.DEV003]\nminimum = 80",
        "[rules.coverage-gate-enforced]\nminimum = 60",
        "productops.toml:3: rules.DEV003.minimum = 60 loosens 80, locked by p.toml:1",
    ),
    ("rules.DEV003.minimum", "", "[rules.DEV003]\nminimum = 71", ""),
    (
        "rules.coverage-gate-enforced.minimum",
        "",
        "[rules.DEV003]\nminimum = 69",
        "productops.toml:3: rules.DEV003.minimum = 69 loosens 70, locked by p.toml:1",
    ),
    ("rules.DEV009.threshold", "[rules.DEV009]\nthreshold = 12", "[rules.DEV009]\nthreshold = 10", ""),
    (
        "rules.DEV009",
        "[rules.DEV009]\nthreshold = 12",
        "[rules.DEV009]\nthreshold = 20",
        "productops.toml:3: rules.DEV009.threshold = 20 loosens 12, locked by p.toml:1",
    ),
    ("rules.SUP010.max_lag", '[rules.SUP010]\nmax_lag = "90d"', '[rules.SUP010]\nmax_lag = "2mo"', ""),
    (
        "rules.SUP010.max_lag",
        '[rules.SUP010]\nmax_lag = "90d"',
        '[rules.SUP010]\nmax_lag = "1y"',
        "productops.toml:3: rules.SUP010.max_lag = 1y loosens 90d, locked by p.toml:1",
    ),
    (
        "rules.ONB001.required",
        "",
        '[rules.ONB001]\nrequired = ["setup", "tests", "style", "submit", "help"]',
        "",
    ),
    (
        "rules.ONB001.required",
        "",
        '[rules.ONB001]\nrequired = ["setup"]',
        "productops.toml:3: rules.ONB001.required = setup loosens setup, tests, style, submit, locked by p.toml:1",
    ),
    (
        "rules.ONB003.ignore",
        "",
        '[rules.ONB003]\nignore = ["make x"]',
        "productops.toml:3: rules.ONB003.ignore = make x loosens , locked by p.toml:1",
    ),
    (
        "rules.ONB006.mode",
        '[rules.ONB006]\nmode = "strict"',
        '[rules.ONB006]\nmode = "history"',
        "productops.toml:3: rules.ONB006.mode = history loosens strict, locked by p.toml:1",
    ),
    (
        "rules.ONB009.require_response_time",
        "[rules.ONB009]\nrequire_response_time = true",
        "[rules.ONB009]\nrequire_response_time = false",
        "productops.toml:3: rules.ONB009.require_response_time = False loosens True, locked by p.toml:1",
    ),
    (  # an option without a direction: only the same value is allowed
        "rules.DEV001.external_ci",
        "",
        '[rules.DEV001]\nexternal_ci = "https://ci.example.org"',
        "productops.toml:3: rules.DEV001.external_ci = https://ci.example.org loosens , locked by p.toml:1",
    ),
    (
        "rules.DEV003",
        "",
        "[rules.DEV003]\nenforce-from = 2027-03-01",
        "productops.toml:3: rules.DEV003.enforce-from = 2027-03-01 loosens unset, locked by p.toml:1",
    ),
    (
        "rules.DEV003.enforce-from",
        "[rules.DEV003]\nenforce-from = 2027-03-01",
        "[rules.DEV003]\nenforce-from = 2027-01-01",
        "",
    ),
    (
        "rules.DEV003.waivable",
        "[rules.DEV003]\nwaivable = false",
        "[rules.DEV003]\nwaivable = true",
        "productops.toml:3: rules.DEV003.waivable = True loosens False, locked by p.toml:1",
    ),
    ("level", 'level = "silver"', 'level = "gold"', ""),
    (
        "level",
        'level = "silver"',
        'level = "bronze"',
        "productops.toml:2: level = bronze loosens silver, locked by p.toml:1",
    ),
    ("unknown", "", 'unknown = "fail"', ""),
    (
        "unknown",
        'unknown = "fail"',
        'unknown = "allow"',
        "productops.toml:2: unknown = allow loosens fail, locked by p.toml:1",
    ),
    ("max-waiver-days", "max-waiver-days = 90", "max-waiver-days = 30", ""),
    (
        "max-waiver-days",
        "max-waiver-days = 90",
        "max-waiver-days = 180",
        "productops.toml:2: max-waiver-days = 180 loosens 90, locked by p.toml:1",
    ),
    ("baseline", "", 'baseline = "off"', ""),
    (
        "baseline",
        'baseline = "off"',
        'baseline = "b.toml"',
        "productops.toml:2: baseline = b.toml loosens off, locked by p.toml:1",
    ),
    ("profile", 'profile = "service"', 'profile = ["service", "oss-library"]', ""),
    ("profile", 'profile = "service"', 'profile = "strict"', ""),
    ("select", 'select = ["ONB"]', 'select = ["ONB", "SUP"]', ""),
    ("select", "", 'extend-select = ["OPS007"]', ""),
    (
        "select",
        "",
        '[ignore]\nDEV003 = "generated code"',
        "productops.toml:3: ignore.DEV003 leaves out DEV003, locked by p.toml:1",
    ),
    (
        "ignore",
        "",
        '[ignore]\ncoverage-gate-enforced = "generated code"',
        "productops.toml:3: ignore.DEV003 leaves out DEV003, locked by p.toml:1",
    ),
    (
        "rules.DEV003",
        "",
        '[ignore]\nDEV003 = "generated code"',
        "productops.toml:3: ignore.DEV003 leaves out DEV003, locked by p.toml:1",
    ),
    ("rules.DEV003", "", '[ignore]\nDEV004 = "another rule"', ""),
    (
        "select",
        'select = ["ONB001", "ONB002"]',
        'select = ["ONB001"]',
        "productops.toml:2: select leaves out ONB002, locked by p.toml:1",
    ),
    (
        "artifacts",
        '[artifacts]\nsecurity = "https://example.org"',
        '[artifacts]\nsecurity = "SECURITY.md"',
        "productops.toml:3: artifacts.security = SECURITY.md loosens https://example.org, locked by p.toml:1",
    ),
]


@pytest.mark.parametrize(("key", "policy", "own", "mistake"), TABLE)
def test_a_lock(mistakes, key, policy, own, mistake):
    files = {OWN: f'extends = "./p.toml"\n{own}\n', "p.toml": LOCKED.format(key=key, text=policy)}
    assert mistakes(files) == ([mistake + OUT] if mistake else [])


def test_a_profile_that_holds_less(mistakes):
    own = 'extends = "./p.toml"\nprofile = "default"\n'
    said = mistakes({OWN: own, "p.toml": LOCKED.format(key="profile", text='profile = "service"')})
    assert said[0] == "productops.toml:2: profile = default loosens service, locked by p.toml:1" + OUT
    assert re.fullmatch(
        r"productops\.toml:2: profile leaves out [\w, ]*OPS007[\w, ]*, locked by p\.toml:1" + OUT, said[1]
    )


@pytest.mark.parametrize(("prefix", "label"), [("--", "--level"), ("PRODUCTOPS_", "PRODUCTOPS_LEVEL")])
def test_options_are_under_locks_too(mistakes, prefix, label):
    files = {OWN: 'extends = "./p.toml"\n', "p.toml": LOCKED.format(key="level", text="")}
    assert mistakes(files, (prefix, {"level": "silver"})) == [
        f"{label}: level = silver loosens gold, locked by p.toml:1" + OUT
    ]
    assert mistakes(files, (prefix, {"ignore": "ONB001"})) == []


def test_a_policy_is_under_the_locks_of_what_it_extends(mistakes, package):
    package("base", 'locked = ["level"]\nlevel = "silver"\n')
    package("team", 'extends = "base"\nlevel = "bronze"\n')
    assert mistakes({OWN: 'extends = "team"\n'}) == [
        "team 2026.11:2: level = bronze loosens silver, locked by base 2026.11:1" + OUT
    ]


def test_tighter_and_back_again_is_no_loosening(mistakes):
    files = {
        OWN: 'extends = "./p.toml"\nlevel = "gold"\n',
        "p.toml": LOCKED.format(key="level", text='level = "silver"'),
    }
    assert mistakes(files, (COMMAND, {"level": "silver"})) == []


def test_a_lock_on_nothing_is_a_mistake(mistakes):
    files = {
        OWN: 'extends = "./p.toml"\n',
        "p.toml": 'locked = ["levl", "rules.DEV03", "rules.DEV003.minimun", "level"]\n',
    }
    assert mistakes(files) == [
        "p.toml:1: locked: no such key `levl`\n    did you mean `level`?",
        "p.toml:1: locked: no such key `rules.DEV003.minimun`\n    did you mean `minimum`?",
        "p.toml:1: locked: no such key `rules.DEV03`\n    did you mean `DEV003`?",
    ]


BESIDE = [
    # (locked, the locking policy, a policy that stands below it without being extended by it, the mistake)
    (
        "rules.DEV003",
        "",
        '[ignore]\nDEV003 = "out"',
        "q.toml:2: ignore.DEV003 leaves out DEV003, locked by p.toml:1",
    ),
    (
        "ignore",
        "",
        '[ignore]\nONB = "out"',
        "q.toml:2: ignore.ONB leaves out ONB001, ONB002, ONB003, ONB004, ONB005 and ",
    ),
    (
        "rules.ONB002",
        "",
        "[rules.ONB002]\nenforce-from = 2099-01-01",
        "q.toml:2: rules.ONB002.enforce-from = 2099-01-01 loosens unset, locked by p.toml:1",
    ),
    (
        "rules.DEV003.minimum",
        "",
        "[rules.DEV003]\nenforce-from = 2099-01-01",
        "q.toml:2: rules.DEV003.enforce-from = 2099-01-01 loosens unset, locked by p.toml:1",
    ),
    ("rules.DEV003.minimum", "[rules.DEV003]\nminimum = 80", "[rules.DEV003]\nminimum = 60", ""),
    (
        "rules.DEV003.minimum",
        "[rules.DEV003]\nminimum = 80",
        '[ignore]\nDEV003 = "out"',
        "q.toml:2: ignore.DEV003 leaves",
    ),
]


@pytest.mark.parametrize(("key", "policy", "other", "mistake"), BESIDE)
def test_a_lock_holds_beside_too(mistakes, key, policy, other, mistake):
    files = {
        OWN: 'extends = ["./q.toml", "./p.toml"]\n',
        "p.toml": LOCKED.format(key=key, text=policy),
        "q.toml": other,
    }
    said = mistakes(files)
    assert len(said) == bool(mistake)
    assert all(each.startswith(mistake) for each in said)


def test_what_a_policy_extends_is_its_own(mistakes):
    files = {OWN: 'extends = "./p.toml"\n', "q.toml": '[ignore]\nDEV003 = "not for us"\n'}
    assert mistakes({**files, "p.toml": 'extends = "./q.toml"\nlocked = ["ignore"]\n'}) == []


@pytest.mark.parametrize(
    ("was", "now"), [("max_share = 0.1", "max_share = 0"), ("threshold = 15", "threshold = 15.0")]
)
def test_a_number_is_a_number(mistakes, was, now):
    files = {
        OWN: f'extends = "./p.toml"\n[rules.DEV009]\n{now}\n',
        "p.toml": LOCKED.format(key="rules.DEV009", text=f"[rules.DEV009]\n{was}"),
    }
    assert mistakes(files) == []
