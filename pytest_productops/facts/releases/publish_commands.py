"""Commands that publish: by what they are, and where a script is only known by name, by the job that runs it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pytest_productops.facts.pipelines import Execution
from pytest_productops.facts.releases import publish_table as table
from pytest_productops.facts.releases.publish_steps import RELEASING
from pytest_productops.lazy import regex

_KNOWN = tuple((what, regex(rf"(?:\S*/)?{pattern}", re.IGNORECASE)) for what, pattern in table.COMMANDS)
DRY = regex(table.DRY, re.IGNORECASE)
_WRAPPER = regex(
    r"^(?:(?:sudo|time|exec|env|npx|bunx|pipx run|uvx|uv run|poetry run|pdm run|hatch run|bundle exec"
    r"|composer exec|pnpm exec|pnpm dlx"
    r"|yarn dlx|python[\d.]* -m|xvfb-run|nix run|mise exec --|retry)(?: --?[\w-]+(?:=\S+)?)* )+"
)
_NAMED = regex(
    r"^(?:(?:make|just|task|mage|rake|invoke|inv|nox -s|tox -e|npm run|yarn|yarn run|pnpm|pnpm run"
    r"|bun run|composer|lerna run|poe|cargo xtask|\./mach|go run mage\.go|nix run|python[\d.]* -m"
    r"|dotnet run|bazel run|earthly|dagger call)"
    r"(?: -\S+)* \S*(?:release|publish|#push|#promote)\S*|(?:(?:ba|z)?sh |python[\d.]* |node |ruby "
    r"|tsx |uv run |php |perl )?\S*(?:^|[/_.-])(?:do-?)?(?:release|publish|push-?(?:image|docker"
    r"|tag)s?)\S*\.?\w*)(?: |$)",
    re.IGNORECASE,
)
_NAMED_OTHER = regex(
    r"prepublish|postpublish|detect|notify|announce|guide|compare|check|notes?|test|lint|dry|version"
    r"|changelog|prepare|verify|valid|docs?\b|site|--release\b|mode|build\b|target/release"
    r"|(?:lsb|os)[-_]release",
    re.IGNORECASE,
)


def published(words: tuple[str, ...]) -> str:
    """Return what a command publishes, or nothing.

    >>> published(("python", "-m", "twine", "upload", "dist/*")), published(("npm", "publish", "--dry-run"))
    ('a Python index', '')
    """
    text = _WRAPPER.sub("", " ".join(words)[:500])
    if DRY.search(text):
        return ""
    return next((what for what, pattern in _KNOWN if pattern.match(text)), "")


def by_name(one: Execution) -> str:
    """Return what a target or script that is only known by name releases, in a job that is made for that."""
    text = str(one.call)[:200]
    if not _NAMED.match(text) or _NAMED_OTHER.search(text):
        return ""
    said = f"{PurePosixPath(one.pipeline.path).stem} {one.pipeline.name} {one.job.id}"
    fit = {"tag", "manual"} & (one.job.triggers or one.pipeline.triggers) or "release" in one.pipeline.events
    return "a release" if fit or RELEASING.search(said) else ""
