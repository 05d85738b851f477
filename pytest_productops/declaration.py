"""How a function becomes a rule: its signature declares what it needs, its docstring is its manual."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pytest_productops import manual
from pytest_productops.edits import Edit, Safety
from pytest_productops.manual import Manual
from pytest_productops.model import (
    CODE,
    RESPONSIBILITIES,
    Check,
    Direction,
    Finding,
    Fixer,
    InvalidRule,
    Level,
    Option,
    Rule,
    Stage,
)
from pytest_productops.repository import Fact

T = TypeVar("T")
Make = TypeVar("Make", bound=Callable[..., Iterable[Edit]])
More = Annotated[T, "more"]
"""An option that gets stricter the more it is: `More[int]` a higher number, `More[bool]` true, `More[tuple[str, ...]]`
more entries, `More[Literal["lax", "strict"]]` a later word. A policy can lock it, and profiles can be composed."""
Less = Annotated[T, "less"]
"""An option that gets stricter the less it is: a lower number, false, fewer entries, an earlier word."""

Share = Annotated[float, MappingProxyType({"maximum": 1})]
"""An option that is a part of a whole, from 0 to 1; `More[Share]` gets stricter the more it is."""
Regex = Annotated[str, MappingProxyType({"format": "regex"})]
"""A regular expression, of the forms that are run in linear time; `Less[tuple[Regex, ...]]` are several."""
Percent = Annotated[int, MappingProxyType({"maximum": 100})]
"""An option in percent."""


def rule(
    code: str,
    *,
    stage: Stage,
    level: Level,
    profiles: tuple[str, ...] = ("default",),
    outside: tuple[str, ...] = (),
    demands: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    responsibility: str = "",
) -> Callable[[Check], Rule]:
    """Make a function a rule, named after the function.

    Positional parameters are annotated with facts, keyword-only ones are options with typed defaults.
    `profiles`, `outside` and `demands` are those of `Rule`; an option in `demands` is `More` or `Less`.
    `responsibility` follows from the code's letters for the six families and must be given for others.
    Raises `InvalidRule` or `IncompleteManual` at import, so that a wrong rule never runs.
    """

    def declare(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        owner = f"{code} {name} ({check.__module__})"
        needs, options = signature(check, owner)
        text = manual.read(check.__doc__, owner)
        family = responsibility or RESPONSIBILITIES.get(code.rstrip("0123456789"), "")
        problem = _problem(code, stage, level, family, text, options) or _unfit(demands, options)
        if problem:
            raise InvalidRule(f"{owner}: {problem}")
        return Rule(code, name, check, needs, options, text, stage, level, family, profiles, outside, demands)

    return declare


def fixes(rule: Rule, safety: Safety) -> Callable[[Make], Make]:
    """Make a function a fix of a rule: `@fixes(relative_links_resolve, "safe")`.

    Its first parameter is the finding, the other positional ones are facts, keyword-only ones options of the rule. It
    yields edits, none where it does not know for certain. The first line of its docstring says what it does, as in
    "Link to where the file is now.". Of several fixes the first that yields edits is taken. Raises `InvalidRule`.
    """

    def declare(make: Make) -> Make:
        owner = f"fix {make.__name__} of {rule.code} ({make.__module__})"
        title = (make.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        needs, options = _inputs(make, owner)
        strange = sorted(set(options) - set(rule.options))
        if strange or not title or safety not in get_args(Safety):
            lack = f"the rule has no option {strange[0]!r}" if strange else "no docstring, or no such safety"
            raise InvalidRule(f"{owner}: {lack}")
        rule.fixers.append(Fixer(safety, title, make, needs, options))
        return make

    return declare


def _inputs(make: Callable[..., Any], owner: str) -> tuple[tuple[type[Fact], ...], tuple[str, ...]]:
    """Read the facts and the names of the options off a fix's parameters; the first one is the finding."""
    hints = typing.get_type_hints(make)
    first, *others = inspect.signature(make).parameters.values()
    named = [each for each in others if each.kind is each.KEYWORD_ONLY]
    facts = [hints.get(each.name) for each in others if each not in named]
    if hints.get(first.name) is not Finding or not all(map(_is_fact, facts)):
        raise InvalidRule(f"{owner}: the first parameter is a Finding, the others are annotated with facts")
    return tuple(fact for fact in facts if _is_fact(fact)), tuple(each.name for each in named)


def _is_fact(hint: object) -> typing.TypeGuard[type[Fact]]:
    return isinstance(hint, type) and issubclass(hint, Fact)


def _problem(
    code: str, stage: str, level: str, family: str, text: Manual, options: Mapping[str, Option]
) -> str:
    """Return what is wrong with a rule's declaration, or nothing."""
    if not CODE.match(code):
        return "a code is two to eight capital letters and three digits, as in ACME001"
    if family not in RESPONSIBILITIES.values():
        return f"responsibility must be one of {', '.join(RESPONSIBILITIES.values())}"
    if stage not in get_args(Stage) or level not in get_args(Level):
        return f"stage is one of {', '.join(get_args(Stage))}; level of {', '.join(get_args(Level))}"
    if set(text.options) != set(options):
        return f"section Options describes {sorted(text.options)}, the options are {sorted(options)}"
    return ""


def _unfit(demands: Mapping[str, Mapping[str, Any]], options: Mapping[str, Option]) -> str:
    """Return what is wrong with the demands of profiles, or nothing."""
    for profile, given in demands.items():
        for name in given:
            if name not in options or not options[name].stricter:
                return f"profile {profile} demands {name!r}, which is no option declared as More or Less"
    return ""


def signature(check: Callable[..., Any], owner: str) -> tuple[tuple[type[Fact], ...], dict[str, Option]]:
    """Read needs and options off a function's parameters."""
    try:
        hints = typing.get_type_hints(check, include_extras=True)
    except NameError as error:
        raise InvalidRule(
            f"{owner}: {error}; import what the signature names outside TYPE_CHECKING"
        ) from error
    needs: list[type[Fact]] = []
    options: dict[str, Option] = {}
    for parameter in inspect.signature(check).parameters.values():
        hint = hints.get(parameter.name)
        if parameter.kind is parameter.KEYWORD_ONLY:
            options[parameter.name] = _option(parameter, hint, owner)
        elif _is_fact(hint):
            needs.append(hint)
        else:
            raise InvalidRule(f"{owner}: parameter {parameter.name!r} must be annotated with a fact")
    return tuple(needs), options


def _option(parameter: inspect.Parameter, hint: Any, owner: str) -> Option:
    if parameter.default is parameter.empty:
        raise InvalidRule(f"{owner}: option {parameter.name!r} has no default")
    notes = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    way: Direction = next((note for note in notes if note in ("more", "less")), "")
    try:
        return Option(parameter.name, parameter.default, option_schema(hint), way)
    except KeyError as error:
        raise InvalidRule(f"{owner}: option {parameter.name!r} has a type that TOML cannot hold") from error


_PLAIN: Mapping[object, Mapping[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    float: {"type": "number", "minimum": 0},
    str: {"type": "string", "maxLength": 1000},
}


def option_schema(hint: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type: bool, int, float, str, a Literal, or `tuple[T, ...]` of those.

    No number is below 0, and no text longer than a pattern that is matched. Raises KeyError for any other.
    """
    if get_origin(hint) is Annotated:
        kind, *notes = get_args(hint)
        bounds = (note for note in notes if isinstance(note, Mapping))
        return {key: value for part in (option_schema(kind), *bounds) for key, value in part.items()}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": option_schema(get_args(hint)[0])}
    return dict(_PLAIN[hint])
