"""invoke tasks, read from the syntax tree, never executed.

https://docs.pyinvoke.org/en/stable/concepts/namespaces.html
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pytest_productops.facts.commands import invoke_tasks
from pytest_productops.facts.commands.model import Call, Definition, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, inside, join, split
from pytest_productops.facts.files import Files, Unreadable

_VALUED_WORDS = """
-c --collection -r --search-root -f --config -T --command-timeout -D --list-depth -F --list-format
--prompt-for-login-password -i
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_NO_RUN = ("-l", "--list", "-h", "--help", "-V", "--version", "--complete", "--print-completion-script")
_SETTINGS = ("invoke.yaml", "invoke.yml", "invoke.json", "invoke.py")
"""They may name another module than `tasks`."""
_ROOTS = frozenset({"ns", "namespace"})
"""A module's collection that tells which tasks there are; without one all tasks of the module are."""


class Invoke(Runner):
    """invoke; a module `tasks` that does not use it, such as Celery's, is none of its files."""

    name = "invoke"
    kind = "invoke task"
    needs = "tasks.py"
    names = ("tasks.py",)
    upward = True

    def files(self, files: Files) -> Iterable[str]:
        """Return the paths of its files."""
        packages = [path for path in files if f"/{path}".endswith("/tasks/__init__.py")]
        return (*super().files(files), *sorted(packages))

    def home(self, path: str) -> str:
        """Return the folder that a file is for."""
        return folder_of(folder_of(path)) if path.endswith("__init__.py") else folder_of(path)

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds nothing of this runner."""
        tree = _parsed(files, path)
        if tree is None or not _uses(tree):
            return None
        home = self.home(path)
        found = _Collection(files, path, tree, home)
        targets, default = tuple(found.targets()), found.default
        return Definition(
            path,
            home,
            targets,
            found.open,
            patterns=tuple(found.patterns),
            default=(default,) if default else (),
        )

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's; words behind a task may be its own."""
        if call.words[0] not in {"invoke", "inv"}:
            return None
        words = split(call.words[1:], _VALUED, stop=True)
        if words.has(*_NO_RUN):
            return None
        folder = inside(call.folder, words.get("-r", "--search-root"))
        return Ask(words.operands[:1], folder, unsure=words.has("-c", "--collection"))

    def find(self, definition: Definition, name: str) -> Target | None:
        """`build_docs` may be typed for `build-docs`."""
        return definition.get(name) or definition.get(name.replace("_", "-"))

    def generated(self, files: Files, folder: str) -> bool:
        """Whether settings may name another module."""
        return any(join(folder, name) in files for name in _SETTINGS)


class _Collection:
    """The tasks of a module, and of the collections in it one level down.

    `patterns` are the names that may be tasks, `open` tells that any name may be one.
    """

    def __init__(self, files: Files, path: str, tree: ast.Module, home: str) -> None:
        self._files = files
        self._path = path
        self._home = home
        self._tree = tree
        self._own = {each.function: each for each in invoke_tasks.tasks(tree, path)}
        self._roots = [node for node in ast.walk(tree) if _names_root(node)]
        self._imported = dict(invoke_tasks.imported(tree))
        self.open = "*" in self._imported or bool(_ROOTS & self._imported.keys())
        self.patterns: list[str] = []
        self.default = next((each.names[0] for each in self._own.values() if each.default), "")

    def targets(self) -> Iterator[Target]:
        """Yield them all."""
        for each in self._own.values():  # one that a collection leaves out is found all the same
            yield from (replace(target, folder=self._home) for target in each.targets(self._own))
        for name, module in self._imported.items():
            dashed = name.replace("_", "-")
            self.patterns.append(rf"{dashed}|{name}")  # a task of another module
            if self._roots:
                yield from self._below(dashed, module)
        if self._roots:
            self._renamed()

    def _below(self, name: str, module: str) -> Iterator[Target]:
        """Yield the tasks of a collection that is a module beside this one."""
        beside = folder_of(self._path)
        path = next(
            (p for p in (join(beside, f"{module}.py"), join(self._home, f"{module}.py")) if p in self._files),
            "",
        )
        tree = _parsed(self._files, path) if path else None
        if tree is None or any(map(_names_root, ast.walk(tree))):
            self.patterns.append(rf"{name}\..+")
            return
        own = {each.function: each for each in invoke_tasks.tasks(tree, path)}
        for each in own.values():
            for target in each.targets(own):
                yield replace(target, name=f"{name}.{target.name}", folder=self._home)

    def _renamed(self) -> None:
        """Note the names that a collection gives to tasks and collections."""
        for name in invoke_tasks.given_names(self._tree):
            if name is None:
                self.open = True
            else:
                self.patterns.append(rf"{name}(?:\..+)?")


def _names_root(node: ast.AST) -> bool:
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return any(isinstance(target, ast.Name) and target.id in _ROOTS for target in targets)


def _uses(tree: ast.Module) -> bool:
    """Whether a module imports invoke, or takes its collection from elsewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and any(a.name.partition(".")[0] == "invoke" for a in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and (
            (node.module or "").partition(".")[0] == "invoke" or any(a.name in _ROOTS for a in node.names)
        ):
            return True
    return False


def _parsed(files: Files, path: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(files.read(path))
    except (Unreadable, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
