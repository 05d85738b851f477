"""The onboarding drill in words: a journey and a rehearsal as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pytest_productops.drill.model import Journey, Ran, Rehearsal, Rehearsed, Step
from pytest_productops.model import Location, Outcome, Stale
from pytest_productops.reports import plain
from pytest_productops.text import clean

TAIL = 12
"""How many lines of a failing command's output are shown."""
_ENDED = {"ok": "ok", "stop": "STOP", "away": "away", "na": "n/a"}
_OUTCOME = {"passed": "ok", "failed": "STOP", "timeout": "STOP", "not-told": "STOP", "not-run": "?"}
_PLACE = 24
"""How wide the column of places is, at most."""


def journey_text(day: Journey) -> str:
    """Return day one for a person: a line a step."""
    width = max(len(step.name) for step in day.steps)
    wide = min(max(len(_at(step.location)) for step in day.steps), _PLACE)
    lines = [
        f"Day one in {clean(day.name)}, as {_named(day.documents)} {'tells' if len(day.documents) == 1 else 'tell'} it",
        "",
    ]
    for number, step in enumerate(day.steps, 1):
        place = _at(step.location).ljust(wide)
        lines.append(
            f"{number:>2}  {step.name:<{width}}  {place}  {_ENDED[step.ended]:<4}  {clean(step.said, limit=120)}"
        )
        lines += _others(step)
    return "\n".join([*lines, "", f"A new person is stopped {_times(day.stopped)}. {_reading(day)}", ""])


def _others(step: Step) -> Iterator[str]:
    """Yield the other commands of a step that cannot work."""
    for told in [each for each in step.commands if each.missing][1:]:
        yield f"{'':8}{told.location}  `{clean(told.text, limit=80)}`: {clean(told.missing, limit=120)}"


def journey_markdown(day: Journey) -> str:
    """Return day one as a table."""
    rows = [
        f"| {n} | {s.name} | {_cell(_at(s.location))} | {_ENDED[s.ended]} | {_cell(s.said)} |"
        for n, s in enumerate(day.steps, 1)
    ]
    head = ["| | step | told at | | |", "| --- | --- | --- | --- | --- |"]
    end = f"A new person is stopped {_times(day.stopped)}. {_reading(day)}"
    return "\n".join([f"## Day one in {_cell(day.name)}", "", *head, *rows, "", end, ""])


def journey_json(day: Journey) -> str:
    """Return day one for a program."""
    steps = [
        {
            "name": step.name,
            "ended": step.ended,
            "said": clean(step.said),
            **_placed(step.location),
            "commands": [
                {"text": clean(each.text), **_placed(each.location), "missing": clean(each.missing)}
                for each in step.commands
            ],
        }
        for step in day.steps
    ]
    documents = [clean(path) for path in day.documents]
    data = {"name": clean(day.name), "stopped": day.stopped, "minutes": day.minutes, "words": day.words}
    return json.dumps({**data, "documents": documents, "steps": steps}, indent=2) + "\n"


def rehearsal_text(drill: Rehearsal) -> str:
    """Return a rehearsal for a person: its steps, their commands, and the end of what failed."""
    lines = [f"The drill in {clean(drill.name)}, run in {clean(drill.place)}", ""]
    for step in drill.steps:
        lines += [*_step_lines(step), ""]
    lines += [f"note: {clean(note)}" for note in drill.notes]
    lines += [f"CHANGED while the drill ran: {clean(path)}" for path in drill.changed[:TAIL]]
    return "\n".join([*lines, _verdict(drill), ""])


def _step_lines(step: Rehearsed) -> Iterator[str]:
    said = f"  {clean(step.said)}" if step.said else ""
    yield f"{_OUTCOME[step.outcome]:<4}  {step.name:<5}  {step.seconds:.1f} s{said}"
    for ran in step.commands:
        yield f"      {ran.unit.location!s:<{_PLACE}}  {_became(ran):<12}  {_command(ran)}"
    if step.failing:
        yield from (f"      | {line}" for line in tail(step.failing.output))
    if step.advice:
        yield f"      say: {clean(step.advice)}"


def _command(ran: Ran) -> str:
    why = f": {clean(ran.unit.skip)}" if ran.unit.skip else ""
    return f"`{clean(' '.join(ran.unit.text.split()), limit=100)}`{why}"


def _became(ran: Ran) -> str:
    if ran.unit.skip:
        return "not run"
    if not ran.reached:
        return "not reached"
    status = "time over" if ran.status is None else f"exit {ran.status}"
    return f"{status}, {ran.seconds:.1f} s"


def tail(output: str) -> list[str]:
    """Return the last lines of an output."""
    lines = [clean(line, keep="\t", limit=160) for line in output.split("\n") if line.strip()]
    return lines[-TAIL:]


