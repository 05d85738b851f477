"""The baseline that a repository begins with: what fails once the other files of the set-up are there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pytest_productops.cli.baseline import begun, left
from pytest_productops.cli.init.step import Step, changes
from pytest_productops.cli.progress import shown
from pytest_productops.facts.files import Files
from pytest_productops.gate import Gate
from pytest_productops.gate.adoption import Revised, revised
from pytest_productops.policy import baseline
from pytest_productops.policy.settings import Settings
from pytest_productops.repository import Repository

NAME = "baseline"


def step(root: Path, settings: Settings, steps: Iterable[Step]) -> tuple[Step, str]:
    """Return the file, and the code of a rule that fails today (nothing where none does)."""
    path = settings.baseline.path
    if path == baseline.OFF:
        return Step(NAME, "off, as the settings say"), ""
    if settings.baseline.exists:
        return Step(NAME, f"{path} is there already; `productops baseline` takes out what is mended"), ""
    if settings.in_ci:
        return Step(NAME, "none: a person begins it with `productops baseline`, CI does not"), ""
    return _judged(root, settings, steps)


def _judged(root: Path, settings: Settings, steps: Iterable[Step]) -> tuple[Step, str]:
    files = Repository(root)[Files].with_texts({path: new for path, (_, new) in changes(steps).items()})
    gate = Gate(root, settings, [files], apart=True)
    with shown(gate) as watch:
        verdicts = gate.verdicts(watch(settings.rules))
    done = revised(settings, verdicts, (), gate.repository, add=True)
    path = settings.baseline.path
    said = "".join([begun(done, path), *(f"\n{line}".rstrip() for line in left(verdicts, settings))])
    return Step(NAME, said, path, baseline.render(done.entries).encode()), _first(done)


def _first(done: Revised) -> str:
    return next((subject.rpartition("::")[2] for subject in sorted(done.entries)), "")
