"""Everything that a rule pack may import, and nothing else of the package."""

from pytest_productops.hookspecs import hookimpl, rules_in
from pytest_productops.facts.clock import Clock
from pytest_productops.facts.documents import (
    Artifact,
    Code,
    CodeBlock,
    Comment,
    Document,
    Documents,
    Heading,
    Item,
    Link,
    Prose,
    Section,
)
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.history import Change, Commit, History, Removal, Tag
from pytest_productops.facts.register import Register, Task
from pytest_productops.facts.register.runs import Runs, Status
from pytest_productops.model import Finding, Location, NotApplicable, Rule, rule
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = [
    "Artifact",
    "Change",
    "Clock",
    "Code",
    "CodeBlock",
    "Comment",
    "Commit",
    "Document",
    "Documents",
    "Fact",
    "Files",
    "Finding",
    "Heading",
    "History",
    "Item",
    "Link",
    "Location",
    "NotApplicable",
    "Prose",
    "Register",
    "Removal",
    "Repository",
    "Rule",
    "Runs",
    "Section",
    "Status",
    "Tag",
    "Task",
    "Unavailable",
    "Unreadable",
    "hookimpl",
    "own_words",
    "rule",
    "rules_in",
]
