"""The settings of one repository: its file, the policies that it extends, the environment and the options.

A value of a higher layer wins, unless a lower one locked it. The highest layer with `select` is the base;
`extend-select` and `ignore` of every layer are then applied (as in Ruff:
https://docs.astral.sh/ruff/settings/#lint_extend-select).
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pytest_productops.catalogue import Catalogue
from pytest_productops.facts.rulebook import Rulebook
from pytest_productops.facts.waivers import Waivers
from pytest_productops.facts.waivers.model import day
from pytest_productops.git import BARE, is_bare
from pytest_productops.lazy import dataclass
from pytest_productops.model import Policy, PolicyUsed, Rule
from pytest_productops.policy import baseline, checks, extends, locks, trusted, waivers
from pytest_productops.policy.baseline import Baseline
from pytest_productops.policy.document import Document, inside, load
from pytest_productops.policy.layers import DEFAULTS, LISTS, Options, of_document, of_options
from pytest_productops.policy.options import on
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.stack import Stack
from pytest_productops.policy.terms import Terms
from pytest_productops.policy.trusted import Trusted
from pytest_productops.text import clean

__all__ = ["Options", "Settings", "read"]
_SILENT = ("ignore.", "timeout")
"""Keys that say nothing of how a repository is judged, beyond the selection."""


@dataclass(frozen=True)
class Settings:
    """What is judged and how: the selected rules, the layers that say so, and what is accepted.

    `overlays` are the options that components set for themselves: folder -> code -> option -> value. `in_ci` says
    that what is stale fails. `stage` names the one whose criteria alone are judged. `trusted` is the commit that they
    were read from, where one was named, and `given` the options from outside.
    """

    policy: Policy
    rules: tuple[Rule, ...]
    stack: Stack
    document: Document = field(default_factory=Document)
    waivers: Waivers = field(default_factory=Waivers)
    rulebook: Rulebook = field(default_factory=Rulebook)
    baseline: Baseline = field(default_factory=Baseline)
    overlays: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    now: datetime.date | None = None
    stage: str = ""
    in_ci: bool = False
    trusted: Trusted | None = None
    given: tuple[Options, ...] = ()

    @property
    def artifacts(self) -> Mapping[str, str]:
        """The declared places of documents."""
        return self.stack.below("artifacts")

    def terms(self, rule: Rule, component: str = "") -> Terms:
        """Return what a rule is judged by, on the repository or on a component's folder."""
        said = self.stack.below(f"rules.{rule.code}")
        said |= self.overlays.get(component, {}).get(rule.code, {})
        return Terms(
            options=rule.with_defaults({name: said[name] for name in rule.options if name in said}),
            enforce_from=day(said.get("enforce-from")),
            level=self.policy.level,
            waivable=said.get("waivable", True),
        )


def read(
    root: Path,
    catalogue: Catalogue,
    given: Iterable[Options] = (),
    named: Iterable[str] = (),
    *,
    in_ci: bool = False,
    replaced: Mapping[str, extends.Shared] | None = None,
) -> Settings:
    """Read and check everything; raise `ConfigurationError` with every mistake at once.

    `given` are options, from low to high. `named` are rules asked for by themselves: they run whatever is selected.
    `replaced` are policies to use instead of those that their names lead to.
    """
    given = tuple(given)
    if is_bare(root):
        raise ConfigurationError([Problem(clean(str(root)), 0, BARE, "clone it and check the clone")])
    believed = _trusted(root, given)
    held = believed.files if believed and believed.adopted else None
    document = load(root, _last("config", given), held)
    shared = extends.resolve(document, root, replaced, held)
    documents = [*(each.document for each in shared.policies), document]
    known = baseline.load(root, *_baseline(documents, given), held)
    _refuse([*shared.problems, *checks.problems(documents, given, catalogue), *known.problems])
    files = [of_document(each.document, catalogue, each.rests_on) for each in shared.policies]
    files.append(of_document(document, catalogue, frozenset(each.name for each in files)))
    stack = Stack([*files, *map(of_options, given)], catalogue)
    _refuse(locks.problems(stack))
    settings = Settings(
        policy=_policy(stack, document, tuple(each.used for each in shared.policies)),
        rules=tuple(_chosen(catalogue, stack.selected, frozenset(named), fast=on(_last("fast", given)))),
        stack=stack,
        document=document,
        waivers=replace(waivers.read(document), max_days=stack.value("max-waiver-days")),
        rulebook=_rulebook(stack, len(documents)),
        baseline=known,
        now=day(_last("now", given)),
        stage=_last("stage", given),
        in_ci=in_ci,
        trusted=believed,
        given=given,
    )
    if not settings.rules:
        raise ConfigurationError(
            [Problem(_decider(stack), 0, "no rule is selected", "see `productops rules`")]
        )
    return settings


