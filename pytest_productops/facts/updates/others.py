"""Other tools that propose newer versions, and scheduled jobs that do it themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.manifests.tables import at, table
from pytest_productops.facts.pipelines import Execution, Job, Pipelines
from pytest_productops.facts.updates.model import Updater
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_SCALA = (
    ".scala-steward.conf",
    "scala-steward.conf",
    ".github/.scala-steward.conf",
    ".config/.scala-steward.conf",
)
_PYUP = (".pyup.yml", ".pyup.yaml", "pyup.yml")
_UPDATECLI = regex(r"(?:^|/)(?:\.?updatecli(?:\.d)?/.+|\.?updatecli\.ya?ml)$")
_USES: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {
    "renovate": (regex(r"^renovatebot/|^docker://.*renovate", re.IGNORECASE), frozenset()),
    "updatecli": (regex(r"^updatecli/", re.IGNORECASE), frozenset()),
    "scala-steward": (regex(r"^scala-steward-org/", re.IGNORECASE), frozenset({"sbt", "maven"})),
    "update-flake-lock": (regex(r"/update-flake-lock(?:@|$)", re.IGNORECASE), frozenset({"nix"})),
    "dependabot": (regex(r"^dependabot/|dependabot-cli", re.IGNORECASE), frozenset()),
    "gradle-wrapper": (
        regex(r"/update-gradle-wrapper-action(?:@|$)", re.IGNORECASE),
        frozenset({"gradle-wrapper"}),
    ),
    "pre-commit": (
        regex(r"/pre-commit-(?:auto)?update(?:-action)?(?:@|$)", re.IGNORECASE),
        frozenset({"pre-commit"}),
    ),
}
_COMMANDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        regex(
            r"^(?:python3? -m )?pip-compile(?:-multi)?\b.*(?: -U\b| --upgrade\b)|^pip-upgrade\b|^pcu\b|^pur\b"
        ),
        "pip",
    ),
    (regex(r"^uv (?:lock|sync|pip compile)\b.*(?: -U\b| --upgrade\b)"), "uv"),
    (regex(r"^(?:poetry|pdm|pipenv|pixi) (?:update|upgrade)\b|^poetry lock\b.*--regenerate"), "pip"),
    (regex(r"^(?:npx |pnpm dlx |yarn dlx |bunx )?(?:npm-check-updates|ncu|taze|npm-check)\b"), "npm"),
    (regex(r"^(?:npm|pnpm|yarn|bun) (?:update|upgrade|up)\b"), "npm"),
    (regex(r"^cargo (?:update|upgrade)\b"), "cargo"),
    (regex(r"^go get\b.* -u\b|^go get -u"), "gomod"),
    (regex(r"^bundle (?:update|lock --update)\b"), "bundler"),
    (regex(r"^(?:php )?composer (?:update|upgrade|bump)\b"), "composer"),
    (regex(r"^mix deps\.update\b"), "mix"),
    (regex(r"^(?:\./mvnw|mvn)\b.*versions:(?:use-|update-)"), "maven"),
    (regex(r"^nix flake update\b|^niv update\b|^npins update\b"), "nix"),
    (regex(r"^(?:pre-commit|prek) (?:autoupdate|auto-update)\b"), "pre-commit"),
    (regex(r"^renovate\b|^npx renovate\b"), "renovate"),
    (regex(r"^updatecli (?:apply|compose apply)\b"), "updatecli"),
)
"""What a scheduled job runs to raise versions, and the ecosystem of it; `renovate` and `updatecli` know all."""
_PROPOSES = regex(
    r"create-pull-request|auto-commit|add-and-commit|peter-evans/|git-push|commit-and-push|create-pr\b|"
    r"\bgit push\b|\bgh pr create\b|\bglab mr create\b|\bhub pull-request\b|merge_request\.create|push-options",
    re.IGNORECASE,
)


def configured(files: Files) -> Iterator[Updater]:
    """Yield the tools whose settings are in the tree."""
    for path in _PYUP:
        if path in files and not _switched_off(files, path):
            yield Updater("pyup", Location(path), ecosystems=frozenset({"pip"}))
    yield from (
        Updater("scala-steward", Location(p), ecosystems=frozenset({"sbt"})) for p in _SCALA if p in files
    )
    manifests = [
        path for path in files if _UPDATECLI.search(path) and path.endswith((".yml", ".yaml", ".tpl"))
    ]
    yield from (Updater("updatecli", Location(path), everything=True) for path in manifests[:1])
    if ".depfu.yml" in files:
        yield Updater("depfu", Location(".depfu.yml"), everything=True)
    yield from _pre_commit_ci(files)


def _switched_off(files: Files, path: str) -> bool:
    """Whether pyup is told to do nothing (https://pyup.io/docs/bot/config/)."""
    try:
        data = yaml.read(files.read(path), path).value
    except (Unreadable, yaml.YamlError):
        return False
    return at(data, "update") is False or (
        at(data, "pin") is False and at(data, "search") is False and not at(data, "update")
    )


def _pre_commit_ci(files: Files) -> Iterator[Updater]:
    """Yield pre-commit.ci where its own settings speak of its updates (https://pre-commit.ci/#configuration)."""
    path = ".pre-commit-config.yaml"
    try:
        data = yaml.read(files.read(path), path).value if path in files else None
    except (Unreadable, yaml.YamlError):
        return
    said = table(data, "ci")
    key = next((key for key in said if key.startswith("autoupdate_")), "")
    if key:
        line = getattr(said, "keys_at", {}).get(key, 0)
        yield Updater("pre-commit.ci", Location(path, line), ecosystems=frozenset({"pre-commit"}))


def scheduled(pipelines: Pipelines) -> Iterator[Updater]:
    """Yield what jobs do by a clock: they run an updater, or raise versions and propose the result."""
    for pipeline in pipelines.pipelines:
        for job in pipeline.jobs:
            if "schedule" in job.triggers and not job.never:
                yield from _tools(job)
    raising: dict[tuple[str, str], list[Execution]] = {}
    for each in pipelines.executions:
        if "schedule" in each.job.triggers and not each.job.never:
            raising.setdefault((each.pipeline.path, each.job.id), []).append(each)
    for executions in raising.values():
        yield from _raised(executions)


def _tools(job: Job) -> Iterator[Updater]:
    for step in job.steps:
        for tool, (pattern, ecosystems) in _USES.items():
            if step.uses and pattern.search(step.uses):
                yield Updater(tool, step.location, everything=not ecosystems, ecosystems=ecosystems)
    if "renovate" in job.id.lower() and any("renovate" in step.run for step in job.steps):
        yield Updater("renovate", job.location, everything=True)


def _raised(executions: list[Execution]) -> Iterator[Updater]:
    job = executions[0].job
    proposes = any(_PROPOSES.search(f"{step.uses} {step.run}") for step in job.steps) or any(
        _PROPOSES.search(str(each.call)) for each in executions
    )
    if not proposes:
        return
    for each in executions:
        said = str(each.call)[:500]
        ecosystem = next((ecosystem for pattern, ecosystem in _COMMANDS if pattern.search(said)), "")
        if ecosystem:
            whole = ecosystem in {"renovate", "updatecli"}
            yield Updater(
                f"`{' '.join(each.call.words[:3])}` by schedule",
                each.call.location,
                everything=whole,
                ecosystems=frozenset() if whole else frozenset({ecosystem}),
            )
