"""TOML with places."""

import contextlib
import datetime as dt

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.formats.toml import TomlError, load

TEXT = '''\
# a comment with a = "sign"
title = "x"  # [no] header
a.b."c.d" = 1.5

[owners.platform]
members = [
    "@ann",   # first
    """bob
and more""",
]
when = 1979-05-27 07:32:00

[[task]]
id = "one"
[[task.evidence]]
type = "trailer"
[[task.evidence]]
type = "record"
fields = ["a", { deep = [1, 2] , x = { y = -1.5e3, "z" = '' } }]
[task.extra]
k = true
[[task]]
id = \'\'\'
# no comment
[[no]]\'\'\'
check = { rule = "SUP007", params = { min = 0.9 } }
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("a",), 3),
        (("a", "b", "c.d"), 3),
        (("owners",), 5),
        (("owners", "platform"), 5),
        (("owners", "platform", "members"), 6),
        (("owners", "platform", "members", 0), 7),
        (("owners", "platform", "members", 1), 8),
        (("owners", "platform", "when"), 11),
        (("task",), 13),
        (("task", 0), 13),
        (("task", 0, "id"), 14),
        (("task", 0, "evidence", 0, "type"), 16),
        (("task", 0, "evidence", 1), 17),
        (("task", 0, "evidence", 1, "fields", 1, "x", "z"), 19),
        (("task", 0, "evidence", 1, "missing"), 17),
        (("task", 0, "extra", "k"), 21),
        (("task", 1), 22),
        (("task", 1, "id"), 23),
        (("task", 1, "check", "params", "min"), 26),
        (("task", 1, "cadence"), 22),
        (("nothing",), 0),
        ((), 0),
    ],
)
def test_line_of_a_key(path, line):
    assert load(TEXT).line(path) == line


def test_data_is_tomlis():
    assert load(TEXT).data == tomli.loads(TEXT)
    assert load("").data == {}
    assert load("d = 2026-01-05").data == {"d": dt.date(2026, 1, 5)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \n", 2),
        ("a = 1\na = 2\n", 2),
        ("a = [1,\n2", 2),
        ("a = " + "[" * 5000, 0),
        ("a = " + "9" * 5000, 0),
        ("x = 2026-02-30\n", 1),
    ],
)
def test_error_has_a_line(text, line):
    with pytest.raises(TomlError) as raised:
        load(text)
    assert raised.value.line == line
    assert raised.value.reason
    assert "(at " not in raised.value.reason


ANY = st.text("ab.\"'\\#=[]{},\n \té0", max_size=6)
VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | ANY | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3),
    max_leaves=12,
)


def every_path(value, path=()):
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from every_path(inner, (*path, key))


@given(st.dictionaries(ANY, VALUES, max_size=5), st.booleans())
def test_every_key_has_its_line(data, multiline):
    text = tomli_w.dumps(data, multiline_strings=multiline)
    loaded = load(text)
    lines = text.split("\n")
    for path in every_path(loaded.data):
        assert 1 <= loaded.line(path) <= len(lines), path
        assert path in loaded._lines


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(TomlError):
        load(text).line(("a", 0))
