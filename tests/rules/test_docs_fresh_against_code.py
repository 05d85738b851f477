"""SUP010."""

import pytest
from productops_rules.support.docs_fresh_against_code import docs_fresh_against_code

from pytest_productops.api import NotApplicable, Repository, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings, findings_in, lay_out

PAGE = "-- docs/architecture.md --\n{0}# Architecture\n\nPrices are in `shop/prices.py`, see [the till](../shop/till.py).\n\nThe till knows the cart, the cart knows the shelf.\n\nNothing points back, so that each can be read alone.\n"
TILL = "-- shop/till.py --\nX = 1\n"
START = "-- git log --\n2025-01-01 ann@example.org Start\n2025-01-02 ann@example.org Describe [+docs/architecture.md]\n"


def changes(*days, author="ann@example.org", path="shop/prices.py"):
    signs = "+-" * len(days)
    return "".join(f"{day} {author} Change [{sign}{path}]\n" for day, sign in zip(days, signs, strict=False))


def text(log, front="", now="2026-02-01"):
    return f"{PAGE.format(front)}{TILL}-- shop/prices.py --\nVAT = 19\n{START}{log}-- now --\n{now}\n"


def judge(log, front="", **options):
    return findings(docs_fresh_against_code, archive(text(log, front)), **{"min_commits": 3, **options})


LATE = ("2025-02-01", "2025-06-01", "2025-07-01")


def test_the_message_names_page_and_files():
    (finding,) = judge(changes(*LATE))
    assert (finding.key, str(finding.location)) == ("docs/architecture.md", "docs/architecture.md:3")
    assert finding.message == (
        "docs/architecture.md was touched last on 2025-01-02; what it names changed up to 2025-07-01:"
        " shop/prices.py (3 commits)"
    )
    assert [str(each) for each in finding.evidence] == ["docs/architecture.md:3  names shop/prices.py"]


@pytest.mark.parametrize(
    "log",
    [
        changes("2025-02-01", "2025-03-01", "2025-06-30"),
        changes("2025-02-01", "2025-02-02", "2025-07-02")[:-1].replace("2025-02-02", "2025-02-02") + "\n2025-08-01 a@x.org Touch [-docs/architecture.md]\n2025-08-02 a@x.org Back [+docs/architecture.md]\n",
        changes(*LATE, author="renovate[bot]@example.org"),
        changes("2025-07-02"),
    ],
    ids=["soon after", "touched since", "a program", "few"],
)  # fmt: skip
def test_what_makes_no_page_stale(log):
    assert judge(log) == ()


def test_a_stamp_of_review_counts_as_a_touch():
    stamped = "---\nlast_reviewed_on: {0}\nreview_in: 6 months\n---\n"
    assert judge(changes(*LATE), stamped.format("2025-07-01")) == ()
    assert len(judge(changes(*LATE), stamped.format("2024-07-01"))) == 1


def test_excluded_and_growing_files():
    assert judge(changes(*LATE), exclude=("shop/prices*",)) == ()
    page = text("").replace("shop/prices.py", "shop/settings.py")
    assert findings(docs_fresh_against_code, archive(page), min_commits=0, max_lag="1d") == ()


def test_what_is_being_written_just_now_is_fresh(tmp_path):
    made = lay_out(archive(text(changes(*LATE))), tmp_path)
    path = made.root / "docs" / "architecture.md"
    path.write_text(path.read_text() + "Read again.\n")
    with pytest.raises(NotApplicable):
        findings_in(docs_fresh_against_code, Repository(made.root, now=made.now), min_commits=3)


def test_described_by_globs():
    front = "---\ndescribes: ['shop/p*.py']\n---\n"
    page = text(changes(*LATE), front).replace("`shop/prices.py`", "the shop")
    assert len(findings(docs_fresh_against_code, archive(page), min_commits=3)) == 1


def test_nothing_to_judge():
    with pytest.raises(NotApplicable, match="no document"):
        findings(
            docs_fresh_against_code, archive("-- README.md --\nx\n-- git log --\n2026-01-01 a@x.org Start\n")
        )


def test_without_a_history():
    page = archive(f"{PAGE.format('')}{TILL}")
    with pytest.raises(Unavailable, match="not a git repository"):
        findings(docs_fresh_against_code, page)
    with pytest.raises(NotApplicable):
        findings(docs_fresh_against_code, {"README.md": "x\n"})
