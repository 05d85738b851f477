"""The inside of an AsciiDoc paragraph: links, cross references, images, code and emphasis.

https://docs.asciidoctor.org/asciidoc/latest/macros/links/
"""

from __future__ import annotations

import re

from pytest_productops.facts.documents.draft import Draft, Piece, slugify
from pytest_productops.facts.documents.flow import Flow, Lines
from pytest_productops.lazy import regex

# Every alternative begins with a sign of its own and is of bounded length, so matching takes linear time.
_MARK = regex(
    r"(?<!\\)(?:``(?P<double>[^`]{1,2000}?)``|`(?P<code>[^`]{1,2000})`(?!\w)"
    r"|(?P<macro>\b(?:link|xref|image|icon|mailto|footnote|kbd|btn|menu|pass|stem|indexterm2?|anchor)):"
    r"(?P<target>[^\s\[\]]{0,400})\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\]){0,600})\]"
    r"|(?P<url>\b(?:https?|ftp|irc)://[^\s\[\]<>]{1,400})(?:\[(?P<words>[^\[\]]{0,400})\])?"
    r"|<<(?P<ref>[^<>,\n]{1,300})(?:,(?P<name>[^<>]{0,300}))?>>"
    r"|\[\[(?P<anchor>[^\[\],\n]{1,200})(?:,[^\[\]]{0,200})?\]\]"
    r"|\(\(\((?P<index>[^()]{1,300})\)\)\)"
    r"|\+\+\+?(?P<passed>[^+\n]{1,400})\+\+\+?)",
    re.DOTALL,
)
_EMPHASIS = regex(
    r"(?:\[[^\[\]\n]{0,80}\])?(?<![\w*_#\\])(\*\*?|__?|##?)(?=[^\s*_#])([^*_#]{1,400}?)(?<=\S)\1(?!\w)"
)
_ESCAPE = regex(r"\\(?=[*_`#\[{<h])")
_NAMED = regex(r",\s*\w+=|\Z")
_ID = regex(r"[^/.:]+\Z")
_SHOWN = frozenset({"kbd", "btn", "menu", "footnote", "indexterm2"})


def read(lines: Lines, draft: Draft) -> list[Piece]:
    """Read a paragraph; return its visible text, one piece a line or less."""
    return _Paragraph(lines, draft).read("\n".join(text for _, text in lines), _MARK) if lines else []


def words(label: str) -> str:
    """Return the text of a macro's brackets, without its named attributes."""
    label = label.strip()
    if label.startswith('"'):
        return label[1:].partition('"')[0]
    return label[: found.start()].removesuffix("^") if (found := _NAMED.search(label)) else label


def reference(target: str) -> str:
    """Return a cross reference as a link: `#id`, or `page.adoc#id`."""
    page, sharp, anchor = target.strip().partition("#")
    if not sharp and _ID.match(page):
        return f"#{page}"
    named = not page or "." in page.rsplit("/", maxsplit=1)[-1]
    return f"{page if named else f'{page}.adoc'}{sharp if anchor else ''}{anchor}"


class _Paragraph(Flow):
    def clean(self, text: str) -> str:
        text = _EMPHASIS.sub(r"\2", text) if any(sign in text for sign in "*_#") else text
        return _ESCAPE.sub("", text)

    def mark(self, match: re.Match[str]) -> None:
        code = match["double"] or match["code"]
        if code:
            self.code(code.strip("+") if code.startswith("+") else code)
        elif match["macro"]:
            self._macro(match["macro"], match["target"], match["label"])
        elif match["url"]:
            self._url(match["url"], match["words"])
        elif match["ref"]:
            text = (match["name"] or match["ref"]).strip()
            self.link(_internal(match["ref"]), text)
        elif match["anchor"]:
            self.draft.explicit.append(match["anchor"].strip())
        else:
            self.text(match["passed"] or "\n" * match[0].count("\n"))

    def _macro(self, macro: str, target: str, label: str) -> None:
        if macro == "image":
            self.link(target, words(label), image=True)
        elif macro == "xref":
            self.link(reference(target), words(label) or target)
        elif macro in {"link", "mailto"}:
            self.link(f"mailto:{target}" if macro == "mailto" else target.strip("+"), words(label) or target)
        elif macro == "anchor":
            self.draft.explicit.append(target)
        elif macro in _SHOWN:
            self.text(label)

    def _url(self, url: str, label: str | None) -> None:
        if label is None:
            self.text(url)  # a bare one becomes a link later, without the sentence's punctuation
        else:
            self.link(url, words(label) or url)


def _internal(target: str) -> str:
    """Return a reference in angle brackets as a link: an id, another page, or a title of this one."""
    target = target.strip().removeprefix("#")
    return f"#{slugify(target)}" if " " in target else reference(target)
