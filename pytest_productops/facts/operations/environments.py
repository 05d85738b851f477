"""Environments: where the product runs, by the names that CI, Helm and Terraform have for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from pytest_productops.facts.files import Files, own_words
from pytest_productops.facts.pipelines import Job, Pipelines
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "production": r"prod(?:uction)?s?|prd|live",
        "staging": r"stag(?:e|ing)?|stg",
        "pre-production": r"pre-?prod(?:uction)?|ppd",
        "development": r"dev(?:el(?:opment)?)?",
        "test": r"test(?:ing)?|tst",
        "qa": r"qa|quality[- ]assurance",
        "uat": r"uat|user acceptance(?: testing)?",
        "integration": r"integration|int",
        "sandbox": r"sandbox",
        "canary": r"canary",
        "demo": r"demo(?:nstration)?",
        "training": r"training",
        "review": r"reviews?(?:[- ]apps?)?|previews?|pull[- ]request|pr",
    }
)
"""Kind of environment -> the words that name it. A name without any is none: `pypi`, `github-pages`."""
_WORDS = {kind: regex(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE) for kind, words in KINDS.items()}
_REMOTE = frozenset({"production", "staging", "pre-production", "qa", "uat", "sandbox", "canary"})
"""Kinds that are never on a developer's machine, as values of Helm for tests and development are."""
_DEPLOYS = regex(
    r"deploy|roll-?out|promote|helm upgrade|kubectl|terraform apply|flyctl|\bcf push", re.IGNORECASE
)
_NOT_DEPLOYED = regex(
    r"pypi|npm|pages|docs?(?:$|[-_ ])|documentation|storybook|release|publish|registry|approval|secret|[${<]",
    re.IGNORECASE,
)
_VALUES = regex(r"(?:.*/)?(?:helm|charts?)/(?:.*/)?values[-._]([\w-]+)\.ya?ml\Z")
_VARIABLES = regex(r"(?:.*/)?(?:terraform|infra\w*|tf)/(?:.*/)?([\w-]+)\.tfvars(?:\.json)?\Z")
_WORKSPACE = regex(r"(?:.*/)?(?:terraform|infra\w*|tf)/(?:.*/)?(?:environments?|workspaces|envs?)/([\w-]+)/")


@dataclass(frozen=True)
class Environment:
    """A place where the product runs; `kind` is one of `KINDS`, `location` where it is configured."""

    name: str
    kind: str
    location: Location

    def named_in(self, text: str) -> bool:
        """Whether a text names it, or another environment of its kind."""
        return self.name.lower() in text.lower() or _WORDS[self.kind].search(text) is not None


class Environments(Fact):
    """The environments of deployments, one a kind, in the order of `KINDS`. Names that are none are left out."""

    def __init__(self, files: Files, pipelines: Pipelines) -> None:
        self._files = files
        self._pipelines = pipelines

    @classmethod
    def gather(cls, repository: Repository) -> Environments:
        """Find them; never fails."""
        return cls(repository[Files], repository[Pipelines])

    @cached_property
    def found(self) -> tuple[Environment, ...]:
        """Each kind of environment once, with the first name that it has."""
        kinds: dict[str, Environment] = {}
        for name, location in self._names():
            kind = kind_of(name)
            if kind:
                kinds.setdefault(kind, Environment(name, kind, location))
        return tuple(kinds[kind] for kind in KINDS if kind in kinds)

    def _names(self) -> Iterator[tuple[str, Location]]:
        for pipeline in self._pipelines.pipelines:
            yield from ((job.environment, job.location) for job in pipeline.jobs if _deploys(job))
        for path in filter(own_words, self._files):
            match = _VARIABLES.match(path) or _WORKSPACE.match(path)
            values = _VALUES.match(path)
            if match:
                yield match[1], Location(path)
            elif values and kind_of(values[1]) in _REMOTE:
                yield values[1], Location(path)


def _deploys(job: Job) -> bool:
    """Whether a job brings the product somewhere; an environment may also hold secrets for tests."""
    said = (job.id, job.uses, *(f"{step.name} {step.run} {step.uses}" for step in job.steps))
    return bool(job.environment) and not job.never and any(map(_DEPLOYS.search, said))


def kind_of(name: str) -> str:
    """Return the kind that a name speaks of, or nothing where it may be no environment of deployments.

    >>> kind_of("Staging-EU"), kind_of("pypi"), kind_of("${{ inputs.name }}")
    ('staging', '', '')
    """
    if _NOT_DEPLOYED.search(name):
        return ""
    found = [kind for kind, words in _WORDS.items() if words.search(name.replace("_", "-"))]
    return found[-1] if found else ""
