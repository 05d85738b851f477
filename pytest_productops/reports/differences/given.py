"""What differs in what was judged and by what: repository, rules, policy and day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pytest_productops.policy.document import OWN, SHARED
from pytest_productops.policy.layers import OF_A_RULE
from pytest_productops.reports.differences.model import Reason
from pytest_productops.reports.differences.reading import Side
from pytest_productops.reports.plain import Plain

MOST = 60
"""The longest value that is shown, in characters."""
_DEFAULT = "the rule's default"


class Given:
    """Two reports, and the differences in what they were made from."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.repository = tuple(_repository(old.repository, new.repository))
        strange = {f"rules.{code}" for code in old.packs.keys() ^ new.packs.keys()}
        keys = (
            key for key in sorted({*old.settings, *new.settings}) if key.rpartition(".")[0] not in strange
        )
        self.keys = tuple(key for key in keys if old.value(key) != new.value(key))
        stages = [side.config["stage"] or "none" for side in (old, new)]
        self.stage = f"stage {' -> '.join(stages)}" if stages[0] != stages[1] else ""
        self.policy = tuple(self._policy())
        sources = {side.config["source"] for side in (old, new)}
        self.outside = bool(sources - {"", OWN, SHARED})
        self.clock = f"{old.day} -> {new.day}" if old.day != new.day else ""

    def all(self) -> Iterator[Reason]:
        """Yield every difference, in the order of the causes."""
        yield from (Reason("repository", said) for said in self.repository)
        yield from (Reason("rule", said) for said in dict.fromkeys(self._rules()))
        yield from (Reason("policy", said) for said in self.policy)
        if self.clock:
            yield Reason("clock", self.clock)

    def _rules(self) -> Iterator[str]:
        yield from _version(self.old.data["tool"], self.new.data["tool"])
        packs = [{pack["name"]: pack for pack in side.data["tool"]["packs"]} for side in (self.old, self.new)]
        for name in sorted({*packs[0], *packs[1]}):
            was, now = packs[0].get(name), packs[1].get(name)
            if was and now:
                yield from _version(was, now)
                yield from _codes("new in", sorted({*now["rules"]} - {*was["rules"]}), now)
                yield from _codes("not any more in", sorted({*was["rules"]} - {*now["rules"]}), now)
            else:
                yield f"{called(now or was or {})} is {'installed' if now else 'not installed any more'}"
        yield from (self.key(key) for key in self.keys if self._by_rule(key))

    def _policy(self) -> Iterator[str]:
        yield from policies(self.old, self.new)
        sources = [side.config["source"] or "no file" for side in (self.old, self.new)]
        if sources[0] != sources[1]:
            yield f"settings in {' -> '.join(sources)}"
        yield from [self.stage] if self.stage else []
        own = [key for key in self.keys if not self._by_rule(key)]
        yield from map(self.key, own)
        in_ci = [side.config["stale_fails"] for side in (self.old, self.new)]
        if in_ci[0] != in_ci[1]:
            yield f"what is stale {'fails, as in CI' if in_ci[1] else 'fails no more, as outside CI'}"

    def key(self, key: str) -> str:
        """Return a key with both values and the place of the later."""
        was, now = self.old.settings.get(key), self.new.settings.get(key)
        place = (now or was or {})["from"]
        values = [_shown(setting, key) for setting in (was, now)]
        return f"{key} {' -> '.join(values)}, {place}"

    def versions(self, code: str) -> tuple[str, ...]:
        """Return the versions that differ of what a rule is made of."""
        was, now = self.old.packs.get(code), self.new.packs.get(code)
        engine = _version(self.old.data["tool"], self.new.data["tool"])
        return tuple(dict.fromkeys([*engine, *(_version(was, now) if was and now else ())]))

    def of_keys(self, keys: Iterable[str]) -> Iterator[Reason]:
        """Yield a reason for each of these keys that differs."""
        for key in keys:
            if key in self.keys:
                yield Reason("rule" if self._by_rule(key) else "policy", self.key(key))

    def of_options(self, code: str) -> list[str]:
        """Return the keys that differ of what a rule judges by: its options, and the places of documents."""
        start = f"rules.{code}."
        terms = {f"{start}{name}" for name in OF_A_RULE}
        return [k for k in self.keys if k not in terms and k.startswith((start, "artifacts."))]

    def _by_rule(self, key: str) -> bool:
        """Whether nobody decided a value but the pack: its default changed, or what the same profile demands."""
        sides = [side.settings.get(key, {}).get("from", _DEFAULT) for side in (self.old, self.new)]
        by_pack = sides[0].startswith("profile ") or sides[0] == _DEFAULT
        return key.startswith("rules.") and by_pack and sides[0] == sides[1]


def policies(old: Side, new: Side) -> Iterator[str]:
    """Yield each shared policy that is another, came or went."""
    was, now = ({each["name"]: each for each in side.config["policies"]} for side in (old, new))
    for name in sorted({*was, *now}):
        one, other = was.get(name), now.get(name)
        if one and other and one["version"] != other["version"]:
            yield f"{name} {one['version']} -> {other['version']}"
        elif one and other and one["digest"] != other["digest"]:
            yield f"{' '.join(filter(None, (name, one['version'])))} has another text"
        elif not (one and other):
            yield f"{name} is {'extended' if other else 'not extended any more'}"


def _repository(was: Plain, now: Plain) -> Iterator[str]:
    if was["commit"] != now["commit"]:
        yield f"commit {_commit(was)} -> {_commit(now)}"
    changed = [side for side, each in (("old", was), ("new", now)) if each["changed"]]
    if changed:
        yield f"uncommitted changes in the {' and the '.join(changed)} one"
    if was["commit"] is None and now["commit"] is None:
        yield "no commit says whether it is the same"
    if was["tags"] != now["tags"]:
        yield "other tags"
    if was["history"] != now["history"]:
        yield f"history {was['history']} -> {now['history']}"


def _commit(repository: Plain) -> str:
    return str(repository["commit"] or "none")[:7]


def _version(was: Plain, now: Plain) -> Iterator[str]:
    if was["version"] != now["version"] or called(was) != called(now):
        other = "" if was.get("distribution") == now.get("distribution") else f"{now['distribution']} "
        yield f"{was.get('distribution') or was['name']} {was['version']} -> {other}{now['version']}"


def called(pack: Plain) -> str:
    """Return what a pack of rules is called."""
    return f"{pack.get('distribution') or pack['name']} {pack['version']}"


def _codes(word: str, codes: list[str], pack: Plain) -> Iterator[str]:
    if codes:
        yield f"{word} {called(pack)}: {', '.join(codes)}"


def _shown(setting: Plain | None, key: str) -> str:
    if setting is None:
        return "unset"
    value: Any = setting["value"] or ("set" if key.startswith("ignore.") else setting["value"])
    if isinstance(value, list):
        value = " + ".join(map(str, value)) or "nothing"
    text = value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"
