"""Tools: which of several that do the same a group uses to make an environment, or to install."""

from __future__ import annotations

import re

from pytest_productops.drill.units import Group

_CREATE = {
    ("python", "pip"): r"-m venv\b",
    ("python", "virtualenv"): r"-m virtualenv\b|^\s*virtualenv\s|\bmkvirtualenv\b",
    ("python", "conda"): r"\b(?:conda|mamba|micromamba) (?:env )?create\b",
    ("python", "uv"): r"\buv (?:venv|sync)\b",
    ("python", "poetry"): r"\bpoetry (?:install|sync|shell|env)\b",
    ("python", "pipenv"): r"\bpipenv (?:install|sync|shell)\b",
    ("python", "pdm"): r"\bpdm (?:install|sync|venv)\b",
    ("python", "hatch"): r"\bhatch (?:env|shell)\b",
    ("python", "pixi"): r"\bpixi (?:install|shell)\b",
    ("python", "tox"): r"\btox\b.*--devenv\b",
    ("python", "nix"): r"\bnix(?:-shell| develop)\b",
}
_INSTALL = {
    (
        "python",
        "pip",
    ): r"(?<!uv )\bpip3? install\b.*(?:\s-[re]\b|--editable|--group|[\s\"']\.(?:[\[\s\"']|$))",
    ("python", "conda"): r"\b(?:conda|mamba|micromamba) (?:env (?:create|update)|install)\b",
    ("python", "uv"): r"\buv (?:sync|pip install)\b",
    ("python", "poetry"): r"\bpoetry (?:install|sync)\b",
    ("python", "pipenv"): r"\bpipenv (?:install|sync)\b",
    ("python", "pdm"): r"\bpdm (?:install|sync)\b",
    ("node", "npm"): r"\bnpm (?:ci|install|i)\s*$",
    ("node", "yarn"): r"\byarn(?: install)?\s*$",
    ("node", "pnpm"): r"\bpnpm (?:install|i)\s*$",
    ("node", "bun"): r"\bbun (?:install|i)\s*$",
}
_KINDS = [
    (role, *key, re.compile(text, re.MULTILINE))
    for role, table in (("create", _CREATE), ("install", _INSTALL))
    for key, text in table.items()
]
ALWAYS = frozenset({"pip"})
"""What every Python has."""


def families(group: Group) -> list[tuple[str, str, str]]:
    """Return each thing that a group does, for which system, with which tool: ("create", "python", "conda")."""
    return [
        (role, system, tool)
        for role, system, tool, words in _KINDS
        if any(words.search(unit.text) for unit in group.units)
    ]


def roles(group: Group) -> set[str]:
    """Return what a group does of making an environment (`create`) and installing (`install`)."""
    return {role for role, _, _ in families(group)}
