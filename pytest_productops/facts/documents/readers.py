"""Which reader a document has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from pytest_productops.facts.documents import asciidoc, markdown, org, plain, rst
from pytest_productops.facts.documents.model import Document

Reader = Callable[[str, str], Document]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        **dict.fromkeys((".md", ".markdown", ".mdown", ".mdx"), markdown.read),
        **dict.fromkeys((".rst", ".rest"), rst.read),
        **dict.fromkeys((".adoc", ".asciidoc"), asciidoc.read),
        ".org": org.read,
    }
)
"""Suffix in lower case -> reader."""


def read(path: str, text: str) -> Document:
    """Read a document by the suffix of its path; any text is one, and line ends may be of any kind."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = READERS.get(PurePosixPath(path).suffix.lower(), plain.read)
    try:
        return reader(path, text)
    except RecursionError:  # nested beyond what the stack of the caller leaves
        return plain.read(path, text)
