"""Docstrings read as manuals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops import manual

DOCSTRING = """A file says hello.

    What is looked at.

    Why:
        Because.
    Fix:
        Say hello.
    Options:
        word: what to say,
            in one word
        times: how often
    Source:
        https://example.org/hello
    Bad:
        -- hello.md --
    Bad:
        -- hello.md --
        Bye.
    Good:
        -- hello.md --
        # Hello

        Hello.
        -- sub/x --
        y
    """


def test_parts():
    read = manual.read(DOCSTRING, "HEL001")
    assert read.summary == "A file says hello."
    assert read.text == "What is looked at."
    assert (read.why, read.fix, read.source) == ("Because.", "Say hello.", "https://example.org/hello")
    assert read.options == {"word": "what to say, in one word", "times": "how often"}
    assert read.bad == ({"hello.md": ""}, {"hello.md": "Bye.\n"})
    assert read.good == ({"hello.md": "# Hello\n\nHello.\n", "sub/x": "y\n"},)


@pytest.mark.parametrize("section", manual.REQUIRED)
def test_a_missing_section_is_named(section):
    with pytest.raises(manual.IncompleteManual, match=f"HEL001: the docstring has no section .*{section}"):
        manual.read(DOCSTRING.replace(f"    {section}:\n", "    Other:\n"), "HEL001")


@pytest.mark.parametrize(
    ("docstring", "message"),
    [
        (None, "has no docstring"),
        (DOCSTRING.replace("says hello.", "says hello", 1), "is no sentence"),
        (DOCSTRING.replace("times: how often", "how often"), "no `name: text`"),
    ],
)
def test_incomplete(docstring, message):
    with pytest.raises(manual.IncompleteManual, match=message):
        manual.read(docstring, "HEL001")


def test_tabs_stay():
    read = manual.read(
        DOCSTRING.replace("        Hello.", "        Hello.\n        all:\n        \techo"), "HEL001"
    )
    assert read.good[0]["hello.md"] == "# Hello\n\nHello.\nall:\n\techo\n"


@given(st.text())
def test_any_text_is_an_archive(text):
    assert all(isinstance(body, str) for body in manual.archive(text).values())
