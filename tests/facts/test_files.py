"""Which files a repository has, and what reading one may touch."""

import os

import pytest

from pytest_productops.facts.files import MAX_BYTES, Files, Unreadable, own_words
from pytest_productops.repository import Repository


def listed(root):
    return Repository(root)[Files].paths


def test_with_git_tracked_and_untracked_but_not_ignored(repository):
    made = repository(
        "-- git log --\n2026-01-01 a@b.c One\n-- .gitignore --\n*.log\n/build/\n-- a.md --\nx\n"
    )
    for name in ("b.md", "c.log", "build/d.md", "sub/e.md"):
        (made.root / name).parent.mkdir(exist_ok=True)
        (made.root / name).write_text("x")
    (made.root / "a.md").unlink()
    assert listed(made.root) == (".gitignore", "b.md", "sub/e.md")


def test_without_git_what_gitignore_leaves(repository):
    made = repository("-- .gitignore --\n*.log\nbuild/\n-- a.md --\nx\n-- b.log --\nx\n-- build/c --\nx\n")
    (made.root / "node_modules").mkdir()
    (made.root / "node_modules" / "d").write_text("x")
    assert listed(made.root) == (".gitignore", "a.md")


def test_an_empty_folder(tmp_path):
    assert listed(tmp_path) == ()


def test_a_repository_without_commits(tmp_path):
    from git import Repo

    Repo.init(tmp_path).close()
    (tmp_path / "a").write_text("x")
    assert listed(tmp_path) == ("a",)


def test_finding_by_name(repository):
    files = repository("-- README.md --\nx\n-- docs/dev/Contributing.RST --\nx\n")[Files]
    assert files.find("readme.md") == "README.md"
    assert files.find("readme") is None
    assert files.matching("*contributing.*") == ("docs/dev/Contributing.RST",)
    assert files.folders == {"", "docs", "docs/dev"}
    assert "readme.md" not in files


def test_text_is_utf8_with_newlines(repository):
    made = repository("-- a --\nx\n")
    (made.root / "crlf").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    (made.root / "latin").write_bytes(b"caf\xe9")
    files = made[Files]
    assert files.read("crlf") == "one\ntwo\nthree"
    assert files.read("latin") == "café"


def test_a_link_is_followed_inside_and_refused_outside(repository, tmp_path):
    made = repository("-- docs/real.md --\nreal\n")
    (tmp_path / "secret").write_text("secret")
    os.symlink("docs/real.md", made.root / "inside.md")
    os.symlink(tmp_path / "secret", made.root / "outside.md")
    os.symlink("loop", made.root / "loop")
    files = made[Files]
    assert files.read("inside.md") == "real\n"
    for name in ("outside.md", "loop", "../secret", "docs", ".git/config"):
        with pytest.raises(Unreadable):
            files.read(name)


def test_what_is_never_opened(repository):
    made = repository("-- a --\nx\n")
    os.mkfifo(made.root / "pipe")
    (made.root / "binary").write_bytes(b"\0\1")
    with (made.root / "huge").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    files = made[Files]
    for name, reason in (("pipe", "no regular file"), ("binary", "no text"), ("huge", "larger than 4 MiB")):
        with pytest.raises(Unreadable, match=f"{name} .*{reason}"):
            files.read(name)


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("docs/a.md", True),
        ("node_modules/x/README.md", False),
        ("tests/fixtures/README.md", False),
        ("{{cookiecutter.slug}}/README.md", False),
        ("vendor.md", True),
    ],
)
def test_own_words(path, own):
    assert own_words(path) is own


def test_links_to_folders_are_followed(repository):
    root = repository("-- src/bin/run.sh --\nls\n-- a.md --\nx\n").root
    (root / "bin").symlink_to("src/bin")
    files = Repository(root)[Files]
    assert [files.followed(path) for path in ("bin/run.sh", "bin/x.sh", "a.md/x", "src/bin/run.sh")] == [
        "src/bin/run.sh", "src/bin/x.sh", "a.md/x", "src/bin/run.sh"
    ]  # fmt: skip
