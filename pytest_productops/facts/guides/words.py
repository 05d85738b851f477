"""Guide words: which commands prepare a checkout or test it, and by which words the rest of a guide is known."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

# Commands that only somebody types who works on the product, not somebody who uses it.
SETUP = regex(
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
TEST = regex(
    r"(?<![\w@])(?:tox|nox)(?!.*\s(?:-[es]|--devenv)\s*\S*(?:docs|lint|fmt|type|mypy|venv|release|build))\b"
    r"|(?<![\w@])(?:py\.?test|rspec|phpunit|ctest|jest|vitest|cypress|playwright|trial|unittest|bats|mocha"
    r"|karma"
    r"|prove|parallel_rspec|minitest|testem|nextest)\b|\b(?:run|bin"
    r"|scripts?)[-_/]?(?:all[-_])?(?:unit[-_])?tests?\b"
    r"|\bgradlew?(?:\.bat)? (?:\S+ )*?:?build\b|\bmvnw? (?:\S+ )*?package\b"
    r"|(?<![a-z])(?:tests?|specs?|check|verify|testsuite)(?![a-z])|\bcheckAll\b|\w(?:Test"
    r"|Check)s?\b"
)
NO_SETUP = regex(
    r"\b(?:needs?|requires?)\b.{0,60}\b(?:nothing else|no (?:other )?(?:set-?up|installation|dependenc))"
    r"|\bno (?:set-?up|installation)"
    r" (?:is )?(?:needed|required|necessary)\b",
    re.IGNORECASE,
)
# Runners that fetch what they need: a clone is all that has to come before them.
SELF_SUFFICIENT = regex(
    r"(?:g?make|just|go|dotnet|cargo|(?:\./)?(?:mvnw?|gradlew?)|sbt|bazel(?:isk)?|swift|zig|tox|nox"
    r"|hatch|docker)\b"
)
CLONE = regex(r"\bclone\b", re.IGNORECASE)
STYLE = regex(
    r"\b(?:cod(?:e|ing)|programming|writing|commit|documentation|docs|consistent|existing|our"
    r"|the same)\b[\w' -]{0,20}"
    r"\b(?:style|standards?|conventions?|guidelines|formatting|rules)\b|\bstyle ?guides?\b|\bconventions?\b"
    r"|\blint(?:s|ed|er|ers|ing)?\b|\bformatters?\b|\bindent(?:s|ed|ation)?\b|\bPEP ?-?(?:8|257)\b|\bPSR-\d+"
    r"|\bpre-commit\b|\beditor ?config\b|\bstatic analys\w+|\bauto-?format\w*|\bclean code\b"
    r"|\b(?:is|are|be|properly|correctly|consistently|well) formatted\b|\bformatted (?:with|by|using)\b",
    re.IGNORECASE,
)
STYLE_TOOL = regex(
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
SUBMIT = regex(
    r"(?i:\b(?:pull|merge|change)[ -]requests?\b(?! (?:events?|triggers?|builds?|workflows?)\b)|\bgerrit\b"
    r"|\bgit[ -]review\b"
    r"|(?<!security )\bpatch(?:es|sets?)?\b(?! (?:only|releases?|versions?|levels?|notes?)\b)"
    r"|\bsend-email\b"
    r"|\bphabricator\b|\breview ?board\b|\b(?:send|post|submit)\w*\b.*\bmailing list\b"
    r"|\bsubmit(?:ting)? (?:your |a |the |any )?(?:code|changes?|contributions?|commits?|work|fix(?:es)?)\b)"
    r"|\bPRs?\b|\bMRs?\b",
)
SENDING = regex(
    r"(?i:\b(?:open|send|submit|creat|mak|rais|fil|issu|post|propos|provid|contribut)\w*\b[^.;]{0,60}"
    r"\b(?:pull[ -]requests?|merge[ -]requests?|patch(?:es)?)\b"
    r"|\b(?:pull[ -]requests?|merge[ -]requests?|patches)\b[^.;]{0,60}\b(?:welcomed?|appreciated|accepted|encouraged"
    r"|review(?:s|ed)?|should|must|against)\b"
    r"|\bwelcome\b[^.;]{0,60}\b(?:pull[ -]requests?|merge[ -]requests?|patches)\b|\bgit[ -]review\b|\bsend-email\b"
    r"|\bgerrit\b|\b(?:send|post|submit)\w*\b.*\bmailing list\b"
    r"|\bsubmit(?:ting)? (?:your |a |the |any )?(?:code|changes?|contributions?|commits?|work|fix(?:es)?)\b)"
    r"|\b(?i:open|send|submit|creat|mak|rais|fil|issu)\w*\b[^.;]{0,60}\b(?:PRs?|MRs?)\b"
    r"|\b(?:PRs?|MRs?)\b[^.;]{0,60}\b(?:welcomed?|appreciated|accepted|encouraged|should|must|against)\b",
)
"""That a change is sent, in a text that is not on contributing."""
HELP = regex(
    r"\b(?:ask|questions?|help|discuss(?:ions?)?|chat|slack|discord|gitter|matrix|irc|zulip|forum"
    r"|mailing list|support)\b",
    re.IGNORECASE,
)
NOISE = regex(r"(?:^|\s)#.*|(?<!\S)\S*(?:://|github\.com)\S*|(?<=\s)\S+=\S+")
COMMENT = regex(r"(?:^|\s)#.*")
TESTING = regex(
    r"\b(?:runs?|running|execut\w+)\b.{0,80}\btests?\b|\btests?\b.{0,60}\brunning\b", re.IGNORECASE
)
"""A sentence that says that something runs the tests."""
FETCHING = regex(r"\b(?:install|add|clone|checkout|commit|cd|require)\b")
