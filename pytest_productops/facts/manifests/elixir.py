"""Elixir: mix.exs by a tolerant reader of lines (https://hexdocs.pm/mix/Mix.Project.html); nothing is run."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.manifests.model import Claim, Dependency, Manifest
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_FIELD = regex(r"^\s*(app|version|elixir|apps_path):\s*(:\w+|\"[^\"]*\"|@\w+)")
_ATTRIBUTE = regex(r"^\s*@(\w+)\s+\"([^\"]*)\"")
_DEPENDENCY = regex(r"^\s*(?:\[\s*)?\{\s*:(\w+)\s*,\s*(?:\"([^\"]*)\")?(.*)$")
_ONLY = regex(r"\bonly:\s*(\[[^\]]*\]|:\w+)")


def read(files: Files, path: str) -> Manifest:
    """Read mix.exs: literal fields, module attributes put in, and dependencies written as tuples."""
    content = files.read(path)
    attributes: dict[str, tuple[str, int]] = {}
    fields: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(content.splitlines(), 1):
        if match := _ATTRIBUTE.match(line[:500]):
            attributes.setdefault(match[1], (match[2], number))
        elif match := _FIELD.match(line[:500]):
            fields.setdefault(match[1], (match[2], number))
    name, version, elixir, apps = (
        _value(fields.get(key), attributes) for key in ("app", "version", "elixir", "apps_path")
    )
    return Manifest(
        "elixir",
        path,
        name=name[0],
        version=version[0],
        version_at=Location(path, version[1]),
        dynamic=not version[0],
        dependencies=tuple(_dependencies(content, path)),
        claims=(Claim("elixir", elixir[0], Location(path, elixir[1])),) if elixir[0] else (),
        members=(f"{apps[0]}/*",) if apps[0] else (),
        workspace=bool(apps[0]),
    )


def _value(field: tuple[str, int] | None, attributes: dict[str, tuple[str, int]]) -> tuple[str, int]:
    """Return a literal value and its line; that of a module attribute where it names one."""
    if field is None:
        return "", 0
    written, line = field
    if written.startswith("@"):
        return attributes.get(written[1:], ("", line))
    return written.strip('":'), line


def _dependencies(content: str, path: str) -> Iterator[Dependency]:
    for number, line in enumerate(content.splitlines(), 1):
        match = _DEPENDENCY.match(line[:1000])
        if match and (
            match[2] is not None or "path:" in match[3] or "git" in match[3] or "in_umbrella" in match[3]
        ):
            only = _ONLY.search(match[3])
            group = "dev" if only and ":prod" not in only[1] else ""
            local = "path:" in match[3] or "in_umbrella" in match[3]
            yield Dependency(match[1], match[2] or "", group, Location(path, number), local=local)
