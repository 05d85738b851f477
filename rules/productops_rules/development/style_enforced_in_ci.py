"""DEV008."""

from collections.abc import Iterator

from pytest_productops.api import (
    Evidence,
    Finding,
    Less,
    Manifests,
    NotApplicable,
    Quality,
    Unavailable,
    rule,
)


@rule("DEV008", stage="build", level="silver")
def style_enforced_in_ci(
    quality: Quality, manifests: Manifests, *, ignore: Less[tuple[str, ...]] = ()
) -> Iterator[Finding | Evidence]:
    """Every linter, formatter and type checker that the repository configures is run by CI on each change.

    Settings are looked for in the root: of Ruff, Black, isort, Flake8, Pylint, mypy, Pyright and others for Python,
    ESLint, Prettier, Biome, Stylelint, Oxlint, golangci-lint, rustfmt, Clippy, RuboCop, Standard, PHP_CodeSniffer,
    PHP-CS-Fixer, PHPStan, Psalm, Credo, `mix format`, clang-format and others. A run counts where its failure stops a
    change: as a command, through tox, make, npm and the like, by an action, through pre-commit in CI or pre-commit.ci.
    Where CI may run a tool out of sight, the rule cannot tell. Settings of editors alone are left aside.

    Why:
        A style that only some people's machines check comes back as noise in everybody's reviews.
    Fix:
        Run the tool in a job that each change starts (or run pre-commit there), or delete its settings.
    Options:
        ignore: names of tools that need not run, as `prettier`.
    Source:
        OpenSSF Best Practices `coding_standards_enforced`; GDS Way, programming language styles.
    Bad:
        -- mypy.ini --
        [mypy]
        strict = true
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: pytest
    Bad:
        -- ruff.toml --
        line-length = 100
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: ruff check . || true
    Good:
        -- mypy.ini --
        [mypy]
        strict = true
        -- tox.ini --
        [testenv:types]
        commands = mypy src
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: tox -e types
    """
    settings = [one for one in quality.settings if one.tool not in ignore]
    if not settings:
        manifests.demand()
        raise NotApplicable("no linter, formatter or type checker is configured")
    doubts: list[str] = []
    failed = False
    for setting in settings:
        run = quality.stopping(setting.tool)
        if run:
            yield Evidence(run.location, f"{setting.tool} ({setting.location}): `{run.text[:80]}`")
        elif doubt := quality.doubt(setting):
            doubts.append(f"{setting.tool} may run in {doubt}")
        else:
            failed = True
            yield Finding(setting.tool, _said(quality, setting.tool), setting.location, _FIX)
    if doubts and not failed:
        raise Unavailable("; ".join(doubts)[:300])
    if not failed:
        manifests.demand()


_FIX = "run it in a job that each change starts, or delete its settings"


def _said(quality: Quality, tool: str) -> str:
    """Say that a tool is not run, or why its run does not count."""
    weak = quality.weak(tool)
    if weak:
        why = "can stop no change" if weak.on_change else "does not run for changes"
        return f"{tool} is configured, but `{weak.text[:60]}` ({weak.location}) {why}"
    hooked = any(one.tool == tool for one in quality.hooks.hooks)
    return (
        f"{tool} is configured{' and a pre-commit hook' if hooked else ''}, but no CI job of a change runs it"
    )
