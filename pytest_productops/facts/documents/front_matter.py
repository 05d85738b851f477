"""Front matter: the settings of a page above its text, YAML between `---` or TOML between `+++`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_productops.facts.formats import yaml
from pytest_productops.lazy import regex

MAX_LENGTH = 2**16
"""Longest front matter that is read, in characters."""
_FENCED = regex(r"(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split(text: str) -> tuple[Mapping[str, Any], str]:
    """Return the settings and the text with their lines blank; what holds no settings stays text."""
    match = _FENCED.match(text[:MAX_LENGTH])
    settings = (_yaml if match[1] == "---" else _toml)(match[2]) if match else None
    if match is None or not isinstance(settings, dict):
        return {}, text
    blank = "\n" * match[0].count("\n")
    return {str(key): value for key, value in settings.items()}, blank + text[match.end() :]


def _yaml(text: str) -> Any:
    try:
        return yaml.read(text, "").value
    except yaml.YamlError:
        return None


def _toml(text: str) -> Any:
    import tomli  # noqa: PLC0415 - few documents have front matter

    try:
        return tomli.loads(text)
    except (ValueError, RecursionError):
        return None
