"""Histories and trees that no git command would make."""

import zlib

from corpus.case import WHEN, bad, commit, git, put

HEAD = "tree {tree}\nparent {parent}\n"
PERSON = "ann <ann@example.org> 1793534400 +0000"


def made(root, kind, data):
    """Write an object as it is, however wrong."""
    return git(root, "hash-object", "-t", kind, "--literally", "-w", "--stdin", input=data)


def on_top(root, author=PERSON, committer=PERSON, message="Change a part", more="", tree=""):
    """Put a commit of one's own making on top."""
    text = (
        f"tree {tree or git(root, 'rev-parse', 'HEAD^{tree}')}\nparent {git(root, 'rev-parse', 'HEAD')}\n"
        f"author {author}\ncommitter {committer}\n{more}\n{message}\n"
    )
    name = made(root, "commit", text.encode("utf-8", "surrogateescape"))
    git(root, "update-ref", "HEAD", name)


@bad("content", mends=("REP009",))
def dates_beyond_all_clocks(root):
    on_top(root, "ann <ann@example.org> 99999999999999999999 +9999", "ann <ann@example.org> -1 -9999")


@bad("content", mends=("REP009",))
def dates_far_away(root):
    on_top(root, "ann <ann@example.org> 253402300800 +0000", "ann <ann@example.org> 253402300800 +0000")
    on_top(root, "ann <ann@example.org> 0 +0000", "ann <ann@example.org> 0 +0000")
    on_top(
        root,
        "ann <ann@example.org> 9223372036854775807 +1400",
        "ann <ann@example.org> 67767976233529200 -1200",
    )


@bad("content", mends=("REP009",))
def no_date_at_all(root):
    on_top(root, "ann <ann@example.org>", "ann <ann@example.org> now")


@bad("content", mends=("REP009",))
def authors_without_addresses(root):
    on_top(root, "ann 1793534400 +0000", "<> 1793534400 +0000")
    on_top(root, "", "")
    on_top(root, "<<<<>>>> 1793534400 +0000", "a <b <c> d> 1793534400 +0000")


@bad("content")
def authors_with_control_characters(root):
    on_top(root, "a\x1b[31m\u202e\x00b <a\x07@\x1b]52;c;x\x07> 1793534400 +0000")


@bad("content")
def author_of_100_kilobytes(root):
    on_top(root, "<" * 120_000 + " 1793534400 +0000")
    on_top(root, "a" * 100_000 + " <" + "b" * 100_000 + "@example.org> 1793534400 +0000")


@bad("content")
def message_that_a_terminal_obeys(root):
    on_top(
        root,
        message="\x1b[2J\x1b]8;;http://x\x07\x1b]52;c;eA==\x07\n::error::x\n##vso[task.complete]\n\u202e\x00",
    )


@bad("content")
def message_in_no_encoding(root):
    on_top(root, message="caf\udce9 \udcff\udcfe", more="encoding nowhere-8\n")


@bad("content")
def message_of_20_megabytes(root):
    on_top(root, message="x" * 20_000_000)


@bad("content")
def message_of_a_million_trailers(root):
    on_top(root, message="Change\n\n" + "Task-Done: restore-drill\n" * 200_000)


@bad("content", blind="git")
def commit_that_names_no_tree(root):
    on_top(root, tree="0" * 40)


@bad("content", blind="git")
def commit_with_itself_in_a_ring_of_tags(root):
    name = git(root, "rev-parse", "HEAD")
    for at in range(400):
        text = f"object {name}\ntype {'commit' if not at else 'tag'}\ntag v{at}\ntagger {PERSON}\n\nx\n"
        name = made(root, "tag", text.encode())
    git(root, "update-ref", "refs/tags/v1.2.3", name)
    git(root, "update-ref", "refs/tags/blob", git(root, "rev-parse", "HEAD:README.md"))


@bad("content", blind="git")
def tree_with_names_that_lead_out(root):
    blob = bytes.fromhex(git(root, "rev-parse", "HEAD:README.md"))
    entries = [b"..", b".git", b"a/b", b"a\nb", b"", b"same", b"same", b"\xff\xfe", b"C:\\x"]
    data = b"".join(b"100644 " + name + b"\0" + blob for name in entries)
    on_top(root, tree=made(root, "tree", data))


