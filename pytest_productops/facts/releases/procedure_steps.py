"""Steps: whether a text tells how to make a release, and by what it does."""

from __future__ import annotations

from pytest_productops.facts.guides.answers import first_said, statements
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.releases import procedure_words as words
from pytest_productops.facts.releases.publish_commands import published
from pytest_productops.facts.substance import lack
from pytest_productops.facts.substance.parts import Part, whole
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

MIN_STEPS = 2
"""Fewest points of a list that make a procedure."""


@dataclass(frozen=True)
class Written:
    """A place that tells how to release, and what makes it one."""

    part: Part
    location: Location
    note: str


def steps_of(part: Part) -> Written | None:
    """Return a part with the steps of a release in it, or None."""
    if lack(part):
        return None
    document = whole(part)
    commands = [
        each
        for each in instructions(part)
        if published(tuple(each.text.split())) or words.DOES.search(each.text)
    ]
    numbered = [item for item in part.items if item.ordered and item.depth == 0]
    listed = [item for item in part.items if item.ordered is False and words.STEP.search(item.text)]
    boxes = [item for item in part.items if item.checked is not None]
    about = sum(bool(words.STEP.search(item.text)) for item in numbered)
    if len(numbered) >= MIN_STEPS and about and about * 3 >= len(numbered):
        return Written(part, document.at(numbered[0].line), f"{len(numbered)} numbered steps")
    if len(boxes) >= MIN_STEPS:
        return Written(part, document.at(boxes[0].line), f"a checklist of {len(boxes)} points")
    template = next((block for block in part.code_blocks if _checklist(block.text)), None)
    if template:
        return Written(part, document.at(template.line), "a checklist that is a template")
    if commands:
        return Written(part, commands[0].location, f"the command `{commands[0].text[:50]}`")
    return _told(part, len(listed))


def _checklist(text: str) -> bool:
    """Whether a code block is a list of what is done for a release: the template of an issue or a commit."""
    points = [line.strip()[1:] for line in text.split("\n") if line.strip().startswith(("- ", "* "))]
    return sum(bool(words.IMPERATIVE.match(point)) for point in points) > MIN_STEPS


def _told(part: Part, listed: int) -> Written | None:
    """Return a part that tells in sentences or points what to do: merge this, push a tag, run that workflow."""
    document = whole(part)
    imperative = [item for item in part.items if words.IMPERATIVE.match(item.text.strip())]
    if len(imperative) >= MIN_STEPS and listed >= MIN_STEPS:
        return Written(part, document.at(imperative[0].line), f"a list of {len(imperative)} steps")
    told = list(statements(part))
    starts = next((place for text, place in told if words.STARTS.search(text)), None)
    ordered = [place for text, place in told if words.IMPERATIVE.match(text)]
    if len(ordered) > MIN_STEPS or (starts and first_said((part,), words.STEP)):
        return Written(part, starts or ordered[0], "what to do for a release, in sentences")
    return None
