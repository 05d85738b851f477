"""Git directories that are odd, damaged or not there."""

import os
import shutil
import socket

from corpus.case import aside, bad, commit, configure, git, instead, put


def fifo(root, path):
    target = instead(root, path)
    os.mkfifo(target)


def away(root):
    shutil.rmtree(root / ".git")


@bad("shape", "not a git repository", "git init", blind="git")
def no_git(root):
    away(root)


@bad("shape", "not a git repository", blind="git")
def empty_git_folder(root):
    away(root)
    (root / ".git").mkdir()


@bad("shape", ".git", blind="git")
def git_file_of_garbage(root):
    away(root)
    (root / ".git").write_bytes(b"\xff" * 2**20)


@bad("shape", "not a git repository", blind="git")
def git_file_that_names_itself(root):
    away(root)
    put(root, ".git", "gitdir: .\n")


@bad("shape", "not a git repository", blind="git")
def git_file_that_names_its_own_file(root):
    away(root)
    put(root, ".git", "gitdir: .git\n")


@bad("shape", blind="git")
def git_files_in_a_ring(root):
    away(root)
    put(aside(root), "b", "gitdir: ../repository/.git\n")
    put(root, ".git", "gitdir: ../aside/b\n")


@bad("shape", blind="git")
def git_file_with_nul_and_newlines(root):
    away(root)
    put(root, ".git", b"gitdir: a\0b\nc\n")


@bad("shape", blind="git")
def git_file_to_a_device(root):
    away(root)
    put(root, ".git", "gitdir: /dev/zero\n")


@bad("shape")
def git_file_to_a_folder_elsewhere(root):
    shutil.move(root / ".git", aside(root) / "real")
    put(root, ".git", f"gitdir: {aside(root)}/real\n")


@bad("shape")
def git_folder_is_a_link(root):
    shutil.move(root / ".git", aside(root) / "real")
    (root / ".git").symlink_to(aside(root) / "real")


@bad("shape", blind="git")
def git_folder_is_a_link_in_a_ring(root):
    away(root)
    (root / ".git").symlink_to(".git")


@bad("shape", blind="git")
def git_folder_is_a_pipe(root):
    away(root)
    os.mkfifo(root / ".git")


@bad("shape", blind="git")
def git_folder_is_a_socket(root):
    away(root)
    here = os.getcwd()
    os.chdir(root)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(".git")
    os.chdir(here)


@bad("shape", "the repository has no commits yet", blind="git")
def no_commit(root):
    away(root)
    git(root, "init", "-q")


@bad("shape", blind="git")
def head_to_a_branch_that_is_gone(root):
    put(root, ".git/HEAD", "ref: refs/heads/gone\n")


@bad("shape", blind="git")
def head_of_garbage(root):
    put(root, ".git/HEAD", os.urandom(0) + b"\xfe\xed" * 2048)


@bad("shape", blind="git")
def head_out_of_the_folder(root):
    put(root, ".git/HEAD", "ref: ../../../../etc/passwd\n")


@bad("shape", blind="git")
def head_in_a_ring(root):
    put(root, ".git/HEAD", "ref: refs/heads/a\n")
    put(root, ".git/refs/heads/a", "ref: refs/heads/b\n")
    put(root, ".git/refs/heads/b", "ref: refs/heads/a\n")


@bad("shape", blind="git")
def head_is_a_pipe(root):
    fifo(root, ".git/HEAD")


@bad("shape", blind="git")
def head_is_a_folder(root):
    instead(root, ".git/HEAD").mkdir()


@bad("shape", blind="git")
def head_of_100_megabytes(root):
    with instead(root, ".git/HEAD").open("wb") as stream:
        stream.truncate(100 * 2**20)


@bad("shape")
def detached_head(root):
    git(root, "checkout", "-q", "--detach")


@bad("shape")
def config_is_no_config(root):
    put(root, ".git/config", "[core\nbroken = \x00\n")


@bad("shape", blind="git")
def config_is_a_pipe(root):
    fifo(root, ".git/config")


@bad("shape")
def config_includes_a_pipe(root):
    os.mkfifo(aside(root) / "pipe")
    configure(root, f"[include]\n\tpath = {aside(root)}/pipe\n")


@bad("shape", blind="git")
def config_is_a_folder(root):
    instead(root, ".git/config").mkdir()


@bad("shape")
def config_of_blank_lines(root):
    configure(root, "\n" * 300_000)


@bad("shape")
def config_includes_itself(root):
    configure(root, "[include]\n\tpath = config\n")


@bad("shape")
def config_names_the_root_as_working_tree(root):
    configure(root, "[core]\n\tworktree = /\n\tbare = true\n")


@bad("shape")
def config_with_pipes_for_files(root):
    os.mkfifo(aside(root) / "pipe")
    pipe = aside(root) / "pipe"
    configure(
        root, f"[core]\n\texcludesFile = {pipe}\n\tattributesFile = {pipe}\n[mailmap]\n\tfile = {pipe}\n"
    )


