"""Policies as packages: a distribution with an entry point, on sys.path as pip would put it."""

import pytest

from pytest_productops.catalogue import installed
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.policy.settings import Options, read
from pytest_productops.testing import lay_out


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Install a policy: `package("acme-policy", "level = ...", version="2026.11")`."""

    def make(name, text, version="2026.11"):
        module = name.replace("-", "_")
        folder = tmp_path / "site" / f"{name}-{version}"
        lay_out(
            {
                f"{module}/policy.toml": text,
                f"{module}-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
                f"{module}-{version}.dist-info/entry_points.txt": f"[productops.policies]\n{name} = {module}:policy.toml\n",
            },
            folder,
        )
        monkeypatch.syspath_prepend(folder)

    return make


@pytest.fixture
def settings(tmp_path):
    """Read the settings of a repository of these files, under these options, from low to high."""

    def make(files, *options, **keywords):
        root = lay_out(files, tmp_path / "repository").root
        given = [Options(prefix, values) for prefix, values in options]
        return read(root, installed(root), given, **keywords)

    return make


@pytest.fixture
def mistakes(settings):
    """Return the mistakes that such settings have, as lines."""

    def make(files, *options):
        try:
            settings(files, *options)
        except ConfigurationError as error:
            return [str(problem) for problem in error.problems]
        return []

    return make
