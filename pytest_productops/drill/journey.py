"""The journey: day one as the documents tell it, from the clone to the question that remains. Nothing is run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from pytest_productops.drill.model import Ended, Journey, Plan, Step, Told, Unit
from pytest_productops.drill.planning import REPLACED, plan
from pytest_productops.facts.channels import Channels
from pytest_productops.facts.commands import Resolution
from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.answers import Answer, first_said
from pytest_productops.facts.guides.instructions import Instruction, instructions
from pytest_productops.facts.guides.words import CLONE
from pytest_productops.facts.operations.guides import Operating
from pytest_productops.facts.ownership import Ownership
from pytest_productops.facts.product import Product
from pytest_productops.facts.quoted import Quoted, QuotedCommands
from pytest_productops.facts.readme.orientation import Orientation
from pytest_productops.facts.releases.procedure import ReleaseProcedure
from pytest_productops.facts.review.rule import ReviewRule
from pytest_productops.facts.substance import words
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Repository

STEPS = ("clone", "set up", "run", "test", "first change", "review", "deploy", "help")
"""The steps of day one, in order."""
_MISSING = frozenset({"missing", "runner-missing"})
_RUN = regex(
    r"\brunserver\b|\b(?:npm|pnpm|yarn|bun)(?: run)? (?:start|dev|serve)\b|\bflask run\b"
    r"|\bcompose (?:-\S+ (?:\S+ )?)*up\b"
    r"|\b(?:uvicorn|gunicorn|streamlit run|fastapi (?:dev|run))\b|\b(?:make|just|task|poe|inv|rake) (?:\S*[:_-])?"
    r"(?:run|serve|server|start|dev|up)(?:[-_]\w+)?(?:\s|$)"
    r"|\b(?:cargo|go|dotnet|swift|zig|gradlew?|mix) (?:boot)?[Rr]un\b"
    r"|\bmix phx\.server\b|\brails s(?:erver)?\b|\bbin/(?:dev|server|start)\b|\bjava -jar\b|\bdocker run\b"
)
"""A command that starts a product."""
_SHOWN = 3
"""Most owners that are named."""


def journey(repository: Repository) -> Journey:
    """Read the documents as a newcomer does."""
    day = _Day(repository)
    steps = tuple(day.steps())
    told = {step.location.path for step in steps if step.location}
    read = [d for d in day.documents if d.path in told or d in day.first]
    return Journey(
        repository.root.name, steps, tuple(d.path for d in read), sum(words(document) for document in read)
    )


class _Day:
    """One day in a repository: the facts that it is told from."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._guides = repository[Guides]
        self._plan: Plan = plan(repository)

    @cached_property
    def first(self) -> tuple[Document, ...]:
        """The documents that everybody opens: the README and the guide."""
        return (*self._guides.readme, *self._guides.contributing.documents)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All that she may open, each once."""
        every = (*self.first, *self._guides.documents, *self._repository[Documents].process)
        return tuple({document.path: document for document in every}.values())

    def steps(self) -> Iterator[Step]:
        """Yield the steps in order."""
        yield self._clone()
        yield self._commanded("set up", "setup")
        yield self._run()
        yield self._commanded("test", "test")
        yield self._change()
        yield self._review()
        yield self._deploy()
        yield self._help()

    def _clone(self) -> Step:
        unit = next((u for u in self._plan.units if u.skip == REPLACED and "clone" in u.text), None)
        if unit:
            return _step("clone", "ok", unit.location, _line(unit), (Told(_line(unit), unit.location),))
        quoted = [
            each for d in self.documents for each in instructions(d) if each.text.startswith("git clone")
        ]
        if quoted:
            return _step("clone", "ok", quoted[0].location, quoted[0].text)
        place = first_said(self.documents, CLONE)
        return _step("clone", "ok", place, "in words" if place else "not told; the forge shows the address")

    def _commanded(self, name: str, step: str) -> Step:
        """Return a step that is told by commands: whether they are, and whether what they name is there."""
        if step in self._plan.untold:
            return _step(name, "stop", None, self._plan.untold[step])
        units = [
            u for u in self._plan.of(step) if u.skip != REPLACED and not u.skip.startswith("another way")
        ]
        if step in self._plan.away and not units:
            return _step(name, "away", None, f"it is told at {self._plan.away[step]}")
        told = tuple(self._told(unit) for unit in units)
        missing = next((each for each in told if each.missing), None)
        first = missing or told[0]
        said = f"`{first.text}`{f': {missing.missing}' if missing else ''}"
        more = "" if missing or len(told) == 1 else f" and {len(told) - 1} more"
        return Step(name, "stop" if missing else "ok", said + more, first.location, told)

    def _told(self, unit: Unit) -> Told:
        last = unit.location.line + unit.text.count("\n")
        found = [
            each
            for each in self._quoted(unit.location.path)
            if unit.location.line <= each.line <= last and each.certain
        ]
        return Told(_line(unit), unit.location, self._missing(found))

    def _missing(self, found: Iterable[Quoted]) -> str:
        """Return what one of some quoted commands asks for in vain."""
        for each in found:
            answer = self._repository[QuotedCommands].anywhere(each)
            if answer and answer.status in _MISSING:
                return _reason(answer)
        return ""

    def _quoted(self, path: str) -> tuple[Quoted, ...]:
        document = self._repository[Documents].get(path)
        return self._repository[QuotedCommands].of(document) if document else ()

    def _run(self) -> Step:
        """Return how the product is started; a library is used, not run."""
        kind = self._repository[Product].kind
        use = self._repository[Orientation].answers("use")
        starts = self._starting() if kind != "package" else None
        if starts:
            at = starts.location
            near = [each for each in self._quoted(at.path) if each.line == at.line and each.certain]
            missing = self._missing(near)
            said = f"`{starts.text}`{f': {missing}' if missing else ''}"
            told = (Told(starts.text, at, missing),)
            return _step("run", "stop" if missing else "ok", at, said, told)
        if kind == "package":
            return _step("run", "na", use, "a package is used, not run")
        if use:
            return _step("run", "ok", use, "how to use it is told")
        stop: Ended = "stop" if kind in {"service", "app"} else "na"
        return _step("run", stop, None, "no document tells how to start it")

    def _starting(self) -> Instruction | None:
        told = (each for document in self.documents for each in instructions(document))
        return next((each for each in told if _RUN.search(each.text)), None)

    def _change(self) -> Step:
        answer = self._guides.answers("submit")
        return self._answered(
            "first change", answer, "how to submit a change", "no document tells how to submit a change"
        )

    def _review(self) -> Step:
        rule, owners = self._repository[ReviewRule], self._repository[Ownership].owners
        if rule.found:
            place, text = rule.found[0]
            return _step("review", "ok", place, text)
        if owners:
            names = ", ".join(dict.fromkeys(owner.name for owner in owners[:_SHOWN]))
            return _step("review", "ok", owners[0].location, f"to ask: {names}")
        if rule.elsewhere:
            place, link = rule.elsewhere
            return _step("review", "away", place, f"it is told at {link.target}")
        return _step("review", "stop", None, "nobody is named who reviews, and no rule on it is written")

    def _deploy(self) -> Step:
        """Return how a service is deployed; of all else how it is released, which is nobody's first day."""
        product = self._repository[Product]
        if product.kind == "service":
            operating = self._repository[Operating]
            guides = operating.installation()
            if guides:
                return _step("deploy", "ok", guides[0].location, guides[0].note)
            if operating.elsewhere():
                return _step("deploy", "away", None, f"it is told at {operating.elsewhere()}")
            return _step("deploy", "stop", None, "a service, and no document tells how to deploy it")
        procedure = self._repository[ReleaseProcedure]
        if procedure.written:
            return _step("deploy", "ok", procedure.written[0].location, "how it is released")
        kind = "a package" if product.kind == "package" else "an app" if product.kind == "app" else "this"
        return _step(
            "deploy", "na", None, f"{kind} is not deployed as far as is known; how it is released is not told"
        )

    def _help(self) -> Step:
        channel = self._repository[Channels].first
        if channel:
            return _step("help", "ok", channel.location, f"to ask: {channel.target}")
        return _step("help", "stop", None, "no document names a place to ask")

    def _answered(self, name: str, answer: Answer, said: str, untold: str) -> Step:
        if answer.place:
            return _step(name, "ok", answer.place, said)
        if answer.elsewhere:
            return _step(name, "away", answer.sender, f"it is told at {answer.elsewhere.target}")
        return _step(name, "stop", None, untold)


def _step(
    name: str, ended: Ended, place: Location | None, said: str, commands: tuple[Told, ...] = ()
) -> Step:
    return Step(name, ended, said, place if place and place.path else None, commands)


def _line(unit: Unit) -> str:
    """Return a unit in one line."""
    first, _, rest = unit.text.strip().partition("\n")
    return f"{first.rstrip(chr(92)).rstrip()} ..." if rest else first


def _reason(answer: Resolution) -> str:
    needs = f", since there is no {answer.needs}" if answer.needs else ""
    near = f"; near it: {', '.join(answer.suggestions[:_SHOWN])}" if answer.suggestions else ""
    return f"there is no {answer.what}{needs}{near}"
