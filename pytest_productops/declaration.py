"""How a function becomes a rule: its signature declares what it needs, its docstring is its manual."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pytest_productops import manual
from pytest_productops.manual import Manual
from pytest_productops.model import (
    CODE,
    RESPONSIBILITIES,
    Check,
    Direction,
    InvalidRule,
    Level,
    Option,
    Rule,
    Stage,
)
from pytest_productops.repository import Fact

T = TypeVar("T")
More = Annotated[T, "more"]
"""An option that gets stricter the more it is: `More[int]` a higher number, `More[bool]` true, `More[tuple[str, ...]]`
more entries, `More[Literal["lax", "strict"]]` a later word. A policy can lock it, and profiles can be composed."""
Less = Annotated[T, "less"]
"""An option that gets stricter the less it is: a lower number, false, fewer entries, an earlier word."""

Share = Annotated[float, MappingProxyType({"maximum": 1})]
"""An option that is a part of a whole, from 0 to 1; `More[Share]` gets stricter the more it is."""
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
        elif isinstance(hint, type) and issubclass(hint, Fact):
            needs.append(hint)
        else:
            raise InvalidRule(f"{owner}: parameter {parameter.name!r} must be annotated with a fact")
    return tuple(needs), options


def _option(parameter: inspect.Parameter, hint: Any, owner: str) -> Option:
    if parameter.default is parameter.empty:
        raise InvalidRule(f"{owner}: option {parameter.name!r} has no default")
    hint, *notes = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    way: Direction = next((note for note in notes if note in ("more", "less")), "")
    bounds = {key: bound for note in notes if isinstance(note, Mapping) for key, bound in note.items()}
    try:
        return Option(parameter.name, parameter.default, option_schema(hint) | bounds, way)
    except KeyError as error:
        raise InvalidRule(f"{owner}: option {parameter.name!r} has a type that TOML cannot hold") from error


_PLAIN: Mapping[object, Mapping[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    float: {"type": "number", "minimum": 0},
    str: {"type": "string"},
}


def option_schema(hint: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type: bool, int, float, str, a Literal, or `tuple[T, ...]` of those.

    No number is below 0. Raises KeyError for any other.
    """
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": option_schema(get_args(hint)[0])}
    return dict(_PLAIN[hint])
