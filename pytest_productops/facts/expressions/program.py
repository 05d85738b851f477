r"""A regular expression as a program of small steps, none of which looks back.

The forms are those of `re` that can be run in linear time: literals, `.`, sets, `\d \w \s`, `^ $ \b \A \Z`,
groups, `|` and repetitions, greedy or lazy. References to groups, lookarounds and the like are refused.
See https://swtch.com/~rsc/regexp/regexp2.html.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 1000
"""Longest expression that is read, in characters."""
MOST_STEPS = 600
"""Most steps of a program; `(a{50}){50}` has more."""
DEEPEST = 50
"""How deep groups may be nested."""
_TOKEN = re.compile(
    r"(?P<open>\((?:\?:|\?P<\w+>)?(?!\?))|(?P<refused>\(\?|\\[1-9])|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<at>\^|\$|\\[bBAZ])|(?P<often>(?:[*+?]|\{\d*,?\d*\})(?P<lazy>\??)(?P<keep>\+?))"
    r"|(?P<one>\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|[^\\])",
    re.DOTALL,
)
_COUNT = re.compile(r"\{(\d*)(,?)(\d*)\}")


class Unfit(ValueError):
    """An expression cannot be run; the text says why."""


class Step(NamedTuple):
    """One step.

    `one`: a character that `text` matches. `at`: a place that it matches. `split`: go on at `a`, or else at `b`.
    `save`: note the place under the number `a`. `done`: it matches.
    """

    kind: str
    text: str = ""
    a: int = 0
    b: int = 0


def compiled(text: str, flags: int = 0) -> tuple[tuple[Step, ...], int]:
    """Return the program of an expression and the number of its groups; raise `Unfit`."""
    if len(text) > LONGEST:
        raise Unfit(f"it is longer than {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text, flags)
    except (re.error, RecursionError, OverflowError) as error:
        raise Unfit(str(error)) from error
    reader = _Reader(text)
    tree = reader.choice(0)
    if reader.token is not None:
        raise Unfit("unbalanced parenthesis")
    steps = [Step("save", a=0), *_steps(tree, 1), Step("save", a=1), Step("done")]
    return tuple(steps), reader.groups


class _Node(NamedTuple):
    """A part of an expression: `seq` and `or` of `parts`, a `group`, a repetition `least` to `most` times."""

    kind: str
    parts: tuple[_Node, ...] = ()
    text: str = ""
    number: int = 0
    least: int = 0
    most: int | None = None
    lazy: bool = False


class _Reader:
    """Reads an expression that `re` has accepted."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self.groups = 0
        self.token: re.Match[str] | None = None
        self._next()

    def _next(self) -> None:
        self.token = next(self._tokens, None)

    def choice(self, depth: int) -> _Node:
        """Read what stands apart by bars."""
        if depth > DEEPEST:
            raise Unfit(f"its groups are nested over {DEEPEST} deep")
        found = [self._sequence(depth)]
        while self.token is not None and self.token["bar"]:
            self._next()
            found.append(self._sequence(depth))
        return found[0] if len(found) == 1 else _Node("or", tuple(found))

    def _sequence(self, depth: int) -> _Node:
        found: list[_Node] = []
        while (token := self.token) is not None and not (token["bar"] or token["close"]):
            if token["often"] and found:
                found.append(_repeated(found.pop(), token))
                self._next()
            elif token["open"]:
                found.append(self._group(token["open"], depth))
            else:
                found.append(_Node("at" if token["at"] else "one", text=token[0]))
                self._next()
        return _Node("seq", tuple(found))

    def _group(self, opening: str, depth: int) -> _Node:
        number = 0
        if opening != "(?:":
            self.groups += 1
            number = self.groups
        self._next()
        inside = self.choice(depth + 1)
        self._next()
        return _Node("group", (inside,), number=number)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    for match in _TOKEN.finditer(text):
        if match["refused"] or match["keep"]:
            raise Unfit(f"`{match[0]}` is none of the forms that are run in linear time")
        yield match


def _repeated(node: _Node, token: re.Match[str]) -> _Node:
    form, lazy = token["often"], bool(token["lazy"])
    simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
    if form[0] in simple:
        least, most = simple[form[0]]
    else:
        count = _COUNT.match(form)
        if count is None or form.startswith(("{}", "{,}")):
            return _Node("seq", (node, *(_Node("one", text=re.escape(letter)) for letter in form)))
        least = int(count[1] or 0)
        most = int(count[3]) if count[3] else None if count[2] else least
    return _Node("often", (node,), least=least, most=most, lazy=lazy)


def _steps(node: _Node, start: int) -> list[Step]:
    """Return the steps of a part that begins at `start`."""
    if node.kind in {"one", "at"}:
        found = [Step(node.kind, node.text)]
    elif node.kind == "seq":
        found = []
        for part in node.parts:
            found += _steps(part, start + len(found))
    elif node.kind == "group":
        inside = _steps(node.parts[0], start + 1)
        found = [Step("save", a=2 * node.number), *inside, Step("save", a=2 * node.number + 1)]
        found = found if node.number else _steps(node.parts[0], start)
    elif node.kind == "or":
        found = _either(node.parts, start)
    else:
        found = _often(node, start)
    if len(found) > MOST_STEPS:
        raise Unfit("it says too much: its repetitions stand for a very long expression")
    return found


def _either(parts: tuple[_Node, ...], start: int) -> list[Step]:
    if len(parts) == 1:
        return _steps(parts[0], start)
    first = _steps(parts[0], start + 1)
    behind = start + 1 + len(first) + 1
    rest = _either(parts[1:], behind)
    end = behind + len(rest)
    return [Step("split", a=start + 1, b=behind), *first, Step("split", a=end, b=end), *rest]


def _often(node: _Node, start: int) -> list[Step]:
    found: list[Step] = []
    part = node.parts[0]
    for _ in range(node.least):
        found += _steps(part, start + len(found))
        _bounded(found)
    if node.most is None:
        at = start + len(found)
        inside = _steps(part, at + 1)
        end = at + 1 + len(inside) + 1
        return [*found, _split(at + 1, end, node.lazy), *inside, Step("split", a=at, b=at)]
    optional = node.most - node.least
    width = len(_steps(part, 0)) + 1
    end = start + len(found) + optional * width
    for _ in range(optional):
        at = start + len(found)
        found += [_split(at + 1, end, node.lazy), *_steps(part, at + 1)]
        _bounded(found)
    return found


def _split(inside: int, behind: int, lazy: bool) -> Step:
    return Step("split", a=behind, b=inside) if lazy else Step("split", a=inside, b=behind)


def _bounded(steps: list[Step]) -> None:
    if len(steps) > MOST_STEPS:
        raise Unfit("it says too much: its repetitions stand for a very long expression")
