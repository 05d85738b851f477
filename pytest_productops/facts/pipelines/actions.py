"""What is known of remote GitHub actions: those that run tests, and those whose inputs are commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.lazy import regex

_SHELL_INPUT = regex(r"run|script|cmd|commands?|[a-z]+[-_]command|coverageCommand")
_PREFIXED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "gradle/gradle-build-action": ("gradle", ("arguments",)),
    "gradle/actions": ("gradle", ("arguments",)),
    "burrunan/gradle-cache-action": ("gradle", ("arguments",)),
    "eskatos/gradle-command-action": ("gradle", ("arguments",)),
    "actions-rs/cargo": ("cargo", ("command", "args")),
    "clechasseur/rs-cargo": ("cargo", ("command", "args")),
    "borales/actions-yarn": ("yarn", ("cmd",)),
    "php-actions/composer": ("composer", ("command", "args")),
    "php-actions/phpunit": ("phpunit", ("args",)),
    "snow-actions/tox": ("tox", ("args",)),
    "cypress-io/github-action": ("cypress run", ()),
    "julia-actions/julia-runtest": ("julia runtest", ()),
    "r-lib/actions/check-r-package": ("R CMD check", ()),
    "pypa/cibuildwheel": ("cibuildwheel", ()),
    "robvanoostenrijk/action-swift-test": ("swift test", ()),
    "goto-bus-stop/node-test": ("node --test", ()),
}
_SUSPECT = regex(
    r"(?:^|[^a-z])(?:tests?|tox|check|checks|ci|verify|runtests?|specs?|integration|e2e|pytest|build|bazel|nix|dagger)(?:$|[^a-z])"
)
_PLAIN = regex(
    r"^(?:actions|github|docker/(?:setup|login|metadata)|codecov|coverallsapp|dorny|EnricoMi|mikepenz|dtolnay|Swatinem"
    r"|pre-commit|rust-lang|golangci|reviewdog|step-security|ossf|google-github-actions|aws-actions|azure|hashicorp"
    r"|peter-evans|softprops|slackapi|crate-ci|EmbarkStudios|rustsec|lycheeverse|tj-actions|re-actors|pypa/gh-action)",
    re.IGNORECASE,
)


def name_of(uses: str) -> str:
    """Return an action's name without its version."""
    return uses.partition("@")[0]


def commands(uses: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    """Yield the shell texts that a remote action runs, as far as its name and inputs tell."""
    name = name_of(uses)
    for known, (program, names) in _PREFIXED.items():
        if name.lower() == known.lower() or name.lower().startswith(known.lower() + "/"):
            given = [str(inputs[one]) for one in names if inputs.get(one)]
            if given or not names:
                yield " ".join([program, *given]).replace("\n", " ")
            return
    for key, value in inputs.items():
        if (
            _SHELL_INPUT.fullmatch(key)
            and isinstance(value, str)
            and not name.lower().startswith("actions/github-script")
        ):
            yield value


_NO_TESTS = regex(
    r"merge|label|stale|triage|changelog|release|publish|deploy|dependabot|renovate|codeql|scorecard|lint|format|welcome"
    r"|assign|sync|notify|backport|license|cla\b|docs|typo|spell|security|semgrep|zizmor|dependency|brakeman|audit"
    r"|trivy|snyk|scan|secret|gitleaks|slsa|sbom|pages|rubocop|standardx|prettier|pre-?commit|compil|slack|approve"
    r"|(?:^|[^a-z])lock|clean|claude|readme|\bissues?\b|\bbump|update|review|pinned|poster|comment|milestone|mirror|green|congrats|automated-fix"
)
_CONTAINERS = regex(r"docker|container|(?:^|[^a-z])images?(?:$|[^a-z])|helm|multi-?arch")
_NAMED_TESTS = regex(r"(?:^|[^a-z])(?:tests?|testing|specs?|ci|coverage|e2e|unit)(?:$|[^a-z])")


def workflow_may_test(uses: str) -> bool:
    """Whether a workflow elsewhere may run tests or hold a gate: all but those named for something else."""
    name = name_of(uses).lower()
    file = name.rpartition("/")[2]
    return bool(_NAMED_TESTS.search(file)) or not (_NO_TESTS.search(file) or _CONTAINERS.search(name))


def may_test(uses: str) -> bool:
    """Whether an action that is not known may run tests, as its name suggests."""
    name = name_of(uses).lower()
    own = name.rpartition("/")[2]
    return not _PLAIN.match(uses) and bool(_SUSPECT.search(name)) and not own.startswith(("install", "setup"))


_SETUP_ONLY = regex(r"install|setup|cache|upload|report|checkout|notify|login|init|save|restore|deps")


def orb_may_test(name: str) -> bool:
    """Whether a command or job of an orb may run tests: what its own name says, `node/test` or `gh/setup`."""
    own = name.rpartition("/")[2].lower()
    return bool(_SUSPECT.search(own)) and not _SETUP_ONLY.search(own)
