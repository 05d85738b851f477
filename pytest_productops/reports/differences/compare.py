"""What became of each finding and of each rule from one report to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest

from pytest_productops.reports.differences import settled, why
from pytest_productops.reports.differences.given import Given, policies
from pytest_productops.reports.differences.model import Block, Change, Difference, Kind
from pytest_productops.reports.differences.reading import Place, Side
from pytest_productops.reports.plain import Plain

_JUDGED = frozenset({"pass", "fail", "advisory", "waived", "baselined"})
"""How a rule ends whose findings can be compared."""
_UNSELECTED = "not selected"
_NOWHERE = "no such component"
_STALE = {
    "waivers": "waivers without use",
    "baseline": "entries of the baseline without use",
    "policy": "edits of what the change is judged by",
}


def compared(old: Side, new: Side) -> Difference:
    """Return what changed from an old report to a new one."""
    given = Given(old, new)
    blocks = [*_subjects(given), *_stale(given)]
    return Difference(
        name=_named(old.repository["name"], new.repository["name"]),
        given=tuple(given.all()),
        head=tuple(_head(old, new)),
        remarks=tuple(_remarks(old, new)),
        blocks=tuple(block for block in blocks if block.changes),
    )


def _named(was: str, now: str) -> str:
    return now if was == now else f"{was} -> {now}"


def _head(old: Side, new: Side) -> Iterator[str]:
    was, now = old.summary["verdict"], new.summary["verdict"]
    if was != now:
        yield f"verdict {was} -> {now}"
    levels = [side.summary["level"] for side in (old, new)]
    if all(levels) and levels[0]["reached"] != levels[1]["reached"]:
        yield f"level reached {' -> '.join(level['reached'] or 'none' for level in levels)}"
    yield from (f"policy {said}" for said in policies(old, new))


def _remarks(old: Side, new: Side) -> Iterator[str]:
    for word, side in (("old", old), ("new", new)):
        if side.partial:
            yield f"the {word} report holds a part of the rules; what the other holds beside it is not compared"


def _subjects(given: Given) -> Iterator[Block]:
    for place in sorted({*given.old.results, *given.new.results}):
        was, now = given.old.results.get(place), given.new.results.get(place)
        if not _missing(given.old, place, was) and not _missing(given.new, place, now):
            ends = [_end(given.old, place, was), _end(given.new, place, now)]
            changes = tuple(_changes(given, place, was, now, ends))
            rule = given.new.rules.get(place[0]) or given.old.rules[place[0]]
            ended = " -> ".join(dict.fromkeys(ends))
            subject = (now or was or {})["subject"]
            yield Block(f"{subject} {rule['name']}", ended, changes)


def _missing(side: Side, place: Place, result: Plain | None) -> bool:
    """Whether a part of the rules was asked, and not this one."""
    return result is None and side.partial and place[0] in side.rules


def _end(side: Side, place: Place, result: Plain | None) -> str:
    if result:
        return str(result["outcome"])
    return _NOWHERE if place[0] in side.rules else _UNSELECTED


def _changes(
    given: Given, place: Place, was: Plain | None, now: Plain | None, ends: list[str]
) -> Iterator[Change]:
    """Yield what changed of one subject: of its findings, or of the rule as a whole."""
    code = place[0]
    if was and now and _JUDGED.issuperset(ends):
        yield from _findings(given, code, was, now)
    elif ends[0] != ends[1]:
        because = (
            why.of_selection(given, code) if _UNSELECTED in ends else why.of_verdict(given, code, was, now)
        )
        found = now["findings"] if now else []
        yield from (Change(_kind("", each), "new", each["message"], because, _place(each)) for each in found)
        if not found:
            yield Change(_kind_of_rule(*ends), _label(ends[1]), now["reason"] if now else "", because)


def _label(now: str) -> str:
    return f"{now} any more" if now in {_UNSELECTED, _NOWHERE} else f"now {now}"


def _kind_of_rule(was: str, now: str) -> Kind:
    """A rule that cannot judge any more is worse, unless it failed; one that passes is better where it could not."""
    if now == "error" or (now == "unknown" and was in {"pass", "not-applicable", "waived", "baselined"}):
        return "worse"
    return "better" if now == "pass" and was in {"unknown", "error"} else "other"


def _findings(given: Given, code: str, was: Plain, now: Plain) -> Iterator[Change]:
    before, after = _by_fingerprint(was), _by_fingerprint(now)
    for name in dict.fromkeys([*after, *before]):
        for old, new in zip_longest(before.get(name, ()), after.get(name, ())):
            change = _finding(given, code, (was, now), old, new)
            if change:
                yield change


def _by_fingerprint(result: Plain) -> dict[str, list[Plain]]:
    found = defaultdict(list)
    for finding in result["findings"]:
        found[finding["fingerprint"]].append(finding)
    return dict(found)


def _finding(
    given: Given, code: str, results: tuple[Plain, Plain], old: Plain | None, new: Plain | None
) -> Change | None:
    shown = new or old or {}
    if old is None or new is None:
        kind, label = (_kind("", shown), "new") if new else ("better", "gone")
        because = why.of_verdict(given, code, *results)
    elif old["outcome"] != new["outcome"]:
        kind, label = _kind(old["outcome"], new), f"{old['outcome']} -> {new['outcome']}"
        because = settled.of_outcome(given, results, old, new)
    elif _until(old) != _until(new) and new["outcome"] == "waived":
        kind, label = "other", "waived"
        because = settled.of_renewal(given, old, new)
    else:
        return None
    return Change(kind, label, shown["message"], because, _place(shown))


def _until(finding: Plain) -> str:
    return str((finding["accepted"] or {}).get("until", ""))


def _kind(was: str, finding: Plain) -> Kind:
    """A failure is worse, and so is new advice; what is accepted is neither better nor worse."""
    now = finding["outcome"]
    return "worse" if now == "fail" or (now == "advisory" and not was) else "other"


def _place(finding: Plain) -> str:
    at = finding["location"]
    return "" if not at else f"{at['path']}:{at['line']}" if at["line"] else str(at["path"])


def _stale(given: Given) -> Iterator[Block]:
    """Yield what covers nothing any more, where both reports asked."""
    old, new = given.old, given.new
    if old.partial or new.partial:
        return
    for of, title in _STALE.items():
        came = [each for place, each in new.stale.items() if place[0] == of and place not in old.stale]
        went = [each for place, each in old.stale.items() if place[0] == of and place not in new.stale]
        because = why.of_stale(given)
        changes = [
            Change(
                "worse" if each["outcome"] == "fail" else "other",
                "new",
                each["message"],
                because,
                _place(each),
            )
            for each in came
        ]
        changes += [Change("better", "gone", each["message"], because, _place(each)) for each in went]
        yield Block(title, "", tuple(changes))
