"""Locks: a key that a layer locks may be tightened by others, never loosened; neither above it nor beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pytest_productops.catalogue import Catalogue
from pytest_productops.facts.waivers.model import day
from pytest_productops.model import LEVELS
from pytest_productops.policy import profiles
from pytest_productops.policy.layers import LISTS, OF_A_RULE, TABLES, Layer, Setting
from pytest_productops.policy.problems import Problem
from pytest_productops.policy.stack import Stack, under
from pytest_productops.policy.strictness import as_demanding

RULE_SET = frozenset({*LISTS, "profile"})
"""A lock on one of these says that no rule may be left out that was selected up to there."""
_HINT = "a waiver is the only way out of a lock"
_FEW = 5


def problems(stack: Stack) -> Iterator[Problem]:
    """Yield each setting that loosens what another layer locked, with both places."""
    for index, layer in enumerate(stack.given):
        if layer.locked:
            below = [each for each in stack.given[:index] if each.name in layer.rests_on]
            own = Stack([*below, layer], stack.catalogue)
            beside = [each for each in stack.given[:index] if each.name not in layer.rests_on]
            above = stack.given[index + 1 :]
            yield from _loosened(layer, own, [*above, *(_deciding(each, stack) for each in beside)])
            yield from _left_out(layer, own, [*above, *beside], stack.selected)


def _deciding(layer: Layer, stack: Stack) -> Layer:
    """Return a layer with those of its settings alone that decide."""
    return replace(layer, settings={k: s for k, s in layer.settings.items() if stack.resolved[k] is s})


def tight_enough(key: str, value: Any, than: Any, catalogue: Catalogue) -> bool:
    """Whether a value of a key is at least as demanding as another."""
    head, _, rest = key.partition(".")
    if head in LISTS:  # what they leave out is told once, for all of them
        return True
    if head == "profile":
        return profiles.held(value) >= profiles.held(than)
    if head == "rules":
        return _of_a_rule(rest, value, than, catalogue)
    return _of_the_top(head, value, than)


def lockable(key: str, catalogue: Catalogue, names: Iterable[str]) -> bool:
    """Whether a normal key can be locked: one of `names`, a rule's table, one of its keys, or an artifact."""
    head, _, rest = key.partition(".")
    if not rest:
        return head in {*names, *TABLES}
    label, _, name = rest.partition(".")
    rule = catalogue.get(label) if head == "rules" else None
    if rule:
        return not name or name in {*rule.options, *OF_A_RULE}
    return head == "artifacts"


def _loosened(layer: Layer, own: Stack, others: Iterable[Layer]) -> Iterator[Problem]:
    """Yield the settings that are less demanding than what the locking layer, and what it rests on, say."""
    for other in others:
        for key, setting in other.settings.items():
            lock = next((each for name, each in layer.locked.items() if _guards(name, key)), None)
            held = own.value(key)
            if lock and not tight_enough(key, setting.value, held, own.catalogue):
                was = "unset" if held is None else _shown(held)
                message = f"{key} = {_shown(setting.value)} loosens {was}, locked by {lock.place}"
                yield Problem(setting.source, setting.line, message, _HINT)


def _guards(lock: str, key: str) -> bool:
    """Whether a lock holds a key: the same or below it; one on an option of a rule holds when the rule is enforced."""
    rule = ".".join(lock.split(".")[:2])
    return under(key, lock) or (lock.startswith("rules.") and key == f"{rule}.enforce-from")


def _left_out(
    layer: Layer, own: Stack, others: Iterable[Layer], selected: frozenset[str]
) -> Iterator[Problem]:
    """Yield the settings that leave out rules which a lock keeps in."""
    keeping = {code: lock for code in own.selected - selected if (lock := _keeps(code, layer))}
    for other in others:
        for setting in other.settings.values():
            gone = sorted(_dropped(setting, own) & set(keeping))
            if gone:
                message = f"{setting.key} leaves out {_few(gone)}, locked by {keeping[gone[0]].place}"
                yield Problem(setting.source, setting.line, message, _HINT)


def _keeps(code: str, layer: Layer) -> Setting | None:
    """Return the lock that keeps a rule in: one on the rule set, on all rules, or on anything of this rule."""
    names = {*RULE_SET, "rules"}
    return next(
        (lock for name, lock in layer.locked.items() if name in names or under(name, f"rules.{code}")), None
    )


def _dropped(setting: Setting, stack: Stack) -> set[str]:
    """Return the codes that a setting by itself takes out of the selection."""
    everything = {rule.code for rule in stack.catalogue}
    if setting.key.startswith("ignore."):
        return stack.codes([setting.key.removeprefix("ignore.")])
    if setting.key == "select":
        return everything - stack.codes(setting.value)
    if setting.key == "profile":
        return everything - profiles.rules_of(setting.value, stack.catalogue)
    return set()


def _of_a_rule(key: str, value: Any, than: Any, catalogue: Catalogue) -> bool:
    label, _, name = key.partition(".")
    if name == "enforce-from":
        held, asked = day(than), day(value)
        return held is not None and asked is not None and asked <= held
    if name == "waivable":
        return value is False or than in (True, None)
    rule = catalogue.get(label)
    return rule is None or as_demanding(rule.options[name], value, than)


def _of_the_top(key: str, value: Any, than: Any) -> bool:
    if key == "level":
        return LEVELS.index(value) >= LEVELS.index(than)
    if key == "max-waiver-days":
        return bool(value <= than)
    strictest = {"unknown": "fail", "baseline": "off"}.get(key)
    return str(value) in {str(than), strictest}


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _few(codes: list[str]) -> str:
    return ", ".join(codes[:_FEW]) + (f" and {len(codes) - _FEW} more" if len(codes) > _FEW else "")
