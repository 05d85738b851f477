"""What listing and recording share: the repository under its settings."""

from __future__ import annotations

import argparse
from pathlib import Path

from pytest_productops.catalogue import Catalogue
from pytest_productops.facts.register.runs import Runs
from pytest_productops.gate import Gate
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.settings import Settings

MOST_LATE = "most_late"
"""The option of the rule on runs that says how late a record may be committed."""


class Case:
    """The arguments, and the repository that they are about."""

    def __init__(self, parsed: argparse.Namespace, root: Path, rules: Catalogue, settings: Settings) -> None:
        self.parsed = parsed
        self.root = root
        self.repository = Gate(root, settings).repository
        self._rules = rules
        self._settings = settings

    @property
    def most_late(self) -> int:
        """By how many days a record may be late, so that both see the same runs: the rule and the agenda."""
        for rule in self._rules:
            if Runs in rule.needs and MOST_LATE in rule.options:
                return int(self._settings.terms(rule).options[MOST_LATE])
        return 14


def wrong(option: str, message: str, hint: str = "") -> ConfigurationError:
    """Return the error of an argument."""
    return ConfigurationError([Problem(option, 0, message, hint)])
