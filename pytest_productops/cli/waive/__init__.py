"""Accept a failing rule or finding until a day: write a waiver; list, extend and prune those there are."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from pytest_productops.cli.common import add_options, layers, prepare, printable
from pytest_productops.cli.waive import telling
from pytest_productops.cli.waive.asking import NEEDED, Asking
from pytest_productops.cli.waive.file import SettingsFile
from pytest_productops.facts.waivers import InlineWaivers, Waiver
from pytest_productops.gate import Gate
from pytest_productops.model import Rule, Verdict
from pytest_productops.policy import edit
from pytest_productops.policy.problems import ConfigurationError, Problem

REFUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("rule", nargs="?", metavar="RULE", help="the code or name of a rule")
    add_options(parser)
    parser.add_argument("--subject", metavar="GLOB", default="", help="only findings with such a path or key")
    parser.add_argument("--reason", metavar="TEXT", help="why it is accepted")
    parser.add_argument("--owner", metavar="WHO", help="who accepts it: @ann, @org/team, ann@example.org")
    parser.add_argument("--until", metavar="DATE", help="the last day it holds, UTC, for example 2027-01-31")
    acts = parser.add_mutually_exclusive_group()
    for name, text in (
        ("list", "show the waivers, of settings and comments, and what each covers now"),
        ("extend", "give a waiver of the settings another last day; another reason or owner too, if given"),
        ("prune", "delete the waivers of the settings that cover nothing"),
    ):
        acts.add_argument(f"--{name}", dest="act", action="store_const", const=name, default="add", help=text)


def run(parsed: argparse.Namespace) -> int:
    """Do what is asked; return 0, or 2 where the file of the settings stays as it is."""
    if parsed.act in {"list", "prune"} and not parsed.path and parsed.rule and Path(parsed.rule).is_dir():
        parsed.rule, parsed.path = None, parsed.rule
    verb = _Waive(parsed)
    try:
        acts = {"add": verb.add, "list": verb.listed, "extend": verb.extend, "prune": verb.prune}
        said = acts[parsed.act]()
    except edit.NotEdited as error:
        print(f"error: {verb.file.source} stays as it is: {error}", file=sys.stderr)
        return REFUSED
    finally:
        verb.gate.close()
    sys.stdout.write(printable(said))
    return 0


class _Waive:
    """What the acts share: the arguments, the repository under its settings, and the file to write to."""

    def __init__(self, parsed: argparse.Namespace) -> None:
        self.parsed = parsed
        root, self.rules, self.settings = prepare(parsed)
        self.gate = Gate(root, self.settings, apart=True)
        self.today = self.gate.repository.now
        given = (layer.values.get("config", "") for layer in reversed(layers(parsed)))
        self.file = SettingsFile(root, self.settings.document.source, next(filter(None, given), ""))
        self.asking = Asking(parsed, self.rules, self.settings, self.today)

    def add(self) -> str:
        """Write a waiver, and return it with what it covers."""
        rule, values = self.asking.asked(NEEDED)
        entry = {"rule": rule.code, "subject": self.parsed.subject.strip(), **values}
        waiver = Waiver(**entry)
        for each in self._of(rule):
            if each.subject == waiver.subject:
                message = f"{each.name} has a waiver at {each.location}, {each}"
                raise _wrong(message, "--extend gives it another day")
        written = self.file.form(entry)
        try:
            self.file.edit(partial(edit.add, entry=entry))
        except edit.NotEdited as error:
            raise edit.NotEdited(f"{error}; add this by hand\n\n{written}") from error
        effect = telling.effect(rule, waiver, self.gate.verdicts([rule]))
        return f"{self.file.source}: waived\n\n{written}\n{effect}"

    def extend(self) -> str:
        """Give the one waiver that is meant another last day."""
        rule, values = self.asking.asked(("expires",))
        found = [each for each in self._of(rule) if self.parsed.subject in ("", each.subject)]
        if len(found) != 1:
            raise _wrong(*telling.not_one(rule, found, self._inline(rule)))
        (waiver,) = found
        index = self.settings.waivers.all.index(waiver)
        self.file.edit(partial(edit.change, index=index, values=values))
        return (
            f"{waiver.location}: {waiver.name} is waived until {values['expires']}, it was {waiver.expires}\n"
        )

    def prune(self) -> str:
        """Delete what covers nothing from the settings, and name the comments that cover nothing."""
        chosen = self._chosen()
        verdicts = self._verdicts(chosen)
        counted = [(each, telling.covered(each, verdicts[self._code(each)])) for each in chosen]
        idle = [each for each, number in counted if number == 0]
        every = self.settings.waivers.all
        indexes = [index for index, each in enumerate(every) if any(each is one for one in idle)]
        if indexes:
            self.file.edit(partial(edit.remove, indexes=indexes))
        return telling.pruned(idle, [each for each, number in counted if number is None])

    def listed(self) -> str:
        """Return a table of all waivers."""
        chosen = self._chosen()
        verdicts = self._verdicts(chosen)
        rows = [(each, telling.covered(each, verdicts[self._code(each)])) for each in chosen]
        broken = self.gate.repository[InlineWaivers].broken
        return telling.table(rows, broken, self.today, self.settings.waivers.max_days)

    def _chosen(self) -> list[Waiver]:
        """Return the waivers of the rule that is named, all of them where none is."""
        rule = self.asking.rule() if self.parsed.rule else None
        every = [*self.settings.waivers.all, *self.gate.repository[InlineWaivers].all]
        return [each for each in every if not rule or self._code(each) == rule.code]

    def _verdicts(self, waivers: list[Waiver]) -> dict[str, tuple[Verdict, ...]]:
        """Return what the rules of waivers say, by code."""
        codes = {self._code(each) for each in waivers}
        return {rule.code: self.gate.verdicts([rule]) for rule in self.rules if rule.code in codes}

    def _of(self, rule: Rule) -> list[Waiver]:
        return [each for each in self.settings.waivers.all if self._code(each) == rule.code]

    def _inline(self, rule: Rule) -> list[Waiver]:
        every = self.gate.repository[InlineWaivers].all
        return [each for each in every if self._code(each) == rule.code]

    def _code(self, waiver: Waiver) -> str:
        return self.settings.rulebook.code(waiver.rule)


def _wrong(message: str, hint: str) -> ConfigurationError:
    return ConfigurationError([Problem("waive", 0, message, hint)])
