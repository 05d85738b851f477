"""What `git log -z` prints, read record by record as it comes: fields and paths are apart by NUL."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from pytest_productops.facts.history.model import Change, Commit, day

# The fields of a commit, then with --name-status a line feed and (status, path) pairs, all ended by NUL.
FIELDS = ("%H", "%P", "%cd", "%aN", "%aE", "%cN", "%cE", "%s", "%b", "%(trailers:only,unfold)", "%at", "%ct")
OPTIONS = (
    "-z", "--use-mailmap", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
    "--no-renames", "--date=format-local:%Y-%m-%d", f"--format={'%x00'.join(FIELDS)}",
)  # fmt: skip
_LONGEST_STATUS = 8
_MOST_BODY = 20_000


def commits(chunks: Iterable[bytes], ignored: frozenset[str] = frozenset()) -> Iterator[Commit]:
    """Yield the commits of a stream. What is cut off at its end is dropped."""
    head: list[bytes] = []
    changes: list[Change] = []
    status = b""
    for token in tokens(chunks):
        if len(head) < len(FIELDS):
            head.append(token)
        elif status:
            changes.append(Change(status[:1].decode("ascii", "replace"), os.fsdecode(token)))
            status = b""
        elif len(token) <= _LONGEST_STATUS:
            status = token.strip()
        else:
            yield _commit(head, changes, ignored)
            head, changes = [token], []
    if len(head) == len(FIELDS):
        yield _commit(head, changes, ignored)


def tokens(chunks: Iterable[bytes], end: bytes = b"\0") -> Iterator[bytes]:
    """Yield what stands before each NUL, or other end, of a stream."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(end)
        yield from whole
    if rest:
        yield rest


def _commit(head: list[bytes], changes: list[Change], ignored: frozenset[str]) -> Commit:
    sha, parents, date, author, email, committer, address, subject, body, trailers, wrote, put = (
        field.decode(errors="replace") for field in head
    )
    pairs = (line.partition(":") for line in trailers.splitlines())
    return Commit(
        sha, day(date), author, email, subject,
        tuple((key.strip(), value.strip()) for key, _, value in pairs if value),
        tuple(changes), tuple(parents.split()), committer, address, body[:_MOST_BODY], sha in ignored,
        _seconds(put) - _seconds(wrote),
    )  # fmt: skip


def _seconds(text: str) -> int:
    return int(text) if text.isdecimal() else 0
