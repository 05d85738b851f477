"""Instructions: the commands that a text tells its reader to type, whatever the markup around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.substance.parts import Part, span, whole
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_SHELLS = regex(
    r"(?:sh|bash|zsh|fish|shell|console|sh(?:ell)?-?session|terminal|cmd|bat|batch|powershell|ps1|pwsh"
    r"|doscon|command)\Z"
)
_EXAMPLES = regex(r"(?:just(?:file)?|make(?:file)?|mf|toml|ya?ml|json5?|ini|xml|diff|dockerfile)\Z")
"""What is shown of files holds commands, but none to type."""
_PROMPT = regex(
    r"^\s*(?:\([\w.-]+\)\s*)?(?:[\w.@~:/-]*[$%>\u276f]|[\w.~:/-]+@[\w.~:/-]+#|PS [^>]*>)\s+(?=\S)"
)
_TOOLS = """
    curl wget winget choco scoop pacman dnf yum zypper apk snap flatpak ant apt apt-get bazel bazelisk
    brew buck2? bun bundle cabal cargo clojure cmake composer conan conda ctest dart deno devbox direnv
    docker docker-compose dotnet dune earthly eslint flutter gem gh git go golangci-lint gradle grunt
    gulp hatch heroku helm invoke inv jake java jest julia just kind kubectl lein mage mamba make gmake
    meson mix mocha mvn mypy nimble ninja nix nix-build nix-shell node nox npm npx nvm nx opam pants pdm
    perl phpunit php pip pip3 pipenv pipx pixi pnpm podman poetry pre-commit prove py.test pyenv pytest
    python python3 py rails rake rbenv rebar3 rspec rubocop ruby ruff rustup rye sam sbt scons
    serverless skaffold source stack swift task terraform terragrunt tilt tox trial tsc turbo uv uvx
    vagrant vitest virtualenv xcodebuild yarn zig autoreconf buildconf shards
"""
_COMMAND = regex(
    rf"^(?:sudo\s+|[A-Z_][A-Z0-9_]*=\S*\s+|[\w-]+-(?:run|exec)\s+)*(?:(?:{'|'.join(_TOOLS.split())})(?:\s+\S.*|\s*$)"
    r"|(?:\.{1,2}/|\.\\|~/)?(?:[\w.-]+/)*[\w-]+\.(?:sh|py|bat|ps1|rb|pl|cmd|bash)\b.*"
    r"|\./[\w./-]+.*|(?:bin|scripts?|hack|tools|dev|ci|vendor/bin)/[\w./-]+.*)$"
)
# One word that is a command, not the name of a tool or a file that a sentence speaks of.
_ALONE = regex(
    r"(?:\./|(?:vendor/)?bin/|scripts?/)|(?:make|pytest|tox|nox|rake|rspec|ctest|phpunit|just|task|bundle"
    r"|yarn)\Z"
)
_RUN = regex(
    r"\b(?:run(?:ning)?|execut(?:e|ing)|invok(?:e|ing)|typ(?:e|ing)|launch)(?:\W+(?:the|a|command"
    r"|script))*\W*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Instruction:
    """A command as a document quotes it, without prompt, and its place."""

    text: str
    location: Location


def instructions(part: Part) -> tuple[Instruction, ...]:
    """Return the commands of a part, from code blocks and running text, in the order of their lines."""
    found = [*_in_blocks(part), *_in_text(part)]
    if whole(part).format == "text":  # no reader marks its code
        found += _in_source(part)
    return tuple(sorted(found, key=lambda each: each.location.line))


def _in_blocks(part: Part) -> Iterator[Instruction]:
    for block in part.code_blocks:
        lines = block.text.split("\n")
        prompted = any(_PROMPT.match(line) for line in lines)
        if _EXAMPLES.match(block.language) and not prompted:
            continue
        for number, line in enumerate(lines, block.line):
            text = _PROMPT.sub("", line).strip()
            certain = (
                _SHELLS.match(block.language)
                and not prompted
                and not text.startswith(("#", "//", "::", "rem "))
            )
            if text and (_PROMPT.match(line) or _COMMAND.match(text) or certain):
                yield Instruction(text, whole(part).at(number))


def _in_text(part: Part) -> Iterator[Instruction]:
    lines = whole(part).lines
    for code in part.codes:
        text = _PROMPT.sub("", code.text).strip()
        known = _COMMAND.match(text) and (" " in text or _ALONE.match(text))
        if known or (text and _told_to_run(text, lines[code.line - 1])):
            yield Instruction(text, whole(part).at(code.line))


def _told_to_run(text: str, line: str) -> bool:
    """Whether a line says to run something: "by executing `ci/all`"."""
    before, found, _ = line.partition(f"`{text}`")
    return bool(found and _RUN.search(before))


def _in_source(part: Part) -> Iterator[Instruction]:
    first, last = span(part)
    document = whole(part)
    for number, line in enumerate(document.lines[first - 1 : last], first):
        text = _PROMPT.sub("", line).strip().strip("`+~")
        indented = _PROMPT.match(line) or line.startswith(("  ", "\t")) or " " in text
        if indented and _COMMAND.match(text) and not text.endswith((".", ":", ",")):
            yield Instruction(text, document.at(number))
        for code in re.findall(r"`([^`]+)`", line):
            if _COMMAND.match(code) and (" " in code or _ALONE.match(code)):
                yield Instruction(code, document.at(number))
