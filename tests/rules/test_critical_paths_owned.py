"""SUP003: who owns what is critical, by the last match."""

import pytest
from productops_rules.support.critical_paths_owned import critical_paths_owned as rule

from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings


def keys(owners, *paths, **options):
    return [
        finding.key
        for finding in findings(
            rule, {".github/CODEOWNERS": owners, **dict.fromkeys(paths, "x\n")}, **options
        )
    ]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (".github/workflows/ci.yml", "the CI configuration"),
        ("Jenkinsfile", "the CI configuration"),
        ("api/Dockerfile", "the container build"),
        ("compose.yaml", "the container build"),
        ("infra/main.tf", "the deployment"),
        ("helm/chart/values.yaml", "the deployment"),
        ("app/migrations/0001_start.py", "the migrations"),
        ("db/migrate/20200101120000_start.rb", "the migrations"),
        ("scripts/release.sh", "the release scripts"),
        ("uv.lock", "the lock files"),
        ("pyproject.toml", "the package manifest"),
    ],
)
def test_what_is_critical(path, kind):
    assert keys("/.github/CODEOWNERS @ann\n", path) == [kind]
    assert keys("* @ann\n", path) == []


@pytest.mark.parametrize(
    "path",
    [
        "docs/deploy/index.md",
        "tests/auth/test_login.py",
        ".devcontainer/Dockerfile",
        "src/migrations/rename-token/transform.ts",
        "src/components/charts/line.tsx",
        "lib/crypto/cipher.py",
        "scripts/publish-preview.sh",
        "packages/api/package.json",
    ],
)
def test_what_is_not_critical(path):
    assert keys("/.github/CODEOWNERS @ann\n", path) == []


def test_security_code_is_critical_in_what_is_deployed():
    assert keys("* @ann\n/src/auth/\n", "src/auth/login.py", "Dockerfile") == ["security-relevant code"]


def test_the_line_that_takes_owners_away_is_named():
    (finding,) = findings(
        rule, {".github/CODEOWNERS": "* @ann\n.github/\n", ".github/workflows/ci.yml": "on: push\n"}
    )[:1]
    assert finding.location.line == 2
    assert "line 2" in finding.message


def test_machines_may_update_lock_files():
    assert keys("* @ann\npackage-lock.json\npackage.json\n", "package-lock.json", "package.json") == []


def test_a_team_is_as_good_as_two_people():
    assert keys("* @ann\n", "pyproject.toml", min_owners=2) == ["CODEOWNERS", "the package manifest"]
    assert keys("* @acme/all\n", "pyproject.toml", min_owners=2) == []
    assert keys("* @ann @bob\n", "pyproject.toml", min_owners=2) == []


def test_own_paths_are_critical_too():
    assert keys("/.github/ @ann\n", "ledger/book.py", critical_paths=["ledger/"]) == ["`ledger/`"]


def test_sections_of_gitlab_add_owners():
    files = {
        ".gitlab/CODEOWNERS": "/.gitlab/ @ann\n[Pipelines]\n.gitlab-ci.yml @bob\n",
        ".gitlab-ci.yml": "a: 1\n",
    }
    assert findings(rule, files) == ()


def test_without_codeowners():
    with pytest.raises(NotApplicable):
        findings(rule, {"pyproject.toml": "x\n"})
    assert [f.key for f in findings(rule, {"pyproject.toml": "x\n"}, require_codeowners=True)] == [
        "codeowners"
    ]
    with pytest.raises(NotApplicable):
        keys("# nobody\n", "pyproject.toml")
