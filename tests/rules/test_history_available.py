"""REP010."""

import pytest
from productops_rules.repeatability.history_available import history_available

from pytest_productops.api import NotApplicable, Repository, Unavailable
from pytest_productops.testing import findings_in

LOG = "-- git log --\n2026-01-01 ann@example.org One\n2026-01-02 ann@example.org Two\n-- README.md --\n# X\n"
RELEASE = "-- .github/workflows/release.yml --\non:\n  push:\n    tags: ['v*']\njobs:\n  x:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n"


def keys(repository, **options):
    return [finding.key for finding in findings_in(history_available, repository, **options)]


def test_a_full_clone(repository):
    assert keys(repository(LOG)) == []


def test_without_git(repository):
    made = repository("-- README.md --\nx\n")
    with pytest.raises(Unavailable, match="no git repository: clone the repository"):
        keys(made)
    assert keys(made, require="fail") == ["git"]
    with pytest.raises(NotApplicable, match=r"git = false"):
        keys(made, git=False)


def test_without_commits(tmp_path):
    from git import Repo

    Repo.init(tmp_path).close()
    assert keys(Repository(tmp_path), require="fail") == ["git"]


def test_a_shallow_clone(repository, tmp_path):
    from git import Repo

    made = repository(LOG)
    with Repo.clone_from(f"file://{made.root}", tmp_path / "shallow", depth=1):
        pass
    shallow = Repository(tmp_path / "shallow")
    with pytest.raises(Unavailable, match="the clone is shallow: set fetch-depth: 0"):
        keys(shallow)
    (finding,) = findings_in(history_available, shallow, require="fail")
    assert finding.message == "rules on history need all of it, but the clone is shallow"
    assert "fetch-depth: 0 (GitHub), GIT_DEPTH: 0 (GitLab)" in finding.fix


def test_tags_are_missed_where_ci_acts_on_them(repository):
    made = repository(LOG + RELEASE)
    (finding,) = findings_in(history_available, made, require="fail")
    assert (finding.key, finding.location.path) == ("tags", ".github/workflows/release.yml")


def test_tags_that_are_there(repository):
    assert keys(repository(LOG.replace("Two", "Two <v1.0>") + RELEASE)) == []
