"""Environment variables that Python code reads, by its syntax tree; nothing is executed.

os.environ, python-decouple and django-environ (`env("X")`, `config("X")`), environs, and pydantic-settings
(https://docs.pydantic.dev/latest/concepts/pydantic_settings/).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from pytest_productops.facts.variables.model import NAME, Read
from pytest_productops.lazy import regex

_GETTERS = frozenset({"os.getenv", "getenv", "os.environ.get", "environ.get"})
_ENVIRONS = frozenset({"os.environ", "environ"})
_IMPORTED = regex(r"^[^\S\n]*from os import .*\benviron\b", re.MULTILINE)
"""Elsewhere a bare `environ` is that of a WSGI request."""
_LIBRARIES = frozenset({"env", "config"})
_DEFAULTS = frozenset({"default", "default_factory"})


def read(text: str, path: str) -> Iterator[Read]:
    """Yield the variables that a module reads; nothing where it cannot be parsed."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    imported = bool(_IMPORTED.search(text))
    lenient = _lenient(tree) | _tested(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(
            _dotted(base).endswith("BaseSettings") for base in node.bases
        ):
            yield from _settings(node, path)
        elif isinstance(node, (ast.Call, ast.Subscript)):
            name, optional = _asked(node)
            if name and NAME.fullmatch(name) and (imported or not _bare(node)):
                yield Read(name, path, node.lineno, optional or id(node) in lenient)


def _asked(node: ast.Call | ast.Subscript) -> tuple[str, bool]:
    """Return the name of the variable that an expression reads, and whether it gives a default."""
    if isinstance(node, ast.Subscript):
        mine = _dotted(node.value) in _ENVIRONS and isinstance(node.ctx, ast.Load)
        return (_text(node.slice) if mine else "", False)
    called = _dotted(node.func)
    first = _text(node.args[0]) if node.args else ""
    library = called in _LIBRARIES or called.startswith("env.")
    default = len(node.args) > 1 or any(word.arg in _DEFAULTS for word in node.keywords)
    return (first if called in _GETTERS or library else "", default)


def _bare(node: ast.Call | ast.Subscript) -> bool:
    return _dotted(node.func if isinstance(node, ast.Call) else node.value) in {"environ", "environ.get"}


def _lenient(tree: ast.AST) -> set[int]:
    """Return the expressions whose variable may be missing: asked about, with an `or`, or in a `try`."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.If, ast.IfExp, ast.While)):
            found.update(map(id, ast.walk(node.test)))
        elif isinstance(node, (ast.BoolOp, ast.Compare)) or (
            isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        ):
            found.update(map(id, ast.walk(node)))
        elif isinstance(node, ast.Try) and any(_catches(handler) for handler in node.handlers):
            found.update(id(inner) for part in node.body for inner in ast.walk(part))
    return found


def _tested(tree: ast.AST) -> set[int]:
    """Return what is assigned to a name that the module then asks about."""
    asked: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.If, ast.IfExp, ast.BoolOp, ast.Compare)):
            parts = [node.test] if isinstance(node, (ast.If, ast.IfExp)) else [node]
            asked.update(_dotted(inner) for part in parts for inner in ast.walk(part))
    assigned = (
        node for node in ast.walk(tree) if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value
    )
    found: set[int] = set()
    for node in assigned:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if asked.intersection(map(_dotted, targets)) - {""} and isinstance(node.value, ast.Call):
            found.add(id(node.value))
    return found


def _catches(handler: ast.ExceptHandler) -> bool:
    names = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(name is None or _dotted(name) in {"KeyError", "Exception", "LookupError"} for name in names)


def _settings(node: ast.ClassDef, path: str) -> Iterator[Read]:
    """Yield the fields of a class of settings that have no default."""
    prefix = next((_text(word.value) for inner in ast.walk(node) if isinstance(inner, ast.Call)
                   for word in inner.keywords if word.arg == "env_prefix"), "")  # fmt: skip
    for inner in node.body:
        if (
            isinstance(inner, ast.AnnAssign)
            and isinstance(inner.target, ast.Name)
            and inner.target.id != "model_config"
        ):
            name = f"{prefix}{inner.target.id}".upper()
            optional = inner.value is not None and not _demanded(inner.value)
            plain = not inner.target.id.startswith("_") and _alias(inner.value) is None
            if plain and NAME.fullmatch(name) and "ClassVar" not in ast.dump(inner.annotation):
                yield Read(name, path, inner.lineno, optional)


def _demanded(value: ast.expr) -> bool:
    """Whether a field's value says that there is no default: `Field(...)`."""
    if not isinstance(value, ast.Call) or not _dotted(value.func).endswith("Field"):
        return isinstance(value, ast.Constant) and value.value is Ellipsis
    first = value.args[0] if value.args else None
    if first is not None:
        return isinstance(first, ast.Constant) and first.value is Ellipsis
    return not any(word.arg in _DEFAULTS for word in value.keywords)


def _alias(value: ast.expr | None) -> ast.expr | None:
    words = value.keywords if isinstance(value, ast.Call) else []
    return next((word.value for word in words if word.arg in {"alias", "validation_alias", "env"}), None)


def _dotted(node: ast.AST | None) -> str:
    if isinstance(node, ast.Attribute):
        inner = _dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
