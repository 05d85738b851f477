"""The tables of contents: the lists of links that the index pages hold for readers of the forge."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt

from making import places

PAGES = frozenset({"index", "decisions/README"})
"""The pages whose lists are tables of contents."""


def sections(name: str, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each heading with the pages that the items of the lists below it begin with a link to."""
    title: str = ""
    found: list[str] = []
    tokens = MarkdownIt("commonmark").parse(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline" or before is None:
            continue
        if before.type == "heading_open":
            yield title, tuple(found)
            title, found = token.content, []
        elif token.level > 2 and token.children and token.children[0].type == "link_open":  # noqa: PLR2004
            target = str(token.children[0].attrs["href"])
            place = None if "://" in target else places.meant(name, target, places.REPOSITORY / "docs")
            if place and place.page:
                found.append(f"/{place.page}")
    yield title, tuple(found)


def toctrees(name: str, text: str) -> str:
    """Return a hidden table of contents for each list of pages, named after its heading."""
    return "".join(_toctree(title, pages) for title, pages in sections(name, text) if pages)


def _toctree(title: str, pages: tuple[str, ...]) -> str:
    return "\n".join(["", "", "```{toctree}", ":hidden:", f":caption: {title}", "", *pages, "```", ""])
