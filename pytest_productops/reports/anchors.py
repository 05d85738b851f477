"""Where a finding without a place is shown by services that show findings in files alone."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pytest_productops.facts.files import Files
from pytest_productops.gate import Gate
from pytest_productops.reports.plain import Plain

_READMES = ("README.md", "README.rst", "README")
_SETTINGS = ("productops.toml", "pyproject.toml")


class Anchors:
    """The files of one repository that findings can be shown in."""

    def __init__(self, gate: Gate) -> None:
        self.files = gate.repository[Files]
        self.source = gate.settings.policy.source
        self.components = {each.folder: each.manifest for each in gate.components if each.folder}

    def of(self, component: str, finding: Plain) -> Plain | None:
        """Return a place in a regular file, where the finding's own is none.

        It is the first of: what the finding rests on, its component's manifest, the README, the settings, any file.
        """
        if self._regular(finding["path"]):
            return None
        places = [(each["path"], each["line"]) for each in finding["evidence"]]
        places += [(self.components.get(component, ""), 0)]
        path, line = next((place for place in places if self._regular(place[0])), (self._default, 0))
        return {"path": path, "line": line} if path else None

    @cached_property
    def _default(self) -> str:
        return next(self._others(), "")

    def _others(self) -> Iterator[str]:
        names = (self.files.find(name) for name in (*_READMES, self.source, *_SETTINGS))
        yield from (path for path in (*names, *self.files) if path and self._regular(path))

    def _regular(self, path: str) -> bool:
        """Whether it is a file, and no link: GitHub shows nothing in one."""
        try:
            return path in self.files and stat.S_ISREG(Path(self.files.root, path).lstat().st_mode)
        except OSError:
            return False
