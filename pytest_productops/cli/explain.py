"""Say what a rule verifies, why, how to satisfy it, and what it says here; RULE is a code or a name."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from pytest_productops.catalogue import Catalogue
from pytest_productops.cli.common import add_options, layers, prepare, printable, rules_beside
from pytest_productops.cli.progress import shown
from pytest_productops.gate import Gate
from pytest_productops.model import Rule
from pytest_productops.policy.document import load
from pytest_productops.policy.explaining import steps
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.settings import Settings
from pytest_productops.reports import manual, manual_markdown, plain
from pytest_productops.reports.output import emit
from pytest_productops.reports.plain import Plain
from pytest_productops.repository import find_root
from pytest_productops.suggest import did_you_mean

FORMATS: Mapping[str, Callable[[Plain], str]] = MappingProxyType(
    {"text": manual.render, "markdown": manual_markdown.render}
)
"""What renders one manual; json holds the data of all that are asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "rule", metavar="RULE", nargs="?", help="a code (ONB003) or a name (documented-commands-exist)"
    )
    add_options(parser)
    parser.add_argument(
        "--all", action="store_true", help="the manuals of all rules, without what they say here"
    )
    parser.add_argument(
        "--format", choices=(*FORMATS, "json"), default="text", help="for a person, an issue or a program"
    )


def run(parsed: argparse.Namespace) -> int:
    """Print the manual, and what the rule says of the repository; return 0 whatever that is."""
    rules = rules_beside(Path.cwd())
    if parsed.all:
        if parsed.rule:
            raise ConfigurationError(
                [Problem("--all", 0, f"`{parsed.rule}` is named too", "give one of the two")]
            )
        said = [manual.document(rule, rules) for rule in rules]
    else:
        rule = _rule(parsed.rule or "", rules)
        said = [manual.document(rule, rules, _here(rule, parsed))]
    if parsed.format == "json":
        emit(json.dumps(manual.every(said), indent=2, ensure_ascii=False, default=str) + "\n")
    else:
        sys.stdout.write(printable("\n".join(map(FORMATS[parsed.format], said))))
    return 0


def _rule(label: str, rules: Catalogue) -> Rule:
    rule = rules.get(label)
    if rule is None:
        hint = did_you_mean(label, rules.labels) or "see `productops rules`"
        what = f"unknown rule `{label}`" if label else "no rule is named"
        raise ConfigurationError([Problem("explain", 0, what, hint)])
    return rule


def _here(rule: Rule, parsed: argparse.Namespace) -> Plain:
    """Return what the rule says of the repository; where it cannot be judged, why."""
    named = parsed.path or any("root" in layer.values for layer in layers(parsed))
    folder = find_root(Path())
    if not named and not (folder / ".git").exists() and not load(folder).source:
        return manual.lacking(f"no repository is here; name one: productops explain {rule.code} PATH")
    try:
        root, _, settings = prepare(parsed, trusting=True)
        gate = Gate(root, settings, apart=True)
        with shown(gate) as watch:
            verdicts = gate.verdicts(watch((rule,)))
    except ConfigurationError as error:
        return manual.lacking(str(error.problems[0]).replace("\n    ", "; "))
    return {
        "lack": "",
        "selected": rule.code in gate.settings.stack.selected,
        "because": list(steps(rule, gate.settings)),
        "verdicts": [plain.verdict(each) for each in verdicts],
        "options": _options(rule, gate.settings),
        "waivable": gate.settings.terms(rule).waivable,
    }


def _options(rule: Rule, settings: Settings) -> Plain:
    """Return the value of each option, and what decided it."""
    said = {name: settings.stack.said(f"rules.{rule.code}.{name}")[-1] for name in rule.options}
    return {name: {"value": each.value, "decided": each.place} for name, each in said.items()}
