"""The catalogue of rules as Markdown: one table a responsibility."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pytest_productops.model import RESPONSIBILITIES, Rule

HEAD = """# Rules

Written by `python -m pytest_productops rules --format=markdown`; `productops explain RULE` shows a rule's whole
manual. Levels: bronze, what is written is true; silver, the process is defined and enforced; gold, it survives
people and time. Fixes are those of `productops fix`; see docs/fixing.md."""


def render(rules: Iterable[Rule]) -> str:
    """Return the catalogue, in the order of the responsibilities."""
    order = list(RESPONSIBILITIES.values())
    ranked = sorted(rules, key=lambda rule: (order.index(rule.responsibility), rule.code))
    parts = [HEAD]
    for responsibility, group in groupby(ranked, key=lambda rule: rule.responsibility):
        parts.append(f"\n## {responsibility.capitalize()}\n")
        parts += _table(group)
    return "\n".join(parts) + "\n"


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| rule | name | what is true of a healthy repository | stage | level | profiles | options | fixes |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for rule in rules:
        options = ", ".join(f"`{name}`" for name in rule.options) or "-"
        cells = (
            rule.code,
            rule.name,
            rule.manual.summary,
            rule.stage,
            rule.level,
            ", ".join(rule.profiles),
            options,
            ", ".join(dict.fromkeys(fixer.safety for fixer in rule.fixers)) or "-",
        )
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
