"""Build files that hang linters on a build's own words: `gradle check`, `mvn verify`, `rake`, composer, mix."""

# ruff: noqa: E501 - long patterns read best in few lines

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pytest_productops.facts.commands import Call, calls
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.globs import fits
from pytest_productops.facts.quality import python_tasks
from pytest_productops.facts.quality.model import Kind, Setting
from pytest_productops.facts.quality.plugins import TOOL
from pytest_productops.lazy import regex
from pytest_productops.model import Location

MAX_ALIASES = 50
_VERBS = frozenset({"run", "run-script", "do", "-e"})
_NPM_ALL = frozenset({"run-s", "run-p", "npm-run-all", "npm-run-all2", "concurrently", "wireit"})
_PACKAGE_MANAGERS = frozenset({"npm", "pnpm", "yarn", "bun"})
_EVERYWHERE = frozenset({
    "-r", "--recursive", "--filter", "-F", "--workspaces", "-ws", "--workspace", "-w", "workspace", "workspaces",
})  # fmt: skip
_MONOREPO = _PACKAGE_MANAGERS | {"lerna", "turbo", "nx", "lage", "rush"}
_TASKS_IN_PYTHON = {"invoke": "tasks.py", "inv": "tasks.py", "nox": "noxfile.py"}
MAX_FILES = 400
"""Most build files of one kind that are read."""
_LIFECYCLE: Mapping[str, str] = {
    "gradle": r"gradlew?(?:\.bat)?(?= )(?!.* (?:-x|--exclude-task) check\b)(?=.* (?:[\w:.-]*:)?(?:check|build|verify)(?: |$))",
    "maven": r"mvnw?d?(?:\.cmd)?(?= )(?=.* (?:validate|compile|test|package|verify|install|deploy|site)(?: |$))",
    "rake": r"(?:rake|rails)(?: -\S+)*(?:$| (?:default|ci|lint\S*|style|rubocop\S*|standard\S*|quality|check)(?: |$))",
}
_TASKS = regex(
    r"(?:[\w:.-]*:)?(spotless|ktlint|lintKotlin|detekt|checkstyle|pmd|spotbugs|verGJF|verifyGoogleJavaFormat"
    r"|checkFormat|spring-javaformat|fmt-maven|fmt:|formatter|ktfmt|scalafmt|codenarc|lint(?:Debug|Release|$)|apiCheck(?!))",
    re.IGNORECASE,
)
_GRADLE = regex(
    r"(?:.*/)?(?:[\w.-]+\.gradle(?:\.kts)?|libs\.versions\.toml)|(?:buildSrc|build-logic|buildLogic|gradle)/.+\.(?:kts?|groovy|java)"
)
_PLUGIN = regex(
    r"\b(spotless|ktlint|kotlinter|detekt|checkstyle|javaformat|google-java-format|errorprone|pmd|spotbugs|codenarc|ktfmt|scalafmt)\b",
    re.IGNORECASE,
)
_MAVEN = regex(
    r"<artifactId>\s*((?:maven-)?(?:checkstyle|pmd)(?:-maven)?-plugin|maven-checkstyle-plugin|spotless-maven-plugin|fmt-maven-plugin"
    r"|formatter-maven-plugin|spring-javaformat-maven-plugin|spotbugs-maven-plugin|ktlint(?:-maven-plugin)?|detekt-\w+"
    r"|license-format|scalafmt-\w+|antlr4-formatter\S*|git-code-format-maven-plugin|tidy-maven-plugin|impsort-maven-plugin)\s*<"
)
_RAKE = regex(r"RuboCop::RakeTask|[\"']standard/rake[\"']|\brubocop\b|\bstandard(?:rb)?\b")
_DEFAULT = regex(r"^[^\S\n]*task\s*\(?:?[\"']?default\b(.*)$", re.MULTILINE)
_VITEST = regex(r"(?:^|/)vite(?:st)?[\w.]*\.(?:config[\w.]*|workspace)?\.?[cm]?[jt]s$")
_TYPECHECK = regex(r"\btypecheck\s*:\s*\{[^}]{0,300}\benabled\s*:\s*true")
_LINTS = regex(r"rubocop|standard|lint|style|quality")
_BARE = regex(r"(?:rake|rails)(?: -\S+)*(?: (?:default|ci))?")
_ALIAS = regex(r"[\"']?([\w.-]+)[\"']?:\s*(\[[^\]]*\]|\"[^\"\n]*\")")


