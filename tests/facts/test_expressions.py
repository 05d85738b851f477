"""Expressions from settings: the same answers as `re`, in time that grows with the text alone."""

import re
import time
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.expressions import Expression, Unfit, expression

ATOMS = st.sampled_from(
    ["a", "b", "A", "1", " ", ".", r"\d", r"\w", "[ab]", "[^a]", r"\s", r"\b", "^", "$", r"\."]
)
OFTEN = st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{0,2}", "{1,}", "*?", "+?", "??"])


def larger(inner):
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        inner.map(lambda one: f"({one})"),
        st.tuples(inner, OFTEN).map(lambda two: f"(?:{two[0]}){two[1]}"),
    )


@given(
    st.recursive(ATOMS, larger, max_leaves=12),
    st.text("abA1 .\n", max_size=10),
    st.sampled_from([0, re.IGNORECASE]),
)
def test_it_answers_as_re_does(text, sample, flags):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = re.compile(text, flags)
    own = Expression(text, flags)
    assert own.search(sample) == bool(other.search(sample))
    assert own.match(sample) == bool(other.match(sample))
    assert own.groups == other.groups


@pytest.mark.parametrize(
    ("text", "sample"),
    [
        (r"fail_under\s*=\s*(\d+)", "fail_under = 85"),
        (r"(?:cov|coverage)[- ]?min=(\d+)%?", "--coverage-min=70%"),
        (r"(a|ab)(?:c|bcd)", "xabcd"),
        (r"(.*?)=(?:.*)", "a=b=c"),
        (r"(.*)=(?:.*)", "a=b=c"),
        (r"x(\d*)", "x"),
        (r"(?i)Reviewed-on: (\S+)", "x\nreviewed-ON: https://example.org/1"),
    ],
)
def test_groups_are_those_of_re(text, sample):
    found = re.search(text, sample)
    assert Expression(text).found(sample) == found[1]
    assert Expression(text).found(sample, 0) == found[0]


@pytest.mark.parametrize(
    "text", ["(a+)+$", "^(a|a)*$", "(.*)(.*)(.*)(.*)(.*)x", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a?){90}a{90}b"]
)
def test_no_expression_takes_for_ever(text):
    began = time.process_time()
    own = Expression(text)
    assert not own.search("a" * 5000 + "!")
    assert own.found("a" * 500 + "!") is None
    assert time.process_time() - began < 9


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x(", "missing ), unterminated subpattern at position 1"),
        ("(?=a)b", "`(?` is none of the forms that are run in linear time"),
        (r"(a)\1", r"`\1` is none of the forms that are run in linear time"),
        ("(?:a{300}){300}", "it says too much: its repetitions stand for a very long expression"),
        ("(" * 60 + ")" * 60, "its groups are nested over 50 deep"),
        ("a" * 2000, "it is longer than 1000 characters"),
    ],
)
def test_what_cannot_be_run_is_told(text, told):
    with pytest.raises(Unfit) as error:
        expression(text)
    assert str(error.value) == told
