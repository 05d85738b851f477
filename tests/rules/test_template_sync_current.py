"""PRA009: what was generated from a template."""

import pytest
from productops_rules.practices.template_sync_current import template_sync_current

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings

CRUFT = '-- .cruft.json --\n{"template": "https://example.org/t", "commit": "abc"}\n'
COPIER = "-- .copier-answers.yml --\n_commit: v1.2.0\n_src_path: gh:acme/t\n"
OLD = "-- git log --\n2025-01-05 ann@acme.test Start\n2026-10-01 ann@acme.test More [+a]\n"
NOW = "-- now --\n2026-11-22\n"


def judge(*parts, **options):
    return findings(template_sync_current, archive("\n".join([*parts, NOW])), **options)


def test_the_message_says_when_and_from_where():
    (finding,) = judge(CRUFT, OLD)
    assert finding.message.startswith(
        ".cruft.json was last changed on 2025-01-05, 686 days ago (at most 365d), in "
    )
    assert finding.message.endswith(": since then nothing came from https://example.org/t")
    assert judge(CRUFT, OLD, max_age="2y") == ()


@pytest.mark.parametrize("text", ["", "{}", "template: ''", "[1", "- a"])
def test_an_empty_file_names_no_template(text):
    (finding,) = judge(f"-- .cruft.json --\n{text}\n", OLD)
    assert finding.key == ".cruft.json#source"


def test_what_keeps_it_current():
    workflow = "-- .github/workflows/t.yml --\non:\n  schedule:\n    - cron: '0 0 * * 1'\njobs:\n  t:\n    steps:\n      - run: {}\n"
    assert judge(CRUFT, workflow.format("cruft check"), OLD) == ()
    assert judge(CRUFT, workflow.format("echo cruft"), OLD) != ()
    renovate = "-- renovate.json --\n{}\n"
    assert judge(COPIER, renovate, OLD) == ()
    assert judge(COPIER.replace("v1.2.0", "abc1234"), renovate, OLD) != ()


def test_leftovers_of_an_update():
    rejected = "-- Makefile.rej --\n--- Makefile\n+++ Makefile\n@@ -1 +1 @@\n-a\n+b\n"
    assert [f.key for f in judge(CRUFT, rejected, OLD, max_age="3y")] == ["Makefile.rej"]
    assert judge(CRUFT, "-- notes.rej --\nwords\n", OLD, max_age="3y") == ()
    with pytest.raises(NotApplicable):
        judge(rejected, OLD)


def test_a_marker_and_components():
    (finding,) = judge("-- .github/template --\nacme/service-template 3\n", OLD)
    assert "acme/service-template 3" in finding.message
    with pytest.raises(NotApplicable):
        judge("-- tests/fixtures/demo/.cruft.json --\n{}\n", OLD)


def test_without_history_it_is_unknown():
    with pytest.raises(Unavailable):
        judge(CRUFT)
