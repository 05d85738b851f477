"""Explicit markup of reStructuredText: directives, link targets, footnotes and comments, all behind `..`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_productops.facts.documents import html, myst
from pytest_productops.facts.documents.draft import squeeze
from pytest_productops.facts.documents.model import Link
from pytest_productops.lazy import regex

if TYPE_CHECKING:
    from pytest_productops.facts.documents.flow import Lines
    from pytest_productops.facts.documents.rst import Reader

_DIRECTIVE = regex(r"\.\. +(?:\|[^|]+\| +)?([a-zA-Z][\w:.+-]*?) ?::(?: +(.*)|\Z)")
_TARGET = regex(r"\.\. +_(?:`([^`]+)`|((?:[^:\\]|\\.|:(?=\S))*)):(?: +(.*)|\Z)|__ +\S")
_NOTE = regex(r"\.\. +\[[^\]]+\](?: +(.*)|\Z)")
_OPTION = regex(r":([\w-]+):(?: +(.*)|\Z)")
_CODE = {
    "code-block",
    "code",
    "sourcecode",
    "parsed-literal",
    "highlight",
    "prompt",
    "doctest",
    "testcode",
    "ipython",
}
_LANGUAGES = {
    "doctest": "pycon",
    "testcode": "python",
    "ipython": "python",
    "prompt": "bash",
    "parsed-literal": "",
}
_DRAWN = frozenset(
    [
        "math",
        "graphviz",
        "digraph",
        "graph",
        "uml",
        "plantuml",
        "mermaid",
        "raw-latex",
        "testsetup",
        "testoutput",
        "meta",
        "csv-table",
    ]
)
_NAMING = frozenset({"image", "figure", "include", "literalinclude", "mdinclude"})
_TITLED = regex(
    r"(?:note|warning|tip|important|hint|attention|caution|danger|error|seealso|admonition|topic|sidebar|rubric|todo"
    r"|version(?:added|changed)|deprecated|dropdown|details|tab|tab-item|group-tab|card|grid-item-card|centered"
    r"|epigraph|figure|list-table|table|container)\Z"
)


def read(reader: Reader, first: tuple[int, str], block: Lines) -> bool:
    """Read explicit markup, its first line and the indented block below; return whether it has the block.

    A bare `..` with no text on the very next line is an empty comment, without a block.
    """
    number, text = first
    alone = not block or not block[0][1]
    if directive := _DIRECTIVE.match(text):
        _directive(reader, directive[1].lower(), (directive[2] or "").strip(), number, block)
    elif target := _TARGET.match(text):
        label = squeeze(target[1] or target[2] or "").lower()
        reader.draft.explicit += [label, re.sub(r"[^a-z0-9]+", "-", label).strip("-")] if label else []
        return not alone
    elif note := _NOTE.match(text):
        reader.body([(number, note[1] or ""), *block])
    elif text == ".." and alone:
        return False
    else:
        body = "\n".join(line for _, line in block)
        reader.draft.comment(f"{text[2:].strip()}\n{body}", number)
    return True


def _directive(reader: Reader, name: str, argument: str, number: int, block: Lines) -> None:
    if not argument and name in _NAMING and block and not _OPTION.match(block[0][1]):
        argument, block = block[0][1].strip(), block[1:]
    options, content = _options(block, argument)
    if name in _CODE:
        _code(reader, name, argument, content)
    elif name in _DRAWN:
        reader.literal(content, name)
    elif name in {"image", "figure"}:
        _image(reader, argument, options, number)
        reader.body(content)
    elif name in _NAMING:
        reader.draft.links.append(Link(argument, name, number))
    elif name == "toctree":
        _entries(reader, content)
    elif name == "raw":
        spans = html.Spans(reader.draft)
        lines = "\n".join(text for _, text in content)
        reader.draft.say(
            list(html.read(lines, content[0][0], spans)) if content and argument == "html" else []
        )
        spans.close()
    else:
        reader.body([(number, argument), *content] if _TITLED.match(name) else content)


def _options(block: Lines, argument: str) -> tuple[dict[str, str], Lines]:
    """Split the `:name: value` lines off the head of a directive's block."""
    options: dict[str, str] = {}
    for index, (_, text) in enumerate(block):
        option = _OPTION.match(text)
        if option is None:
            continued = bool(options or argument) and text.startswith(" ")
            if continued:
                continue
            return options, block[index:]
        options[option[1]] = option[2] or ""
    return options, ()


def _code(reader: Reader, name: str, argument: str, content: Lines) -> None:
    if name == "highlight":
        reader.language = argument.lower()
    else:
        language = (
            argument.split(" ", maxsplit=1)[0]
            if name in {"code-block", "code", "sourcecode"}
            else _LANGUAGES[name]
        )
        reader.literal(content, language or ("" if name == "parsed-literal" else reader.language))


def _image(reader: Reader, source: str, options: dict[str, str], number: int) -> None:
    alternative = options.get("alt", "")
    reader.draft.links.append(Link(source, alternative, number, image=True))
    target = options.get("target", "")
    if target:
        named = reader.targets.get(squeeze(target.strip("`_")).lower()) if target.endswith("_") else None
        reader.draft.links.append(Link(named or target, alternative, number))


def _entries(reader: Reader, content: Lines) -> None:
    for number, text in content:
        reader.draft.links += myst.entries(text, number)
