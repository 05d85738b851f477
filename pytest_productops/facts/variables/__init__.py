"""Variables: the environment variables that the code reads, and where they are listed (https://12factor.net/config)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase, translate
from functools import cache, cached_property

from pytest_productops.facts.changes.tests_of import is_test
from pytest_productops.facts.documents import Documents
from pytest_productops.facts.environment.containers import COMPOSE
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.manifests import product
from pytest_productops.facts.variables import patterns, python, words
from pytest_productops.facts.variables.model import NAME, Read
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = ["Listed", "Read", "Variables"]


@dataclass(frozen=True)
class Listed:
    """A variable that a template lists."""

    name: str
    location: Location


class Variables(Fact):
    """The environment variables of the product's code, and the templates and documents that list them."""

    def __init__(self, files: Files, documents: Documents) -> None:
        self._files = files
        self._documents = documents

    @classmethod
    def gather(cls, repository: Repository) -> Variables:
        """Never fails; nothing is read before it is asked for."""
        return cls(repository[Files], repository[Documents])

    @cached_property
    def required(self) -> Mapping[str, Read]:
        """The variables that are read without a default anywhere, each with the first place."""
        found: dict[str, Read] = {}
        optional = set()
        for read in self._reads():
            if read.optional:
                optional.add(read.name)
            found.setdefault(read.name, read)
        system = (name for name in found if any(fnmatchcase(name, pattern) for pattern in words.SYSTEM))
        return {name: found[name] for name in sorted(found.keys() - optional - set(system))}

    def _reads(self) -> Iterator[Read]:
        sources = [path for path in self._files if _code(path)][: words.MOST]
        for path in sources:
            text = self._text(path)
            if path.endswith(".py"):
                yield from (
                    python.read(text, path)
                    if "env" in text or "config(" in text or "BaseSettings" in text
                    else ()
                )
            elif "env" in text.lower():
                yield from patterns.read(text, path)
        for path in filter(COMPOSE.match, self._files):
            yield from patterns.compose(self._text(path), path)

    @cached_property
    def templates(self) -> tuple[str, ...]:
        """The templates of `.env`."""
        return tuple(path for path in self._files if words.TEMPLATE.match(path) and product(path))

    @cached_property
    def listed(self) -> tuple[Listed, ...]:
        """What the templates list, lines that are commented out included; `Unavailable` where one cannot be read."""
        found: dict[str, Listed] = {}
        for path in self.templates:
            text, line, at = self._template(path), 1, 0
            for match in words.LINE.finditer(text):
                line += text.count("\n", at, match.start(1))
                at = match.start(1)
                found.setdefault(match[1], Listed(match[1], Location(path, line)))
        return tuple(found.values())

    def _template(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable as reason:
            raise Unavailable(str(reason)) from reason

    @cached_property
    def missing(self) -> tuple[Read, ...]:
        """The required variables that no template, document or setting of the repository names."""
        names = {each.name.upper() for each in self.listed} | self._told
        return tuple(read for name, read in self.required.items() if name not in names)

    @cached_property
    def _told(self) -> frozenset[str]:
        """The names that stand in documents, and those that containers and manifests set."""
        found: set[str] = set()
        for path in (*self._documents.paths, *filter(_setting, self._files)):
            found.update(NAME.findall(self._text(path)))
        return frozenset(found)

    @cached_property
    def dead(self) -> tuple[Listed, ...]:
        """What templates list and nothing else of the repository names; frameworks' own variables are left alone."""
        wanted = {each.name.upper(): each for each in self.listed if not _for_tool(each.name)}
        paths = [path for path in self._files if path not in self.templates and words.TEXTS.match(path)][
            : words.MOST
        ]
        for path in paths:
            if not wanted:
                break
            text = self._text(path)
            lower = text.lower()
            for name in [name for name in wanted if name.lower() in lower]:
                del wanted[name]
            if path.endswith(
                (".py", ".go", ".rb", ".js", ".ts", ".rs", ".java", ".cs", ".kt", ".php")
            ) and words.WHOLE.search(text):
                return ()
        return tuple(wanted.values())

    def _text(self, path: str) -> str:
        try:
            return self._files.read(path)[: words.LONGEST]
        except Unreadable:
            return ""


def _code(path: str) -> bool:
    suffix = path.rpartition(".")[2]
    known = suffix == "py" or suffix in patterns.LANGUAGES
    return known and product(path) and not is_test(path) and not words.ASIDE.search(path)


def _setting(path: str) -> bool:
    return bool(words.SETTING.match(path)) and not words.TEMPLATE.match(path) and not COMPOSE.match(path)


def _for_tool(name: str) -> bool:
    return _tools().match(name.upper()) is not None


@cache
def _tools() -> re.Pattern[str]:
    return re.compile("|".join(translate(pattern) for pattern in (*words.SYSTEM, *words.TOOLS)))
