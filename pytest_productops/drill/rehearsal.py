"""The rehearsal: the documented commands run in a fresh clone, and what became of each."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pytest_productops.drill.advice import advice, missing_program
from pytest_productops.drill.model import RUNNABLE, Outcome, Plan, Ran, Rehearsal, Rehearsed, Unit
from pytest_productops.drill.needs import told_to_have
from pytest_productops.drill.planning import REPLACED
from pytest_productops.drill.refusals import runnable
from pytest_productops.drill.running import Ending, Transcript, run
from pytest_productops.drill.sandbox import Container, Folder, Sandbox
from pytest_productops.drill.surroundings import alone, environment, fits, python, scratch
from pytest_productops.facts.documents import Documents
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Repository, Unavailable

_NAME = re.compile(r"[^\w.-]+")
_MOST = 5
"""Most files that are named in a remark."""


@dataclass(frozen=True)
class Conditions:
    """How a rehearsal is run: its steps, the seconds for each, and where.

    `engine` is the program of a container engine, "" for a scratch folder. `passed` are variables of this environment
    that the commands may see.
    """

    steps: tuple[str, ...] = RUNNABLE
    limit: float = 600.0
    engine: str = ""
    image: str = ""
    passed: tuple[str, ...] = ()
    keep: bool = False


def rehearse(repository: Repository, plan: Plan, conditions: Conditions) -> Rehearsal:
    """Run what is planned, in a fresh clone of what is committed; the checkout stays as it is.

    Raises `Unavailable` where there is nothing to clone.
    """
    before = _looks(repository.root)
    with scratch(keep=conditions.keep) as folder:
        name = _NAME.sub("-", plan.name) or "clone"
        repository[Git].clone(folder / name, plan.url)
        place = _place(folder, repository.root, plan, conditions)
        units = [unit for step in conditions.steps for unit in plan.of(step) if unit.skip in {"", REPLACED}]
        runs = [unit for unit in units if not unit.skip]
        ending = _run(units, place, folder, name, conditions) if runs else Ending(0, {}, confined=True)
        steps = tuple(
            _fair(s, repository) for s in _judged(plan, conditions.steps, runs, ending, str(folder))
        )
        notes = (*_unfit(place, plan), *_notes(ending, place, folder, keep=conditions.keep))
    return Rehearsal(plan.name, place.said, steps, notes, _changed(before, _looks(repository.root)))


def _place(folder: Path, root: Path, plan: Plan, conditions: Conditions) -> Sandbox:
    if conditions.engine:
        return Container(conditions.engine, conditions.image or plan.image, folder, conditions.passed)
    variables = environment(folder, root, conditions.passed, os.environ)
    version = python(folder, variables, plan.python) if plan.python is not None else ""
    if version:
        own, _, rest = variables["PATH"].partition(os.pathsep)
        variables["PATH"] = os.pathsep.join([own, alone(rest)])
    hidden = "" if folder.is_relative_to(root) else str(root)
    return Folder(folder, variables, hidden, f"Python {version}" if version else "")


def _run(units: Sequence[Unit], place: Sandbox, folder: Path, name: str, conditions: Conditions) -> Ending:
    """Run units in order; those that the fresh clone stands for lead to it where the documents went elsewhere."""
    transcript, runs = Transcript(), [unit for unit in units if not unit.skip]
    clone = f"{place.inside}/{name}"
    lines = ["exec 2>&1", "set -e"]
    for unit in units:
        if unit.skip == REPLACED:
            lines.append(_leading(unit.text, clone))
            continue
        number = next(n for n, each in enumerate(runs) if each is unit)
        text = f"{runnable(unit.text)}\n"
        (folder / "script" / f"{number}.sh").write_text(text, encoding="utf-8", errors="replace")
        lines += [transcript.mark(number), f'. "{place.inside}/script/{number}.sh"']
    (folder / "script" / "all.sh").write_text("\n".join([*lines, ""]), encoding="utf-8")
    try:
        orders = place.orders("script/all.sh", name)
        ending = run(orders, transcript, [unit.step for unit in runs], conditions.limit)
    finally:
        place.end()
    if ending.error:
        raise Unavailable(f"the drill could not be started: {ending.error}")
    if not ending.heard and ending.status:
        raise Unavailable(f"nothing could be run in {place.said}: status {ending.status}")
    return ending


def _leading(text: str, clone: str) -> str:
    """Return what stands for `git clone` and `cd NAME`: nothing in the clone, a link to it in another folder."""
    words = text.replace("&&", " ").split()
    if words[0] == "cd":
        then = f'cd "{clone}"'
    else:
        name = Path(words[-1].rstrip("/")).name.removesuffix(".git")
        then = f'ln -sfn "{clone}" "{_NAME.sub("-", name)}"'
    return f'[ "$PWD" = "{clone}" ] || {then}'


def _judged(
    plan: Plan, steps: Sequence[str], units: Sequence[Unit], ending: Ending, folder: str
) -> Iterator[Rehearsed]:
    """Yield each step; after one that failed nothing was run."""
    numbers = {id(unit): number for number, unit in enumerate(units)}
    last = max(ending.heard, default=-1)
    stopped = ""
    for step in steps:
        ran = tuple(_ran(unit, numbers.get(id(unit)), last, ending, folder) for unit in plan.of(step))
        failing = next((each for each in ran if each.reached and each.status != 0), None)
        if step in plan.untold:
            yield Rehearsed(step, "not-told", plan.untold[step], ran, _tell(step))
        elif step in plan.away:
            yield Rehearsed(step, "not-run", f"it is told at {plan.away[step]}, which nobody here reads", ran)
        elif failing:
            outcome: Outcome = "timeout" if failing.status is None else "failed"
            yield Rehearsed(step, outcome, "", ran, advice(failing))
            stopped = step
        elif not any(each.reached for each in ran):
            why = f"{stopped} failed" if stopped else "none of its commands can be run by a machine"
            yield Rehearsed(step, "not-run", why, ran)
        else:
            yield Rehearsed(step, "passed", "", ran)


def _fair(step: Rehearsed, repository: Repository) -> Rehearsed:
    """Return a step that failed as one that was not run, where its document tells to have what is not here."""
    program = missing_program(step.failing.output) if step.failing else ""
    document = (
        repository[Documents].get(step.failing.unit.location.path) if step.failing and program else None
    )
    told = told_to_have(document, program) if document else None
    if told is None:
        return step
    said = f"{told} tells to have {program}, which is not here: install it, or take an image that has it"
    return replace(step, outcome="not-run", said=said, advice="")


def _tell(step: str) -> str:
    what = {"setup": "prepare a checkout", "test": "run the tests"}[step]
    return f"the guide for contributors should tell the commands that {what}"


def _ran(unit: Unit, number: int | None, last: int, ending: Ending, folder: str) -> Ran:
    heard = ending.heard.get(number) if number is not None else None
    if heard is None or number is None:
        return Ran(unit)
    status = ending.status if number == last else 0
    return Ran(unit, True, status, round(heard.ended - heard.began, 2), _told(heard.text, folder))


def _told(output: str, folder: str) -> str:
    """Return an output without the names of our own files."""
    output = re.sub(rf"(?:{re.escape(folder)}|/drill)/script/\d+\.sh: (?:line )?\d+: ", "", output)
    return output.replace(folder, "…").strip("\n")


def _unfit(place: Sandbox, plan: Plan) -> Iterator[str]:
    """Say so where this machine has no Python as the manifest demands it: that is no fault of the documents."""
    version = place.tools.removeprefix("Python ") if isinstance(place, Folder) else ""
    if plan.python and version and not fits(version, plan.python):
        yield f"no Python {plan.python} is on this machine, so {version} was taken: use a container for a fair drill"


def _notes(ending: Ending, place: Sandbox, folder: Path, *, keep: bool) -> Iterator[str]:
    if ending.left and ending.status is not None:
        names = sorted(set(ending.left))
        more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
        yield f"{len(ending.left)} processes were left running and ended: {', '.join(names[:_MOST])}{more}"
    if isinstance(place, Folder) and not ending.confined:
        yield "the kernel lets nothing be confined (no Landlock): that the checkout is as before was only compared"
    if keep:
        yield f"kept: {folder}"


def _looks(root: Path) -> Mapping[str, tuple[int, int, int]]:
    """Return what can be seen of each file of a tree without reading it: mode, size, time of its last change."""
    found: dict[str, tuple[int, int, int]] = {}
    for folder, _, names in os.walk(root):
        for path in (folder, *(os.path.join(folder, name) for name in names)):  # noqa: PTH118 - many files
            with contextlib.suppress(OSError):
                seen = os.lstat(path)
                found[path] = seen.st_mode, seen.st_size, seen.st_mtime_ns
    return found


def _changed(
    before: Mapping[str, tuple[int, int, int]], after: Mapping[str, tuple[int, int, int]]
) -> tuple[str, ...]:
    return tuple(sorted(path for path in {*before, *after} if before.get(path) != after.get(path)))
