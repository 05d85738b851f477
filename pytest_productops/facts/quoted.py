"""Quoted commands: what the process documents tell their readers to run."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pytest_productops.facts.commands.fact import Commands
from pytest_productops.facts.commands.model import Call, Resolution
from pytest_productops.facts.commands.sessions import hold_places, shell_text
from pytest_productops.facts.commands.shell import enter, outside, run
from pytest_productops.facts.documents import Code, CodeBlock, Document, Documents, Section
from pytest_productops.facts.documents.identity import FORGE, declared, normal
from pytest_productops.facts.files import Files
from pytest_productops.facts.substance import lack
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

_RANK = ("ok", "unknown", "missing", "runner-missing")
_TEAM = regex(
    r"\b(?:contribut|develop|hack|maintain|releas|deploy|build|compil|test|lint|format|debug|benchmark|local"
    r"|from source|checks?\b|code style|documentation|docs\b|scripts?\b|tasks?\b|commands?\b)",
    re.IGNORECASE,
)
_OTHER = regex(
    r"\b(?:separate|another|other|different|sister|own)\s+(?:[\w`*-]+\s+)?repo(?:sitor(?:y|ies)|s)?\b"
)
_OUTSIDE = regex(
    r"\b(?:navigate|go|change|switch|move|cd|in(?:to)?|from)\b[^.\n]{0,30}[\s`](?:~|\$HOME)/\w", re.IGNORECASE
)
"""A sentence that leads to another folder of the reader's machine."""
_REPOSITORY = regex(r"\brepo(?:sitor(?:y|ies)|s)?\b", re.IGNORECASE)
_OFTEN = 3
"""How many links to a repository make it this one, when no other is linked as often."""
_NEAR = 12
"""How many lines before a command may say that it belongs elsewhere."""
_USERS = regex(r"\byour?\b|\busage\b|\bexample|\btutorial", re.IGNORECASE)
_DOUBT = regex(
    r"no longer|instead of|rather than|used to|formerly|previous|deprecat|remov|replac|renam|obsolete|legacy"
    r"|\bold\b|likely created|do(?:es)? ?n[o']t|\bwithout\b|\bif you\b|\bwould\b|\bcould\b"
    r"|\bequivalent|\bsimilar|\blike\b"
    r"|\bsubmodule\b",
    re.IGNORECASE,
)
_PROSE = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "be",
        "by",
        "can",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "sure",
        "that",
        "the",
        "then",
        "this",
        "to",
        "we",
        "will",
        "with",
        "you",
        "your",
    ]
)
_PLACEHOLDER = regex(r"\.\.\.|…|[{}\[\]*]|^(?:your|my|some|foo|bar|baz|xxx|example)\b", re.IGNORECASE)
_UPPER = regex(r"^[A-Z][A-Z0-9_-]+$")


@dataclass(frozen=True)
class Quoted:
    """A command in a process document.

    `inline`: in running text. `certain`: it is meant to be run in this repository no placeholder,
    no other repository's, no user's. `folders` are where it may be meant to run, the likeliest first.
    """

    call: Call
    document: Document
    line: int
    section: Section | None = None
    inline: bool = False
    certain: bool = True
    folders: tuple[str, ...] = ("",)

    def __str__(self) -> str:
        return str(self.call)


class QuotedCommands(Fact):
    """The commands that process documents quote, in the order of documents and lines."""

    quick = True

    def __init__(
        self, quoted: tuple[Quoted, ...], commands: Commands, names: frozenset[str], files: Files
    ) -> None:
        self.quoted = quoted
        self._files = files
        self._commands = commands
        self._names = names

    @classmethod
    def gather(cls, repository: Repository) -> QuotedCommands:
        """Read the process documents; never fails."""
        documents, files = repository[Documents], repository[Files]
        names = own_names(files, documents)
        told = (d for d in documents.process if lack(d) != "holds only code")
        found = (quoted for document in told for quoted in _Reader(document, files, names).read())
        return cls(tuple(found), repository[Commands], names, files)

    def of(self, document: Document) -> tuple[Quoted, ...]:
        """Return the commands that any document quotes, be it a process document or not."""
        known = tuple(each for each in self.quoted if each.document is document)
        return known or tuple(_Reader(document, self._files, self._names).read())

    def resolve(self, quoted: Quoted) -> Resolution | None:
        """Return the best answer of the folders where a command may be meant to run."""
        answers = [self._commands.resolve(replace(quoted.call, folder=folder)) for folder in quoted.folders]
        known = [answer for answer in answers if answer]
        best = min(known, key=lambda answer: _RANK.index(answer.status)) if known else None
        if best and best.status == "runner-missing" and self._of_another(quoted.document):
            return replace(best, status="unknown")
        return best

    def placed(self, quoted: Quoted) -> Call:
        """Return the call in the folder where it exists, else in the likeliest."""
        calls = [replace(quoted.call, folder=folder) for folder in quoted.folders]
        answers = ((call, self._commands.resolve(call)) for call in calls)
        return next((call for call, answer in answers if answer and answer.status == "ok"), calls[0])

    def anywhere(self, quoted: Quoted) -> Resolution | None:
        """Return the best answer, that of the root included where its text leads to a folder out of sight."""
        found = self.resolve(quoted)
        if found and found.status == "unknown" and outside(quoted.call.folder):
            root = self._commands.resolve(replace(quoted.call, folder=""))
            return root if root and root.status == "ok" else found
        return found

    def _of_another(self, document: Document) -> bool:
        """Whether a document sends its readers to another repository to work there."""
        links = (link for link in document.links if _is_root(link.target))
        others = (link.line for link in links if _named_in(link.target) not in self._names | {""})
        return any(_REPOSITORY.search(" ".join(document.lines[line - 1 : line + 1])) for line in others)


