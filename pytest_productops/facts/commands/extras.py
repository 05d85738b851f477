"""Extras and dependency groups of a Python project, and the requirement files that installers are given.

https://packaging.python.org/en/latest/specifications/dependency-groups/ and PEP 685 on how names compare.
"""

from __future__ import annotations

import ast
import configparser
import re
import warnings

from pytest_productops.facts.commands.model import Call, Definition, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, inside, split
from pytest_productops.facts.commands.toml import load, table
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_LOCAL = regex(r"^(?:file:)?(\.{1,2}(?:/[\w./-]*)?|[\w.-]+/[\w./-]*)\[([\w.,\s-]+)\]$")
_OPTIONS = """
-r --requirement -c --constraint -i --index-url --extra-index-url -t --target -f -e --editable
--extra --group --only-group --no-group -E --extras --with --without --only -G --python -p --project
--directory -C --package --no-extra
"""
_VALUED = frozenset(_OPTIONS.split())
_IMPLICIT = frozenset({"main", "default", ":all"})
"""Groups that poetry and pdm have without anybody's declaring them."""
_GROUPS = ("--group", "--only-group", "--with", "--without", "--only", "-G")


class Extras(Runner):
    """Extras and groups: `pip install -e .[dev]`, `uv sync --group docs`, `poetry install --with test`."""

    name = "extras"
    kind = "extra"
    needs = "pyproject.toml"
    names = ("pyproject.toml", "setup.cfg", "setup.py")

    def read(self, files: Files, path: str) -> Definition | None:
        """Read all three files of a folder, from the first of them that is there."""
        folder = folder_of(path)
        names: dict[str, str] = {}
        unsure = False
        for name, reader in (
            ("pyproject.toml", _pyproject),
            ("setup.cfg", _setup_cfg),
            ("setup.py", _setup_py),
        ):
            file = f"{folder}/{name}" if folder else name
            if file in files:
                try:
                    found, dynamic = reader(files.read(file))
                except (
                    Unreadable,
                    ValueError,
                    configparser.Error,
                    SyntaxError,
                    RecursionError,
                    MemoryError,
                ) as error:
                    return Definition(path, folder, open=True, problem=f"{file}: {error}")
                names.update(dict.fromkeys(found, file))
                unsure = unsure or dynamic
        targets = tuple(
            Target(self.name, name, Location(file), folder=folder) for name, file in names.items()
        )
        return Definition(path, folder, targets, unsure)

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        words = call.words
        for head in (("uv", "pip"), ("uv",), ("poetry",), ("pdm",), ("pip",), ("pip3",)):
            if words[: len(head)] == head:
                return _ask(call, head, words[len(head) :])
        return None

    def find(self, definition: Definition, name: str) -> Target | None:
        """Return the target that a name means."""
        return next((t for t in definition.targets if t.name == normal(name)), None)


def normal(name: str) -> str:
    """Return an extra's or group's name as PEP 685 compares it."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _ask(call: Call, head: tuple[str, ...], rest: tuple[str, ...]) -> Ask | None:
    verb = next((word for word in rest if not word.startswith("-")), "")
    if verb not in {"install", "sync", "run"} or (verb == "run" and head != ("uv",)):
        return None
    parts = split(rest, _VALUED, stop=verb == "run")
    parts = split(rest[rest.index(verb) + 1 :], _VALUED, stop=True) if verb == "run" else parts
    folder = inside(
        call.folder, parts.get("--project", "--directory", "-C", "-p" if head == ("pdm",) else "")
    )
    if parts.has("--package"):
        return None
    pip = head[-1] in {"pip", "pip3"}
    if pip:
        return _pip(parts.operands, parts.all("-e", "--editable"), parts.all("--group"), folder)
    groups = (
        [n for value in parts.all(*_GROUPS) for n in re.split(r"[,\s]+", value)] if head != ("uv",) else []
    )
    groups += parts.all("--group", "--only-group") if head == ("uv",) else []
    extras = [n for value in parts.all("--extra", "-E", "--extras") for n in re.split(r"[,\s]+", value)]
    names = tuple(f for f in (*extras, *groups) if f and f not in _IMPLICIT)
    return Ask(names, folder, kind="extra" if extras else "dependency group") if names else None


def _pip(
    operands: tuple[str, ...], editable: tuple[str, ...], groups: tuple[str, ...], folder: str
) -> Ask | None:
    for word in (*editable, *operands):
        match = _LOCAL.match(word)
        if match and match[2].strip():
            return Ask(tuple(n.strip() for n in match[2].split(",") if n.strip()), inside(folder, match[1]))
    names = tuple(name for name in groups if ":" not in name)
    return Ask(names, folder, kind="dependency group") if names else None


def _pyproject(text: str) -> tuple[list[str], bool]:
    data = load(text)
    poetry = table(data, "tool", "poetry")
    tables = [
        table(data, "project", "optional-dependencies"), table(data, "dependency-groups"),
        table(poetry, "extras"), table(poetry, "group"), table(data, "tool", "pdm", "dev-dependencies"),
        table(data, "tool", "flit", "metadata", "requires-extra"),
    ]  # fmt: skip
    names = [normal(name) for each in tables for name in each]
    if "dev-dependencies" in poetry or "dev-dependencies" in table(data, "tool", "uv"):
        names.append("dev")
    dynamic = table(data, "project").get("dynamic")
    listed = isinstance(dynamic, list) and "optional-dependencies" in dynamic
    declared = table(data, "tool", "setuptools", "dynamic", "optional-dependencies")
    names += [normal(name) for name in declared]
    return names, bool(listed and not declared) or bool(table(data, "tool", "hatch", "metadata", "hooks"))


def _setup_cfg(text: str) -> tuple[list[str], bool]:
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True, interpolation=None)
    parser.read_string(text)
    section = "options.extras_require"
    names = parser.options(section) if parser.has_section(section) else []
    return [normal(name) for name in names], "pbr" in parser.defaults() or parser.has_section("extras")


def _setup_py(text: str) -> tuple[list[str], bool]:
    """Read the literal keys of `extras_require`; anything computed makes it unsure."""
    if "extras_require" not in text:
        return [], "setup(**" in text or "pbr" in text
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.keyword) and node.arg == "extras_require" else None
        if isinstance(value, ast.Dict) and all(isinstance(key, ast.Constant) for key in value.keys):
            return [normal(str(key.value)) for key in value.keys if isinstance(key, ast.Constant)], False
    return [], True
