"""Shared by all tests: a clean environment and repositories laid out in scratch folders."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from pytest_productops.manual import archive
from pytest_productops.policy.options import CI
from pytest_productops.testing import lay_out

pytest_plugins = ["pytester"]
settings.register_profile("shared", deadline=None)  # a busy machine is no failing example
settings.register_profile("long", deadline=None, max_examples=5_000)  # --hypothesis-profile=long
settings.load_profile("shared")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path_factory):
    """A hook's GIT_* variables, the user's own settings and the CI these tests run in must not reach a test."""
    for name in list(os.environ):
        if name in CI or name.startswith(("GIT_", "GITHUB_", "PRODUCTOPS_", "PYTEST_ADDOPTS")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def repository(tmp_path):
    """Lay out `-- path --` text (see pytest_productops.testing) and return the Repository."""

    def make(text):
        return lay_out(archive(text), tmp_path / "repository")

    return make


@pytest.fixture
def toys(monkeypatch):
    """Install the toy pack, as pip would: its folder with its metadata is on sys.path, here and in child processes."""
    folder = Path(__file__).parent / "toy"
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
