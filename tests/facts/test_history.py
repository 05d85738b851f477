"""History: what was committed, removed, renamed and tagged, and when it cannot be told."""

import datetime

import pytest

from pytest_productops.facts.history import History
from pytest_productops.repository import Repository, Unavailable

LOG = """
-- git log --
2026-01-05 ann@example.org Start [+old/guide.md] <v1.0>
2026-02-01 bot[bot]@example.org Update
2026-03-01 bob@example.org Move the guide [-old/guide.md] [+docs/guide.md] {Task-Done: restore-drill} {Reviewed-by: Ann}
2026-04-01 bob@example.org Drop the script [-scripts/run.sh] <v1.1>
-- docs/guide.md --
This guide is long enough for git to see that it was moved,
since a rename is told by the share of lines that stay.
-- old/guide.md --
This guide is long enough for git to see that it was moved,
since a rename is told by the share of lines that stay.
"""


@pytest.fixture
def history(repository):
    return repository(LOG)[History]


def test_commits_newest_first(history):
    assert [(str(c.day), c.email, c.subject) for c in history.commits] == [
        ("2026-04-01", "bob@example.org", "Drop the script"),
        ("2026-03-01", "bob@example.org", "Move the guide"),
        ("2026-02-01", "bot[bot]@example.org", "Update"),
        ("2026-01-05", "ann@example.org", "Start"),
    ]
    assert history.commits[1].trailers == (("Task-Done", "restore-drill"), ("Reviewed-by", "Ann"))
    assert {(c.status, c.path) for c in history.commits[1].changes} == {
        ("D", "old/guide.md"),
        ("A", "docs/guide.md"),
    }


def test_tags(history):
    assert [(tag.name, str(tag.day)) for tag in history.tags] == [
        ("v1.0", "2026-01-05"),
        ("v1.1", "2026-04-01"),
    ]


def test_what_was_and_is_gone(history):
    assert history.existed("scripts/run.sh")
    assert history.existed("scripts")
    assert not history.existed("scripts/other.sh")
    sha = history.commits[0].sha[:9]
    assert str(history.removal("scripts/run.sh")) == f"deleted in {sha}, 2026-04-01"
    assert str(history.removal("scripts/")) == f"deleted in {sha}, 2026-04-01"
    assert history.removal("docs/guide.md") is None


def test_a_rename_names_the_new_place(history):
    removal = history.removal("old/guide.md")
    assert removal.renamed_to == "docs/guide.md"
    assert str(removal).startswith("renamed to docs/guide.md in ")


def test_authors(history):
    assert history.authors_since(datetime.date(2026, 1, 1)) == {"ann@example.org", "bob@example.org"}
    assert history.authors_since(datetime.date(2026, 2, 15)) == {"bob@example.org"}


def test_without_git(tmp_path):
    with pytest.raises(Unavailable, match="not a git repository"):
        Repository(tmp_path)[History]


def test_without_commits(tmp_path):
    from git import Repo

    Repo.init(tmp_path).close()
    with pytest.raises(Unavailable, match="no commits yet"):
        Repository(tmp_path)[History]


def test_a_shallow_clone_is_told(repository, tmp_path):
    from git import Repo

    made = repository(LOG)
    with Repo.clone_from(f"file://{made.root}", tmp_path / "shallow", depth=1):
        pass
    with pytest.raises(Unavailable, match="fetch-depth: 0"):
        Repository(tmp_path / "shallow")[History]
