"""What CI runs of others: actions, reusable workflows, images, orbs and components, and whether it may change.

GitHub: https://docs.github.com/actions/reference/security/secure-use; GitLab:
https://docs.gitlab.com/ci/components/#component-versions; CircleCI: a full version of an orb never changes
(https://circleci.com/docs/orb-concepts/#semantic-versioning).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from pytest_productops.facts.documents.identity import Identity, normal
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.formats.yaml import Map, Seq, walk
from pytest_productops.facts.pipelines.document import mapping
from pytest_productops.facts.pipelines.workflows import Workflows
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

Kind = Literal["action", "image", "orb", "component", "include"]
_ACTIONS = regex(r"(?:\.github/actions/(?:.+/)?|)action\.ya?ml")
_GITLAB = regex(r"\.gitlab-ci\.ya?ml|\.gitlab/(?:ci|workflows|pipelines)/.+\.ya?ml|\.gitlab-ci/.+\.ya?ml")
_OTHERS = regex(r"\.circleci/[^/]+\.ya?ml|bitbucket-pipelines\.ya?ml")
_DYNAMIC = regex(r"[$<{%]")
_FULL = regex(r"\S+@\d+\.\d+\.\d+")
_COMMIT = regex(r"\S+@[0-9a-fA-F]{40}")
_DIGEST = regex(r"\S+@sha256:[0-9a-f]{64}")
_IMAGE = regex(r"(?:docker://)?[\w.-]+(?::\d+)?(?:/[\w.-]+)*(?::[\w.-]+)?(?:@sha256:[0-9a-f]+)?")
_VALUES = frozenset({"machine", "variables", "environment", "env", "parameters", "inputs", "with", "matrix"})
"""Keys below which anything may be called an image; a machine of CircleCI is no container."""
_FRONT = regex(
    r"(?i)(?:(?:\.github|docs|documentation)/)?[\w-]+\.(?:md|rst)|readme(?:\.\w+)?|package\.json"
    r"|pyproject\.toml|go\.mod|Cargo\.toml"
)
_FORGE = regex(r"(?:github|gitlab)\.com[/:]([\w.-]+)/([\w.-]+?)(?:\.git)?(?=[/#?)\s\"'>]|$)")

_CODEOWNERS = ("CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_TEAM = regex(r"(?m)(?<=\s)@([\w-]+)/[\w.-]+")
"""A team is always of the organisation that owns the repository."""


@dataclass(frozen=True)
class Source:
    """Something that CI runs and that is made elsewhere, as it is written in `what`."""

    what: str
    kind: Kind
    location: Location
    checked: bool = False

    @property
    def name(self) -> str:
        """What it is, whatever its version: `actions/checkout`, `docker.io/postgres`."""
        plain = self.what.removeprefix("docker://").partition("@")[0]
        return re.sub(r":[^:/]*\Z", "", plain) if self.kind == "image" else plain

    @property
    def pinned(self) -> bool:
        """Whether it is the same for ever: a commit, a digest, the full version of an orb, a checked include."""
        wanted = {"image": _DIGEST, "orb": _FULL, "component": _COMMIT, "action": _COMMIT}.get(self.kind)
        return self.checked or bool(wanted and wanted.fullmatch(self.what.removeprefix("docker://")))


class Sources(Fact):
    """What of others the CI of GitHub, GitLab, CircleCI and Bitbucket runs."""

    def __init__(self, files: Files, workflows: Workflows) -> None:
        self._files = files
        self._workflows = workflows

    @classmethod
    def gather(cls, repository: Repository) -> Sources:
        """Never fails."""
        return cls(repository[Files], repository[Workflows])

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The workflows that cannot be read."""
        return self._workflows.unreadable

    @cached_property
    def all(self) -> tuple[Source, ...]:
        """All of it that is written plainly, without this owner's own."""
        found = (*self._github(), *self._elsewhere())
        return tuple(each for each in found if not _DYNAMIC.search(each.what) and not self._internal(each))

    def _github(self) -> Iterator[Source]:
        for workflow in self._workflows.workflows:
            yield from (_used(use.what, use.location) for use in workflow.uses if use.remote)
            yield from _images(mapping(self._files, workflow.path, "workflow")[0], workflow.path)
        for path in filter(_ACTIONS.fullmatch, self._files):
            for node in walk(mapping(self._files, path, "action")[0]):
                what = node.get("uses") if isinstance(node, Map) else None
                if isinstance(what, str) and not what.startswith((".", "$")):
                    yield _used(what.strip(), Location(path, node.lines["uses"]))

    def _elsewhere(self) -> Iterator[Source]:
        for path in self._files:
            if own_words(path) and (_GITLAB.fullmatch(path) or _OTHERS.fullmatch(path)):
                document = mapping(self._files, path, "pipeline")[0]
                yield from _images(document, path)
                yield from _orbs(document, path) if path.startswith(".circleci/") else ()
                yield from _included(document, path) if _GITLAB.fullmatch(path) else ()

    def _internal(self, source: Source) -> bool:
        """Whether it is of the owner of this repository."""
        return bool(self._owners.intersection(source.name.lower().split("/")[:-1]))

    @cached_property
    def _owners(self) -> frozenset[str]:
        """The owners under which documents and manifests link to this repository, and those of teams in CODEOWNERS."""
        names = Identity(self._files).names
        texts = (self._text(path) for path in filter(_FRONT.fullmatch, self._files))
        found = (match for text in texts for match in _FORGE.finditer(text))
        linked = {match[1].lower() for match in found if normal(match[2]) in names}
        teams = (match[1].lower() for path in _CODEOWNERS for match in _TEAM.finditer(self._text(path)))
        return frozenset(linked.union(teams))

    def _text(self, path: str) -> str:
        try:
            return self._files.read(path)[:100_000] if path in self._files else ""
        except Unreadable:
            return ""


def _used(what: str, location: Location) -> Source:
    return Source(what, "image" if what.startswith("docker://") else "action", location)


def _images(node: Any, path: str, key: str = "") -> Iterator[Source]:
    """Yield the images in which jobs run, and those of the services beside them."""
    if isinstance(node, Seq):
        for child, line in zip(node, node.lines, strict=True):
            if key == "services" and isinstance(child, str) and _IMAGE.fullmatch(child):
                yield Source(child, "image", Location(path, line))
            yield from _images(child, path, key)
    for name, child in node.items() if isinstance(node, Map) else ():
        nested = (
            name == "name" and key in ("image", "services") and "steps" not in node and "script" not in node
        )
        if isinstance(child, str) and (name in ("image", "container") or nested) and _IMAGE.fullmatch(child):
            yield Source(child, "image", Location(path, node.lines[name]))
        if name not in _VALUES:
            yield from _images(child, path, name)


def _orbs(document: Map | None, path: str) -> Iterator[Source]:
    orbs = document.get("orbs") if document else None
    if not isinstance(orbs, Map):
        return
    for name, what in orbs.items():
        if isinstance(what, str):
            yield Source(what, "orb", Location(path, orbs.lines[name]))


def _included(document: Map | None, path: str) -> Iterator[Source]:
    """Yield what a GitLab pipeline includes of other owners; `project:` is of the same forge and may be internal."""
    given = document.get("include") if document else None
    for entry in given if isinstance(given, Seq) else [given]:
        if isinstance(entry, Map) and isinstance(entry.get("component"), str):
            yield Source(entry["component"], "component", Location(path, entry.lines["component"]))
        elif isinstance(entry, Map) and isinstance(entry.get("remote"), str):
            place = Location(path, entry.lines["remote"])
            yield Source(entry["remote"], "include", place, checked="integrity" in entry)
