"""PRA006 on what CI runs of others."""

import pytest
from productops_rules.practices.ci_actions_pinned import ci_actions_pinned as rule

from pytest_productops.model import NotApplicable
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings

SHA = "0123456789abcdef0123456789abcdef01234567"
DIGEST = f"sha256:{'0' * 64}"
RENOVATE = {"renovate.json": "{}"}


def workflow(*lines):
    head = "on: push\njobs:\n  a:\n    runs-on: x\n"
    return {".github/workflows/a.yml": head + "\n".join(f"    {line}" for line in lines) + "\n"}


def keys(files, **options):
    return [finding.key for finding in findings(rule, files, **options)]


@pytest.mark.parametrize(
    ("lines", "loose"),
    [
        (["steps: [{uses: acme/a@v1}]"], ["acme/a"]),
        ([f"steps: [{{uses: acme/a@{SHA}}}]"], []),
        (["steps: [{uses: actions/checkout@v4}]"], []),
        (["uses: acme/a/.github/workflows/b.yml@main"], ["acme/a/.github/workflows/b.yml"]),
        (["steps: [{uses: 'docker://alpine:3'}]"], ["alpine"]),
        (["container: python:3.12"], ["python"]),
        ([f"container: {{image: 'python@{DIGEST}'}}"], []),
        (["services: {db: {image: 'postgres:16'}}"], ["postgres"]),
        (
            [
                "strategy: {matrix: {image: [a]}}",
                "container: '${{ matrix.image }}'",
                "steps: [{uses: actions/checkout@v4}]",
            ],
            [],
        ),
    ],
)
def test_github(lines, loose):
    assert keys({**workflow(*lines), **RENOVATE}) == loose


@pytest.mark.parametrize(
    ("path", "text", "loose"),
    [
        (".gitlab-ci.yml", "a: {image: 'python:3.12', script: x}\n", ["python"]),
        (".gitlab-ci.yml", "default: {image: {name: python}}\nservices: [redis]\n", ["python", "redis"]),
        (".gitlab-ci.yml", "include:\n- remote: https://a.io/b.yml\n", ["https://a.io/b.yml"]),
        (".gitlab-ci.yml", "include:\n- {remote: 'https://a.io/b.yml', integrity: sha256-x}\n", []),
        (
            ".circleci/config.yml",
            "orbs: {a: acme/a@1, b: acme/b@1.2.3}\njobs: {x: {docker: [{image: 'a:1'}]}}\n",
            ["acme/a", "a"],
        ),
        (
            ".circleci/config.yml",
            f"jobs: {{x: {{machine: {{image: 'u:1'}}}}, y: {{docker: [{{image: 'a@{DIGEST}'}}]}}}}\n",
            [],
        ),
        ("bitbucket-pipelines.yml", "image: node:20\n", ["node"]),
    ],
)
def test_other_services(path, text, loose):
    assert sorted(keys({path: text})) == sorted(loose)


def test_local_actions_are_read():
    action = {".github/actions/a/action.yml": "runs:\n  using: composite\n  steps: [{uses: acme/a@v1}]\n"}
    assert keys(action) == ["acme/a"]


def test_what_is_of_the_same_owner_is_internal():
    readme = {"package.json": '{"name": "shop", "repository": "https://github.com/acme/shop"}'}
    with pytest.raises(NotApplicable):
        keys({**workflow("steps: [{uses: acme/a@v1}]"), **readme})


def test_pins_must_be_raised():
    pinned = workflow(f"steps: [{{uses: acme/a@{SHA}}}]")
    assert keys(pinned) == ["updater"]
    with pytest.raises(Unavailable, match="renovate"):
        keys({**pinned, "renovate.json": "{"})


def test_one_finding_for_each_action_with_its_places():
    (finding,) = findings(rule, {**workflow("steps: [{uses: acme/a@v1}, {uses: acme/a@v2}]")})
    assert (
        finding.message == "CI runs `acme/a@v1`, which names no commit, so others can change it, in 2 places"
    )
    assert keys(workflow("steps: [{uses: acme/a@v1}]"), trusted=["acme/*"]) == []


def test_nothing_and_what_cannot_be_read():
    with pytest.raises(NotApplicable):
        keys({})
    with pytest.raises(Unavailable):
        keys({".github/workflows/a.yml": "on: [\n"})


def test_the_organisation_of_a_team_is_the_owner():
    with pytest.raises(NotApplicable):
        keys({**workflow("steps: [{uses: acme/a@v1}]"), "CODEOWNERS": "* @acme/team\n"})
