"""MyST: directives as fenced blocks of Markdown (https://myst-parser.readthedocs.io/en/latest/syntax/)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.documents.model import Link
from pytest_productops.lazy import regex

CODE = frozenset({"code-block", "code", "sourcecode", "code-cell", "parsed-literal", "literal"})
INCLUDE = frozenset({"include", "literalinclude"})
_DIRECTIVE = regex(r"\{([\w:.+-]+)\}\s*(.*)")
_TEXT = regex(
    r"(?:note|warning|tip|important|hint|attention|caution|danger|error|seealso|admonition|topic|sidebar|todo"
    r"|version(?:added|changed)|deprecated|dropdown|details|tab-set|tab-item|card|grid|grid-item|margin|only)\Z"
)
_LABEL = regex(r"^ *\(([\w:.-]{1,200})\)= *$", re.MULTILINE)
_ENTRY = regex(r"(?:(.*?)\s*<([^<>]+)>|(\S.*))\Z")
_ROLE = regex(r"(.*)\{(doc|ref|numref|download|any|octicon)\}\Z", re.DOTALL)
_OPTION = regex(r"\s*:[\w-]+:(?: .*)?$")


def directive(info: str) -> tuple[str, str] | None:
    """Return name and argument of the directive that a fence's info string holds."""
    match = _DIRECTIVE.match(info.strip())
    return (match[1].lower(), match[2].strip()) if match else None


def is_text(name: str) -> bool:
    """Whether a directive's content is text for readers."""
    return bool(_TEXT.match(name))


def split(content: str) -> tuple[int, str]:
    """Return how many lines of options a directive's content begins with, and the content after them."""
    lines = content.split("\n")
    start = next((index for index, line in enumerate(lines) if not _OPTION.match(line)), len(lines))
    return start, "\n".join(lines[start:])


def labels(text: str) -> list[str]:
    """Return the labels of a document: `(set-up)=` on a line of its own."""
    return _LABEL.findall(text) if ")=" in text else []


def entries(content: str, line: int) -> Iterator[Link]:
    """Yield the links of a table of contents whose first entry is on `line`; patterns are left out."""
    for number, text in enumerate(content.split("\n"), line):
        entry = _ENTRY.match(text.strip())
        if entry and "*" not in text and text.strip() != "self":
            yield Link(entry[2] or entry[3], entry[1] or "", number)


def role(text: str) -> tuple[str, str] | None:
    """Return a text without the role at its end, and the role: "see {doc}" makes of code a link."""
    match = _ROLE.match(text[-400:]) if text.endswith("}") else None
    return (text[: len(text) - len(match[2]) - 2], match[2]) if match else None


def link(name: str, argument: str, line: int) -> Link:
    """Return what a role with an argument links to; a label is an anchor, whatever document has it."""
    match = _ENTRY.match(argument.strip())
    target, text = (match[2] or match[3], match[1] or match[3] or match[2]) if match else (argument, argument)
    return Link(target.strip() if name in {"doc", "download"} else f"#{target.strip().lower()}", text, line)
