"""Critical paths: the files of a repository that nobody should change without an owner's look.

Which they are follows the task that they do: building, delivering, deciding who may do what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pytest_productops.facts.files import Files, own_words
from pytest_productops.lazy import regex

_CODE = r"[^/]+\.(?:py|rb|php|js|mjs|ts|tsx|go|rs|java|kt|cs|ex|exs|c|cc|cpp|h|swift|scala|sql|clj|elm)"
_INFRA = r"[^/]+\.(?:ya?ml|tf|tfvars|hcl|tpl|jsonnet|libsonnet|bicep|sh|json|j2)|Dockerfile[^/]*|Chart\.lock"
KINDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "the CI configuration": regex(
            r"\.github/(?:workflows|actions)/.+|\.gitlab-ci\.ya?ml|\.gitlab/ci/.+|\.circleci/.+|azure-pipelines[^/]*\.ya?ml"
            r"|\.azure-pipelines/.+|Jenkinsfile[^/]*|\.buildkite/.+|bitbucket-pipelines\.yml|\.travis\.yml|\.cirrus\.ya?ml"
            r"|\.drone\.ya?ml|\.woodpecker(?:\.ya?ml|/.+)|\.builds?(?:\.yml|s/.+)|\.forgejo/workflows/.+|\.gitea/workflows/.+"
        ),
        "CODEOWNERS": regex(r"(?:\.github/|\.gitlab/|docs/)?CODEOWNERS"),
        "the container build": regex(
            r"(?:[^/]+/)?(?:(?:.*\.)?(?:Docker|Container)file[^/]*|(?:docker-)?compose[^/]*\.ya?ml)"
        ),
        "the deployment": regex(
            rf"(?:[^/]+/)?(?:deploy(?:ment|ments)?|infra(?:structure)?|terraform|helm|k8s|kubernetes|kustomize|charts)/"
            rf"(?:.+/)?(?:{_INFRA})"
        ),
        "the migrations": regex(
            r"(?:.+/)?(?:migrations|alembic/versions|db/migrate|migrate)/(?:[^/]+/)?"
            r"(?:V?\d{3,}[^/]*\.(?:py|rb|php|js|ts|sql|exs|go|java|cs)|[0-9a-f]{12}_[^/]*\.py|V\d[^/]*__[^/]*\.sql|[^/]+\.sql)"
        ),
        "security-relevant code": regex(
            rf"(?:.+/)?(?:auth|authn|authz|authentication|authorization|security|crypto|cryptography|payments?|billing)"
            rf"/(?:.+/)?{_CODE}"
        ),
        "the release scripts": regex(
            r"(?:(?:scripts?|bin|tools?|hack|ci|dev)/)?(?:release|publish)(?![^/]*(?:preview|notes|docs|site))[^/]*\.(?:sh|py|js|mjs|ts|rb)"
        ),
        "the lock files": regex(
            r"(?:uv|poetry|pdm|Cargo|composer|yarn|mix|Gemfile|flake|bun|Pipfile|Podfile|gradle)\.lock(?:file)?|package-lock\.json"
            r"|pnpm-lock\.yaml|go\.sum|npm-shrinkwrap\.json"
        ),
        "the package manifest": regex(
            r"pyproject\.toml|setup\.(?:py|cfg)|package\.json|Cargo\.toml|go\.mod|pom\.xml|build\.gradle(?:\.kts)?"
            r"|composer\.json|mix\.exs|Gemfile|[^/]+\.gemspec"
        ),
    }
)
"""What is critical -> the paths that are it."""
OPEN = frozenset({"the lock files", "the package manifest"})
"""What a line without owners may leave to machines that update dependencies."""
_ASIDE = regex(
    r"(?:^|/)(?:\.devcontainer|tests?|testing|__tests__|specs?|e2e|examples?|samples?|demos?|docs?|documentation|benchmarks?|fixtures?"
    r"|testdata|test-data|templates?|mocks?|stubs?|node_modules|vendor|third_party|\.?venv|dist|website)/|[._-](?:test|spec)\.\w+\Z"
    r"|(?:^|/)test_[^/]+\Z|_test\.go\Z",
    re.IGNORECASE,
)
_PRODUCT = frozenset({"the container build", "the deployment", "the migrations"})
"""What only a product that is run somewhere has; in a library, `crypto` is what it is about."""
_PLACE = regex(r"(?:^|/)docs/CODEOWNERS\Z")


def critical(files: Files, own: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return what is critical with its files; `own` are further paths, each file below or matched by it."""
    found: dict[str, list[str]] = {}
    for path in files:
        if not own_words(path) or (_ASIDE.search(path) and not _PLACE.search(path)):
            continue
        kind = next((kind for kind, pattern in KINDS.items() if pattern.fullmatch(path)), "")
        if kind:
            found.setdefault(kind, []).append(path)
    if not _PRODUCT.intersection(found):
        found.pop("security-relevant code", None)
    for wanted in own:
        inside = files.matching(wanted.strip("/"), f"{wanted.strip('/')}/*")
        if inside:
            found[f"`{wanted}`"] = list(inside)
    return {kind: tuple(paths) for kind, paths in found.items()}
