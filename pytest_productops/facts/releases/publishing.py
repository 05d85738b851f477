"""Publishing: which jobs of CI bring a release out: to a package index, a registry, the forge, or as a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.pipelines import Execution, Job, Pipeline, Pipelines, Step
from pytest_productops.facts.releases import publish_table as table
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_KNOWN = tuple((what, regex(rf"(?:\S*/)?{pattern}", re.IGNORECASE)) for what, pattern in table.COMMANDS)
_DRY = regex(table.DRY, re.IGNORECASE)
_ACTION = regex(table.ACTIONS)
_LOOK_ALIKE = regex(table.LOOK_ALIKES)
_IMAGE = regex(table.IMAGE_ACTIONS)
_NO_PRODUCT = regex(table.NO_PRODUCT, re.IGNORECASE)
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
    r"|changelog|prepare|verify|valid|docs?\b|site|--release\b|mode|build\b|target/release",
    re.IGNORECASE,
)
_RELEASING = regex(r"releas|publish|deploy|deliver|\bcd\b|ship", re.IGNORECASE)
_SCRIPT = regex(
    r"\.(?:createRelease|updateRelease|uploadReleaseAsset)\b|createRef\([^)]{0,200}refs/tags", re.DOTALL
)
_OTHER_TEXT = regex(
    r"\b(?:twine upload|npm publish|yarn publish|pnpm publish|cargo publish|gem push"
    r"|goreleaser(?: release)?\b|gh release (?:create|upload)|mvnw? .{0,80}\bdeploy\b"
    r"|gradlew .{0,80}\bpublish\w*|docker push|mix hex\.publish|dotnet nuget push|nuget push"
    r"|semantic-release|hugoreleaser|poetry publish|uv publish"
    r"|promu (?:release|crossbuild tarballs)|lerna publish|changeset publish|ghr |release-cli create"
    r"|git push .{0,40}--tags|rake release)"
    r"|^\s{0,4}release:\s*$|provider:\s*(?:npm|pypi|rubygems|releases|script|cargo|docker)\b",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
_TAGGING = regex(
    r"^git(?: -\S+ \S+)* tag (?!-l|--list|-d\b|--delete|--points-at|--contains|--merged|--no-merged"
    r"|--sort|-n|-v |\|)\S"
)
_PUSHING = regex(r"^git(?: -\S+ \S+)* push\b")


@dataclass(frozen=True)
class Publication:
    """Something that a job brings out: what, by which words, and where that is written."""

    what: str
    by: str
    location: Location
    pipeline: Pipeline | None = None
    job: Job | None = None

    @property
    def path(self) -> str:
        """The CI file that it runs in."""
        return self.pipeline.path if self.pipeline else self.location.path


class Publishing(Fact):
    """What CI publishes, in the order of its files."""

    def __init__(self, pipelines: Pipelines, files: Files) -> None:
        self._pipelines = pipelines
        self._files = files

    @classmethod
    def gather(cls, repository: Repository) -> Publishing:
        """Never fails."""
        return cls(repository[Pipelines], repository[Files])

    @cached_property
    def all(self) -> tuple[Publication, ...]:
        """Every publication; those of a CI whose files are not followed by their text."""
        found = [*self._by_steps(), *self._by_commands(), *self._by_tags(), *self._unread()]
        return tuple({(each.path, each.what, each.location): each for each in found}.values())

    @cached_property
    def pipelines(self) -> tuple[Pipeline, ...]:
        """The pipelines that publish."""
        return tuple({each.path: each.pipeline for each in self.all if each.pipeline}.values())

    @property
    def searched(self) -> str:
        """What was read."""
        files = [pipeline.path for pipeline in self._pipelines.pipelines]
        return (
            f"read {len(files)} CI files: nothing publishes or tags a release"
            if files
            else "there is no CI that releases"
        )

    def _jobs(self) -> Iterator[tuple[Pipeline, Job]]:
        for pipeline in self._pipelines.pipelines:
            for job in pipeline.jobs:
                if _may_release(pipeline, job):
                    yield pipeline, job

    def _by_steps(self) -> Iterator[Publication]:
        for pipeline, job in self._jobs():
            if job.uses and not job.uses.startswith("./") and _named_so(job.uses):
                yield Publication("what a shared workflow releases", job.uses, job.location, pipeline, job)
            for step in self._steps(job):
                what = _published_by(step, job)
                if what:
                    yield Publication(what, step.uses or step.name, step.location, pipeline, job)

    def _steps(self, job: Job) -> Iterator[Step]:
        """Yield the steps of a job and those of its composite actions in the tree."""
        from pytest_productops.facts.pipelines import github  # noqa: PLC0415

        waiting, seen = list(job.steps), set[str]()
        while waiting:
            step = waiting.pop(0)
            yield step
            if step.uses.startswith("./") and step.uses not in seen:
                seen.add(step.uses)
                found = github.action(self._files, step.uses[2:].rstrip("/"))
                waiting += found[0] if found else ()

    def _by_commands(self) -> Iterator[Publication]:
        for one in self._pipelines.executions:
            if _may_release(one.pipeline, one.job):
                what = published(one.call.words) or _by_name(one)
                if what and not (what == "a container image" and _no_product(str(one.call), one.job)):
                    yield Publication(what, str(one.call)[:80], one.call.location, one.pipeline, one.job)

    def _by_tags(self) -> Iterator[Publication]:
        """Yield jobs that make a tag and push."""
        made: dict[tuple[str, str], Execution] = {}
        for one in self._pipelines.executions:
            key, text = (one.pipeline.path, one.job.id), str(one.call)
            if _TAGGING.match(text):
                made.setdefault(key, one)
            elif (
                key in made
                and _PUSHING.match(text)
                and not _DRY.search(text)
                and _may_release(one.pipeline, one.job)
            ):
                first = made.pop(key)
                yield Publication("a tag", str(first.call)[:80], first.call.location, one.pipeline, one.job)

    def _unread(self) -> Iterator[Publication]:
        read = {pipeline.path for pipeline in self._pipelines.pipelines if pipeline.provider == "github"}
        paths = [
            *self._pipelines.other,
            *(p.path for p in self._pipelines.pipelines if p.provider != "github"),
        ]
        for path in dict.fromkeys(paths):
            if path in read or (PurePosixPath(path).name == ".travis.yml" and self._pipelines.pipelines):
                continue
            match = _OTHER_TEXT.search(_uncommented(self._text(path)))
            if match:
                line = _uncommented(self._text(path)).count("\n", 0, match.start()) + 1
                yield Publication("a release", match[0].strip()[:80], Location(path, line))

    def _text(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""


def _uncommented(text: str) -> str:
    return re.sub(r"(?m)^\s*(?:#|//).*$", "", text)


def _may_release(pipeline: Pipeline, job: Job) -> bool:
    """Whether a job may release: it runs, and not for change requests alone."""
    return not job.never and bool((job.triggers or pipeline.triggers) - {"change_request"})


def published(words: tuple[str, ...]) -> str:
    """Return what a command publishes, or nothing.

    >>> published(("python", "-m", "twine", "upload", "dist/*")), published(("npm", "publish", "--dry-run"))
    ('a Python index', '')
    """
    text = _WRAPPER.sub("", " ".join(words)[:500])
    if _DRY.search(text):
        return ""
    return next((what for what, pattern in _KNOWN if pattern.match(text)), "")


def _by_name(one: Execution) -> str:
    """Return what a target or script that is only known by name releases, in a job that is made for that."""
    text = str(one.call)[:200]
    if not _NAMED.match(text) or _NAMED_OTHER.search(text):
        return ""
    said = f"{PurePosixPath(one.pipeline.path).stem} {one.pipeline.name} {one.job.id}"
    fit = {"tag", "manual"} & (one.job.triggers or one.pipeline.triggers) or "release" in one.pipeline.events
    return "a release" if fit or _RELEASING.search(said) else ""


def _published_by(step: Step, job: Job) -> str:
    """Return what an action publishes, or nothing."""
    name = step.uses.partition("@")[0].lower()
    if not name or name.startswith((".", "docker://")):
        return ""
    if name == "actions/github-script":
        return "a release of the forge" if _SCRIPT.search(str(step.inputs.get("script", ""))) else ""
    given = {key: str(value).lower() for key, value in step.inputs.items()}
    if _IMAGE.match(name):
        pushes = (
            given.get("push", "true" if "build-push" not in name and "bake" not in name else "false")
            != "false"
        )
        pushes = (
            pushes or "push=true" in given.get("outputs", "") or "type=registry" in given.get("outputs", "")
        )
        text = " ".join((given.get("tags", ""), given.get("images", ""), given.get("file", "")))
        return "a container image" if pushes and not _no_product(text, job) else ""
    if name == "changesets/action" or "release-please" in name:
        return "npm" if name == "changesets/action" else "a release of the forge"
    return _kind(name) if _named_so(name) and not _idle(name, given) else ""


def _kind(name: str) -> str:
    """Return what an action of this name publishes, as far as the name tells.

    >>> _kind("pypa/gh-action-pypi-publish"), _kind("acme/create-tag"), _kind("acme/release")
    ('a Python index', 'a tag', 'a release')
    """
    words = {"pypi": "a Python index", "npm": "npm", "gh-release": "a release of the forge", "tag": "a tag",
             "gem": "RubyGems", "crates": "crates.io", "create-release": "a release of the forge"}  # fmt: skip
    return next((what for word, what in words.items() if word in name.partition("/")[2]), "a release")


def _idle(name: str, given: dict[str, Any]) -> bool:
    """Whether an action's inputs say that it publishes nothing."""
    if "goreleaser" in name:
        return (
            given.get("install-only") == "true"
            or not re.match(r"(?:release|publish|$)", given.get("args", "").strip())
            or "--snapshot" in given.get("args", "")
        )
    if given.get("dry-run") == "true" or given.get("dry_run") == "true":
        return True
    return "maturin" in name and given.get("command") not in {"upload", "publish"}


def _named_so(uses: str) -> bool:
    name = uses.partition("@")[0].lower()
    own = name.partition("/")[2] or name
    own = own.rpartition("workflows/")[2].removesuffix(".yml").removesuffix(".yaml")
    if ".github/workflows/" in name:
        return bool(re.search(r"releas|publish", own)) and not _LOOK_ALIKE.search(own)
    return bool(_ACTION.search(own)) and not _LOOK_ALIKE.search(own)


def _no_product(text: str, job: Job) -> bool:
    """Whether an image is one that CI or developers use. A file called `ci` says nothing about it."""
    stem = re.sub(r"^ci$", "", PurePosixPath(job.path).stem)
    own = re.search(r"[/:-](?:cache|ci|devcontainer|builder)\b", text)
    return bool(_NO_PRODUCT.search(f"{job.id} {stem}".replace("_", " ")) or own)
