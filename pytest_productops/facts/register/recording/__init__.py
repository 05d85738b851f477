"""Record that a task was done: the file to write, or the command to run, that its evidence wants.

The opposite of `register.records`, by which everything that is composed here is read before it is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.patterns import matches
from pytest_productops.facts.register.model import Evidence, Milestone, Task
from pytest_productops.facts.register.past import FILES
from pytest_productops.facts.register.recording import composing, naming
from pytest_productops.facts.register.recording.commands import commands
from pytest_productops.facts.register.recording.model import Composed, Known, Refused, Run
from pytest_productops.facts.register.records import entries
from pytest_productops.repository import Repository

__all__ = ["Composed", "Refused", "Run", "commands", "composed", "in_file"]


def in_file(task: Task | Milestone) -> Evidence | None:
    """Return the evidence that stands in a file, the first of several; None where a task has none."""
    return next((evidence for evidence in task.evidence if evidence.type in FILES), None)


def composed(repository: Repository, evidence: Evidence, run: Run) -> Composed:
    """Return the file that records a run; raise `Refused` with every reason at once."""
    files, where = repository[Files], evidence.date or f"front-matter:{evidence.key}"
    known = _known(files, evidence, where)
    reasons = [*_lacking(evidence, run), *_recorded(known, run)]
    if reasons:
        raise Refused(*reasons)
    path = naming.path(files, evidence, run, known)
    old = _Old(files, path)
    text = composing.text(path, old.text, where, run)
    _check(path, text, where, evidence, run)
    return Composed(path, old.restored(text), new=not old.there)


def _known(files: Files, evidence: Evidence, where: str) -> list[Known]:
    """Return the records of the working tree, committed or not, oldest first."""
    found: list[Known] = []
    for path in (path for path in files if matches(path, (evidence.path,))):
        try:
            found += [Known(path, entry) for entry in entries(path, files.read(path), where)]
        except Unreadable as error:
            raise Refused(str(error)) from error
    return sorted(found, key=lambda known: known.entry.day)


def _lacking(evidence: Evidence, run: Run) -> Iterator[str]:
    for name in evidence.fields:
        if not run.said(name):
            yield f"`{name}` is missing, which each record must say: --field {name}=..."


def _recorded(known: list[Known], run: Run) -> list[str]:
    return [f"{each.path} records {run.day} already" for each in known if each.entry.day == run.day][:1]


def _check(path: str, text: str, where: str, evidence: Evidence, run: Run) -> None:
    """Refuse what would not be read as a record of that day."""
    mine = [entry for entry in entries(path, text, where) if entry.day == run.day]
    if not mine or not matches(path, (evidence.path,)):
        raise Refused(f"cannot tell how to record it in {evidence.path} ({where}): write it by hand")
    if lacks := mine[0].lacks(evidence.fields):
        raise Refused(*(f"`{name}` would say nothing: {run.said(name)!r}" for name in lacks))


class _Old:
    """A file as it is: its text as readers see it, and what of its form must stay."""

    def __init__(self, files: Files, path: str) -> None:
        self.there = path in files
        try:
            hidden = not self.there and (files.root / path).exists()
            whole = files.read_bytes(path).decode("utf-8") if self.there else ""
        except (Unreadable, OSError, ValueError) as error:
            raise Refused(f"{path} cannot be written to: {error}") from error
        if hidden:
            raise Refused(f"{path} is there already, and git ignores it")
        self._mark = "\ufeff" if whole.startswith("\ufeff") else ""
        self._end = "\r\n" if "\r\n" in whole else "\n"
        self.text = whole.removeprefix("\ufeff").replace("\r\n", "\n")
        if self.text.splitlines() != self.text.removesuffix("\n").split("\n") and self.text:
            raise Refused(f"{path} has line ends of several kinds: add to it by hand")

    def restored(self, text: str) -> str:
        """Return a text with the mark and the line ends of the old one."""
        return self._mark + text.replace("\n", self._end)
