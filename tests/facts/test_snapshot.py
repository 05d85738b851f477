"""The files of a commit, whatever lies in the working tree."""

import os

import pytest

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.snapshot import Snapshot
from pytest_productops.git import Git
from pytest_productops.testing import lay_out


@pytest.fixture
def snapshot(tmp_path):
    """Commit links too, then change everything."""
    from git import Repo

    root = tmp_path / "shop"
    made = lay_out(
        {
            "docs/a.md": "# A\r\n",
            "big.txt": "x" * (4 * 2**20 + 1),
            "git log": "2026-01-05 ann@example.org Begin\n",
        },
        root,
    )
    for name, target in {
        "direct.md": "docs/a.md",
        "folder": "docs",
        "out.md": "../../etc/passwd",
        "absolute.md": "/etc/passwd",
        "loop": "loop",
        "lost.md": "nowhere.md",
    }.items():
        os.symlink(target, root / name)
    with Repo(root) as repo:
        repo.git.add("--all")
        repo.git.commit("--quiet", "-m", "Links", author="Ann <ann@example.org>")
        commit = repo.head.commit.hexsha
    (root / "docs" / "a.md").write_text("# Changed\n")
    (root / "new.md").write_text("# New\n")
    (root / "direct.md").unlink()
    return Snapshot.of(made[Git], commit)


def test_paths_and_texts(snapshot):
    assert snapshot.paths == (
        "absolute.md", "big.txt", "direct.md", "docs/a.md", "folder", "loop", "lost.md", "out.md"
    )  # fmt: skip
    assert snapshot.read("docs/a.md") == "# A\n"
    assert "new.md" not in snapshot
    assert isinstance(snapshot, Files)


def test_links_are_followed_within_the_commit(snapshot):
    assert snapshot.read("direct.md") == "# A\n"
    assert snapshot.read("folder/a.md") == "# A\n"
    assert snapshot.followed("folder/a.md") == "docs/a.md"
    assert snapshot.there("folder/a.md")
    assert not snapshot.there("folder/b.md")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("out.md", "../../etc/passwd leads out of the repository"),
        ("absolute.md", "/etc/passwd leads out of the repository"),
        ("loop", "loop is a link that leads to itself"),
        ("lost.md", "lost.md is not in commit"),
        ("new.md", "new.md is not in commit"),
        ("../shop/docs/a.md", "../shop/docs/a.md leads out of the repository"),
        ("big.txt", "big.txt is larger than 4 MiB"),
    ],
)
def test_what_cannot_be_read_is_told(snapshot, path, told):
    with pytest.raises(Unreadable, match=told.replace(".", r"\.")):
        snapshot.read(path)


def test_the_same_bytes_are_known_by_their_id(snapshot):
    assert snapshot.same("docs/a.md", b"# A\r\n")
    assert not snapshot.same("docs/a.md", b"# A\n")
    assert not snapshot.same("new.md", b"# New\n")
