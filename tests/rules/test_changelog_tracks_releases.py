"""OPS005 on changelogs and tags."""

import pytest
from productops_rules.operations.changelog_tracks_releases import changelog_tracks_releases as rule

from pytest_productops import gate
from pytest_productops.facts.components import Components
from pytest_productops.model import NotApplicable, Outcome
from pytest_productops.policy.terms import Terms
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings, lay_out

LOG = "2026-01-05 ann@example.org Begin <v1.0.0>\n2026-02-05 ann@example.org Go on <v1.1.0>\n"
TWO = "# Changes\n\n## 1.1.0 - 2026-02-05\n\n- An export.\n\n## 1.0.0 - 2026-01-05\n\n- The beginning.\n"


def keys(files, log=LOG, **options):
    return sorted(finding.key for finding in findings(rule, {**files, "git log": log}, **options))


def test_each_release_has_an_entry():
    assert keys({"CHANGELOG.md": TWO}) == []
    assert keys({"CHANGELOG.md": TWO.replace("1.1.0", "1.2.0")}) == ["entry:v1.1.0"]
    assert keys({"CHANGELOG.md": TWO.replace("1.1.0 - 2026-02-05", "1.1 (5 February 2026)")}) == []


def test_entries_say_something_have_a_date_and_an_order():
    assert keys({"CHANGELOG.md": TWO.replace("- An export.", "")}) == ["empty:v1.1.0"]
    assert keys({"CHANGELOG.md": f"{TWO.replace('- An export.', 'TODO')}- And much else.\n"}) == [
        "empty:v1.1.0"
    ]
    undated = TWO.replace(" - 2026-02-05", "")
    assert keys({"CHANGELOG.md": undated}) == ["dates"]
    assert keys({"CHANGELOG.md": undated.replace(" - 2026-01-05", "")}) == []
    assert keys({"CHANGELOG.md": undated.replace(" - 2026-01-05", "")}, require_dates=True) == ["dates"]
    older = "".join(f"## 0.{minor}.0\n\n- A.\n\n" for minor in range(9, 0, -1))
    assert (
        keys(
            {"CHANGELOG.md": f"{undated.replace(' - 2026-01-05', '')}{older}## 0.0.1 - 2020-01-05\n\n- B.\n"}
        )
        == []
    )
    first, second = TWO.split("## 1.0.0")
    last = first.replace("# Changes\n\n", "")
    assert keys({"CHANGELOG.md": f"# Changes\n\n## 1.0.0{second}\n{last}"}) == ["order"]


def test_pre_releases_and_counts_of_builds_need_none():
    assert keys({"CHANGELOG.md": TWO}, f"{LOG}2026-03-01 ann@example.org Try <v1.2.0-rc.1>\n") == []
    assert keys({"CHANGELOG.md": TWO}, f"{LOG}2026-03-01 ann@example.org Count <v0.0.4085>\n") == []
    told = TWO.replace(
        "## 1.1.0 - 2026-02-05\n\n- An export.", "## 1.1.0 - 2026-02-05\n\n## 1.1.0-rc.1\n\n- An export."
    )
    assert keys({"CHANGELOG.md": told}) == []


def test_two_tags_of_one_commit_are_one_release():
    log = LOG.replace("<v1.1.0>", "<v1.1.0> <v0.11.0>")
    assert keys({"CHANGELOG.md": TWO}, log) == []


def test_only_the_last_tags_count():
    assert keys({"CHANGELOG.md": TWO.split("## 1.0.0", maxsplit=1)[0]}, tags=1) == []
    assert keys({"CHANGELOG.md": TWO.split("## 1.0.0", maxsplit=1)[0]}) == ["entry:v1.0.0"]


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": "# A\n\nSee [the releases](https://github.com/acme/invoices/releases).\n"},
        {
            "CHANGELOG.md": "# Changes\n\nNewer ones: https://github.com/acme/invoices/releases\n\n## 0.9.0\n\n- Old.\n"
        },
        {"CHANGELOG": "https://example.org/invoices/changes\n"},
        {"releasenotes/notes/add-export-1f2e.yaml": "features: [an export]\n"},
        {"RELEASE-NOTES": "Invoices 1.0.0\n\n * The beginning\n"},
    ],
)
def test_what_is_told_elsewhere_is_unknown(files):
    with pytest.raises(Unavailable):
        keys(files)


