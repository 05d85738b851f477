"""What a waiver needs: from the command line, or from the person at the terminal."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from pytest_productops.catalogue import Catalogue
from pytest_productops.facts.waivers import unexplained
from pytest_productops.facts.waivers.model import day
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Rule
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.settings import Settings
from pytest_productops.suggest import did_you_mean

NEEDED = ("reason", "owner", "expires")
_OPTIONS = {"expires": "until"}
"""Keys whose option has another name."""
_OWNER = regex(r"@\w[\w.-]*(?:/[\w.-]+)*|\w[\w.-]*(?:/[\w.-]+)+|[^\s@]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Asking:
    """The arguments of the verb, and what they are held against."""

    parsed: argparse.Namespace
    rules: Catalogue
    settings: Settings
    today: datetime.date

    def rule(self) -> Rule:
        """Return the rule that is named; raise ConfigurationError where there is none."""
        rule = self.rules.get(self.parsed.rule or "")
        if rule is None:
            raise ConfigurationError(self._rule_problems())
        return rule

    def asked(self, needed: Iterable[str]) -> tuple[Rule, dict[str, Any]]:
        """Return the rule, and the values of those keys of a waiver that are needed or given.

        Raises ConfigurationError with all that is wrong. A person at a terminal is asked instead, but for the rule.
        """
        given = {name: (getattr(self.parsed, _option(name)) or "").strip() for name in NEEDED}
        values = {name: text for name, text in given.items() if text or name in needed}
        problems = list(self._rule_problems())
        if sys.stdin.isatty() and not self.settings.in_ci and not problems:
            values = {name: self._ask(name, text) for name, text in values.items()}
        for name, text in values.items():
            wrong = self._wrong(name, text)
            problems += [Problem(f"--{_option(name)}", 0, wrong, self._hint(name))] if wrong else []
        if problems:
            raise ConfigurationError(problems)
        return self.rule(), {name: day(text) if name == "expires" else text for name, text in values.items()}

    def _ask(self, name: str, text: str) -> str:
        """Ask until an answer is right."""
        while wrong := self._wrong(name, text):
            if text:
                print(wrong, file=sys.stderr)
            try:
                text = input(f"{_option(name).capitalize()}: {self._hint(name)}\n> ").strip()
            except EOFError as end:
                raise KeyboardInterrupt from end
        return text

    def _rule_problems(self) -> Iterator[Problem]:
        label = self.parsed.rule or ""
        rule = self.rules.get(label)
        if not label:
            yield Problem(
                "RULE", 0, "is missing", "give the code or name of a rule, as `productops check` shows it"
            )
        elif rule is None:
            yield Problem("RULE", 0, f"unknown rule `{label}`", did_you_mean(label, self.rules.labels))
        elif not self.settings.terms(rule).waivable:
            yield Problem("RULE", 0, f"the settings let nobody waive {rule.code}: waivable = false")

    def _wrong(self, name: str, text: str) -> str:
        """Say what is wrong with a value; nothing where it will do."""
        if not text:
            return "is missing"
        if name == "reason":
            return f"{text!r} says nothing to another person" if unexplained(text) else ""
        if name == "owner":
            return "" if _OWNER.fullmatch(text) else f"{text!r} is no owner"
        return self._wrong_day(text)

    def _wrong_day(self, text: str) -> str:
        expires, most = day(text), self.settings.waivers.max_days
        if expires is None:
            return f"{text!r} is no day"
        ahead = (expires - self.today).days
        if ahead <= 0:
            return f"{expires} is not ahead"
        return f"{expires} is {ahead} days ahead, {most} are allowed" if ahead > most else ""

    def _hint(self, name: str) -> str:
        if name == "reason":
            return "say why it is accepted, in words that another person can follow"
        if name == "owner":
            return "say who accepts it: @name, @org/team, org/team or an e-mail address"
        latest = self.today + datetime.timedelta(self.settings.waivers.max_days)
        return f"say the last day it holds, {latest} at the latest"


def _option(name: str) -> str:
    return _OPTIONS.get(name, name)
