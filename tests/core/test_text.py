"""Nothing that a terminal or a log obeys gets through."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.text import LIMIT, clean


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – text ✓", "plain – text ✓"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("one\ntwo", "one two"),
        ("bell\a nul\0", "bell\\x07 nul\\x00"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("name\udcff", "name\\udcff"),
        ("\x9b0m", "\\x9b0m"),
        ("::error::x", "\\x3a:error::x"),
        (" \u00a0::stop-commands::x", " \u00a0\\x3a:stop-commands::x"),
        ("productops::ONB003", "productops::ONB003"),
        (": x", ": x"),
        ("a ##[error]x", "a \\x23#[error]x"),
        ("a ##VSO[x]", "a \\x23#VSO[x]"),
        ("### [x](y) ## [z]", "### [x](y) ## [z]"),
    ],
)
def test_clean(text, shown):
    assert clean(text) == shown


def test_each_line_that_is_kept_is_no_command():
    assert clean("one\n ::error::two\n:: three", keep="\n") == "one\n \\x3a:error::two\n\\x3a: three"


@given(st.text(st.sampled_from(":# [vso]\n\x00\u2028x")))
def test_no_command_of_a_ci_service_is_left(text):
    """GitHub's runner trims a line and looks at its beginning; both services look for `##[` anywhere."""
    for keep in ("", "\n"):
        for line in clean(text, keep=keep).split("\n"):
            assert not line.strip().startswith("::")
            assert "##[" not in line
            assert "##vso[" not in line


@given(st.text())
def test_what_is_clean_stays_as_it_is(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters()))
def test_no_control_character_is_left(text):
    shown = clean(text)
    assert len(shown) <= LIMIT
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs"}]
    shown.encode()
