"""Which commands run tests, by the table of families and by what their targets run."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pytest_productops.facts.commands import Call, calls
from pytest_productops.facts.commands.wrappers import unwrap
from pytest_productops.facts.pipelines.expressions import UNKNOWN
from pytest_productops.facts.pipelines.family_table import FAMILIES
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_KNOWN = tuple((name, regex(pattern)) for name, pattern in FAMILIES)
_SCRIPT = regex(
    r"^(?:.*/)?(?:[\w-]*[-_])?(?:run)?(?:all|unit|integration)?[-_]?tests?(?:[-_][\w-]*)?(?:\.\w+)?$"
)
_SHELLS = frozenset({"bash", "sh", "zsh", "dash", "ksh", "pwsh", "powershell", "source", "."})
_CONTAINER = regex(r"^(?:(?:[\w-]+-)?(?:docker|podman)(?:-compose)?|nerdctl|kubectl)$")
_INTERPRETER = regex(r"(?:ruby|python|pypy|node|perl|php)[\d.]*")
_LOOKED_UP = regex(r"\b(rake|rspec|pytest|tox|nox|phpunit|jest|mocha)\b")
_VARIABLE = regex(r"^\$[({]?\w+[)}]?$")
_DISCARD = frozenset({
    "echo", "printf", "which", "command", "type", "pip", "pip3", "apt-get", "apt", "brew", "cat",
    "grep", "git", "curl", "wget", "mkdir", "rm", "cp", "mv", "ls", "chmod", "choco", "gh",
})  # fmt: skip
_OPEN = regex(
    r"^(?:docker|podman|nerdctl|buildah|buildx|docker-compose) (?:\S+ )*(?:build|run|up|exec|bake)(?: |$)"
    r"|^nix(?:-build|-shell)?(?: |$)"
    r"|^(?:earthly|dagger|bazel|bazelisk|pants|tilt|act)(?: |$)"
    r"|^(?:cibuildwheel|vagrant|ssh|qemu\S*|lxc|crc|guix|skaffold|devbox|flox)(?: |$)"
    r"|^gh workflow run|^go run (?:-\S+ )*(?:\.|\w[\w/]*\.go)|^cargo (?:run|xtask)(?: |$)"
    r"|^dotnet (?:run|\S+\.cs)(?: |$)|^(?:dotnet(?: tool run)? )?(?:dotnet-)?(?:cake|fake|nuke)(?: |$)"
    r"|^mvnw?(?: \S+)* \$GITHUB_EXPRESSION(?: |$)"
)
_NOT_RUN = frozenset({"--notest", "--no-run", "--collect-only"})
MAX_WRAPPERS = 6
MAX_TEXT = 500
"""How much of a command is looked at, so that no pattern takes long."""
MAX_MEASURED = 12
"""How far into a command its real program is looked for."""
BY_NAME = frozenset({"npm", "make", "script", "rake", "php", "hatch", "cargo", "command"})
"""Families whose call may be named after tests and yet run none."""
_NO_TESTS = regex(
    r"(?:update|bless|record)[-_]|lint|type|format|fmt|build|compile|install|setup|deps|docs?\b|report|upload|clean|prepare|generate|seed|migrate"
    r"|static|directive|server|fixture|data\b|helper|certs?\b|wait"
)
_TRIVIAL = frozenset({"echo", "printf", "exit", "true", ":", "false", "return"})
_TOX = regex(r"^(?:tox|tox4|nox)\b(?! (?:-l|--list|--version|list|l|config|devenv)\b)")


def tests(call: Call, expand: Callable[[Call], Iterable[Call]]) -> str:
    """Return the family of tests that a call runs, itself or through the runner that it calls, or nothing."""
    inner = [one for one in expand(call) if one != call]
    family = test_family(call)
    if family in BY_NAME:
        return family if _really(call, inner, family) else ""
    return family or _environment(call, inner)


def _really(call: Call, inner: list[Call], family: str) -> bool:
    """Whether a target or script named after tests may run them, as far as its body is known."""
    body = [one for one in inner if one.words[0] not in _TRIVIAL]
    if inner and (not body or any(test_family(one) for one in body)):
        return bool(body)
    names = [word.lower() for word in call.words if "test" in word.lower() or "spec" in word.lower()]
    if not names and family != "rake":
        return not inner
    return not any(map(names_no_tests, names))


def names_no_tests(path: str) -> bool:
    """Whether a target or script is named for something else than tests, or for what tests need."""
    return bool(_NO_TESTS.search(path.lower().rpartition("/")[2]))


def _environment(call: Call, inner: list[Call]) -> str:
    """Return "tox" for a call of tox or nox whose environments cannot be read but are not named otherwise."""
    for words in readings(call):
        text = " ".join((_base(words[0]), *words[1:]))[:MAX_TEXT]
        if _TOX.match(text) and not inner and "--notest" not in words:
            chosen = re.findall(r"(?:-e|-s|--env|--session|--sessions)[ =]?(\S+)", text)
            return "tox" if all(re.search(r"py|test|\d|\$|cov|unit|func", one) for one in chosen) else ""
    return ""


def test_family(call: Call) -> str:
    """Return the family of test runners that a call belongs to, or nothing."""
    for words in readings(call):
        text = " ".join((_base(words[0]), *words[1:]))[:MAX_TEXT]
        if not _NOT_RUN.isdisjoint(words):
            return ""
        if words[0] in _DISCARD:
            continue
        family = _measured(words) or next((name for name, pattern in _KNOWN if pattern.match(text)), "")
        if family or _is_script(words):
            return family or "script"
    return ""


def _measured(words: tuple[str, ...]) -> str:
    """Return the family behind a program that only measures coverage: `c8 --reporter lcov node --test`."""
    for at in range(1, min(len(words), MAX_MEASURED)) if words[0] in ("c8", "nyc") else ():
        text = " ".join(words[at:])[:MAX_TEXT]
        family = next((name for name, pattern in _KNOWN if pattern.match(text)), "")
        if family and family not in BY_NAME:
            return family
    return ""


def opaque(call: Call) -> str:
    """Return what a call runs when that cannot be seen here (a container, a remote machine), or nothing."""
    if _VARIABLE.match(call.words[0]) and (len(call.words) == 1 or call.words[0] == UNKNOWN):
        return "a command that only a run knows"
    for words in readings(call):
        if _OPEN.match(" ".join((_base(words[0]), *words[1:]))):
            return " ".join(words[:3])
    return ""


def readings(call: Call) -> Iterator[tuple[str, ...]]:
    """Yield a call's words, then those behind each wrapper, and of the shell texts in them."""
    layer: Call | None = call
    for _ in range(MAX_WRAPPERS):
        if layer is None or not layer.words:
            return
        yield layer.words
        yield from _nested(layer)
        yield from _looked_up(layer)
        layer = unwrap(layer) or _peeled(layer)


