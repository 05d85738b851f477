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
    ],
)
def test_clean(text, shown):
    assert clean(text) == shown


@given(st.text(st.characters()))
def test_no_control_character_is_left(text):
    shown = clean(text)
    assert len(shown) <= LIMIT
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs"}]
    shown.encode()
