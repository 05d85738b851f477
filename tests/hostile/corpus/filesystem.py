"""Links, pipes, devices, names, sizes and rights."""

import os
import socket
import unicodedata

from corpus.case import aside, bad, instead, put


@bad("filesystem", "there is no changelog", "CHANGELOG.md")
def links_in_a_ring(root):
    instead(root, "CHANGELOG.md").symlink_to("b")
    (root / "b").symlink_to("CHANGELOG.md")
    (root / "docs/self").symlink_to("..")


@bad("filesystem", "SECURITY.md", "leads out of the repository")
def links_out(root):
    instead(root, "SECURITY.md").symlink_to("/etc/passwd")
    (root / "everything").symlink_to("/")
    put(aside(root), "secret.md", "# Secret of the runner\n")
    (root / "docs/secret.md").symlink_to(aside(root) / "secret.md")


@bad("filesystem", "README.md", "leads out of the repository", codes=(1, 2))
def links_out_in_the_usual_places(root):
    import shutil

    instead(root, "pyproject.toml").symlink_to("/etc/passwd")
    instead(root, "README.md").symlink_to("/etc/hostname")
    shutil.rmtree(root / "docs")
    (root / "docs").symlink_to("/")


@bad("filesystem", "SECURITY.md", "leads out of the repository")
def link_into_the_git_folder(root):
    instead(root, "SECURITY.md").symlink_to(".git/config")


@bad("filesystem", "CHANGELOG.md", "leads out of the repository")
def links_to_devices_and_processes(root):
    instead(root, "CHANGELOG.md").symlink_to("/dev/zero")
    instead(root, "SECURITY.md").symlink_to("/proc/self/environ")
    (root / "SUPPORT.md").symlink_to("/proc/self/fd/0")
    (root / "GOVERNANCE.md").symlink_to("/dev/tty")


@bad("filesystem", codes=(2,))
def settings_are_a_link_out(root):
    put(aside(root), "settings.toml", 'ignore = ["ALL"]\n')
    instead(root, "productops.toml").symlink_to(aside(root) / "settings.toml")


@bad("filesystem", "README.md", "no regular file")
def readme_is_a_pipe(root):
    os.mkfifo(instead(root, "README.md"))


@bad("filesystem", "CODEOWNERS", "no regular file")
def code_owners_are_a_pipe(root):
    os.mkfifo(instead(root, ".github/CODEOWNERS"))


@bad("filesystem", "ci.yml", "no regular file")
def workflow_is_a_pipe(root):
    os.mkfifo(instead(root, ".github/workflows/ci.yml"))


@bad("filesystem", "pyproject.toml", codes=(1, 2))
def pyproject_is_a_pipe(root):
    os.mkfifo(instead(root, "pyproject.toml"))


@bad("filesystem", "tasks.toml", "no regular file")
def register_is_a_pipe(root):
    os.mkfifo(instead(root, ".productops/tasks.toml"))


@bad("filesystem", "productops.toml", codes=(2,))
def settings_are_a_pipe(root):
    os.mkfifo(instead(root, "productops.toml"))


@bad("filesystem", codes=(1, 2))
def ignore_files_are_pipes(root):
    for name in (".gitignore", ".gitattributes", ".mailmap", "docs/.gitignore", ".gitmodules"):
        os.mkfifo(instead(root, name))


@bad("filesystem", "CHANGELOG.md")
def sockets(root):
    here = os.getcwd()
    for name in ("CHANGELOG.md", "docs/runbook.md"):
        path = instead(root, name)
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
        os.chdir(here)


@bad("filesystem", root=True)
def device(root):
    os.mknod(instead(root, "Makefile"), 0o020644, os.makedev(1, 5))


@bad("filesystem", mends=("ONB011", "REP006"))
def folders_instead_of_files(root):
    for name in ("README.md", "CHANGELOG.md", "Makefile", ".github/CODEOWNERS", ".env.example", "Dockerfile"):
        instead(root, name).mkdir()
        put(root, f"{name}/a.txt", "x\n")


@bad("filesystem", codes=(1, 2))
def settings_are_folders(root):
    for name in ("productops.toml", "pyproject.toml", ".productops/tasks.toml", ".productops/done.toml"):
        instead(root, name).mkdir()
        put(root, f"{name}/a.txt", "x\n")


@bad("filesystem", codes=(1, 2))
def files_instead_of_folders(root):
    import shutil

    for name in (".github", ".productops", "docs", "deploy"):
        shutil.rmtree(root / name)
        put(root, name, "a file\n")


@bad("filesystem")
def folders_3000_deep(root):
    here = os.getcwd()
    os.chdir(root)
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
    with open("README.md", "w") as stream:
        stream.write("# Deep\n")
    os.chdir(here)


@bad("filesystem", "README.md", "larger than")
def sparse_file_of_8_gigabytes(root):
    with instead(root, "README.md").open("wb") as stream:
        stream.truncate(8 * 2**30)
    with (root / "data.json").open("wb") as stream:
        stream.truncate(8 * 2**30)


