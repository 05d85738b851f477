"""tox configurations as environments: https://tox.wiki/en/latest/config.html."""

from __future__ import annotations

import configparser
import itertools
import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

from pytest_productops.facts.commands.model import Line, Target
from pytest_productops.facts.commands.runner import inside
from pytest_productops.facts.commands.toml import load
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_GENERATIVE = regex(r"\{([^{}\[\]:]*)\}")
_FACTORS = regex(r"^((?:[\w.!{}-]|,\s*)+):\s+(.*)$", re.DOTALL)
_REFERENCE = regex(r"\{\[([^\]]+)\](\w+)\}")


def expand(text: str) -> list[str]:
    """Return the names of a list with generative parts: `py{310,311}-{a,b}, lint`."""
    text = re.sub(r"(?m)#.*$", "", text)
    names: list[str] = []
    for item in re.split(r"[,\n](?![^{]*\})|\s+(?![^{]*\})", text):
        if item.strip():
            names.extend(_product(re.sub(r"\s+", "", item)))
    return names


def _product(item: str) -> Iterable[str]:
    parts = _GENERATIVE.split(item)
    choices = [part.split(",") if at % 2 else [part] for at, part in enumerate(parts)]
    combined = itertools.islice(itertools.product(*(_ranges(choice) for choice in choices)), 2000)
    return ["".join(combination) for combination in combined]


def _ranges(choice: list[str]) -> list[str]:
    """Expand `310-313` among the alternatives of a generative part."""
    out: list[str] = []
    for item in choice:
        match = re.fullmatch(r"(\d+)-(\d+)", item)
        if match and 0 <= int(match[2]) - int(match[1]) < 50:  # noqa: PLR2004 - no list of versions is longer
            out.extend(str(number) for number in range(int(match[1]), int(match[2]) + 1))
        else:
            out.append(item)
    return out


@dataclass
class Config:
    """What a tox configuration says, before its environments are made: lines are (factors, command, line)."""

    listed: list[str]
    commands: dict[str, list[tuple[str, str, int]] | None] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    factors: set[str] = field(default_factory=set)
    folders: dict[str, str] = field(default_factory=dict)
    open: bool = False

    @cached_property
    def known(self) -> set[str]:
        """Return every factor that a name or a condition mentions."""
        return self.factors.union(*(name.split("-") for name in self.names()))

    def names(self) -> list[str]:
        """Return the names of the environments, those listed first."""
        return list(dict.fromkeys([*self.listed, *(name for name in self.lines if name)]))

    def target(self, name: str, path: str, folder: str) -> Target:
        """Return an environment with the commands that its factors choose."""
        own = self.commands.get(name)
        lines = own if own is not None else self.commands.get("") or []
        factors = set(name.split("-"))
        body = tuple(
            Line(_plain(text), Location(path, line)) for when, text, line in lines if _holds(when, factors)
        )
        where = self.folders.get(name) or self.folders.get("", "")
        return Target("tox", name, Location(path, self.lines.get(name, self.lines.get("", 0))), body,
                      folder=inside(folder, where))  # fmt: skip


def _holds(when: str, factors: set[str]) -> bool:
    """Whether a condition such as `py310,!lint-a` holds for an environment of these factors."""
    if not when:
        return True
    return any(
        all(
            (part[1:] not in factors) if part.startswith("!") else part in factors
            for part in each.strip().split("-")
        )
        for each in expand(when)
    )


def _plain(command: str) -> str:
    """Return a command with what tox would put in; a `-` in front lets it fail."""
    text = command
    for _ in range(3):
        text = re.sub(r"\{posargs(?::((?:[^{}]|\{[^{}]*\})*))?\}", lambda m: m[1] or "", text)
    text = text.replace("{envpython}", "python").replace("{toxinidir}/", "").replace("{tox_root}/", "")
    text = re.sub(r"\{env_?bin_?dir\}/", "", text)
    text = re.sub(r"\{(?:env|tty):?[\w.]*(?::([^{}]*))?\}", lambda m: m[1] or "${X}", text)
    text = re.sub(r"\{(?!\[)([\w.]+)\}", r"${\1}", text)
    stripped = text.lstrip()
    if stripped.startswith("-"):
        return stripped[1:].lstrip() + " || true"
    return stripped.removeprefix("!").lstrip()


def from_ini(text: str, path: str) -> Config | None:
    """Read tox.ini or setup.cfg; raise ValueError or configparser.Error where it is malformed."""
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    head = "tox:tox" if path.endswith("setup.cfg") else "tox"
    if path.endswith("setup.cfg") and not parser.has_section(head):
        return None
    return _Ini(parser, text, head).config()


