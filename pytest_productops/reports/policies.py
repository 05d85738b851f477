"""Shared policies in words: what is extended, and what another version would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.gate.comparing import Change
from pytest_productops.model import Outcome, Verdict
from pytest_productops.policy.explaining import written
from pytest_productops.policy.settings import Settings


def shown(settings: Settings) -> str:
    """Return a line a policy, and what it locks below it."""
    lines = []
    for used, layer in zip(settings.policy.extends, settings.stack.given, strict=False):
        lines.append(f"{used.name} {used.version}".strip() + f"  {used.digest}")
        lines += [f"  locks {lock.key}, {lock.place}" for lock in layer.locked.values()]
    return "\n".join(lines or ["the settings extend no policy"]) + "\n"


def changed(change: Change, old: Settings, new: Settings) -> str:
    """Return what changes, for a person who decides on an upgrade."""
    lines = [*_versions(old, new)]
    lines += [f"{key}: {_value(was)} -> {_value(now)}" for key, was, now in change.keys]
    lines += [f"{code} is selected now" for code in change.came]
    lines += [f"{code} is not selected any more" for code in change.went]
    lines += ["", *(_verdict(was, now) for was, now in change.verdicts)] if change.verdicts else []
    if not change.keys and not change.came and not change.went:
        lines.append("nothing changes here")
    else:
        lines += ["", _end(change)]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    return "unset" if value is None else written(value)


def _versions(old: Settings, new: Settings) -> Iterator[str]:
    for was, now in zip(old.policy.extends, new.policy.extends, strict=False):
        if was != now:
            yield f"{was} -> {now}"


def _verdict(was: Verdict | None, now: Verdict | None) -> str:
    verdict = now or was
    name = f"{verdict.subject} {verdict.rule.name}" if verdict else ""
    before, after = _outcome(was), _outcome(now)
    return f"{name}: {before} -> {after}" if before != after else f"{name}: {after}, and not the same"


def _outcome(verdict: Verdict | None) -> str:
    if verdict is None:
        return "not asked"
    number = len(verdict.findings)
    return f"{verdict.outcome.value}" + (f" ({number} finding{'s' if number > 1 else ''})" if number else "")


def _end(change: Change) -> str:
    """Say how many rules would fail that do not fail now, and the other way round."""
    pairs = [(_fails(was), _fails(now)) for was, now in change.verdicts]
    worse, better = pairs.count((False, True)), pairs.count((True, False))
    return f"{worse} rule{'' if worse == 1 else 's'} more would fail, {better} fewer"


def _fails(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.outcome is Outcome.FAIL
