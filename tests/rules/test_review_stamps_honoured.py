"""SUP011."""

import pytest
from productops_rules.support.review_stamps_honoured import review_stamps_honoured

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings

PAGE = "-- docs/x.md --\n---\nlast_reviewed_on: {0}\nreview_in: 6 months\n---\n# X\nLoad the dump.\n-- now --\n{1}\n"


def judge(text, **options):
    return [(f.key, f.message) for f in findings(review_stamps_honoured, archive(text), **options)]


@pytest.mark.parametrize(("today", "late"), [("2026-08-04", False), ("2026-08-05", True)])
def test_the_grace_is_the_last_day(today, late):
    found = judge(PAGE.format("2026-01-05", today))
    message = "a review was promised by 2026-07-05 (last reviewed 2026-01-05, every 6mo; 31 days overdue)"
    assert found == ([("docs/x.md", message)] if late else [])


def test_a_day_that_has_not_come():
    assert judge(PAGE.format("2026-05-01", "2026-04-30")) == []
    ((key, message),) = judge(PAGE.format("2026-05-02", "2026-04-30"))
    assert (key, message) == (
        "docs/x.md#future",
        "it claims a review on 2026-05-02, a day that has not come yet",
    )


def test_owners():
    text = PAGE.format("2026-01-05", "2026-02-01")
    assert judge(text, require_owner=True) == [
        ("docs/x.md#owner", "a review is promised by 2026-07-05, but nobody is named to see to it")
    ]
    assert judge(text + "-- CODEOWNERS --\n* @ann\n", require_owner=True) == []
    late = PAGE.format("2025-01-05", "2026-02-01") + "-- CODEOWNERS --\n* @ann\n"
    assert judge(late)[0][1].endswith("overdue, owner @ann)")


def test_a_stamp_on_nothing():
    text = "-- docs/x.md --\n---\nlast_reviewed_on: 2026-01-05\nreview_in: 6 months\n---\n# X\nTODO\n-- now --\n2026-02-01\n"
    assert [key for key, _ in judge(text)] == ["docs/x.md#empty"]


def test_without_stamps():
    with pytest.raises(NotApplicable, match="no page promises"):
        judge("-- README.md --\nx\n")
    with pytest.raises(NotApplicable):
        judge("-- x.md --\n---\nlast_reviewed_on: 2020-01-05\n---\nText of it.\n")
    assert judge("-- docs/a.md --\nx\n", required_for=("docs/*",)) == [
        ("docs/a.md", "docs/a.md must bear a date of review, but has none")
    ]


def test_an_unreadable_date_is_unknown():
    with pytest.raises(Unavailable, match=r"docs/x\.md:2: last_reviewed_on: in spring"):
        judge(PAGE.format("in spring", "2026-02-01"))
