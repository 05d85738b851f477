"""git reads the target's data and none of its settings."""

import os
import stat
import sys

import git
import pytest

from pytest_productops.facts.files import Files
from pytest_productops.facts.history import History
from pytest_productops.git import Git
from pytest_productops.repository import Repository, Unavailable
from pytest_productops.testing import lay_out

LOG = "-- git log --\n2026-01-01 ann@example.org One\n-- a.md --\nx\n-- .gitattributes --\n* filter=evil diff=evil\n"


@pytest.fixture
def canary(tmp_path):
    """A program that leaves a trace when anything starts it."""
    trace = tmp_path / "started"
    program = tmp_path / "canary"
    program.write_text(f"#!{sys.executable}\nopen({str(trace)!r}, 'a').write('x')\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program, trace


@pytest.mark.parametrize(
    "setting",
    [
        "[core]\n\tfsmonitor = {program}\n",
        "[core]\n\thooksPath = {folder}\n",
        '[filter "evil"]\n\tclean = {program}\n\tprocess = {program}\n',
        '[diff "evil"]\n\ttextconv = {program}\n\tcommand = {program}\n',
        "[diff]\n\texternal = {program}\n",
        "[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {program}\n",
        "[include]\n\tpath = {folder}/more\n",
        "[core]\n\tpager = {program}\n\tsshCommand = {program}\n",
        "[core\nbroken",
    ],
)
def test_no_program_of_the_target_is_started(repository, canary, setting, tmp_path):
    program, trace = canary
    (tmp_path / "more").write_text(f"[core]\n\tfsmonitor = {program}\n")
    os.symlink(program, tmp_path / "post-index-change")
    made = repository(LOG)
    with (made.root / ".git" / "config").open("a") as stream:
        stream.write(setting.format(program=program, folder=tmp_path))
    (made.root / "a.md").write_text("changed")
    fresh = Repository(made.root)
    assert fresh[Files].paths == (".gitattributes", "a.md")
    assert [commit.subject for commit in fresh[History].commits] == ["One"]
    assert fresh[History].existed("a.md")
    assert not trace.exists()


def test_the_target_is_left_as_it_was(repository):
    made = repository(LOG)
    before = {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in made.root.rglob("*")}
    fresh = Repository(made.root)
    fresh[Files], fresh[History].commits
    assert {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in made.root.rglob("*")} == before


def test_inherited_variables_do_not_lead_elsewhere(repository, monkeypatch, tmp_path):
    made = repository(LOG)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    fresh = Repository(made.root)
    assert len(fresh[Files].paths) == 2
    assert os.environ["GIT_DIR"] == str(tmp_path / "nowhere")


def test_a_linked_working_tree(repository, tmp_path):
    from git import Repo

    made = repository(LOG)
    with Repo(made.root) as repo:
        repo.git.worktree("add", str(tmp_path / "linked"))
    linked = Repository(tmp_path / "linked")
    assert linked[Files].paths == (".gitattributes", "a.md")
    assert len(linked[History].commits) == 1


@pytest.mark.parametrize("content", ["garbage", "gitdir: nowhere\n", "gitdir: .\n"])
def test_a_git_file_that_leads_nowhere(tmp_path, content):
    (tmp_path / ".git").write_text(content)
    with pytest.raises(Unavailable):
        Repository(tmp_path)[Git]


def test_a_pipe_in_the_git_directory(repository):
    made = repository(LOG)
    (made.root / ".git" / "packed-refs").unlink(missing_ok=True)
    os.mkfifo(made.root / ".git" / "info" / "pipe")
    (made.root / ".git" / "config").unlink()
    os.mkfifo(made.root / ".git" / "config")
    with pytest.raises(Unavailable, match="config is no regular file"):
        Repository(made.root)[Git]


def test_without_git_installed(repository, monkeypatch):
    made = repository(LOG)
    monkeypatch.setenv("PATH", "/nowhere:.")
    with pytest.raises(Unavailable, match="git is not installed; install git"):
        Repository(made.root)[Git]
    assert Repository(made.root)[Files].paths == (".gitattributes", "a.md")


def test_the_scratch_folder_goes_away(repository):
    git = repository(LOG)[Git]
    shadow = git.shadow
    assert shadow.is_dir()
    git._finalizer()
    assert not shadow.exists()


def test_a_pipe_for_a_mailmap(repository):
    made = repository(LOG)
    os.mkfifo(made.root / ".mailmap")
    assert [commit.subject for commit in made[History].log()] == ["One"]


def test_without_commits(tmp_path):
    git.Repo.init(tmp_path)
    with pytest.raises(Unavailable, match=r"^the repository has no commits yet$"):
        Repository(tmp_path)[Git].run("rev-parse", "--verify", "--quiet", "HEAD^{commit}")


def test_no_program_of_a_submodule_is_started(repository, canary, tmp_path):
    program, trace = canary
    made = repository(LOG)
    inner = lay_out(
        {"b.txt": "one\n", "git log": "2026-01-05 ann@example.org Begin\n"}, tmp_path / "inner"
    ).root
    with git.Repo(made.root) as outer:
        outer.git.execute(
            ["git", "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "sub"]
        )
        outer.git.commit("-qm", "Add a part", author="ann <ann@example.org>")
    with git.Repo(made.root / "sub") as part:
        part.config_writer().set_value("core", "fsmonitor", str(program)).release()
    (made.root / "sub" / "b.txt").write_text("two\n")
    found = Repository(made.root)[Git]
    for arguments in (("-z", "-M", "--name-status", "HEAD"), ("--name-only", "-z", "HEAD")):
        found.run("diff-index", *arguments)
    assert not trace.exists()
