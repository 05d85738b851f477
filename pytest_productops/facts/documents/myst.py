"""MyST: directives as fenced blocks of Markdown (https://myst-parser.readthedocs.io/en/latest/syntax/)."""

from __future__ import annotations

from pytest_productops.lazy import regex

CODE = frozenset({"code-block", "code", "sourcecode", "code-cell", "parsed-literal", "literal"})
INCLUDE = frozenset({"include", "literalinclude"})
_DIRECTIVE = regex(r"\{([\w:.+-]+)\}\s*(.*)")
_TEXT = regex(
    r"(?:note|warning|tip|important|hint|attention|caution|danger|error|seealso|admonition|topic|sidebar|todo"
    r"|version(?:added|changed)|deprecated|dropdown|details|tab-set|tab-item|card|grid|grid-item|margin|only)\Z"
)
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