class Builds:
    """What a repository's build files make of a build's own words; each kind of file is read when asked for."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def runs(self, words: tuple[str, ...]) -> Iterator[tuple[str, Kind]]:
        """Yield the tools that a build command runs, as the build files say."""
        program = words[0].rpartition("/")[2]
        text = " ".join((program, *words[1:]))[:300]
        for build, plugins in (("gradle", self.gradle), ("maven", self.maven), ("rake", self.rake)):
            if re.match(_LIFECYCLE[build], text) and (
                build != "rake" or self._rake_default or not _BARE.fullmatch(text)
            ):
                yield from ((_plain(one.tool), "style") for one in plugins)
        if re.match(r"(?:gradlew?(?:\.bat)?|mvnw?d?(?:\.cmd)?)\Z", program):
            for named in filter(None, map(_TASKS.match, words[1:])):
                yield _plain(named[1].rstrip(":").lower()), "style"

        if program == "vitest" and self._typed_tests:
            yield "tsc", "types"

    @cached_property
    def _typed_tests(self) -> bool:
        """Whether a configuration of vitest switches its check of types on."""
        paths = [path for path in self._files if _VITEST.search(path) and own_words(path)]
        return any(_TYPECHECK.search(self._text(path)) for path in paths[:MAX_FILES])

    def aliases(self, call: Call) -> Iterator[Call]:
        """Yield what a script of composer.json or an alias of mix.exs runs, one level down."""
        program = call.words[0].rpartition("/")[2].removesuffix(".phar")
        if program in _PACKAGE_MANAGERS and _EVERYWHERE.isdisjoint(
            word.partition("=")[0] for word in call.words
        ):
            return
        table = self._table(program, call.folder)
        names = [word for word in call.words[1:] if not word.startswith("-") and word not in _VERBS]
        seen: set[str] = set()
        while table and names and len(seen) < MAX_ALIASES:
            name = names.pop(0).rstrip(",").removeprefix("npm:").strip("\"'")
            for known in [one for one in table if one == name or ("*" in name and fits(one, name))]:
                if known not in seen:
                    seen.add(known)
                    for text in table[known]:
                        names += [word for word in text.split()[1:3] if word not in _VERBS]
                        yield from calls(text, call.location, call.folder)

    def _table(self, program: str, folder: str) -> Mapping[str, tuple[str, ...]]:
        """Return what a program calls scripts: their names and commands."""
        if program in _NPM_ALL:
            return self._npm(f"{folder}/package.json".lstrip("/"))
        if program in _MONOREPO:
            return self._packages
        if program in _TASKS_IN_PYTHON:
            return python_tasks.scripts(self._text(f"{folder}/{_TASKS_IN_PYTHON[program]}".lstrip("/")))
        return {"composer": self._composer, "mix": self._mix, "pixi": self._pixi}.get(program) or {}

    @cached_property
    def _packages(self) -> dict[str, tuple[str, ...]]:
        """The scripts of all packages together, for programs that run one in each."""
        found: dict[str, tuple[str, ...]] = {}
        paths = [path for path in self._files if path.endswith("/package.json") and own_words(path)]
        for path in paths[:MAX_FILES]:
            for name, bodies in self._npm(path).items():
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), *bodies)))
        return found

    def _npm(self, path: str) -> dict[str, tuple[str, ...]]:
        try:
            document = json.loads(self._text(path) or "{}")
        except (ValueError, RecursionError):
            return {}
        scripts = document.get("scripts") if isinstance(document, dict) else None
        pairs = scripts.items() if isinstance(scripts, dict) else ()
        return {name: (body,) for name, body in pairs if isinstance(body, str)}

    @cached_property
    def _pixi(self) -> dict[str, tuple[str, ...]]:
        import tomli  # noqa: PLC0415 - only where pixi runs

        found: dict[str, tuple[str, ...]] = {}
        for path, keys in (("pixi.toml", ()), ("pyproject.toml", ("tool", "pixi"))):
            try:
                document: Any = tomli.loads(self._text(path))
            except (ValueError, RecursionError):
                continue
            for key in keys:
                document = document.get(key) if isinstance(document, dict) else None
            _tasks(document, found)
        return found

    @cached_property
    def gradle(self) -> tuple[Setting, ...]:
        """The style plugins that Gradle files name, each once."""
        return self._named(lambda path: bool(_GRADLE.fullmatch(path)), _PLUGIN)

    @cached_property
    def maven(self) -> tuple[Setting, ...]:
        """The style plugins that Maven files name, each once."""
        return self._named(lambda path: path.rpartition("/")[2] == "pom.xml", _MAVEN)

    @cached_property
    def rake(self) -> tuple[Setting, ...]:
        """The linters of a Rakefile whose default task runs them, or which has a task for them."""
        found = self._named(lambda path: path in ("Rakefile", "rakefile", "Rakefile.rb"), _RAKE)
        return tuple(
            Setting("standard" if "standard" in one.tool else "rubocop", one.location) for one in found
        )

    @cached_property
    def _rake_default(self) -> bool:
        """Whether the default task of the Rakefile is said to lint."""
        texts = map(self._text, ("Rakefile", "rakefile", "Rakefile.rb"))
        return any(_LINTS.search(line) for text in texts for line in _DEFAULT.findall(text))

    def _text(self, path: str) -> str:
        try:
            return self._files.read(path) if path in self._files else ""
        except Unreadable:
            return ""

    def _named(self, fits: Callable[[str], bool], pattern: re.Pattern[str]) -> tuple[Setting, ...]:
        found: dict[str, Setting] = {}
        for path in [path for path in self._files if fits(path) and own_words(path)][:MAX_FILES]:
            try:
                text = self._files.read(path)
            except Unreadable:
                continue
            for number, line in enumerate(text.split("\n"), 1):
                match = (
                    pattern.search(line[:400])
                    if not line.lstrip().startswith(("//", "#", "*", "<!--"))
                    else None
                )
                if match:
                    tool = match[match.lastindex or 0].lower()
                    found.setdefault(tool, Setting(tool, Location(path, number)))
        return tuple(found.values())

    @cached_property
    def _composer(self) -> dict[str, tuple[str, ...]]:
        try:
            document = json.loads(self._text("composer.json"))
        except (ValueError, RecursionError):
            return {}
        scripts = document.get("scripts") if isinstance(document, dict) else None
        return {name: _texts(body) for name, body in scripts.items()} if isinstance(scripts, dict) else {}

    @cached_property
    def _mix(self) -> dict[str, tuple[str, ...]]:
        text = self._text("mix.exs")
        start = re.search(r"\bdefp?\s+aliases\b|\baliases:\s*\[", text)
        found = _ALIAS.findall(text[start.start() :][:5000]) if start else ()
        return {
            name: tuple(f"mix {task}" for task in re.findall(r'"([^"\n]+)"', body)) for name, body in found
        }


def _plain(name: str) -> str:
    """Return the tool that a plugin or a task is named for: `maven-pmd-plugin` is pmd."""
    found = TOOL.search(name)
    return found[1].lower() if found else name


def _tasks(value: Any, found: dict[str, tuple[str, ...]], depth: int = 0) -> None:
    """Collect pixi's tasks, those of its features and platforms too."""
    for key, inner in value.items() if isinstance(value, dict) and depth < 5 else ():  # noqa: PLR2004
        if key == "tasks" and isinstance(inner, dict):
            for name, task in inner.items():
                text = task.get("cmd") if isinstance(task, dict) else task
                found.setdefault(name, (text,) if isinstance(text, str) else ())
        else:
            _tasks(inner, found, depth + 1)


def _texts(body: object) -> tuple[str, ...]:
    """Return a composer script's commands; `@name` is another script, `@php` the interpreter."""
    parts = body if isinstance(body, list) else [body]
    return tuple(
        re.sub(r"^@(?!php\b)(?:composer )?", "composer ", part).replace("@php ", "php ")
        for part in parts
        if isinstance(part, str)
    )
