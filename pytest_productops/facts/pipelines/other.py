"""CI files of providers that are not read yet: that they exist keeps a rule from saying that nothing does."""

from __future__ import annotations

from pytest_productops.facts.files import Files
from pytest_productops.lazy import regex

_NAMES = regex(
    r"\.circleci/config\.ya?ml|\.?azure-pipelines?[^/]*\.ya?ml|(?:\.azure(?:-pipelines|-devops)?|\.ado|\.vsts(?:-ci)?|azure-pipelines)"
    r"/.+\.ya?ml|(?:.*/)?Jenkinsfile[^/]*|\.?buildkite/.+\.(?:ya?ml|json|sh|py|rb)|bitbucket-pipelines\.ya?ml"
    r"|\.builds?/[^/]+\.ya?ml|\.build\.ya?ml|\.travis\.ya?ml|\.woodpecker(?:\.ya?ml|/.+\.ya?ml)|\.cirrus\.(?:ya?ml|star)"
    r"|\.?zuul(?:\.ya?ml|\.d/.+\.ya?ml)|\.drone\.(?:ya?ml|star|jsonnet)|\.?appveyor\.ya?ml|\.prow/.+\.ya?ml|\.prow\.ya?ml"
    r"|\.tekton/.+\.ya?ml|\.semaphore/.+\.ya?ml|cloudbuild\.ya?ml|codemagic\.ya?ml|bitrise\.ya?ml|wercker\.yml"
    r"|\.teamcity/.+|\.(?:forgejo|gitea)/workflows/[^/]+\.ya?ml|buildspec[^/]*\.ya?ml|\.packit\.ya?ml|\.taskcluster\.ya?ml"
    r"|taskcluster/.+|\.expeditor/.+\.ya?ml|\.evergreen/.+\.ya?ml|\.onedev-buildspec\.yml|\.kokoro/.+|\.hydra\.json"
)
_DEAD = regex(r"\.travis\.ya?ml|wercker\.yml")


def others(files: Files, *, living: bool) -> tuple[str, ...]:
    """Return these files; one of a service that most have left counts only where no other CI is `living`."""
    found = [path for path in files if _NAMES.fullmatch(path)]
    alive = [path for path in found if not _DEAD.fullmatch(path)]
    return tuple(alive if living or alive else found)
