"""The tasks in a module of invoke: their names, what they run and what they need, from the syntax tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from pytest_productops.facts.commands.model import Line, Target
from pytest_productops.facts.commands.syntax import decorates, named
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

_RUNS = frozenset({"run", "sudo"})


@dataclass(frozen=True)
class Task:
    """A decorated function: its name and aliases, whether it is its collection's default, its body."""

    function: str
    names: tuple[str, ...]
    default: bool
    body: tuple[Line, ...]
    calls: tuple[str, ...]
    location: Location

    def targets(self, others: Mapping[str, Task]) -> Iterator[Target]:
        """Yield a target for each of its names; the functions that it calls are needed if they are tasks."""
        needs = tuple(
            others[name].names[0] for name in self.calls if name in others and name != self.function
        )
        for name in dict.fromkeys(self.names):
            yield Target("invoke", name, self.location, self.body, needs)


def tasks(tree: ast.Module, path: str) -> Iterator[Task]:
    """Yield the tasks of a module."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            decorator = next((d for d in node.decorator_list if _is_task(d)), None)
            if decorator is not None:
                yield _task(node, decorator, path)


def _is_task(decorator: ast.expr) -> bool:
    return decorates(decorator, "task")


def _task(node: ast.FunctionDef | ast.AsyncFunctionDef, decorator: ast.expr, path: str) -> Task:
    call = decorator if isinstance(decorator, ast.Call) else None
    given = {k.arg: k.value for k in call.keywords} if call else {}
    said = given.get("name")
    own = said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else node.name
    names = (own.replace("_", "-"), own, *(alias for alias in _texts(given.get("aliases"))))
    before = [*(call.args if call else ()), *_items(given.get("pre")), *_items(given.get("post"))]
    called = [each.id for each in before if isinstance(each, ast.Name)]
    called += [n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    place = Location(path, node.lineno)
    return Task(
        node.name,
        names,
        "default" in given,
        tuple(_body(node, path, "")),
        tuple(dict.fromkeys(called)),
        place,
    )


def _body(node: ast.AST, path: str, lead: str) -> Iterator[Line]:
    """Yield what is run: the first argument of `c.run(...)`, in the folders of `with c.cd(...)`."""
    for child in ast.iter_child_nodes(node):
        inside = lead
        if isinstance(child, ast.With):
            folders = [_argument(item.context_expr, {"cd"}) for item in child.items]
            inside += "".join(f"cd {folder} && " for folder in folders if folder)
        text = _argument(child, _RUNS)
        if text and isinstance(child, ast.Call):
            warned = any(k.arg == "warn" and getattr(k.value, "value", True) for k in child.keywords)
            text = re.sub(r"\s*\n\s*", " ", text.replace("\\\n", " "))
            yield Line(f"{inside}{text}{' || true' if warned else ''}", Location(path, child.lineno))
        yield from _body(child, path, inside)


def _argument(node: ast.AST, functions: frozenset[str] | set[str]) -> str:
    """Return the text that a call of one of these functions is given first."""
    if not isinstance(node, ast.Call):
        return ""
    given = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "command"), None)
    return _text(given) if named(node.func) in functions and given is not None else ""


def _text(node: ast.expr) -> str:
    """Return a text as it is written; what is computed as a variable of the shell."""
    if isinstance(node, ast.Constant):
        return str(node.value) if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left) + _text(node.right)
    value = node.value if isinstance(node, ast.FormattedValue) else node
    name = named(value) or "computed"
    return f"${{{name}}}"


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what a module imports from its neighbours: the name here and the module's; `*` for all of one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] != "invoke":
            yield from ((alias.asname or alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (
                (alias.asname or alias.name.rpartition(".")[2], alias.name.rpartition(".")[2])
                for alias in node.names
                if alias.name.partition(".")[0] != "invoke"
            )


def given_names(tree: ast.Module) -> Iterator[str | None]:
    """Yield the names that collections give to what is added to them, None for one that is computed."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = named(node.func)
        if called == "Collection":
            yield from (k.arg for k in node.keywords)
        elif called in {"from_module", "add_task", "add_collection"}:
            names = [k.value for k in node.keywords if k.arg == "name"] + node.args[1:2]
            yield from (_literal(name) for name in names)
        texts = [arg for arg in node.args[:1] if called == "Collection" and isinstance(arg, ast.Constant)]
        yield from (_literal(text) for text in texts)


def _literal(node: ast.expr) -> str | None:
    return re.escape(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _items(node: ast.expr | None) -> list[ast.expr]:
    return node.elts if isinstance(node, (ast.List, ast.Tuple)) else []


def _texts(node: ast.expr | None) -> Iterator[str]:
    return (
        each.value for each in _items(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)
    )
