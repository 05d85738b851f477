"""What a register refers to: procedures, people, milestones' specifications, and the schedules of CI."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.done import Done
from pytest_productops.facts.done.checks import Checks
from pytest_productops.facts.globs import fits
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.register import Register
from pytest_productops.facts.register.model import Flaw, Milestone
from pytest_productops.repository import Fact, Repository
from pytest_productops.suggest import did_you_mean


class Referred(Fact):
    """Says which references of the register lead nowhere."""

    quick = True

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._register = repository[Register]

    @classmethod
    def gather(cls, repository: Repository) -> Referred:
        """Never fails."""
        return cls(repository)

    def broken(self) -> Iterator[Flaw]:
        """Yield procedures and specifications that do not exist, criteria that are none, owners nobody can reach."""
        checks = self._repository[Checks]
        for task in self._register.tasks:
            if reason := checks.reference(task.procedure):
                message = f"{task.id}: the procedure {task.procedure} leads nowhere: {reason}"
                yield Flaw(
                    f"{task.id}.procedure",
                    message,
                    task.location,
                    "write it, or name the file and anchor that are there",
                )
        for milestone in self._register.milestones:
            yield from self._milestone(milestone, checks)
        yield from self._owners()

    def unregistered(self, ok: tuple[str, ...]) -> Iterator[Flaw]:
        """Yield the CI files that run on a schedule and are no evidence of a task; `ok` are globs of such."""
        registered = {e.path.removeprefix("./") for task in self._register.tasks for e in task.evidence}
        registered |= {task.procedure.partition("#")[0].removeprefix("./") for task in self._register.tasks}
        for pipeline in self._repository[Pipelines].pipelines:
            known = pipeline.path in registered or any(fits(pipeline.path, glob) for glob in ok)
            if "schedule" in pipeline.triggers and not known:
                message = f"{pipeline.path} runs on a schedule, and no task of the register is kept by it"
                fix = "register it as the evidence of a task, or list it in `unregistered_ok`"
                yield Flaw(f"{pipeline.path}.unregistered", message, pipeline.jobs[0].location, fix)

    def _milestone(self, milestone: Milestone, checks: Checks) -> Iterator[Flaw]:
        if milestone.spec and (reason := checks.reference(milestone.spec)):
            message = f"{milestone.id}: the specification {milestone.spec} leads nowhere: {reason}"
            yield Flaw(
                f"{milestone.id}.spec",
                message,
                milestone.location,
                "write it, or name the file that is there",
            )
        done = self._repository[Done]
        known = [criterion.id for criterion in done.criteria]
        for name in milestone.criteria if done.path.endswith(".toml") and not done.problems else ():
            if name not in known:
                message = f"{milestone.id}: {name} is no criterion of {done.path}"
                fix = did_you_mean(name, known) or "name a criterion of the definition of done"
                yield Flaw(f"{milestone.id}.{name}", message, milestone.location, fix)

    def _owners(self) -> Iterator[Flaw]:
        names = {owner.name for owner in self._register.owners}
        for owner in self._register.owners:
            if not owner.contact and not owner.members and not owner.escalate:
                message = f"owner {owner.name} cannot be reached: it has neither members nor a contact"
                yield Flaw(f"{owner.name}.contact", message, owner.location, "add `members` or `contact`")
            if owner.escalate and owner.escalate not in names and not _a_place(owner.escalate):
                message = f"owner {owner.name} escalates to {owner.escalate}, which is no owner"
                fix = did_you_mean(owner.escalate, names) or f"define [owners.{owner.escalate}]"
                yield Flaw(f"{owner.name}.escalate", message, owner.location, fix)


def _a_place(text: str) -> bool:
    """Whether a text names a channel, an address, a person or several words, instead of an owner."""
    return any(mark in text for mark in "#@:/ +")
