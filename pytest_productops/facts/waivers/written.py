"""Waivers in the settings: the `[[waivers]]`, and the rules that the table `ignore` leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import toml
from pytest_productops.facts.waivers.model import MAX_DAYS, Accepting, Ignored, Waiver, day
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.repository import Repository

PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("productops.toml", ()),
    ("pyproject.toml", ("tool", "productops")),
)
"""The files of settings, and the key path of their table."""
LIMIT = "max-waiver-days"
"""The key that says how many days ahead a waiver may end."""


@dataclass(frozen=True)
class Waivers(Accepting):
    """The waivers of the settings, and the rules left out. Entries that are no such thing are not here."""

    quick = True

    all: tuple[Waiver, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    max_days: int = MAX_DAYS

    @classmethod
    def gather(cls, repository: Repository) -> Waivers:
        """Read the repository's own settings; the engine hands over those that it was told to use."""
        files = repository[Files]
        for path, base in PLACES:
            data: Any = {}
            try:
                loaded = toml.load(files.read(path)) if path in files else toml.Loaded({}, "")
                data = loaded.data
            except (Unreadable, toml.TomlError):
                continue
            for key in base:
                data = data.get(key, {}) if isinstance(data, Mapping) else {}
            if isinstance(data, Mapping) and data:
                return read(data, path, lambda *way, _at=loaded, _base=base: _at.line((*_base, *way)))
        return cls()


def read(data: Mapping[str, Any], path: str, line: Callable[..., int]) -> Waivers:
    """Return what a table of settings in the file `path` says; `line` gives the line of a key."""
    ignored, days = data.get("ignore", {}), data.get(LIMIT)
    return Waivers(
        tuple(_waivers(data, path, line)),
        tuple(
            Ignored(rule, str(reason), Location(path, line("ignore", rule)))
            for rule, reason in (ignored.items() if isinstance(ignored, Mapping) else ())
        ),
        days if isinstance(days, int) and not isinstance(days, bool) else MAX_DAYS,
    )


def tables(data: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield (index, table) of each waiver as written."""
    written = data.get("waivers", [])
    if isinstance(written, list):
        yield from ((index, raw) for index, raw in enumerate(written) if isinstance(raw, Mapping))


def _waivers(data: Mapping[str, Any], path: str, line: Callable[..., int]) -> Iterator[Waiver]:
    for index, raw in tables(data):
        texts = [raw.get(key, "") for key in ("rule", "reason", "owner", "subject")]
        expires = day(raw.get("expires"))
        if expires and all(isinstance(text, str) for text in texts):
            rule, reason, owner, subject = (text.strip() for text in texts)
            yield Waiver(rule, reason, owner, expires, subject, Location(path, line("waivers", index)))
