"""What a call runs in the end: recipes, script bodies, sessions and scripts of the tree, one in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pytest_productops.facts.commands import maven, scripts
from pytest_productops.facts.commands.model import Call, Target
from pytest_productops.facts.commands.shelf import RUNNERS, Shelf, layers
from pytest_productops.facts.commands.shell import calls

Seen = frozenset[tuple[str, str, str]]
MAX_CALLS = 5000
"""Most calls that one expansion yields; a repository that nests its scripts without end stops there."""


class Expander:
    """Expands calls of one repository."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def expand(self, call: Call, depth: int, seen: Seen = frozenset()) -> Iterator[Call]:
        """Return the call itself and what it runs, `depth` levels down; a cycle is cut."""
        yield call
        if depth <= 0:
            return
        for at in layers(call):
            if text := scripts.text_of(at) or maven.with_goals(self.shelf.files, at):
                for inner in calls(text, at.location, at.folder):
                    yield from self.expand(_inherit(inner, call), depth - 1, seen)
        for target in self.chosen(call):
            yield from self._run(target, call, depth, seen)

    def chosen(self, call: Call) -> tuple[Target, ...]:
        """Return the targets that a call runs."""
        for at in layers(call):
            found = tuple(self._asked(at)) or tuple(self._scripts(at))
            if found:
                return found
        return ()

    def _asked(self, call: Call) -> Iterator[Target]:
        for runner in RUNNERS:
            # a group of dependencies runs nothing
            ask = runner.ask(call) if runner.name != "extras" else None
            definition = self.shelf.asked(runner, ask) if ask else None
            if ask and definition:
                wanted = ask.names or definition.default
                yield from filter(None, (runner.find(definition, name) for name in wanted))

    def _scripts(self, call: Call) -> Iterator[Target]:
        for path in map(self.shelf.files.followed, scripts.paths(call)):
            if path.rpartition("/")[2] in scripts.WRAPPERS:
                continue
            target = scripts.target(self.shelf.files, path) if path in self.shelf.files else None
            if target:
                yield replace(target, folder=call.folder)

    def _run(self, target: Target, call: Call, depth: int, seen: Seen) -> Iterator[Call]:
        key = (target.runner, target.location.path, target.name)
        if key in seen:
            return
        seen |= {key}
        for needed in self._needs(target):
            yield from self._run(needed, call, depth, seen)
        for line in target.body:
            for inner in calls(line.text, line.location, target.folder):
                yield from self.expand(_inherit(inner, call), depth - 1, seen)

    def _needs(self, target: Target) -> Iterator[Target]:
        runner = next((runner for runner in RUNNERS if runner.name == target.runner), None)
        definition = self.shelf.serving(runner, target.folder) if runner else None
        if runner and definition:
            yield from filter(None, (runner.find(definition, name) for name in target.needs))


def _inherit(inner: Call, outer: Call) -> Call:
    return replace(inner, may_fail=inner.may_fail or outer.may_fail, env={**outer.env, **inner.env})
