"""Environment: the declared ways to a working development environment, and what they take that is not there.

Conventions: https://containers.dev, https://github.com/github/scripts-to-rule-them-all (`script/setup`), Compose,
https://nixos.wiki/wiki/Flakes, https://mise.jdx.dev, targets such as `make setup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pytest_productops.facts.commands import Call, Commands, Target, calls
from pytest_productops.facts.environment import containers
from pytest_productops.facts.environment.containers import Described
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.links.scope import Scope
from pytest_productops.facts.manifests import product
from pytest_productops.facts.product import Product
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

__all__ = ["Dangling", "Environment", "Kind", "Way"]
Kind = Literal["devcontainer", "compose", "nix", "mise", "target", "script", "machine", "command"]
_I = re.IGNORECASE
_NAMED: dict[Kind, re.Pattern[str]] = {
    "nix": regex(r"(?:flake|shell|devenv|default)\.nix\Z|devbox\.json\Z"),
    "mise": regex(
        r"\.?mise(?:\.local)?\.toml\Z|\.mise/config\.toml\Z|\.config/mise(?:/config)?\.toml\Z|\.tool-versions\Z"
        r"|pixi\.toml\Z"
    ),
    "machine": regex(r"Vagrantfile\Z|Tiltfile\Z|skaffold\.ya?ml\Z|\.gitpod\.ya?ml\Z|environment\.ya?ml\Z"),
    "script": regex(
        r"(?:(?:\.?(?:scripts?|bin|hack|tools?|dev|ci))/)?(?:set-?up|bootstrap|dev[-_]?setup|setup[-_]?dev\w*"
        r"|install[-_]?dev\w*"
        r"|dev[-_]?env\w*|local[-_]?setup|(?:init|setup|install|create|prepare)[-_](?:dev|env|local|venv"
        r"|environment)\w*)"
        r"(?:\.(?:sh|bash|ps1|rb|bat))?\Z",
        _I,
    ),
}
_TARGET = regex(
    r"(?:set-?up|bootstrap|install|dev|develop(?:ment)?|init(?:ialize)?|env|venv|virtualenv|deps|dependencies"
    r"|prepare|sync)"
    r"(?:[-_:.](?:dev\w*|env\w*|local|all|deps|project|venv|hooks|setup|install|up))?"
    r"|(?:dev|local|project|env)[-_:.](?:set-?up|install|init|bootstrap|up|start|env)|install[-_:.]requirements",
    _I,
)
_RUNNERS = frozenset(
    {"make", "just", "task", "taskfile", "npm", "rake", "invoke", "composer", "mix", "poe", "pdm", "hatch"}
)
DEPTH = 2
"""How many folders deep a component's own environment is looked for."""
_READ = frozenset({"make", "just"})
"""Runners whose recipes are read as a whole: a target without one does nothing."""
_COMMENT = regex(r"^[^\S\n]*(?:#|//).*$", re.MULTILINE)
_NAME_OF_SETTINGS = regex(r"\.env\b|\benv\b", _I)


_SAYING = regex(r"[A-Za-z]{2}")
_TELLING = regex(
    r"(?:(?:docs?|scripts?|bin|\.github|\.devcontainer)/.*\.(?:md|sh|rst)|[^/]*\.(?:md|rst|sh)|[Mm]akefile|justfile"
    r"|(?:scripts?|bin)/[^/.]+|package\.json|Taskfile\.ya?ml)\Z"
)


@dataclass(frozen=True)
class Way:
    """A declared way to an environment: its kind, what it is called, where it is, and why it is none (`lack`)."""

    kind: Kind
    name: str
    location: Location
    lack: str = ""


@dataclass(frozen=True)
class Dangling:
    """Something that a way takes from the repository, and that is not there."""

    way: Way
    what: str
    location: Location


