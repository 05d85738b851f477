"""Which manifests are of the product's own deployment: not those of tests, examples and developers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.lazy import regex

LONGEST = 400_000
"""Longest manifest that is read, in characters."""
_ASIDE = regex(
    r"(?:^|/)(?:\.[\w.-]+|(?:[\w-]+[-_])?tests?(?:[-_][\w-]+)?|test-?data\d*|specs?|examples?|samples?|demos?|benchmarks?|e2e"
    r"|fuzz|docs?|documentation|website|tutorials?|labs?|exercises|courses?|workshops?|playgrounds?|hack"
    r"|(?:local|dev|development|minikube|kind|k3d|debug|sandbox|preview)(?:[-_][\w-]+)?"
    r"|cookiecutter\w*|skeletons?|scaffold\w*|boilerplates?)/"
    r"|(?:^|[/._-])(?:local|dev|devel|development|tests?|testing|ci|e2e|debug|examples?|samples?|minikube|override)"
    r"(?:[._-][\w.-]*)?\.ya?ml\Z",
    re.IGNORECASE,
)
_CHART = regex(r"(?:.*/)?Chart\.ya?ml\Z")


def aside(path: str) -> bool:
    """Whether a path is of tests, examples, documentation or a developer's machine."""
    return _ASIDE.search(path) is not None


def manifests(files: Files) -> Iterator[str]:
    """Yield the paths of YAML files that may be manifests of a deployment."""
    for path in files.paths:
        if path.endswith((".yaml", ".yml")) and own_words(path) and not _ASIDE.search(path):
            yield path


def text_of(files: Files, path: str) -> str:
    """Return a manifest's text, nothing where it cannot be read."""
    try:
        text = files.read(path)
    except Unreadable:
        return ""
    return text if len(text) <= LONGEST else ""


def charts(files: Files) -> tuple[str, ...]:
    """Return the folders of the Helm charts, each with a `/` at its end (the root is the empty string)."""
    found = (path.rpartition("/") for path in files.paths if _CHART.match(path) and not _ASIDE.search(path))
    return tuple(f"{folder}{slash}" for folder, slash, _ in found)
