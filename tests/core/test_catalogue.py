"""Rule packs: found by entry point, never in the target."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_productops.catalogue import Catalogue, installed, trusted_path
from pytest_productops.model import InvalidRule


def test_the_built_in_pack_registers_as_any_other(toys):
    catalogue = installed()
    assert {"TOY001", "TOY005"} <= {rule.code for rule in catalogue}
    assert catalogue.get("toy002").name == "notes-are-done"
    assert catalogue.get("Notes-Are-Done").code == "TOY002"
    assert catalogue.get("TOY999") is None


def test_a_name_or_code_is_taken_once(toys):
    rule = installed().get("TOY001")
    with pytest.raises(InvalidRule, match="TOY001 is declared twice: in toy_pack and toy_pack"):
        Catalogue([rule, replace(rule, name="other")])


def test_a_pack_in_the_target_is_not_found(tmp_path, monkeypatch):
    (tmp_path / "evil.py").write_text("raise SystemExit('executed')\n")
    info = tmp_path / "evil.egg-info"
    info.mkdir()
    (info / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[productops]\nevil = evil\n")
    monkeypatch.chdir(tmp_path)
    for entry in ("", str(tmp_path)):
        monkeypatch.setattr(sys, "path", [entry, *sys.path])
        installed(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert str(tmp_path) not in trusted_path(tmp_path)
    assert "" not in trusted_path(tmp_path)


def test_installed_folders_stay(tmp_path):
    site = str(Path(pytest.__file__).parents[1])
    assert site in trusted_path(Path(site).parent)
