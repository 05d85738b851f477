"""Unconditional skips in Python tests, read from the syntax tree: pytest's and unittest's."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from pytest_productops.facts.skips.model import Skip
from pytest_productops.facts.waivers import wording
from pytest_productops.model import Location

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_MARKS = {
    "pytest.mark.skip": "pytest.mark.skip",
    "mark.skip": "pytest.mark.skip",
    "unittest.skip": "unittest.skip",
}
MAX_NESTING = 8
"""Deepest nesting of classes and functions that is looked into."""


def skips(text: str, path: str) -> Iterator[Skip]:
    """Yield the skips of a module; one that is no Python has none."""
    if "skip" not in text:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    comments = text.split("\n")
    for one in _body(tree.body, path, "", 0):
        yield (
            one
            if one.reason
            else Skip(one.what, one.test, one.location, _comment(comments, one.location.line))
        )


def _body(body: list[ast.stmt], path: str, owner: str, depth: int) -> Iterator[Skip]:
    for statement in body if depth < MAX_NESTING else ():
        if isinstance(statement, _DEFINITIONS):
            name = f"{owner}.{statement.name}" if owner else statement.name
            for mark in statement.decorator_list:
                yield from _mark(mark, path, name)
            yield from _body(statement.body, path, name, depth + 1)
        elif isinstance(statement, ast.Assign) and _named(statement.targets, "pytestmark"):
            marks = (
                statement.value.elts
                if isinstance(statement.value, (ast.List, ast.Tuple))
                else [statement.value]
            )
            for mark in marks:
                yield from _mark(mark, path, owner or "the module")
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            call = statement.value
            if _dotted(call.func) == "pytest.skip" and (
                not owner or owner.rpartition(".")[2].startswith("test")
            ):
                yield Skip("pytest.skip()", owner or "the module", Location(path, call.lineno), _reason(call))


def _mark(mark: ast.expr, path: str, name: str) -> Iterator[Skip]:
    call = mark if isinstance(mark, ast.Call) else None
    what = _MARKS.get(_dotted(call.func if call else mark))
    if what:
        yield Skip(f"@{what}", name, Location(path, mark.lineno), _reason(call) if call else "")


def _reason(call: ast.Call) -> str:
    """Return the reason that a call gives; one that is worked out at run time is some."""
    given = [
        *call.args,
        *(keyword.value for keyword in call.keywords if keyword.arg in ("reason", "msg", None)),
    ]
    return next((_text(one) for one in given if _text(one).strip()), "")


def _text(value: ast.expr) -> str:
    return str(value.value or "") if isinstance(value, ast.Constant) else "(worked out)"


def _dotted(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _named(targets: list[ast.expr], name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


def _comment(lines: list[str], number: int) -> str:
    """Return what a comment beside, just above or just below a line says."""
    own = lines[number - 1].partition("#")[2] if number <= len(lines) else ""
    near = (line.strip() for line in (*lines[max(number - 2, 0) : number - 1], *lines[number : number + 1]))
    said = (own, *(line.lstrip("# ") for line in near if line.startswith("#")))
    return next(filter(None, (wording.apart(each).strip() for each in said)), "")
