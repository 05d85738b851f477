"""Done: a team's definition of done, from `.productops/done.toml` or a document, stage by stage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.documents import Documents, Section
from pytest_productops.facts.done import written
from pytest_productops.facts.done.model import KINDS, STAGES, Check, Criterion, Stage
from pytest_productops.facts.files import Files, Unreadable, beyond
from pytest_productops.facts.formats.schema import Mistake, Problem, mistakes, read_schema
from pytest_productops.facts.formats.toml import Loaded, TomlError, load
from pytest_productops.facts.substance import lack
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

__all__ = ["KINDS", "STAGES", "Check", "Criterion", "Done", "Stage"]

PLACE = ".productops/done.toml"
OTHER_PLACE = "done.toml"
"""A name that other tools may use too, so such a file must say that it is a definition of done."""
_NAMED = regex(
    r"^(?:(?:\.github|\.gitlab|\.productops|docs?)/)?(?:definition[-_ ]?of[-_ ]?done|dod)"
    r"\.(?:md|markdown|rst|adoc|org|txt)$",
    re.IGNORECASE,
)
_TOP = 2


@dataclass(frozen=True)
class Done(Fact):
    """The definition of done; `path` "" where there is none. An entry with a problem is not in it."""

    quick = True

    path: str = ""
    stages: tuple[Stage, ...] = ()
    problems: tuple[Problem, ...] = ()
    owner: str = ""

    @classmethod
    def gather(cls, repository: Repository) -> Done:
        """Read it; never fails, what cannot be read is a problem."""
        files = repository[Files]
        path = repository.artifacts.get("done") or _find(files)
        try:
            if path.endswith(".toml"):
                return read(files.read(path), path)
            if path:
                return _from_document(path, files.read(path), repository[Documents])
        except Unreadable as error:
            return cls(path, problems=(Problem(Location(path), str(error)),))
        return _from_section(repository[Documents])

    @property
    def at(self) -> Location:
        """Where it begins."""
        return Location(self.path, self.stages[0].location.line if self.stages else 0)

    @property
    def staged(self) -> bool:
        """Whether it is in stages: the TOML form is, a document if its headings name two."""
        return self.path.endswith(".toml") or len({s.id for s in self.stages if s.named}) >= _TOP

    def covers(self, stage: str) -> bool:
        """Whether a stage is there. In a document a criterion may speak of it; what is deployed is released."""
        known = {s.id for s in self.stages}
        if stage in known or self.path.endswith(".toml"):
            return stage in known
        return (stage == "release" and "deploy" in known) or any(
            written.speaks_of(c.text, stage) for c in self.criteria
        )

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of all stages."""
        return tuple(criterion for stage in self.stages for criterion in stage.criteria)


def read(text: str, path: str = PLACE) -> Done:
    """Read the TOML form."""
    if lacking := beyond(text):
        return Done(path, problems=(Problem(Location(path), f"{path} {lacking}"),))
    try:
        loaded = load(text)
    except TomlError as error:
        return Done(path, problems=(Problem(Location(path, error.line), f"no TOML: {error.reason}"),))
    found = [*mistakes(loaded.data, read_schema(__package__ or "", "done.schema.json")), *_sense(loaded)]
    wrong = {mistake.path for mistake in found}
    problems = {Problem(Location(path, loaded.line(m.place)), str(m)) for m in found}
    owner = loaded.data.get("owner", "") if ("owner",) not in wrong else ""
    return Done(path, tuple(_stages(loaded, path, wrong)), tuple(sorted(problems)), owner)


def _find(files: Files) -> str:
    if PLACE in files:
        return PLACE
    if OTHER_PLACE in files and _says_so(files):
        return OTHER_PLACE
    return next((path for path in files if _NAMED.match(path)), "")


def _says_so(files: Files) -> bool:
    try:
        return "productops.done/" in files.read(OTHER_PLACE)
    except Unreadable:
        return False


def _from_document(path: str, text: str, documents: Documents) -> Done:
    document = documents.get(path)
    reason = ("is empty" if not text.strip() else "") or (lack(document) if document else "")
    stages = tuple(written.stages(document)) if document and not reason else ()
    if document is None or reason or not stages:
        return Done(
            path, problems=(Problem(Location(path), f"the definition of done {reason or 'lists nothing'}"),)
        )
    return Done(path, stages)


