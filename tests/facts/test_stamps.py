"""Stamps: what promises a review, and when it is due."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.freshness.stamps import Stamps, day, interval
from pytest_productops.facts.register.cadence import span
from pytest_productops.manual import archive
from pytest_productops.testing import lay_out

DEFAULT = span("12mo")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05", "2026-01-05"),
        ("2026-1-5", "2026-01-05"),
        ("2026-01-05T10:00:00Z", "2026-01-05"),
        ("'2026-01-05'", "2026-01-05"),
        ("2026-jan-05", "2026-01-05"),
        ("5 January 2026", "2026-01-05"),
        ("Jan 5, 2026", "2026-01-05"),
        ("05-Jan-2026", "2026-01-05"),
        ("January 2026", None),
        ("2026-02-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_days(text, expected):
    assert day(text) == (datetime.date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("6 months", "", "6mo"), ("6 month", "", "6mo"), ("six months", "", "6mo"), ("1 year", "", "1y"), ("a year", "", "1y"),
        ("every 2 weeks", "", "2w"), ("90d", "", "90d"), ("P6M", "", "P6M"), ("quarterly", "", "3mo"),
        ("365", "review_interval_days", "365d"), ("365", "review_in", None), ("soon", "", None), ("", "", None),
    ],
)  # fmt: skip
def test_intervals(text, key, expected):
    found = interval(text, key)
    assert (str(found) if found else None) == expected


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_read_or_refused(text, key):
    day(text), interval(text, key)


def stamps(tmp_path, **files):
    text = "".join(f"-- {name} --\n{body}" for name, body in files.items())
    return list(lay_out(archive(text), tmp_path)[Stamps].all(DEFAULT))


@pytest.mark.parametrize(
    ("page", "line", "due"),
    [
        ("---\ntitle: x\nlast_reviewed_on: 2026-01-05\nreview_in: 6 months\n---\n# X\n", 3, "2026-07-05"),
        ("---\nreviewed: 2026-01-05\nreview_interval_days: 30\n---\n# X\n", 2, "2026-02-04"),
        ("+++\nlast_reviewed = 2026-01-05\nreview_cadence = 'monthly'\n+++\n# X\n", 2, "2026-02-05"),
        ("---\nnext_review: 2026-03-01\n---\n# X\n", 2, "2026-03-01"),
        ("---\nexpire_by: 2026-03-01\n---\n# X\n", 2, "2026-03-01"),
        ("# X\n\n<!--* freshness: { owner: 'ann' reviewed: '2026-01-05' } *-->\n", 3, "2027-01-05"),
        ("<!--*\n# Document freshness\nfreshness: { owner: 'ann' reviewed: '2026-jan-05' review_interval: '6 months' }\n*-->\n", 3, "2026-07-05"),
        ("# ADR 1\n\n**Revisit on:** 2026-03-01\n", 3, "2026-03-01"),
    ],
)  # fmt: skip
def test_stamps(tmp_path, page, line, due):
    (stamp,) = stamps(tmp_path, **{"docs/x.md": page})
    assert (stamp.location.path, stamp.location.line, str(stamp.due)) == ("docs/x.md", line, due)


@pytest.mark.parametrize(
    "page",
    [
        "# X\nReview this.\n",
        "---\ntitle: review\n---\n# X\n",
        "---\nlast_reviewed_on: yyyy-mm-dd\nreview_in: {period}\n---\n# X\n",
        "---\nreview_in: 6 months\n---\n# X\n",
        "---\nreview_date: 2020-01-01\n---\n# X\n",
        "---\nreviewed: true\n---\n# X\n",
        "# X\n```\nRevisit on: 2026-03-01\n```\n",
        "---\nlast_reviewed_on: [2026\n---\n",
    ],
)
def test_no_stamps(tmp_path, page):
    assert [stamp for stamp in stamps(tmp_path, **{"docs/x.md": page}) if stamp.due or stamp.unread] == []


def test_a_date_without_interval_promises_nothing(tmp_path):
    (stamp,) = stamps(tmp_path, **{"x.md": "---\nlast_reviewed_on: 2020-01-05\n---\n# X\n"})
    assert (stamp.due, stamp.unread) == (None, "")


def test_what_cannot_be_read_is_kept(tmp_path):
    (stamp,) = stamps(
        tmp_path, **{"x.md": "---\nlast_reviewed_on: last spring\nreview_in: 6 months\n---\n# X\n"}
    )
    assert (stamp.due, stamp.unread) == (None, "last_reviewed_on: last spring")


def test_the_definition_of_done_and_pages_made_by_templates(tmp_path):
    done = 'reviewed = 2026-01-05\nreview_in = "6mo"\n[[stage]]\nid = "test"\nnot_applicable = "prose"\n'
    page = "---\nlast_reviewed_on: 2026-01-05\nreview_in: 1 year\nowner_slack: '#ops'\n---\n# X\n"
    found = stamps(tmp_path, **{".productops/done.toml": done, "source/x.html.md.erb": page})
    assert [(str(s.location), str(s.due), s.owner) for s in found] == [
        ("source/x.html.md.erb:2", "2027-01-05", "#ops"),
        (".productops/done.toml:1", "2026-07-05", ""),
    ]
