"""Links of the site: out of `docs/` to the file's page or the forge; from a rule's code or a command to its page."""

from __future__ import annotations

import os.path
import posixpath
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from making import places

LINKS = (nodes.title, nodes.reference, addnodes.pending_xref)
"""Where no link begins: in a title, and in another link."""


class FilesOutside(SphinxTransform):
    """Lead links to files that are no pages to their page, or to the forge where they have none."""

    default_priority = 100

    def apply(self, **_: object) -> None:
        """Change every such link of a page."""
        docs = Path(self.env.srcdir)
        for node, path, anchor in list(self._leaving(docs)):
            place = places.meant(self.env.docname, path, docs)
            if place:
                link = _to_page(place.page, anchor, self.env.docname)
                if not place.page:
                    link = nodes.reference(refuri=f"{place.url}#{anchor}" if anchor else place.url)
                link.extend(node.children)
                node.replace_self(link)

    def _leaving(self, docs: Path) -> Iterator[tuple[nodes.Element, str, str]]:
        """Yield each link that is none to a page as MyST reads it: the node, the path that is written, its anchor."""
        for node in self.document.findall(addnodes.download_reference):
            path, _, anchor = node["reftarget"].partition("#")
            yield node, path, anchor
        for node in self.document.findall(addnodes.pending_xref):
            target = node["reftarget"]
            if node.get("refdomain") == "doc" and target.startswith("/"):  # a document outside of docs/
                folder = docs / Path(self.env.docname).parent
                yield node, f"{os.path.relpath(target, folder)}.md", node.get("reftargetid") or ""
            elif node.get("reftype") == "myst" and not node.get("refdomain"):
                path, _, anchor = target.partition("#")
                yield node, path, anchor


class CodesAreLinks(SphinxTransform):
    """Lead a rule's code or a command that stands as code in running text to its page."""

    default_priority = 101

    def apply(self, **_: object) -> None:
        """Wrap every such word of a page into a link."""
        for node in list(self.document.findall(nodes.literal)):
            page = places.explained(node.astext(), Path(self.env.srcdir))
            if page and page != self.env.docname and not _within(node, LINKS):
                path = posixpath.relpath(page, posixpath.dirname(self.env.docname) or ".")
                link = nodes.reference(refuri=f"{path}.html", internal=True)
                node.replace_self(link)
                link.append(node)


def _to_page(page: str, anchor: str, source: str) -> nodes.Element:
    return addnodes.pending_xref(
        refdomain="doc",
        reftarget=page,
        reftargetid=anchor or None,
        refdoc=source,
        reftype="myst",
        refexplicit=True,
    )


def _within(node: nodes.Node, kinds: tuple[type, ...]) -> bool:
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kinds):
            return True
    return False
