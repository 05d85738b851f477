"""Review pages: the documents beside the guides in which a team may write down how changes are reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.lazy import regex

TEAM = regex(r"(?:docs?|documentation)/(?:.+/)?team/[^/]+\Z", re.IGNORECASE)
OURS = regex(
    r"(?:^|[/_. -])(?:maintain\w*|community|contribut\w*|governance|develop\w*|dev|review\w*|releas\w*"
    r"|project-management|workflow|process|practices|hacking|handbook|engineering|working\w*|collaborat\w*|merg\w*|commit\w*)"
    r"(?:$|[/_. -])"
    r"|release\w*\.\w+\Z",
    re.IGNORECASE,
)
FOR_USERS = regex(
    r"(?:^|[/_-])(?:commands?|api|reference|checks|cli|usage|tutorials?|examples?|tests?|blog|posts|news|proposals?|rfcs?"
    r"|adrs?|design|specs?|security|skills|agents|prompts|user\w*|locales?|versioned\w*|changelog|changes|history"
    r"|release[-_ ]?notes|conduct|licen[cs]e|openspec|samples?|demos?|templates?|meetings?|minutes)"
    r"(?:/|[^/]*\.\w+\Z|\Z)",
    re.IGNORECASE,
)
"""Pages on what the product does for its users, on its past or its future."""
_SPOKEN = regex(r"(?i)\b(?:pull|merge) requests?\b|\bPRs?\b|\bcode review|\bpatch(?:es)?\b")
MAX_PAGES = 60
"""Most of those pages that are read."""


def pages(files: Files, documents: Documents, ours: re.Pattern[str] = OURS) -> Iterator[Document]:
    """Yield the pages for those who work on the product that speak of changes, the nearest first."""
    near = sorted(documents.paths, key=lambda path: (path.count("/"), path))
    named = [path for path in near if ours.search(path) and own_words(path) and not FOR_USERS.search(path)]
    speaking = [path for path in named if _SPOKEN.search(_read(files, path))]
    yield from filter(None, map(documents.get, speaking[:MAX_PAGES]))


def _read(files: Files, path: str) -> str:
    try:
        return files.read(path)
    except Unreadable:
        return ""
