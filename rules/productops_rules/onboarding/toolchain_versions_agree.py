"""ONB008."""

from collections.abc import Iterator

from pytest_productops.api import (
    Component,
    Evidence,
    Finding,
    Manifests,
    More,
    NotApplicable,
    Toolchains,
    rule,
)


@rule("ONB008", stage="build", level="silver")
def toolchain_versions_agree(
    component: Component,
    toolchains: Toolchains,
    manifests: Manifests,
    *,
    require_min_in_ci: More[bool] = True,
    docs_claim: More[bool] = True,
) -> Iterator[Finding | Evidence]:
    """The versions of the language that are supported are the same wherever they are written.

    The manifest decides (`requires-python`, `engines`, the `go` directive, `rust-version`, the compiler's
    release, `required_ruby_version`, `require.php`, `elixir`). Compared with it are version files
    (.python-version, .nvmrc, .tool-versions, mise.toml, rust-toolchain.toml and their kin), classifiers, the
    targets of ruff, black and mypy, the Dockerfile's image, what CI sets up to test with, and the README's
    `Python 3.10+`. A version file is a choice of the developers: it must be allowed, not equal. What comes
    from an expression or an unread file is left alone.

    Why:
        A newcomer installs the version that one file names, and another file refuses it.

    Fix:
        Decide which is right and change the others.

    Options:
        require_min_in_ci: the oldest release that the manifest allows must be tested in CI.
        docs_claim: what the README promises is compared as well.

    Source:
        OpenSSF OSPS-DO-07; OpenSSF Best Practices Badge, build

    Bad:
        -- pyproject.toml --
        [project]
        name = "shop"
        requires-python = ">=3.11"
        -- .python-version --
        3.9

    Bad:
        -- package.json --
        {"name": "shop", "engines": {"node": ">=20"}}
        -- README.md --
        # Shop
        Requires Node.js 16 or newer.

    Bad:
        -- pyproject.toml --
        [project]
        name = "shop"
        requires-python = ">=3.9"
        -- .github/workflows/test.yml --
        on: pull_request
        jobs:
          test:
            runs-on: ubuntu-latest
            strategy:
              matrix:
                python: ["3.11", "3.12"]
            steps:
              - uses: actions/setup-python@v5
                with:
                  python-version: ${{ matrix.python }}
              - run: pytest

    Good:
        -- pyproject.toml --
        [project]
        name = "shop"
        requires-python = ">=3.10"
        -- .python-version --
        3.12
        -- README.md --
        # Shop
        Requires Python 3.10+.
    """
    declared = toolchains.declared(component)
    conflicts = list(toolchains.conflicts(component, docs=docs_claim, min_in_ci=require_min_in_ci))
    if not conflicts:
        manifests.demand(component.folder)
    if not declared:
        raise NotApplicable("no manifest says which versions of its language it supports")
    for each in conflicts:
        yield Finding(each.key, each.message, each.location, each.fix)
    for tool, claim, _ in declared:
        yield Evidence(claim.location, f"{tool.label} {claim.constraint}")
