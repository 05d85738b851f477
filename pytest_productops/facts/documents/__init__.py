"""Documents: what a repository says in words, in one model whatever the format."""

from pytest_productops.facts.documents.artifacts import Artifact
from pytest_productops.facts.documents.fact import Documents
from pytest_productops.facts.documents.model import (
    CELL,
    Code,
    CodeBlock,
    Comment,
    Document,
    Heading,
    Item,
    Link,
    Prose,
    Section,
)
from pytest_productops.facts.documents.readers import read
from pytest_productops.facts.documents.sites import Site

__all__ = [
    "CELL",
    "Artifact",
    "Code",
    "CodeBlock",
    "Comment",
    "Document",
    "Documents",
    "Heading",
    "Item",
    "Link",
    "Prose",
    "Section",
    "Site",
    "read",
]
