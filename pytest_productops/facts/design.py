"""Design records: decision records, RFCs and proposals, design documents, overviews of the architecture.

https://adr.github.io/ (names and folders of decision records), https://www.kubernetes.dev/resources/keps/,
https://matklad.github.io/2021/02/06/ARCHITECTURE.md.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.substance import lack, words
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_I = re.IGNORECASE
_RECORDS = regex(
    r"(?:.+/)?(?:adrs?|architectur(?:e|al)[-_ ]decisions?(?:[-_ ](?:records?|log))?"
    r"|(?:technical|engineering|design)[-_ ]decisions|decision[-_ ](?:records?|log)"
    r"|decisions|[\w-]*rfcs?|rfds?|(?:design[-_])?proposals?(?:[-_]\w+)?|enhancement[-_]proposals?|[a-z]{1,4}eps|keps?"
    r"|design[-_ ](?:docs?|documents?|notes|records?)|architecture|\w+_architecture|openspec/changes/.+)/.+"
    r"|(?:(?:docs?|documentation|dev\w*|contribut\w*|source|src|internals?)/)*designs?/.+",
    _I,
)
"""Folders of records."""
_INTERNALS = regex(
    r"(?:.+/)?(?:internals|internal[-_]doc(?:s|umentation))/.+"
    r"|(?:(?:docs?|documentation|dev\w*|contribut\w*|maintain\w*|engineering|source|src|content|en|pages|website)/)+internal/.+",
    _I,
)
_NAMES = regex(
    r"(?!information)(?:[\w-]*[-_ ])?architecture(?:[-_ ](?:overview|notes|guide|diagrams?|design|decisions?|\d+))?"
    r"|(?:(?:system|software|technical|detailed|high[-_]level|initial|ui)[-_ ])?"
    r"design(?:[-_ ](?:docs?|documents?|overview|notes|decisions))?"
    r"|\w*design[-_]?document|\d{4}-\d\d-\d\d-[\w.-]*[-_]design"
    r"|(?:technical|system|app|code|codebase|internals?)[-_ ]overview"
    r"|(?:project|code|codebase|repo|repository)[-_ ](?:layout|structure|organi[sz]ation)"
    r"|internals|(?:adr|rfc)[-_ ]?\d+[\w-]*|decision[-_ ]?(?:log|records?)|adrs?|rationale"
    r"|how[-_].+[-_]works[-_]internally",
    _I,
)
"""What a document is called that describes the design."""
_TITLE = regex(
    r"\A(?:---\n.*?\n---\n)?\s*(?:[=#*~^-]{3,}\n)?(?:\#+|=)?[ \t]*(?:[^\n]{0,40}\s)?"
    r"(?:(?<!information )architecture(?: (?:overview|decisions?(?: records?)?|notes))?"
    r"|design (?:documents?|doc|notes|decisions|rationale|overview)(?: [^\n]{0,40})?|internals)[ \t]*#*\n",
    _I | re.DOTALL,
)
_TEMPLATE = regex(
    r"(?:.*[-_])?(?:template|readme|index|_index|toc|contents|summary)(?:[-_].*)?|0+-?template", _I
)
_PROCESS = regex(
    r"(?:contribut\w*|code[-_]of[-_]conduct|release[-_\w]*|organi[sz]ation|governance|ai[-_]policy|index|_index|readme|testing|style"
    r"|code[-_]style|checksrc|deprecation|security|roadmap|changelog|licen[cs]e|authors|faq|todo|setup|install\w*|building|debugging)"
    r"(?:[-_].*)?",
    _I,
)
_USERS = regex(
    r"(?:^|/)(?:users?|user[-_]?guide|guides?|how-?to|tutorials?|examples?|samples?|blog|posts?|news|api|modules?"
    r"|components?|install\w*|expose|templates?|issue_template|tests?|testing|locales?|docs-locale|versioned_docs|deps|external"
    r"|stubs|website|site|archives?|changes|changelog|release[-_ ]?notes|\.claude|skills|prompts|agents)/",
    _I,
)
_OVERVIEWS = regex(
    r"(?:.+/)?architecture|(?:(?:docs?|documentation|dev\w*|contribut\w*|source|src|internals?)/)*design", _I
)
_ARCHITECTURE = regex(
    r"[\W\d_]*(?:(?:the|our|system|application|technical|software|high[- ]level|overall) )*"
    r"architecture(?: overview| diagram)?",
    _I,
)
_FOR_PLUGINS = regex(r"\bfor (?:plug-?ins?|extensions?|add-?ons?|users)\b", _I)
_DRAWN = frozenset({"mermaid", "plantuml", "dot", "graphviz", "d2"})
LEAST = 60
"""Fewest words of a section that describes an architecture without a diagram."""
MAX_TITLES = 1500
"""Most documents whose title is looked at."""


class DesignRecords(Fact):
    """The documents that say how the product is designed and why."""

    def __init__(self, files: Files, documents: Documents) -> None:
        self._files = files
        self._documents = documents

    @classmethod
    def gather(cls, repository: Repository) -> DesignRecords:
        """Find them; never fails."""
        return cls(repository[Files], repository[Documents])

    @cached_property
    def found(self) -> tuple[tuple[Location, str], ...]:
        """Where they are and what they are: records first, then overviews."""
        kinds = (self._records, self._overviews, self._internals, self._titled)
        return next(filter(None, (tuple(self._said(kind())) for kind in kinds)), ()) or tuple(
            self._in_guides()
        )

    def _in_guides(self) -> Iterator[tuple[Location, str]]:
        """Yield the sections of the README and the guide that give an overview of the architecture."""
        for document in (
            *self._documents.artifact("readme").documents[:1],
            *self._documents.artifact("contributing").documents,
        ):
            for section in document.sections:
                if (
                    section.heading
                    and section.parents
                    and _ARCHITECTURE.fullmatch(section.heading.text.strip(" .:*#"))
                ):
                    drawn = any(block.language in _DRAWN for block in section.code_blocks)
                    if drawn or words(section) >= LEAST:
                        yield section.at(), "a section that describes the architecture"

    @cached_property
    def _own(self) -> tuple[str, ...]:
        own = [path for path in self._documents.paths if own_words(path)]
        return tuple(sorted(own, key=lambda path: (path.count("/"), path)))

    def _said(self, candidates: Iterator[tuple[str, str]]) -> Iterator[tuple[Location, str]]:
        for path, what in candidates:
            document = self._documents.get(path)
            if document is not None and _says(document):
                yield document.at(), what

    def _records(self) -> Iterator[tuple[str, str]]:
        for path in self._own:
            folder, name = _parts(path)
            if _RECORDS.fullmatch(path) and not _USERS.search(f"{folder}/") and not _TEMPLATE.fullmatch(name):
                yield path, "a record of design"

    def _overviews(self) -> Iterator[tuple[str, str]]:
        for path in self._own:
            folder, name = _parts(path)
            index = name in {"readme", "index", "_index"} and _OVERVIEWS.fullmatch(folder)
            if (index or _NAMES.fullmatch(name)) and not _USERS.search(f"{folder}/"):
                yield path, "describes the design"

    def _internals(self) -> Iterator[tuple[str, str]]:
        for path in self._own:
            folder, name = _parts(path)
            if (
                _INTERNALS.fullmatch(path)
                and not _PROCESS.fullmatch(name)
                and not _USERS.search(f"{folder}/")
            ):
                yield path, "describes internals"

    def _titled(self) -> Iterator[tuple[str, str]]:
        """Look at the titles of what is for those who work on the product."""
        wanted = [path for path in self._own if "/" in path and not _USERS.search(f"{_parts(path)[0]}/")]
        for path in wanted[:MAX_TITLES]:
            if _TITLE.match(self._start(path)):
                yield path, "is titled as a description of the design"

    def _start(self, path: str) -> str:
        try:
            return self._files.read(path)[:2000]
        except Unreadable:
            return ""


def _says(document: Document) -> bool:
    """Whether a document has text, and is not for those who write plugins."""
    title = next((heading.text for heading in document.headings), "")
    return not lack(document) and not _FOR_PLUGINS.search(title)


def _parts(path: str) -> tuple[str, str]:
    """Return the folder of a path, and its name without suffix in lower case."""
    folder, _, name = path.rpartition("/")
    return folder, name.partition(".")[0].lower() if not name.startswith(".") else name.lower()