def _from_section(documents: Documents) -> Done:
    """Read the section of a contributor guide that is titled so, if one is."""
    sections = [
        section
        for document in documents.process
        for section in document.sections
        if section.heading and written.TITLE.search(section.heading.text)
    ]
    return _of_section(sections[0]) if sections else Done()


def _of_section(section: Section) -> Done:
    path, reason = section.document.path, lack(section)
    stages = tuple(written.stages(section.document, section)) if not reason else ()
    if stages:
        return Done(path, stages)
    message = f"the section on the definition of done {reason or 'lists nothing'}"
    return Done(path, problems=(Problem(section.at(), message),))


def _sense(loaded: Loaded) -> Iterator[Mistake]:
    """Yield what no schema can say."""
    stages = _tables(loaded.data.get("stage"))
    if not stages:
        yield Mistake((), (), "it holds no stage")
    names: Counter[str] = Counter()
    for index, stage in stages:
        path = ("stage", index)
        names[str(stage.get("id"))] += 1
        if names[str(stage.get("id"))] > 1:
            yield Mistake(path, (*path, "id"), f"stage {stage.get('id')} is there twice")
        if "criterion" in stage and "not_applicable" in stage:
            yield Mistake(
                path,
                (*path, "not_applicable"),
                f"stage {stage.get('id')} is not applicable, and has criteria",
            )
        yield from _sense_of_criteria(path, stage)
    ids = Counter(str(c.get("id")) for _, stage in stages for _, c in _tables(stage.get("criterion")))
    for name, count in ids.items():
        if count > 1:
            yield Mistake(("criterion", name), (), f"criterion {name} is there {count} times")


def _sense_of_criteria(path: tuple[str | int, ...], stage: Mapping[str, Any]) -> Iterator[Mistake]:
    for index, criterion in _tables(stage.get("criterion")):
        check = criterion.get("check")
        if not isinstance(check, Mapping):
            continue
        place = (*path, "criterion", index)
        given = [kind for kind in KINDS if kind in check]
        if len(given) != 1:
            names = " and ".join(given) if given else "none"
            wanted = f"give exactly one of {', '.join(KINDS)}"
            message = f"criterion {criterion.get('id')} has {names} for a check: {wanted}"
            yield Mistake(place, (*place, "check"), message)
        for key, kind in (("params", "rule"), ("in_ci", "command")):
            if key in check and kind not in check:
                where = (*place, "check", key)
                yield Mistake(place, where, f"`{key}` means nothing without `{kind}`")


def _tables(value: object) -> list[tuple[int, Mapping[str, Any]]]:
    items = enumerate(value) if isinstance(value, list) else ()
    return [(index, item) for index, item in items if isinstance(item, Mapping)]


def _stages(loaded: Loaded, path: str, wrong: set[tuple[str | int, ...]]) -> Iterator[Stage]:
    """Yield the stages, without the criteria that have mistakes."""
    for index, raw in _tables(loaded.data.get("stage")):
        place = ("stage", index)
        own = {p[2] if len(p) > _TOP else "" for p in wrong if p[:2] == place}
        if not own - {"criterion"} and isinstance(raw.get("id"), str):
            at = Location(path, loaded.line(place))
            criteria = tuple(_criteria(loaded, path, place, raw, wrong))
            yield Stage(raw["id"], at, criteria, raw.get("doc", ""), raw.get("not_applicable", ""))


def _criteria(
    loaded: Loaded,
    path: str,
    place: tuple[str, int],
    raw: Mapping[str, Any],
    wrong: set[tuple[str | int, ...]],
) -> Iterator[Criterion]:
    for index, criterion in _tables(raw.get("criterion")):
        own = (*place, "criterion", index)
        if not any(p[:4] == own for p in wrong):
            at = Location(path, loaded.line(own))
            kind = next(kind for kind in KINDS if kind in criterion["check"])
            extra = {key: value for key, value in criterion["check"].items() if key != kind}
            check = Check(kind, criterion["check"][kind], Location(path, loaded.line((*own, "check"))), extra)
            yield Criterion(criterion["id"], criterion["text"], at, (check,))
