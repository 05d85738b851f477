"""Renamed: the targets of runners that had another name before, as far as their commands tell."""

from __future__ import annotations

from pytest_productops.facts.commands.fact import Commands
from pytest_productops.facts.commands.model import Call, Resolution, Target
from pytest_productops.facts.files import MAX_BYTES, Files
from pytest_productops.git import Git
from pytest_productops.repository import Fact, Repository, Unavailable

MOST = 40
"""Most versions of a runner's file that are looked at, the newest first."""


class RenamedTargets(Fact):
    """Asks git for earlier versions of the file that lacks a target."""

    def __init__(self, git: Git, files: Files, commands: Commands) -> None:
        self._git = git
        self._files = files
        self._commands = commands

    @classmethod
    def gather(cls, repository: Repository) -> RenamedTargets:
        """Look at nothing yet; raise `Unavailable` without git."""
        return cls(repository[Git], repository[Files], repository[Commands])

    def now(self, call: Call, answer: Resolution) -> Target | None:
        """Return the one target of today that does what the missing one did, and was not there beside it."""
        if answer.status != "missing" or answer.location is None:
            return None
        path = answer.location.path
        for version in self._versions(path):
            past = Commands(self._files.with_texts({path: version}))
            was = past.resolve(call)
            if was and was.status == "ok" and was.target:
                beside = {each.name for each in past.targets if each.location.path == path}
                return self._alike(path, was.target, beside)
        return None

    def _alike(self, path: str, was: Target, beside: set[str]) -> Target | None:
        found = [
            each
            for each in self._commands.targets
            if each.location.path == path
            and each.name not in beside
            and _does(each) == _does(was) != ((), ())
        ]
        return found[0] if len(found) == 1 else None

    def _versions(self, path: str) -> list[bytes]:
        """Return the texts of a file before each commit that changed it, as far as git has them."""
        try:
            log = self._git.run(
                "--literal-pathspecs",
                "log",
                "--first-parent",
                f"--max-count={MOST}",
                "--format=%H",
                "--",
                path,
            )
        except Unavailable:
            return []
        texts = []
        for sha in log.decode().split():
            try:
                if int(self._git.run("cat-file", "-s", f"{sha}^1:{path}")) <= MAX_BYTES:
                    texts.append(self._git.run("cat-file", "blob", f"{sha}^1:{path}"))
            except Unavailable:
                break
        return texts


def _does(target: Target) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(line.text.strip() for line in target.body), target.needs
