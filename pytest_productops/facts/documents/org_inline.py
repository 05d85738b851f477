"""The inside of an Org paragraph: links, targets, verbatim and emphasis.

https://orgmode.org/worg/org-syntax.html#Objects
"""

from __future__ import annotations

import re

from pytest_productops.facts.documents.draft import Draft, Piece, slugify
from pytest_productops.facts.documents.flow import Flow, Lines
from pytest_productops.lazy import regex

# Every alternative begins with a sign of its own and is of bounded length, so matching takes linear time.
_MARK = regex(
    r"\[\[(?P<target>(?:[^\[\]\\]|\\.){1,600})\](?:\[(?P<label>[^\[\]]{0,600})\])?\]"
    r"|(?<![\w=])=(?P<verbatim>[^\s=](?:[^=]{0,600}?[^\s=])??)=(?![\w=])"
    r"|(?<![\w~])~(?P<code>[^\s~](?:[^~]{0,600}?[^\s~])??)~(?![\w~])"
    r"|<<<?(?P<anchor>[^<>\n]{1,200})>>>?"
    r"|<(?P<url>(?:https?|mailto|file):[^<>\s]{1,600})>"
    r"|\[fn:[^\[\]:]{0,80}(?::(?P<note>[^\[\]]{0,600}))?\]"
    r"|\{\{\{[^{}\n]{1,200}\}\}\}",
    re.DOTALL,
)
_EMPHASIS = regex(r"(?<![\w*/_+])([*/_+])(?=[^\s*/_+])([^*/_+]{1,400}?)(?<=\S)\1(?![\w*/_+])")
_FILE = regex(r"(?:file|docview)(?:\+\w+)?:")
_IMAGE = regex(r"\.(?:png|jpe?g|gif|svg|webp)\Z", re.IGNORECASE)
_OUTSIDE = regex(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PATH = regex(r"(?:\.{0,2}/|~/)|[^\s*]*\.\w{1,8}(?:\Z|::)|[^\s*]+/")


def read(lines: Lines, draft: Draft) -> list[Piece]:
    """Read a paragraph; return its visible text, one piece a line or less."""
    return _Paragraph(lines, draft).read("\n".join(text for _, text in lines), _MARK) if lines else []


def address(target: str) -> str:
    """Return the target of a link as other formats write it: `file:a.org::*Set up` is `a.org#set-up`."""
    file = _FILE.match(target)
    path = target[file.end() :] if file else target
    if not file and (_OUTSIDE.match(target) or target.startswith("#")):
        return target
    if not file and not _PATH.match(path):  # a heading or a target of this document
        return f"#{slugify(path.removeprefix('*'))}"
    path, _, search = path.partition("::")
    anchored = search[1:] if search.startswith("#") else slugify(search.removeprefix("*"))
    return f"{path}#{anchored}" if search and not search.isdigit() else path


class _Paragraph(Flow):
    def clean(self, text: str) -> str:
        return _EMPHASIS.sub(r"\2", text) if any(sign in text for sign in "*/_+") else text

    def mark(self, match: re.Match[str]) -> None:
        if match["target"]:
            self._link(match["target"].replace("\\", ""), match["label"])
        elif match["verbatim"] or match["code"]:
            self.code(match["verbatim"] or match["code"])
        elif match["anchor"]:
            self.draft.explicit += [match["anchor"], slugify(match["anchor"])]
        else:
            self.text(match["url"] or match["note"] or "\n" * match[0].count("\n"))

    def _link(self, target: str, label: str | None) -> None:
        target = " ".join(target.split())
        plain = label is None or not label.strip()
        image = bool(plain and _IMAGE.search(target))
        self.link(
            address(target), "" if image else target.removeprefix("*") if plain else str(label), image=image
        )
