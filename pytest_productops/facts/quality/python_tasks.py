"""What the functions of a `tasks.py` (invoke) or `noxfile.py` run, those that they call included; read, never run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

MAX_DEPTH = 3


def scripts(text: str) -> dict[str, tuple[str, ...]]:
    """Return the commands of each function of a file; none where it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {name: tuple(_commands(name, functions, 0)) for name in functions}


def _commands(name: str, functions: dict[str, ast.FunctionDef], depth: int) -> Iterator[str]:
    for node in ast.walk(functions[name]):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        attribute = node.func.attr if isinstance(node.func, ast.Attribute) else called
        if attribute == "run":
            words = [one.value for one in node.args if isinstance(one, ast.Constant)]
            yield " ".join(word for word in words if isinstance(word, str))
        elif called in functions and called != name and depth < MAX_DEPTH:
            yield from _commands(called, functions, depth + 1)
