"""Where CI may run a linter out of sight, so that nobody can say that it does not."""

# ruff: noqa: E501 - long patterns read best in few lines

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.pipelines import Execution, Pipelines
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
_PACKAGE_MANAGERS = frozenset({"npm", "pnpm", "yarn"})
_INSTALLING = regex(
    r"(?:^|\s)(?:npm|pnpm|yarn|composer|pixi|mise|lerna|rush)(?: -\S+)*"
    r"(?: (?:ci|install|i|add|update|bootstrap|version|publish|pack|config|cache|require|audit)\b|\Z)"
    r"|\bmix (?:deps|local|archive)\.|\bhatch (?:env|build|publish)\b|\bnix (?:profile|store)\b"
)
"""Commands that install or publish; what they may run besides is no linter."""
_ASIDE = regex(
    r"codeql|scorecard|dependency|dependabot|renovate|brakeman|audit|trivy|snyk|scan|secret|gitleaks|sbom|release|publish|deploy"
    r"|docker|label|stale|triage|jasmine|rspec|minitest|jest|phpunit|pytest|e2e|yamllint|actionlint|hadolint|commitlint|markdown",
    re.IGNORECASE,
)
"""What the name of a workflow says that looks after something else than style and types."""
_LINTERS = regex(
    r"ruff|flake8|pylint|mypy|pyright|isort|yapf|black|eslint|standardx?|neostandard|prettier|stylelint|biome|oxlint|golangci|rustfmt"
    r"|clippy|rubocop|phpcs|php-cs-fixer|pint|phpstan|psalm|credo|swiftlint|swiftformat|scalafmt|clang-(?:format|tidy)|ktlint|detekt"
    r"|spotless|checkstyle|pmd|spotbugs|erb-?lint|haml-?lint|slim-?lint|scss-?lint|shellcheck|reek",
    re.IGNORECASE,
)
_ALIKE = {
    "eslint": {"standard", "standardx", "neostandard"},
    "rubocop": {"standard"},
    "standard": {"rubocop"},
    "ruff": {"black", "isort", "flake8"},
}
"""Tools that others wrap, or whose work another's job often does."""
MAX_FILES = 1500
MAX_TEXT = 200_000
_NAMES = {
    "ruff-format": "ruff",
    "golangci-lint": "golangci",
    "mix-format": "mix format",
    "phpcs": "phpcs|phpcbf",
    "rustfmt": "rustfmt|cargo fmt",
}


def fit(text: str, tool: str) -> int:
    """Return how well a place that is named so may run a tool: 2 named for it, 1 for none, 0 for another."""
    named = {one.lower() for one in _LINTERS.findall(text)}
    if not named.isdisjoint({tool, tool.partition("-")[0], *_ALIKE.get(tool, ())}) or tool in text:
        return 2
    return 0 if named else 1


def out_of_sight(pipelines: Pipelines) -> str:
    """Return something that changes meet and that cannot be followed, or nothing."""
    for one in pipelines.opaque:
        name = one.what.partition("`")[2].partition("@")[0].rpartition("/")[2]
        if one.on_change and not (name and (_ASIDE.search(name) or _LINTERS.search(name))):
            return f"{one.what} ({one.location})"
    executions = pipelines.executions
    for each, after in zip_longest(executions, executions[1:]):
        followed = after is not None and after.step == each.step and _within(after, each)
        unfollowed = not _UNFOLLOWED.isdisjoint(each.call.words[:9]) and not followed
        unfollowed = unfollowed and not _INSTALLING.search(str(each.call)[:200])
        if each.can_stop and (each.hidden or each.program or unfollowed):
            return f"`{each.hidden or each.program or str(each.call)[:60]}` ({each.call.location})"
    return ""


def _within(inner: Execution, outer: Execution) -> bool:
    """Whether a call is the body of the script of a package.json that another one runs."""
    place = inner.call.location
    asks = not _PACKAGE_MANAGERS.isdisjoint(outer.call.words[:3])
    return asks and place != outer.call.location and place.path.endswith("package.json")


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
