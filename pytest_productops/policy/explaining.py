"""Which layer decided what, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pytest_productops.model import Rule
from pytest_productops.policy.layers import DEFAULTS, LISTS, Setting, normal
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.selection import matches
from pytest_productops.policy.settings import Settings
from pytest_productops.suggest import did_you_mean


def where(key: str, settings: Settings) -> str:
    """Return who says what of a key, or of a rule; raise `ConfigurationError` for a key that there is not."""
    stack, catalogue = settings.stack, settings.stack.catalogue
    rule = catalogue.get(key) or (catalogue.get(key[6:]) if key.startswith("rules.") else None)
    if rule:
        return "".join(
            [_of_rule(rule, settings), *(_of_key(each, settings) for each in _keys_of(rule, settings))]
        )
    wanted = normal(key, catalogue)
    if wanted in LISTS:
        return _of_list(wanted, settings)
    if not stack.said(wanted):
        known = {*DEFAULTS, *LISTS, *catalogue.labels, *_known(settings)}
        raise ConfigurationError(
            [Problem("where", 0, f"nothing is said of `{key}`", did_you_mean(wanted, known))]
        )
    return _of_key(wanted, settings)


def resolved(settings: Settings) -> str:
    """Return every key in force, one a line, with the place that decided it."""
    lines = [f"selected = {written(sorted(settings.stack.selected))}"]
    for key in sorted({*DEFAULTS, *_known(settings)}):
        said = settings.stack.resolved[key]
        lines.append(f"{key} = {written(said.value)}  # {said.place}")
    return "\n".join(lines) + "\n"


def written(value: Any) -> str:
    """Return a value as TOML writes it."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False, default=str)


def _known(settings: Settings) -> set[str]:
    """Return the keys that somebody says something of, those of rules that are not selected left out."""
    keys = settings.stack.resolved
    rules = {f"rules.{code}" for code in settings.stack.selected}
    return {k for k in keys if k.partition(".")[0] == "artifacts" or k.rpartition(".")[0] in rules}


def _keys_of(rule: Rule, settings: Settings) -> list[str]:
    return [f"rules.{rule.code}.{name}" for name in settings.stack.below(f"rules.{rule.code}")]


def _of_key(key: str, settings: Settings) -> str:
    said = settings.stack.said(key)
    lines = [f"{key} = {written(said[-1].value)}"]
    words = ("decided", *("below" for _ in said[1:]))
    lines += [
        f"  {word:<8} {s.place}: {written(s.value)}" for word, s in zip(words, reversed(said), strict=True)
    ]
    lines += [f"  locked   {lock.place}" for lock in settings.stack.locks(key)]
    return "\n".join(lines) + "\n"


def _of_list(name: str, settings: Settings) -> str:
    said = [
        setting
        for layer in settings.stack.given
        for setting in layer.settings.values()
        if setting.key.partition(".")[0] == name
    ]
    lines = [f"  {each.place}: {_word(each)}" for each in said] or ["  nobody says anything"]
    return "\n".join([name, *lines]) + "\n"


def _word(setting: Setting) -> str:
    if setting.key.startswith("ignore."):
        reason = f" ({setting.value})" if setting.value else ""
        return setting.key.removeprefix("ignore.") + reason
    return ", ".join(setting.value)


def _of_rule(rule: Rule, settings: Settings) -> str:
    chosen = rule.code in settings.stack.selected
    lines = [f"{rule.code} {rule.name} is {'' if chosen else 'not '}selected"]
    return "\n".join([*lines, *(f"  {step}" for step in steps(rule, settings))]) + "\n"


def steps(rule: Rule, settings: Settings) -> Iterator[str]:
    """Yield what takes a rule in and what leaves it out."""
    stack = settings.stack
    base = stack.said("select")[-1:]
    if base:
        yield f"{_whether(rule, base[0].value, settings)} `select`, {base[0].place}"
    else:
        place = stack.said("profile")[-1]
        inside = rule.code in stack.of_profiles
        yield f"{'in' if inside else 'not in'} profile {' + '.join(stack.profiles)}, {place.place}"
    for layer in stack.given:
        for setting in layer.settings.values():
            name = setting.key.partition(".")[0]
            words = [setting.key.removeprefix("ignore.")] if name == "ignore" else setting.value
            if name in {"extend-select", "ignore"} and _named(rule, words, settings):
                yield f"named by `{name}`, {setting.place}"


def _named(rule: Rule, words: Iterable[str], settings: Settings) -> bool:
    return any(rule.code in matches(word, settings.stack.catalogue) for word in words)


def _whether(rule: Rule, words: Iterable[str], settings: Settings) -> str:
    return "named by" if _named(rule, words, settings) else "not named by"
