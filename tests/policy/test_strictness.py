"""Which of two values is the more demanding."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.declaration import Less, More, option_schema
from pytest_productops.model import Option
from pytest_productops.policy.strictness import as_demanding, most_demanding

TABLE = [
    (int, "more", 85, 80),
    (float, "more", 0.5, 0.3),
    (int, "less", 10, 15),
    (bool, "more", True, False),
    (bool, "less", False, True),
    (str, "less", "90d", "6mo"),
    (str, "less", "2w", "15d"),
    (tuple[str, ...], "more", ("a", "b"), ("a",)),
    (tuple[str, ...], "less", (), ("a",)),
    (Literal["lax", "strict"], "more", "strict", "lax"),
    (Literal["daily", "weekly"], "less", "daily", "weekly"),
]


@pytest.mark.parametrize(("kind", "way", "tight", "loose"), TABLE)
def test_one_is_tighter(kind, way, tight, loose):
    option = Option("o", loose, option_schema(kind), way)
    assert as_demanding(option, tight, loose)
    assert not as_demanding(option, loose, tight)
    assert as_demanding(option, tight, tight)
    assert most_demanding(option, [loose, tight, loose]) == tight


def test_lists_that_do_not_hold_each_other():
    more = Option("o", (), option_schema(tuple[str, ...]), "more")
    less = Option("o", (), option_schema(tuple[str, ...]), "less")
    assert not as_demanding(more, ("a", "b"), ("b", "c"))
    assert most_demanding(more, [("a", "b"), ("b", "c")]) == ("a", "b", "c")
    assert most_demanding(less, [("a", "b"), ("b", "c")]) == ("b",)


def test_without_a_direction_only_the_same_will_do():
    option = Option("o", "", option_schema(str))
    assert as_demanding(option, "x", "x")
    assert not as_demanding(option, "x", "y")


@given(st.lists(st.integers(), min_size=1), st.sampled_from(["more", "less"]))
def test_the_most_demanding_is_as_demanding_as_each(values, way):
    option = Option("o", 0, option_schema(int), way)
    best = most_demanding(option, values)
    assert best in values
    assert all(as_demanding(option, best, each) for each in values)


def test_the_annotations_are_read_off_a_rule():
    assert More[int].__metadata__ == ("more",)
    assert Less[int].__metadata__ == ("less",)
