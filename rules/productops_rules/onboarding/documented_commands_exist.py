"""ONB003: commands in the process documents exist."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from pytest_productops.api import (
    Edit,
    Files,
    Finding,
    Less,
    NotApplicable,
    Quoted,
    QuotedCommands,
    RenamedTargets,
    Resolution,
    Unavailable,
    fixes,
    rewritten,
    rule,
)


@rule("ONB003", stage="build", level="bronze")
def documented_commands_exist(
    quoted: QuotedCommands, *, ignore: Less[tuple[str, ...]] = ()
) -> Iterator[Finding]:
    """Every command that a process document quotes exists.

    Looks at the commands in README, CONTRIBUTING, release and deployment documents and the like, in code
    blocks and in running text, and asks whether this repository defines what they call: targets of make,
    environments of tox and hatch, sessions of nox, scripts of package.json and composer.json, recipes of just,
    tasks of poe, pdm, invoke, Taskfile, rake and gradle, aliases of cargo and mix, hooks of pre-commit, extras and
    dependency groups, requirement files and scripts. What cannot be told
    for certain passes: placeholders, commands for users or of another repository, generated targets. A script
    that never was in the history fails only where its name and a tracked folder say that it belongs there.

    Why:
        A newcomer's first hour is spent with these lines. One that fails costs them that hour, and their
        trust in all the others.

    Fix:
        Quote a command that exists, or bring the target or script back. The finding names the nearest ones,
        and the commit that removed a file. To keep a command that is no concern of this repository, list it
        in `ignore`.

    Options:
        ignore: commands (globs) that are not judged, such as `make docker-*`

    Source:
        https://dora.dev/capabilities/documentation-quality/: its quality predicts how well teams do.
        The reported cases https://github.com/apache/camel-k/issues/4212,
        https://github.com/cesarferreira/stax/issues/416 and https://github.com/dirmeier/sbijax/issues/76 are
        all of a guide that names a target which does not exist.

    Bad:
        -- CONTRIBUTING.md --
        # Contributing
        Run `make doc` to build the documentation.
        -- Makefile --
        docs:
                sphinx-build docs build

    Bad:
        -- git log --
        2023-06-01 ann@example.org Add docs [+Makefile]
        2023-06-21 ann@example.org Drop the old docs [-Makefile]
        -- CONTRIBUTING.md --
        # Contributing
        ```sh
        make docs
        ```
        -- Makefile --
        docs:

    Good:
        -- CONTRIBUTING.md --
        # Contributing
        ```console
        $ make docs
        sphinx-build docs build
        $ tox -e py313,lint
        ```
        -- Makefile --
        docs:
                sphinx-build docs build
        -- tox.ini --
        [tox]
        envlist = py{312,313}, lint
    """
    found = [(each, resolution) for each in quoted.quoted if (resolution := quoted.resolve(each))]
    if not any(each.certain or resolution.status == "ok" for each, resolution in found):
        raise NotApplicable("no process document quotes a command of this repository")
    seen = set[str]()
    for each, resolution in found:
        key = _key(each)
        wrong = resolution.status in {"missing", "runner-missing"} and each.certain
        if wrong and key not in seen and not any(fnmatchcase(str(each), pattern) for pattern in ignore):
            seen.add(key)
            message = f"`{each}`{_message(resolution)}"
            yield Finding(key, message, each.document.at(each.line), _fix(each, resolution))
    unread = [(each, resolution) for each, resolution in found if each.certain and resolution.problem]
    if unread and not seen:
        each, resolution = unread[0]
        raise Unavailable(f"whether `{each}` exists is not to be seen: {resolution.problem}")


@fixes(documented_commands_exist, "safe")
def follow_the_name(
    finding: Finding, quoted: QuotedCommands, renamed: RenamedTargets, files: Files
) -> Iterator[Edit]:
    """Quote the target or script by the name that it has now."""
    for each, answer in _wrong(finding, quoted):
        target = renamed.now(each.call, answer)
        now = target.name if target else ""
        if answer.removal and answer.removal.surely in files:
            now = answer.removal.surely
        yield from _edits(each, answer, now)


@fixes(documented_commands_exist, "unsafe")
def take_the_nearest(finding: Finding, quoted: QuotedCommands) -> Iterator[Edit]:
    """Quote the only target that is nearly called so."""
    for each, answer in _wrong(finding, quoted):
        if len(answer.suggestions) == 1:
            yield from _edits(each, answer, answer.suggestions[0])


def _wrong(finding: Finding, quoted: QuotedCommands) -> Iterator[tuple[Quoted, Resolution]]:
    """Yield the places where the command stands that a finding is about, and what is wrong with it."""
    for each in quoted.quoted:
        answer = quoted.resolve(each) if _key(each) == finding.key and each.certain else None
        if answer and answer.status == "missing":
            yield each, answer


def _edits(each: Quoted, answer: Resolution, now: str) -> Iterator[Edit]:
    """Yield what names another target or script in a command, where one word of it names the missing one."""
    name = answer.what.partition("`")[2].rpartition("`")[0]
    words = [word for word in each.call.words if name and word.removeprefix("./") == name]
    if now and len(words) == 1:
        new = words[0].replace(name, now)
        command = " ".join(new if word == words[0] else word for word in each.call.words)
        if command not in each.document.lines[each.line - 1]:  # a line that tells of both means two things
            yield from rewritten(each.document, [each.line], str(each), command)


def _key(each: Quoted) -> str:
    return f"{each.document.path}#{each}"


def _message(resolution: Resolution) -> str:
    gone = f" ({resolution.removal})" if resolution.removal else ""
    if resolution.status == "runner-missing":
        return f" is quoted, but there is no {resolution.needs}{gone}"
    if resolution.location is None:
        return f" is quoted, but there is no {resolution.what}{gone}"
    return f": {resolution.location.path} has no {resolution.what}"


def _fix(quoted: Quoted, resolution: Resolution) -> str:
    near = ", ".join(f"`{name}`" for name in resolution.suggestions)
    lead = f"quote one that exists (nearest: {near})" if near else "quote a command that exists"
    return f"in {quoted.document.path}, {lead}, or bring {resolution.what} back"
