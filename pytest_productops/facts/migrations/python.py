"""Migrations of Alembic and Django, read from the syntax tree, never executed.

https://alembic.sqlalchemy.org/en/latest/tutorial.html and
https://docs.djangoproject.com/en/stable/ref/migration-operations/#runpython
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping

from pytest_productops.facts.migrations.model import Step, stated
from pytest_productops.lazy import regex
from pytest_productops.model import Location

ALEMBIC = regex(r"(?P<home>(?:.*/)?versions)/(?:[\w.-]+/){0,3}[\w.-]+\.py\Z")
DJANGO = regex(r"(?:.*/)?migrations/\d{3,5}_\w+\.py\Z")
_REVISION = regex(r"^revision(?:\s*:[^=\n]+)?\s*=\s*[\"']([^\"'\n]+)", re.MULTILINE)
_DOWN = regex(r"^down_revision(?:\s*:[^=\n]+)?\s*=\s*(.*)", re.MULTILINE)
_QUOTED = regex(r"[\"']([^\"']+)[\"']")
_COMMENT = regex(r"#\s*(.*)")
_GENERATED = regex(r"#+\s*(?:commands auto generated|end alembic commands)|please adjust", re.IGNORECASE)
_WORD = regex(r"[A-Za-z]{2,}")
_REVERSES = {"RunPython": "reverse_code", "RunSQL": "reverse_sql"}
MIN_WORDS = 3
"""Fewest words of a comment that is a reason."""


def is_alembic(text: str) -> bool:
    """Whether a text is a revision of Alembic."""
    return "def upgrade" in text and _REVISION.search(text) is not None


def ordered(texts: Mapping[str, str]) -> list[str]:
    """Return the paths of revisions, each after those that it builds on."""
    ids = {path: match[1] for path, text in texts.items() if (match := _REVISION.search(text))}
    before = {ids[path]: _parents(texts[path]) for path in ids}
    depth = _depths(before)
    return sorted(ids, key=lambda path: (depth.get(ids[path], 0), path))


def _parents(text: str) -> list[str]:
    match = _DOWN.search(text)
    return _QUOTED.findall(match[1]) if match else []


def _depths(before: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return how many revisions lie below each; those in a circle have none."""
    after: dict[str, list[str]] = {}
    waits = {}
    for name, parents in before.items():
        known = [parent for parent in parents if parent in before]
        waits[name] = len(known)
        for parent in known:
            after.setdefault(parent, []).append(name)
    ready = [name for name, count in waits.items() if not count]
    depth = dict.fromkeys(ready, 0)
    for name in ready:  # grows while it is walked
        for child in after.get(name, ()):
            depth[child] = max(depth.get(child, 0), depth[name] + 1)
            waits[child] -= 1
            if not waits[child]:
                ready.append(child)
    return depth


def alembic(path: str, text: str) -> Step:
    """Judge a revision: whether its `downgrade` does something, where its `upgrade` does."""
    tree = _parsed(text)
    found = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)} if tree else {}
    up, down = found.get("upgrade"), found.get("downgrade")
    if up is None or _empty(up):
        return Step(path, Location(path))
    if down is None:
        return Step(path, Location(path, up.lineno), "it has no `downgrade`", stated(text))
    lines = text.split("\n")[down.lineno - 1 : down.end_lineno]
    gap = "its `downgrade` does nothing" if _empty(down) else _raising(down)
    return Step(path, Location(path, down.lineno), gap, _reason(down, lines) or stated(text) if gap else "")


def django(path: str, text: str) -> Step:
    """Judge a migration: whether each operation that runs code or SQL says how it is reversed."""
    tree = _parsed(text)
    for call, name in _operations(tree) if tree else ():
        reverses = len(call.args) > 1 or any(each.arg in (None, _REVERSES[name]) for each in call.keywords)
        if not reverses and not any(isinstance(each, ast.Starred) for each in call.args):
            return Step(
                path, Location(path, call.lineno), f"its `{name}` has no `{_REVERSES[name]}`", stated(text)
            )
    return Step(path, Location(path))


def _operations(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in _REVERSES:
                yield node, name


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _empty(function: ast.FunctionDef) -> bool:
    """Whether a function does nothing: `pass`, `...`, `return`, a text."""
    return all(
        isinstance(each, ast.Pass)
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        or (isinstance(each, ast.Return) and (each.value is None or isinstance(each.value, ast.Constant)))
        for each in function.body
    )


def _raising(function: ast.FunctionDef) -> str:
    body = [each for each in function.body if not isinstance(each, ast.Expr)]
    return "its `downgrade` only raises an error" if body and isinstance(body[0], ast.Raise) else ""


def _reason(function: ast.FunctionDef, lines: list[str]) -> str:
    """Return what a downgrade that does nothing says for itself: a text, a comment, the message of its error."""
    texts = [
        each.value
        for each in ast.walk(function)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    said = [text for text in texts if len(_WORD.findall(text)) >= MIN_WORDS - 1]
    return next(iter([*said, *filter(None, map(_comment, lines))]), "").strip()


def _comment(line: str) -> str:
    match = _COMMENT.search(line)
    if match is None or _GENERATED.search(line) or len(_WORD.findall(match[1])) < MIN_WORDS:
        return ""
    return match[1].strip()
