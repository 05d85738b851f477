"""Which of two values of an option is the more demanding: what locks and the composing of profiles rest on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from pytest_productops.facts.register.cadence import span
from pytest_productops.model import Option


def as_demanding(option: Option, value: Any, than: Any) -> bool:
    """Whether a value is at least as demanding as another; of an option without a direction only the same is."""
    if option.stricter == "less":
        value, than = than, value
    if not option.stricter or isinstance(value, tuple) is not isinstance(than, tuple):
        return bool(value == than)
    if isinstance(value, tuple):
        return set(value) >= set(than)
    return bool(_weight(option, value) >= _weight(option, than))


def most_demanding(option: Option, values: Iterable[Any]) -> Any:
    """Return the most demanding of several values; of lists all that is in one of them, or what is in each."""
    return reduce(lambda one, other: _stricter(option, one, other), values)


def _stricter(option: Option, one: Any, other: Any) -> Any:
    if as_demanding(option, one, other):
        return one
    if as_demanding(option, other, one) or not isinstance(one, tuple):
        return other
    if option.stricter == "more":
        return (*one, *(each for each in other if each not in one))
    return tuple(each for each in one if each in other)


def _weight(option: Option, value: Any) -> Any:
    """Return what a value is compared by: a word by its place among the words, a span of time by its days."""
    words = option.schema.get("enum")
    if words:
        return words.index(value)
    if isinstance(value, str):
        length = span(value)
        return length.longest if length else 0
    return value
