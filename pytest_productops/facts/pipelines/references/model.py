"""The words of the reference check: a broken reference, and what ran in a job before it."""

from __future__ import annotations

from dataclasses import field

from pytest_productops.facts.pipelines.model import Step
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_REBUILDS = regex(
    r"git (?:clone|checkout|switch|worktree|pull|fetch|submodule|restore|reset)|configure|cmake|bootstrap"
    r"|auto(?:gen|reconf|make)"
    r"|\b(?:npm|yarn|pnpm) (?:init|create|pkg)|degit|cookiecutter|copier|\bcruft\b"
    r"|\b(?:tar|unzip|7z|git-lfs|dvc|gsutil|aws s3)\b"
    r"|qmake|meson|Makefile\.PL|rails new|gh repo clone|svn |hg clone"
)
"""Commands that may bring any file into the tree."""
_HARMLESS = regex(
    r"^(?:sudo |python3? -m |uv )*(?:echo|printf|pip3?|pipx|apt-get|apt|brew|choco|gem|bundle|corepack|rustup"
    r"|npm (?:ci|install|i)"
    r"|yarn install|pnpm install|yarn|sync|export|git config|node -v|python3? --version|source|curl -fsSL"
    r"|poetry install)\b"
)
_LOOKS = regex(r"^\s*(?:sudo )?(?:echo|printf|chmod|ls|cat|shellcheck)\b[^>]*$")
"""Commands that speak of files and make none."""
SETUP = regex(
    r"^(?:actions/(?:checkout|setup-\w+)|[\w.-]+/[\w.-]*setup[\w.-]*|dtolnay/rust-toolchain|Swatinem/rust-cache|\./.*setup)"
)


@dataclass(frozen=True)
class Broken:
    """A reference of a CI file that leads nowhere. `reference` is what it names, stable.

    `old` is how the file writes what is gone, and `now` where that is for certain, nothing where nobody knows.
    """

    pipeline: str
    reference: str
    message: str
    location: Location
    fix: str = ""
    old: str = ""
    now: str = ""


@dataclass
class Before:
    """What ran in a job so far. `plain`: nothing that makes files; `local`: nothing that brings some in."""

    texts: list[str] = field(default_factory=list)
    plain: bool = True
    local: bool = True

    def copy(self) -> Before:
        """Return one that can be noted in without this one."""
        return Before(list(self.texts), self.plain, self.local)

    def step(self, step: Step) -> None:
        """Note a step that has run."""
        inputs = " ".join(str(value) for value in step.inputs.values())
        self._tell(f"{step.run}\n{step.uses} {inputs}")
        setup = bool(SETUP.match(step.uses))
        self.plain = self.plain and (setup if step.uses else all(map(_harmless, step.run.splitlines())))
        self.local = self.local and (setup or not step.uses)

    def command(self, text: str) -> None:
        """Note a command that has run."""
        self._tell(text)
        self.plain = self.plain and _harmless(text)

    def _tell(self, text: str) -> None:
        self.texts += [line for line in text.splitlines() if not _LOOKS.match(line)]

    @property
    def rebuilt(self) -> bool:
        """Whether the tree may be another by now."""
        return any(_REBUILDS.search(text) for text in self.texts)

    def mentions(self, *names: str) -> bool:
        """Whether something that ran speaks of one of the names."""
        return any(name and name in text for name in names for text in self.texts)


def _harmless(line: str) -> bool:
    """Whether a command makes no files of the tree."""
    return not line.strip() or line.strip().startswith("#") or bool(_HARMLESS.match(line.strip()))
