"""Scripts of package.json (https://docs.npmjs.com/cli/using-npm/scripts): npm, yarn, pnpm and bun."""

from __future__ import annotations

from dataclasses import replace

from pytest_productops.facts.commands import json_scripts
from pytest_productops.facts.commands.model import Call, Definition, Target
from pytest_productops.facts.commands.runner import Ask, Runner, Words, inside, split
from pytest_productops.facts.files import Files

_VALUED_WORDS = """
-C --prefix --cwd --dir -w --workspace --filter -F --loglevel --registry --userconfig
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_PNPM_VALUED = _VALUED - {"-w"}
_SHORT = {"t": "test", "tst": "test", "test": "test", "start": "start", "stop": "stop", "restart": "restart"}
_FOREIGN = frozenset({"-w", "--workspace", "--filter", "-F", "-ws", "--workspaces", "-r", "--recursive"})
_SURE_WORDS = """
test start build dev lint watch prod deploy e2e bootstrap setup typecheck coverage
"""
SURE = frozenset(_SURE_WORDS.split())
"""Names of scripts that no widespread package gives to a program of its own."""


class Npm(Runner):
    """The scripts of package.json, whichever program runs them."""

    name = "npm"
    kind = "npm script"
    needs = "package.json"
    names = ("package.json",)
    upward = True

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds nothing of this runner."""
        return json_scripts.read(files, path, "npm", lambda body: [body] if isinstance(body, str) else [])

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        program, rest = call.words[0], call.words[1:]
        if program not in {"npm", "yarn", "pnpm", "bun", "yarnpkg"}:
            return None
        words = split(rest, _PNPM_VALUED if program == "pnpm" else _VALUED, stop=False)
        if words.has("--if-present", "--help", "-h"):
            return None
        return _npm(call, words) if program == "npm" else _other(call, words, program)

    def find(self, definition: Definition, name: str) -> Target | None:
        """A script also runs `prename` before and `postname` after it."""
        target = definition.get(name)
        if target is None:
            return None
        return replace(target, needs=tuple(n for n in (f"pre{name}", f"post{name}") if definition.get(n)))


def _npm(call: Call, words: Words) -> Ask | None:
    if not words.operands:
        return None
    first, *more = words.operands
    if first in {"run", "run-script", "rum", "urn"} and more:
        name = more[0]
    elif first in _SHORT:
        name = _SHORT[first]
    else:
        return None
    folder = inside(call.folder, words.get("--prefix", "-C"))
    unsure = words.has(*_FOREIGN) or (name, first) in {("start", "start"), ("restart", "restart")}
    return Ask((name,), folder, unsure=unsure)


_YARN_WORDS = """
add audit autoclean bin cache check config constraints create dedupe dlx exec explain generate-lock-
entry help import info init install licenses link list login logout node npm outdated owner pack
patch plugin policies publish rebuild remove search self-update set stage tag team unlink unplug up
update upgrade upgrade-interactive version versions why workspaces x fetch store prune ci i rm ls ln
env deploy setup approve-builds patch-commit pm repl upgrade global doctor server
"""
_YARN = frozenset(_YARN_WORDS.split())


def _other(call: Call, words: Words, program: str) -> Ask | None:
    """Read a call of yarn, pnpm or bun, which also run programs of dependencies."""
    folder = inside(call.folder, words.get("--cwd", "-C", "--dir", "--prefix"))
    operands = words.operands
    foreign = words.has(*_FOREIGN - {"-w"})
    if operands[:1] == ("workspace",) and len(operands) > 2:  # noqa: PLR2004 - yarn workspace NAME SCRIPT
        operands, foreign = operands[2:], True
    explicit = operands[:1] == ("run",)
    operands = operands[1:] if explicit else operands
    if not operands or (not explicit and (operands[0] in _YARN or program == "bun")):
        return None
    if words.has("-w", "--workspace-root") and program == "pnpm":
        folder = ""
    name = _SHORT.get(operands[0], operands[0]) if not explicit else operands[0]
    sure = ":" in name or name in SURE or (program == "pnpm" and explicit)
    return Ask((name,), folder, unsure=foreign or not sure)
