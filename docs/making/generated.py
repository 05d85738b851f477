"""Writes the generated pages and schemas; a page that says the same is left alone, so that it is not read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from making import commands, interface, places, rules, schemas
from pytest_productops.catalogue import Catalogue, installed

FOLDER = "reference"
OURS = "productops_rules."


def write(source: Path) -> None:
    """Write everything below `reference/`, and take out what is not written any more."""
    folder = source / FOLDER
    made = {folder / path: text for path, text in pages()}
    for old in (path for path in folder.rglob("*") if path.is_file() and path not in made):
        old.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path of each generated file below `reference/`, and its text."""
    catalogue = ours()
    yield from rules.pages(catalogue)
    yield from commands.pages()
    yield from schemas.pages(catalogue)
    yield from interface.pages()
    yield from ((f"served/schemas/{name}", text) for name, text in schemas.documents(catalogue))
    yield from (
        (f"{page.removeprefix('reference/')}.md", _copied(name)) for name, page in places.COPIED.items()
    )


def _copied(name: str) -> str:
    return (places.REPOSITORY / name).read_text(encoding="utf-8")


def ours() -> Catalogue:
    """Return the built-in rules, whatever else is installed here."""
    every = installed()
    packs = (pack for pack in every.packs if pack.name == "productops")
    return Catalogue((rule for rule in every if rule.module.startswith(OURS)), packs)
