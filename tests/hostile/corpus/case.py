"""What a bad input is, and the few things that its builder needs."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CASES = {}
"""Every bad input, by name."""
WHEN = "2026-11-01T12:00:00 +0000"


@dataclass(frozen=True)
class Case:
    """A bad input. `build` lays it over a repository.

    `says` are words of one message that it must lead to; `codes` the exit codes allowed; `blind` says that rules
    may lose sight of more than the files it touches: "git" of history, "files" of the list of files; `mends` are
    rules whose findings it answers; `variables` are set for the run, `{root}` and `{aside}` standing for folders;
    `sole` cases get a process of their own; `slow` ones are big; `root` ones only root can make; `path` is the one file
    that a case is about, if it is about one.
    """

    name: str
    group: str
    build: Callable[[Path], None]
    says: tuple[str, ...] = ()
    codes: frozenset[int] = frozenset({1})
    blind: str = ""
    mends: frozenset[str] = frozenset()
    variables: tuple[tuple[str, str], ...] = ()
    sole: bool = False
    slow: bool = False
    root: bool = False
    path: str = ""

    def __str__(self):
        return self.name


def bad(group, *says, codes=(1,), mends=(), variables=None, **more):
    """Register a builder; its name and group name the case."""

    def register(build):
        name = f"{group}-{build.__name__.replace('_', '-')}"
        assert name not in CASES
        CASES[name] = Case(
            name, group, build, says, frozenset(codes), mends=frozenset(mends),
            variables=tuple((variables or {}).items()), **more,
        )  # fmt: skip
        return build

    return register


def several(group, inputs, *says, **more):
    """Register one input for each (name: (path, text)), at once."""
    for name, (path, text) in inputs.items():

        def build(root, path=path, text=text):
            put(root, path, text() if callable(text) else text)

        build.__name__ = name
        bad(group, *says, path=path, **more)(build)


def put(root, path, text):
    """Write a file, in place of whatever is there."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or target.is_file():
        target.unlink()
    target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    return target


def instead(root, path):
    """Return a path that is free, with its folder there."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or target.exists():
        target.unlink()
    return target


def git(root, *arguments, input=None, **variables):
    """Run git with nothing of the machine's own settings."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "ann" if what == "NAME" else "ann@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_AUTHOR_DATE": WHEN,
        "GIT_COMMITTER_DATE": WHEN,
        **variables,
    }  # fmt: skip
    quiet = ("-c", "maintenance.auto=false", "-c", "gc.auto=0", "-c", "protocol.file.allow=always")
    done = subprocess.run(
        ["git", "-C", root, *quiet, *arguments], env=environment, input=input, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode(errors="replace").strip()


def commit(root, *paths):
    """Commit what changed, or these paths."""
    git(root, "add", "--force", *(paths or ["-A"]))
    git(root, "commit", "-qm", "Change a part")


def configure(root, text):
    """Add to the repository's own configuration."""
    with (root / ".git" / "config").open("a") as stream:
        stream.write(text)


def aside(root):
    """Return the folder beside the repository: outside it, but of this test."""
    folder = root.parent / "aside"
    folder.mkdir(exist_ok=True)
    return folder


def canary(root):
    """Return a program that leaves a trace beside the repository when anything starts it."""
    program = aside(root) / "canary"
    program.write_text(f"#!/bin/sh\necho started >> '{aside(root) / 'started'}'\ncat\n")
    program.chmod(0o755)
    return program
