"""The words of fixing: a fix, and why an edit cannot be made."""

from __future__ import annotations

from pytest_productops.edits import Edit, Safety
from pytest_productops.lazy import dataclass
from pytest_productops.model import Finding, Rule

Subject = tuple[str, str, str]
"""What a fix is for: the rule's code, the component, the finding's key."""


def command(code: str, safety: str) -> str:
    """Return the command that makes the fixes of one kind that a rule knows."""
    return f"productops fix {code}{'' if safety == 'safe' else f' --{safety}'}"


class Unfit(Exception):
    """An edit cannot be made; the text says why."""


@dataclass(frozen=True)
class Fix:
    """The edits that a fixer proposes for a finding, how much a person has to look at them, and what they do."""

    rule: Rule
    component: str
    finding: Finding
    safety: Safety
    title: str
    edits: tuple[Edit, ...]

    @property
    def subject(self) -> Subject:
        """What it is for."""
        return self.rule.code, self.component, self.finding.key

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it changes."""
        return tuple(dict.fromkeys(edit.path for edit in self.edits))
