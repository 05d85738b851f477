"""A component's own settings: `productops.toml` in its folder. It may only add to the options, or tighten them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import Any

from pytest_productops.facts.components import Component, Components
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.snapshot import Snapshot
from pytest_productops.policy import schema
from pytest_productops.policy.document import OWN, Document, parse
from pytest_productops.policy.layers import Setting, of_document
from pytest_productops.policy.locks import tight_enough
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.settings import Settings
from pytest_productops.repository import Repository, Unavailable

Overlay = Mapping[str, Mapping[str, Any]]
"""Code of a rule -> option -> value."""


def overlaid(settings: Settings, repository: Repository) -> Settings:
    """Return the settings with those of the components; raise `ConfigurationError` with every mistake in them.

    They are those of the trusted commit where there is one, also for a component that has moved since.
    """
    trusted = settings.trusted
    try:
        files = trusted.files if trusted and trusted.adopted else repository[Files]
    except Unavailable:  # each rule will say why
        return settings
    paths = [path for path in files.paths if path.endswith(f"/{OWN}")]
    if not paths:
        return settings
    folders = {component.folder for component in repository[Components].all}
    homes = {path: _home(path.rpartition("/")[0], folders, files) for path in paths}
    read = {home: _document(files, path) for path, home in homes.items() if home in folders}
    problems = [problem for document in read.values() for problem in _problems(document, settings)]
    if problems:
        raise ConfigurationError(problems)
    return replace(settings, overlays={folder: _overlay(each, settings) for folder, each in read.items()})


def _home(folder: str, folders: Set[str], files: Files) -> str:
    """Return where a component is today that a commit has in a folder."""
    if folder in folders or not isinstance(files, Snapshot):
        return folder
    with contextlib.suppress(Unavailable):
        for now, before in files.renames.items():
            rest = before.removeprefix(folder)
            if rest != before and rest[0] == "/" and now.endswith(rest):
                return now.removesuffix(rest)
    return folder


def _document(files: Files, path: str) -> Document:
    try:
        return parse(files.read(path), path)
    except Unreadable as error:
        return Document(path, problems=(Problem(path, 0, str(error)),))


def _problems(document: Document, settings: Settings) -> Iterator[Problem]:
    yield from document.problems
    for key in document.data:
        if key != "rules":
            yield Problem(
                document.source,
                document.line(key),
                f"`{key}` is no key of a component's settings",
                "only `rules` is",
            )
    told = list(schema.problems(document, settings.stack.catalogue)) if not document.problems else []
    yield from told
    for setting in _settings(document, settings) if not told else ():
        yield from _loosened(setting, settings)


def _settings(document: Document, settings: Settings) -> Iterator[Setting]:
    layer = of_document(document, settings.stack.catalogue)
    yield from (each for key, each in layer.settings.items() if key.startswith("rules."))


def _loosened(setting: Setting, settings: Settings) -> Iterator[Problem]:
    """Yield a setting that the root's settings or a lock do not allow."""
    _, code, name = setting.key.split(".", 2)
    rule = settings.stack.catalogue.get(code)
    if rule and Component not in rule.needs:
        yield Problem(setting.source, setting.line, f"{code} is not asked about components")
        return
    held = settings.stack.value(setting.key)
    option = rule.options.get(name) if rule else None
    free = option is not None and not option.stricter and not settings.stack.locks(setting.key)
    if not free and not tight_enough(setting.key, setting.value, held, settings.stack.catalogue):
        was = "unset" if held is None else held
        message = f"{setting.key} = {setting.value} loosens {was}; a component may only tighten it"
        yield Problem(setting.source, setting.line, message)


def _overlay(document: Document, settings: Settings) -> Overlay:
    found: dict[str, dict[str, Any]] = {}
    for setting in _settings(document, settings):
        _, code, name = setting.key.split(".", 2)
        found.setdefault(code, {})[name] = setting.value
    return found
