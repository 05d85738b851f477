"""ONB010."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import Environment, Evidence, Finding, Less, rule

Kind = Literal["devcontainer", "compose", "nix", "mise", "target", "script", "machine", "command"]
ALL: tuple[Kind, ...] = ("devcontainer", "compose", "nix", "mise", "target", "script", "machine", "command")


@rule("ONB010", stage="build", level="silver", profiles=("service", "internal-product"))
def dev_environment_reproducible(
    environment: Environment, *, accept: Less[tuple[Kind, ...]] = ALL
) -> Iterator[Finding | Evidence]:
    """There is a declared way to a working environment, and all that it refers to exists.

    A way is a devcontainer, a Compose file, a Nix shell, mise, asdf or pixi (`mise`), a target such as `make setup`,
    `just bootstrap` or the npm script `dev`, a script such as `script/setup`, a Vagrantfile, Tiltfile, Skaffold,
    Gitpod or Conda file (`machine`), and for what is no service a documented command (`pip install -e .[dev]`), in
    the root or the folder of a component.
    Dockerfiles, build contexts, env files and mounted files must exist, and so must the scripts and targets that
    hooks, targets and scripts call. What git ignores, submodules bring or a template beside provides is left alone.

    Why:
        Where each newcomer builds an environment by hand, each has another one, and the first day is lost.
    Fix:
        Add `.devcontainer/devcontainer.json` or a target `setup`; write the reference anew, or restore the file.
    Options:
        accept: the kinds of way that count: devcontainer, compose, nix, mise, target, script, machine, command
    Source:
        OpenSSF best practices, installation_development_quick; Microsoft engineering fundamentals, developer
        experience; https://github.com/github/scripts-to-rule-them-all.
    Bad:
        -- README.md --
        # Invoices
        A web service that sends invoices.
        -- Dockerfile --
        FROM python:3.13
        EXPOSE 80
    Bad:
        -- .devcontainer/devcontainer.json --
        {
          // what the editor opens
          "build": { "dockerfile": "Dockerfile" },
          "postCreateCommand": "scripts/setup.sh",
        }
        -- scripts/lint.sh --
        ruff check
    Bad:
        -- compose.yaml --
        services:
          web:
            build: ./web
    Good:
        -- compose.yaml --
        services:
          web:
            build: ./web
            env_file: .env
        -- .env.example --
        PORT=8080
        -- web/Dockerfile --
        FROM python:3.13
    Good:
        -- justfile --
        setup:
            pip install -r requirements.txt
        -- requirements.txt --
        flask==3.1.0
    """
    ways = [way for way in environment.ways if way.kind in accept]
    for way in ways:
        if way.lack:
            yield Finding(
                f"{way.name}#lack", f"`{way.name}` {way.lack}"[:200], way.location, "write it, or delete it"
            )
    if not any(not way.lack for way in ways) and not any(way.lack for way in ways):
        message = "no way to a development environment is declared: no container, Nix shell, set-up target or script"
        yield Finding(
            "environment",
            message,
            fix="add .devcontainer/devcontainer.json, compose.yaml or a target `setup`",
        )
    for dangling in environment.dangling:
        if dangling.way in ways:
            message = f"`{dangling.way.name}` needs {dangling.what}, which is not there"
            fix = "correct the reference, or add what is missing"
            yield Finding(f"{dangling.way.name}#{dangling.what}", message, dangling.location, fix)
    for way in ways[:3]:
        yield Evidence(way.location, way.name)
