"""Regular expressions from settings, run in time that grows with the text alone, whatever they and the text say.

`(a+)+$` keeps `re` busy for ever on a commit's subject of thirty letters. Here all ways through an expression are
followed at once, and where they have led before is remembered, so that each character costs a look-up.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pytest_productops.facts.expressions.program import Step, Unfit, compiled

__all__ = ["Expression", "Unfit", "expression"]
_MOST_KNOWN = 20_000
"""Most look-ups that are remembered."""
_CASELESS = "(?i)"
_WORD = re.compile(r"\w")


class _Place(NamedTuple):
    """All that an assertion can ask of a place: what `re` sees there in a text of two letters or less."""

    text: str
    at: int


class _Way(NamedTuple):
    """A way through an expression: the state that it has come to, and where the group began and ended on it."""

    state: int
    held: tuple[int, int]


class Expression:
    """An expression; raises `Unfit` where it is none, or cannot be run so. `flags` are those of `re`."""

    def __init__(self, text: str, flags: int = 0) -> None:
        if text.startswith(_CASELESS):
            text, flags = text.removeprefix(_CASELESS), flags | re.IGNORECASE
        self._steps, self.groups = compiled(text, flags)
        self._tests = {step.text: re.compile(step.text, flags) for step in self._steps if step.text}
        self._known: dict[tuple[frozenset[int], str, _Place, bool], tuple[frozenset[int], bool]] = {}
        self._fits = cache(lambda test, letter: bool(self._tests[test].fullmatch(letter)))
        self._holds = cache(lambda test, place: bool(self._tests[test].match(place.text, place.at)))

    def search(self, text: str) -> bool:
        """Whether it matches anywhere in a text."""
        return self._run(text, anywhere=True)

    def match(self, text: str) -> bool:
        """Whether it matches at the start of a text."""
        return self._run(text, anywhere=False)

    def _run(self, text: str, *, anywhere: bool) -> bool:
        first = frozenset({0})
        states, done = self._closed(first, _place(text, 0))
        for at, letter in enumerate(text):
            if done or not (states or anywhere):
                break
            key = states, letter, _place(text, at + 1), anywhere
            if key not in self._known:
                if len(self._known) > _MOST_KNOWN:
                    self._known.clear()
                after = {s + 1 for s in states if self._takes(self._steps[s], letter)}
                self._known[key] = self._closed(frozenset(after) | (first if anywhere else set()), key[2])
            states, done = self._known[key]
        return done

    def _takes(self, step: Step, letter: str) -> bool:
        return step.kind == "one" and self._fits(step.text, letter)

    def _closed(self, states: frozenset[int], place: _Place) -> tuple[frozenset[int], bool]:
        """Return the states that wait for a character, and whether the end is reached."""
        seen: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state not in seen:
                seen.add(state)
                waiting += self._onward(state, place)
        ends = {s for s in seen if self._steps[s].kind == "done"}
        return frozenset(s for s in seen if self._steps[s].kind == "one"), bool(ends)

    def _onward(self, state: int, place: _Place) -> tuple[int, ...]:
        """Return where a step leads that takes no character, the preferred way first."""
        step = self._steps[state]
        if step.kind == "split":
            return step.a, step.b
        if step.kind == "save" or (step.kind == "at" and self._holds(step.text, place)):
            return (state + 1,)
        return ()

    def found(self, text: str, group: int = 1) -> str | None:
        """Return what a group (0: all) holds in the first match that `re` would find; None where it holds nothing.

        Of a group that is repeated and may be empty it is the last text that is not.
        """
        threads: list[_Way] = []
        best: tuple[int, int] | None = None
        for at in range(len(text) + 1):
            starts = [_Way(0, (-1, -1))] if best is None else []
            threads, ended = self._followed([*threads, *starts], text, at, group)
            best = ended if ended is not None else best
            if at < len(text):
                threads = [_Way(s + 1, held) for s, held in threads if self._takes(self._steps[s], text[at])]
        return text[best[0] : best[1]] if best is not None and best[1] >= 0 else None

    def _followed(
        self, threads: list[_Way], text: str, at: int, group: int
    ) -> tuple[list[_Way], tuple[int, int] | None]:
        """Return the ways that wait for a character, best first, and what the best one holds that has ended."""
        place, seen, kept = _place(text, at), set[int](), list[_Way]()
        waiting = threads[::-1]
        while waiting:
            state, held = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            step = self._steps[state]
            if step.kind == "done":
                return kept, held
            if step.kind == "one":
                kept.append(_Way(state, held))
            if step.kind == "save" and step.a // 2 == group:
                held = (held[0], at) if step.a % 2 else (at, -1)
            waiting += [_Way(onward, held) for onward in self._onward(state, place)[::-1]]
        return kept, None


@cache
def expression(text: str, flags: int = 0) -> Expression:
    """Return an expression, made once; raise `Unfit` as it does."""
    return Expression(text, flags)


def _place(text: str, at: int) -> _Place:
    """Return a short text in which assertions hold as they do here: its neighbours, or the edge."""
    before = "" if at == 0 else "a" if _WORD.match(text, at - 1) else "\n" if text[at - 1] == "\n" else "."
    rest = len(text) - at
    last = rest == 1 and text[at] == "\n"
    after = "" if not rest else "\n" if last else "a" if _WORD.match(text, at) else "."
    return _Place(before + after + ("" if not rest or last else "."), len(before))
