"""AsciiDoc is read into the one model of documents."""

import textwrap

from pytest_productops.facts.documents import Code, CodeBlock, Comment, Heading, Item, Link, Prose, read


def adoc(text):
    return read("a.adoc", textwrap.dedent(text).lstrip("\n"))


def test_headings():
    document = adoc("""
        = Contributing
        :toc:

        == Set up

        [[tests]]
        === Run the `tests`

        Underlined
        ----------

        ## As in Markdown
        """)
    assert document.headings == (
        Heading(1, "Contributing", 1, "contributing"),
        Heading(2, "Set up", 4, "set-up"),
        Heading(3, "Run the tests", 7, "tests"),
        Heading(2, "Underlined", 9, "underlined"),
        Heading(2, "As in Markdown", 12, "as-in-markdown"),
    )
    assert {"_set_up", "tests", "run-the-tests", "_run_the_tests"} <= document.anchors


def test_links():
    document = adoc("""
        :docs: https://docs.example
        See link:docs/a.adoc[the guide], xref:b.adoc#set-up[set up], <<tests>>, <<c.adoc#x,there>> and
        {docs}/d[D^], https://e.example[E,window=_blank], https://f.example.
        image:logo.png[Logo] mailto:ann@example.org[Ann]

        include::parts/g.adoc[leveloffset=+1]
        image::h.png[H, 200]
        """)
    assert document.links == (
        Link("docs/a.adoc", "the guide", 2),
        Link("b.adoc#set-up", "set up", 2),
        Link("#tests", "tests", 2),
        Link("c.adoc#x", "there", 2),
        Link("https://docs.example/d", "D", 3),
        Link("https://e.example", "E", 3),
        Link("https://f.example", "https://f.example", 3),
        Link("logo.png", "Logo", 4, image=True),
        Link("mailto:ann@example.org", "Ann", 4),
        Link("parts/g.adoc", "include", 6),
        Link("h.png", "H", 7, image=True),
    )
    assert document.prose[0] == Prose("See the guide, set up, tests, there and", 2)


def test_code():
    document = adoc("""
        [source,shell]
        ----
        $ make test <1>

        more
        ----

        ....
        plain
        ....

        ```python
        x = 1
        ```

         indented

        Run `make lint` or `+make all+`.
        """)
    assert document.code_blocks == (
        CodeBlock("shell", "$ make test\n\nmore\n", 3),
        CodeBlock("", "plain\n", 9),
        CodeBlock("python", "x = 1\n", 13),
        CodeBlock("", "indented\n", 16),
    )
    assert document.codes == (Code("make lint", 18), Code("make all", 18))
    assert document.prose == (Prose("Run or .", 18),)


def test_lists_and_boxes():
    document = adoc("""
        * One
        goes on
        ** Deeper
        * [x] Done
        * [ ] To do
        . First
        1. Second

        Term:: What it is
        """)
    assert document.items == (
        Item("One goes on", 1, False, None, 0),
        Item("Deeper", 3, False, None, 1),
        Item("Done", 4, False, True, 0),
        Item("To do", 5, False, False, 0),
        Item("First", 6, True, None, 0),
        Item("Second", 7, True, None, 0),
    )
    assert document.prose[-1] == Prose("Term: What it is", 9)


def test_what_nobody_sees_is_no_text():
    document = adoc("""
        // a remark
        ////
        more
        remarks
        ////

        [comment]
        and this

        ifdef::env-github[]
        NOTE: *Mind* this.
        endif::[]
        """)
    assert document.comments == (Comment("a remark", 1), Comment("more\nremarks", 2), Comment("and this", 8))
    assert document.prose == (Prose("Mind this.", 11),)


def test_blocks_of_text_and_tables():
    document = adoc("""
        ====
        An example
        ====

        |===
        |Step |Owner

        |Restore |TBD
        |===

        [quote]
        ____
        Said.
        ____
        """)
    assert [prose.text for prose in document.prose] == [
        "An example",
        "Step | Owner",
        "Restore | TBD",
        "Said.",
    ]


def test_attributes_that_grow_are_not_filled_in_for_ever():
    lines = [
        ":a0: " + "x" * 100,
        *(f":a{n}: {{a{n - 1}}}{{a{n - 1}}}" for n in range(1, 60)),
        "{a59}" * 1000,
    ] * 20
    document = read("a.adoc", "\n".join(lines))
    assert sum(len(prose.text) for prose in document.prose) < 2_000_000


def test_settings_are_front_matter():
    document = adoc("""
        = Title
        :author: Ann
        :version!:

        By {author}.
        """)
    assert document.front_matter == {"author": "Ann"}
    assert document.prose == (Prose("By Ann.", 5),)


def test_words_in_brackets_are_text():
    document = adoc("""
        [INSERT TEXT HERE]

        [quote, Ann Lee, A book]
        Said.
        """)
    assert [prose.text for prose in document.prose] == ["[INSERT TEXT HERE]", "Said."]
