"""pre-commit hook ids: https://pre-commit.com/#pre-commit-run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.commands.model import Call, Definition, Line, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, join, split
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.model import Location

_VALUED_WORDS = """
-c --config --color -s --source --from-ref -o --to-ref --hook-stage --stage --remote-branch -t
--hook-type --files --commit-msg-filename
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_RUNS = frozenset({"run", "install", "install-hooks", "autoupdate"})


class PreCommit(Runner):
    """pre-commit and prek."""

    name = "pre-commit"
    kind = "pre-commit hook"
    needs = ".pre-commit-config.yaml"
    names = (".pre-commit-config.yaml", "prek.toml")

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds nothing of this runner."""
        if path.endswith(".toml"):
            return Definition(path, folder_of(path), open=True)
        try:
            text = files.read(path)
            data = yaml.read(text, path).value
        except (Unreadable, yaml.YamlError) as error:
            return Definition(path, folder_of(path), open=True, problem=f"{path}: {error}")
        hooks = tuple(_hooks(data, text, path))
        return Definition(path, folder_of(path), hooks, default=tuple(hook.name for hook in hooks))

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] not in {"pre-commit", "prek"}:
            return None
        parts = split(call.words[1:], _VALUED)
        if not parts.operands or parts.operands[0] not in _RUNS:
            return None
        config = parts.get("-c", "--config")
        names = parts.operands[1:2] if parts.operands[0] == "run" and not parts.has("--files") else ()
        return Ask(names, call.folder, join(call.folder, config) if config else "", unsure=not names)


def _hooks(data: object, text: str, path: str) -> Iterator[Target]:
    lines = text.splitlines()
    repos = data.get("repos") if isinstance(data, dict) else None
    for repo in repos if isinstance(repos, list) else ():
        hooks = repo.get("hooks") if isinstance(repo, dict) else None
        for hook in hooks if isinstance(hooks, list) else ():
            if isinstance(hook, dict):
                yield from _hook(hook, lines, path)


def _hook(hook: dict[str, Any], lines: list[str], path: str) -> Iterator[Target]:
    for key in ("id", "alias"):
        name = hook.get(key)
        if isinstance(name, str):
            number = next((n for n, line in enumerate(lines, 1) if f"{key}: {name}" in line), 0)
            place = Location(path, number)
            entry = hook.get("entry")
            words = [entry, *(a for a in hook.get("args") or [] if isinstance(a, str))] if entry else [name]
            body = (
                (Line(" ".join(str(word) for word in words), place),)
                if hook.get("language") != "pygrep"
                else ()
            )
            yield Target("pre-commit", name, place, body, folder=folder_of(path))
