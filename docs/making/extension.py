"""The extension of Sphinx: writes the reference, completes the tables of contents, checks the finished links."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from making import checking, contents, generated
from making.linking import CodesAreLinks, FilesOutside

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, Any]:
    """Join the build."""
    app.connect("config-inited", _generate)
    app.connect("source-read", _complete)
    app.connect("html-page-context", _unedited)
    app.connect("build-finished", _check)
    app.add_transform(FilesOutside)
    app.add_transform(CodesAreLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _generate(app: Sphinx, _config: Config) -> None:
    generated.write(Path(app.srcdir))


def _complete(_app: Sphinx, name: str, source: list[str]) -> None:
    """Add the tables of contents, which the lists of these pages say already."""
    if name in contents.PAGES:
        source[0] += contents.toctrees(name, source[0])


def _unedited(_app: Sphinx, name: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Offer no link to the source of a page that has none on the forge."""
    if name.startswith(f"{generated.FOLDER}/"):
        context["page_source_suffix"] = ""


def _check(app: Sphinx, failed: Exception | None) -> None:
    """Warn of every link of the finished pages that leads nowhere."""
    if failed is None and app.builder.name == "html":
        for place, problem in checking.dead(Path(app.outdir)):
            logger.warning("%s: %s", place, problem, type="making", subtype="link")
