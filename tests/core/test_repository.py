"""Facts are gathered lazily, once, and so are failures."""

from dataclasses import dataclass

import pytest

from pytest_productops.repository import Fact, Repository, Unavailable, find_root

GATHERED = []


@dataclass(frozen=True)
class Counted(Fact):
    @classmethod
    def gather(cls, repository):
        GATHERED.append(repository.root.name)
        return cls()


class Missing(Fact):
    @classmethod
    def gather(cls, repository):
        GATHERED.append("missing")
        raise Unavailable("not here; put it there")


def test_a_fact_is_gathered_once(tmp_path):
    GATHERED.clear()
    repository = Repository(tmp_path)
    assert repository[Counted] is repository[Counted]
    assert [tmp_path.name] == GATHERED


def test_a_failure_is_remembered(tmp_path):
    GATHERED.clear()
    repository = Repository(tmp_path)
    for _ in range(2):
        with pytest.raises(Unavailable, match="not here; put it there"):
            repository[Missing]
    assert GATHERED == ["missing"]


def test_the_root_is_the_nearest_folder_with_git(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_root(inner) == inner
    (tmp_path / ".git").mkdir()
    assert find_root(inner) == tmp_path
    (tmp_path / "a" / ".git").write_text("gitdir: elsewhere\n")
    assert find_root(inner) == tmp_path / "a"
