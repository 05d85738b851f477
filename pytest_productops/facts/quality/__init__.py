"""Quality: the linters, formatters and type checkers that are configured, and those that CI runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pytest_productops.facts.commands import Commands
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.quality import hooks, languages, unread
from pytest_productops.facts.quality.hidden import fit, out_of_sight, spoken_of
from pytest_productops.facts.quality.hooks import Hook, Hooks
from pytest_productops.facts.quality.model import Kind, Run, Setting
from pytest_productops.facts.quality.plugins import unfollowed
from pytest_productops.facts.quality.running import Reader
from pytest_productops.facts.quality.settings import configured
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

__all__ = ["Hook", "Hooks", "Kind", "Quality", "Run", "Setting"]


@dataclass(frozen=True)
class Quality(Fact):
    """What looks after style and types.

    `settings` are the configured tools, `runs` what CI runs (certain and stopping ones first), `hooks` those of
    pre-commit, `hosted` services that lint changes by a file of their own, `languages` bytes of source, `unseen` what
    changes meet in CI and cannot be followed, `unread` CI that is not here to read, `unfollowed` a build's own task.
    """

    settings: tuple[Setting, ...] = ()
    runs: tuple[Run, ...] = ()
    hooks: Hooks = field(default_factory=Hooks)
    hosted: tuple[Setting, ...] = ()
    languages: Mapping[str, int] = field(default_factory=dict, hash=False)
    unseen: str = ""
    unread: str = ""
    unfollowed: str = ""
    files: Files | None = field(default=None, hash=False, compare=False)

    @classmethod
    def gather(cls, repository: Repository) -> Quality:
        """Read settings and CI; never fails."""
        files = repository[Files]
        found = hooks.read(repository)
        out_of_reach = unread.commands(repository[Pipelines], files, repository[Commands])
        return cls(
            configured(files),
            Reader(files, found).runs(repository[Pipelines], out_of_reach),
            found,
            tuple(hooks.hosted_linters(files)),
            languages.sizes(files),
            out_of_sight(repository[Pipelines]),
            _unread(repository[Pipelines]),
            unfollowed(repository[Pipelines].executions),
            files,
        )

    @property
    def compiled(self) -> str:
        """The language that most is written in where its compiler checks types, else nothing."""
        checked = {name: size for name, size in self.languages.items() if name in languages.COMPILED}
        total = sum(self.languages.values())
        return next(iter(checked), "") if total and sum(checked.values()) * 2 >= total else ""

    def stopping(self, tool: str) -> Run | None:
        """Return a run of a configured tool that can stop a change, or None."""
        wanted = {tool, *_SAME.get(tool, ())}
        if tool == "prettier" and self._prettier_in_eslint():
            wanted.add("eslint")
        fits = (one for one in self.runs if one.certain and one.can_stop)
        return next((one for one in fits if one.tool in wanted or tool in _words(one.text)), None)

    def weak(self, tool: str) -> Run | None:
        """Return a run of a tool that can stop nothing, or None."""
        wanted = {tool, *_SAME.get(tool, ())}
        return next((one for one in self.runs if one.certain and one.tool in wanted), None)

    def doubt(self, setting: Setting) -> str:
        """Return why it cannot be said that CI does not run a tool, or nothing."""
        many = next((one for one in self.runs if one.can_stop and one.tool in _MANY), None)
        if many or self.hosted:
            return f"`{many.text}`" if many else self.hosted[0].tool
        if self.unread and not (self.unread == _ELSEWHERE and self.weak(setting.tool)):
            return self.unread
        return (
            "an editor, which reads the same settings" if setting.tool in _EDITORS else self._unseen(setting)
        )

    def _unseen(self, setting: Setting) -> str:
        """Return what CI may run a tool in out of sight, or nothing."""
        hook = next((one for one in self.hooks.hooks if one.tool == setting.tool), None)
        if hook and not self.hooks.known:
            return "pre-commit.ci, whose commits cannot be read here"
        kind = "types" if setting.tool in _TYPES else "style"
        places = [one for one in self.runs if not one.certain and one.on_change and one.kind == kind]
        named = max(places, key=lambda one: fit(one.text, setting.tool), default=None)
        named = named if named and fit(named.text, setting.tool) else None
        gradle = setting.location.path.endswith((".gradle", ".kts", ".kt", ".groovy"))
        if named or (gradle and self.unfollowed):
            return f"{named.text} ({named.location})" if named else self.unfollowed
        tool = f"{setting.tool}|pre-commit" if hook else setting.tool
        path = spoken_of(tool, self.files, setting.location.path) if self.unseen and self.files else ""
        return f"{self.unseen}, as {path} speaks of it" if path else ""

    def _prettier_in_eslint(self) -> bool:
        """Whether ESLint runs Prettier as a rule of its own."""
        for path in self.files or ():
            if self.files and "/" not in path and _ESLINT.search(path):
                try:
                    if _PRETTIER.search(self.files.read(path)):
                        return True
                except Unreadable:
                    continue
        return False


_SAME = {"ruff": ("ruff-format",), "standard": ("rubocop",), "rubocop": ("standard",)}
"""Tools whose run answers for another's setting."""
_MANY = frozenset({"many"})
_TYPES = frozenset({"mypy", "pyright", "ty", "phpstan", "psalm"})
_ESLINT = regex(r"eslint|package\.json$")
_PRETTIER = regex(r"eslint-plugin-prettier|plugin:prettier|prettier/recommended")


_ELSEWHERE = "CI elsewhere, as the one that is here tests no change"
_EDITORS = frozenset({"pyright", "clang-tidy", "clang-format"})
"""Tools that editors run by the same settings."""


def _unread(pipelines: Pipelines) -> str:
    """Return the CI that is not here to read, or nothing."""
    if pipelines.other:
        return f"{pipelines.other[0]}, which is not read"
    if pipelines.pipelines and not any(one.can_stop and one.tests for one in pipelines.executions):
        return _ELSEWHERE
    return ""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.replace("/", " ").replace("=", " ").replace("-m ", " ").split())
