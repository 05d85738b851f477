"""Decision records: what was decided, when, whether it holds, and what took its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pytest_productops.facts.decisions import header, words
from pytest_productops.facts.decisions.header import Field
from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.manifests import product
from pytest_productops.facts.substance import lack
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

__all__ = ["Decision", "Decisions"]
KEP = "kep.yaml"


@dataclass(frozen=True)
class Decision:
    """A record. `folder` holds it and its like, `name` is its file's or folder's, `number` the one in that.

    `titled` is the number that its title says. `status` is one of proposed, accepted, rejected, deprecated,
    superseded, "choice" where the template's list still stands, or "" for others; `said` is how it is written.
    `day` is the last day that its head names for certain, `dated` whether it names one at all. `lack` says why it
    says nothing.
    """

    document: Document
    folder: str
    name: str
    number: int | None
    title: str
    titled: int | None
    status: str
    said: str
    line: int
    dated: tuple[str, ...]
    day: datetime.date | None
    lack: str
    fields: tuple[Field, ...]

    @property
    def path(self) -> str:
        """The document's path."""
        return self.document.path

    def at(self) -> Location:
        """Return where its status is, else its document."""
        return self.document.at(self.line)


class Decisions(Fact):
    """The decision records of a repository, by path, and the indexes beside them."""

    quick = True

    def __init__(self, files: Files, documents: Documents) -> None:
        self._files = files
        self._documents = documents

    @classmethod
    def gather(cls, repository: Repository) -> Decisions:
        """Find them; never fails."""
        return cls(repository[Files], repository[Documents])

    @cached_property
    def records(self) -> tuple[Decision, ...]:
        """The records; templates, indexes and explanations beside them are none."""
        paths = [path for path in self._documents.paths if words.FOLDER.match(path) and product(path)]
        found = [record for path in paths if (record := self._record(path))]
        return (*found, *self._enhancements())

    @cached_property
    def folders(self) -> Mapping[str, tuple[Decision, ...]]:
        """The records of each folder."""
        found: dict[str, list[Decision]] = {}
        for record in self.records:
            found.setdefault(record.folder, []).append(record)
        return {folder: tuple(records) for folder, records in sorted(found.items())}

    def _record(self, path: str) -> Decision | None:
        folder, _, file = path.rpartition("/")
        name = file.partition(".")[0]
        if words.NO_RECORD.fullmatch(name):
            return None
        document = self._documents.get(path)
        numbered = words.DATED.match(name) or words.NUMBERED.match(name)
        if document is None or not (numbered or _looks(document)):
            return None
        return _made(document, folder, name, header.fields(document))

    def _enhancements(self) -> Iterator[Decision]:
        """Yield the proposals whose head is a file `kep.yaml` beside their README."""
        for path in self._files.matching(f"*/{KEP}"):
            home, _, _ = path.rpartition("/")
            document = self._documents.get(f"{home}/README.md")
            settings = self._settings(path)
            if document and settings and product(path) and "NNNN" not in home:
                folder, _, name = home.rpartition("/")
                yield _made(document, folder, name, header.fields(document, settings))

    def _settings(self, path: str) -> Mapping[str, Any]:
        try:
            value = yaml.read(self._files.read(path), path).value
        except (Unreadable, yaml.YamlError):
            return {}
        return value if isinstance(value, dict) else {}

    def successors(self, record: Decision) -> tuple[Decision, ...] | None:
        """Return the records that a superseded one says took its place; None where it names nothing."""
        told = [each for each in record.fields if words.SUCCESSOR.fullmatch(each.name) and each.text]
        told += [each for each in record.fields if words.STATUS.fullmatch(each.name)]
        return self._named(record, told, words.SUPERSEDED)

    def predecessors(self, record: Decision) -> tuple[Decision, ...]:
        """Return the records that one says it takes the place of, as a whole."""
        told = [each for each in record.fields if words.PREDECESSOR.fullmatch(each.name)]
        told += [each for each in record.fields if words.STATUS.fullmatch(each.name)]
        told = [each for each in told if not words.PARTLY.search(each.text)]
        return self._named(record, told, words.SUPERSEDES) or ()

    def _named(self, record: Decision, told: Iterable[Field], verb: Any) -> tuple[Decision, ...] | None:
        """Return the records that fields name behind a verb (or as a whole); None where nothing is named."""
        found: dict[str, Decision] = {}
        named = False
        for field in told:
            whole = not words.STATUS.fullmatch(field.name)
            for line in field.text.split("\n"):
                match = verb.search(line)
                rest = line if whole else (line[match.end() :] if match else "")
                here = self._in(record, field, rest)
                named = named or bool(here) or any(letter.isalnum() for letter in rest)
                found |= {each.path: each for each in here}
        return tuple(found.values()) if named else None

    def _in(self, record: Decision, field: Field, text: str) -> list[Decision]:
        """Return the records that a text names by link, file name or number."""
        beside = self.folders[record.folder]
        others = [each for each in self.records if each.path != record.path]
        linked = {self._documents.resolve(record.document, link.target) for link in header.links(record.document, field)
                  if link.target in text}  # fmt: skip
        numbers = {int(each) for each in words.NUMBER.findall(words.LINKED.sub(r"\1", text))}
        return [
            each
            for each in others
            if each.path in linked
            or each.name in text
            or (not linked and each in beside and each.number is not None and each.number in numbers)
        ]

    def mentions(self, record: Decision, other: Decision) -> bool:
        """Whether a record names another anywhere: by link, name, title or number."""
        text = record.document.text
        links = (self._documents.resolve(record.document, link.target) for link in record.document.links)
        numbers = (int(each) for each in words.NUMBER.findall(text))
        return (
            other.name in text
            or other.path in links
            or (bool(other.title) and other.title in text)
            or (other.number is not None and other.number in numbers)
        )

    def indexes(self, folder: str) -> tuple[tuple[Document, tuple[Decision, ...]], ...]:
        """Return the lists of a folder's records that people write, each with the records that it leaves out."""
        records = self.folders.get(folder, ())
        found = []
        for path in self._documents.paths:
            home, _, file = path.rpartition("/")
            if home == folder and words.INDEX.fullmatch(file.partition(".")[0]):
                document = self._documents.get(path)
                missing = self._missing(document, records) if document else None
                if document and missing is not None:
                    found.append((document, missing))
        return tuple(found)

    def _missing(self, document: Document, records: tuple[Decision, ...]) -> tuple[Decision, ...] | None:
        """Return the records that an index does not list; None where it is none, or one that is generated."""
        if words.MADE.search(document.text):
            return None
        linked = {self._documents.resolve(document, link.target) for link in document.links}
        listed = [each for each in records if each.path in linked or each.name in document.text]
        if len(listed) < 2 or len(listed) * 2 < len(records):  # noqa: PLR2004 - an example or two is no list
            return None
        return tuple(each for each in records if each not in listed)


def _looks(document: Document) -> bool:
    """Whether a document without a number in its name is a record by its form."""
    return header.status(header.fields(document)) is not None


def _made(document: Document, folder: str, name: str, fields: tuple[Field, ...]) -> Decision:
    status = header.status(fields)
    said = header.plain(status.text) if status else ""
    dated = header.dates(fields, name)
    heading = document.headings[0].text if document.headings else ""
    titled = words.TITLED.match(heading)
    title = next((each.text for each in fields if each.name == "title" and each.text), heading)
    number = None if words.DATED.match(name) else words.NUMBERED.match(name)
    return Decision(
        document,
        folder,
        name,
        int(number[1]) if number else None,
        title,
        int(titled[1] or titled[2]) if titled else None,
        header.meaning(status.text) if status else "",
        said,
        status.line if status else 0,
        dated or header.in_head(document),
        header.latest(dated),
        lack(document),
        fields,
    )