@bad("shape")
def config_with_an_unknown_extension(root):
    configure(root, "[core]\n\trepositoryformatversion = 99\n[extensions]\n\tteleport = true\n")


@bad("shape", blind="git")
def config_with_a_strange_object_format(root):
    configure(root, "[extensions]\n\tobjectFormat = sha512\n\trefStorage = nowhere\n")


@bad("shape", blind="files")
def index_truncated(root):
    data = (root / ".git/index").read_bytes()
    put(root, ".git/index", data[:100])


@bad("shape", blind="files")
def index_of_random_bytes(root):
    put(root, ".git/index", b"DIRC\0\0\0\2\xff\xff\xff\xff" + bytes(range(256)) * 40)


@bad("shape", blind="files")
def index_is_a_pipe(root):
    fifo(root, ".git/index")


@bad("shape", blind="files")
def index_is_a_folder(root):
    instead(root, ".git/index").mkdir()


@bad("shape", blind="files")
def index_is_a_link_outside(root):
    instead(root, ".git/index").symlink_to("/etc/passwd")


@bad("shape")
def index_of_version_4(root):
    git(root, "update-index", "--index-version=4")


@bad("shape")
def index_split(root):
    git(root, "update-index", "--split-index")


@bad("shape")
def index_split_without_its_other_half(root):
    git(root, "update-index", "--split-index")
    for path in (root / ".git").glob("sharedindex.*"):
        path.unlink()


@bad("shape")
def index_sparse(root):
    git(
        root,
        "sparse-checkout",
        "set",
        "--cone",
        "--sparse-index",
        "src",
        "docs",
        "tests",
        "deploy",
        ".github",
        ".productops",
    )


@bad("shape", mends=())
def index_that_assumes_all_unchanged(root):
    for path in git(root, "ls-files").splitlines():
        git(root, "update-index", "--assume-unchanged", "--skip-worktree", path)


@bad("shape", blind="git")
def packed_refs_of_garbage(root):
    put(root, ".git/packed-refs", b"\0garbage\n" * 100)
    put(root, ".git/refs/heads/odd", "no id at all\n")


@bad("shape", blind="git")
def commit_object_of_zeros(root):
    _spoil(root, git(root, "rev-parse", "HEAD"))


@bad("shape", blind="git")
def tree_object_of_zeros(root):
    _spoil(root, git(root, "rev-parse", "HEAD^{tree}"))


@bad("shape", blind="git")
def blob_object_missing(root):
    name = git(root, "rev-parse", "HEAD:README.md")
    (root / ".git/objects" / name[:2] / name[2:]).unlink()


@bad("shape", blind="git")
def object_is_a_pipe(root):
    name = git(root, "rev-parse", "HEAD^{tree}")
    fifo(root, f".git/objects/{name[:2]}/{name[2:]}")


def _spoil(root, name):
    path = root / ".git/objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(b"\0" * 200)


@bad("shape", blind="git")
def pack_truncated(root):
    git(root, "gc", "-q")
    for path in (root / ".git/objects/pack").glob("*.pack"):
        path.chmod(0o644)
        path.write_bytes(path.read_bytes()[:-40])


@bad("shape", blind="git")
def pack_index_is_a_pipe(root):
    git(root, "gc", "-q")
    for path in (root / ".git/objects/pack").glob("*.idx"):
        path.unlink()
        os.mkfifo(path)


@bad("shape", blind="git")
def no_objects(root):
    shutil.rmtree(root / ".git/objects")


@bad("shape", blind="git")
def objects_are_a_link_to_the_root(root):
    shutil.rmtree(root / ".git/objects")
    (root / ".git/objects").symlink_to("/")


@bad("shape")
def commit_graph_of_random_bytes(root):
    put(root, ".git/objects/info/commit-graph", b"CGPH\1\1\4\0" + bytes(range(256)) * 8)


@bad("shape", blind="git")
def alternates_in_a_ring_and_to_a_pipe(root):
    os.mkfifo(aside(root) / "pipe")
    put(
        root,
        ".git/objects/info/alternates",
        f"{root}/.git/objects\n{aside(root)}/pipe\n/nonexistent\n../objects\n",
    )


@bad("shape", blind="git")
def alternates_is_a_pipe(root):
    os.mkfifo(root / ".git/objects/info/alternates")


@bad("shape")
def linked_working_tree(root):
    shutil.move(root, aside(root) / "main")
    git(aside(root) / "main", "worktree", "add", "-q", str(root))


@bad("shape", blind="git")
def linked_working_tree_without_its_main_one(root):
    linked_working_tree(root)
    shutil.rmtree(aside(root) / "main")


@bad("shape", blind="git")
def commondir_to_nowhere(root):
    put(root, ".git/commondir", "/nonexistent/\n")


@bad("shape", blind="git")
def commondir_is_a_pipe(root):
    fifo(root, ".git/commondir")