def _peeled(call: Call) -> Call | None:
    """Return a call without a container's prefix or a variable that stands for a program."""
    words = call.words
    if _VARIABLE.match(words[0]) and len(words) > 1:
        return replace(call, words=words[2:] if words[1] == "-m" and len(words) > 2 else words[1:])  # noqa: PLR2004
    if _CONTAINER.match(_base(words[0])):
        at = next((i for i, word in enumerate(words) if word in ("run", "exec")), 0)
        rest = _operands(words[at + 1 :]) if at else ()
        return replace(call, words=rest[1:]) if len(rest) > 1 else None
    if words[0] in ("conda", "mamba", "micromamba") and len(words) > 1 and words[1] == "run":
        return replace(call, words=rest) if (rest := _operands(words[2:])) else None
    if words[0] in _OTHER_WRAPPERS:
        rest = _operands(words[1:])
        rest = rest[1:] if rest[:1] in _VERBS else rest
        return replace(call, words=_operands(rest)) if rest else None
    return None


def contained(call: Call) -> Call:
    """Return what a call runs in a container by its words (`docker compose run web make`), else the call itself."""
    inner = _peeled(call) if call.words and _CONTAINER.match(_base(call.words[0])) else None
    return inner or call


_VERBS = (("exec",), ("run",), ("develop",), ("dlx",), ("dynamic",))
_OTHER_WRAPPERS = frozenset({
    "yarn", "npm", "pnpm", "xargs", "catchsegv", "unbuffer", "dbus-run-session", "php", "op",
    "stdbuf", "wine", "node", "nix", "nix-shell", "valgrind", "strace", "script", "fvm", "opam",
    "vendor", "faketime", "setarch", "arch", "caffeinate", "sudo", "firejail", "rustup",
})  # fmt: skip
_VALUED = frozenset({
    "-n", "--name", "-p", "--prefix", "-e", "--env", "-v", "--volume", "-w", "--workdir", "-u",
    "--user", "--env-file", "-f", "--file", "--network", "--profile", "-t", "--entrypoint",
    "--platform", "--mount", "--index", "--project-name", "--cwd", "-C", "--command",
})  # fmt: skip


def _operands(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words from the first that is no option and no option's value."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in _VALUED and words[at] != "--command" else 1
    return words[at:]


def _nested(call: Call) -> Iterator[tuple[str, ...]]:
    """Yield the commands of `bash -c "..."`, `nix-shell --run "..."` and the like."""
    flags = (
        "-c",
        "-lc",
        "-ec",
        "-exc",
        "-euxc",
        "-ic",
        "-euc",
        "-xc",
        "-lic",
        "--run",
        "--command",
        "-cmd",
        "/c",
        "-Command",
    )
    for flag, text in zip(call.words, call.words[1:], strict=False):
        if flag in flags and " " in text:
            for inner in calls(text, Location("", 1)):
                yield inner.words
                yield from readings(inner)


def _looked_up(call: Call) -> Iterator[tuple[str, ...]]:
    """Yield `rake test` of `ruby -w $(bundle exec which rake) test`."""
    at = next((i for i, word in enumerate(call.words) if word.startswith("$(")), 0)
    named = _LOOKED_UP.search(call.words[at]) if at and _INTERPRETER.fullmatch(_base(call.words[0])) else None
    if named:
        yield (named[1], *call.words[at + 1 :])


def _base(word: str) -> str:
    """Return a program's name without its folder, for scripts of the tree too."""
    return posixpath.basename(word.replace("\\", "/")) or word


def _is_script(words: tuple[str, ...]) -> bool:
    """Whether a script by the name of tests is run: `./run-tests.sh`, `python tests/run_tests.py`."""
    first = _base(words[0])
    if first in _SHELLS or re.fullmatch(
        r"(?:python|pypy|ruby|perl|node|php|tsx|ts-node|lua|Rscript)[\d.]*", first
    ):
        rest = [word for word in words[1:] if not word.startswith("-")] if "-m" not in words[1:3] else []
        return bool(rest) and bool(_SCRIPT.match(rest[0])) and "/" not in rest[0][-1:]
    return (
        ("/" in words[0] or "." in words[0])
        and not first.startswith("-")
        and words[0] != "./tests"
        and bool(_SCRIPT.match(words[0]))
    )
