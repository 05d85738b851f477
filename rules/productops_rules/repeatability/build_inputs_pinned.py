"""REP005."""

from collections.abc import Iterator

from pytest_productops.api import (
    BuildInput,
    BuildInputs,
    Evidence,
    Finding,
    More,
    NotApplicable,
    Unavailable,
    rule,
)

SAID = {
    "image": "the image is built from `{}`",
    "toolchain": "the version of {} is not pinned",
    "installer": "{} is piped into a shell",
    "hook": "pre-commit takes its hooks from `{}`",
}
HOW = {
    "image": "name a tag of one version, better its digest: `{}:<version>@sha256:...`",
    "toolchain": "name the version of {} that is used now",
    "installer": "name a version in the address of {}, or save it, compare its checksum, then run it",
    "hook": "run `pre-commit autoupdate`, or name a tag of {}",
}


@rule("REP005", stage="build", level="silver", profiles=("service",), demands={"strict": {"digest": True}})
def build_inputs_pinned(inputs: BuildInputs, *, digest: More[bool] = False) -> Iterator[Finding | Evidence]:
    """What a build takes from elsewhere names a version.

    Looks at the images that Dockerfiles start from (a tag, and not `latest`), at the files that name a toolchain
    (.nvmrc, .python-version, rust-toolchain.toml, .tool-versions, mise.toml and their kin), at installers that
    Dockerfiles and CI pipe from the network into a shell, and at the `rev` of pre-commit's hooks. Images that an
    argument without a default names are left alone, and so are examples, tests and documentation.

    Why:
        The same commit builds something else tomorrow, and nobody can tell what changed.

    Fix:
        Name the version, or the digest, and let an updater raise it.

    Options:
        digest: images must name their digest; a tag can be moved.

    Source:
        Mercari's production readiness checklist ("no latest tag"); OpenSSF Scorecard, Pinned-Dependencies

    Bad:
        -- Dockerfile --
        FROM node
        COPY . .

    Bad:
        -- Dockerfile --
        FROM debian:12.5
        RUN curl -fsSL https://install.example.org/tool.sh | sh

    Bad:
        -- .nvmrc --
        lts/*

    Bad:
        -- .pre-commit-config.yaml --
        repos:
          - repo: https://github.com/acme/hooks
            rev: main
            hooks: [{id: lint}]

    Bad:
        -- Dockerfile --
        FROM debian:12.5
        -- options --
        digest = true

    Good:
        -- Dockerfile --
        ARG PYTHON=3.12.4-slim
        FROM python:${PYTHON} AS build
        RUN curl -fsSL https://install.example.org/tool/1.4.2/tool.sh | sh
        FROM build
        -- .nvmrc --
        20
    """
    if not inputs.all:
        if inputs.unreadable:
            raise Unavailable(inputs.unreadable[0])
        raise NotApplicable("no Dockerfile, toolchain file, installer or hook takes anything from elsewhere")
    seen: set[str] = set()
    for each in inputs.all:
        finding = _finding(each, digest=digest)
        if finding and finding.key not in seen:
            seen.add(finding.key)
            yield finding
        elif not finding:
            yield Evidence(each.location, f"{each.name} {each.what}" if each.name != each.what else each.what)
    if inputs.unreadable and not seen:
        raise Unavailable(inputs.unreadable[0])


def _finding(each: BuildInput, *, digest: bool) -> Finding | None:
    tagged = digest and each.kind == "image" and not each.exact
    moves = each.moves or ("it names no digest, and a tag can be moved" if tagged else "")
    if not moves:
        return None
    shown = each.name if each.kind in {"hook", "toolchain"} else each.what
    message = f"{SAID[each.kind].format(shown)}: {moves}"
    return Finding(
        f"{each.location.path}#{each.name}", message, each.location, HOW[each.kind].format(each.name)
    )