@bad("filesystem", "CONTRIBUTING.md")
def one_line_of_a_megabyte(root):
    put(root, "CONTRIBUTING.md", "# Contributing\n\n" + "x" * 2**20 + "\n")


@bad("filesystem")
def names_in_no_encoding(root):
    for name in (b"\xff\xfe.md", b"docs/caf\xe9.md", b"src/\xff.py", b".github/workflows/\xff.yml"):
        with open(os.path.join(os.fsencode(root), name), "wb") as stream:
            stream.write(b"# A\n\n[x](gone.md) `make nowhere`\n")


@bad("filesystem")
def names_that_a_terminal_obeys(root):
    names = (
        "a\nb.md", "\x1b[31mred.md", "::error file=x::y.md", "##vso[task.complete result=Failed].md", " .md", "a. ",
        "docs/\u202egnp.md", "\u2028.md", "-rf.md", "--help", "con.md", "a:b.md", "a\\b.md", "<script>alert(1)</script>.md",
        "'; DROP TABLE.md", "$(touch x).md", "`id`.md", "%n%n.md", "{0}.md", "a|b.md", "*.md", "?.md", "[a].md", "é" * 100 + ".md",
    )  # fmt: skip
    for name in names:
        target = root / name if not name.startswith("<") else root / "x<script>alert(1)<" / "script>.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("# A\n\n[x](gone.md)\n\nRun `make nowhere`.\n")


@bad("filesystem")
def names_of_full_length(root):
    put(root, "n" * 252 + ".md", "# A\n")
    put(root, "/".join(["d" * 200] * 15) + "/README.md", "# A\n\n[x](gone.md)\n")


@bad("filesystem")
def names_that_differ_by_case_alone(root):
    for name in (
        "readme.md",
        "ReadMe.MD",
        "README.MD",
        "makefile",
        "MAKEFILE",
        "contributing.MD",
        "Security.md",
    ):
        put(root, name, "# Another\n\nall:\n")
    for form in ("NFC", "NFD"):
        put(root, unicodedata.normalize(form, "docs/é.md"), "# É\n")


@bad("filesystem")
def every_file_empty(root):
    for path in root.rglob("*"):
        if (
            ".git" not in path.relative_to(root).parts
            and path.is_file()
            and path.name not in {"productops.toml", "faults.md", "faults.yml", "test_faults.py"}
        ):
            path.write_bytes(b"")


@bad("filesystem", "README.md", "no text")
def texts_with_nul(root):
    for name in ("README.md", "Makefile", ".github/CODEOWNERS"):
        put(root, name, b"# A\n\0\n" + b"\0" * 100)


@bad("filesystem", "README.md", "no text")
def texts_in_utf_16(root):
    for name in ("README.md", ".github/workflows/ci.yml"):
        put(root, name, "# A\n\nText\n".encode("utf-16"))


@bad("filesystem")
def texts_with_marks_and_odd_line_ends(root):
    for name in (
        "README.md",
        "CHANGELOG.md",
        "pyproject.toml",
        "productops.toml",
        ".productops/tasks.toml",
        ".github/workflows/ci.yml",
    ):
        text = (root / name).read_bytes()
        put(root, name, b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    put(root, "CONTRIBUTING.md", (root / "CONTRIBUTING.md").read_bytes().replace(b"\n", b"\r"))


@bad("filesystem")
def texts_in_latin_1(root):
    for name in ("README.md", "SECURITY.md"):
        put(root, name, (root / name).read_bytes() + b"\ncaf\xe9 na\xefve\n")


@bad("filesystem", "CHANGELOG.md", root=False)
def without_rights(root):
    if os.geteuid() != 0:
        for name in ("CHANGELOG.md", "docs/runbook.md"):
            (root / name).chmod(0)
        (root / "deploy").chmod(0)
    else:
        instead(root, "CHANGELOG.md").symlink_to("/root/nowhere")


@bad("filesystem")
def tracked_files_are_gone(root):
    for name in ("CHANGELOG.md", "Makefile", "docs/deploy.md"):
        (root / name).unlink()


@bad("filesystem", "CODEOWNERS")
def folder_of_a_tracked_file_is_a_link_out(root):
    import shutil

    shutil.move(root / ".github", aside(root) / "github")
    (root / ".github").symlink_to(aside(root) / "github")


@bad("filesystem", blind="git", mends=("*",))
def nothing_at_all(root):
    import shutil

    shutil.rmtree(root)
    root.mkdir()


@bad("filesystem", blind="git")
def an_archive_without_git(root):
    import shutil

    shutil.rmtree(root / ".git")
    os.mkfifo(instead(root, ".gitignore"))
    (root / "loop").symlink_to(".")
    put(root, "node_modules/a/README.md", "# A\n")
