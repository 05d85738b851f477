"""Whether what a definition of done refers to is in force: rules that apply, commands that CI runs."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.commands import Commands, calls
from pytest_productops.facts.done.checks import Checks
from pytest_productops.facts.done.model import Check, Criterion
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.register import Register
from pytest_productops.facts.rulebook import Rulebook
from pytest_productops.facts.waivers import Waivers
from pytest_productops.repository import Fact, Repository
from pytest_productops.suggest import did_you_mean

_TRIGGERS = {
    "change_request": "change requests",
    "push": "pushes",
    "tag": "tags",
    "schedule": "a schedule",
    "manual": "demand",
}


class InForce(Fact):
    """Says why a criterion cannot be held, as far as the files tell; what they do not tell counts as held."""

    quick = True

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._checks = repository[Checks]

    @classmethod
    def gather(cls, repository: Repository) -> InForce:
        """Never fails."""
        return cls(repository)

    def lacks(self, criterion: Criterion) -> Iterator[str]:
        """Yield why each check of a criterion cannot be made, does not hold or is not in force."""
        for check in criterion.checks:
            reason = self._checks.result(check).reason or self._beyond(check)
            if reason:
                yield reason

    def reference(self, target: str) -> str:
        """Say why a `file#anchor` leads nowhere, or nothing."""
        return self._checks.reference(target)

    def owner(self, name: str) -> str:
        """Say why a name is no owner, or nothing: the register names them, where it names any."""
        groups = {group.name for group in self._repository[Register].owners}
        known = not name or not groups or name in groups or name.startswith("@")
        return "" if known else f"owner {name!r} is not among the owners of the task register"

    def _beyond(self, check: Check) -> str:
        if check.kind == "rule":
            return self._rule(check.value, written=not check.location.path.endswith(".toml"))
        if check.kind == "command" and check.extra.get("in_ci"):
            return self._in_ci(check.value, check, str(check.extra["in_ci"]))
        return ""

    def _rule(self, label: str, *, written: bool) -> str:
        """Say why a rule is not in force; in prose a code of another tool looks like one of ours."""
        book, waivers = self._repository[Rulebook], self._repository[Waivers]
        if not book.codes:
            return ""
        code = book.code(label)
        if not code and written:
            return ""
        if not code:
            hint = did_you_mean(label, book.codes)
            return f"there is no rule {label}{f'; {hint}' if hint else ''}"
        today = self._repository.now
        waived = [w for w in waivers.holding(today) if book.code(w.rule) == code and not w.subject]
        if waived:
            return f"rule {code} is waived until {waived[0].expires}"
        return (
            ""
            if code in book.applied
            else f"rule {code} is not applied here: neither profile nor settings select it"
        )

    def _in_ci(self, command: str, check: Check, trigger: str) -> str:
        """Say that CI does not run a command when it was promised, where that is certain.

        It may run what the command stands for under another name, so one program of it that CI runs is enough.
        """
        pipelines, commands = self._repository[Pipelines], self._repository[Commands]
        if pipelines.other or pipelines.problems or pipelines.opaque:
            return ""
        wanted = {
            _program(inner.words)
            for call in calls(command, check.location)
            for inner in commands.expand(call)
        }
        runs = [each for each in pipelines.executions if trigger in each.job.triggers and not each.job.never]
        ran = {_program(each.call.words) for each in runs}
        hidden = any(each.hidden or each.program for each in runs)
        if not wanted or wanted & ran or hidden:
            return ""
        return f"no pipeline runs `{command}` on {_TRIGGERS.get(trigger, trigger)}"


def _program(words: tuple[str, ...]) -> str:
    return words[0].rpartition("/")[2] if words else ""
