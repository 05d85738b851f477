"""Units: the complete commands of a document's code blocks, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.drill.model import Unit
from pytest_productops.facts.commands.sessions import hold_places, shell_text
from pytest_productops.facts.commands.tokens import Token, tokens
from pytest_productops.facts.documents import Document
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.substance.parts import Part, span, whole
from pytest_productops.lazy import dataclass, regex

_OPEN = frozenset(["if", "for", "while", "until", "case", "select", "{"])
_CLOSE = frozenset(["fi", "done", "esac", "}"])
_GOES_ON = frozenset(["&&", "||", "|", "|&"])
_STATE = regex(r"(?:cd|export|source|\.|set|unset|pushd|popd|deactivate)\s|\w+=\S*\s*\Z")
"""A command that only changes the shell."""
_TREE = regex(r"[\u2500-\u257f]")
"""What draws a tree of files or a table."""
_LONG = 3
"""How many lines the text of an item goes on."""
_TRAILING = regex(r"(?:\n[ \t]*(?:#[^\n]*)?)+\Z")


@dataclass(frozen=True)
class Group:
    """The commands of one code block, or one in running text; lines `start` to `end` of the document."""

    document: Document
    units: tuple[Unit, ...]
    start: int
    end: int


def groups(part: Part) -> list[Group]:
    """Return the groups of a part in order: its blocks, and the commands of its numbered steps."""
    found = [*blocks(part), *(group for group in inline(part) if _numbered(part, group.start))]
    return sorted(found, key=lambda group: group.start)


def _numbered(part: Part, line: int) -> bool:
    """Whether a line is of a numbered item of a list."""
    item = next((each for each in reversed(part.items) if each.line <= line), None)
    return bool(item and item.ordered and line - item.line <= _LONG)


def blocks(part: Part) -> Iterator[Group]:
    """Yield the groups of a part's code blocks."""
    document = whole(part)
    told = {each.location.line for each in instructions(part)}
    for block in part.code_blocks:
        text = "" if _TREE.search(block.text) else shell_text(block.language, block.text)
        kept = tuple(
            Unit(each, document.at(block.line + line))
            for line, each in split(text)
            if block.line + line in told or _STATE.match(each)
        )
        if any(unit.location.line in told for unit in kept):
            yield Group(document, kept, block.line, block.line + text.count("\n"))


def inline(part: Part) -> Iterator[Group]:
    """Yield the commands that the running text of a part quotes, each a group."""
    document, (first, last) = whole(part), span(part)
    fenced = {
        line
        for block in part.code_blocks
        for line in range(block.line, block.line + block.text.count("\n") + 1)
    }
    for each in instructions(part):
        if first <= each.location.line <= last and each.location.line not in fenced:
            unit = Unit(hold_places(each.text), each.location)
            yield Group(document, (unit,), each.location.line, each.location.line)


def split(text: str) -> Iterator[tuple[int, str]]:
    """Yield each complete command of a shell text, with its line from 0.

    One goes over lines where they continue it, or where a loop, a condition or a here-document is open.
    """
    lines = text.split("\n")
    starts: list[int] = []
    depth, complete, at_start = 0, True, True
    last: Token | None = None
    for token in tokens(text):
        if token.operator and token.text == "\n":
            complete = complete or (depth <= 0 and not (last and last.operator and last.text in _GOES_ON))
            at_start = True
            continue
        if complete:
            starts.append(token.line)
            depth = 0
        complete = False
        depth += _deeper(token, at_start=at_start)
        at_start = token.operator or token.text in {"then", "do", "else", "!"}
        last = token
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=True):
        yield start, _TRAILING.sub("", "\n".join(lines[start:end]))


def _deeper(token: Token, *, at_start: bool) -> int:
    if token.operator:
        return {"(": 1, ")": -1}.get(token.text, 0)
    if token.quoted or not at_start:
        return 0
    return int(token.text in _OPEN) - int(token.text in _CLOSE)
