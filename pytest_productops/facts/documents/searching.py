"""Searching: the documents whose source says something, found without taking all of them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pytest_productops.facts.documents.fact import Documents
from pytest_productops.facts.documents.model import Document
from pytest_productops.facts.files import Files, Unreadable


def saying(
    documents: Documents, files: Files, paths: Iterable[str], pattern: re.Pattern[str]
) -> Iterator[Document]:
    """Yield the documents of these paths in whose source a pattern is found."""
    for path in paths:
        try:
            text = files.read(path)
        except Unreadable:
            continue
        document = documents.get(path) if pattern.search(text) else None
        if document:
            yield document
