"""A cache saves time and decides nothing."""

import os

import pytest

from pytest_productops import cache
from pytest_productops.facts.code import CACHE, Complexity
from pytest_productops.repository import Repository


def test_what_is_saved_is_loaded(tmp_path):
    assert cache.load(tmp_path, "x") == {}
    cache.save(tmp_path, "x", {"a": [1]})
    assert cache.load(tmp_path, "x") == {"a": [1]}
    assert not [path for path in cache.folder(tmp_path).iterdir() if path.suffix == ".new"]


@pytest.mark.parametrize("content", ["", "{", "[1]", '"x"', "[" * 100_000, '{"a": 1'])
def test_a_corrupt_cache_is_no_cache(tmp_path, content):
    cache.save(tmp_path, "x", {"a": 1})
    (path,) = cache.folder(tmp_path).iterdir()
    path.write_text(content)
    assert cache.load(tmp_path, "x") == {}


def test_it_lies_outside_the_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "inside"))
    assert not cache.folder(tmp_path).is_relative_to(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.folder(tmp_path).is_absolute()


def test_a_place_that_cannot_be_written_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    cache.save(tmp_path / "root", "x", {"a": 1})
    assert cache.load(tmp_path / "root", "x") == {}


def test_without_a_home(tmp_path, monkeypatch):
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert cache.folder(tmp_path).is_absolute()


def test_complexity_is_the_same_with_and_without(tmp_path):
    root = tmp_path / "r"
    root.mkdir()
    (root / "a.py").write_text("def f(x):\n    return 1 if x else 2\n")
    (root / "b.py").write_text("def broken(:\n")
    first = Repository(root)[Complexity]
    assert len(cache.load(root, CACHE)) == 2
    assert Repository(root)[Complexity] == first
    (root / "a.py").write_text("def g(x):\n    return 1\n")
    assert [(b.name, b.complexity) for b in Repository(root)[Complexity].blocks] == [("g", 1)]
    assert len(cache.load(root, CACHE)) == 2