@bad("shape", "this is a bare repository", "clone it", codes=(2,), blind="git", mends=("*",))
def bare_repository(root):
    shutil.move(root / ".git", aside(root) / "bare.git")
    shutil.rmtree(root)
    shutil.move(aside(root) / "bare.git", root)
    git(root, "config", "core.bare", "true")


@bad("shape")
def folder_of_somebody_else(root):
    if os.geteuid() == 0:
        for folder, _, names in os.walk(root):
            for path in [folder, *(os.path.join(folder, name) for name in names)]:
                os.lchown(path, 65534, 65534)


@bad("shape")
def lock_files_left_behind(root):
    for name in ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock"):
        put(root, f".git/{name}", "")


@bad("shape", blind="git")
def shallow_clone(root):
    shutil.move(root, aside(root) / "origin")
    git(aside(root), "clone", "-q", "--depth=1", f"file://{aside(root)}/origin", str(root))


@bad("shape", blind="git")
def shallow_of_garbage(root):
    put(root, ".git/shallow", "garbage\n" * 10)


@bad("shape", blind="git")
def shallow_is_a_pipe(root):
    fifo(root, ".git/shallow")


@bad("shape", blind="git")
def blobless_clone(root):
    shutil.move(root, aside(root) / "origin")
    git(aside(root) / "origin", "config", "uploadpack.allowFilter", "true")
    git(aside(root), "clone", "-q", "--filter=blob:none", f"file://{aside(root)}/origin", str(root))
    shutil.rmtree(aside(root) / "origin")


@bad("shape", blind="git", mends=("REP009",))
def sha256(root):
    shutil.rmtree(root / ".git")
    git(root, "init", "-q", "--object-format=sha256")
    commit(root)


@bad("shape", blind="git")
def reftable(root):
    configure(root, "[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefStorage = reftable\n")
    put(root, ".git/HEAD", "ref: refs/heads/.invalid\n")
    put(root, ".git/reftable/tables.list", "0x000000000001-0x000000000002-aaaaaaaa.ref\n")
    put(root, ".git/reftable/0x000000000001-0x000000000002-aaaaaaaa.ref", b"REFT\1" + b"\0" * 100)


@bad("shape")
def replace_refs_and_grafts(root):
    first, *_, last = git(root, "rev-list", "HEAD").splitlines()
    git(root, "replace", first, last)
    put(root, ".git/info/grafts", f"{first} {last}\n")


@bad("shape")
def exclude_is_a_pipe(root):
    fifo(root, ".git/info/exclude")


@bad("shape")
def attributes_and_sparse_checkout_are_pipes(root):
    fifo(root, ".git/info/attributes")
    fifo(root, ".git/info/sparse-checkout")


@bad("shape")
def modules_file_that_leads_outside(root):
    put(
        root,
        ".gitmodules",
        '[submodule "../../x"]\n\tpath = /etc\n\turl = ext::sh -c id\n[include]\n\tpath = pipe\n'
        '[submodule "a"]\n\tpath = ../../aside\n\turl = --upload-pack=touch\n',
    )


@bad("shape", blind="git")
def refs_is_a_link_to_the_root(root):
    shutil.rmtree(root / ".git/refs")
    (root / ".git/refs").symlink_to("/")


@bad("shape", blind="git")
def ref_is_a_pipe(root):
    fifo(root, ".git/refs/heads/pipe")


@bad("shape")
def refs_with_strange_names(root):
    head = git(root, "rev-parse", "HEAD")
    for name in ("-x", "a;b", "'", "`id`", "é", "a\x1b[31m", "v1.0\n", "--upload-pack=x"):
        put(root, f".git/refs/tags/{name}", f"{head}\n")


@bad("shape", blind="git")
def refs_nested_deeply(root):
    head = git(root, "rev-parse", "HEAD")
    put(root, ".git/refs/heads/" + "d/" * 200 + "e", f"{head}\n")


@bad(
    "shape", "git is not installed", "install git", blind="git", variables={"PATH": "/nonexistent"}, sole=True
)
def git_missing(root):
    pass


@bad("shape", "git", blind="git", variables={"PATH": "{aside}:{path}"}, sole=True)
def git_that_says_garbage(root):
    put(aside(root), "git", "#!/bin/sh\nprintf '\\377\\000garbage\\033[31m\\n'; exit 3\n").chmod(0o755)


@bad("shape", "git", blind="git", variables={"PATH": "{aside}:{path}"}, sole=True)
def git_that_cannot_be_started(root):
    put(aside(root), "git", b"\x7fELF\0garbage").chmod(0o755)


@bad("shape", "git", "2.31", blind="git", variables={"PATH": "{aside}:{path}"}, sole=True)
def git_that_is_too_old(root):
    put(aside(root), "git", "#!/bin/sh\n[ $1 = version ] && echo git version 2.17.1 || exit 129\n").chmod(
        0o755
    )


@bad("shape", "git", blind="git", variables={"PATH": "{aside}:{path}"}, sole=True)
def git_that_hangs(root):
    put(aside(root), "git", "#!/bin/sh\nexec sleep 1000\n").chmod(0o755)
