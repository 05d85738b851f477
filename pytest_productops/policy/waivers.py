"""The waivers of the settings: what no schema knows of them."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.catalogue import Catalogue
from pytest_productops.facts.waivers import Waivers, tables
from pytest_productops.facts.waivers import read as read_table
from pytest_productops.policy.document import Document
from pytest_productops.policy.problems import Problem
from pytest_productops.suggest import did_you_mean


def read(document: Document) -> Waivers:
    """Return what a document without mistakes says."""
    return read_table(document.data, document.source, document.line)


def problems(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each waiver of a rule that is not installed; a waiver names one rule, no family."""
    for index, raw in tables(document.data):
        rule = raw.get("rule")
        if isinstance(rule, str) and catalogue.get(rule) is None:
            line = document.line("waivers", index, "rule")
            yield Problem(
                document.source, line, f"unknown rule `{rule}`", did_you_mean(rule, catalogue.labels)
            )
