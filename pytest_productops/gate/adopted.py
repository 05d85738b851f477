"""Which entry of the baseline knows which finding: by its key, also where a file or a component was renamed since."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from pytest_productops.facts.components import Components
from pytest_productops.facts.moves import Moves
from pytest_productops.policy.baseline import Baseline
from pytest_productops.repository import Repository


def matched(entries: Iterable[str], keys: Iterable[str], repository: Repository) -> dict[str, str]:
    """Return entry -> key of the finding that it knows: the same, or the same of a renamed file."""
    entries, keys = set(entries), set(keys)
    found = {entry: entry for entry in entries & keys}
    fresh = keys - entries
    for entry in sorted(entries - keys) if fresh else ():
        moved = next((key for key in repository[Moves].rewritten(entry) if key in fresh), None)
        if moved:
            found[entry] = moved
            fresh.discard(moved)
    return found


def home(subject: str, repository: Repository) -> str:
    """Return a subject of the baseline as it is called today: `packages/api::OPS005` after a move of the component."""
    component, _, code = subject.rpartition("::")
    if not component or component in {each.folder for each in repository[Components].all}:
        return subject
    return f"{repository[Moves].now(component) or component}::{code}"


def known(subject: str, baseline: Baseline, repository: Repository) -> Mapping[str, datetime.date]:
    """Return the entries of a subject of today, with the day since when each is known."""
    ending = f"::{subject.rpartition('::')[2]}"
    of_components = (name for name in baseline.entries if name.endswith(ending) and name != subject)
    names = [subject, *(name for name in of_components if home(name, repository) == subject)]
    return {key: day for name in names for key, day in baseline.entries.get(name, {}).items()}
