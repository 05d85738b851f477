"""REP009: changes to the process that were pushed."""

import pytest
from productops_rules.repeatability.process_changes_reviewed import process_changes_reviewed

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings

FILES = """
-- .github/workflows/ci.yml --
on: push
-- CODEOWNERS --
* @ann
-- .productops/tasks.toml --
-- .productops/done.toml --
-- RELEASING.md --
# Releasing
1. Tag the commit: `git tag v1`.
2. Push it, and wait for the workflow.
-- src/a.py --
"""


def judge(*log, files=FILES, **options):
    text = (
        f"{files}\n-- git log --\n2026-01-01 ann@acme.test Start\n"
        + "\n".join(log)
        + "\n-- now --\n2026-11-22\n"
    )
    return findings(process_changes_reviewed, archive(text), **options)


SIGNED = "2026-10-01 bob@acme.test Add it (#1) [+src/a.py]"


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (".github/workflows/ci.yml", "the CI configuration"),
        ("CODEOWNERS", "CODEOWNERS"),
        (".productops/tasks.toml", "the task register"),
        (".productops/done.toml", "the definition of done"),
        ("RELEASING.md", "the release documents"),
    ],
)
def test_each_part(path, part):
    (finding,) = judge(SIGNED, f"2026-10-02 ann@acme.test Change it [+{path}]")
    assert finding.key == part
    assert finding.message.startswith(
        f"1 of 1 changes to {part} since 2026-05-26 were pushed onto the mainline"
    )
    assert "2026-10-02 ann: Change it" in finding.message
    assert judge(SIGNED, f"2026-10-02 ann@acme.test Change it (#2) [+{path}]") == ()
    assert (
        judge(SIGNED, f"2026-10-02 ann@acme.test Change it (via desk) [+{path}]", markers=("via desk",)) == ()
    )


def test_a_deleted_workflow_counts_and_a_program_does_not():
    (finding,) = judge(SIGNED, "2026-10-02 ann@acme.test Drop it [-.github/workflows/old.yml]")
    assert finding.key == "the CI configuration"
    with pytest.raises(NotApplicable, match="nobody changed"):
        judge(SIGNED, "2026-10-02 renovate[bot]@acme.test Pin it [+.github/workflows/ci.yml]")


def test_a_release_only_writes_its_number():
    with pytest.raises(NotApplicable):
        judge(SIGNED, "2026-10-02 ann@acme.test Prepare for release 2.0 [+RELEASING.md]")


def test_what_may_have_come_by_request_is_unknown():
    with pytest.raises(Unavailable, match="it names a number"):
        judge(SIGNED, "2026-10-02 ann@acme.test Fix #7 [+CODEOWNERS]")
    bare = FILES.replace(".github/workflows/ci.yml", ".gitlab-ci.yml")
    with pytest.raises(Unavailable, match="no change shows"):
        judge(
            "2026-10-01 bob@acme.test Add it [+src/a.py]",
            "2026-10-02 ann@acme.test X [+CODEOWNERS]",
            files=bare,
        )


def test_what_is_old_and_what_one_person_does_is_not_judged():
    with pytest.raises(NotApplicable, match="since 2026-05-26"):
        judge("2026-02-02 ann@acme.test Change it [+CODEOWNERS]", SIGNED)
    with pytest.raises(NotApplicable, match="one person"):
        judge("2026-10-02 ann@acme.test Change it [+CODEOWNERS]")
