"""What the readers of Python task files share; the files are parsed, never run."""

from __future__ import annotations

import ast


def named(node: ast.AST) -> str:
    """Return the last part of a dotted name, "" for any other expression."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def decorates(decorator: ast.expr, ending: str) -> bool:
    """Whether a decorator, called or not, has a name with this ending: `@nox.session`, `@task(...)`."""
    return named(decorator.func if isinstance(decorator, ast.Call) else decorator).endswith(ending)
