"""What a contributor guide answers: set-up and tests by a command, style and submission in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from pytest_productops.facts.answers import first_said, own, sentences
from pytest_productops.facts.documents import Document, Section
from pytest_productops.facts.instructions import Instruction, instructions
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.topics import about
from pytest_productops.lazy import regex
from pytest_productops.model import Location

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "setup": "how to set up a development environment",
        "tests": "how to run the tests",
        "style": "which style, linter or conventions to follow",
        "submit": "how to submit a change and get it reviewed",
        "help": "where to ask for help",
    }
)
"""Topic of a contributor guide -> the question in words."""
# Commands that only somebody types who works on the product, not somebody who uses it.
_SETUP = regex(
    r"\bpip3? install\b.*(?:\s-(?:r|e|c)\b|--editable|--group|\.\[)|\b(?:poetry|bundle|pipenv|pdm|composer"
    r"|npm|pnpm|yarn"
    r"|bun|shards|mix deps|mix)[ .](?:install|i|ci|get|setup|sync|bundle)\b(?!\s+(?:--save|--global"
    r"|-[gDSE]\b|[\w@]))"
    r"|^yarn$|\b(?:uv|pixi|rye) (?:sync|venv|install|pip install)\b|\bpython3? -m (?:venv|virtualenv)"
    r"|\bvirtualenv\b"
    r"|\bconda (?:env )?create|\bdocker[ -]compose\b.*\b(?:up|build)\b|\bdevcontainer|\bvagrant up"
    r"|\bnix(?:-shell| develop)"
    r"|\b(?:make|just|task|rake|inv|invoke|npm run|pnpm run|yarn|pnpm|script|scripts"
    r"|bin)[ /](?:run )?[\w:./-]*"
    r"(?:setup|bootstrap|install|init|dev|build|deps|venv|env|start|develop|up|prepare|configure)\b|^g?make$"
    r"|\bpre-commit install|\b(?:cargo|go|dotnet|mvnw?|gradlew?|sbt|bazel|swift|zig|stack|cabal|dune|meson"
    r"|ninja|cmake"
    r"|xcodebuild|lein|ant)\b.*\b(?:build|compile|assemble|install|setup|package|restore|download|generate)\b"
    r"|\bcargo (?:run|check|xtask)|\bcmake\b|^\./(?:configure|gradlew|mvnw|bootstrap|setup|build|autogen"
    r"|buildconf)|setup\.py (?:develop|install|build)"
    r"|\bdotnet restore|\bgo (?:get|mod|install) \./|\bbundle$|\bhatch (?:shell|env)|\bflit install"
    r"|\bopam install \.",
    re.IGNORECASE,
)
_TEST = regex(
    r"(?<![\w@])(?:tox|nox)(?!.*\s(?:-[es]|--devenv)\s*\S*(?:docs|lint|fmt|type|mypy|venv|release|build))\b"
    r"|(?<![\w@])(?:py\.?test|rspec|phpunit|ctest|jest|vitest|cypress|playwright|trial|unittest|bats|mocha"
    r"|karma"
    r"|prove|parallel_rspec|minitest|testem|nextest)\b|\b(?:run|bin"
    r"|scripts?)[-_/]?(?:all[-_])?(?:unit[-_])?tests?\b"
    r"|\bgradlew?(?:\.bat)? (?:\S+ )*?:?build\b|\bmvnw? (?:\S+ )*?package\b"
    r"|\S*[\w./:-]*(?<![a-z])(?:tests?|specs?|check|verify|testsuite)(?![a-z])|\bcheckAll\b|\w(?:Test"
    r"|Check)s?\b"
)
_NO_SETUP = regex(
    r"\b(?:needs?|requires?)\b.{0,60}\b(?:nothing else|no (?:other )?(?:set-?up|installation|dependenc))"
    r"|\bno (?:set-?up|installation)"
    r" (?:is )?(?:needed|required|necessary)\b",
    re.IGNORECASE,
)
# Runners that fetch what they need: a clone is all that has to come before them.
_SELF_SUFFICIENT = regex(
    r"(?:g?make|just|go|dotnet|cargo|(?:\./)?(?:mvnw?|gradlew?)|sbt|bazel(?:isk)?|swift|zig|tox|nox|hatch|docker)\b"
)
_CLONE = regex(r"\bclone\b", re.IGNORECASE)
_STYLE = regex(
    r"\b(?:cod(?:e|ing)|programming|writing|commit|documentation|docs|consistent|existing|our"
    r"|the same)\b[\w' -]{0,20}"
    r"\b(?:style|standards?|conventions?|guidelines|formatting|rules)\b|\bstyle ?guides?\b|\bconventions?\b"
    r"|\blint(?:s|ed|er|ers|ing)?\b|\bformatters?\b|\bindent(?:s|ed|ation)?\b|\bPEP ?-?(?:8|257)\b|\bPSR-\d+"
    r"|\bpre-commit\b|\beditor ?config\b|\bstatic analys\w+|\bauto-?format\w*|\bclean code\b"
    r"|\b(?:is|are|be|properly|correctly|consistently|well) formatted\b|\bformatted (?:with|by|using)\b",
    re.IGNORECASE,
)
_STYLE_TOOL = regex(
    r"\b(?:black|ruff|flake8|pylint|isort|yapf|mypy|pre-commit|prettier|eslint|biome|oxlint|tslint|standard"
    r"|stylelint"
    r"|rubocop|standardrb|gofmt|goimports|gofumpt|golangci-lint|staticcheck|rustfmt|clippy|cargo fmt"
    r"|clang-format|clang-tidy"
    r"|uncrustify|astyle|checkstyle|spotless|ktlint|detekt|scalafmt|scalafix|swiftformat|swiftlint"
    r"|php-cs-fixer|phpcs|pint"
    r"|phpstan|psalm|credo|mix format|dialyzer|hlint|ormolu|fourmolu|stylish-haskell|ocamlformat|dart format"
    r"|dotnet format"
    r"|shellcheck|shfmt|terraform fmt|tflint|markdownlint|editorconfig|checkpatch|perltidy|perlcritic"
    r"|zig fmt|cljfmt"
    r"|fmt|lint|format|codespell|vale)\b",
    re.IGNORECASE,
)
_SUBMIT = regex(
    r"(?i:\b(?:pull|merge|change)[ -]requests?\b|\bgerrit\b|\bgit[ -]review\b"
    r"|(?<!security )\bpatch(?:es|sets?)?\b(?! (?:only|releases?|versions?|levels?|notes?)\b)"
    r"|\bsend-email\b"
    r"|\bphabricator\b|\breview ?board\b|\b(?:send|post|submit)\w*\b.*\bmailing list\b"
    r"|\bsubmit(?:ting)? (?:your |a |the |any )?(?:code|changes?|contributions?|commits?|work|fix(?:es)?)\b)"
    r"|\bPRs?\b|\bMRs?\b",
)
_HELP = regex(
    r"\b(?:ask|questions?|help|discuss(?:ions?)?|chat|slack|discord|gitter|matrix|irc|zulip|forum"
    r"|mailing list|support)\b",
    re.IGNORECASE,
)
GUIDE = regex(
    r"\b(?:contribut(?:ing|ors?|ors?['\u2019]s?|ion)(?: to [\w ]+)? (?:guide(?:lines?)?|docs|documentation"
    r"|handbook)"
    r"|contributing|developer(?:['\u2019]s|s)? (?:guide|docs|documentation|handbook)(?! style)|development (?:guide"
    r"|docs)|hacking)\b",
    re.IGNORECASE,
)
"""What a link to a guide as a whole is called."""
ABOUT: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        topic: regex(rf"\b(?:{words})\b", re.IGNORECASE)
        for topic, words in {
            "setup": r"set(?:ting)?[- ]?up|(?:dev|development) environment|build(?:ing)? from"
            r"|local(?:[- ]\w+)?[- ]dev\w*",
            "tests": r"tests|testing|test suite",
            "style": r"style|style ?guide|lint(?:ing|er)?|conventions?|coding (?:standards?|guidelines?)",
            "submit": r"pull requests?|merge requests?|submit(?:ting)?|patch(?:es)?|gerrit"
            r"|contribution (?:workflow|process)",
            "help": r"ask|questions?|help|discuss|chat|forum|slack|discord|gitter|matrix|zulip|irc",
        }.items()
    }
)
"""Topic -> words that name it around a link."""
_NOISE = regex(r"(?:^|\s)#.*|\S*(?:://|github\.com)\S*|(?<=\s)\S+=\S+")
_COMMENT = regex(r"(?:^|\s)#.*")
_FETCHING = regex(r"\b(?:install|add|clone|checkout|commit|cd|require)\b")


def answered(topic: str, parts: Iterable[Part], notes: Iterable[Part] = ()) -> Location | None:
    """Return where the first of some texts answers a topic of `TOPICS`, or None.

    Set-up and tests need a command: one that is for that by its words, wherever it stands, or any in a
    section about the topic, or such a section with text in a document that gives commands elsewhere. Of
    `notes`, which may be for users, only commands of the first sort count.
    """
    return _FINDERS[topic](tuple(parts)) or (
        _command(notes, _FOR_SURE[topic]) if topic in _FOR_SURE else None
    )


def _setup(parts: tuple[Part, ...]) -> Location | None:
    return (
        _command(parts, _is_setup)
        or _section(parts, "setup")
        or _cloned(parts)
        or first_said(parts, _NO_SETUP)
    )


def _tests(parts: tuple[Part, ...]) -> Location | None:
    return _command(parts, _is_test) or _section(parts, "tests")


def _style(parts: tuple[Part, ...]) -> Location | None:
    return (
        next((s.at() for s in _about(parts, "style") if not lack(s)), None)
        or first_said(parts, _STYLE)
        or first_said(parts, _STYLE_TOOL)
        or _command(parts, lambda text: bool(_STYLE_TOOL.search(text)))
        or next((whole(p).at(c.line) for p in parts for c in p.codes if _STYLE_TOOL.search(c.text)), None)
    )


def _submit(parts: tuple[Part, ...]) -> Location | None:
    return first_said(parts, _SUBMIT) or _command(parts, lambda text: bool(_SUBMIT.search(text)))


def _help(parts: tuple[Part, ...]) -> Location | None:
    return first_said(parts, _HELP)


_FINDERS: Mapping[str, Callable[[tuple[Part, ...]], Location | None]] = MappingProxyType(
    {"setup": _setup, "tests": _tests, "style": _style, "submit": _submit, "help": _help}
)


def _is_setup(command: str) -> bool:
    return bool(_SETUP.search(_COMMENT.sub("", command)))


def _is_test(command: str) -> bool:
    text = _NOISE.sub(" ", command)
    return bool(_TEST.search(text)) and not _FETCHING.search(text)


_FOR_SURE: Mapping[str, Callable[[str], bool]] = MappingProxyType({"setup": _is_setup, "tests": _is_test})


def _command(parts: Iterable[Part], wanted: Callable[[str], bool]) -> Location | None:
    return next((each.location for part in parts for each in instructions(part) if wanted(each.text)), None)


def _section(parts: tuple[Part, ...], topic: str) -> Location | None:
    """Return a section about a topic that holds a command, or holds text where its document has commands."""
    found = [section for section in _about(parts, topic) if not lack(section)]
    for section in found:
        if _relevant(instructions(section)):
            return section.at()
    return next((s.at() for s in found if _relevant(instructions(s.document))), None)


def _cloned(parts: Iterable[Part]) -> Location | None:
    """Return a section that leads from a clone to tests whose runner fetches what they need."""
    for section in map(own, _inner(parts)):
        commands = instructions(section)
        said_so = [place.line for text, place in sentences(section) if _CLONE.search(text)]
        clones = said_so + [each.location.line for each in commands if each.text.startswith("git clone")]
        tests = [each for each in commands if _SELF_SUFFICIENT.match(each.text) and _is_test(each.text)]
        if any(each.location.line > line for each in tests for line in clones):
            return section.at()
    return None


def _relevant(commands: tuple[Instruction, ...]) -> bool:
    """Whether there is a command besides those that only fetch, branch and commit."""
    return any(not each.text.startswith("git ") for each in commands)


def _about(parts: Iterable[Part], topic: str) -> list[Section]:
    return [s for s in _inner(parts) if s.heading is not None and about(s.heading.text, topic)]


def _inner(parts: Iterable[Part]) -> list[Section]:
    return [s for part in parts for s in (part.sections if isinstance(part, Document) else _inside(part))]


def _inside(part: Section) -> list[Section]:
    return [s for s in part.document.sections if part.start <= s.start and s.end <= part.end]