@bad("content", blind="git")
def tree_with_strange_modes(root):
    blob = bytes.fromhex(git(root, "rev-parse", "HEAD:README.md"))
    data = b"".join(
        mode + b" " + name + b"\0" + blob
        for mode, name in ((b"0", b"a"), (b"999999", b"b"), (b"40000", b"c"))
    )
    on_top(root, tree=made(root, "tree", data))


@bad("content", blind="git")
def tree_3000_deep(root):
    name = git(root, "rev-parse", "HEAD^{tree}")
    for _ in range(3000):
        path = root / ".git/objects"
        data = b"40000 d\0" + bytes.fromhex(name)
        name = _written(path, b"tree", data)
    on_top(root, tree=name)


def _written(objects, kind, data):
    """Write a loose object without a process: 3,000 of these would take a minute."""
    import hashlib

    whole = kind + b" %d\0" % len(data) + data
    name = hashlib.sha1(whole).hexdigest()
    put(objects, f"{name[:2]}/{name[2:]}", zlib.compress(whole))
    return name


@bad("content", blind="git")
def tree_bomb(root):
    blob = git(root, "rev-parse", "HEAD:README.md")
    name = _written(
        root / ".git/objects",
        b"tree",
        b"".join(b"100644 f%d\0" % at + bytes.fromhex(blob) for at in range(10)),
    )
    for _ in range(9):
        name = _written(
            root / ".git/objects",
            b"tree",
            b"".join(b"40000 d%d\0" % at + bytes.fromhex(name) for at in range(10)),
        )
    before = git(root, "rev-parse", "HEAD^{tree}")
    on_top(root, tree=name)
    on_top(root, tree=before)


@bad("content")
def octopus(root):
    parents = "".join(f"parent {name}\n" for name in git(root, "rev-list", "HEAD").splitlines() * 100)
    tree = git(root, "rev-parse", "HEAD^{tree}")
    text = f"tree {tree}\n{parents}author {PERSON}\ncommitter {PERSON}\n\nMerge all\n"
    git(root, "update-ref", "HEAD", made(root, "commit", text.encode()))


@bad("content")
def blob_of_300_megabytes(root):
    data = zlib.compressobj(1)
    head = b"blob %d\0" % (300 * 2**20)
    whole = data.compress(head) + b"".join(data.compress(bytes(2**20)) for _ in range(300)) + data.flush()
    name = "b" * 40
    put(root, f".git/objects/{name[:2]}/{name[2:]}", whole)
    listed = git(root, "ls-tree", "HEAD", input=None)
    tree = git(root, "mktree", "--missing", input=f"{listed}\n100644 blob {name}\tbig.bin\n".encode())
    on_top(root, tree=tree)


@bad("content")
def mailmap_of_megabytes(root):
    put(
        root,
        ".mailmap",
        "".join(f"Ann <ann@example.org> a{at} <a{at}@example.org>\n" for at in range(100_000)),
    )
    commit(root, ".mailmap")


@bad("content")
def mailmap_of_garbage(root):
    put(root, ".mailmap", b"<<<>>> \0 \xff\xfe <\n" * 1000 + b"x" * 500_000)
    commit(root, ".mailmap")


@bad("content")
def attributes_that_hide(root):
    put(
        root,
        ".gitattributes",
        "* export-ignore linguist-generated linguist-vendored binary -diff -text\n[attr]x "
        + "y " * 50_000
        + "\n",
    )
    commit(root, ".gitattributes")


@bad("content")
def ignore_rules_that_hide_and_take_long(root):
    put(root, ".gitignore", "*\n!*\n" + "**/" * 500 + "x\n" + "a*" * 200 + "b\n" + "[" * 2000 + "\n" + "\\\n")


@bad("content")
def conflict_in_the_index(root):
    blob = git(root, "rev-parse", "HEAD:README.md")
    lines = "".join(f"100644 {blob} {stage}\tREADME.md\n" for stage in (1, 2, 3))
    git(root, "update-index", "--index-info", input=f"0 {'0' * 40}\tREADME.md\n{lines}".encode())


@bad("content")
def case_collisions_in_the_index(root):
    blob = git(root, "rev-parse", "HEAD:README.md")
    for name in ("readme.md", "ReadMe.MD", "README.MD"):
        put(root, name, "# Another\n")
        git(root, "update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")


@bad("content", blind="git")
def mode_of_a_submodule_for_a_file(root):
    head = git(root, "rev-parse", "HEAD")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{head},CONTRIBUTING.md", GIT_AUTHOR_DATE=WHEN)
    git(root, "commit", "-qm", "A file is a part")
