"""SLOs: the objectives that are declared, in files of the usual tools or in documents, and what each says.

OpenSLO (https://github.com/OpenSLO/OpenSLO), Sloth (https://sloth.dev), Pyrra (https://github.com/pyrra-dev/pyrra),
Google's slo-generator, Datadog and Google Cloud in Terraform.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.alerts import Alerts
from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.formats.yaml import YamlError, read_all
from pytest_productops.facts.guides.answers import first_said, sent_away
from pytest_productops.facts.ownership import Ownership
from pytest_productops.facts.slos import specifications, terraform, written
from pytest_productops.facts.slos.model import PARTS, Objective, Part
from pytest_productops.facts.substance import Part as TextPart
from pytest_productops.facts.substance import lack
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

__all__ = ["PARTS", "Objective", "Objectives", "Part"]
_ASIDE = regex(
    r"(?i)(?:^|/)(?:[\w-]*tests?|specs?|examples?|samples?|demos?|testdata|fixtures?|e2e|docs?"
    r"|documentation|\.github"
    r"|locales?|templates|crds?|schemas?)(?:/|$)"
)
_BURNS = regex(r"(?i)\bslos?\b|_slo_|error[-_ ]?budget|burn[-_ ]?rate|objective")
_AWAY = regex(r"(?i)\bSLOs?\b|service[- ]level objectives?")


class Objectives(Fact):
    """The SLOs of a repository."""

    def __init__(self, files: Files, documents: Documents, alerts: Alerts, ownership: Ownership) -> None:
        self._files = files
        self._documents = documents
        self._alerts = alerts
        self._ownership = ownership

    @classmethod
    def gather(cls, repository: Repository) -> Objectives:
        """Never fails; nothing is read before it is asked for."""
        return cls(repository[Files], repository[Documents], repository[Alerts], repository[Ownership])

    @cached_property
    def all(self) -> tuple[Objective, ...]:
        """Those of files, then those of documents."""
        found = (each for path in self._files if _candidate(path) for each in self._in(path))
        return (*found, *(each for section in self._pages for each in written.objectives(section)))

    @cached_property
    def _pages(self) -> tuple[TextPart, ...]:
        return tuple(part for part in written.parts(self._speaking) if not lack(part))

    @cached_property
    def _speaking(self) -> tuple[Document, ...]:
        return tuple(written.pages(self._documents, self._files))

    def _in(self, path: str) -> Iterator[Objective]:
        try:
            text = self._files.read(path)
            if path.endswith(".tf"):
                yield from terraform.objectives(text, path)
            elif specifications.MENTIONED.search(text):
                for document in read_all(text, path):
                    yield from specifications.objectives(document.value, path)
        except (Unreadable, YamlError):
            return

    def says(self, objective: Objective, part: Part) -> object:
        """Return whether an objective has a part, by itself or by what is beside it."""
        if part in objective.parts:
            return True
        if part == "owner":
            owners = self._ownership.codeowners
            return owners is not None and owners.owners(objective.location.path)
        if part == "consequence":
            return self.policy
        return part == "alert" and self._alerting

    @cached_property
    def policy(self) -> Location | None:
        """Where it is written what happens when an error budget is spent."""
        return first_said((*self._pages, *self._speaking), written.CONSEQUENCE)

    @cached_property
    def _alerting(self) -> bool:
        """Whether an alert refers to an objective."""
        told = (
            f"{a.name} {' '.join((*a.labels, *a.labels.values(), *a.annotations.values()))}"
            for a in self._alerts.all
        )
        return any(_BURNS.search(text) for text in told)

    @cached_property
    def external(self) -> str:
        """The site where objectives are kept, if documents here send the reader there."""
        kinds = ("readme", "runbook", "support", "architecture")
        pages = [document for kind in kinds for document in self._documents.artifact(kind).documents[:5]]
        away = sent_away(pages, _AWAY)
        return away.target if away else ""


def _candidate(path: str) -> bool:
    return path.endswith((".yml", ".yaml", ".tf")) and own_words(path) and not _ASIDE.search(path)