@pytest.mark.parametrize(
    "end",
    [
        "See [the old branch](https://example.org/blob/0-stable/CHANGELOG.md)\nfor previous changes.\n",
        "Older releases: `docs/HISTORY.md`.\n",
        "Changes before 1.1: [history](HISTORY.md)\n",
    ],
)
def test_a_changelog_that_sends_on_for_older_changes_covers_them(end):
    newest = TWO.partition("## 1.0.0")[0]
    assert keys({"CHANGELOG.md": f"{newest}{end}"}) == []
    assert keys({"CHANGELOG.md": f"{newest}- Keeps previous [sorting](https://example.org).\n"}) == [
        "entry:v1.0.0"
    ]
    later = f"{LOG}2026-03-01 ann@example.org Go <v1.2.0>\n"
    assert keys({"CHANGELOG.md": f"{newest}{end}"}, later) == ["entry:v1.2.0"]


def test_an_entry_for_each_minor_version_covers_its_patches():
    lines = "# Changes\n\n## 1.1\n\n- An export.\n\n## 1.0\n\n- The beginning.\n"
    log = f"{LOG}2026-03-01 ann@example.org Mend <v1.1.1>\n"
    assert keys({"CHANGELOG.md": lines}, log) == []
    assert keys({"CHANGELOG.md": lines.replace("1.1", "1.1.0")}, log) == ["entry:v1.1.1"]
    assert keys({"CHANGELOG.md": lines}, f"{LOG}2026-03-01 ann@example.org Go <v1.2.0>\n") == ["entry:v1.2.0"]


def test_a_long_series_of_pre_releases_makes_no_past_of_stable_ones():
    log = "2023-01-05 ann@example.org Begin <v0.9.0>\n2026-02-05 ann@example.org Try <v1.0.0-beta.1>\n"
    assert keys({"CHANGELOG.md": TWO}, log) == ["entry:v0.9.0"]
    with pytest.raises(NotApplicable, match="under other names"):
        keys({"CHANGELOG.md": TWO}, log.replace("v1.0.0-beta.1", "other-1.0.0"))


def test_nothing_and_an_empty_file():
    assert keys({"README.md": "# A\n\nWords.\n"}) == ["changelog"]
    (finding,) = findings(rule, {"CHANGELOG.md": "# Changelog\n", "git log": LOG})
    assert (finding.key, finding.location.path) == ("changelog", "CHANGELOG.md")


MONOREPO = {
    "package.json": '{"name": "whole", "private": true, "workspaces": ["packages/*"]}\n',
    "packages/api/package.json": '{"name": "@acme/api", "version": "1.1.0"}\n',
    "packages/web/package.json": '{"name": "@acme/web", "version": "2.0.0"}\n',
    "packages/api/CHANGELOG.md": TWO,
    "git log": "2026-01-05 ann@example.org Begin <@acme/api@1.0.0> <@acme/web@2.0.0>\n"
    "2026-02-05 ann@example.org Go on <@acme/api@1.1.0>\n",
}


def verdicts(files, root):
    repository = lay_out(files, root)
    components = repository[Components].all
    return {c.folder: gate.judge(rule, repository, Terms(rule.with_defaults({})), c) for c in components}


def test_each_package_is_judged_by_its_own_changelog(tmp_path):
    ended = verdicts(MONOREPO, tmp_path)
    assert ended["packages/api"].outcome is Outcome.PASS
    assert ended["packages/api"].evidence[0].location.path == "packages/api/CHANGELOG.md"
    assert ended["packages/web"].outcome is Outcome.NOT_APPLICABLE
    assert ended[""].outcome is Outcome.NOT_APPLICABLE


def test_a_private_package_is_not_judged(tmp_path):
    private = MONOREPO["packages/api/package.json"].replace("{", '{"private": true, ')
    ended = verdicts({**MONOREPO, "packages/api/package.json": private}, tmp_path)
    assert (ended["packages/api"].outcome, ended["packages/api"].reason) == (
        Outcome.NOT_APPLICABLE,
        "it is private: never published",
    )


def test_deployments_that_are_marked_need_no_entry():
    marks = "".join(f"2026-03-{day:02} ann@example.org Go on <release_{day}>\n" for day in range(1, 12))
    with pytest.raises(NotApplicable):
        keys({"README.md": "# A\n"}, LOG + marks)


def test_a_changelog_that_counts_otherwise_than_the_tags_is_not_judged():
    with pytest.raises(Unavailable):
        keys({"CHANGELOG.md": TWO}, "2026-01-05 ann@example.org Begin <tag20260105.1>\n")


def test_the_roots_changelog_may_serve_a_package(tmp_path):
    files = {**MONOREPO, "CHANGELOG.md": "# Changes\n\n## web 2.0.0 - 2026-01-05\n\n- A page.\n"}
    web = verdicts(files, tmp_path)["packages/web"]
    assert (web.outcome, web.evidence[0].note) == (Outcome.PASS, "the root's changelog serves it")
