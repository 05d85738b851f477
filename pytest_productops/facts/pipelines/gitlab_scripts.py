"""The scripts of GitLab jobs as steps: `before_script`, `script`, `after_script`, `!reference` resolved.

https://docs.gitlab.com/ci/yaml/script/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.formats.yaml import Map, Seq, Tagged
from pytest_productops.facts.pipelines.document import text, words
from pytest_productops.facts.pipelines.gitlab_book import MAX_DEPTH, Book
from pytest_productops.facts.pipelines.model import Opaque, Step
from pytest_productops.model import Location


class Scripts:
    """The scripts of one book."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def steps(self, job: Map, path: str) -> Iterator[Step]:
        """Yield the main script of a job and the one after it, whose failure is ignored."""
        before, main, after = (
            self._body(job, key, path) for key in ("before_script", "script", "after_script")
        )
        for name, body, may_fail in (("script", before + main, False), ("after_script", after, True)):
            if body:
                run = "\n".join(line for line, _ in body)
                origins = tuple(place for _, place in body)
                yield Step(name, origins[0].line, run, path=path, origins=origins, may_fail=may_fail)

    def _body(self, job: Map, key: str, path: str) -> list[tuple[str, Location]]:
        holders = [job] if key == "script" else [job, *self._defaults(job)]
        holder = next((one for one in holders if key in one), job)
        home = self.book.home(holder) if isinstance(holder, Map) else path
        line = holder.lines.get(key, 0) if isinstance(holder, Map) else 0
        return list(self._lines(holder.get(key), Location(home, line), 0))

    def _defaults(self, job: Map) -> list[Mapping[str, Any]]:
        """Return where a job inherits scripts from: `default`, and the old global keywords."""
        inherit, shared = job.get("inherit"), self.book.raw.get("default")
        if isinstance(inherit, Map) and inherit.get("default") is False:
            return []
        return [shared if isinstance(shared, Map) else {}, self.book.raw]

    def _lines(self, value: Any, place: Location, depth: int) -> Iterator[tuple[str, Location]]:
        """Yield the lines of a script with their places."""
        if depth > MAX_DEPTH:
            return
        if isinstance(value, Seq):
            path = self.book.home(value, place.path)
            for one, line in zip(value, value.lines, strict=True):
                yield from self._lines(one, Location(path, line), depth + 1)
        elif isinstance(value, Tagged):
            yield from self._referenced(value, place, depth)
        elif value is not None and not isinstance(value, Mapping):
            for at, written in enumerate(text(value).rstrip("\n").split("\n")):
                yield written, place._replace(line=place.line + at)

    def _referenced(self, tagged: Tagged, place: Location, depth: int) -> Iterator[tuple[str, Location]]:
        """Yield the lines that a `!reference [job, key]` stands for."""
        keys = words(tagged.value)
        found: Any = self.book.job(keys[0]) if tagged.tag == "!reference" and keys else None
        for key in keys[1:]:
            place = (
                Location(self.book.home(found), found.lines.get(key, 0)) if isinstance(found, Map) else place
            )
            found = found.get(key) if isinstance(found, Map) else None
        if found is None:
            self.book.opaque.append(Opaque("a `!reference` to what is not in this repository", place))
        yield from self._lines(found, place, depth + 1)
