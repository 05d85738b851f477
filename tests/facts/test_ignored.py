""".gitignore read as git reads it, in time that grows with pattern times path."""

import random
import subprocess
import time

import pytest

from pytest_productops.facts.ignored import Ignored

PATTERNS = [
    "*.o", "build/", "/dist", "a/b", "a/**/b", "**/foo", "foo/**", "!keep.o", "!a/keep.o", "docs/*.txt", "**/", "*", "!*/",
    "!*.py", "x?z", "[ab].c", "[!ab].c", "[^ab].c", r"\!bang", r"\#hash", " a ", "a\\ ", "# c", "", "/", "a/", "/a/", "**/a/**",
    "a**b", "*/b", "/*", "!/a", "lib/**/*.so", "foo/*", "!foo/bar",
]  # fmt: skip
NAMES = [
    "a",
    "b",
    "foo",
    "bar",
    "build",
    "dist",
    "x.o",
    "keep.o",
    "docs",
    "t.txt",
    "xyz",
    "a.c",
    "c.c",
    "lib",
    "m.so",
    "p.py",
    "!bang",
    "#hash",
    "afoob",
]


def test_it_says_what_git_says(tmp_path):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    chance = random.Random(9)  # noqa: S311 - the same ones each time
    for _ in range(150):
        lines = chance.sample(PATTERNS, chance.randint(1, 4))
        (tmp_path / ".gitignore").write_text("\n".join(lines) + "\n")
        paths = sorted({_path(chance) for _ in range(40)})
        told = subprocess.run(
            ["git", "-C", tmp_path, "check-ignore", "--no-index", "--stdin", "-z"],
            input="\0".join(paths).encode(),
            capture_output=True,
        ).stdout.decode()
        own = Ignored(lines)
        assert [path for path in paths if own.match_file(path)] == [p for p in told.split("\0") if p], lines


def _path(chance):
    return "/".join(chance.choices(NAMES, k=chance.randint(1, 4))) + chance.choice(["", "", "/"])


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("**/" * 8 + "b", "a/" * 25 + "x"),
        ("**/a/" * 12 + "b", "a/" * 60 + "x"),
        ("**/*a*/" * 6 + "b", "a/" * 200 + "x"),
        ("*a" * 20 + "b", "a" * 500),
        ("*a" * 400 + "b", "a" * 4000),
        ("[" * 900, "a"),
        ("**/" * 300 + "b", "a/" * 2000 + "x"),
    ],
)
def test_no_pattern_takes_for_ever(pattern, path):
    began = time.process_time()
    assert not Ignored([pattern]).match_file(path)
    assert time.process_time() - began < 3
