"""The hook in `.pre-commit-config.yaml` (https://pre-commit.com/#adding-pre-commit-plugins-to-your-project).

The entry goes behind the last one, in the file's own indentation. It is read before and after: the same entries, and
ours behind them, or nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.cli.init.snippets import hook
from pytest_productops.cli.init.step import Step
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.yaml import Map, Seq, YamlError, read
from pytest_productops.policy.edit import NotEdited, rewritten
from pytest_productops.repository import Repository

NAME = "hook"
PATH = ".pre-commit-config.yaml"
THERE = f"{PATH} has it already"


def step(repository: Repository, *, wanted: bool) -> Step | None:
    """Return the file with the hook; None where there is no such file and none is wanted."""
    files = repository[Files]
    if PATH not in files:
        new = f"repos:\n{stanza('  ')}".encode()
        return Step(NAME, f"{PATH}: written", PATH, new) if wanted else None
    try:
        data = files.read_bytes(PATH)
        new = rewritten(data, with_hook).encode()
    except (Unreadable, NotEdited) as error:
        return Step(NAME, f"{PATH} stays as it is: {error}; add this by hand", paste=stanza("  "))
    return Step(NAME, f"{PATH}: an entry added", PATH, new, data) if new != data else Step(NAME, THERE)


def stanza(indent: str) -> str:
    """Return our entry of `repos`."""
    return "".join(f"{indent}{line}\n" for line in hook())


def with_hook(text: str) -> str:
    """Return the file with our entry, once; raise `NotEdited` where it would say anything else then."""
    try:
        said = read(text, PATH).value
        repos = said.get("repos") if isinstance(said, Map) else None
        if not isinstance(repos, Seq) or not repos:
            raise NotEdited("it has no list of repos")
        if any(map(_ours, _hooks(repos))):
            return text
        wanted = {**said, "repos": [*repos, *read(stanza(""), PATH).value]}
        for candidate in _candidates(text, repos.lines[-1]):
            if _says(candidate, wanted):
                return candidate
    except YamlError as error:
        raise NotEdited(str(error)) from error
    raise NotEdited("its list of repos leaves no room")


def _hooks(repos: Seq) -> Iterator[Map]:
    for repo in repos:
        hooks = repo.get("hooks") if isinstance(repo, Map) else None
        yield from (hook for hook in hooks if isinstance(hook, Map)) if isinstance(hooks, Seq) else ()


def _ours(hook: Map) -> bool:
    """Whether a hook runs the rules: by its id, or by its command."""
    return (
        str(hook.get("id", "")).startswith("productops") or "productops" in str(hook.get("entry", "")).split()
    )


def _says(text: str, wanted: object) -> bool:
    try:
        return bool(read(text, PATH).value == wanted)
    except YamlError:
        return False


def _candidates(text: str, last: int) -> Iterator[str]:
    """Yield texts with our entry behind each line from where the last entry begins, a list item's dash before it."""
    lines = text.split("\n")
    dash = next((at for at in range(last - 1, -1, -1) if lines[at].split()[:1] == ["-"]), None)
    if dash is None:
        return
    indent = lines[dash][: len(lines[dash]) - len(lines[dash].lstrip())]
    gap = "\n" if dash and not lines[dash - 1].strip() else ""
    for after in range(dash + 1, len(lines) + 1):
        if after < len(lines) and _of_the_entry(lines[after], indent):
            continue
        before, behind = "\n".join(lines[:after]).rstrip("\n"), "\n".join(lines[after:])
        yield f"{before}\n{gap}{stanza(indent)}{behind}"


def _of_the_entry(line: str, indent: str) -> bool:
    """Whether a line is indented deeper than the dash of an entry."""
    return bool(line.strip()) and line.startswith(f"{indent} ")
