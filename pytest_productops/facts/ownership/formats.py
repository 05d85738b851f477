"""Who the manifests of smaller ecosystems name, and Python code that says who its authors are."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pytest_productops.facts.formats import yaml
from pytest_productops.lazy import regex

Named = Iterator[tuple[int, str]]
_ARGUMENTS = frozenset({"author", "maintainer", "author_email", "maintainer_email", "authors", "maintainers"})
_DUNDER = frozenset({"__author__", "__authors__", "__maintainer__", "__email__", "__author_email__"})
_TELLS = regex(r"author|maintainer|__email__")
_QUOTED = regex(r"[\"']([^\"'\n]{2,200})[\"']")
_RUBY = regex(
    r"\.authors?\s*=\s*(\[[^\]]{0,2000}\]|\{[^}]{0,2000}\}|%[wWiI][\[({][^\])}]{0,2000}|[\"'][^\n]{0,500})"
)
_WORDS = regex(r"%[wWiI][\[({]([^\])}]*)")
_SBT = regex(r"\bDeveloper\s*\(([^)]{0,600})\)")
_DUNE = regex(r"\((?:authors|maintainers)\s+(?!\s)([^)]{0,2000})\)")
_LABEL = regex(
    r"(?im)^[^\S\n]*(?:LABEL\s+(?:[\w.-]*\.)?(?:maintainer|authors)\s*=\s*|MAINTAINER\s+)[\"']?([^\"'\n]{2,200})"
)
_ASSIGNED = regex(r"(?im)^[^\S\n]*(?:author|maintainer|authors)\s*[=:]\s*([\"']?[^\n]{2,300})")
_KEYS = ("author", "authors", "maintainer", "maintainers", "contacts", "creators", "codeowners")
_NAMES = ("name", "given-names", "family-names", "givenName", "familyName", "email", "@id", "alias")


def python(text: str, _: str) -> Named:
    """Read what a script gives to `setup()`, names of its own resolved, and `__author__`; nothing is run."""
    if not _TELLS.search(text):
        return
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    known: dict[str, ast.expr] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            known.update({target.id: node.value for target in node.targets if isinstance(target, ast.Name)})
    wanted = [value for name, value in known.items() if name in _DUNDER]
    for node in nodes:
        if isinstance(node, ast.keyword) and node.arg in _ARGUMENTS:
            wanted.append(node.value)
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            wanted += [
                value for key, value in pairs if isinstance(key, ast.Constant) and key.value in _ARGUMENTS
            ]
    for value in wanted:
        yield from _constants(known.get(value.id, value) if isinstance(value, ast.Name) else value)


def _constants(value: ast.expr) -> Named:
    parts = value.elts if isinstance(value, (ast.List, ast.Tuple)) else [value]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.lineno, part.value.strip()


def ruby(text: str, _: str) -> Named:
    """Read the authors of a gemspec or podspec."""
    for match in _RUBY.finditer(text):
        words = _WORDS.match(match[1])
        names = words[1].split() if words else _QUOTED.findall(match[1])
        yield from ((_line(text, match.start(1)), name.strip()) for name in names)


def whole(pattern: re.Pattern[str]) -> Callable[[str, str], Named]:
    """Make a reader of all quoted texts (without any: of all) that a pattern finds."""

    def read(text: str, _: str) -> Named:
        for match in pattern.finditer(text):
            names = _QUOTED.findall(match[1]) or [match[1].strip(" \"'")]
            yield from ((_line(text, match.start(1)), name.strip()) for name in names)

    return read


def structured(text: str, path: str) -> Named:
    """Read who a YAML or JSON file names as author, maintainer or contact, at any depth."""
    try:
        tree = yaml.read(text, path).value
    except yaml.YamlError:
        return
    for value in yaml.walk(tree):
        if isinstance(value, yaml.Map):
            for key in _KEYS:
                yield from ((value.lines.get(key, 0), name) for name in _people(value.get(key)))


def _people(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, Mapping):
        yield " ".join(str(value[key]) for key in _NAMES if isinstance(value.get(key), str)).strip()
    elif isinstance(value, list):
        for item in value:
            yield from _people(item) if not isinstance(item, list) else ()


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


READERS: Mapping[str, Callable[[str, str], Named]] = MappingProxyType(
    {
        "setup.py": python,
        "__init__.py": python,
        **dict.fromkeys(("__about__.py", "__version__.py", "_version.py", "about.py"), python),
        "*.gemspec": ruby,
        "*.podspec": ruby,
        "build.sbt": whole(_SBT),
        "dune-project": whole(_DUNE),
        **dict.fromkeys(("Dockerfile", "Containerfile"), whole(_LABEL)),
        **dict.fromkeys(
            ("dist.ini", "*.nimble", "*.rockspec", "Project.toml", "package.yaml"), whole(_ASSIGNED)
        ),
        **dict.fromkeys(("pubspec.yaml", "Chart.yaml", "publiccode.yml", "publiccode.yaml"), structured),
        **dict.fromkeys(
            ("CITATION.cff", "codemeta.json", ".zenodo.json", "vcpkg.json", "META.json"), structured
        ),
        "manifest.json": structured,
    }
)
"""File name (or pattern) -> its reader, which yields (line, name)."""
