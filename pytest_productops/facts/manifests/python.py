"""Python: pyproject.toml (PEP 621, 735, Poetry, PDM, uv, Flit), setup.cfg, setup.py by its syntax tree, Pipfile."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.toml import load
from pytest_productops.facts.manifests.model import Claim, Dependency, Manifest
from pytest_productops.facts.manifests.requirements import canonical, requirement
from pytest_productops.facts.manifests.tables import Toml, at, table, text, texts
from pytest_productops.model import Location

PRIVATE = "Private ::"
"""The start of classifiers that keep a package from being uploaded (https://pypi.org/classifiers/)."""


def pyproject(files: Files, path: str) -> Manifest:
    """Read pyproject.toml; raise TomlError where it is none."""
    toml = Toml(load(files.read(path)), path)
    data = toml.data
    poetry = table(data, "tool", "poetry")
    name = text(data, "project", "name") or text(poetry, "name")
    keys = ("project",) if text(data, "project", "version") else ("tool", "poetry")
    version = text(data, *keys, "version")
    dynamic = "version" in texts(data, "project", "dynamic") or bool(table(data, "tool", "flit", "metadata"))
    return Manifest(
        "python",
        path,
        name=canonical(name) if name else "",
        version="" if dynamic else version,
        version_at=toml.place(*keys, "version") if version else Location(path),
        dynamic=dynamic,
        private=_private(data),
        dependencies=tuple(_dependencies(toml)),
        claims=tuple(_claims(toml)),
        members=_members(data),
        excluded=texts(data, "tool", "uv", "workspace", "exclude"),
        workspace=bool(table(data, "tool", "uv", "workspace")),
    )


def _private(data: Mapping[str, Any]) -> bool:
    uv_package = at(data, "tool", "uv", "package")
    classifiers = texts(data, "project", "classifiers") + texts(data, "tool", "poetry", "classifiers")
    return (
        any(each.startswith(PRIVATE) for each in classifiers)
        or uv_package is False
        or at(data, "tool", "poetry", "package-mode") is False
        or at(data, "tool", "pdm", "distribution") is False
    )


def _members(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the folders of the workspace: uv's, Hatch's, and what Poetry installs from a folder to develop in."""
    found = list(texts(data, "tool", "uv", "workspace", "members"))
    for environment in table(data, "tool", "hatch", "envs").values():
        found += texts(environment, "workspace", "members")
    for tree in (table(data, "tool", "poetry"), *table(data, "tool", "poetry", "group").values()):
        for asked in table(tree, "dependencies").values():
            if at(asked, "develop") is True and text(asked, "path"):
                found.append(text(asked, "path"))
    return tuple(found)


def _claims(toml: Toml) -> Iterator[Claim]:
    for keys in (("project", "requires-python"), ("tool", "poetry", "dependencies", "python")):
        asked = at(toml.data, *keys)
        asked = text(asked, "version") if isinstance(asked, Mapping) else asked
        if isinstance(asked, str) and asked.strip():
            yield Claim("python", asked, toml.place(*keys))
    flit = text(toml.data, "tool", "flit", "metadata", "requires-python")
    if flit:
        yield Claim("python", flit, toml.place("tool", "flit", "metadata", "requires-python"))


def _dependencies(toml: Toml) -> Iterator[Dependency]:
    yield from _listed(toml, ("project", "dependencies"), "")
    for extra in table(toml.data, "project", "optional-dependencies"):
        yield from _listed(toml, ("project", "optional-dependencies", extra), f"optional:{extra}")
    for group in table(toml.data, "dependency-groups"):
        yield from _listed(toml, ("dependency-groups", group), f"group:{group}")
    for group in table(toml.data, "tool", "pdm", "dev-dependencies"):
        yield from _listed(toml, ("tool", "pdm", "dev-dependencies", group), f"group:{group}")
    yield from _listed(toml, ("tool", "uv", "dev-dependencies"), "group:dev")
    yield from _listed(toml, ("build-system", "requires"), "build")
    yield from _listed(toml, ("tool", "flit", "metadata", "requires"), "")
    poetry = ("tool", "poetry")
    yield from _named(toml, (*poetry, "dependencies"), "")
    yield from _named(toml, (*poetry, "dev-dependencies"), "group:dev")
    for group in table(toml.data, *poetry, "group"):
        yield from _named(toml, (*poetry, "group", group, "dependencies"), f"group:{group}")


def _listed(toml: Toml, keys: tuple[str, ...], group: str) -> Iterator[Dependency]:
    """Yield the requirements of a list of texts; `{include-group = ...}` holds none of its own."""
    listed = at(toml.data, *keys)
    sources = table(toml.data, "tool", "uv", "sources")
    local = {canonical(n) for n, source in sources.items() if at(source, "workspace") or at(source, "path")}
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        found = requirement(each, group, toml.place(*keys, index)) if isinstance(each, str) else None
        if found:
            yield replace(found, local=found.local or found.name in local)


def _named(toml: Toml, keys: tuple[str, ...], group: str) -> Iterator[Dependency]:
    """Yield the requirements of a table as Poetry and Pipenv have it: a name, and a constraint or a table."""
    for name, asked in table(toml.data, *keys).items():
        if name.lower() == "python" and keys[-1] == "dependencies":
            continue
        first = asked[0] if isinstance(asked, list) and asked else asked
        constraint = first if isinstance(first, str) else text(first, "version")
        local = bool(text(first, "path"))
        yield Dependency(canonical(name), constraint, group, toml.place(*keys, name), local=local)


def pipfile(files: Files, path: str) -> Manifest:
    """Read a Pipfile (https://pipenv.pypa.io/en/latest/pipfile.html); raise TomlError where it is none."""
    toml = Toml(load(files.read(path)), path)
    found = [*_named(toml, ("packages",), ""), *_named(toml, ("dev-packages",), "dev")]
    asked = text(toml.data, "requires", "python_version")
    claims = (Claim("python", asked, toml.place("requires", "python_version")),) if asked else ()
    return Manifest("python", path, dependencies=tuple(found), claims=claims, private=True)


def setup_cfg(files: Files, path: str) -> Manifest:
    """Read the metadata and options of setup.cfg (setuptools' declarative form)."""
    content = files.read(path)
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(content)
    except (configparser.Error, AttributeError) as error:
        raise ValueError(str(error).splitlines()[0]) from error
    version = parser.get("metadata", "version", fallback="").strip()
    dynamic = version.startswith(("attr:", "file:"))
    asked = parser.get("options", "python_requires", fallback="").strip()
    name = parser.get("metadata", "name", fallback="").strip()
    found = [*_ini(parser, content, path)]
    return Manifest(
        "python",
        path,
        name=canonical(name) if name else "",
        version="" if dynamic else version,
        version_at=Location(path, _line(content, "version")),
        dynamic=dynamic or bool(name and not version),
        private=PRIVATE in parser.get("metadata", "classifiers", fallback=""),
        dependencies=tuple(found),
        claims=(Claim("python", asked, Location(path, _line(content, "python_requires"))),) if asked else (),
    )


def _ini(parser: configparser.RawConfigParser, content: str, path: str) -> Iterator[Dependency]:
    wanted = [("options", "install_requires", "")]
    if parser.has_section("options.extras_require"):
        extras = parser.options("options.extras_require")
        wanted += [("options.extras_require", extra, f"optional:{extra}") for extra in extras]
    lines = content.splitlines()
    for section, key, group in wanted:
        for each in parser.get(section, key, fallback="").splitlines():
            line = next((n for n, words in enumerate(lines, 1) if words.strip() == each.strip()), 0)
            found = requirement(each, group, Location(path, line)) if each.strip() else None
            if found:
                yield found


def _line(content: str, key: str) -> int:
    lines = enumerate(content.splitlines(), 1)
    return next((n for n, words in lines if words.partition("=")[0].strip().replace("-", "_") == key), 0)


def setup_py(files: Files, path: str) -> Manifest:
    """Read the constant arguments of the `setup()` call; raise ValueError where the file is no Python."""
    try:
        tree = ast.parse(files.read(path))
    except (SyntaxError, MemoryError) as error:
        raise ValueError(f"is no Python: {error}") from error
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) == "setup")
    call = next(calls, None)
    given = {keyword.arg: keyword.value for keyword in call.keywords} if call else {}
    name, version = _constant(given.get("name")), _constant(given.get("version"))
    asked = _constant(given.get("python_requires"))
    at_line = Location(path, given["version"].lineno) if "version" in given else Location(path)
    return Manifest(
        "python",
        path,
        name=canonical(name) if name else "",
        version=version,
        version_at=at_line,
        dynamic=not version and call is not None,
        dependencies=tuple(_arguments(given, path)),
        claims=(Claim("python", asked, Location(path, given["python_requires"].lineno)),) if asked else (),
    )


def _arguments(given: Mapping[str | None, ast.expr], path: str) -> Iterator[Dependency]:
    wanted = [(given.get("install_requires"), "")]
    extras = given.get("extras_require")
    if isinstance(extras, ast.Dict):
        wanted += [
            (value, f"optional:{_constant(key)}")
            for key, value in zip(extras.keys, extras.values, strict=True)
        ]
    for node, group in wanted:
        for item in node.elts if isinstance(node, ast.List | ast.Tuple) else ():
            found = (
                requirement(_constant(item), group, Location(path, item.lineno)) if _constant(item) else None
            )
            if found:
                yield found


def _called(node: ast.Call) -> str:
    name = node.func
    return name.id if isinstance(name, ast.Name) else name.attr if isinstance(name, ast.Attribute) else ""


def _constant(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
