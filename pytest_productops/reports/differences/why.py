"""Why something changed, as far as two reports can tell: whatever could have done it is named, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.policy.document import OWN
from pytest_productops.policy.layers import LISTS, OF_A_RULE
from pytest_productops.reports.differences.given import Given, called
from pytest_productops.reports.differences.model import UNTOLD, Reason, Why
from pytest_productops.reports.differences.reading import Side
from pytest_productops.reports.plain import Plain


def of_verdict(given: Given, code: str, was: Plain | None, now: Plain | None) -> Why:
    """Say why a rule judges otherwise: a finding came or went, it cannot judge any more, a component is new.

    The day, and settings that are no option of the rule, are causes where the rule looked at them, or where all else
    is equal.
    """
    looked_at = {word for result in (was, now) if result for word in result["looked_at"]}
    reasons = [
        *_repository(given),
        *([Reason("rule")] if given.versions(code) else []),
        *given.of_keys(given.of_options(code)),
        *_own_options(given, was, now),
        *(_settings(given) if "settings" in looked_at else []),
        *([Reason("clock")] if given.clock and "day" in looked_at else []),
    ]
    return _why(given, reasons)


def of_selection(given: Given, code: str) -> Why:
    """Say why a rule is selected now and was not, or the other way round."""
    if given.stage:
        return Why((Reason("policy", given.stage),))
    was, now = given.old.packs.get(code), given.new.packs.get(code)
    if not was and not now:  # a criterion of the definition of done
        return of_verdict(given, code, None, None)
    reasons = list(given.of_keys(_ignored(given, code) or ["profile", *LISTS]))
    if not (was and now):
        said = f"is new in {called(now)}" if now else f"was in {called(was or {})} and is no more"
        reasons.insert(0, Reason("rule", f"{code} {said}"))
    elif given.versions(code):
        reasons.insert(0, Reason("rule"))
    return _why(given, reasons)


def of_stale(given: Given) -> Why:
    """Say why a waiver or an entry of the baseline covers nothing any more, or is not told of any more."""
    rule = [Reason("rule")] if any(map(given.versions, given.new.rules)) else []
    clock = [Reason("clock")] if given.clock else []
    return _why(given, [*_repository(given), *rule, *_settings(given), *clock])


def _why(given: Given, reasons: list[Reason]) -> Why:
    rest = [*_settings(given), *([Reason("clock")] if given.clock else [])]
    return Why(tuple(dict.fromkeys(reasons or rest or [UNTOLD])))


def _repository(given: Given) -> list[Reason]:
    return [Reason("repository")] if given.repository else []


def _settings(given: Given) -> list[Reason]:
    """Return the settings as a whole; waivers in a file outside the repository may be others too."""
    policy = [Reason("policy")] if given.policy else []
    return [*policy, *([Reason("waiver")] if given.outside else [])]


def _own_options(given: Given, was: Plain | None, now: Plain | None) -> Iterator[Reason]:
    """Yield the options that a component's own settings change otherwise than before."""
    if was is None or now is None:
        return
    rules = [side.rules[now["rule"]]["options"] for side in (given.old, given.new)]
    before, after = rules[0] | was["options"], rules[1] | now["options"]
    for name in sorted({*was["options"], *now["options"]} - {*OF_A_RULE}):
        if before.get(name) != after.get(name):
            said = f"rules.{now['rule']}.{name} {before.get(name)} -> {after.get(name)}"
            yield Reason("policy", f"{said}, {now['component']}/{OWN}")


def _ignored(given: Given, code: str) -> list[str]:
    """Return the keys that differ and leave out a rule: they do, whatever else selects it."""
    words = {"all", code.lower(), code.rstrip("0123456789").lower(), *_names(given.old, given.new, code)}
    return [key for key in given.keys if key.lower() in {f"ignore.{word}" for word in words}]


def _names(old: Side, new: Side, code: str) -> Iterator[str]:
    for rule in (side.rules[code] for side in (old, new) if code in side.rules):
        yield rule["name"]
        yield rule["responsibility"]
