"""What makes a rule, and what is refused with a sentence."""

from typing import Literal

import pytest

from pytest_productops.api import Files, Finding, Location
from pytest_productops.declaration import option_schema, rule
from pytest_productops.facts.clock import Clock
from pytest_productops.gate.judging import overall
from pytest_productops.model import InvalidRule, Outcome, Report, Settled, Verdict

MANUAL = """All is well.

    Why:
        w
    Fix:
        f
    {options}
    Source:
        s
    Bad:
        -- a --
    Good:
        -- a --
    """


def declare(check, code="ONB900", options="", **keywords):
    check.__doc__ = MANUAL.format(options=options)
    return rule(code, **{"stage": "plan", "level": "bronze", **keywords})(check)


def good(files: Files, clock: Clock, *, words: tuple[str, ...] = ("a",), kind: Literal["x", "y"] = "x"):
    yield Finding("k", f"{words} {kind}")


OPTIONS = "Options:\n        words: some words\n        kind: which kind"


def test_a_function_becomes_a_rule():
    made = declare(good, options=OPTIONS)
    assert (made.code, made.name, made.responsibility, made.needs) == (
        "ONB900",
        "good",
        "onboarding",
        (Files, Clock),
    )
    assert made.with_defaults({}) == {"words": ("a",), "kind": "x"}
    assert made.options["words"].schema == {"type": "array", "items": {"type": "string", "maxLength": 1000}}
    assert [f.message for f in made.check(None, None, words=("b",))] == ["('b',) x"]


def unannotated(files):
    pass


def text_parameter(files: str):
    pass


def no_default(files: Files, *, word: str):
    pass


def odd_option(files: Files, *, word: object = None):
    pass


@pytest.mark.parametrize(
    ("check", "keywords", "message"),
    [
        (unannotated, {}, "parameter 'files' must be annotated with a fact"),
        (text_parameter, {}, "parameter 'files' must be annotated with a fact"),
        (no_default, {}, "option 'word' has no default"),
        (odd_option, {}, "option 'word' has a type that TOML cannot hold"),
        (good, {}, "section Options describes"),
        (good, {"code": "ACME001", "options": OPTIONS}, "responsibility must be one of onboarding"),
        (good, {"code": "onb1", "options": OPTIONS}, "a code is two to eight capital letters"),
        (good, {"stage": "later", "options": OPTIONS}, "stage is one of plan"),
        (good, {"level": "iron", "options": OPTIONS}, "level of bronze"),
    ],
)
def test_refused(check, keywords, message):
    with pytest.raises(InvalidRule, match=message):
        declare(check, **keywords)


def test_a_name_under_type_checking_is_explained():
    def check(files: "NotImported"):  # noqa: F821
        pass

    with pytest.raises(InvalidRule, match="outside TYPE_CHECKING"):
        declare(check)


def test_option_schemas():
    assert option_schema(bool) == {"type": "boolean"}
    assert option_schema(tuple[int, ...]) == {"type": "array", "items": {"type": "integer", "minimum": 0}}
    with pytest.raises(KeyError):
        option_schema(dict)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((), Outcome.PASS),
        (("waived", "fail"), Outcome.FAIL),
        (("waived", "advisory"), Outcome.ADVISORY),
        (("baselined", "waived"), Outcome.BASELINED),
        (("baselined",), Outcome.BASELINED),
    ],
)
def test_the_worst_finding_decides(outcomes, expected):
    assert overall(Settled(Finding("k", "m"), Outcome(o)) for o in outcomes) is expected


@pytest.mark.parametrize(
    ("outcomes", "passed"),
    [
        (["pass", "unknown"], True),
        (["not-applicable"], True),
        (["pass", "waived", "advisory", "baselined"], True),
        (["pass", "fail"], False),
        (["pass", "error"], False),
        (["unknown"], False),
        ([], False),
    ],
)
def test_when_the_gate_passes(outcomes, passed):
    made = declare(good, options=OPTIONS)
    assert Report("r", verdicts=tuple(Verdict(made, Outcome(o)) for o in outcomes)).passed is passed


def test_a_location_reads_as_editors_link_it():
    assert str(Location("a.md", 3)) == "a.md:3"
    assert str(Location("a.md")) == "a.md"
