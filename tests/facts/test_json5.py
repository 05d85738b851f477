"""JSON and its relaxed forms, with lines."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.formats import json5

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_reads_what_json_writes(value):
    assert json5.load(json.dumps(value)).data == value
    assert json5.load(json.dumps(value, indent="\t")).data == value


def test_relaxed_forms():
    text = "// first\n{\n  extends: ['a', \"b\",], /* more\n lines */ enabled: false,\n  count: +1,\n}\n"
    loaded = json5.load(text)
    assert loaded.data == {"extends": ["a", "b"], "enabled": False, "count": 1}
    assert [loaded.line("extends"), loaded.line("enabled"), loaded.line("count"), loaded.line("none")] == [
        3,
        4,
        5,
        0,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1",
        "]",
        '{"a"}',
        '{"a": }',
        "{a: b",
        '"open',
        "{} {}",
        "nonsense",
        "[" * 300,
        "{:1}",
        '{"a" 1}',
    ],
)
def test_what_is_none(text):
    with pytest.raises(json5.JsonError):
        json5.load(text)


@pytest.mark.parametrize("text", ['{"a": 1, "a": 1}', "{a: {b: 1,\n'b': {}}}", '{"a": [{"c": 1, "c": 2}]}'])
def test_a_name_that_stands_twice_is_an_error(text):
    with pytest.raises(json5.JsonError, match=r"key `[abc]` is written twice, first on line 1"):
        json5.load(text)


def test_comments_may_stand_twice():
    assert json5.load('{"//": "one", "//": "two", "_comment": 1, "_comment": 2}').data == {
        "//": "two",
        "_comment": 2,
    }


@given(st.text(alphabet="{}[]:,'\"/*\\ab1 \n", max_size=60))
def test_never_raises_otherwise(text):
    with contextlib.suppress(json5.JsonError):
        json5.load(text)
