"""Bounds: how many of something run, at least, at most or always, as the settings of the deployment say.

Read are lines of one key and one number, whatever the format around them, so that templates of Helm and files of
Terraform count as far as they hold numbers. A number that is filled in elsewhere makes the whole unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.files import Files, own_words
from pytest_productops.facts.workloads import compose, places
from pytest_productops.facts.workloads.model import Bound, What
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_UNIT = (
    r"replicas?|replica_?count|(?:num_?)?instances|instance_?count|capacity|size|machines_?running|scale|tasks"
    r"|tasks?_?count|pods|concurrency|containers"
)
SETTING = regex(
    rf"^[ \t]*(?:- )?[\"']?(?P<key>(?:[\w./]+[-_/])?(?:(?P<least>min)|(?P<most>max))(?:imum)?[-_]?(?:{_UNIT})"
    r"|replicas|replica_?count|num_?instances|instances|desired_?(?:count|capacity)"
    r"|(?:provisioned|reserved)_?(?:concurren\w+))[\"']?\s*[:=]\s*(?P<value>[^\s#,][^#,\n]*)?",
    re.IGNORECASE | re.MULTILINE,
)
"""A setting of the number of replicas: its key, `least` or `most`, and its value."""
_NUMBER = regex(r"[\"']?(\d{1,6})[\"']?;?\s*\Z")
_SETTINGS = regex(
    r"(?:.*/)?(?:values(?:[-_.][\w.-]+)?\.ya?ml|[\w.-]+\.tf|[\w.-]+\.tfvars(?:\.json)?|fly(?:\.[\w-]+)?\.toml"
    r"|(?:serverless|render|app|template|copilot)\.ya?ml|manifest(?:[-_.][\w.-]+)?\.ya?ml)\Z"
)
_OTHERS = regex(
    r"db|rds|aurora|cache|redis|node|elastic|opensearch|redshift|kafka|msk|dynamo|disk|storage|eks|gke"
)
"""Keys and resources whose bounds are not those of what the service runs: stores, and machines for all."""
_RESOURCE = regex(r"^resource\s+\"(\w+)\"|^module\s+\"([\w-]+)\"", re.MULTILINE)
_SCALED = regex(
    r"^[ \t-]*kind:[ \t]*[\"']?(?:Deployment|StatefulSet|Rollout|ReplicaSet|HorizontalPodAutoscaler|ScaledObject"
    r"|Kustomization|Service)\b",
    re.MULTILINE,
)


class Bounds(Fact):
    """The bounds of the product's own deployment, of all its environments: several may hold."""

    def __init__(self, files: Files) -> None:
        self._files = files

    @classmethod
    def gather(cls, repository: Repository) -> Bounds:
        """Never fails."""
        return cls(repository[Files])

    @cached_property
    def _read(self) -> tuple[tuple[Bound, ...], tuple[tuple[What, Location], ...]]:
        found: list[Bound] = []
        open_: list[tuple[What, Location]] = []
        for path in self._paths():
            text = places.text_of(self._files, path)
            if not _SETTINGS.match(path) and not compose.NAMED.match(path) and not _scales(text):
                continue
            for what, value, line in settings(text):
                if value is None:
                    open_.append((what, Location(path, line)))
                else:
                    found.append(Bound(what, value, Location(path, line)))
        return tuple(found), tuple(open_)

    @property
    def all(self) -> tuple[Bound, ...]:
        """Every number that is written out."""
        return self._read[0]

    @property
    def unsure(self) -> tuple[Location, ...]:
        """Where a number is filled in from elsewhere: not from the chart's values or other files of Terraform."""
        known = {(each.what, self._family(each.location.path)) for each in self.all}
        return tuple(at for what, at in self._read[1] if (what, self._family(at.path)) not in known)

    def of(self, what: What) -> tuple[Bound, ...]:
        """Return those of one kind; a count is met by any of them, since a scaler moves it between its bounds."""
        return tuple(each for each in self.all if what in (each.what, "count"))

    @cached_property
    def _charts(self) -> tuple[str, ...]:
        return places.charts(self._files)

    def _family(self, path: str) -> str:
        """Return what fills in the holes of a file: its chart, all of Terraform, or nothing but the file."""
        around = [chart for chart in self._charts if path.startswith(chart)]
        return max(around, key=len, default="*.tf" if ".tf" in path else path)

    def _paths(self) -> Iterator[str]:
        yield from places.manifests(self._files)
        for path in self._files.paths:
            if (
                path.endswith((".tf", ".tfvars", ".json", ".toml"))
                and _SETTINGS.match(path)
                and own_words(path)
            ):
                yield path


def settings(text: str) -> Iterator[tuple[What, int | None, int]]:
    """Yield the settings of a text: what, the number (None where it is none), and the line."""
    for match in SETTING.finditer(text):
        what: What = "min" if match["least"] else "max" if match["most"] else "count"
        value = (match["value"] or "").strip().rstrip(",;")
        number = _NUMBER.match(value)
        if (
            value in ("", "{", "[", "null")
            or _OTHERS.search(match["key"].lower())
            or _aside(text, match.start())
        ):
            continue
        yield what, int(number[1]) if number else None, text.count("\n", 0, match.start("key")) + 1


def _aside(text: str, at: int) -> bool:
    """Whether the resource of Terraform around a place is none that runs the service."""
    before = text.rfind("\nresource ", 0, at), text.rfind("\nmodule ", 0, at)
    head = _RESOURCE.match(text, max(before) + 1) if max(before) >= 0 or text.startswith("resource") else None
    return bool(head and _OTHERS.search((head[1] or head[2]).lower()))


def _scales(text: str) -> bool:
    return "kind" in text and _SCALED.search(text) is not None
