"""Unowned: the critical files that CODEOWNERS gives no owner, and the line that takes theirs away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.ownership import Ownership
from pytest_productops.facts.ownership.codeowners import CodeOwners, Entry
from pytest_productops.facts.ownership.critical import OPEN, critical
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository


@dataclass(frozen=True)
class Gap:
    """Critical files of one kind without enough owners: `paths` of `total`, `unset` the line that leaves them so."""

    kind: str
    paths: tuple[str, ...]
    total: int
    unset: Entry | None = None


class CriticalPaths(Fact):
    """The critical files of a repository and who owns them."""

    quick = True

    def __init__(self, files: Files, codeowners: CodeOwners | None) -> None:
        self._files = files
        self.codeowners = codeowners

    @classmethod
    def gather(cls, repository: Repository) -> CriticalPaths:
        """Find them; never fails."""
        return cls(repository[Files], repository[Ownership].codeowners)

    def kinds(self, own: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
        """Return what is critical with its files; see `critical`."""
        return critical(self._files, own)

    def gaps(self, own: Iterable[str] = (), least: int = 1) -> Iterator[Gap]:
        """Yield what has fewer than `least` owners; a team is as good as two."""
        owners = self.codeowners
        for kind, paths in self.kinds(own).items() if owners else ():
            without = [path for path in paths if _count(owners.owners(path)) < least] if owners else []
            unset = {path: _unset(owners, path) for path in without} if owners else {}
            if kind in OPEN:
                without = [path for path in without if unset[path] is None]
            if without:
                yield Gap(kind, tuple(without), len(paths), unset[without[0]])


def _count(owners: tuple[str, ...]) -> int:
    return sum(2 if "/" in owner or owner.startswith("@@") else 1 for owner in owners)


def _unset(owners: CodeOwners, path: str) -> Entry | None:
    """Return the line without owners that decides for a file."""
    sections = dict.fromkeys(entry.section for entry in owners.entries)
    found = (owners.entry(path, section) for section in sections)
    return next((entry for entry in found if entry is not None and not entry.owners), None)
