"""Org is read into the one model of documents."""

import textwrap

from pytest_productops.facts.documents import Code, CodeBlock, Comment, Heading, Item, Link, Prose, read


def org(text):
    return read("a.org", textwrap.dedent(text).lstrip("\n"))


def test_headings():
    document = org("""
        #+TITLE: Contributing
        #+AUTHOR: Ann
        * Set up                  :start:
        :PROPERTIES:
        :CUSTOM_ID: prepare
        :END:
        ** TODO [#A] Run the =tests=
        * COMMENT Not shown
        ** Nor this
        text
        * Submit
        """)
    assert document.headings == (
        Heading(1, "Contributing", 1, "contributing"),
        Heading(2, "Set up", 3, "set-up"),
        Heading(3, "Run the tests", 7, "run-the-tests"),
        Heading(2, "Submit", 11, "submit"),
    )
    assert "prepare" in document.anchors
    assert document.front_matter == {"title": "Contributing", "author": "Ann"}
    assert [comment.line for comment in document.comments] == [8, 9, 10]
    assert document.prose == ()


def test_links():
    document = org("""
        See [[file:docs/a.org::*Set up][the guide]], [[https://b.example][B]], [[./c.png]], [[*Set up]],
        [[#prepare][here]] and <https://d.example>, https://e.example.
        #+INCLUDE: "parts/f.org" src
        """)
    assert document.links == (
        Link("docs/a.org#set-up", "the guide", 1),
        Link("https://b.example", "B", 1),
        Link("./c.png", "", 1, image=True),
        Link("#set-up", "Set up", 1),
        Link("#prepare", "here", 2),
        Link("https://d.example", "https://d.example", 2),
        Link("https://e.example", "https://e.example", 2),
        Link("parts/f.org", "include", 3),
    )
    assert document.prose[0] == Prose("See the guide, B, , Set up,", 1)


def test_code():
    document = org("""
        #+begin_src sh :results none
          make test
        #+end_src
        #+BEGIN_EXAMPLE
        ,* no heading
        #+END_EXAMPLE
        : fixed
        Run =make lint= or ~make all~.
        """)
    assert document.code_blocks == (
        CodeBlock("sh", "make test\n", 2),
        CodeBlock("", "* no heading\n", 5),
        CodeBlock("", "fixed\n", 7),
    )
    assert document.codes == (Code("make lint", 8), Code("make all", 8))


def test_lists_and_boxes():
    document = org("""
        - One
          goes on
          1. Deeper
        - [X] Done
        - [ ] To do
        - Term :: what it is
        """)
    assert document.items == (
        Item("One goes on", 1, False, None, 0),
        Item("Deeper", 3, True, None, 1),
        Item("Done", 4, False, True, 0),
        Item("To do", 5, False, False, 0),
        Item("Term: what it is", 6, False, None, 0),
    )


def test_what_nobody_sees_is_no_text():
    document = org("""
        # a remark
        #+begin_comment
        more
        #+end_comment
        #+begin_export html
        <p>x</p>
        #+end_export
        #+begin_quote
        /Said/ *here*.
        #+end_quote
        | Step | Owner |
        |------+-------|
        | Restore | TBD |
        """)
    assert document.comments == (Comment("a remark", 1), Comment("more", 2))
    assert [prose.text for prose in document.prose] == ["Said here.", "Step | Owner", "Restore | TBD"]


def test_a_block_that_is_never_closed_is_text():
    assert org("#+begin_quote\nWords.\n").prose == (Prose("Words.", 2),)