class _Ini:
    def __init__(self, parser: configparser.RawConfigParser, text: str, head: str) -> None:
        self.parser = parser
        self.source = text.splitlines()
        self.head = head

    def config(self) -> Config:
        listed = self._value(self.head, "envlist") or self._value(self.head, "env_list")
        config = Config(expand(listed), open="{" in re.sub(r"\{[^{}\[:]*\}", "", listed))
        for section in self.parser.sections():
            if section == "testenv" or section.startswith("testenv:"):
                for name in expand(section[8:]) if section != "testenv" else [""]:
                    self._environment(config, section, name)
        config.listed = [name for name in config.listed if "{" not in name]
        return config

    def _environment(self, config: Config, section: str, name: str) -> None:
        config.lines[name] = self._line(f"[{section}]")
        texts = [self._value(section, key) for key in ("commands_pre", "commands", "commands_post")]
        lines = [_condition(line) for text in texts for line in _commands(text)]
        start = config.lines[name]
        inherited = not self.parser.has_option(section, "commands")
        ignore = self._value(section, "ignore_outcome").strip().lower() == "true"
        if not inherited:
            config.commands[name] = [
                (when, f"{text} || true" if ignore else text, self._line(text.split("\n")[0], start))
                for when, text in lines
            ]
        config.folders[name] = (
            self._value(section, "changedir") or self._value(section, "change_dir")
        ).strip()
        config.folders[name] = config.folders[name].replace("{toxinidir}/", "").replace("{tox_root}/", "")
        for _, value in self.parser.items(section):
            for line in (value or "").splitlines():
                when = _condition(line.strip())[0]
                config.factors.update(f.strip("!") for each in expand(when) for f in each.split("-") if f)

    def _line(self, text: str, start: int = 0) -> int:
        found = (n for n, line in enumerate(self.source[start:], start + 1) if text in line)
        return next(found, max(start, 1))

    def _value(self, section: str, key: str, depth: int = 4) -> str:
        """Return an option with references to other sections' options followed."""
        value = self.parser.get(section, key, fallback="") or ""

        def other(match: re.Match[str]) -> str:
            return self._value(match[1], match[2], depth - 1)

        return _REFERENCE.sub(other, value) if depth else value


def _commands(text: str) -> list[str]:
    """Return the commands of an ini value, one a line, continued lines joined."""
    lines = [line for line in text.split("\n") if line.strip() and not line.strip().startswith("#")]
    joined = re.sub(r"\\[ \t]*\n[ \t]*", "\\\n", "\n".join(lines))
    return [line.strip() for line in re.split(r"(?<!\\)\n", joined) if line.strip()]


def _condition(line: str) -> tuple[str, str]:
    match = _FACTORS.match(line)
    return (match[1], match[2]) if match else ("", line)


def from_toml(text: str, path: str) -> Config | None:
    """Read tox.toml or pyproject.toml; raise ValueError where it is malformed."""
    data: Any = load(text)
    if path.endswith("pyproject.toml"):
        data = data.get("tool", {}).get("tox") if isinstance(data.get("tool"), dict) else None
    if not isinstance(data, dict) or not data:
        return None
    if isinstance(data.get("legacy_tox_ini"), str):
        return from_ini(data["legacy_tox_ini"], "tox.ini")
    listed, certain = _names(data.get("env_list", data.get("envlist", [])))
    config = Config(listed, open=not certain or "env_base" in data)
    environments = data.get("env", {})
    config.commands[""] = _toml_commands(data.get("env_run_base", {}))
    for name, table in environments.items() if isinstance(environments, dict) else ():
        config.lines[name] = _line_of(text, name)
        if isinstance(table, dict) and "commands" in table:
            config.commands[name] = [(w, t, config.lines[name]) for w, t, _ in _toml_commands(table)]
        if isinstance(table, dict):
            config.folders[name] = str(table.get("change_dir", "")).replace("{tox_root}/", "")
    return config


def _line_of(text: str, name: str) -> int:
    pattern = re.compile(rf"""^\s*\[(?:tool\.tox\.)?env\.["']?{re.escape(name)}["']?[\].]""")
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 0)


def _names(value: object) -> tuple[list[str], bool]:
    """Return the names of an `env_list`, and whether they are all."""
    if not isinstance(value, list):
        return expand(value) if isinstance(value, str) else [], isinstance(value, str)
    names: list[str] = []
    certain = True
    for item in value:
        if isinstance(item, str):
            names.extend(expand(item))
        else:
            certain = False
    return names, certain


def _toml_commands(table: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    for key in ("commands_pre", "commands", "commands_post"):
        value = table.get(key) if isinstance(table, dict) else None
        commands = [item for item in value if isinstance(item, list)] if isinstance(value, list) else []
        found.extend(
            ("", shlex.join(w for item in command for w in _toml_words(item)), 0) for command in commands
        )
    return found


def _toml_words(word: object) -> list[str]:
    """Return the words that an item of a command stands for; positional arguments are their default."""
    if isinstance(word, str):
        return [word]
    default = word.get("default") if isinstance(word, dict) and word.get("replace") == "posargs" else None
    return [item for item in default if isinstance(item, str)] if isinstance(default, list) else []
