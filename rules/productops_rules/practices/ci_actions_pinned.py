"""PRA006."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from pytest_productops.api import (
    Edit,
    Evidence,
    Files,
    Finding,
    Less,
    NotApplicable,
    Pipelines,
    Proposed,
    Source,
    Sources,
    Unavailable,
    Updates,
    UpdatesNeeded,
    covering,
    fixes,
    rule,
    stanza,
)

HOW = {
    "action": "name the commit, with the version as a comment: `uses: {name}@<40 digits> # v1.2.3`",
    "image": "name the digest: `{name}:<tag>@sha256:...`",
    "orb": "name the full version: `{name}@1.2.3`",
    "component": "name the commit: `{name}@<40 digits>`",
    "include": "add `integrity: sha256-...`, or keep a copy in this repository",
}


@rule("PRA006", stage="build", level="gold", profiles=("oss-library",))
def ci_actions_pinned(
    sources: Sources,
    pipelines: Pipelines,
    needed: UpdatesNeeded,
    updates: Updates,
    proposed: Proposed,
    *,
    trusted: Less[tuple[str, ...]] = ("actions/*", "github/*"),
) -> Iterator[Finding | Evidence]:
    """What CI runs of others is pinned to a commit or a digest, and an updater raises it.

    Looks at actions, reusable workflows, local actions and images of GitHub workflows; at images, components and
    remote includes of GitLab CI; at images and orbs of CircleCI; at images of Bitbucket. What is of the same owner
    as this repository, and what comes from a variable, is left alone. Pinned actions must be watched by an updater,
    as PRA002 asks.

    Why:
        Who can move a tag decides what runs beside your secrets. A pin that nobody raises keeps known holes.

    Fix:
        Pin what the finding names (`pinact`, `ratchet` and Renovate's `helpers:pinGitHubActionDigests` do it).

    Options:
        trusted: globs of what need not be pinned.

    Source:
        OpenSSF Scorecard, Pinned-Dependencies; https://docs.github.com/actions/reference/security/secure-use

    Bad:
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - uses: acme/setup-tool@v2

    Bad:
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - uses: acme/setup-tool@0123456789abcdef0123456789abcdef01234567 # v2.0.1

    Bad:
        -- .gitlab-ci.yml --
        test:
          image: python:3.12
          script: pytest

    Good:
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - uses: acme/setup-tool@0123456789abcdef0123456789abcdef01234567 # v2.0.1
        -- .github/dependabot.yml --
        version: 2
        updates:
          - package-ecosystem: github-actions
            directory: /
            schedule: {interval: weekly}
    """
    if not sources.all:
        if sources.unreadable or pipelines.other:
            raise Unavailable(f"{(*sources.unreadable, *pipelines.other)[0]} cannot be read")
        raise NotApplicable("CI runs nothing of others")
    others = [each for each in sources.all if not any(fnmatchcase(each.name, glob) for glob in trusted)]
    loose = [each for each in others if not each.pinned]
    for name in dict.fromkeys(each.name for each in loose):
        yield _finding(name, [each for each in loose if each.name == name])
    yield from _unwatched([each for each in others if each.pinned], needed, updates, proposed)
    if sources.unreadable and not loose:
        raise Unavailable(f"{sources.unreadable[0]} cannot be read")


def _finding(name: str, uses: list[Source]) -> Finding:
    first = uses[0]
    wanted = {"action": "commit", "image": "digest", "orb": "full version"}.get(
        first.kind, "commit or checksum"
    )
    often = f", in {len(uses)} places" if len(uses) > 1 else ""
    seen = tuple(Evidence(each.location, f"`{each.what}`") for each in uses[1:20])
    message = f"CI runs `{first.what}`, which names no {wanted}, so others can change it{often}"
    return Finding(name, message, first.location, HOW[first.kind].format(name=name), seen)


def _unwatched(
    pinned: list[Source], needed: UpdatesNeeded, updates: Updates, proposed: Proposed
) -> Iterator[Finding | Evidence]:
    """Yield that nothing raises pinned actions, or what does."""
    actions = [each for each in pinned if each.kind == "action"]
    need = next((each for each in needed.all if each.ecosystem == "github-actions"), None)
    if not actions or need is None:
        return
    updater, commit = covering(need, updates), proposed.to("github-actions")
    if updater:
        yield Evidence(updater.location, f"{updater.tool} raises the pinned actions")
    elif commit:
        yield Evidence(need.location, f"{commit.author} raises the pinned actions: {commit}")
    elif updates.broken:
        raise Unavailable(f"settings of {updates.broken[0].tool} cannot be read: {updates.broken[0].problem}")
    else:
        message = f"{len(actions)} uses of actions are pinned, and no updater raises them"
        fix = (
            f"let Dependabot watch them, in .github/dependabot.yml: {{version: 2, updates: [{need.stanza}]}}"
        )
        yield Finding("updater", message, actions[0].location, fix)


@fixes(ci_actions_pinned, "safe")
def let_it_watch(finding: Finding, needed: UpdatesNeeded, files: Files) -> Iterator[Edit]:
    """Let the Dependabot that is there watch the actions."""
    for need in needed.all:
        if finding.key == "updater" and need.ecosystem == "github-actions":
            yield from stanza(files, need)
