"""No text makes a reader slow: twice the text takes about twice the time, whatever it holds."""

import time

import pytest

from pytest_productops.facts.documents import read

HOSTILE = {
    "a.adoc": [
        "link:",
        "[[",
        "<<a",
        "`a ",
        "{a",
        "*a ",
        "http://a",
        "xref:a[",
        "a::b ",
        "....\n",
        "[x\n",
        "|===\n|a\n",
        "****\n",
    ],
    "a.org": [
        "[[a",
        "=a ",
        "~a ",
        "#+begin_quote\n",
        "<<a",
        "[fn:",
        ":a:\n",
        "*a ",
        "/a ",
        "- \n",
        "| a\n",
        "{{{",
    ],
    "a.mdx": ["{", "<A ", "`", "<A b={", "{/*", "import a\n", "'", '<a b="', "export {\n", "```\n"],
    "a.rst": ["`a ", "|a", ":a:`", "``", "*a ", "a_ ", ".. _a\n"],
}


@pytest.mark.parametrize(
    ("path", "part"), [(path, part) for path, parts in HOSTILE.items() for part in parts]
)
def test_time_is_linear(path, part):
    start = time.perf_counter()
    read(path, part * (120_000 // len(part)))
    assert time.perf_counter() - start < 8
