"""Words in front of a command that only say how it is run: `sudo`, `poetry run`, `npx`, `python -m`."""

from __future__ import annotations

import re
from dataclasses import replace

from pytest_productops.facts.commands.model import Call
from pytest_productops.facts.commands.runner import inside, split
from pytest_productops.lazy import regex

_WRAPPERS = """
sudo: -u -g -H
time:
nohup:
exec:
command:
winpty:
xvfb-run: -s --server-args -n
nice: -n
env: -u -C
bundle exec:
composer exec:
rbenv exec:
pyenv exec:
asdf exec:
poetry run: -C --directory --project
pipenv run:
rye run:
pdm run: -p --project
hatch run:
hatch -e:
pixi run: -e --environment
coverage run: --source --rcfile
uv tool run: --from --with --python -p
uvx: --from --with --python -p
uv run: --group --extra --with --python -p --project --directory --only-group --with-requirements --package --index-url --env-file --no-group --with-editable -C
pipx run: --spec --python
npx: -p --package
bunx:
pnpm exec:
pnpm dlx:
yarn exec:
yarn dlx:
npm exec: -p --package
mise exec:
mise x:
dotenv run: -f
doppler run:
cross-env:
timeout: -k -s
retry:
"""  # noqa: E501 - one wrapper a line
"""A wrapper a line, with those of its options that take a value."""
_PLAIN = tuple(
    (tuple(head.split()), frozenset(valued.split()))
    for head, _, valued in (line.partition(":") for line in _WRAPPERS.strip().splitlines())
)
_PREFIX = regex(
    r"^(?:\$\{\w+[^}]*\}/?|\$\w+/|\$\([A-Z_]+\)/|(?:\.?/)?(?:\.?venv|env)/(?:bin|Scripts)/)+"
    r"(?:(?:bin|Scripts)/(?=(?:python|pip|pytest|coverage|tox|nox|pre-commit)[\d.]*\Z))?(?=[\w.])"
)
_PYTHON = regex(
    r"^(?:.*/)?(?:python|py|pypy)(?:[\d.]*)(?:\.exe)?$|^\$[({]?PYTHON3?[)}]?$|^\$\{\w*python\}$",
    re.IGNORECASE,
)
_ASSIGNMENT = regex(r"^[A-Za-z_]\w*=")


def unwrap(call: Call) -> Call | None:
    """Return the call without its outermost wrapper, None where there is none."""
    words = call.words
    for head, valued in _PLAIN:
        if words[: len(head)] == head and len(words) > len(head):
            return _behind(call, words[len(head) :], valued)
    if _PYTHON.match(words[0]):
        return _module(call)
    bare = _PREFIX.sub("", words[0])
    return replace(call, words=(bare, *words[1:])) if bare != words[0] else None


def _behind(call: Call, words: tuple[str, ...], valued: frozenset[str]) -> Call | None:
    parts = split(words, valued | {"-e"} if call.words[0] == "hatch" else valued, stop=True)
    rest = parts.operands + parts.left
    env = dict(call.env)
    while rest and _ASSIGNMENT.match(rest[0]):
        env.update([tuple(rest[0].split("=", 1))])  # type: ignore[list-item]
        rest = rest[1:]
    if call.words[0] == "timeout":
        rest = rest[1:]
    folder = inside(call.folder, parts.get("--directory", "-C"))
    return replace(call, words=rest, env=env, folder=folder) if rest else None


def _module(call: Call) -> Call | None:
    """Return `python -m tox -e x` as `tox -e x`."""
    words = list(call.words[1:])
    while words and words[0] in {"-I", "-u", "-B", "-E", "-s", "-bb", "-b", "-OO", "-O"}:
        words.pop(0)
    while len(words) > 1 and words[0] in {"-W", "-X"}:
        del words[:2]
    return replace(call, words=tuple(words[1:])) if len(words) > 1 and words[0] == "-m" else None
