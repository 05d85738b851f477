"""nox sessions (https://nox.thea.codes/en/stable/config.html), read from the syntax tree, never executed."""

from __future__ import annotations

import ast
import shlex
import warnings
from collections.abc import Iterator
from dataclasses import replace

from pytest_productops.facts.commands.model import Call, Definition, Line, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, join, split
from pytest_productops.facts.commands.syntax import decorates
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_SESSIONS = frozenset({"-s", "-e", "--session", "--sessions"})
_VALUED = frozenset(
    [
        "-f",
        "--noxfile",
        "-t",
        "--tags",
        "-k",
        "--keywords",
        "-p",
        "--python",
        "--pythons",
        "--extra-pythons",
        "--force-python",
        "-P",
        "--envdir",
        "-db",
        "--default-venv-backend",
        "-fb",
        "--force-venv-backend",
        "-n",
    ]
) - {"-n"}
_RUNS = frozenset({"run", "run_always", "run_install"})
_VARIANT = regex(r"(?:-(?:pypy|python)?-?[\d.]+t?)?(?:\(.*\))?$")


class Nox(Runner):
    """nox; several names may follow `-s`."""

    name = "nox"
    kind = "nox session"
    needs = "noxfile.py"
    names = ("noxfile.py",)

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds nothing of this runner."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(files.read(path))
        except (Unreadable, SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return Definition(path, folder_of(path), open=True, problem=f"{path}: {error}")
        targets = tuple(_targets(tree, path))
        return Definition(
            path, folder_of(path), targets, open=_dynamic(tree), default=tuple(t.name for t in targets)
        )

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] != "nox":
            return None
        own = list(call.words[1:])
        own = own[: own.index("--")] if "--" in own else own
        words = split(_singly(own), _VALUED | _SESSIONS)
        if words.has("-l", "--list", "-h", "--help", "--version", "--list-sessions"):
            return None
        names = tuple(words.all(*_SESSIONS)) or tuple(filter(None, [call.env.get("NOXSESSION", "")]))
        file = words.get("-f", "--noxfile")
        return Ask(names, call.folder, join(call.folder, file) if file else "", unsure="$" in "".join(names))

    def find(self, definition: Definition, name: str) -> Target | None:
        """`tests-3.12` and `tests(django='5')` are variants of `tests`."""
        return definition.get(name) or definition.get(_VARIANT.sub("", name))


def _singly(words: list[str]) -> Iterator[str]:
    """Write `-s a b` as `-s a -s b`."""
    taking = False
    for word in words:
        if taking and not word.startswith("-"):
            yield f"--session={word}"
        elif word in _SESSIONS:
            taking = True
        else:
            taking = False
            yield f"--session={word[2:]}" if word[:2] in {"-s", "-e"} and word[:2] != word else word


def _targets(tree: ast.Module, path: str) -> Iterator[Target]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            decorator = next((d for d in node.decorator_list if _is_session(d)), None)
            if decorator is not None:
                yield from _session(node, decorator, path)


def _is_session(decorator: ast.expr) -> bool:
    return decorates(decorator, "session")


def _session(node: ast.FunctionDef, decorator: ast.expr, path: str) -> Iterator[Target]:
    given = {k.arg: k.value for k in decorator.keywords} if isinstance(decorator, ast.Call) else {}
    place = Location(path, node.lineno)
    names = [_text(given["name"])] if "name" in given else [node.name, node.name.replace("_", "-")]
    body = tuple(_body(node, path))
    target = Target("nox", names[0], place, body, _needs(node, given.get("requires")), folder_of(path))
    for name in dict.fromkeys(names):
        yield replace(target, name=name)


def _text(node: ast.expr) -> str:
    """Return a text as it is written; the parts that are computed as `${...}`."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(v) if isinstance(v, ast.Constant) else "${...}" for v in node.values)
    return "${...}"


def _body(node: ast.FunctionDef, path: str) -> Iterator[Line]:
    """Return what a session runs: the arguments of `session.run(...)`."""
    for call in ast.walk(node):
        if not (
            isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _RUNS
        ):
            continue
        words = [shlex.quote(_text(a)) for a in call.args if not isinstance(a, ast.Starred)]
        fails = any(k.arg == "success_codes" for k in call.keywords)
        if words:
            yield Line(" ".join(words) + (" || true" if fails else ""), Location(path, call.lineno))


def _needs(node: ast.FunctionDef, requires: ast.expr | None) -> tuple[str, ...]:
    notified = [
        _text(call.args[0])
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "notify"
        and call.args
    ]
    listed = [_text(item) for item in requires.elts] if isinstance(requires, (ast.List, ast.Tuple)) else []
    return (*listed, *notified)


def _dynamic(tree: ast.Module) -> bool:
    """Whether sessions may come from elsewhere: another module, a call, a computed name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (
            node.level or any(alias.name == "*" for alias in node.names)
        ):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Call) and _is_session(node.func):
            return True
        if isinstance(node, ast.FunctionDef):
            for decorator in filter(_is_session, node.decorator_list):
                if isinstance(decorator, ast.Call) and any(
                    k.arg is None or (k.arg == "name" and not isinstance(k.value, ast.Constant))
                    for k in decorator.keywords
                ):
                    return True
    return any(isinstance(n, ast.Call) and _is_session(n) and n.args for n in ast.walk(tree))