class Environment(Fact):
    """The ways to a working environment."""

    def __init__(self, repository: Repository) -> None:
        self._files = repository[Files]
        self._commands = repository[Commands]
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Environment:
        """Never fails; nothing is read before it is asked for."""
        return cls(repository)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """All of them: containers first, then tools, targets, scripts; and for what is no service a command."""
        return (*self._described, *self._tools(), *self._targets, *self._scripts, *self._command())

    @cached_property
    def _near(self) -> tuple[tuple[str, str], ...]:
        """The files of the root and of the folders below it, those of examples left out: (path, path in its folder)."""
        return tuple(pair for path in self._files if product(path) for pair in _split(path))

    @cached_property
    def _described(self) -> dict[Way, Described]:
        found: dict[Way, Described] = {}
        for path, inner in self._near:
            if containers.DEVCONTAINER.match(inner):
                kind: Kind = "devcontainer"
                described = containers.devcontainer(self._files, path)
            elif containers.COMPOSE.match(inner):
                kind, described = "compose", containers.compose(self._files, path)
            else:
                continue
            lack = described.problem or ("describes nothing" if described.empty else "")
            found[Way(kind, path, Location(path), lack)] = described
        return found

    def _tools(self) -> Iterator[Way]:
        for kind in ("nix", "mise", "machine"):
            for path in (path for path, inner in self._near if _NAMED[kind].match(inner)):
                text = _COMMENT.sub("", self._text(path))
                lack = ("" if _SAYING.search(text) else "says nothing") if text.strip() else "is empty"
                yield Way(kind, path, Location(path), lack)

    @cached_property
    def _targets(self) -> dict[Way, tuple[Call, ...]]:
        found = {}
        for target in self._commands.targets:
            wanted = target.runner in _RUNNERS and _near(target.folder) and _TARGET.fullmatch(target.name)
            if wanted and (target.body or target.needs or target.runner not in _READ):
                way = Way("target", f"{target.runner} {target.name}", target.location)
                found[way] = tuple(_calls(target))
        return found

    @cached_property
    def _scripts(self) -> dict[Way, tuple[Call, ...]]:
        found = {}
        for path in dict.fromkeys(path for path, inner in self._near if _NAMED["script"].match(inner)):
            text = self._text(path)
            lack = "" if _SAYING.search(_COMMENT.sub("", text)) else "is empty"
            shell = text.startswith("#!") and "sh" in text.partition("\n")[0]
            found[Way("script", path, Location(path), lack)] = (
                tuple(calls(text, Location(path))) if shell or path.endswith(".sh") else ()
            )
        return found

    def _command(self) -> Iterator[Way]:
        """Yield the documented command that sets up what is no service: `pip install -e .[dev]`."""
        kind = self._repository[Product].kind
        answer = self._repository[Guides].answers("setup") if kind != "service" else None
        if answer and answer.place:
            yield Way("command", f"the set-up of {answer.place.path}", answer.place)

    @cached_property
    def dangling(self) -> tuple[Dangling, ...]:
        """What the ways take that is certainly not there, one a way and thing."""
        found = [*self._needed(), *self._called()]
        return tuple({(each.way.name, each.what): each for each in reversed(found)}.values())[::-1]

    def _needed(self) -> Iterator[Dangling]:
        for way, described in self._described.items():
            missing = [need for need in described.needs if not self._there(need.path)]
            gone = {need.path for need in missing if need.what == "build context"}
            for need in missing:
                inside = need.what == "Dockerfile" and any(need.path.startswith(f"{path}/") for path in gone)
                if not inside and not self._made(need.what, need.path):
                    yield Dangling(way, f"the {need.what} `{need.path}`", need.location)

    def _called(self) -> Iterator[Dangling]:
        """Yield the calls of targets, scripts and hooks of a devcontainer that ask for what is not there."""
        hooks = ((way, described.calls) for way, described in self._described.items())
        for way, made in (*hooks, *self._targets.items(), *self._scripts.items()):
            for call in made:
                answer = self._commands.resolve(call)
                if answer and answer.status in {"missing", "runner-missing"}:
                    yield Dangling(way, f"the {answer.what}", call.location)

    def _there(self, path: str) -> bool:
        return path in self._files or path in self._files.folders

    def _made(self, what: str, path: str) -> bool:
        """Whether something missing is in a submodule, ignored or made from a template on the way."""
        if what != "env_file":
            return self._repository[Scope].made(path)
        folder, _, name = path.rpartition("/")
        beside = [other for other in self._files if other.rpartition("/")[0] == folder]
        stem = name.removesuffix(".env").strip(".") or "env"
        if any(_NAME_OF_SETTINGS.search(other) and stem in other and other != path for other in beside):
            return True
        return any(name in self._text(other) for other in self._telling)

    @cached_property
    def _telling(self) -> tuple[str, ...]:
        """The files that may tell where an ignored file comes from."""
        return tuple(filter(_TELLING.match, self._files))[:200]

    def _text(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""


def _near(folder: str) -> bool:
    return folder.count("/") < DEPTH and (not folder or product(f"{folder}/"))


def _split(path: str) -> Iterator[tuple[str, str]]:
    """Yield a path with what it is in the root, and in each of the first folders on its way."""
    parts = path.split("/")
    yield from ((path, "/".join(parts[at:])) for at in range(min(len(parts), DEPTH + 1)))


def _calls(target: Target) -> Iterator[Call]:
    for line in target.body:
        yield from calls(line.text, line.location, target.folder)
