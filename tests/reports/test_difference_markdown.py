"""A difference as a comment on a pull request: what it looks like, and that no text of the repository does anything."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pytest_productops.reports.differences import as_markdown, compared, read
from pytest_productops.reports.differences.model import Block, Change, Difference, Reason, Why
from pytest_productops.reports.gfm import COMMENT, escaped

SELECT = 'select = ["ACM"]\n'


def test_a_comment(shop, judged):
    a = shop({"NOTES": "open: one\n", "productops.toml": SELECT})
    old = judged()
    b = shop({"NOTES": "open: ask @ann | see <b>`x`</b>\n"})
    assert as_markdown(compared(read(old), read(judged()))) == (
        "### Product operations of shop: 1 worse, 1 better, 0 other\n"
        "\n"
        "| cause | what differs |\n"
        "| --- | --- |\n"
        f"| repository | commit {a} -&gt; {b} |\n"
        "\n"
        "#### Worse (1)\n"
        "\n"
        "| rule | what | where | why |\n"
        "| --- | --- | --- | --- |\n"
        "| ACM001 notes-are-done | **new** line is open: ask @&#8203;ann \\| see &lt;b&gt;\\`x\\`&lt;/b&gt;"
        " | NOTES:1 | repository |\n"
        "\n"
        "#### Better (1)\n"
        "\n"
        "| rule | what | where | why |\n"
        "| --- | --- | --- | --- |\n"
        "| ACM001 notes-are-done | **gone** line is open: one | NOTES:1 | repository |\n"
    )


def test_nothing_changed(shop, judged):
    shop({"productops.toml": SELECT})
    report = judged()
    assert as_markdown(compared(read(report), read(report))) == (
        "### Product operations of shop: nothing changed\n"
    )


def rendered(text):
    """Return the cell's text and the kinds of its tokens, as GitHub's Markdown has them."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = markdown.parse(f"| a | b |\n| --- | --- |\n| {escaped(text)} | end |\n")
    cells = [token for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    assert cells[-1].content == "end"
    return "".join(child.content for child in cells[2].children), {child.type for child in cells[2].children}


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1))
@example("a|b\\|c")
@example("[x](https://example.org) ![y](z) <img src=x onerror=y> &lt;")
@example("@ann/@acme-team #12 acme/shop#12 $x$ ~~a~~ **b** __c__ `d`")
def test_text_is_shown_and_does_nothing(text):
    shown, kinds = rendered(text)
    assert shown.replace("\u200b", "") == text
    assert kinds <= {"text", "text_special"}


@pytest.mark.parametrize(
    "text", ["@ann", "x @acme/team", "acme/shop#12", "#12", "https://a.b", "www.a.b", "a@b.c"]
)
def test_nobody_is_called_and_nothing_is_linked(text):
    """GitHub looks for mentions, references and addresses in the text that was rendered."""
    assert not re.search(r"@\w|#\d|://|www\.", rendered(text)[0])


def test_a_comment_is_no_longer_than_github_takes():
    changes = tuple(
        Change("worse", "new", f"finding {n} {'x' * 100}", Why((Reason("repository"),))) for n in range(2000)
    )
    comment = as_markdown(Difference("shop", (), (), (), (Block("ACM001 a", "fail", changes),)))
    assert len(comment) <= COMMENT
    listed = comment.count("**new**")
    assert comment.endswith(f"\n\nand {2000 - listed} more\n")
    assert listed > 400
