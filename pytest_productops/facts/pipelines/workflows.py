"""What GitHub workflows use from elsewhere, and what their token may do.

https://docs.github.com/en/actions/reference/security/secure-use
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map, Seq
from pytest_productops.facts.pipelines.document import mapping, text
from pytest_productops.facts.pipelines.github import WORKFLOW
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_LOCAL = regex(r"(?:\./|\$/|\.\./)")
_PINNED = regex(r"(?:[^@\s]+@[0-9a-fA-F]{40}|docker://\S+@sha256:[0-9a-f]{64})")


@dataclass(frozen=True)
class Use:
    """A `uses:` of a step or job."""

    what: str
    location: Location

    @property
    def remote(self) -> bool:
        """Whether it is of another repository or registry."""
        return not _LOCAL.match(self.what)

    @property
    def pinned(self) -> bool:
        """Whether it names a commit (40 hexadecimal digits) or an image's digest."""
        return bool(_PINNED.fullmatch(self.what))


@dataclass(frozen=True)
class Workflow:
    """One workflow. `permissions` are what its top level or each of its jobs says; `bare` are the jobs without."""

    path: str
    uses: tuple[Use, ...] = ()
    permissions: tuple[Location, ...] = ()
    bare: tuple[Location, ...] = ()
    all_writes: tuple[Location, ...] = ()


class Workflows(Fact):
    """The workflows that can be read, and the paths of those that cannot."""

    def __init__(self, workflows: Iterable[Workflow] = (), unreadable: Iterable[str] = ()) -> None:
        self.workflows = tuple(workflows)
        self.unreadable = tuple(unreadable)

    @classmethod
    def gather(cls, repository: Repository) -> Workflows:
        """Read every workflow; never fails."""
        files = repository[Files]
        paths = [path for path in files if path.startswith(".github/") and WORKFLOW.fullmatch(path)]
        found = {path: _read(files, path) for path in paths}
        return cls(filter(None, found.values()), [path for path, workflow in found.items() if not workflow])


def _read(files: Files, path: str) -> Workflow | None:
    document = mapping(files, path, "workflow")[0]
    return None if document is None else _workflow(path, document)


def _workflow(path: str, document: Map) -> Workflow:
    found = document.get("jobs")
    jobs = (
        {name: job for name, job in found.items() if isinstance(job, Map)} if isinstance(found, Map) else {}
    )
    top = "permissions" in document
    holders = [document, *jobs.values()]
    given = [Location(path, one.keys_at["permissions"]) for one in holders if "permissions" in one]
    return Workflow(
        path,
        tuple(use for job in jobs.values() for use in _uses(job, path)),
        tuple(given),
        ()
        if top
        else tuple(Location(path, job.line - 1) for job in jobs.values() if "permissions" not in job),
        tuple(_all_writes(holders, path)),
    )


def _uses(job: Map, path: str) -> Iterator[Use]:
    steps = job.get("steps")
    for holder in [job, *(steps if isinstance(steps, Seq) else ())]:
        what: Any = holder.get("uses") if isinstance(holder, Map) else None
        if isinstance(what, str) and what:
            yield Use(what.strip(), Location(path, holder.lines["uses"]))


def _all_writes(holders: list[Map], path: str) -> Iterator[Location]:
    for holder in holders:
        if text(holder.get("permissions")) == "write-all":
            yield Location(path, holder.keys_at["permissions"])
