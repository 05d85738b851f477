"""What `git log -z` prints, read record by record as it comes: fields and paths are apart by NUL."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from pytest_productops.facts.history.model import Change, Commit, day
from pytest_productops.repository import Unavailable

# The fields of a commit, then with --name-status a line feed and (status, path) pairs, all ended by NUL.
FIELDS = ("%H", "%P", "%cd", "%aN", "%aE", "%cN", "%cE", "%s", "%b", "%(trailers:only,unfold)", "%at", "%ct")
OPTIONS = (
    "-z", "--use-mailmap", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
    "--no-renames", "--date=format-local:%Y-%m-%d", f"--format={'%x00'.join(FIELDS)}",
)  # fmt: skip
_LONGEST_STATUS = 8
_MOST_BODY = 20_000
_MOST_WORDS = 1_000
_MOST_TRAILERS = 100
"""How much is kept of a commit's message, of a name and of a subject (characters), and of trailers."""
_MOST_FIELD = 2**20
"""Longest field or path that is kept whole, in bytes."""
MOST_CHANGES = 500_000
"""Most paths that one commit changes."""


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
            if len(changes) > MOST_CHANGES:
                raise Unavailable(f"commit {_shown(head[0])} changes more than {MOST_CHANGES:,} files")
        elif len(token) <= _LONGEST_STATUS:
            status = token.strip()
        else:
            yield _commit(head, changes, ignored)
            head, changes = [token], []
    if len(head) == len(FIELDS):
        yield _commit(head, changes, ignored)


def tokens(chunks: Iterable[bytes], end: bytes = b"\0") -> Iterator[bytes]:
    """Yield what stands before each NUL, or other byte, of a stream; the rest of a very long one is dropped."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        first, *others = chunk.split(end)
        if size < _MOST_FIELD:
            held.append(first)
            size += len(first)
        if others:
            yield b"".join(held)
            yield from others[:-1]
            held, size = [others[-1]], len(others[-1])
    if any(held):
        yield b"".join(held)


def _shown(sha: bytes) -> str:
    return sha.decode("ascii", "replace").strip()[:10]


def _commit(head: list[bytes], changes: list[Change], ignored: frozenset[str]) -> Commit:
    sha, parents, date, author, email, committer, address, subject, body, trailers, wrote, put = (
        field.decode(errors="replace") for field in head
    )
    author, email, committer, address, subject = (
        words[:_MOST_WORDS] for words in (author, email, committer, address, subject)
    )
    pairs = (line[:_MOST_WORDS].partition(":") for line in trailers.splitlines()[:_MOST_TRAILERS])
    return Commit(
        sha, day(date), author, email, subject,
        tuple((key.strip(), value.strip()) for key, _, value in pairs if value),
        tuple(changes), tuple(parents.split()), committer, address, body[:_MOST_BODY], sha in ignored,
        _seconds(put) - _seconds(wrote),
    )  # fmt: skip


def _seconds(text: str) -> int:
    return int(text) if text.isdecimal() else 0
