"""Steps that publish: which actions and shared workflows bring a release out, by their names and inputs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from pytest_productops.facts.pipelines import Job, Pipeline, Step
from pytest_productops.facts.releases import publish_table as table
from pytest_productops.lazy import regex

RELEASING = regex(r"releas|publish|deploy|deliver|\bcd\b|ship", re.IGNORECASE)
"""What a file, workflow or job is called that is made for releasing."""
_ACTION = regex(table.ACTIONS)
_LOOK_ALIKE = regex(table.LOOK_ALIKES)
_IMAGE = regex(table.IMAGE_ACTIONS)
_NO_PRODUCT = regex(table.NO_PRODUCT, re.IGNORECASE)
_PUSHED = regex(
    r"(?:^|[-_])push[\w-]{0,60}(?:image|docker|container|ghcr|ecr)|(?:image|docker)[\w-]{0,60}[-_]push"
)
_SECRET = regex(r"secrets\.|token", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an", "the", "new", "next"})
_SCRIPT = regex(
    r"\.(?:createRelease|updateRelease|uploadReleaseAsset)\b|createRef\([^)]{0,200}refs/tags", re.DOTALL
)
_KINDS = {"pypi": "a Python index", "npm": "npm", "gh-release": "a release of the forge", "tag": "a tag",
          "gem": "RubyGems", "crates": "crates.io", "create-release": "a release of the forge"}  # fmt: skip


def by_workflow(job: Job) -> str:
    """Return what the shared workflow that a job calls publishes, or nothing.

    Its file may be called after releasing; or it is a builder of images that is told to push them.
    """
    name = job.uses.partition("@")[0].lower()
    if not name or name.startswith("./"):
        return ""
    own = PurePosixPath(name).stem
    if re.search(r"releas|publish", own) and not _LOOK_ALIKE.search(own):
        return "what a shared workflow releases"
    given = _texts(job.inputs)
    told = given.get("push", "false") != "false" and re.search(
        "image|docker", " ".join((name, *given, *given.values()))
    )
    pushed = (told or _PUSHED.search(own)) and not no_product(given.get("images", ""), job)
    return "a container image" if pushed else ""


def by_action(step: Step, job: Job, pipeline: Pipeline) -> str:
    """Return what the action of a step publishes, or nothing."""
    name = step.uses.partition("@")[0].lower()
    if not name or name.startswith((".", "docker://")):
        return ""
    if name == "actions/github-script":
        return "a release of the forge" if _SCRIPT.search(str(step.inputs.get("script", ""))) else ""
    given = _texts(step.inputs)
    if _IMAGE.match(name):
        return "a container image" if _pushes(name, given, job) else ""
    if name == "changesets/action" or "release-please" in name:
        return "npm" if name == "changesets/action" else "a release of the forge"
    own = name.partition("/")[2]
    if _named_so(own):
        return "" if _idle(name, given) else _kind(own)
    return "a release" if _released_by(step, name, job, pipeline) else ""


def no_product(text: str, job: Job) -> bool:
    """Whether an image is one that CI or developers use. A file called `ci` says nothing about it."""
    stem = re.sub(r"^ci$", "", PurePosixPath(job.path).stem)
    own = re.search(r"[/:-](?:cache|ci|devcontainer|builder)\b", text)
    return bool(_NO_PRODUCT.search(f"{job.id} {stem}".replace("_", " ")) or own)


def _texts(inputs: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(value).lower() for key, value in inputs.items()}


def _named_so(own: str) -> bool:
    return bool(own == "release" or _ACTION.search(own)) and not _LOOK_ALIKE.search(own)


def _released_by(step: Step, name: str, job: Job, pipeline: Pipeline) -> bool:
    """Whether an action of any name releases: the step says so, in a job for that, and it is given a secret."""
    if name.startswith("actions/") or _LOOK_ALIKE.search(name):
        return False
    said = "-".join(word for word in re.findall(r"\w+", step.name.lower()) if word not in _ARTICLES)
    fit = RELEASING.search(f"{PurePosixPath(pipeline.path).stem} {pipeline.name} {job.id}")
    given = " ".join(map(str, (*step.inputs, *step.inputs.values(), *step.env, *step.env.values())))
    return bool(fit and _named_so(said) and _SECRET.search(given))


def _pushes(name: str, given: Mapping[str, str], job: Job) -> bool:
    """Whether an action that builds an image brings it to a registry."""
    builds = "build-push" in name or "bake" in name
    outputs = given.get("outputs", "")
    pushes = given.get("push", "false" if builds else "true") != "false"
    pushes = pushes or "push=true" in outputs or "type=registry" in outputs
    text = " ".join((given.get("tags", ""), given.get("images", ""), given.get("file", "")))
    return pushes and not no_product(text, job)


def _kind(own: str) -> str:
    """Return what an action of this name publishes, as far as the name tells.

    >>> _kind("gh-action-pypi-publish"), _kind("create-tag"), _kind("release")
    ('a Python index', 'a tag', 'a release')
    """
    return next((what for word, what in _KINDS.items() if word in own), "a release")


def _idle(name: str, given: Mapping[str, str]) -> bool:
    """Whether an action's inputs say that it publishes nothing."""
    if "goreleaser" in name:
        args = given.get("args", "").strip()
        if "${{" in args:
            return "release" not in args
        made = re.match(r"(?:release|publish|$)", args) and "--snapshot" not in args
        return given.get("install-only") == "true" or not made
    if given.get("dry-run") == "true" or given.get("dry_run") == "true":
        return True
    return "maturin" in name and given.get("command") not in {"upload", "publish"}
