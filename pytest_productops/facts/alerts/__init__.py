"""Alerts: the rules by which somebody is woken, in whatever form they are written, and what they say.

Nothing is rendered: a Helm template that holds alerts, and a file that cannot be read, are `opaque`. Tests,
examples and documentation are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.alerts import grafana, jsonnet, prometheus, terraform
from pytest_productops.facts.alerts.model import PARTS, Alert, Part
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.formats import json5
from pytest_productops.facts.formats.yaml import YamlError, read_all
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

__all__ = ["PARTS", "Alert", "Alerts", "Part"]
_ASIDE = regex(
    r"(?i)(?:^|/)(?:[\w-]*tests?|specs?|examples?|samples?|demos?|testdata|test-?data|fixtures?|e2e"
    r"|docs?|documentation"
    r"|benchmarks?|mocks?|tutorials?|\.github|locales?)(?:/|$)|[-_.]tests?\.ya?ml$|(?:^|/)tests?[-_.][^/]*$"
)
_JSON = regex(r"(?i)(?:.*/)?[^/]*(?:alert|monitor|rule)[^/]*(?:/[^/]+)*\.json")
_TEMPLATED = regex(r"\{\{")
MAX_TEXT = 2_000_000


class Alerts(Fact):
    """The alert rules of a repository."""

    quick = True

    def __init__(self, files: Files) -> None:
        self._files = files

    @classmethod
    def gather(cls, repository: Repository) -> Alerts:
        """Never fails; nothing is read before it is asked for."""
        return cls(repository[Files])

    @property
    def all(self) -> tuple[Alert, ...]:
        """The alerts that can be read, in the order of their files."""
        return self._found[0]

    @property
    def opaque(self) -> tuple[str, ...]:
        """The files that hold alerts and cannot be read without rendering or mending them, with the reason."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[tuple[Alert, ...], tuple[str, ...]]:
        found: list[Alert] = []
        opaque: list[str] = []
        for path in filter(_candidate, self._files):
            text = self._text(path)
            try:
                found += self._read(path, text)
            except (YamlError, json5.JsonError) as error:
                rendered = _TEMPLATED.search(text) or isinstance(error, _TemplateError)
                why = "a template, which is not rendered" if rendered else f"no valid file: {error}"
                opaque.append(f"{path} is {why}")
        return tuple(found), tuple(opaque)

    def _read(self, path: str, text: str) -> Iterator[Alert]:
        """Yield the alerts of a file; raise an error where it holds some that cannot be read."""
        if path.endswith(".tf"):
            yield from terraform.parsed(text, path) if terraform.MENTIONED.search(text) else ()
        elif path.endswith(("sonnet",)):
            yield from jsonnet.parsed(text, path)
        elif path.endswith(".json"):
            yield from _json(path, text)
        elif prometheus.MENTIONED.search(text) and "expr" in text:
            if self._is_template(path, text):
                raise _TemplateError("is a template of Helm", path, 1)
            yield from prometheus.parsed(text, path)
        elif "condition:" in text and "rules:" in text and "title:" in text:
            for document in read_all(text, path):
                yield from grafana.provisioned(document.value, path)

    def _is_template(self, path: str, text: str) -> bool:
        """Whether a file is a template of a chart: in its folder `templates`, with something to fill in."""
        chart, found, _ = path.rpartition("/templates/")
        above = [chart[:at] for at in range(len(chart), 0, -1) if at == len(chart) or chart[at] == "/"]
        in_chart = bool(found) and any(f"{folder}/Chart.yaml" in self._files for folder in above)
        return in_chart and bool(_TEMPLATED.search(text))

    def _text(self, path: str) -> str:
        try:
            text = self._files.read(path)
        except Unreadable:
            return ""
        return text if len(text) <= MAX_TEXT else ""


class _TemplateError(YamlError):
    """A file holds alerts, and only its generator can read it."""


def _candidate(path: str) -> bool:
    ends = (".yml", ".yaml", ".tf", ".jsonnet", ".libsonnet")
    wanted = path.endswith(ends) or (path.endswith(".json") and _JSON.fullmatch(path))
    return bool(wanted) and own_words(path) and not _ASIDE.search(path)


def _json(path: str, text: str) -> Iterator[Alert]:
    monitor = grafana.MONITOR.search(text) and '"message"' in text and '"query"' in text
    if monitor:
        yield from grafana.monitor(json5.load(text), path)
    elif '"condition"' in text and '"groups"' in text and '"rules"' in text:
        yield from grafana.provisioned(json5.load(text).data, path)
