"""Procedures: how to release, deploy, go back and restore, and whether somebody new can follow them step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from pytest_productops.facts.documents import Document, Documents, Item, Section
from pytest_productops.facts.guides.answers import first_said, statements
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.operations import words as terms
from pytest_productops.facts.operations.deployment import Deployment
from pytest_productops.facts.recovery.guides import Recovery
from pytest_productops.facts.releases.procedure import ReleaseProcedure
from pytest_productops.facts.releases.procedure_words import AUTOMATED, IMPERATIVE
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.substance.parts import span, whole
from pytest_productops.facts.topics import about, normal
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

FEW = 3
"""From so many steps on a text is a list of steps."""
Kind = Literal["release", "deployment", "rollback", "restore"]
_NUMBERED = regex(r"(?i)\W*(?:step\W{1,3})?\d{1,2}(?:\.\d{1,2})?[.):\s-]+\w")
_BACK = regex(r"\b(?:roll(?:ing|ed)? ?backs?|revert(?:ing)? (?:a|the|to)\b.*|go(?:ing)? back)\b")
_TOLD = regex(
    r"(?i)\b(?:click|select|open|press|go to|navigate|choose|tick|visit|button|tab|menu|page|dashboard"
    r"|console|label|merge"
    r"|approve|pull request|PR|MR|tag|branch|workflow|pipeline|job|channel|issue|ticket|changelog|version)\b"
    r"|[\u2192\u2794\u00bb]|\s>\s|->|@\w|\*\*\S|[\"\u201c]\w[^\"\u201d]{1,60}[\"\u201d]|https?://"
)
"""What tells where to click or whom to ask, where no command or link does."""
_RESULT = regex(
    r"(?i)\b(?:verif\w+|validat\w+|check\w*|confirm\w*|should|expect\w*|ensure|make sure|appears?|see"
    r"|visible|available"
    r"|published|live|healthy|health|success\w*|succeed\w*|pass(?:es|ed)?|green|done|complete\w*"
    r"|finish\w*|announc\w*"
    r"|monitor\w*|look|test\w*|watch\w*|smoke|wait\w*|status|logs?|ready|works?|working|deployed"
    r"|released|restored"
    r"|\bis (?:now|up|back)\b|\bwill\b|takes? care|triggers?|creates|uploads|find\b|running|celebrate"
    r"|notif\w+|congrat\w*|will be|automatically)\b"
)


@dataclass(frozen=True)
class Procedure:
    """A text that tells what to do, in `steps`, or `loose`: so many things to do in no marked order.

    `actionable` is how many of the steps have a command, a link or a place to click; `result`: it is said what to
    see in the end. `automated`: a machine does it.
    """

    kind: Kind
    location: Location
    steps: int
    actionable: int
    loose: int = 0
    result: bool = True
    automated: bool = False


class Procedures(Fact):
    """The procedures that are written here."""

    def __init__(
        self, release: ReleaseProcedure, deployment: Deployment, recovery: Recovery, documents: Documents
    ) -> None:
        self._release = release
        self._deployment = deployment
        self._recovery = recovery
        self._documents = documents

    @classmethod
    def gather(cls, repository: Repository) -> Procedures:
        """Never fails."""
        return cls(
            repository[ReleaseProcedure], repository[Deployment], repository[Recovery], repository[Documents]
        )

    @cached_property
    def all(self) -> tuple[Procedure, ...]:
        """The best of each kind: where there are several texts, one that can be followed is enough."""
        found = (
            _best("release", self._releasing(), automated=self._release.automated),
            _best("deployment", self._deploying(), automated=self._deploys_itself()),
            _best("rollback", self._back()),
            _best("restore", self._restoring()),
        )
        return tuple(each for each in found if each)

    def _releasing(self) -> Iterator[Part]:
        """Yield what is in documents: comments of a script or a workflow tell what a machine does."""
        yield from (p for p in self._release.parts if whole(p).path in self._documents.paths)

    def _deploying(self) -> Iterator[Part]:
        """Yield what is about deploying by its name or heading; a page on installing is not."""
        named = self._documents.artifact("deployment").documents
        for part in self._deployment.parts:
            titled = isinstance(part, Section) and part.heading and about(part.heading.text, "deployment")
            if part in named or titled:
                yield part

    def _deploys_itself(self) -> bool:
        return first_said(self._deployment.parts, terms.AUTOMATIC) is not None

    def _back(self) -> Iterator[Part]:
        yield from (d for d in self._documents.artifact("rollback").documents if not lack(d))
        for document in self._deployment.documents:
            for section in document.sections:
                titled = section.heading and _BACK.search(normal(section.heading.text))
                if titled and not lack(section):
                    yield section

    def _restoring(self) -> Iterator[Part]:
        for part in self._recovery.parts:
            title = part.heading.text if isinstance(part, Section) and part.heading else _title(part)
            if "restor" in title.lower() or "recover" in title.lower():
                yield part


def _title(part: Part) -> str:
    return f"{whole(part).path} {' '.join(heading.text for heading in whole(part).headings[:1])}"


def _best(kind: Kind, parts: Iterable[Part], *, automated: bool = False) -> Procedure | None:
    """Return the procedure with the most that can be followed, None where none is written."""
    found = [_procedure(kind, part, automated=automated) for part in parts]
    return max(found, key=_worth, default=None)


def _worth(each: Procedure) -> tuple[bool, bool, int, int]:
    """Return what procedures are compared by: a list, its result, the most to act on, the least that is loose."""
    return each.steps >= FEW, each.result, each.actionable, -each.loose


def _procedure(kind: Kind, part: Part, *, automated: bool) -> Procedure:
    steps = _steps(part)
    commands = instructions(part)
    result = _ends_well(part, steps)
    itself = automated or first_said((part,), AUTOMATED) is not None
    if len(commands) > len(steps):
        return Procedure(kind, commands[0].location, len(commands), len(commands), 0, result, itself)
    actionable = sum(_actionable(part, step, following) for step, following in _pairs(part, steps))
    told = [item for item in part.items if not item.ordered and IMPERATIVE.match(item.text.strip())]
    spoken = [place for text, place in statements(part) if IMPERATIVE.match(text)]
    first = whole(part).at(steps[0]) if steps else _start(part)
    return Procedure(kind, first, len(steps), actionable, max(len(told), len(spoken)), result, itself)


def _start(part: Part) -> Location:
    return part.at(1) if isinstance(part, Document) else part.at()


def _steps(part: Part) -> list[int]:
    """Return the lines where steps begin: outermost items that are numbered or have a box, or numbered headings."""
    items = [item.line for item in part.items if item.depth == 0 and _is_step(item)]
    headings = [heading.line for heading in part.headings if _NUMBERED.match(heading.text)]
    return max(items, headings, key=len)


def _is_step(item: Item) -> bool:
    return item.ordered or item.checked is not None


def _pairs(part: Part, steps: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each step."""
    _, end = span(part)
    yield from zip(steps, [step - 1 for step in steps[1:]] + [end], strict=False)


def _actionable(part: Part, first: int, last: int) -> bool:
    """Whether a step holds a command, a link, or words on where to act."""
    document = whole(part)
    lines = [each.line for holds in (document.codes, document.code_blocks, document.links) for each in holds]
    if any(first <= line <= last for line in lines):
        return True
    return bool(_TOLD.search("\n".join(document.lines[first - 1 : min(last, first + 30)])))


def _ends_well(part: Part, steps: list[int]) -> bool:
    """Whether it is said what to see or what happens then: from the middle of the steps on; in a document anywhere."""
    begin, end = span(part)
    middle = steps[len(steps) // 2] if steps and isinstance(part, Section) else begin
    return bool(_RESULT.search("\n".join(whole(part).lines[middle - 1 : end])))
