"""Anchors: the fragments of links into documents of the repository, and those that name no place there.

GitHub's anchors: https://docs.github.com/get-started/writing-on-github (section links); GitLab's collapse
repeated hyphens: https://docs.gitlab.com/user/markdown/#heading-ids-and-links; MkDocs' too.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Literal
from urllib.parse import unquote

from pytest_productops.facts.documents import Document, Documents, Link
from pytest_productops.facts.documents.resolving import SCHEME
from pytest_productops.facts.links.scope import Scope
from pytest_productops.facts.substance.parts import code_lines
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

Slugger = Literal["github", "gitlab", "mkdocs"]
_NO_ANCHOR = regex(
    r"\Z|/|!|:~:|top\Z|L\d+|l\d+\Z|lines?-|issuecomment|discussion|readme\Z|fn|_?ftn|cite|footnote|diff-|user-content-fn|.*[=&{}<>$\s]"
)
_GENERATED = regex(
    r"--8<--|\{!|\{%|\{\{|<!--\s*@?include"
    r"|^[^\S\n]*(?:import\s|:::|\.\. (?:include|auto|toctree|click|program|openapi)|include::)"
    r"|```\{(?:include|eval-rst|auto)|<[A-Z]\w*[\s/>]",
    re.MULTILINE,
)
"""What brings headings from other places into a document."""
_UNCHECKED = regex(r"markdownlint-disable(?:-next-line|-line|-file)?\b[^>]*(?:MD051|link-fragments)")
_LOOSE = regex(r"[^a-z0-9]+")
_NEAR = 0.6
_APART = 0.15
"""How alike anchors are that may be meant, and by how much the closest must be before the next."""
_CLOSE = 0.85
"""How alike anchors are that differ in a word, or in how it is spelt."""
_PLAIN = regex(r"[\w\s.,:;!?()'\"/&+-]*\Z", re.ASCII)


@dataclass(frozen=True)
class Lost:
    """A link whose fragment names no place of its document; `near` is the closest anchor that is there.

    `alone` tells that it is very close or says more or less than this one, and that no other is nearly as close.
    """

    document: Document
    link: Link
    into: Document
    anchor: str
    near: str = ""
    alone: bool = False

    @property
    def same(self) -> bool:
        """Whether the anchor and its heading differ in nothing but signs: `setup` and `set-up`."""
        return self.alone and _loose(self.anchor) == _loose(self.near) != ""


class Anchors(Fact):
    """The links of the process documents with a fragment into a document of the repository."""

    quick = True

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @classmethod
    def gather(cls, repository: Repository) -> Anchors:
        """Never fails."""
        return cls(repository[Scope])

    @cached_property
    def used(self) -> tuple[tuple[Document, Link, Document, str], ...]:
        """The links that are judged: document, link, the document that it leads into, the fragment."""
        return tuple(each for document in self._scope.judged for each in self._in(document))

    def _in(self, document: Document) -> Iterator[tuple[Document, Link, Document, str]]:
        lenient = {comment.line for comment in document.comments if _UNCHECKED.search(comment.text)}
        if any(
            "disable-line" not in c.text and "next-line" not in c.text
            for c in document.comments
            if c.line in lenient
        ):
            return  # switched off for the whole document
        contributors = _contributors(document)
        for link in document.links:
            target, sharp, anchor = link.target.partition("#")
            here = not target
            unsaid = not sharp or SCHEME.match(target) or _NO_ANCHOR.match(unquote(anchor))
            if unsaid or {link.line, link.line - 1} & lenient or (here and document.format == "rst"):
                continue
            into = self._into(document, link.target)
            if (
                here
                and into is document
                and self._shared(document)
                and unquote(anchor) not in document.anchors
            ):
                continue  # a label of Sphinx, which may be in another project
            if any(start <= link.line <= end for start, end in contributors):
                continue
            if into and not _assembled(into):
                yield document, link, into, unquote(anchor)

    def _into(self, document: Document, target: str) -> Document | None:
        documents: Documents = self._scope.documents
        path = documents.resolve(document, target)
        if path is None:
            return None
        if path in self._scope.files.folders:
            path = next(
                (
                    p
                    for p in documents.paths
                    if p.lower() in {f"{path}/readme.md".lstrip("/"), f"{path}/index.md".lstrip("/")}
                ),
                "",
            )
        return documents.get(path) if path in documents.paths else None

    def _shared(self, document: Document) -> bool:
        """Whether a document is one of Sphinx, where a fragment may be a label."""
        site = self._scope.documents.site(document.path)
        return site is not None and site.settings.endswith("conf.py")

    def lost(self, slugger: Slugger = "github") -> Iterator[Lost]:
        """Yield the links whose fragment no heading, label or id of the document has."""
        for document, link, into, anchor in self.used:
            if into.format != "text" and not self._there(into, anchor, slugger):
                yield Lost(document, link, into, anchor, *_nearest(anchor, into))

    def _there(self, document: Document, anchor: str, slugger: Slugger) -> bool:
        wanted = anchor.removeprefix("user-content-").replace("\ufe0f", "").lower()
        if wanted in _known(document) or _written(document, wanted):
            return True
        loosely = (
            slugger != "github" or document.format != "markdown" or self._scope.documents.site(document.path)
        )
        alike = _alike(document).get(_loose(wanted), ())
        return any(loosely or not _PLAIN.match(text) for text in alike)


def _nearest(anchor: str, document: Document) -> tuple[str, bool]:
    """Return the closest anchor of a document, and whether it alone may be meant."""
    slugs = [heading.slug for heading in document.headings]
    near = difflib.get_close_matches(anchor, slugs, 2, _NEAR)
    if not near:
        return "", False
    first, second = ([difflib.SequenceMatcher(None, slug, anchor).ratio() for slug in near] + [0.0])[:2]
    words, others = set(near[0].split("-")), set(anchor.split("-"))
    close = first > _CLOSE or words <= others or others <= words or _loose(near[0]) == _loose(anchor)
    return near[0], close and first - second > _APART


@lru_cache(maxsize=256)
def _assembled(document: Document) -> bool:
    """Whether headings may come from elsewhere; what a block of code shows brings none.

    A block that is only indented may be the inside of a site's own markup, so it is read.
    """
    opened = (block for block in document.code_blocks if block.language or _fenced(document, block.line))
    shown = code_lines(tuple(opened))
    lines = ("" if number in shown else line for number, line in enumerate(document.lines, 1))
    return bool(_GENERATED.search("\n".join(lines)))


def _fenced(document: Document, line: int) -> bool:
    """Whether a block of code that begins on a line stands between fences."""
    return line > 1 and document.lines[line - 2].lstrip(" >").startswith(("```", "~~~"))


@lru_cache(maxsize=256)
def _known(document: Document) -> frozenset[str]:
    return frozenset(anchor.replace("\ufe0f", "").lower() for anchor in document.anchors)


@lru_cache(maxsize=256)
def _alike(document: Document) -> dict[str, list[str]]:
    """Return the texts of the headings by their letters alone, as other generators may shorten them."""
    found: dict[str, list[str]] = {}
    for heading in document.headings:
        for form in {_loose(heading.text), _loose(heading.slug)}:
            found.setdefault(form, []).append(heading.text)
    return found


def _contributors(document: Document) -> list[tuple[int, int]]:
    """Return the lines of the lists that all-contributors writes, whose anchors lead nowhere on purpose."""
    starts = [c.line for c in document.comments if "ALL-CONTRIBUTORS-LIST:START" in c.text]
    ends = [c.line for c in document.comments if "ALL-CONTRIBUTORS-LIST:END" in c.text]
    return list(zip(starts, ends, strict=False))


def _loose(text: str) -> str:
    return _LOOSE.sub("", text.lower())


def _written(document: Document, anchor: str) -> bool:
    """Whether an id is written anywhere in the source, in whatever form."""
    name = re.escape(anchor)
    ids = (
        rf"(?:\bid|\bname)\s*=\s*[\"'{{]*{name}[\"'\s>}}]|\{{[^{{}}\n]{{0,80}}#{name}[\s}}]"
        rf"|\({name}\)=|_{name}:|\[\[{name}[\],]|\[#{name}\]"
    )
    return bool(re.search(ids, document.text, re.IGNORECASE))
