"""reStructuredText is read tolerantly: unknown roles and directives lose no text."""

import textwrap

import pytest

from pytest_productops.facts.documents import Code, CodeBlock, Comment, Heading, Item, Link, Prose, read


def rst(text):
    return read("docs/a.rst", textwrap.dedent(text).lstrip("\n"))


def test_titles_take_their_level_from_their_style():
    document = rst("""
        =====
        Title
        =====

        Part
        ----

        Detail
        ~~~~~~

        Part
        ----
        """)
    assert document.headings == (
        Heading(1, "Title", 2, "title"),
        Heading(2, "Part", 5, "part"),
        Heading(3, "Detail", 8, "detail"),
        Heading(2, "Part", 11, "part-1"),
    )


def test_links():
    document = rst("""
        `One <https://one.example>`_, two_, `The
        three`_ and https://four.example.

        See :doc:`the guide </dev/guide>` and :ref:`label`, :doc:`other:index`.

        .. image:: logo.png
           :target: https://five.example
        .. include:: ../README.rst

        .. toctree::
           :maxdepth: 1

           install
           Title <usage>

        .. _two: https://two.example
        .. _The three: https://three.example
        """)
    assert document.links == (
        Link("https://one.example", "One", 1),
        Link("https://two.example", "two", 1),
        Link("https://three.example", "The three", 1),
        Link("https://four.example", "https://four.example", 2),
        Link("/dev/guide", "the guide", 4),
        Link("#label", "label", 4),
        Link("logo.png", "", 6, image=True),
        Link("https://five.example", "", 6),
        Link("../README.rst", "include", 8),
        Link("install", "", 13),
        Link("usage", "Title", 14),
    )


def test_code_in_all_its_forms():
    document = rst("""
        Run ``make`` or :command:`tox`::

            make all

        .. code-block:: bash
           :caption: x

           tox

        #. Item:

           .. code:: console

              $ nox

        >>> 1 + 1
        2
        """)
    assert document.codes == (Code("make", 1), Code("tox", 1))
    assert document.code_blocks == (
        CodeBlock("", "make all\n", 3),
        CodeBlock("bash", "tox\n", 8),
        CodeBlock("console", "$ nox\n", 14),
        CodeBlock("pycon", ">>> 1 + 1\n2\n", 16),
    )
    assert document.items == (Item("Item:", 10, True, None, 0),)


def test_comments_are_hidden_and_unknown_markup_is_text():
    document = rst("""
        .. a comment
           that goes on

        .. note:: Mind **this** :unknown:`role`

           and this.

        .. own-directive:: argument

           Kept.
        """)
    assert document.comments == (Comment("a comment\nthat goes on", 1),)
    assert document.prose == (Prose("Mind this role", 4), Prose("and this.", 6), Prose("Kept.", 10))


def test_labels_are_anchors():
    assert "my-label" in rst(".. _My Label:\n\nText\n").anchors


def test_tables_are_prose():
    document = rst("""
        +-----+-----+
        | One | Two |
        +-----+-----+

        ===== =====
        Three Four
        ===== =====
        """)
    assert [prose.text for prose in document.prose] == ["One | Two", "Three Four"]
    assert not document.headings


def test_cells_of_simple_tables_stay_apart():
    document = rst("""
        =======  =====
        Step     Owner
        =======  =====
        Restore  TBD
        =======  =====
        """)
    assert [prose.text for prose in document.prose] == ["Step | Owner", "Restore | TBD"]


@pytest.mark.parametrize("before", ["", "So it looks:\n", "So it looks\n"])
def test_two_colons_of_their_own_announce_code(before):
    code = "=========\nHeading 1\n=========\n\nLorem ipsum.\n\nHeading 2\n---------\n"
    indented = "".join(f"   {line}\n" if line else "\n" for line in code.splitlines())
    document = rst(f"{before}::\n\n{indented}\nAfter.\n")
    assert document.headings == ()
    assert [(block.text, block.line) for block in document.code_blocks] == [(code, 3 + bool(before))]
    assert [prose.text for prose in document.prose] == [*before.splitlines(), "After."]


def test_lines_stay_right_after_references_over_several_lines():
    document = rst("""
        See `the long
        title
        <https://one.example>`_ and
        ``late code``.
        """)
    assert document.codes == (Code("late code", 4),)
    assert document.prose == (Prose("See the long", 1), Prose("title", 2), Prose("and", 3), Prose(".", 4))
