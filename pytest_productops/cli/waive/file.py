"""The file of the settings, to be written to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytest_productops.facts.waivers import PLACES
from pytest_productops.policy.document import OWN
from pytest_productops.policy.edit import Base, Entry, decoded, form, rewritten
from pytest_productops.policy.writing import write

Edit = Callable[[str, Base], str]
"""What turns the text of settings, whose table has a key path, into another."""


class SettingsFile:
    """The file that `config` names or that was found (`source`); else a new one."""

    def __init__(self, root: Path, source: str, config: str) -> None:
        self.source = source or OWN
        self.path = Path(config).absolute() if config else root / self.source
        self.base = dict(PLACES).get(self.path.name, ())

    def edit(self, edit: Edit) -> None:
        """Write it anew, edited; raise NotEdited or ConfigurationError where it stays as it is."""
        write(self.path.parent, self.path.name, rewritten(self._data(), lambda text: edit(text, self.base)))

    def form(self, entry: Entry) -> str:
        """Return a waiver as it is written there; raise NotEdited where there can be none."""
        return form(decoded(self._data()), self.base, entry)

    def _data(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""