def _chosen(
    catalogue: Catalogue, selected: frozenset[str], named: frozenset[str], *, fast: bool
) -> Iterator[Rule]:
    """Yield the rules that are judged: those named whatever is selected, and of those selected perhaps the quick."""
    for rule in catalogue:
        if rule.code in named or (rule.code in selected and (rule.quick or not fast)):
            yield rule


def _trusted(root: Path, given: Iterable[Options]) -> Trusted | None:
    """Return the commit whose settings are believed, if one is named."""
    given = tuple(given)
    name, config = _last(trusted.NAME, given), _last("config", given)
    if not name:
        return None
    label = next(each.label(trusted.NAME) for each in reversed(given) if each.values.get(trusted.NAME))
    own = (inside(config, root) if config else "", _last("baseline", given))
    return trusted.resolve(root, name, label, own)


def _refuse(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise ConfigurationError(found)


def _baseline(documents: Iterable[Document], given: Iterable[Options]) -> tuple[str, str, int]:
    """Return the path of the baseline, and the source and the line that name it; a wrong value is told elsewhere."""
    said: list[tuple[Any, str, int]] = [(DEFAULTS["baseline"], "", 0)]
    said += [(each.data.get("baseline"), each.source, each.line("baseline")) for each in documents]
    said += [(each.values.get("baseline"), each.label("baseline"), 0) for each in given]
    path, source, line = next(each for each in reversed(said) if each[0] and isinstance(each[0], str))
    return str(path), source, line


def _policy(stack: Stack, document: Document, used: tuple[PolicyUsed, ...]) -> Policy:
    return Policy(
        profiles=stack.profiles,
        level=stack.value("level"),
        unknown_fails=stack.value("unknown") == "fail",
        source=document.source,
        digest=_digest(stack),
        extends=used,
    )


def _digest(stack: Stack) -> str:
    """Return the sha256 of what was resolved, without the places that say so."""
    said = {key: setting.value for key, setting in stack.resolved.items() if not key.startswith(_SILENT)}
    resolved = {"selected": sorted(stack.selected), **said}
    text = json.dumps(resolved, sort_keys=True, default=str)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _rulebook(stack: Stack, files: int) -> Rulebook:
    """Say what is installed and what the repository's own settings apply, whatever this run was asked for."""
    codes = {label: rule.code for rule in stack.catalogue for label in (rule.code, rule.name)}
    return Rulebook(MappingProxyType(codes), stack.first(files).selected)


def _last(name: str, given: Iterable[Options]) -> str:
    """Return what the highest options say of something that is no setting; "" where they are silent."""
    return next((each.values[name] for each in reversed(tuple(given)) if each.values.get(name)), "")


def _decider(stack: Stack) -> str:
    """Name what decides the selection, for a message."""
    said = [setting for layer in stack.given for setting in layer.settings.values()]
    return next((s.source for s in reversed(said) if s.key.partition(".")[0] in LISTS), "")
