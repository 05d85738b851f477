"""The verdict on a text: what it lacks to say something."""

from __future__ import annotations

import re

from pytest_productops.facts.documents import Document
from pytest_productops.facts.substance.parts import Part, link_texts, span, whole
from pytest_productops.facts.substance.placeholders import placeholders, said
from pytest_productops.facts.substance.templates import template
from pytest_productops.lazy import regex

ENOUGH = 4
"""Words that must stand beside a stand-in for a text to say something nevertheless."""
_TEXTS = frozenset({"", "text", "txt", "plain", "plaintext", "markdown", "md", "rst", "asciidoc", "org"})
_HEADING = regex(r"#{1,6} +\S")
_MARKDOWN = regex(r"#{2,6} +\S|`{3}|~{3}")
_SENTENCE = regex(r"(?![$#>])(?:\S+ +){5}.*[.:!?]\Z")
TEMPLATE = "is an unmodified template"
_WORD = regex(r"[^\W\d_][\w'\u2019-]*")
_POINTING = regex(
    r"(?:a|all|and|are|at|available|be|can|check|click|consult|details|documentation|docs?|document|file|find|follow"
    r"|for|found|full|go|guide|guidelines|here|how|in|info|information|is|it|located|moved|more|my|now|of|on|our|out"
    r"|page|please|read|refer|see|the|this|to|up|view|visit|we|you|your)\Z",
    re.IGNORECASE,
)
_REFERENCE = regex(
    r"\s*(?:\[[^\]]+\]:\s*\S|\.\. _[^:]+:|\.\. \||```|~~~|#\+|:[\w!@-]+:(?:\s|\Z)|\[[^\]]*\]\Z|\w+::\S*\[)"
)
"""Lines of markup: link targets, fences, keywords of Org, attributes and macros of AsciiDoc."""
_INVISIBLE = regex(r"<!--.*?(?:-->|\Z)|\{/\*.*?\*/\}|</?[a-z][^>]*>", re.DOTALL | re.IGNORECASE)


def words(part: Part) -> int:
    """Return how many words of running text there are, stand-ins not counted."""
    return sum(len(_WORD.findall(prose.text)) for prose in said(part))


def own_words(part: Part) -> int:
    """Return how many words there are beside the texts of links and the "see", "here" around them."""
    total = 0
    for prose in said(part):
        texts = link_texts(part, prose.line)
        text = prose.text
        for link in texts:
            text = text.replace(link, " ", 1)
        found = _WORD.findall(text)
        total += sum(not _POINTING.match(word) for word in found) if texts else len(found)
    return total


def lack(part: Part, *, code_counts: bool = True) -> str:
    """Return why a text says nothing ("is empty", "has headings and no text"), or "" where it says something.

    `code_counts=False` asks for prose: code alone is not enough then. What the reader of the format could not
    take apart (a directive, embedded HTML) has the benefit of the doubt.
    """
    if not part.text.strip():
        return "is empty"
    stands = placeholders(part)
    if own_words(part) >= (ENOUGH if stands else 1):
        return f"{TEMPLATE}: {known}" if (known := template(part)) else ""
    if stands:
        return f"holds only placeholder text: `{stands[0].text}`"
    if any(code.text.strip() for code in part.codes) or any(block.text.strip() for block in part.code_blocks):
        return "" if code_counts and not _one_block(part) else "holds only code"
    return _bare(part)


def unwritten(part: Part) -> bool:
    """Whether a text is nothing but stand-ins, as a section is that `productops fix --scaffold` made."""
    return bool(placeholders(part)) and bool(lack(part))


def _one_block(part: Part) -> bool:
    """Whether a document, but for its title, is one block of code, as one that is put between fences is."""
    if not isinstance(part, Document) or part.codes:
        return False
    if not part.headings:
        return True
    block = part.code_blocks[0]
    alone = len(part.code_blocks) == len(part.headings) == 1 and block.language in _TEXTS
    return alone and _reads_as_document(block.text.split("\n"))


def _reads_as_document(lines: list[str]) -> bool:
    """Whether code holds Markdown: sub-headings, fences, or a title with a blank line or a sentence below it."""
    if any(map(_MARKDOWN.match, lines)):
        return True
    first = next((at for at, line in enumerate(lines) if _HEADING.match(line)), len(lines))
    below = [line.strip() for line in lines[first + 1 :]]
    return bool(below) and (not below[0] or any(map(_SENTENCE.match, below)))


def _bare(part: Part) -> str:
    """Return what there is where there are no words, no code and no stand-ins."""
    if any(not link.image for link in part.links):
        return "holds only links"
    if part.links:
        return "holds only images"
    if _unread(part):
        return ""
    if part.headings:
        return "has headings and no text"
    return "holds only comments" if part.comments or "<!--" in part.text else "is empty"


def _unread(part: Part) -> bool:
    """Whether there is text that the reader of the format made nothing of."""
    first, _ = span(part)
    hidden = {heading.line for heading in part.headings}
    for comment in part.comments:
        hidden.update(range(comment.line, comment.line + comment.text.count("\n") + 2))
    lines = _INVISIBLE.sub(lambda match: "\n" * match[0].count("\n"), part.text).split("\n")
    start = _front_matter(whole(part)) if isinstance(part, Document) else 0
    return any(
        any(letter.isalpha() for letter in line) and not _REFERENCE.match(line)
        for number, line in enumerate(lines, first)
        if number not in hidden and number > start
    )


def _front_matter(document: Document) -> int:
    """Return the last line of the front matter, 0 where there is none."""
    end = next((n for n, line in enumerate(document.lines[1:], 2) if line.rstrip() in {"---", "+++"}), 0)
    return end if document.front_matter else 0
