"""Whatever a repository holds where a peer looks: settings that are valid, or a mistake with its file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.catalogue import installed
from pytest_productops.migration import migrate
from pytest_productops.migration.settings import render
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.policy.settings import read
from pytest_productops.reports import equivalence
from pytest_productops.repository import Repository

PLACES = {
    "repolinter": "repolint.json",
    "repo-review": "pyproject.toml",
    "clomonitor": ".clomonitor.yml",
    "edx-repo-health": "repo_health_dashboard/configuration.yaml",
}
KEYS = """
rules version extends level off error rule type options globsAny file-existence readme-file-exists README* where
all exemptions check reason contributing main subset check_order exists.README a:b a"b'c licenseScanning
"""
WORDS = st.sampled_from([*KEYS.split(), "\x1b[31m\n\x7f\u202e", "\ud800"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
CATALOGUE = installed()


def tried(root, peer):
    """Migrate and check what came out; a mistake names a file of the repository."""
    try:
        found = migrate(peer, Repository(root))
    except ConfigurationError as error:
        mistakes = error.problems
    else:
        sound(found, root)
        return
    assert all(mistake.source and mistake.message for mistake in mistakes)


def sound(found, root):
    """Check that the settings are valid, and that nothing that is shown steers a terminal."""
    (root / "productops.toml").write_text(render(found), encoding="utf-8")
    if "select" in found.settings:
        read(root, CATALOGUE)
    shown = equivalence.as_text(found) + equivalence.as_markdown(found)
    assert "\x1b" not in shown
    shown.encode()


@pytest.mark.parametrize("peer", ["repolinter", "clomonitor", "edx-repo-health"])
def test_any_data(tmp_path_factory, peer):
    @given(VALUES)
    def check(value):
        root = tmp_path_factory.mktemp("data")
        (root / PLACES[peer]).parent.mkdir(exist_ok=True)
        (root / PLACES[peer]).write_text(json.dumps(value))
        tried(root, peer)

    check()


@pytest.mark.parametrize("peer", PLACES)
def test_any_text(tmp_path_factory, peer):
    @given(st.binary(max_size=60) | st.text("{}[]:,\"'-#&*!<| \nabc=", max_size=60).map(str.encode))
    def check(data):
        root = tmp_path_factory.mktemp("text")
        (root / PLACES[peer]).parent.mkdir(exist_ok=True)
        (root / PLACES[peer]).write_bytes(data)
        tried(root, peer)

    check()


@pytest.mark.parametrize("peer", PLACES)
def test_a_folder_or_a_link_out_in_its_place(tmp_path, peer):
    for number, make in enumerate((lambda p: p.mkdir(), lambda p: p.symlink_to("/etc/passwd"))):
        place = tmp_path / str(number) / PLACES[peer]
        place.parent.mkdir(parents=True)
        make(place)
        tried(tmp_path / str(number), peer)
