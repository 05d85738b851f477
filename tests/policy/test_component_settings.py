"""A component's own settings: they add to the options or tighten them, and nothing else."""

import pytest

from pytest_productops.gate import Gate
from pytest_productops.policy.problems import ConfigurationError

ROOT = {
    "package.json": '{"private": true, "workspaces": ["packages/*"]}\n',
    "packages/api/package.json": '{"name": "api", "version": "1.0.0"}\n',
    "packages/web/package.json": '{"name": "web", "version": "1.0.0"}\n',
    "productops.toml": "[rules.OPS005]\ntags = 5\n",
}


@pytest.fixture
def gate(settings, tmp_path):
    def make(files):
        made = settings({**ROOT, **files})
        return Gate(tmp_path / "repository", made)

    return make


def test_it_may_tighten(gate):
    made = gate({"packages/api/productops.toml": "[rules.OPS005]\ntags = 9\nrequire_dates = true\n"})
    rule = made.settings.stack.catalogue.get("OPS005")
    options = {
        folder: made.settings.terms(rule, folder).options for folder in ("", "packages/api", "packages/web")
    }
    assert [(o["tags"], o["require_dates"]) for o in options.values()] == [(5, False), (9, True), (5, False)]


def test_what_has_no_direction_is_its_own(gate):
    made = gate(
        {"packages/api/productops.toml": '[rules.changelog-tracks-releases]\ntag_pattern = "api-v*"\n'}
    )
    rule = made.settings.stack.catalogue.get("OPS005")
    assert made.settings.terms(rule, "packages/api").options["tag_pattern"] == "api-v*"


MISTAKES = [
    (
        "[rules.OPS005]\ntags = 2\n",
        "packages/api/productops.toml:2: rules.OPS005.tags = 2 loosens 5; a component may only tighten it",
    ),
    (
        "[rules.OPS005]\nenforce-from = 2027-01-01\n",
        "packages/api/productops.toml:2: rules.OPS005.enforce-from = 2027-01-01 loosens unset; a component may only tighten it",
    ),
    (
        "[rules.ONB001]\naccept_readme_section = false\n",
        "packages/api/productops.toml:2: ONB001 is not asked about components",
    ),
    (
        '[ignore]\nOPS005 = "we never release"\n',
        "packages/api/productops.toml:1: `ignore` is no key of a component's settings\n    only `rules` is",
    ),
    (
        "[rules.OPS005]\ntgas = 2\n",
        "packages/api/productops.toml:2: unknown key `tgas` in rules.OPS005\n    did you mean `tags`?",
    ),
    ("a = \n", "packages/api/productops.toml:1: no TOML: Invalid value"),
]


@pytest.mark.parametrize(("text", "mistake"), MISTAKES)
def test_it_may_not(gate, text, mistake):
    with pytest.raises(ConfigurationError) as caught:
        gate({"packages/api/productops.toml": text})
    assert mistake in [str(problem) for problem in caught.value.problems]


def test_a_file_of_that_name_elsewhere_is_no_settings(gate):
    assert gate({"examples/shop/productops.toml": "a = \n"}).settings.overlays == {}


def test_a_lock_holds_for_a_component(gate):
    files = {
        "productops.toml": 'extends = "./p.toml"\n',
        "p.toml": 'locked = ["rules.OPS005"]\n',
        "packages/api/productops.toml": '[rules.OPS005]\ntag_pattern = "x"\n',
    }
    with pytest.raises(ConfigurationError, match=r"rules\.OPS005\.tag_pattern = x loosens"):
        gate(files)
