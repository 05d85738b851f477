"""Globs of a repository and of its settings: what they match, and that none keeps us busy."""

import time

import pytest

from pytest_productops.facts.globs import LONGEST, expanded, fits, path
from pytest_productops.facts.ignored import Ignored
from pytest_productops.facts.ownership import codeowners
from pytest_productops.facts.patterns import Patterns, matches
from pytest_productops.facts.pipelines.starting import means
from pytest_productops.facts.releases.tag_patterns import starts
from pytest_productops.migration import globs

PATHS = [f"docs/{'a' * 60}/{number}/{'a' * 60}.md" for number in range(4980)]
PATHS += ["a" * 4000] * 10 + ["a/" * 2000 + "a"] * 10
BOMBS = {
    "folders": "**/" * 8 + "b",
    "folders with names": "**/a*a*/" * 60 + "b",
    "stars": "*a" * 30 + "*b",
    "many stars": "*a" * 490 + "*b",
    "a star and many letters": "*" + "?" * 500 + "b*c",
    "an expression": "(a+)+$",
    "braces": "{a,b}" * 30,
    "nested braces": "{" * 400 + "a,b" + "}" * 400,
    "a set of many": "{" + ",".join("a" * 900) + "}",
    "brackets": "[" * 1000,
    "letters": "a" * 100_000,
    "stars of 100 kB": "a*" * 50_000,
    "marks of 100 kB": "?" * 100_000,
    "sets of 100 kB": "[a-z]" * 20_000,
    "folders of 100 kB": "**/a/" * 20_000 + "b",
}
SLOWEST = 8
"""Seconds of this process; each takes less than two on a slow machine, and an expression made of it for ever."""


def owned(pattern):
    file = codeowners.read(f"{pattern} @ann\n" * 3, ".github/CODEOWNERS", "github")
    return [file.owners(each) for each in PATHS]


def ignored(pattern):
    lines = Ignored([pattern] * 3)
    return [lines.match_file(each) for each in PATHS]


def found(pattern):
    patterns = Patterns([pattern])
    return [list(patterns.of(each)) for each in PATHS]


READERS = {
    "fits": lambda pattern: [fits(each, pattern) for each in PATHS],
    "path": lambda pattern: list(filter(path(pattern), PATHS)),
    "register": lambda pattern: [matches(each, [pattern]) for each in PATHS],
    "history": found,
    "gitignore": ignored,
    "owners": owned,
    "tags": lambda pattern: [starts(each[:200], [pattern]) for each in PATHS],
    "branches": lambda pattern: [means(pattern, "main") for _ in range(100)],
    "repolinter": lambda pattern: globs.first(PATHS, [pattern] * 3, nocase=True),
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("reader", READERS)
def test_no_pattern_keeps_us_busy(reader, bomb):
    began = time.process_time()
    READERS[reader](BOMBS[bomb])
    assert time.process_time() - began < SLOWEST


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("docs/*.md", "docs/a/b.md", True),
        ("docs/?.md", "docs/ab.md", False),
        ("[!a]*", "b", True),
        ("[b-a]x", "bx", False),
        ("a" * LONGEST + "*", "a" * LONGEST, False),
        ("a" * 2000, "a" * 2000, True),
    ],
)
def test_a_star_crosses_folders(pattern, text, expected):
    assert fits(text, pattern) is expected


@pytest.mark.parametrize(
    ("pattern", "matched", "others"),
    [
        ("packages/*", ["packages/a"], ["packages", "packages/a/b", "x/packages/a"]),
        ("packages/**", ["packages", "packages/a", "packages/a/b"], ["package", "x/packages"]),
        ("**/api", ["api", "a/api", "a/b/api"], ["api/a", "aapi"]),
        ("a/**/b/**/c", ["a/b/c", "a/x/b/y/z/c", "a/b/b/c"], ["a/c", "a/b", "b/c"]),
        ("{apps,libs/*}/web-?", ["apps/web-1", "libs/x/web-2"], ["libs/web-1", "apps/web-10"]),
        ("a/{", ["a/{"], ["a/"]),
        ("", [""], ["a"]),
    ],
)
def test_a_star_stays_in_a_folder(pattern, matched, others):
    assert [each for each in (*matched, *others) if path(pattern)(each)] == matched


def test_braces():
    assert expanded("{a,{b,c}d}") == ("a", "bd", "cd")
    assert len(expanded("{a,b}" * 6)) == 64
    assert expanded("{a,b}" * 7) == ()
    assert expanded("a" * (LONGEST + 1)) == ()
