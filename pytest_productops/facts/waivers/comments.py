"""Where the comments of a file are: by its suffix or name, and by what its language calls a text.

Expressions are enough: a comment is looked for outside of quoted texts, which end with their line or with the file
where nothing closes them, so that every character is looked at once. A document's comments are told by its reader.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from pytest_productops.facts.documents import Document
from pytest_productops.lazy import regex

MAX_BLANK = 100
"""Most blank lines at the start of a comment."""
SAYS = regex(r"\w")
"""What tells text from marks alone."""


class Span(NamedTuple):
    """A comment without its marks, its first line, and whether no text stands before it there."""

    text: str
    line: int
    alone: bool

    @property
    def lines(self) -> range:
        """The numbers of its lines."""
        return range(self.line, self.line + self.text.count("\n") + 1)


_LINE = r"\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?"
_WORD = rf"(?<!\w)(?:{_LINE})"
"""Texts that end on their line; in plain words an apostrophe begins none."""
_THRICE = r"\"\"\"(?:\\.|[^\\])*?(?:\"\"\"|\Z)|'''(?:\\.|[^\\])*?(?:'''|\Z)"
_TICKS = r"\\.|`(?:\\.|[^`\\])*`?"
_HERE = r"(?<!<)<<{}[ \t]*(?P<quote>[\"'`]?)(?P<tag>\w+)(?P=quote)"
"""The start of a text that goes on up to a line of this tag."""
_SHELL = rf"{_HERE.format('-?')}|\\.|\"(?:\\.|[^\"\\])*\"?|'[^']*'?"
_RUST = r"\br(?P<quote>#*)\".*?(?:\"(?P=quote)|\Z)|\"(?:\\.|[^\"\\])*\"?|'(?:\\[^\n][^'\n]*|[^'\\\n])'"
_HASH, _BLOCK = r"(?<![^\s@])#(?P<hash>[^\n]*)", r"/\*(?P<block>.*?)(?:\*/|\Z)"
_SLASH, _DASH = r"//(?P<slash>[^\n]*)", r"--(?P<dash>[^\n]*)"
_SEMICOLON, _PERCENT = r"(?<!\S);(?P<semicolon>[^\n]*)", r"(?<!\\)%(?P<percent>[^\n]*)"
_LONG = r"--\[\[(?P<long>.*?)(?:\]\]|\Z)|{-(?P<braced>.*?)(?:-}|\Z)"
_FAMILIES: tuple[tuple[str, str], ...] = (
    (rf"{_THRICE}|{_LINE}|\#(?P<hash>[^\n]*)", "py pyi pyw pyx bzl bazel build star toml"),
    (rf"{_SHELL}|{_HASH}", "sh bash zsh ksh fish bats bashrc zshrc envrc"),
    (rf"{_HERE.format('[-~]')}|{_WORD}|{_HASH}", "rb rake gemspec ru pl pm"),
    (rf"{_THRICE}|{_WORD}|{_HASH}", "ex exs jl"),
    (rf"{_TICKS}|{_WORD}|{_SLASH}|{_BLOCK}", "js jsx mjs cjs ts tsx mts cts go"),
    (rf"{_RUST}|{_SLASH}|{_BLOCK}", "rs"),
    (
        rf"{_THRICE}|{_WORD}|{_SLASH}|{_BLOCK}",
        "java kt kts scala swift groovy gradle jenkinsfile dart cs",
    ),
    (
        rf"{_WORD}|{_SLASH}|{_BLOCK}",
        "c h cc cpp cxx hpp hh m mm css scss less proto sol zig cue prisma json jsonc json5 ipynb",
    ),
    (rf"{_WORD}|{_SLASH}|{_HASH}|{_BLOCK}", "php tf hcl tfvars nomad jsonnet libsonnet"),
    (rf"{_WORD}|{_LONG}|{_DASH}|{_BLOCK}", "sql lua hs elm adb ads vhdl"),
    (rf"\"(?:\\.|[^\"\\])*\"?|{_SEMICOLON}", "el lisp lsp cl clj cljs cljc edn scm rkt asm"),
    (rf"{_WORD}|{_HASH}|{_SEMICOLON}", "ini cfg conf editorconfig gitconfig properties desktop service"),
    (_PERCENT, "tex sty cls bib erl hrl"),
    (
        r"<!--(?P<xml>.*?)(?:-->|\Z)",
        "html htm xhtml xml xsd xsl xslt svg vue svelte csproj fsproj props targets plist",
    ),
    (r"(?!)", "txt text csv tsv log"),
)
_SYNTAX: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        suffix: expression
        for text, suffixes in _FAMILIES
        for expression in [regex(text, re.DOTALL)]
        for suffix in suffixes.split()
    }
)
_OTHER = regex(rf"{_WORD}|{_HASH}", re.DOTALL)
"""YAML, Make, Dockerfile, CODEOWNERS, ignore files, R and whatever nobody has named."""
_QUOTED = frozenset({"quote", "tag"})
"""What is matched last in a quoted text; in a comment it is the group of its words."""
_LISTS = regex(r"(?:.*require.*|.*constraint.*|cmakelists|robots)\.txt")
"""Text files that are lists for a program, with comments."""


def in_code(path: str, text: str) -> Iterator[Span]:
    """Yield the comments of a file that is no document."""
    name = path.rpartition("/")[2].lower()
    syntax = _OTHER if _LISTS.fullmatch(name) else _SYNTAX.get(name.rpartition(".")[2], _OTHER)
    tags = _Tags(text)
    at, line, said = 0, 1, False
    while match := syntax.search(text, at):
        between = text[at : match.start()]
        said = bool(SAYS.search(between, between.rfind("\n") + 1)) or (said and "\n" not in between)
        line += between.count("\n")
        group = match.lastgroup
        comment = match[group] if group and group not in _QUOTED else None
        if comment is not None:
            yield Span(comment, line, not said)
        at = tags.behind(match["tag"], match.end()) if group == "tag" else match.end()
        said = said or comment is None
        line += text.count("\n", match.start(), at)


class _Tags:
    """The lines that may end a text which goes on up to a line of its tag."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _ends(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        at = 0
        for line in self._text.split("\n"):
            at += len(line) + 1
            found[line.strip()].append(at - 1)
        return found

    def behind(self, tag: str, start: int) -> int:
        """Return where the text ends that begins behind `start`; `start` itself where nothing ends it."""
        ends = self._ends.get(tag, [])
        index = bisect(ends, start)
        return ends[index] if index < len(ends) else start


def in_document(document: Document) -> Iterator[Span]:
    """Yield the comments of a document, each from the line on that its first word stands on."""
    for comment in document.comments:
        first = comment.text.partition("\n")[0]
        begins = range(comment.line, min(comment.line + MAX_BLANK, len(document.lines) + 1))
        line = next((number for number in begins if first in document.lines[number - 1]), comment.line)
        before = document.lines[line - 1].partition(first)[0] if first else ""
        yield Span(comment.text, line, not SAYS.search(before))
