"""Tested changes: which changes of the product's source came with tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pytest_productops.facts.changes import Changes, Landing
from pytest_productops.facts.changes.tests_of import is_source, is_test
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

MOST_READ = 64 * 2**20
"""Most bytes of differences that are read for tests beside the code."""
_ASIDE = regex(
    r"^\W*(?:\w+(?:\([^)]*\))?!?: *)?(?:release|bump|prepare|version|v?\d|back to dev|post[- ]release|revert\b)"
    r"|^(?:docs?|style|chore|ci|build|refactor|perf|typo|lint|types?|deps)(?:\([^)]*\))?!?:"
    r"|^\W*(?:fix(?:e[sd])? (?:a |some |more |the )?)?"
    r"(?:typos?|spelling|comments?|lint(?:s|er)?|docs?|formatting|clippy)\b"
    r"|^(?:re)?format\b|^polish\b|^clean ?up\b|^refactor\b|^renam(?:e|ing)\b",
    re.IGNORECASE,
)
"""Subjects of changes that alter nothing that a test could tell."""
_FIX = regex(r"^\W*(?:\w+(?:\([^)]*\))?!?: *)?(?:bug)?fix(?:e[sd]|ing)?\b|^\[?bug", re.IGNORECASE)
# A hunk within a module of tests (git names the line at the margin before it), or an added test.
_INLINE = regex(
    rb"^@@ [^@\n]* @@ [^\n]*\bmod \w*tests?\b"
    rb"|^\+[^\n]{0,200}?(?:#\[(?:\w+::)*(?:test|rstest|test_case|wasm_bindgen_test)\b"
    rb"|#\[cfg\((?:all\()?test|\bproptest!|\btest \"|//[/!][^\n]*\bassert)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Tested:
    """A change of source, whether it came with tests, and whether it says that it mends something."""

    landing: Landing
    tests: bool
    fix: bool = False


class TestedChanges(Fact):
    """The changes of people that touch the product's source, newest first.

    Left out: bulk changes, and what alters no behaviour by its subject.
    """

    __test__ = False

    def __init__(self, changes: Changes, git: Git) -> None:
        self._changes = changes
        self._git = git

    @classmethod
    def gather(cls, repository: Repository) -> TestedChanges:
        """Find the history; raise `Unavailable` without one."""
        return cls(repository[Changes], repository[Git])

    def newest(
        self, most: int, tests: tuple[re.Pattern[str], ...] = (), inline: tuple[str, ...] = ()
    ) -> tuple[Tested, ...]:
        """Return the newest `most` of them. `tests` match further paths of tests.

        Files of the suffixes `inline` may hold their tests beside the code, so what changed in them is read.
        """
        landings = [each for each in islice(self._changes, most) if _of_source(each)]
        with_tests = {
            each.commit.sha
            for each in landings
            if any(is_test(path) or any(t.search(path) for t in tests) for path in each.paths)
        }
        asked = {
            each.commit.sha
            for each in landings
            if each.commit.sha not in with_tests and any(path.endswith(inline) for path in each.paths)
        } if inline else set[str]()  # fmt: skip
        if asked:
            with_tests |= self._inline(asked, landings[-1].commit.sha, inline)
        return tuple(
            Tested(each, each.commit.sha in with_tests, bool(_FIX.match(each.commit.subject)))
            for each in landings
        )

    def _inline(self, asked: set[str], oldest: str, suffixes: tuple[str, ...]) -> set[str]:
        """Return those of the asked commits that change tests beside the code; what is too much to read counts."""
        left, found = set(asked), set[str]()
        for sha, text in _records(self._differences(oldest, suffixes)):
            if sha in left:
                left.discard(sha)
                if _INLINE.search(text):
                    found.add(sha)
        return found | left

    def _differences(self, oldest: str, suffixes: tuple[str, ...]) -> Iterator[bytes]:
        read = 0
        for chunk in self._git.stream(
            "log", "--first-parent", "-m", "-p", "-U0", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv",
            "--no-show-signature", "--ignore-submodules=all", "--format=%x00%H", f"{oldest}^..HEAD", "--",
            *(f"*{suffix}" for suffix in suffixes),
        ):  # fmt: skip
            read += len(chunk)
            yield chunk
            if read > MOST_READ:
                return


def _records(chunks: Iterator[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield (commit, difference) of a log whose records start with NUL and the id."""
    rest: list[bytes] = []
    for chunk in chunks:
        *ended, last = chunk.split(b"\0")
        for piece in ended:
            yield _record([*rest, piece])
            rest = []
        rest.append(last)
    yield _record(rest)


def _record(pieces: list[bytes]) -> tuple[str, bytes]:
    head, _, text = b"".join(pieces).partition(b"\n")
    return head.decode("ascii", "replace").strip(), text


def _of_source(landing: Landing) -> bool:
    commit = landing.commit
    if commit.bulk or (not commit.merge and _ASIDE.match(commit.subject)):
        return False
    return any(is_source(change.path) for change in commit.changes if change.status != "D")
