"""What CI files name of their own repository and does not exist. Only what is certain is told.

A path that an earlier step may have made, that git ignores, that lies in a submodule or in another
repository's checkout is left alone, and so is one that never existed where steps ran before.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pytest_productops.facts.commands import Call, Commands, calls
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.history import History, Removal
from pytest_productops.facts.pipelines import Job, Pipeline, Pipelines, Step, expressions
from pytest_productops.facts.pipelines.runs import CHECKOUT, Place, place_of
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable

_REBUILDS = regex(
    r"git (?:clone|checkout|switch|worktree|pull|fetch|submodule|restore|reset)|configure|cmake|bootstrap"
    r"|auto(?:gen|reconf|make)"
    r"|\b(?:npm|yarn|pnpm) (?:init|create|pkg)|degit|cookiecutter|copier|\bcruft\b"
    r"|\b(?:tar|unzip|7z|git-lfs|dvc|gsutil|aws s3)\b"
    r"|qmake|meson|Makefile\.PL|rails new|gh repo clone|svn |hg clone"
)
_HARMLESS = regex(
    r"^(?:sudo |python3? -m |uv )*(?:echo|printf|pip3?|pipx|apt-get|apt|brew|choco|gem|bundle|corepack|rustup"
    r"|npm (?:ci|install|i)"
    r"|yarn install|pnpm install|yarn|sync|export|git config|node -v|python3? --version|source|curl -fsSL"
    r"|poetry install)\b"
)
_SETUP = regex(
    r"^(?:actions/(?:checkout|setup-\w+)|[\w.-]+/[\w.-]*setup[\w.-]*|dtolnay/rust-toolchain|Swatinem/rust-cache|\./.*setup)"
)
_TESTED = regex(r"(?:\[|test)\s+(?:!\s+)?-[defrsx]\s+\S*")
_UNSURE = regex(r"hashFiles|outputs\.|exists", re.IGNORECASE)
_NAMED_PATHS = ("cache-dependency-path", "go-version-file", "node-version-file", "python-version-file")


@dataclass(frozen=True)
class Broken:
    """A reference of a CI file that leads nowhere. `reference` is what it names, stable."""

    pipeline: str
    reference: str
    message: str
    location: Location
    fix: str = ""


@dataclass
class _Before:
    """What ran in a job so far."""

    texts: list[str] = field(default_factory=list)
    plain: bool = True

    def note(self, text: str, *, plain: bool) -> None:
        self.texts.append(text)
        self.plain = self.plain and plain

    def mentions(self, *names: str) -> bool:
        return any(name and name in text for name in names for text in self.texts)


class References(Fact):
    """The broken references of all pipelines. `unsure` are those that only a full history could decide."""

    def __init__(
        self, broken: tuple[Broken, ...] = (), unsure: tuple[Location, ...] = (), *, read: bool = True
    ) -> None:
        self.broken = broken
        self.unsure = unsure
        self.read = read

    @classmethod
    def gather(cls, repository: Repository) -> References:
        """Check every reference; never fails."""
        pipelines = repository[Pipelines]
        try:
            history: History | None = repository[History]
        except Unavailable:
            history = None
        checker = _Checker(pipelines, repository[Files], repository[Commands], history)
        found = tuple(dict.fromkeys(checker.all()))
        return cls(found, tuple(checker.unsure), read=bool(pipelines.pipelines or pipelines.problems))


class _Checker:
    def __init__(
        self, pipelines: Pipelines, files: Files, commands: Commands, history: History | None
    ) -> None:
        self.pipelines = pipelines
        self.files = files
        self.commands = commands
        self.history = history
        self.unsure: list[Location] = []
        self.called = {
            posixpath.normpath(job.uses)
            for p in pipelines.pipelines
            for job in p.jobs
            if job.uses.startswith("./")
        }

    def all(self) -> Iterator[Broken]:
        for problem in self.pipelines.problems:
            path = problem.location.path
            yield Broken(
                path, problem.subject, problem.message, problem.location, "correct the file, or delete it"
            )
        for pipeline in self.pipelines.pipelines:
            known = {job.id for job in pipeline.jobs}
            for job in pipeline.jobs:
                yield from self._job(pipeline, job, known)

    def _job(self, pipeline: Pipeline, job: Job, known: set[str]) -> Iterator[Broken]:
        for need in job.needs:
            if need not in known and not expressions.dynamic(need):
                message = f"job `{job.id}` needs `{need}`, which is no job of this file"
                yield Broken(
                    job.path, f"needs {need}", message, job.location, "name a job that exists, or drop it"
                )
        if job.uses.startswith("./") and not expressions.dynamic(job.uses):
            path = posixpath.normpath(job.uses)
            if path not in self.files:
                yield self._gone(job.path, job.uses, "workflow", path, job.location)
        foreign = pipeline.triggers <= {"call"} and pipeline.path not in self.called
        if not job.never and not (pipeline.provider == "github" and foreign):
            yield from self._steps(pipeline, job)

    def _steps(self, pipeline: Pipeline, job: Job) -> Iterator[Broken]:
        """Check the steps of a job whose checkout is this repository at the change."""
        place = place_of(job, {})
        before = _Before(plain=pipeline.provider == "github")
        present = pipeline.provider == "gitlab"
        for step in job.steps:
            if step.uses.startswith(CHECKOUT):
                present = not (step.inputs.get("ref") or step.inputs.get("repository") or step.condition)
                present = present and not step.inputs.get("sparse-checkout")
            elif present and not place.others and not step.may_fail and not _UNSURE.search(step.condition):
                yield from self._step(step, place, before)
            inputs = " ".join(str(value) for value in step.inputs.values())
            plain = bool(_SETUP.match(step.uses)) if step.uses else all(map(_harmless, step.run.splitlines()))
            before.note(f"{step.run} {step.uses} {inputs}", plain=plain)

    def _step(self, step: Step, place: Place, before: _Before) -> Iterator[Broken]:
        if step.uses.startswith("./"):
            yield from self._action(step, place, before)
        for key in _NAMED_PATHS:
            for path in str(step.inputs.get(key, "")).split() if _SETUP.match(step.uses) else ():
                yield from self._path(step, key, path, before)
        file = str(step.inputs.get("file", ""))
        if "build-push-action" in step.uses and file:
            yield from self._path(step, "Dockerfile", file, before)
        folder = place.folder(expressions.fill(step.folder, {"env": step.env}))
        if step.run and folder:
            yield from self._path(step, "working directory", folder, before)
        if step.run and not step.shell.startswith(
            ("python", "node", "pwsh", "powershell", "cmd", "Rscript", "julia")
        ):
            yield from self._run(step, folder, before)

    def _run(self, step: Step, folder: str, before: _Before) -> Iterator[Broken]:
        here = _Before(list(before.texts), before.plain)
        for call in calls(expressions.fill(step.run, {"env": step.env}), Location(step.path, 1), folder):
            origin = (step.origins[call.location.line - 1 :][:1] or (step.location,))[0]
            if not call.may_fail and not _TESTED.search(step.run):
                yield from self._call(step, call, origin, here)
            here.note(str(call), plain=_harmless(str(call)))

    def _call(self, step: Step, call: Call, origin: Location, before: _Before) -> Iterator[Broken]:
        answer = self.commands.resolve(call)
        if answer is None or answer.status not in ("missing", "runner-missing"):
            return
        name = re.sub(r"^.*`(.+)`.*$", r"\1", answer.what)
        if self._made(name, before) or any(_REBUILDS.search(text) for text in before.texts):
            return
        if answer.removal is None and not before.plain and answer.target is None and "/" in name:
            self._ask_history(origin)
            return
        lacking = (
            f" ({answer.needs} is missing)" if answer.status == "runner-missing" and answer.needs else ""
        )
        message = (
            f"`{call}`"[:80] + f" calls {answer.what}, which does not exist{lacking}{_past(answer.removal)}"
        )
        near = f"call `{answer.suggestions[0]}`, or " if answer.suggestions else ""
        yield Broken(
            step.path, str(call)[:120], message, origin, f"{near}drop the call or restore what it names"
        )

    def _action(self, step: Step, place: Place, before: _Before) -> Iterator[Broken]:
        folder = place.folder(expressions.fill(step.uses[2:], {}))
        names = ("action.yml", "action.yaml", "Dockerfile")
        if expressions.dynamic(folder) or any(posixpath.join(folder, name) in self.files for name in names):
            return
        if not self._made(folder, before) and (before.plain or self._removal(folder)):
            yield self._gone(step.path, step.uses, "action", folder, step.location)

    def _path(self, step: Step, what: str, path: str, before: _Before) -> Iterator[Broken]:
        path = posixpath.normpath(path)
        if (
            re.search(r"[$*?`{!~]", path)
            or path.startswith(("/", ".."))
            or path in (*self.files.folders, ".")
        ):
            return
        if (
            path in self.files
            or self._made(path, before)
            or any(_REBUILDS.search(text) for text in before.texts)
        ):
            return
        if before.plain or self._removal(path):
            yield self._gone(step.path, path, what, path, step.location)
        else:
            self._ask_history(step.location)

    def _made(self, path: str, before: _Before) -> bool:
        """Whether a missing path may be there when it is used."""
        parts = path.split("/")
        heads = ["/".join(parts[: at + 1]) for at in range(len(parts))]
        first = next((head for head in heads if head not in self.files.folders), path)
        inside = any(path == module or path.startswith(module + "/") for module in self._submodules)
        return (
            inside
            or self._ignored(first)
            or self._ignored(path)
            or before.mentions(first, posixpath.basename(path))
        )

    def _ask_history(self, place: Location) -> None:
        if self.history is None:
            self.unsure.append(place)

    def _removal(self, path: str) -> Removal | None:
        return self.history.removal(path) if self.history else None

    def _gone(self, pipeline: str, reference: str, what: str, path: str, place: Location) -> Broken:
        removal = self._removal(path)
        message = f"{what} `{reference}` does not exist{_past(removal)}"
        new = removal.renamed_to if removal else None
        return Broken(
            pipeline, reference, message, place, f"name `{new}`" if new else "name what exists, or restore it"
        )

    @cached_property
    def _submodules(self) -> tuple[str, ...]:
        try:
            text = self.files.read(".gitmodules") if ".gitmodules" in self.files else ""
        except Unreadable:
            return ()
        return tuple(re.findall(r"^\s*path\s*=\s*(.+?)\s*$", text, re.MULTILINE))

    def _ignored(self, path: str) -> bool:
        import pathspec  # noqa: PLC0415 - only a missing path needs it

        try:
            lines = self.files.read(".gitignore").splitlines() if ".gitignore" in self.files else []
            spec = pathspec.PathSpec.from_lines("gitwildmatch", lines)
        except (Unreadable, ValueError):
            return False
        return spec.match_file(path) or spec.match_file(path + "/")


def _harmless(line: str) -> bool:
    """Whether a command makes no files of the tree."""
    return not line.strip() or line.strip().startswith("#") or bool(_HARMLESS.match(line.strip()))


def _past(removal: Removal | None) -> str:
    return f" ({removal})" if removal else ""
