"""Where linters, formatters and type checkers are configured."""

from __future__ import annotations

import configparser
import json
import re
from collections.abc import Iterator, Mapping

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.quality.model import Setting
from pytest_productops.facts.quality.plugins import plugins
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_FILES = r"""
ruff: \.?ruff\.toml
flake8: \.flake8
pylint: \.?pylintrc(?:\.toml)?
mypy: \.?mypy\.ini
pyright: pyrightconfig\.json
ty: ty\.toml
isort: \.isort\.cfg
yapf: \.style\.yapf
eslint: \.eslintrc(?:\.(?:[cm]?js|ya?ml|json))?|eslint\.config\.[cm]?[jt]s
prettier: \.prettierrc(?:\.(?:[cm]?[jt]s|ya?ml|json5?|toml))?|prettier\.config\.[cm]?[jt]s
stylelint: \.stylelintrc(?:\.(?:[cm]?js|ya?ml|json))?|stylelint\.config\.[cm]?[jt]s
biome: biome\.jsonc?
oxlint: \.oxlintrc\.json
golangci-lint: \.golangci\.(?:ya?ml|toml|json)
rustfmt: \.?rustfmt\.toml
clippy: \.?clippy\.toml
rubocop: \.rubocop\.yml
standard: \.standard\.yml
phpcs: \.?phpcs\.xml(?:\.dist)?
php-cs-fixer: \.php[-_]cs(?:-fixer)?(?:\.dist)?(?:\.php)?
pint: pint\.json
ecs: ecs\.php
phpstan: phpstan(?:\.dist)?\.neon(?:\.dist)?
psalm: psalm\.xml(?:\.dist)?
credo: \.credo\.exs
mix-format: \.formatter\.exs
swiftlint: \.swiftlint\.yml
swiftformat: \.swiftformat
scalafmt: \.scalafmt\.conf
clang-format: \.clang-format
clang-tidy: \.clang-tidy
"""
_BY_FILE = tuple(
    (tool, regex(pattern)) for tool, pattern in (line.split(": ", 1) for line in _FILES.strip().splitlines())
)
_TABLES: Mapping[str, str] = {
    **dict.fromkeys(("ruff", "black", "isort", "flake8", "pylint", "mypy", "pyright", "ty", "yapf"), ""),
    "basedpyright": "pyright",
}
_SECTIONS = {
    "flake8": "flake8",
    "mypy": "mypy",
    "isort": "isort",
    "pycodestyle": "pycodestyle",
    "yapf": "yapf",
}
_HEADER = regex(r"^\[tool\.([\w-]+)[\].]", re.MULTILINE)


def configured(files: Files) -> tuple[Setting, ...]:
    """Return each configured tool of the root and its build, once; what lies in folders may be meant for them alone."""
    found: dict[str, Setting] = {}
    for path in (path for path in files if "/" not in path):
        for one in _of(files, path):
            found.setdefault(one.tool, one)
    for one in plugins(files):
        found.setdefault(one.tool, one)
    return tuple(found.values())


def _of(files: Files, path: str) -> Iterator[Setting]:
    for tool, pattern in _BY_FILE:
        if pattern.fullmatch(path) and not (tool == "mix-format" and _exports(files, path)):
            yield Setting(tool, Location(path, 1))
    reader = {"pyproject.toml": _pyproject, "setup.cfg": _ini, "tox.ini": _ini, "package.json": _package}.get(
        path
    )
    if reader:
        try:
            yield from reader(files.read(path), path)
        except (Unreadable, ValueError, configparser.Error, RecursionError):
            return


def _exports(files: Files, path: str) -> bool:
    """Whether a `.formatter.exs` is there for those who depend on this library."""
    try:
        return "export:" in files.read(path)
    except Unreadable:
        return True


def _pyproject(text: str, path: str) -> Iterator[Setting]:
    import tomli  # noqa: PLC0415 - only where there is one

    tomli.loads(text)
    for match in _HEADER.finditer(text):
        if match[1] in _TABLES:
            place = Location(path, text.count("\n", 0, match.start()) + 1)
            yield Setting(_TABLES[match[1]] or match[1], place)


def _ini(text: str, path: str) -> Iterator[Setting]:
    for number, line in enumerate(text.split("\n"), 1):
        name = line.strip().strip("[]") if line.startswith("[") else ""
        if name in _SECTIONS:
            yield Setting(_SECTIONS[name], Location(path, number))


def _package(text: str, path: str) -> Iterator[Setting]:
    document = json.loads(text)
    keys = {"eslintConfig": "eslint", "prettier": "prettier", "stylelint": "stylelint"}
    for key, tool in keys.items():
        if isinstance(document, dict) and document.get(key):
            at = text.find(f'"{key}"')
            yield Setting(tool, Location(path, text.count("\n", 0, max(at, 0)) + 1))
