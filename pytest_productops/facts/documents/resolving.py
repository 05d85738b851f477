"""Where links lead inside the repository."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from pytest_productops.facts.documents.model import Document
from pytest_productops.facts.files import Files
from pytest_productops.lazy import regex

SCHEME = regex(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_SUFFIXES = {"rst": ("", ".rst", ".md", ".txt", "/index.rst", "/index.md"), "markdown": ("",), "text": ("",)}


def resolve(files: Files, document: Document, target: str) -> str | None:
    """Return the file or folder that a document's link leads to; None for other sites and where nothing is.

    A leading `/` is the root of the repository, in reStructuredText also a folder above the document (the
    site's root, https://www.sphinx-doc.org/en/master/usage/referencing.html).
    """
    path = unquote(re.split(r"[?#]", target.strip(), maxsplit=1)[0])
    if SCHEME.match(target.strip()) or "\0" in path:
        return None
    if not path:
        return document.path
    for base in _bases(document, path):
        for suffix in _SUFFIXES[document.format]:
            found = _tracked(files, posixpath.join(base, path.lstrip("/")) + suffix)
            if found is not None:
                return found
    return None


def _bases(document: Document, path: str) -> list[str]:
    folder = posixpath.dirname(document.path)
    if not path.startswith("/"):
        return [folder]
    above = [folder[:at] for at in range(len(folder), 0, -1) if at == len(folder) or folder[at] == "/"]
    return ["", *above] if document.format == "rst" else [""]


def _tracked(files: Files, path: str) -> str | None:
    path = posixpath.normpath(path)
    path = "" if path == "." else path
    if path == ".." or path.startswith("../"):
        return None
    if path in files or path in files.folders:
        return path
    through = real(files, path)
    return through if through in files or through in files.folders else None


def real(files: Files, path: str) -> str:
    """Return where links of the file system lead; the path itself where that is not in the repository."""
    try:
        target = (files.root / path).resolve()
        inside = target.relative_to(files.root).as_posix()
    except (OSError, ValueError, RuntimeError):
        return path
    return inside if inside in files or inside in files.folders else path
