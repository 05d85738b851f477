"""Everything that a rule pack may import, and nothing else of the package."""

from pytest_productops.hookspecs import hookimpl, rules_in
from pytest_productops.facts.clock import Clock
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.history import Change, Commit, History, Removal, Tag
from pytest_productops.model import Finding, Location, NotApplicable, Rule, rule
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = [
    "Change",
    "Clock",
    "Commit",
    "Fact",
    "Files",
    "Finding",
    "History",
    "Location",
    "NotApplicable",
    "Removal",
    "Repository",
    "Rule",
    "Tag",
    "Unavailable",
    "Unreadable",
    "hookimpl",
    "own_words",
    "rule",
    "rules_in",
]
