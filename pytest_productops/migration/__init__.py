"""Migration: a peer's configuration becomes settings of ours and a table of what asks the same, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pytest_productops.migration import clomonitor, edx_repo_health, repo_review, repolinter, settings
from pytest_productops.migration.model import Asked, Configured, Migration, Row, Table
from pytest_productops.migration.tables import PEERS, load
from pytest_productops.repository import Repository

__all__ = ["PEERS", "SETS", "Migration", "Row", "migrate"]
SETS = clomonitor.SETS
NOTHING = "nothing that is asked there has a counterpart, so all rules of the profile are judged"


def migrate(peer: str, repository: Repository, sets: Iterable[str] = ()) -> Migration:
    """Read a peer's configuration in a repository and turn it into ours; `sets` are CLOMonitor's check sets.

    Raises `ConfigurationError` with every mistake where the peer's configuration cannot be read.
    """
    table = load(peer)
    configured = _read(peer, repository, table, tuple(sets))
    found, sources = settings.follow(configured.asked, table)
    rows = tuple(_row(each, table) for each in configured.asked)
    notes = configured.notes if "select" in found else (*configured.notes, NOTHING)
    return Migration(peer, configured.source, rows, found, sources, notes)


def _read(peer: str, repository: Repository, table: Table, sets: tuple[str, ...]) -> Configured:
    if peer == "repolinter":
        return repolinter.read(repository, table)
    if peer == "repo-review":
        return repo_review.read(repository, table)
    if peer == "clomonitor":
        return clomonitor.read(repository, table, sets or (SETS[0],))
    return edx_repo_health.read(repository, table)


def _row(asked: Asked, table: Table) -> Row:
    entry = table.rules.get(asked.like)
    if asked.off:
        return Row(asked.name, (), "off", asked.off, asked.place)
    if entry is None:
        return Row(asked.name, (), "not covered", f"unknown rule of {table.title}", asked.place)
    reason = " ".join((entry.reason, *_sentences(asked, table)))
    return Row(asked.name, entry.codes, entry.verdict, reason, asked.place, entry.near)


def _sentences(asked: Asked, table: Table) -> Iterator[str]:
    if asked.like != asked.name and asked.name not in table.rules:
        yield f"Unknown rule of {table.title}, read as `{asked.like}`."
    yield from asked.remarks
