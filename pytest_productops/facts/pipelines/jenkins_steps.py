"""The steps of a Jenkinsfile: `sh` and its like, in folders, in blocks that swallow failures, in functions.

https://www.jenkins.io/doc/pipeline/steps/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from pytest_productops.facts.commands.shell import enter
from pytest_productops.facts.pipelines.groovy import Statement
from pytest_productops.facts.pipelines.model import Opaque, Step
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_SHELLS: Mapping[str, str] = {"sh": "", "bat": "cmd", "powershell": "pwsh", "pwsh": "pwsh"}
_MAX_DEPTH = 20
MAX_STATEMENTS = 50_000
"""Most statements that are read of one file, those of its functions counted at each call."""
_WORKSPACE = regex(r"\$\{?(?:env\.)?WORKSPACE\}?")
_INNER = regex(r"\$\{(?:env|params|pipelineParams)\.(\w+)\}")
_FAILS = regex(r"\b(?:throw|error|FAILURE|failure|exit)\b")
_SUSPECT = regex(
    r"(?:^|[^a-z])(?:tests?|ci|build|verify|check)|(?:Tests?|Build|Check|Verify|Pipeline)(?:[A-Z]|$)"
    r"|[mM]aven|[gG]radle|^(?:mvn|npm|yarn|tox|pytest)$"
)
_BUILTIN_WORDS = """
junit checkout archiveArtifacts publishHTML echo stash unstash cleanWs deleteDir git recordIssues cobertura jacoco
withCredentials input error milestone sleep mail emailext slackSend publishChecks step properties readFile writeFile
buildDiscarder fileExists isUnix githubNotify publishCoverage recordCoverage testNG xunit nunit mstest perfReport
checkpoint setBuildStatus updateGitlabCommitStatus publishTestResults
"""
_BUILTIN = frozenset(_BUILTIN_WORDS.split())


@dataclass(frozen=True)
class State:
    """What holds where a step stands."""

    folder: str = ""
    may_fail: bool = False
    env: Mapping[str, str] = field(default_factory=dict)


class Steps:
    """Reads the steps of one file, whose functions are `functions`; what is out of sight goes to `opaque`."""

    def __init__(self, path: str, functions: Mapping[str, list[Statement]]) -> None:
        self.path = path
        self.functions = functions
        self.opaque: list[Opaque] = []
        self._left = MAX_STATEMENTS

    def of(self, body: list[Statement], state: State, depth: int = 0) -> Iterator[Step]:
        """Yield the steps of a block."""
        for statement in body if depth < _MAX_DEPTH else ():
            self._left -= 1
            if self._left < 0:
                return
            yield from self._runs(statement, state)
            yield from self._inside(statement, state, depth)

    def _runs(self, statement: Statement, state: State) -> Iterator[Step]:
        """Yield the shell text that a statement itself runs."""
        tokens = statement.tokens
        for at, token in enumerate(tokens):
            if (
                token.kind == "word"
                and token.text in _SHELLS
                and (at == 0 or tokens[at - 1].text not in (".", "tool"))
            ):
                given = tokens[at + 1 :]
                named = next((i for i, one in enumerate(given) if one.text == "script"), -1)
                found = next((one for one in given[max(named, 0) :] if one.kind == "text"), None)
                if found:
                    swallowed = any(one.text == "returnStatus" for one in given)
                    yield self._step(token.text, found.text, found.line, state, may_fail=swallowed)
                return

    def _step(self, program: str, written: str, line: int, state: State, *, may_fail: bool) -> Step:
        run = _INNER.sub(r"$\1", _WORKSPACE.sub("$CI_PROJECT_DIR", written))
        origins = tuple(Location(self.path, line + at) for at in range(run.count("\n") + 1))
        return Step(
            "",
            line,
            run,
            folder=state.folder,
            env=state.env,
            may_fail=may_fail or state.may_fail,
            shell=_SHELLS[program],
            path=self.path,
            origins=origins,
        )

    def _inside(self, statement: Statement, state: State, depth: int) -> Iterator[Step]:
        """Yield what the blocks of a statement run, or the function that it calls."""
        name = statement.name
        if name in self.functions:
            yield from self.of(self.functions[name], state, depth + 1)
        elif not statement.blocks:
            self._unseen(statement)
        inner = self._state(statement, state)
        for at, block in enumerate(statement.blocks):
            swallowed = inner.may_fail or (name == "try" and at == 0 and _swallows(statement))
            yield from self.of(block, replace(inner, may_fail=swallowed), depth + 1)

    def _state(self, statement: Statement, state: State) -> State:
        name, texts = statement.name, statement.texts
        if name == "dir" and texts:
            return replace(state, folder=enter(state.folder, _WORKSPACE.sub("$CI_PROJECT_DIR", texts[0])))
        if name in ("catchError", "warnError"):
            kept = name == "catchError" and "SUCCESS" not in texts and "UNSTABLE" not in texts
            return state if kept else replace(state, may_fail=True)
        if name == "withEnv":
            pairs = (text.partition("=") for text in texts)
            return replace(state, env={**state.env, **{key: value for key, sign, value in pairs if sign}})
        return state

    def _unseen(self, statement: Statement) -> None:
        """Note a step of a shared library, or another job, that may run tests."""
        name = statement.name.rpartition(".")[2]
        calls = len(statement.tokens) == 1 or statement.tokens[1].text != "="
        if calls and name not in _BUILTIN and name not in _SHELLS and _SUSPECT.search(name):
            self.opaque.append(Opaque(f"the step `{name}`", Location(self.path, statement.line)))


def _swallows(statement: Statement) -> bool:
    """Whether the `catch` of a `try` lets the failure pass."""
    if "catch" not in statement.words():
        return False
    caught = statement.blocks[1] if len(statement.blocks) > 1 else []
    return not any(_FAILS.search(" ".join(one.words() + one.texts)) for one in _all(caught))


def _all(body: list[Statement], depth: int = 0) -> Iterator[Statement]:
    for statement in body:
        yield statement
        for block in statement.blocks if depth < _MAX_DEPTH else ():
            yield from _all(block, depth + 1)


def functions(body: list[Statement]) -> dict[str, list[Statement]]:
    """Return the functions that a file defines: `def name(...) { }`."""
    found = {}
    for statement in body:
        signs = [token.text for token in statement.tokens[:3]]
        if (
            signs[:1]
            and signs[0] in ("def", "void", "String", "boolean")
            and signs[2:] == ["("]
            and statement.blocks
        ):
            found[signs[1]] = statement.blocks[0]
    return found
