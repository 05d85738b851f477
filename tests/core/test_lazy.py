"""What is made when it is first used is what would have been made at once."""

import dataclasses
import re

import pytest

from pytest_productops.lazy import dataclass, regex


@dataclass(frozen=True)
class Base:
    name: str
    names: list[str] = dataclasses.field(default_factory=list, compare=False)


@dataclass(frozen=True)
class Derived(Base):
    line: int = 0


@dataclass
class Plain:
    count: int = 0


@dataclass(frozen=True)
class Late:
    name: str

    def __post_init__(self):
        object.__setattr__(self, "name", self.name.upper())


class Undecorated(Late):
    def __init__(self, name):
        super().__init__(f"{name}!")


def test_a_derived_class_knows_the_fields_of_its_base():
    one = Derived("a", line=2)
    assert (one, hash(one)) == (Derived("a", ["x"], 2), hash(Derived("a", [], 2)))
    assert repr(one).endswith("Derived(name='a', names=[], line=2)")
    assert dataclasses.replace(one, name="b") == Derived("b", line=2)
    assert Base("a") == Base("a") != one
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "b"
    with pytest.raises(TypeError, match="name"):
        Base()


def test_it_needs_no_options():
    one = Plain()
    one.count = 3
    assert one == Plain(3)


def test_a_class_may_extend_one_that_was_never_used():
    assert Undecorated("a").name == "A!"


def test_a_wrong_expression_fails_at_its_first_use():
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.match("a")