class _Reader:
    """Reads one document from top to bottom, with the folder that its commands have led to."""

    def __init__(self, document: Document, files: Files, names: frozenset[str]) -> None:
        self.document = document
        self.files = files
        self.names = names
        self.folder = ""
        self.cloned = False  # the section has cloned this repository
        self.foreign = False  # ... or another one
        self._sections = document.sections

    def read(self) -> Iterator[Quoted]:
        things: list[CodeBlock | Code] = [*self.document.code_blocks, *self.document.codes]
        things.sort(key=lambda thing: thing.line)
        starts = [heading.line for heading in self.document.headings]
        last = 0
        for thing in things:
            if any(last < start <= thing.line for start in starts):
                self.folder, self.cloned, self.foreign = "", False, False
            last = thing.line
            yield from self._block(thing) if isinstance(thing, CodeBlock) else self._inline(thing)

    def _block(self, block: CodeBlock) -> Iterator[Quoted]:
        text = shell_text(block.language, block.text)
        found, after = run(text, self.document.at(block.line), self.folder)
        doubt = self._elsewhere(block.line)
        for call in found:
            self._note_clone(call)
            yield self._quoted(call, certain=not doubt)
        self.folder = after

    def _inline(self, code: Code) -> Iterator[Quoted]:
        found, _ = run(hold_places(code.text), self.document.at(code.line), self.folder)
        if len(found) != 1 and not (found and "&&" in code.text):
            return
        around = self.document.lines[code.line - 1] if code.line <= len(self.document.lines) else ""
        doubt = bool(_DOUBT.search(around)) or self._elsewhere(code.line + 1)
        for call in found:
            path = "/" in call.words[0] and not call.words[0].startswith("./")
            if not (path and len(call.words) == 1):
                yield self._quoted(call, certain=not doubt and len(call.words) > 1, inline=True)

    def _quoted(self, call: Call, *, certain: bool, inline: bool = False) -> Quoted:
        section = next((s for s in reversed(self._sections) if s.start <= call.location.line <= s.end), None)
        certain = certain and not self.foreign and self._for_team(section, call) and not _vague(call)
        return Quoted(
            call, self.document, call.location.line, section, inline, certain, self._folders(call.folder)
        )

    def _for_team(self, section: Section | None, call: Call) -> bool:
        """Whether readers of a section work on this repository; a README speaks to its users as well."""
        headings = [h.text for h in (*section.parents, section.heading) if h] if section else []
        if any(_USERS.search(text) for text in headings):
            return False
        readme = posixpath.basename(self.document.path).lower().startswith(("readme", "support", "index"))
        if readme and normal(call.words[0]) in self.names:
            return False  # the product itself is a runner, and its users' files define what it runs
        return not readme or self.cloned or any(_TEAM.search(text) for text in headings)

    def _folders(self, folder: str) -> tuple[str, ...]:
        """Return where a command may be meant to run: `cd NAME` may mean this repository or its package."""
        if outside(folder):
            return (folder,)
        rest = folder
        while rest and normal(rest.partition("/")[0]) in self.names:
            rest = rest.partition("/")[2]
        package = rest == folder or (folder in self.files.folders and not self.cloned)
        beside = posixpath.dirname(self.document.path)
        joined = enter(beside, rest) if rest else beside
        return tuple(dict.fromkeys(((folder,) if package else ()) + (rest, joined)))

    def _note_clone(self, call: Call) -> None:
        words = call.words
        if words[:2] in {("git", "clone"), ("gh", "repo"), ("hub", "clone")}:
            places = [
                word for word in words[2:] if not word.startswith("-") and word not in {"clone", "fork"}
            ]
            urls = [word for word in places if "/" in word or ":" in word] or places[:1]
            name = normal(posixpath.basename(urls[0].rstrip("/").removesuffix(".git"))) if urls else ""
            self.cloned = name in self.names
            self.foreign = not self.cloned

    def _elsewhere(self, line: int) -> bool:
        """Whether the text right before a line speaks of another repository."""
        start = max((heading.line for heading in self.document.headings if heading.line <= line), default=1)
        before = "\n".join(self.document.lines[max(start, line - _NEAR) - 1 : line])
        if _OTHER.search(before) or _OUTSIDE.search(before):
            return True
        near = (link for link in self.document.links if line - 4 <= link.line < line)
        names = (_named_in(link.target) for link in near if _is_root(link.target))
        return any(name not in self.names | {""} for name in names)


def _is_root(url: str) -> bool:
    """Whether a link leads to a repository as such, not to a page or file of it."""
    return len([part for part in url.rsplit("://", maxsplit=1)[-1].split("/") if part]) <= 3  # noqa: PLR2004 - host, owner, name


def _named_in(url: str) -> str:
    """Return the repository that a link leads to, or nothing."""
    match = FORGE.search(url)
    return normal(match[1]) if match else ""


def _vague(call: Call) -> bool:
    """Whether a command is prose or holds a placeholder."""
    words = call.words
    prose = any(word.lower() in _PROSE for word in words[1:]) and words[0] in {
        "make",
        "just",
        "yarn",
        "poe",
        "task",
    }
    return prose or any(_PLACEHOLDER.search(word) or _UPPER.match(word) for word in words)


def own_names(files: Files, documents: Documents) -> frozenset[str]:
    """Return the names under which a repository may be cloned: its folder's, packages' and links'."""
    found = {files.root.name, *declared(files)}
    linked: Counter[str] = Counter()
    for document in documents.process:
        linked.update(match[1] for match in FORGE.finditer(document.text))
    most = max(linked.values(), default=0)
    found.update(name for name, count in linked.items() if count == most >= _OFTEN)
    return frozenset(normal(name) for name in found if name)
