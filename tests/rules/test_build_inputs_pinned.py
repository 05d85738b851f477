"""REP005 on images, toolchains, installers and hooks."""

import pytest
from productops_rules.repeatability.build_inputs_pinned import build_inputs_pinned as rule

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.testing import findings

DIGEST = f"sha256:{'0' * 64}"


def keys(files, **options):
    return [finding.key for finding in findings(rule, files, **options)]


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("FROM node\n", ["node"]),
        ("FROM node:latest\n", ["node"]),
        ("FROM localhost:5000/node\n", ["localhost:5000/node"]),
        ("FROM node:20\n", []),
        (f"FROM node@{DIGEST}\n", []),
        ("FROM scratch\n", None),
        ("ARG BASE\nFROM $BASE\n", None),
        ("ARG BASE=node\nFROM ${BASE}\n", ["node"]),
        ("FROM ${BASE:-node:20}\n", []),
        ("FROM --platform=$BUILDPLATFORM node:20 AS web\nFROM web\n", []),
        ("FROM node:20\nRUN curl -sSf https://a.io/i.sh \\\n  | sh\n", ["https://a.io/i.sh"]),
        ("FROM node:20\nRUN bash <(curl -s https://a.io/i.sh)\n", ["https://a.io/i.sh"]),
        ('FROM node:20\nRUN sh -c "$(curl -fsSL https://a.io/i.sh)"\n', ["https://a.io/i.sh"]),
        ("FROM node:20\nRUN curl --tlsv1.2 -sSf https://a.io/i.sh | sh\n", ["https://a.io/i.sh"]),
        ("FROM node:20\nRUN curl https://a.io/1.4.2/i.sh | sh\n", []),
        ("FROM node:20\nRUN curl https://a.io/i.sh | VERSION=1.4.2 sh\n", []),
        ("FROM node:20\nRUN curl https://a.io/i.sh | sh -s -- --version $V\n", []),
        ("FROM node:20\nRUN curl -o i.sh https://a.io/i.sh && sha256sum -c i.sum && sh i.sh\n", []),
        ("FROM node:20\n# RUN curl https://a.io/i.sh | sh\n", []),
    ],
)
def test_dockerfiles(text, loose):
    if loose is None:
        with pytest.raises(NotApplicable):
            keys({"Dockerfile": text})
    else:
        assert keys({"Dockerfile": text}) == [f"Dockerfile#{name}" for name in loose]


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        (".nvmrc", "lts/*\n", "Node.js"),
        (".nvmrc", "lts/hydrogen\n", ""),
        (".python-version", "3.12\n", ""),
        ("rust-toolchain.toml", '[toolchain]\nchannel = "stable"\n', "Rust"),
        ("rust-toolchain.toml", '[toolchain]\nchannel = "1.80"\n', ""),
        ("rust-toolchain", "nightly-2026-01-01\n", ""),
        (".tool-versions", "# tools\nnodejs latest\n", "nodejs"),
        ("mise.toml", '[tools]\nnode = "20"\nbun = {version = "latest"}\n', "bun"),
        (
            ".pre-commit-config.yaml",
            "repos:\n- repo: https://a.io/h\n  rev: main\n  hooks: []\n",
            "https://a.io/h",
        ),
        (".pre-commit-config.yaml", "repos:\n- repo: https://a.io/h\n  rev: v1.2\n  hooks: []\n", ""),
    ],
)
def test_other_files(path, text, name):
    assert keys({path: text}) == ([f"{path}#{name}"] if name else [])


def test_steps_of_ci():
    job = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          true\n          curl https://a.io/i.sh | bash\n"
    (finding,) = findings(rule, {".github/workflows/a.yml": job})
    assert str(finding.location) == ".github/workflows/a.yml:8"


def test_the_strict_demand_is_a_digest():
    assert keys({"Dockerfile": "FROM node:20\n"}, digest=True) == ["Dockerfile#node"]
    assert keys({"Dockerfile": f"FROM node:20@{DIGEST}\n"}, digest=True) == []


@pytest.mark.parametrize(
    "path",
    [
        "tests/Dockerfile",
        "examples/a/Dockerfile",
        "hack/benchmark/Dockerfile",
        "Dockerfile.j2",
        "dev-tools/Dockerfile",
    ],
)
def test_what_is_left_alone(path):
    with pytest.raises(NotApplicable):
        keys({path: "FROM node\n"})


def test_hooks_that_cannot_be_read_are_unknown():
    with pytest.raises(Unavailable, match=r"\.pre-commit-config\.yaml:2: "):
        findings(rule, {".pre-commit-config.yaml": "repos: [\n"})
