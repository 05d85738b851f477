"""Mirrors: repositories whose changes are made in another one."""

import pytest
from productops_rules.development.coverage_gate_enforced import coverage_gate_enforced
from productops_rules.development.tests_run_on_change import tests_run_on_change as tested
from productops_rules.operations.changelog_tracks_releases import changelog_tracks_releases
from productops_rules.operations.release_procedure_documented import release_procedure_documented
from productops_rules.practices.dependency_updates_automated import dependency_updates_automated

from pytest_productops.facts.mirror import Mirror
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings, lay_out

MAIN = "https://github.com/acme/invoices"


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": f"# Mailer\n\n * [Report issues]({MAIN}/issues) and\n   [send Pull Requests]({MAIN}/pulls)\n   in the [main Invoices repository]({MAIN})\n"},
        {"README.md": f"# Mailer\n\n**[READ-ONLY]** Subtree split of the mailer: {MAIN}.\n"},
        {"README.md": f"# Mailer\n\nThis repository is a read-only mirror of [invoices]({MAIN}/tree/main/mailer).\n"},
        {"README.md": f"# Mailer\n\nThis is a sub-split of Invoices.\nContribute in the main one: {MAIN}.\n"},
        {".github/PULL_REQUEST_TEMPLATE.md": f"Please do not submit any Pull Requests here. They will be closed.\n---\n\nSubmit them here instead:\n{MAIN}\n"},
    ],
)  # fmt: skip
def test_mirrors(tmp_path, files):
    assert lay_out(files, tmp_path)[Mirror].address == MAIN


@pytest.mark.parametrize(
    "text",
    [
        f"A read-only mirror of this repository is at {MAIN}-mirror.\n",
        f"Send pull requests to this repository. It uses {MAIN}.\n",
        "Send pull requests to the main repository, https://github.com/acme/mailer.\n",
        "Do not open pull requests here without an issue.\n",
        f"It keeps a mirror of the index, as [invoices]({MAIN}) does.\n",
    ],
)
def test_no_mirrors(tmp_path, text):
    assert lay_out({"README.md": f"# Mailer\n\n{text}"}, tmp_path)[Mirror].address == ""


@pytest.mark.parametrize(
    "rule",
    [tested, coverage_gate_enforced, dependency_updates_automated, release_procedure_documented, changelog_tracks_releases],
)  # fmt: skip
def test_nothing_is_asked_of_a_mirror(rule):
    files = {
        "README.md": f"# Mailer\n\nThis is a read-only split of [invoices]({MAIN}).\n",
        "package.json": '{"dependencies": {"left-pad": "^1.3.0"}}',
        "test/a.test.js": "test()\n",
        ".github/workflows/lint.yml": "on: pull_request\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: eslint .\n",
        "git log": "2026-01-05 ann@example.org Begin <v1.0.0>\n",
    }
    with pytest.raises(Unavailable, match=f"changes are made in {MAIN}"):
        findings(rule, files)
    assert findings(rule, {**files, "README.md": "# Mailer\n\nIt sends mail.\n"})
