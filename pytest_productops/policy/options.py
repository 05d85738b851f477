"""The options that every face shares.

Key `profile` = `--productops-profile` = `check --profile` = PRODUCTOPS_PROFILE.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple


class Option(NamedTuple):
    """An option: its name, what stands for its value in help texts, and its help."""

    name: str
    metavar: str
    help: str

    @property
    def attribute(self) -> str:
        """Its name where options are parsed into attributes."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return f"PRODUCTOPS_{self.attribute.upper()}"


OPTIONS = (
    Option("select", "RULES", "only these rules: codes, names, families (ONB) or ALL, apart by commas"),
    Option("extend-select", "RULES", "these rules too"),
    Option("ignore", "RULES", "not these rules"),
    Option("profile", "NAME", "the kind of product: default or service"),
    Option("config", "FILE", "read this file, not productops.toml or pyproject.toml"),
    Option("root", "DIR", "the repository (default: the nearest folder upwards with .git)"),
    Option("now", "DATE", "judge as on this day, for example 2026-11-22"),
)


def from_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the options that PRODUCTOPS_* variables give."""
    return {o.name: environment[o.variable] for o in OPTIONS if environment.get(o.variable)}