def rehearsal_markdown(drill: Rehearsal) -> str:
    """Return a rehearsal as a table, with what failed below it."""
    lines = [f"## The drill in {_cell(drill.name)}", "", f"Run in {_cell(drill.place)}.", ""]
    lines += ["| step | told at | command | result |", "| --- | --- | --- | --- |"]
    for step in drill.steps:
        if not step.commands:
            lines.append(f"| {step.name} | | | {_OUTCOME[step.outcome]}: {_cell(step.said)} |")
        for ran in step.commands:
            result = f"{_became(ran)}{f': {ran.unit.skip}' if ran.unit.skip else ''}"
            lines.append(
                f"| {step.name} | {_cell(str(ran.unit.location))} | {_cell(' '.join(ran.unit.text.split()))} "
                f"| {_cell(result)} |"
            )
    for step in drill.steps:
        lines += ["", f"**{step.name}**: {_cell(step.advice)}"] if step.advice else []
        if step.failing and step.failing.output.strip():
            lines += ["", *(f"    {line}" for line in tail(step.failing.output))]
    notes = [f"- {_cell(note)}" for note in drill.notes]
    notes += [f"- changed while the drill ran: {_cell(path)}" for path in drill.changed[:TAIL]]
    return "\n".join([*lines, "", *notes, *([""] if notes else []), _verdict(drill), ""])


def rehearsal_json(drill: Rehearsal) -> str:
    """Return a rehearsal for a program; times are in seconds."""
    steps = [
        {
            "name": step.name,
            "outcome": step.outcome,
            "said": clean(step.said),
            "seconds": round(step.seconds, 2),
            "advice": clean(step.advice),
            "commands": [_plain(ran) for ran in step.commands],
        }
        for step in drill.steps
    ]
    data = {
        "name": clean(drill.name),
        "place": clean(drill.place),
        "passed": drill.passed,
        "stopped": drill.stopped,
    }
    said = {
        "notes": [clean(note) for note in drill.notes],
        "changed": [clean(path) for path in drill.changed],
    }
    return json.dumps({**data, "steps": steps, **said}, indent=2) + "\n"


def _plain(ran: Ran) -> dict[str, Any]:
    return {
        "text": clean(ran.unit.text, keep="\n"),
        **_placed(ran.unit.location),
        "not_run": clean(ran.unit.skip),
        "reached": ran.reached,
        "exit_code": ran.status,
        "seconds": ran.seconds,
        "output": tail(ran.output) if ran.status != 0 else [],
    }


def verdict(name: str, outcome: Outcome, reason: str = "") -> dict[str, Any]:
    """Return a verdict of pytest's face for a step of which there is nothing more to say."""
    said = plain.stale(name, ()) | {"responsibility": "onboarding", "outcome": outcome.value}
    return said | {"reason": clean(reason)}


def as_verdict(name: str, step: Rehearsed, changed: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a step in the form of a verdict: what failed is a finding, with the end of its output."""
    if step.outcome == "not-run":
        return verdict(name, Outcome.NOT_APPLICABLE, step.said)
    found = list(_found(name, step))
    found += [
        _stale(name, f"changed: {path}", f"{clean(path)} changed while the drill ran", None, "")
        for path in changed
    ]
    said = plain.stale(name, found) | {"responsibility": "onboarding"}
    failing = step.failing
    if failing and said["findings"]:
        lines = [{"path": "", "line": 0, "note": line} for line in tail(failing.output)]
        said["findings"][0]["evidence"] = lines
    return said


def _found(name: str, step: Rehearsed) -> Iterator[Stale]:
    if step.failing:
        text = clean(" ".join(step.failing.unit.text.split()), limit=100)
        said = f"`{text}`: {_became(step.failing)}"
        yield _stale(name, text, said, step.failing.unit.location, step.advice)
    elif step.outcome == "not-told":
        yield _stale(name, "not told", clean(step.said), None, step.advice)


def _stale(name: str, key: str, message: str, place: Location | None, fix: str) -> Stale:
    return Stale(name, key, message, place, clean(fix), Outcome.FAIL)


def _verdict(drill: Rehearsal) -> str:
    if drill.stopped:
        return f"A new person is stopped {_times(drill.stopped)}."
    if drill.changed:
        return "The checkout changed while the drill ran."
    if not drill.passed:
        return "Nothing could be run, so nothing is proved."
    left = [step.name for step in drill.steps if step.outcome == "not-run"]
    return f"Not run: {', '.join(left)}; the rest is true." if left else "The documents are true."


def _placed(place: Location | None) -> dict[str, Any]:
    return {"path": clean(place.path) if place else "", "line": place.line if place else 0}


def _at(place: Location | None) -> str:
    return clean(str(place)) if place else "-"


def _named(documents: tuple[str, ...]) -> str:
    names = [clean(path) for path in documents]
    if len(names) <= 1:
        return "".join(names) or "no document"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _reading(day: Journey) -> str:
    return f"The documents take about {day.minutes} minute{'' if day.minutes == 1 else 's'} to read."


def _cell(text: str) -> str:
    """Return text for a cell of a table: nothing of it is markup, and nobody is mentioned."""
    shown = clean(text, limit=300)
    for mark in "\\`*_[]<>|#@!":
        shown = shown.replace(mark, f"&#{ord(mark)};")
    return shown


JOURNEY: Mapping[str, Callable[[Journey], str]] = MappingProxyType(
    {"text": journey_text, "json": journey_json, "markdown": journey_markdown}
)
REHEARSAL: Mapping[str, Callable[[Rehearsal], str]] = MappingProxyType(
    {"text": rehearsal_text, "json": rehearsal_json, "markdown": rehearsal_markdown}
)
