"""Whether the checks of a definition of done can be made: what they name exists, and thresholds hold."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from pytest_productops.facts.commands import Commands, Resolution, calls
from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.done.model import Check, Criterion
from pytest_productops.facts.done.threshold import OPERATORS, NoValueError, value
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.ownership import Ownership
from pytest_productops.facts.register import Register
from pytest_productops.facts.substance import lack
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import CODE
from pytest_productops.repository import Fact, Repository

_URL = regex(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)
_NAME = regex(r"[./:_=-]\S|\d|[a-z][A-Z]|\(\)")
"""What is in the name of a file, an option, a function: such code names something, if nothing known here."""
_WORD = regex(r"[^\W_]+")
_TOOLS = frozenset(
    [
        "pytest",
        "tox",
        "nox",
        "ruff",
        "flake8",
        "black",
        "isort",
        "mypy",
        "pyright",
        "pylint",
        "bandit",
        "coverage",
        "eslint",
        "prettier",
        "tsc",
        "jest",
        "vitest",
        "mocha",
        "rubocop",
        "rspec",
        "rake",
        "brakeman",
        "mvn",
        "gradle",
        "ktlint",
        "checkstyle",
        "go",
        "golangci-lint",
        "gofmt",
        "cargo",
        "rustfmt",
        "clippy",
        "make",
        "just",
        "npm",
        "yarn",
        "pnpm",
        "bun",
        "bundle",
        "composer",
        "phpunit",
        "phpstan",
        "dotnet",
        "terraform",
        "tflint",
        "helm",
        "hadolint",
        "shellcheck",
        "trivy",
        "codespell",
        "pre-commit",
    ]
)
GONE = frozenset({"missing", "runner-missing"})


@dataclass(frozen=True)
class Result:
    """What became of a check: `measures` says that it is one, `reason` why it cannot be made or fails."""

    measures: bool = True
    reason: str = ""


class Checks(Fact):
    """Tries checks against the repository. What cannot be known from files counts as made."""

    quick = True

    def __init__(self, repository: Repository) -> None:
        self._files = repository[Files]
        self._documents = repository[Documents]
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Checks:
        """Never fails."""
        return cls(repository)

    def result(self, check: Check) -> Result:
        """Try one check."""
        return _KINDS[check.kind](self, check)

    def measured(self, criterion: Criterion) -> bool:
        """Whether a criterion has a check at all."""
        return any(self.result(check).measures for check in criterion.checks)

    def reference(self, target: str) -> str:
        """Say why a `file#anchor` leads nowhere, or nothing."""
        path, _, anchor = target.partition("#")
        path = posixpath.normpath(path.lstrip("/"))
        if _URL.match(target) or path in self._files.folders:
            return ""
        if path not in self._files:
            return f"{path} does not exist"
        if self._empty(path):
            return f"{path} is empty"
        document = self._documents.get(path)
        if anchor and document and anchor.lower() not in {known.lower() for known in document.anchors}:
            return f"{path} has no anchor #{anchor}"
        reason = _says_nothing(document, anchor) if document else ""
        return f"{target} {reason}" if reason else ""

    def _empty(self, path: str) -> bool:
        try:
            return not self._files.read(path).strip()
        except Unreadable:
            return False

    def _rule(self, check: Check) -> Result:
        known = CODE.match(check.value) or "-" in check.value
        return Result(reason="" if known else f"{check.value!r} is no rule's code")

    def _command(self, check: Check) -> Result:
        found = calls(check.value, check.location)
        if not found:
            return Result(reason=f"`{check.value}` is no command")
        commands = self._repository[Commands]
        answers = [answer for call in found if (answer := commands.resolve(call)) is not None]
        lost = [answer for answer in answers if answer.status in GONE]
        return Result(reason=_why(check.value, lost[0]) if lost else "")

    def _threshold(self, check: Check) -> Result:
        source, operator, wanted = (check.value[key] for key in ("source", "op", "value"))
        try:
            found = value(self._files, source)
        except NoValueError as error:
            return Result(reason=f"{source} {error}")
        holds = OPERATORS[operator](found, float(wanted))
        return Result(reason="" if holds else f"{source} is {found:g}, promised is {operator} {wanted:g}")

    def _artifact(self, check: Check) -> Result:
        path = posixpath.normpath(check.value["path"].lstrip("/"))
        if path in self._files.folders:
            return Result()
        if path not in self._files or self._empty(path):
            return Result(reason=f"{path} {'is empty' if path in self._files else 'does not exist'}")
        document = self._documents.get(path)
        return Result(reason=_content(document, check.value) if document else "")

    def _approval(self, check: Check) -> Result:
        role = check.value["role"]
        if role == "codeowners":
            owners = self._repository[Ownership].codeowners
            named = owners is not None and any(entry.owners for entry in owners.entries)
            return Result(reason="" if named else "no CODEOWNERS file names an owner who could approve")
        groups = {group.name for group in self._repository[Register].owners}
        unknown = groups and role not in groups and not role.startswith("@")
        return Result(reason=f"role {role!r} is not among the owners of the task register" if unknown else "")

    def _task(self, check: Check) -> Result:
        register = self._repository[Register]
        if not register.path:
            return Result(reason=f"task {check.value} is in no register (.productops/tasks.toml)")
        known = check.value in register.ids or register.problems
        return Result(reason="" if known else f"task {check.value} is not in {register.path}")

    def _code(self, check: Check) -> Result:
        """Judge a code span of a document: a path of the repository, or a command."""
        text = check.value.strip()
        if text.rstrip("/") in self._files or text.rstrip("/") in self._files.folders:
            return Result(reason=f"{text} is empty" if text in self._files and self._empty(text) else "")
        found = calls(text, check.location)
        answers = [self._repository[Commands].resolve(call) for call in found]
        lost = [answer for answer in answers if answer and answer.status in GONE]
        if lost:
            return Result(reason=_why(text, lost[0]))
        tool = bool(found) and found[0].words[0].rpartition("/")[2] in _TOOLS
        return Result(measures=tool or any(answers) or bool(_NAME.search(text)))

    def _link(self, check: Check) -> Result:
        """Judge a link of a document: one to another site counts, where it leads is not known."""
        if _URL.match(check.value) or check.value.startswith("#"):
            return Result(measures=not check.value.startswith("#"))
        document = self._documents.get(check.location.path)
        path = self._documents.resolve(document, check.value) if document else None
        if path is None:
            return Result(reason=f"{check.value} does not exist")
        return Result(reason=f"{path} is empty" if path in self._files and self._empty(path) else "")

    def _stated(self, _: Check) -> Result:
        return Result()


def _why(command: str, answer: Resolution) -> str:
    """Say what a command lacks."""
    lack_of = f"there is no {answer.needs}" if answer.needs else f"there is no {answer.what}"
    nearest = f"; did you mean `{answer.suggestions[0]}`?" if answer.suggestions else ""
    return f"`{command}` cannot run: {lack_of}{nearest}"


def _content(document: Document, wanted: Mapping[str, object]) -> str:
    """Say what a document lacks of what an artifact must hold, or nothing."""
    part: Document | Section = document
    title = str(wanted.get("section", ""))
    if title:
        named = [s for s in document.sections if s.heading and _plain(title) in _plain(s.heading.text)]
        if not named:
            return f"{document.path} has no section {title!r}"
        part = next((section for section in named if not lack(section)), named[0])
    reason = lack(part)
    if reason:
        return f"{document.path}{f', section {title!r},' if title else ''} {reason}"
    steps, least = sum(1 for item in part.items if item.depth == 0), int(str(wanted.get("min_steps", 0)))
    return f"{document.path} has {steps} steps there, promised are {least}" if steps < least else ""


def _says_nothing(document: Document, anchor: str) -> str:
    """Say why a document, or its section of an anchor, is no text to follow, or nothing."""
    slugs = ((section, section.heading.slug) for section in document.sections if section.heading)
    part = next((section for section, slug in slugs if slug == anchor.lower()), document)
    reason = lack(part)
    return "" if reason == "holds only links" else reason


def _plain(title: str) -> str:
    """Return a title's words in small letters, between blanks, so that whole words are found in it."""
    return " ".join(["", *_WORD.findall(title.lower()), ""])


_KINDS: Mapping[str, Callable[[Checks, Check], Result]] = MappingProxyType(
    {
        "rule": Checks._rule,  # noqa: SLF001
        "command": Checks._command,  # noqa: SLF001
        "threshold": Checks._threshold,  # noqa: SLF001
        "artifact": Checks._artifact,  # noqa: SLF001
        "approval": Checks._approval,  # noqa: SLF001
        "task": Checks._task,  # noqa: SLF001
        "manual": Checks._stated,  # noqa: SLF001
        "stated": Checks._stated,  # noqa: SLF001
        "code": Checks._code,  # noqa: SLF001
        "link": Checks._link,  # noqa: SLF001
    }
)
