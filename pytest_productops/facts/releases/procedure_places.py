"""Places where a release procedure may stand: sections about releasing, and what is a changelog instead."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.documents import Document, Section
from pytest_productops.facts.releases import procedure_words as words
from pytest_productops.facts.releases.titles import versions_in
from pytest_productops.facts.substance import lack
from pytest_productops.facts.topics import normal


def near(path: str) -> tuple[int, str]:
    """Return what paths are sorted by: those near the root first."""
    return path.count("/"), path


def is_log(document: Document) -> bool:
    """Whether most headings or links are versions, as in a changelog, or its title says that it is one."""
    title = normal(document.headings[0].text) if document.headings else ""
    if words.LOG.fullmatch(title):
        return True
    versions = sum(any(True for _ in versions_in(heading.text)) for heading in document.headings)
    return versions >= 3 and versions * 2 >= len(document.headings)  # noqa: PLR2004


def sections_about(document: Document) -> Iterator[Section]:
    """Yield the outermost sections about releasing; in a README the heading must say so plainly."""
    end = 0
    readme = document.path.rpartition("/")[2].lower().startswith("readme")
    wanted = words.README if readme else words.ABOUT
    for section in document.sections:
        if section.heading is None or section.start <= end:
            continue
        title = normal(section.heading.text)
        if wanted.search(title) and not words.NOT_ABOUT.search(title) and not lack(section):
            end = section.end
            yield section
