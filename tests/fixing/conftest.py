"""Real git repositories, mended by the real command, and everything in them compared byte for byte."""

import subprocess
from pathlib import Path

import pytest

from pytest_productops import catalogue
from pytest_productops.cli import main
from pytest_productops.gate import Gate
from pytest_productops.policy.settings import Options, read
from pytest_productops.testing import lay_out

RULES = catalogue.installed()


def held(root: Path) -> dict[str, bytes]:
    """Return every file beside git's own."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


class Case:
    """A repository, the command on it, and what a rule says of it."""

    def __init__(self, root: Path, capsysbinary) -> None:
        self.root = root
        self._captured = capsysbinary
        self.out = self.err = ""

    def fix(self, *words: str) -> int:
        code = main(["fix", str(self.root), *words])
        captured = self._captured.readouterr()
        self.raw = captured.out
        self.out, self.err = captured.out.decode(errors="replace"), captured.err.decode(errors="replace")
        return code

    def git(self, *arguments: str, **given: object) -> bytes:
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false")
        command = ["git", "-C", str(self.root), *who, *arguments]
        return subprocess.run(command, check=True, capture_output=True, **given).stdout

    def commit(self) -> None:
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message=Go on")

    def check(self, *words: str) -> str:
        main(["check", str(self.root), *words])
        return self._captured.readouterr().out.decode()

    def gate(self, **options: str) -> Gate:
        return Gate(self.root, read(self.root, RULES, (Options("--", options),)))

    def found(self, code: str, **options: str) -> dict[str, str]:
        """Return the findings of a rule: key -> message."""
        gate = self.gate(select=code, **options)
        verdicts = gate.verdicts(gate.rules)
        return {each.finding.key: each.finding.message for v in verdicts for each in v.findings}

    def outcomes(self, **options: str) -> dict[str, str]:
        gate = self.gate(**options)
        return {verdict.subject: verdict.outcome.value for verdict in gate.verdicts(gate.rules)}

    @property
    def held(self) -> dict[str, bytes]:
        return held(self.root)


@pytest.fixture
def case(tmp_path, capsysbinary):
    """Lay files out as a repository with a history; what is not committed by its log is committed last."""

    def make(files: dict[str, str], log: str = "2026-01-05 ann@example.org Begin") -> Case:
        root = tmp_path / "repository"
        lay_out({**files, "git log": log}, root)
        return Case(root, capsysbinary)

    return make
