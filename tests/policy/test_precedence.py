"""Which layer decides: one row for each layer over the one below it."""

import pytest

OWN = "productops.toml"
ENVIRONMENT, COMMAND = "PRODUCTOPS_", "--"
KEY = "rules.ONB006.mode"
STRICT, LAX = '[rules.ONB006]\nmode = "strict"\n', '[rules.documented-paths-exist]\nmode = "history"\n'


def value(settings, key):
    return settings.stack.value(key)


VALUES = [
    # the default, then each layer over the one below it
    ({OWN: ""}, (), KEY, "history"),
    ({OWN: 'profile = "strict"\n'}, (), KEY, "strict"),
    ({OWN: 'profile = "strict"\nextends = "./p.toml"\n', "p.toml": LAX}, (), KEY, "history"),
    ({OWN: 'extends = ["./p.toml", "./q.toml"]\n', "p.toml": LAX, "q.toml": STRICT}, (), KEY, "strict"),
    ({OWN: 'extends = ["./q.toml", "./p.toml"]\n', "p.toml": LAX, "q.toml": STRICT}, (), KEY, "history"),
    ({OWN: 'extends = ["./p.toml"]\n' + LAX, "p.toml": STRICT}, (), KEY, "history"),
    ({OWN: 'extends = "./p.toml"\n', "p.toml": 'level = "silver"\n'}, (), "level", "silver"),
    (
        {OWN: 'extends = "./p.toml"\nlevel = "bronze"\n', "p.toml": 'level = "silver"\n'},
        (),
        "level",
        "bronze",
    ),
    ({OWN: 'level = "bronze"\n'}, [(ENVIRONMENT, {"level": "silver"})], "level", "silver"),
    (
        {OWN: 'level = "bronze"\n'},
        [(ENVIRONMENT, {"level": "silver"}), (COMMAND, {"level": "gold"})],
        "level",
        "gold",
    ),
    ({OWN: ""}, (), "unknown", "allow"),
    ({OWN: 'profile = "strict"\n'}, (), "unknown", "fail"),
    ({OWN: 'profile = "strict"\nunknown = "allow"\n'}, (), "unknown", "allow"),
    ({OWN: ""}, (), "max-waiver-days", 180),
    ({OWN: 'extends = "./p.toml"\n', "p.toml": "max-waiver-days = 90\n"}, (), "max-waiver-days", 90),
    ({OWN: ""}, (), "baseline", ".productops/baseline.toml"),
    ({OWN: 'baseline = "b.toml"\n'}, [(COMMAND, {"baseline": "off"})], "baseline", "off"),
    ({OWN: 'profile = "service"\n'}, [(ENVIRONMENT, {"profile": "strict"})], "profile", ("strict",)),
    (
        {OWN: ""},
        [(COMMAND, {"profile": "service, oss-library"})],
        "profile",
        ("service", "oss-library"),
    ),
    (
        {OWN: 'extends = "./p.toml"\n', "p.toml": '[artifacts]\nsecurity = "https://example.org/s"\n'},
        (),
        "artifacts.security",
        "https://example.org/s",
    ),
]


@pytest.mark.parametrize(("files", "options", "key", "expected"), VALUES)
def test_the_highest_layer_decides(settings, files, options, key, expected):
    assert value(settings(files, *options), key) == expected


def test_a_policy_that_extends_lies_above_what_it_extends(settings):
    files = {OWN: 'extends = "./a.toml"\n', "a.toml": 'extends = "./b.toml"\nlevel = "silver"\n'}
    assert value(settings({**files, "b.toml": 'level = "bronze"\nunknown = "fail"\n'}), "level") == "silver"


def test_a_package_lies_below_the_repository(settings, package):
    package("acme-policy", "[rules.DEV003]\nminimum = 80\nenforce-from = 2027-03-01\n")
    made = settings({OWN: 'extends = "acme-policy"\n[rules.DEV003]\nminimum = 85\n'})
    said = made.stack.said("rules.DEV003.minimum")
    assert [(each.value, each.place) for each in said] == [
        (70, "the rule's default"),
        (80, "acme-policy 2026.11:2"),
        (85, "productops.toml:3"),
    ]


SELECTIONS = [
    # (policy, own file, options, present, absent)
    ('extend-select = ["OPS007"]\n', "", (), {"OPS007", "ONB001"}, set()),
    ('select = ["ONB"]\n', "", (), {"ONB001"}, {"SUP001"}),
    ('select = ["ONB"]\n', 'select = ["SUP001"]\n', (), {"SUP001"}, {"ONB001"}),
    ('select = ["ONB"]\n', 'extend-select = ["SUP001"]\n', (), {"ONB001", "SUP001"}, {"SUP002"}),
    ('[ignore]\nONB001 = "ours is elsewhere"\n', "", (), {"ONB002"}, {"ONB001"}),
    ("", 'select = ["ONB"]\n', [(COMMAND, {"select": "SUP"})], {"SUP001"}, {"ONB001"}),
    (
        "",
        "",
        [(ENVIRONMENT, {"ignore": "ONB"}), (COMMAND, {"ignore": "SUP"})],
        {"DEV001"},
        {"ONB001", "SUP001"},
    ),
]


@pytest.mark.parametrize(("policy", "own", "options", "present", "absent"), SELECTIONS)
def test_selection(settings, policy, own, options, present, absent):
    made = settings({OWN: 'extends = "./p.toml"\n' + own, "p.toml": policy}, *options)
    codes = {rule.code for rule in made.rules}
    assert present <= codes
    assert not absent & codes


def test_what_the_repository_applies_is_not_what_one_run_asks_for(settings):
    made = settings({OWN: ""}, (COMMAND, {"select": "ONB001"}))
    assert "SUP001" in made.rulebook.applied
    assert [rule.code for rule in made.rules] == ["ONB001"]


def test_the_digest_is_of_what_was_resolved(settings):
    plain = settings({OWN: 'profile = "default"\n'}).policy.digest
    assert plain.startswith("sha256:")
    assert settings({OWN: "# nothing\n"}).policy.digest == plain
    assert settings({OWN: 'level = "silver"\n'}).policy.digest != plain
    assert settings({OWN: ""}, (COMMAND, {"now": "2030-01-01"})).policy.digest == plain
