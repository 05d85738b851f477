"""ONB010 on the ways to an environment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from productops_rules.onboarding.dev_environment_reproducible import dev_environment_reproducible as rule

from pytest_productops.testing import findings

SERVICE = {
    "README.md": "# Invoices\n\nA web service that sends invoices.\n",
    "Dockerfile": "FROM python\nEXPOSE 80\n",
}


def keys(archive, **options):
    return sorted(finding.key for finding in findings(rule, {**SERVICE, **archive}, **options))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".devcontainer/devcontainer.json", '{"image": "python:3.13"} // comment'),
        ("compose.yaml", "services:\n  web:\n    image: python\n"),
        ("backend/docker-compose.yml", "services:\n  web:\n    image: python\n"),
        ("flake.nix", "{ outputs = {}; }\n"),
        ("mise.toml", '[tools]\npython = "3.13"\n'),
        (".tool-versions", "python 3.13\n"),
        ("Makefile", "setup:\n\tuv sync\n"),
        ("justfile", "bootstrap:\n    uv sync\n"),
        ("package.json", '{"scripts": {"dev": "vite"}}'),
        ("script/setup", "#!/bin/sh\nuv sync\n"),
        ("Vagrantfile", "Vagrant.configure('2')\n"),
    ],
)
def test_usual_ways(path, text):
    assert keys({path: text}) == []


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("flake.nix", "", ["flake.nix#lack"]),
        (".tool-versions", "# nothing yet\n", [".tool-versions#lack"]),
        ("script/setup", "#!/bin/sh\n# later\n", ["script/setup#lack"]),
        (".devcontainer/devcontainer.json", "{}", [".devcontainer/devcontainer.json#lack"]),
        ("compose.yaml", "", ["compose.yaml#lack"]),
        ("Makefile", "setup:\n", ["environment"]),
        ("examples/compose.yaml", "services:\n  web:\n    image: python\n", ["environment"]),
    ],
)
def test_an_empty_way_is_none(path, text, found):
    assert keys({path: text}) == found


def test_kinds_that_count():
    assert keys({"Makefile": "setup:\n\tuv sync\n"}, accept=("devcontainer", "compose")) == ["environment"]


@pytest.mark.parametrize(
    ("path", "text", "missing"),
    [
        (
            ".devcontainer/devcontainer.json",
            '{"build": {"dockerfile": "Dockerfile"}}',
            "the Dockerfile `.devcontainer/Dockerfile`",
        ),
        (
            ".devcontainer/devcontainer.json",
            '{"dockerComposeFile": ["../dev.yml"]}',
            "the Compose file `dev.yml`",
        ),
        (".devcontainer/devcontainer.json", '{"build": {"dockerfile": "../Dockerfile"}}', ""),
        (".devcontainer/devcontainer.json", '{"build": {"dockerfile": "${localEnv:FILE}"}}', ""),
        ("compose.yaml", "services:\n  web:\n    build: ./web\n", "the build context `web`"),
        ("compose.yaml", "services:\n  web:\n    build: https://github.com/acme/web.git\n", ""),
        (
            "compose.yaml",
            "services:\n  web:\n    build:\n      context: .\n      dockerfile: Dev.Dockerfile\n",
            "the Dockerfile `Dev.Dockerfile`",
        ),
        (
            "compose.yaml",
            "services:\n  web:\n    image: a\n    env_file: web.env\n",
            "the env_file `web.env`",
        ),
        (
            "compose.yaml",
            "services:\n  web:\n    image: a\n    env_file: [{path: web.env, required: false}]\n",
            "",
        ),
        (
            "compose.yaml",
            "services:\n  web:\n    image: a\n    volumes: ['./nginx.conf:/etc/nginx.conf']\n",
            "the volume `nginx.conf`",
        ),
        ("compose.yaml", "services:\n  web:\n    image: a\n    volumes: ['./data:/data', 'db:/db']\n", ""),
        ("Makefile", "setup:\n\tscripts/install.sh\n", "the script `scripts/install.sh`"),
    ],
)
def test_what_is_not_there(path, text, missing):
    found = keys({path: text, "scripts/lint.sh": "ruff check\n"})
    name = "make setup" if path == "Makefile" else path
    assert found == ([f"{name}#{missing}"] if missing else [])


def test_env_files_that_are_made():
    compose = {"compose.yaml": "services:\n  web:\n    image: a\n    env_file: .env\n"}
    assert keys(compose) == ["compose.yaml#the env_file `.env`"]
    assert keys({**compose, ".env.example": "A=1\n"}) == []
    assert keys({**compose, "Makefile": "dev:\n\ttouch .env\n"}) == []


def test_a_library_needs_a_command():
    library = {"README.md": "# Invoices\n\nA library.\n\n## Development\n\nRun `pip install -e .[dev]`.\n",
               "pyproject.toml": '[project]\nname = "invoices"\nversion = "1"\n[build-system]\nrequires = []\n'}  # fmt: skip
    assert findings(rule, library) == ()


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    findings(rule, {**SERVICE, ".devcontainer/devcontainer.json": text, "compose.yaml": text})
