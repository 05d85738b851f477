"""Rules that belong to a component are asked for each one, and their items can be named."""

import pytest

from pytest_productops import gate
from pytest_productops.catalogue import installed
from pytest_productops.model import Outcome
from pytest_productops.policy.settings import Options, read
from pytest_productops.reports import terminal
from pytest_productops.testing import lay_out

MONOREPO = {
    "package.json": '{"name": "shop", "private": true, "workspaces": ["packages/*"]}',
    "packages/api/package.json": '{"name": "api", "version": "1.2.0"}',
    "packages/web/package.json": '{"name": "web", "version": "2.0.0"}',
    "packages/web/src/version.js": "export const version = '1.0.0'\n",
    "CHANGELOG.md": "# Changes\n\n## api 1.2.0 - 2026-01-05\n\n- Invoices can be exported.\n",
    "git log": "2026-01-05 ann@example.org Release the api <api@1.2.0>\n",
}


@pytest.fixture
def monorepo(tmp_path):
    return lay_out(MONOREPO, tmp_path / "shop").root


def report(root, **options):
    return gate.run(root, read(root, installed(root), [Options("--", {"now": "2026-02-01", **options})]))


def test_the_engine_asks_a_rule_for_each_component(monorepo):
    made = report(monorepo, select="OPS005,DEV001")
    assert [verdict.subject for verdict in made.verdicts] == [
        "DEV001",
        "OPS005",
        "packages/api::OPS005",
        "packages/web::OPS005",
    ]


def test_a_component_says_which_artefact_of_the_root_satisfied_it(monorepo):
    api = next(v for v in report(monorepo, select="OPS005").verdicts if v.component == "packages/api")
    assert api.outcome is Outcome.PASS
    assert [each.location.path for each in api.evidence] == ["CHANGELOG.md"]


def test_the_summary_counts_verdicts(monorepo):
    text = terminal.render(report(monorepo, select="OPS005"))
    assert "3 of 3 verdicts of 1 selected rule could be given: 1 passed, 2 not applicable" in text


def run(pytester, *arguments):
    return pytester.runpytest_inprocess("--productops-now=2026-02-01", "-p", "no:cacheprovider", *arguments)


def test_items_are_named_by_their_component(pytester, monorepo, monkeypatch):
    monkeypatch.chdir(monorepo)
    result = run(pytester, "--productops", "--productops-select=OPS005", "--collect-only", "-q")
    result.stdout.fnmatch_lines(
        ["productops::OPS005", "productops::packages/api::OPS005", "productops::packages/web::OPS005"]
    )


def test_one_component_by_its_node_id(pytester, monorepo, monkeypatch):
    monkeypatch.chdir(monorepo)
    assert run(pytester, "productops::packages/api::OPS005").parseoutcomes() == {"passed": 1}
    assert run(pytester, "productops::OPS005").parseoutcomes() == {"passed": 1, "skipped": 2}


def test_an_unknown_component_is_an_error(pytester, monorepo, monkeypatch):
    monkeypatch.chdir(monorepo)
    result = run(pytester, "productops::packages/app::OPS005")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*no such component: packages/app::OPS005*"])
