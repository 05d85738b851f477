"""Every git command that we use, over every way in which a repository names programs: none is ever started.

The commands are those that the tool starts on a repository with a history, noted from a run over one; the control
shows that plain git starts the programs. The facts are the same as those of plain git on clean repositories.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from corpus import executing, shape
from corpus.case import CASES, commit, configure, git, put

from pytest_productops.facts.files import Files
from pytest_productops.facts.history import History
from pytest_productops.git import Git, process
from pytest_productops.git.shadow import directories
from pytest_productops.repository import Repository, Unavailable
from pytest_productops.testing import lay_out

LOG = """2026-01-01 ann@example.org Begin
2026-02-01 bob@example.org Move it [-old.md]
2026-03-01 ann@example.org Practise {Task-Done: drill} <v1.0>
2026-04-01 cy@example.org Add [+docs/b.md] <v1.1>
"""
FILES = {
    "git log": LOG,
    "README.md": "# A\n",
    "SECURITY.md": "# S\n",
    "docs/b.md": "# B\n",
    "a/c.py": "x = 1\n",
    ".mailmap": "Ann A <ann@example.org>\n",
}
HEAD = "HEAD^{commit}"
FORMAT = "--format=%H%x00%aN%x00%aE%x00%s%x00%b%x00%(trailers:only,unfold)"
COMMANDS = [
    ("rev-parse", "--verify", "--quiet", HEAD),
    ("rev-parse", "HEAD"),
    ("ls-files", "-z", "--cached", "--others", "--exclude-standard"),
    ("ls-files", "-z", "--cached"),
    ("ls-files", "--others", "--ignored", "--exclude-standard", "-z"),
    ("ls-tree", "-r", "-z", "HEAD"),
    ("ls-tree", "-r", "-z", "--full-tree", "HEAD"),
    ("cat-file", "-s", "HEAD:README.md"),
    ("cat-file", "blob", "HEAD:README.md"),
    ("show", "HEAD:README.md"),
    ("show", "refs/tags/v1.0:README.md"),
    ("log", "-z", "--use-mailmap", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", FORMAT, "HEAD", "--"),
    ("log", "-z", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", FORMAT, "--name-status", "HEAD", "--"),
    ("log", "-z", "--no-show-signature", "--no-ext-diff", "--no-textconv", FORMAT, "--first-parent", "-m", "--name-status", "HEAD", "--"),
    ("--literal-pathspecs", "log", "-z", "--no-show-signature", "--no-ext-diff", "--no-textconv", FORMAT, "--max-count=1", "HEAD", "--", "old.md"),
    ("log", "-p", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--ignore-submodules=all", "HEAD", "--"),
    ("rev-list", "--max-parents=0", "HEAD"),
    ("rev-list", "--first-parent", "--parents", "HEAD", "--"),
    ("rev-list", "--count", "HEAD"),
    ("diff-tree", "-r", "-z", "--root", "--no-ext-diff", "HEAD"),
    ("diff-tree", "-p", "--no-ext-diff", "--no-textconv", "HEAD~1", "HEAD"),
    ("diff-index", "--name-only", "--no-renames", "-z", "HEAD"),
    ("diff-index", "-z", "-M", "--name-status", "HEAD"),
    ("for-each-ref", "refs/tags", "--sort=creatordate", "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)"),
    ("for-each-ref", "--count=1"),
    ("grep", "--untracked", "-z", "-l", "-F", "-e", "x"),
    ("merge-base", "HEAD", "v1.0"),
    ("blame", "--no-textconv", "--porcelain", "HEAD", "--", "README.md"),
]  # fmt: skip
VECTORS = [case for case in CASES.values() if case.group == "executing" and not case.sole and case.name not in {
    "executing-modules-that-shadow-ours", "executing-build-files-that-run-code"}]  # fmt: skip
MORE = {
    "core.alternateRefsCommand": "[core]\n\talternateRefsCommand = {program}\n",
    "core.sshCommand": "[core]\n\tsshCommand = {program}\n",
    "core.gitProxy": "[core]\n\tgitProxy = {program}\n",
    "core.editor": "[core]\n\teditor = {program}\n",
    "core.askPass": "[core]\n\taskPass = {program}\n",
    "credential.helper": "[credential]\n\thelper = {program}\n",
    "diff.external": "[diff]\n\texternal = {program}\n",
    "gpg.program": "[gpg]\n\tprogram = {program}\n[log]\n\tshowSignature = true\n",
    "gpg.ssh": '[gpg]\n\tformat = ssh\n[gpg "ssh"]\n\tprogram = {program}\n\tdefaultKeyCommand = {program}\n',
    "pager": "[pager]\n\tlog = {program}\n\tblame = {program}\n[core]\n\tpager = {program}\n",
    "fsmonitor with a version": "[core]\n\tfsmonitor = {program}\n\tfsmonitorHookVersion = 2\n\tuntrackedCache = true\n",
    "difftool and mergetool": '[difftool "x"]\n\tcmd = {program}\n[mergetool "x"]\n\tcmd = {program}\n[merge]\n\ttool = x\n[diff]\n\ttool = x\n',
    "sendemail and instaweb": "[sendemail]\n\tsmtpServer = {program}\n[instaweb]\n\thttpd = {program}\n[man]\n\tviewer = {program}\n",
    "url instead of": '[url "ext::{program}"]\n\tinsteadOf = https://\n[protocol]\n\tallow = always\n',
    "hook of the new kind": '[hook "x"]\n\tcommand = {program}\n\tevent = post-index-change\n',
}


@pytest.fixture
def root(tmp_path):
    return lay_out(FILES, tmp_path / "repository").root


def all_of(found):
    """Run every command; return those that gave an answer."""
    answered = []
    for arguments in COMMANDS:
        try:
            found.run(*arguments)
        except Unavailable:
            continue
        answered.append(arguments)
    return answered


def vectors():
    for case in VECTORS:
        yield pytest.param(case.build, id=case.name)
    for name, text in MORE.items():

        def build(root, text=text):
            configure(root, text.format(program=executing.canary(root)))
            executing.attributes(root, "* diff=evil filter=evil merge=evil\n")

        yield pytest.param(build, id=name)


@pytest.mark.parametrize("build", list(vectors()))
def test_no_cell_starts_a_program(build, root, tmp_path):
    build(root)
    found = Repository(root)[Git]
    answered = all_of(found)
    assert not (tmp_path / "aside/started").exists()
    if "promisor" not in str(build):
        assert len(answered) >= len(COMMANDS) - 2, [each for each in COMMANDS if each not in answered]


def test_there_are_as_many_cells_as_promised():
    assert len(COMMANDS) * len(list(vectors())) >= 900
    assert len(list(vectors())) >= 25


def test_every_command_that_the_tool_starts_is_in_the_matrix(root, monkeypatch):
    """The source names no subcommand of git that the matrix does not have."""
    package = Path(process.__file__).parents[1]
    pattern = re.compile(r"(?:\.run|\.stream)\(\s*(?:\*\w+,\s*)?((?:\"--[\w-]+\",\s*)*)\"([a-z][a-z-]+)\"")
    used = {
        match[2]
        for path in package.rglob("*.py")
        if "drill" not in path.parts
        for match in pattern.finditer(path.read_text())
    }
    covered = {next(word for word in arguments if not word.startswith("-")) for arguments in COMMANDS}
    assert {"log", "ls-files", "cat-file"} <= used
    assert used - covered <= {"git"}


@pytest.mark.parametrize(
    "name",
    ["executing-fsmonitor", "executing-filters", "executing-external-diff", "executing-hooks-elsewhere"],
)
def test_plain_git_starts_them(name, root, tmp_path):
    CASES[name].build(root)
    put(root, "README.md", "# Changed\n")
    for arguments in (["status"], ["diff"], ["add", "-A"]):
        subprocess.run(["git", "-C", root, *arguments], capture_output=True)
    assert (tmp_path / "aside/started").exists()


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize(
    "name",
    [
        "executing-fsmonitor",
        "executing-filters",
        "executing-promisor-with-a-missing-object",
        "shape-config-includes-a-pipe",
    ],
)
def test_the_kernel_saw_git_alone_start_and_nothing_connect(name, root, tmp_path):
    CASES[name].build(root)
    import sys

    log = tmp_path / "strace"
    words = [sys.executable, "-m", "pytest_productops", "check", "--select=ALL", str(root)]
    done = subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=execve,connect", "-o", log, *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    if "ptrace" in done.stderr:
        pytest.skip("no tracing is allowed here")
    assert done.returncode == 1, done.stderr
    lines = log.read_text().splitlines()
    started = {match[1] for line in lines if (match := re.search(r'execve\("([^"]+)".*= 0$', line))}
    assert {Path(each).name for each in started} <= {"git", Path(sys.executable).name}
    assert any(Path(each).name == "git" for each in started)
    assert not [line for line in lines if "connect(" in line and "AF_UNIX" not in line]


# Shapes of clean repositories, on which the shadow and plain git must agree.


def gc(root):
    git(root, "gc", "-q")


def packed_refs(root):
    git(root, "pack-refs", "--all")


def very_many_refs(root):
    head, first = git(root, "rev-parse", "HEAD", "HEAD~1").split()
    packed_refs(root)
    put(root, ".git/refs/heads/main", f"{first}\n")
    for at in range(700):
        put(root, f".git/refs/tags/t{at}", f"{head}\n")


def branches(root):
    for at in range(20):
        git(root, "branch", f"feature/{at}", f"HEAD~{at % 3}")
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/feature/1")


def merges(root):
    git(root, "checkout", "-q", "-b", "side", "HEAD~1")
    put(root, "side.md", "# Side\n")
    commit(root)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "Merge it", "side")


def annotated_tags(root):
    git(root, "tag", "-a", "-m", "Two", "v2.0")
    git(root, "tag", "-a", "-m", "Tag of a tag", "v2.0.1", "v2.0")


def strange_names(root):
    for name in ("ü.md", 'a"b.md', "a b/c\td.md", "-x.md", "new\nline.md"):
        put(root, name, "# A\n")
    commit(root)


def changed_and_untracked(root):
    put(root, "README.md", "# Changed\n")
    put(root, "new.md", "# New\n")
    (root / "SECURITY.md").unlink()


def ignored(root):
    put(root, ".gitignore", "*.log\n/build/\n!keep.log\n")
    for name in ("a.log", "keep.log", "build/x.md", "sub/build/y.md"):
        put(root, name, "x\n")
    put(root, ".git/info/exclude", "sub/\n")


def renames(root):
    git(root, "mv", "SECURITY.md", "docs/security.md")
    commit(root)


def many_commits(root):
    for at in range(30):
        put(root, "a/c.py", f"x = {at}\n")
        commit(root)


def no_change(root):
    pass


def clone_with_reference(root):
    shutil.move(root, root.parent / "origin")
    git(root.parent, "clone", "-q", "--shared", str(root.parent / "origin"), str(root))


def octopus(root):
    for at in range(3):
        git(root, "checkout", "-q", "-b", f"o{at}", "main")
        put(root, f"o{at}.md", "# O\n")
        commit(root)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "-m", "All", "o0", "o1", "o2")


def submodule(root):
    part = root.parent / "part"
    part.mkdir()
    git(part, "init", "-q")
    put(part, "a.md", "# A\n")
    commit(part)
    git(root, "submodule", "--quiet", "add", str(part), "part")
    git(root, "commit", "-qm", "Add a part")


def intent_to_add(root):
    put(root, "soon.md", "# Soon\n")
    git(root, "add", "-N", "soon.md")


SHAPES = [
    no_change, gc, packed_refs, very_many_refs, branches, merges, annotated_tags, strange_names, changed_and_untracked,
    ignored, renames, many_commits, clone_with_reference, octopus, submodule, intent_to_add, shape.detached_head,
    shape.git_file_to_a_folder_elsewhere, shape.git_folder_is_a_link, shape.index_of_version_4, shape.index_split,
    shape.linked_working_tree, shape.sha256, shape.commit_graph_of_random_bytes, shape.lock_files_left_behind,
]  # fmt: skip


GONE = {"HEAD~1", "old.md", "v1.0", "refs/tags/v1.0:README.md"}
"""What a repository of one commit does not have."""


@pytest.mark.parametrize("change", SHAPES, ids=lambda change: change.__name__)
def test_the_shadow_says_what_plain_git_says(change, root):
    change(root)
    found = Repository(root)[Git]
    for arguments in COMMANDS:
        if change is shape.sha256 and any(word in GONE for word in arguments):
            continue
        where = [
            "-c",
            "core.quotePath=false",
            "-c",
            "mailmap.blob=HEAD:.mailmap",
            "-c",
            "core.commitGraph=false",
        ]
        variables = {
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "GIT_OPTIONAL_LOCKS": "0",
        }
        plain = subprocess.run(["git", *where, *arguments], cwd=root, env=variables, capture_output=True)
        assert plain.returncode in {0, 1}, (arguments, plain.stderr)
        assert found.run(*arguments) == plain.stdout, arguments


def test_a_ref_file_goes_before_a_packed_one(root):
    very_many_refs(root)
    assert Repository(root)[Git].run("rev-parse", "refs/heads/main").decode().strip() == git(
        root, "rev-parse", "HEAD"
    )


# What a hook was given, and what else stands in the environment.


def test_the_index_of_a_commit_hook_is_what_is_listed(root, monkeypatch):
    put(root, "staged.md", "# Staged\n")
    git(root, "add", "staged.md")
    shutil.copy(root / ".git/index", root / ".git/next-index-1.lock")
    git(root, "reset", "-q")
    (root / ".git/info/exclude").write_text("staged.md\n")
    assert "staged.md" not in Repository(root)[Files]
    monkeypatch.chdir(root)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index-1.lock")
    assert "staged.md" in Repository(root)[Files]


@pytest.mark.parametrize(
    "index",
    [
        "/etc/passwd",
        "{aside}/index",
        ".git/../../aside/index",
        ".git/nowhere",
        ".git/refs",
        ".git/link",
        "\0",
        "",
    ],
)
def test_no_other_index_is_taken(index, root, monkeypatch, tmp_path):
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside/index").write_bytes(b"garbage")
    (root / ".git/link").symlink_to(tmp_path / "aside/index")
    monkeypatch.chdir(root)
    monkeypatch.setattr(
        os, "environ", {**os.environ, "GIT_INDEX_FILE": index.format(aside=tmp_path / "aside")}
    )
    assert set(Repository(root)[Files]) == {"README.md", "SECURITY.md", "docs/b.md", "a/c.py", ".mailmap"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("git version 2.39.5\n", (2, 39)),
        ("git version 2.39.5 (Apple Git-154)", (2, 39)),
        ("git version 2.55.0.rc1.12.gabc", (2, 55)),
        ("git version 3.0", (3, 0)),
        ("git version", None),
        ("", None),
        ("git version x.y", None),
        ("git version ²·³", None),
        ("\x1b[31m", None),
    ],
)
def test_versions(said, found):
    assert process.version(said) == found


def test_a_git_that_hangs_with_a_child_is_given_up_soon(root, tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    put(tmp_path, "bin/git", "#!/bin/sh\nsleep 100\n").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    monkeypatch.setattr(process, "_PROBE", 0.3)
    with pytest.raises(Unavailable, match=r"git does not answer within .*; install git 2\.31 or newer"):
        Repository(root)[Git]


def test_a_command_that_is_silent_is_ended_and_then_no_longer_waited_for(root, tmp_path, monkeypatch):
    import time

    (tmp_path / "bin").mkdir()
    put(
        tmp_path, "bin/git", f'#!/bin/sh\n[ $1 = log ] || exec {shutil.which("git")} "$@"\nsleep 100 & wait\n'
    ).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    found = Repository(root)[Git]
    monkeypatch.setattr(found, "_patience", 0.5)
    for _ in range(3):
        begun = time.monotonic()
        with pytest.raises(Unavailable, match="git gave no answer for too long; run git fsck"):
            found.run("log", "HEAD")
        assert time.monotonic() - begun < 10
    assert found.run("rev-parse", "HEAD")


def test_too_many_refs(root, monkeypatch):
    monkeypatch.setattr("pytest_productops.git.shadow.MOST_REFS", 50)
    very_many_refs(root)
    with pytest.raises(Unavailable, match="holds more than 50 files; run git pack-refs --all"):
        Repository(root)[Git]


def test_a_bare_repository_has_no_files(root, tmp_path):
    git(tmp_path, "clone", "-q", "--bare", str(root), str(tmp_path / "bare"))
    with pytest.raises(Unavailable, match="this is a bare repository, which has no files; clone it"):
        Repository(tmp_path / "bare")[Files]
    with pytest.raises(Unavailable, match="this is a bare repository"):
        directories(tmp_path / "bare")


def test_a_path_that_must_be_quoted(tmp_path):
    root = lay_out(FILES, tmp_path / 'a "strange"\\ fo\nlder ü').root
    assert [commit.subject for commit in Repository(root)[History].log()][-1] == "Begin"
