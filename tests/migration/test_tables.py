"""The tables of equivalence: complete, about rules that exist, and never softer than they say."""

import json

import pytest

from pytest_productops import gate
from pytest_productops.catalogue import installed
from pytest_productops.migration.tables import PEERS, load
from pytest_productops.model import Outcome
from pytest_productops.policy.settings import read

CATALOGUE = installed()
RULES = {
    "repolinter": """
        license-file-exists readme-file-exists contributing-file-exists code-of-conduct-file-exists
        changelog-file-exists security-file-exists support-file-exists readme-references-license
        binaries-not-present test-directory-exists integrates-with-ci code-of-conduct-file-contains-email
        source-license-headers-exist github-issue-template-exists github-pull-request-template-exists
        javascript-package-metadata-exists ruby-package-metadata-exists java-package-metadata-exists
        python-package-metadata-exists objective-c-package-metadata-exists swift-package-metadata-exists
        erlang-package-metadata-exists elixir-package-metadata-exists license-detectable-by-licensee
        notice-file-exists best-practices-badge-present

        apache-notice directory-existence file-contents file-existence file-hash file-hashes-not-exist
        file-no-broken-links file-not-contents file-not-exists file-starts-with file-type-exclusion
        git-grep-commits git-grep-log git-list-tree git-working-tree json-schema-passes large-file
        file-create file-modify file-remove linguist licensee packagers contributor-count
    """,
    "repo-review": """
        PY001 PY002 PY003 PY004 PY005 PY006 PY007 PY008 PP002 PP003 PP004 PP005 PP006 PP301 PP302 PP303 PP304
        PP305 PP306 PP307 PP308 PP309 GH100 GH101 GH102 GH103 GH104 GH105 GH200 GH210 GH211 GH212 MY100 MY101
        MY102 MY103 MY104 MY105 MY106 NOX101 NOX102 NOX103 NOX201 NOX202 NOX203 PC100 PC110 PC111 PC140 PC160
        PC170 PC180 PC190 PC191 PC192 PC901 PC902 PC903 RTD100 RTD101 RTD102 RTD103 RTD104 RF001 RF002 RF003
        RF101 RF201 RF202 SEC001 SCFG001
    """,
    "clomonitor": """
        adopters changelog code_of_conduct contributing governance maintainers readme roadmap summary_table
        website license_spdx_id license_approved license_scanning analytics artifacthub_badge cla
        community_meeting dco github_discussions openssf_badge openssf_scorecard_badge recent_release
        slack_presence binary_artifacts code_review dangerous_workflow dependencies_policy
        dependency_update_tool maintained security_insights security_policy signed_releases sbom
        token_permissions trademark_disclaimer
    """,
    "edx-repo-health": """
        check_dependabot_exists check_has_ecosystems check_dependabot_alert_stats check_dependencies
        check_django_dependencies_status check_django_support_releases check_build_badge check_python_version
        check_readthedocs_build check_file_existence check_dir_existence check_path_existence
        check_readme_existence check_transifex_config_existence check_build_duration check_settings
        check_languages check_branch_and_pr_count check_activity_signals check_pr_activity
        check_github_actions_integration check_has_make_target check_upgrade_script check_npm_package
        check_ownership check_pinned_python_dependencies check_python_support_releases check_readme_contents
        check_readme_links check_readthedocs_file_exists check_readthedocs_file_name
        check_readthedocs_file_version check_renovate check_requires check_has_python_312_classifiers
        check_travis_python_versions check_pypi_name check_repo_url check_project_urls check_has_sections
        check_whitelist_externals
    """,
}
ROWS = [(peer, name, entry) for peer in PEERS for name, entry in load(peer).rules.items()]
COVERED = [(peer, name, entry) for peer, name, entry in ROWS if entry.codes]


@pytest.mark.parametrize("peer", PEERS)
def test_every_rule_of_the_peer_has_a_row(peer):
    missing = set(RULES[peer].split()) - set(load(peer).rules)
    assert not missing


def test_what_repolinter_asks_without_configuration():
    table = load("repolinter")
    assert len(table.traits["default"]) == 26
    assert set(table.traits["default"]) <= set(table.rules)


@pytest.mark.parametrize(
    ("peer", "name", "entry"), ROWS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_row_names_rules_and_options_that_exist(peer, name, entry):
    assert entry.verdict in {"same", "stricter", "not covered"}
    assert bool(entry.codes) == (entry.verdict != "not covered")
    assert entry.reason.endswith(".")
    assert not (entry.codes and entry.near)
    for code in (*entry.codes, *entry.near):
        assert CATALOGUE.get(code).code == code
    for code, options in entry.options.items():
        assert set(options) <= set(CATALOGUE.get(code).options)
    assert not [code for code in entry.near if code not in entry.reason]


BARE = """
-- git log --
2026-01-05 ann@example.org Begin <v1.0.0>
-- src/shop.py --
print("sold")
-- tests/test_shop.py --
def test_shop():
    pass
"""


@pytest.mark.parametrize(
    ("peer", "name", "entry"), COVERED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_where_everything_is_missing_a_covered_row_fails(repository, peer, name, entry):
    root = repository(BARE).root
    options = "".join(
        f"[rules.{code}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
        for code, table in entry.options.items()
    )
    (root / "productops.toml").write_text(f"select = {json.dumps(entry.codes)}\n{options}")
    report = gate.run(root, read(root, CATALOGUE))
    assert [(each.rule.code, each.outcome) for each in report.verdicts] == [
        (code, Outcome.FAIL) for code in entry.codes
    ]
