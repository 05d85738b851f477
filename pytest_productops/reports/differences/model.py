"""What is told of two reports: changes, each with its causes."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pytest_productops.lazy import dataclass

Cause = Literal["repository", "rule", "policy", "waiver", "clock", ""]
CAUSES: tuple[Cause, ...] = ("repository", "rule", "policy", "waiver", "clock")
Kind = Literal["worse", "better", "other"]
KINDS: tuple[Kind, ...] = ("worse", "better", "other")

MOST = 12
"""So many differences of one cause are listed in the head."""


class Reason(NamedTuple):
    """A cause, and what it is in particular; without that the head of the text says it. No cause: it is not known."""

    cause: Cause
    said: str = ""

    def __str__(self) -> str:
        return f"{self.cause} ({self.said})" if self.cause and self.said else self.cause or self.said


UNTOLD = Reason("", "the reports do not say")


class Why(NamedTuple):
    """The reasons of a change: any of them may be it, or, `jointly`, only all of them together are."""

    reasons: tuple[Reason, ...]
    jointly: bool = False

    def __str__(self) -> str:
        word = " and " if self.jointly else " or "
        said: dict[Cause, list[str]] = {}
        for reason in self.reasons:
            said.setdefault(reason.cause, []).extend([reason.said] if reason.said else [])
        return word.join(str(Reason(cause, word.join(texts))) for cause, texts in said.items())


@dataclass(frozen=True)
class Change:
    """One line: what became of a finding, or of a rule as a whole. `label` says it in a word or two."""

    kind: Kind
    label: str
    what: str
    why: Why
    place: str = ""


@dataclass(frozen=True)
class Block:
    """The changes of one subject: a rule, a rule on a component, or the waivers."""

    title: str
    ended: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """What differs from one report to another: `given` in what was judged and by what, `blocks` in the results.

    `head` are the ends of the first line, such as another verdict; `remarks` say what could not be compared.
    """

    name: str
    given: tuple[Reason, ...]
    head: tuple[str, ...]
    remarks: tuple[str, ...]
    blocks: tuple[Block, ...]

    def told(self, cause: Cause) -> list[str]:
        """Return what differs of a cause in what was judged, the first ones where it is much."""
        said = [reason.said for reason in self.given if reason.cause == cause]
        return said if len(said) <= MOST else [*said[:MOST], f"and {len(said) - MOST} more"]

    def of(self, kind: Kind) -> tuple[Block, ...]:
        """Return the blocks with only the changes of a kind."""
        cut = (
            Block(block.title, block.ended, tuple(each for each in block.changes if each.kind == kind))
            for block in self.blocks
        )
        return tuple(block for block in cut if block.changes)

    def count(self, kind: Kind) -> int:
        """Return how many changes of a kind there are."""
        return sum(len(block.changes) for block in self.of(kind))

    @property
    def summary(self) -> str:
        """All in one line."""
        counts = [f"{self.count(kind)} {kind}" for kind in KINDS]
        if not any(block.changes for block in self.blocks):
            counts = ["no result changed" if self.given or self.head else "nothing changed"]
        return f"{self.name}: {'; '.join([', '.join(counts), *self.head])}"
