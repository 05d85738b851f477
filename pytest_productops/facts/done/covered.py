"""Covered: which stages of the work have a place in the definition of done and a procedure to follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pytest_productops.facts.documents import Documents
from pytest_productops.facts.done import STAGES, Done
from pytest_productops.facts.done.checks import Checks
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.operations.deployment import Deployment
from pytest_productops.facts.register.model import Flaw
from pytest_productops.facts.releases.procedure import ReleaseProcedure
from pytest_productops.facts.substance import lack
from pytest_productops.facts.waivers import unexplained
from pytest_productops.repository import Fact, Repository

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "plan": ("roadmap", "decisions", "governance"),
        "build": (),
        "review": ("review",),
        "test": ("testing",),
        "release": ("release",),
        "deploy": ("deployment",),
        "operate": ("runbook",),
    }
)
"""Stage -> the kinds of documents that are its procedure."""
_TOPICS = {"build": "setup", "review": "submit", "test": "tests"}
"""Stage -> the question that a contributor guide answers for it."""


class Covered(Fact):
    """Says what each stage lacks."""

    quick = True

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._done = repository[Done]

    @classmethod
    def gather(cls, repository: Repository) -> Covered:
        """Never fails."""
        return cls(repository)

    def lacking(self, wanted: tuple[str, ...] = STAGES) -> Iterator[Flaw]:
        """Yield a flaw for each stage without criteria, without a procedure, or set aside without a reason.

        Of a definition that is in no stages it yields one.
        """
        missing = [stage for stage in wanted if not self._done.covers(stage)]
        if missing and not self._done.staged:
            message = f"the definition of done is in no stages, and has nothing on {', '.join(missing)}"
            yield Flaw("stages", message, self._done.at, "give each stage a heading and its criteria")
        for stage in wanted if self._done.staged or not missing else ():
            named = [each for each in self._done.stages if each.id == stage]
            if stage in missing:
                fix = 'add its criteria, or `not_applicable = "reason"`'
                yield Flaw(stage, f"the definition of done has no stage {stage}", self._done.at, fix)
            elif named and all(each.not_applicable for each in named):
                if unexplained(named[0].not_applicable):
                    message = (
                        f"stage {stage} is not applicable, and {named[0].not_applicable!r} gives no reason"
                    )
                    yield Flaw(
                        f"{stage}.reason", message, named[0].location, "say why there is no such stage"
                    )
            elif reason := self._no_procedure(stage):
                at = named[0].location if named else self._done.at
                yield Flaw(
                    f"{stage}.procedure", f"stage {stage}: {reason}", at, "write it, and name it as `doc`"
                )

    def _no_procedure(self, stage: str) -> str:
        """Say why a stage has no procedure to follow, or nothing."""
        docs = [each.doc for each in self._done.stages if each.id == stage and each.doc]
        reasons = [self._repository[Checks].reference(doc) for doc in docs]
        if docs:
            return "" if not all(reasons) else reasons[0]
        return "" if self._found(stage) else "no document is found that says how it is done"

    def _found(self, stage: str) -> bool:
        """Whether a document is found that is about the stage and says something, or is elsewhere."""
        artifacts = [self._repository[Documents].artifact(kind) for kind in KINDS[stage]]
        if any(each.external or any(not lack(d) for d in each.documents) for each in artifacts):
            return True
        if stage == "release":
            return bool(self._repository[ReleaseProcedure].written)
        if stage == "deploy":
            return bool(self._repository[Deployment].answers("steps"))
        return stage in _TOPICS and bool(self._repository[Guides].answers(_TOPICS[stage]))
