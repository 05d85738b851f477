"""Patterns of tags by which a workflow is started, and the blanks in a tag that a procedure tells to make."""

from __future__ import annotations

import re
from functools import lru_cache

from pytest_productops.facts.globs import fits
from pytest_productops.lazy import regex

BLANK = regex(
    r"\$\{?\w+\}?|<[^>]*>|\{\{?[^}]*\}?\}|\[[^\]]*\]|[xX]\.[yY](?:\.[zZ])?|[A-Z]\.[A-Z]\.[A-Z]|VERSION"
    r"|#\.#\.#"
)
"""What stands for a version in a document."""


def starts(name: str, patterns: list[str]) -> bool:
    """Whether a tag matches one of GitHub's patterns, read generously."""
    return any(fits(name, _generous(pattern)) for pattern in patterns)


@lru_cache(maxsize=1 << 10)
def _generous(pattern: str) -> str:
    return re.sub(r"\+|\[0-9\]\+?|\?", "*", pattern)


def tag_patterns(text: str) -> list[str]:
    """Return the patterns under `on: push: tags:`; `*` where they cannot be read."""
    from pytest_productops.facts.formats import yaml  # noqa: PLC0415 - slow to import

    try:
        value = yaml.read(text, "").value
        tags = value["on"]["push"]["tags"]
        return [str(tag) for tag in tags] if isinstance(tags, list) else [str(tags)]
    except (yaml.YamlError, KeyError, TypeError, AttributeError):
        return ["*"]
