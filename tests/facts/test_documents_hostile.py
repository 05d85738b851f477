"""No text makes a reader slow: twice the text takes about twice the time, whatever it holds."""

import time

import pytest

from pytest_productops.facts.documents import read
from pytest_productops.facts.documents.artifacts import is_changelog
from pytest_productops.facts.ownership import people

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
    "a.md": [
        "[",
        "![",
        "[[a](",
        "[a][",
        "](",
        "`",
        "*a ",
        "<a ",
        "</a>",
        "&",
        "> ",
        "<!--",
        "- ",
        "|",
        "\\",
        "<div>\n",
        "<h1>",
        "<code>",
    ],
    "a.rst": ["`a ", "|a", ":a:`", "``", "*a ", "a_ ", ".. _a\n"],
}


@pytest.mark.parametrize(
    ("path", "part"), [(path, part) for path, parts in HOSTILE.items() for part in parts]
)
def test_time_is_linear(path, part):
    start = time.process_time()
    read(path, part * (60_000 // len(part)))
    assert time.process_time() - start < 8


def test_a_heading_of_marks_is_no_version():
    assert not is_changelog(read("a.md", f"# {'!' * 20_000}\n" * 3))


@pytest.mark.parametrize("part", ["_", "<!--", "@a", "a@", "a-", "a."])
def test_names_are_found_in_linear_time(part):
    start = time.process_time()
    list(people.addressed(part * (60_000 // len(part))))
    assert time.process_time() - start < 8


def test_brackets_that_nothing_closes_leave_the_other_links():
    text = "Values in [0, 1) and [2, 3). " * 20 + "See [the guide](guide.md) and [![a](b.svg)](c.md)."
    assert [link.target for link in read("a.md", text).links] == ["guide.md", "b.svg", "c.md"]
