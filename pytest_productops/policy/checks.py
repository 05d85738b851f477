"""Every mistake in the settings, at once: what their schema says, and what no schema knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from pytest_productops.catalogue import Catalogue
from pytest_productops.facts.waivers.model import day
from pytest_productops.model import LEVELS, Stage
from pytest_productops.policy import limits, schema, selection, waivers
from pytest_productops.policy.document import Document
from pytest_productops.policy.layers import DEFAULTS, LISTS, OF_A_RULE, TABLES, Options, normal
from pytest_productops.policy.locks import lockable
from pytest_productops.policy.options import meant
from pytest_productops.policy.problems import Problem
from pytest_productops.policy.profiles import PROFILES
from pytest_productops.suggest import did_you_mean

ADDING = ("extend-select", "ignore")
"""Options without which all is as it is, so that they may be empty."""
LOCKABLE = (*DEFAULTS, *LISTS)


def problems(
    documents: Sequence[Document], given: Iterable[Options], catalogue: Catalogue
) -> Iterator[Problem]:
    """Yield every mistake of the policies, of the repository's own document, which is the last, and of options."""
    for document in documents:
        yield from document.problems
        yield from schema.problems(document, catalogue)
        yield from _words(document, catalogue)
        yield from _twice(document, catalogue)
        yield from _locks(document, catalogue)
        yield from _time(document)
        yield from waivers.problems(document, catalogue)
    for policy in documents[:-1]:
        if "waivers" in policy.data:
            line = policy.line("waivers")
            yield Problem(policy.source, line, "a policy holds no waivers", "they belong to a repository")
    for options in given:
        yield from _missing(options)
        said = {name: value for name, value in options.values.items() if value.strip(", ")}
        yield from _values(Options(options.prefix, said), catalogue)


def _words(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    for name in LISTS:
        own = document.data.get(name)
        for index, word in enumerate(own if isinstance(own, (list, dict)) else ()):
            if isinstance(word, str):
                key = word if isinstance(own, dict) else index
                yield from _unknown(word, document.source, document.line(name, key), catalogue)


def _time(document: Document) -> Iterator[Problem]:
    """Yield a limit for all rules that is less than that of one."""
    written = document.data.get("timeout")
    if isinstance(written, str) and "," in written and not limits.known(written):
        line = document.line("timeout")
        yield Problem(document.source, line, f"timeout: `{written}` is no time", limits.HINT)


def _twice(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each rule that stands in a table by its name and by its code."""
    for table in ("rules", "ignore"):
        own = document.data.get(table)
        first: dict[str, str] = {}
        for label in own if isinstance(own, dict) else ():
            earlier = first.setdefault(normal(f"{table}.{label}", catalogue), label)
            if earlier != label:
                message = f"[{table}]: `{label}` is `{earlier}` of line {document.line(table, earlier)}"
                yield Problem(document.source, document.line(table, label), message, "keep one of the two")


def _unknown(word: str, source: str, line: int, catalogue: Catalogue) -> Iterator[Problem]:
    if not selection.matches(word, catalogue):
        hint = did_you_mean(word, selection.known_selectors(catalogue))
        yield Problem(source, line, f"unknown rule `{word}`", hint)


def _locks(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    written = document.data.get("locked", ())
    for index, key in enumerate(written if isinstance(written, list) else ()):
        if isinstance(key, str) and not lockable(normal(key, catalogue), catalogue, LOCKABLE):
            hint = _meant(key, catalogue)
            yield Problem(
                document.source, document.line("locked", index), f"locked: no such key `{key}`", hint
            )


def _meant(key: str, catalogue: Catalogue) -> str:
    """Return what was perhaps meant by a key that cannot be locked, at the part that is wrong."""
    head, _, rest = key.partition(".")
    label, _, name = rest.partition(".")
    rule = catalogue.get(label)
    if head != "rules" or not rest:
        return did_you_mean(key, (*LOCKABLE, *TABLES))
    return did_you_mean(name, (*rule.options, *OF_A_RULE)) if rule else did_you_mean(label, catalogue.labels)


def _missing(options: Options) -> Iterator[Problem]:
    """Yield the options that are none, and those that have no value and need one."""
    for name, value in options.values.items():
        if meant(name):
            hint = f"did you mean `{options.label(meant(name))}`?"
            yield Problem(options.label(name), 0, "no such variable", hint)
        elif not value.strip(", ") and name not in ADDING:
            yield Problem(options.label(name), 0, "no value")


def _values(options: Options, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield the wrong values of options."""
    for name in LISTS:
        for word in options.words(name):
            yield from _unknown(word, options.label(name), 0, catalogue)
    for profile in options.words("profile"):
        if profile not in PROFILES:
            hint = did_you_mean(profile, PROFILES)
            yield Problem(options.label("profile"), 0, f"no such profile `{profile}`", hint)
    level = options.values.get("level")
    if level is not None and level not in LEVELS:
        yield Problem(options.label("level"), 0, f"no such level `{level}`", did_you_mean(level, LEVELS))
    stage = options.values.get("stage")
    if stage is not None and stage not in get_args(Stage):
        yield Problem(
            options.label("stage"), 0, f"no such stage `{stage}`", did_you_mean(stage, get_args(Stage))
        )
    timeout = options.values.get("timeout")
    if timeout is not None and not limits.known(timeout):
        yield Problem(options.label("timeout"), 0, f"`{timeout}` is no time", limits.HINT)
    now = options.values.get("now")
    if now is not None and day(now) is None:
        yield Problem(options.label("now"), 0, f"`{now}` is no day", "write it as 2026-11-22")
