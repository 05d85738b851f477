"""SUP009: how few people make half of the changes."""

import pytest
from productops_rules.support.contributor_absence_factor import contributor_absence_factor

from pytest_productops.api import NotApplicable, Work
from pytest_productops.manual import archive
from pytest_productops.testing import findings

MANY = ["2026-01-01 ann@acme.test A"] * 6 + ["2026-02-01 bob@acme.test B", "2026-02-02 eve@acme.test C"]


def judge(*log, files="", **options):
    text = (
        f"{files}\n-- git log --\n2026-01-01 ann@acme.test Start\n"
        + "\n".join(log)
        + "\n-- now --\n2026-11-22\n"
    )
    return findings(contributor_absence_factor, archive(text), **{"min_commits": 5, **options})


def test_the_message_names_shares_and_says_that_it_is_no_merit():
    (finding,) = judge(*MANY)
    assert finding.key == "overall"
    assert finding.message.startswith(
        "one person makes 78% of the 9 commits to the repository since 2025-11-22, at least 2 shall:"
        " ann 78%, bob 11%, eve 11%; "
    )
    assert "measures nobody's merit" in finding.message


def test_pairs_share_a_commit_and_programs_count_for_nothing():
    paired = [f"{line} {{Co-authored-by: bob}}" for line in MANY[:6]]
    assert judge(*paired, *MANY[6:], *["2026-03-01 renovate[bot]@acme.test Bump"] * 9) == ()


def test_a_part_that_one_person_knows():
    files = "-- .github/workflows/ci.yml --\non: push\n-- Dockerfile --\nFROM scratch\n"
    log = ["2026-01-01 eve@acme.test Build it [+Dockerfile]"]
    for n in range(2, 6):
        log += [f"2026-0{n}-02 {who}@acme.test Add {n} [+a{n}{who}]" for who in ("ann", "bob", "dan")]
    found = judge(*log, files=files, min_commits=1)
    assert [each.key for each in found] == ["the CI configuration", "the container build"]
    assert str(found[1].location) == "Dockerfile"
    assert judge(*log, files=files, min_commits=1, paths="overall") == ()


def test_too_little_to_judge_by():
    with pytest.raises(NotApplicable, match="3 people made 9 commits since 2025-11-22, too few"):
        judge(*MANY, min_commits=30)
    with pytest.raises(NotApplicable, match="1 people"):
        judge(*MANY[:6])
    with pytest.raises(NotApplicable, match="0 people made 0 commits"):
        judge(*MANY, window="1d")


@pytest.mark.parametrize(("threshold", "count"), [(0.5, 1), (0.51, 2), (0.8, 2), (0.95, 3)])
def test_the_smallest_set(threshold, count):
    work = Work("", 10, (("a", 0.5), ("b", 0.3), ("c", 0.2)))
    assert len(work.fewest(threshold)) == count
