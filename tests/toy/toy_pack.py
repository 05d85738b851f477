"""A foreign rule pack: one rule for each way that a rule can end, and a fact of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pytest_productops.api import (
    Fact,
    Files,
    Finding,
    Location,
    NotApplicable,
    Repository,
    Unavailable,
    hookimpl,
    rule,
    rules_in,
)


@dataclass(frozen=True)
class Notes(Fact):
    """The lines of NOTES, if there is such a file."""

    lines: tuple[str, ...]

    @classmethod
    def gather(cls, repository: Repository) -> Notes:
        files = repository[Files]
        return cls(tuple(files.read("NOTES").splitlines()) if "NOTES" in files else ())


@rule("TOY001", stage="plan", level="bronze", profiles=("toy",), responsibility="onboarding")
def always_fine(files: Files) -> None:
    """Everything is fine.

    Why:
        Peace.
    Fix:
        Nothing.
    Source:
        None.
    Bad:
        -- x --
    Good:
        -- x --
    """


@rule("TOY002", stage="plan", level="bronze", profiles=("toy",), responsibility="support")
def notes_are_done(notes: Notes, *, word: str = "open") -> Iterator[Finding]:
    """No line of NOTES says open.

    Why:
        What is open is not done.
    Fix:
        Close it.
    Options:
        word: what an unfinished line holds
    Source:
        None.
    Bad:
        -- NOTES --
        open: one
    Good:
        -- NOTES --
        closed
    """
    for number, line in enumerate(notes.lines, 1):
        if word in line:
            yield Finding(line, f"line is {line}", Location("NOTES", number), fix="close it")


@rule("TOY003", stage="plan", level="silver", profiles=("toy",), responsibility="development")
def nothing_to_judge(files: Files) -> None:
    """There is something to judge.

    Why:
        To see.
    Fix:
        None.
    Source:
        None.
    Bad:
        -- x --
    Good:
        -- x --
    """
    raise NotApplicable("no such thing here")


@rule("TOY004", stage="plan", level="gold", profiles=("toy",), responsibility="practices")
def cannot_tell(files: Files) -> None:
    """It can be told.

    Why:
        To see.
    Fix:
        None.
    Source:
        None.
    Bad:
        -- x --
    Good:
        -- x --
    """
    raise Unavailable("the clone is shallow: set fetch-depth: 0")


@rule("TOY005", stage="plan", level="gold", profiles=("toy",), responsibility="operations")
def crashes(files: Files) -> None:
    """It does not crash.

    Why:
        To see.
    Fix:
        None.
    Source:
        None.
    Bad:
        -- x --
    Good:
        -- x --
    """
    raise RuntimeError("a bug in the rule")


@hookimpl
def productops_rules():
    return rules_in(__name__)
