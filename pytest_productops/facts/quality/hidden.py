"""Where CI may run a linter out of sight, so that nobody can say that it does not."""

# ruff: noqa: E501 - long patterns read best in few lines

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.lazy import regex

_SCRIPTS = regex(
    r"(?:.*/)?(?:Dockerfile[^/]*|[^/]*\.dockerfile|GNUmakefile|[Mm]akefile|[^/]+\.(?:sh|mk|bash|ps1|cmake|gradle|kts|nix|just|bzl|rake)"
    r"|noxfile\.py|tasks\.py|dodo\.py|Rakefile|[Jj]ustfile|Taskfile\.ya?ml|package\.json|tox\.(?:ini|toml)|pom\.xml|gulpfile\S*"
    r"|Gruntfile\S*|composer\.json|mix\.exs|pixi\.toml|pyproject\.toml|magefile\.go|Earthfile|moon\.ya?ml|turbo\.json|BUILD(?:\.bazel)?)"
    r"|(?:scripts?|bin|ci|hack|tools?|dev|build|\.github|\.gitlab|\.circleci|\.buildkite|dagger|magefiles|tasks)/.+"
)
_UNFOLLOWED = frozenset({
    "invoke", "inv", "gulp", "grunt", "doit", "bazel", "nx", "turbo", "moon", "mage", "task", "rake", "earthly", "dagger",
    "pants", "mise", "nix", "lerna", "rush", "lage", "composer", "mix", "pixi", "wireit", "ant", "cmake", "meson", "bin/rails",
    "fastlane", "hatch", "nox", "tox", "npm", "pnpm", "yarn",
})  # fmt: skip
MAX_FILES = 1500
MAX_TEXT = 200_000
_NAMES = {
    "ruff-format": "ruff",
    "golangci-lint": "golangci",
    "mix-format": "mix format",
    "phpcs": "phpcs|phpcbf",
    "rustfmt": "rustfmt|cargo fmt",
}


def out_of_sight(pipelines: Pipelines) -> str:
    """Return something that changes meet and that cannot be followed, or nothing."""
    for one in pipelines.opaque:
        if one.on_change:
            return f"{one.what} ({one.location})"
    for each in pipelines.executions:
        if each.can_stop and (each.hidden or each.program or not _UNFOLLOWED.isdisjoint(each.call.words[:9])):
            return f"`{each.hidden or each.program or str(each.call)[:60]}` ({each.call.location})"
    return ""


def spoken_of(tool: str, files: Files, setting: str) -> str:
    """Return a script that speaks of a tool (of one of several, `a|b`); its settings' own file by a quoted command."""
    names = "|".join(_NAMES.get(name, name) for name in tool.split("|"))
    word = regex(rf"(?<![\w-])(?:{names})(?![\w-])")
    command = regex(rf"[\"'](?:{names})\s")
    for path, text in _scripts(files):
        if (command if path == setting else word).search(text):
            return path
    return ""


def _scripts(files: Files) -> Iterator[tuple[str, str]]:
    chosen = [path for path in files if _SCRIPTS.fullmatch(path) and own_words(path)]
    for path in chosen[:MAX_FILES]:
        try:
            yield path, files.read(path)[:MAX_TEXT]
        except Unreadable:
            continue
