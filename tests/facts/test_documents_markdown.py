"""Markdown is read whole, and everything in it is on its own source line."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_productops.facts.documents import Code, CodeBlock, Comment, Heading, Item, Link, Prose, read


def md(text):
    return read("a.md", textwrap.dedent(text).lstrip("\n"))


def test_headings_of_all_kinds_have_levels_lines_and_slugs():
    document = md("""
        Title
        =====

        ## Run `make`: *now*!
        ## Usage
        ## Usage
        ### Own {#custom-id}
        <h2 align="center">In HTML</h2>
        """)
    assert document.headings == (
        Heading(1, "Title", 1, "title"),
        Heading(2, "Run make: now!", 4, "run-make-now"),
        Heading(2, "Usage", 5, "usage"),
        Heading(2, "Usage", 6, "usage-1"),
        Heading(3, "Own", 7, "custom-id"),
        Heading(2, "In HTML", 8, "in-html"),
    )
    assert {"custom-id", "own", "usage-1"} <= document.anchors


def test_links_are_found_wherever_they_are():
    document = md("""
        A [text](docs/a.md "title") and [ref][one], <https://auto.example>,
        bare https://example.org/a_b(c), and an ![image](logo.png).

        <p><a href="b.md#x">html <b>link</b></a> <img src="c.png" alt="C"></p>

        | [cell](d.md) | y |
        |--|--|
        | z | [deep](e.md) |

        [one]: ref.md
        """)
    assert document.links == (
        Link("docs/a.md", "text", 1),
        Link("ref.md", "ref", 1),
        Link("https://auto.example", "https://auto.example", 1),
        Link("logo.png", "image", 2, image=True),
        Link("https://example.org/a_b(c)", "https://example.org/a_b(c)", 2),
        Link("b.md#x", "html link", 4),
        Link("c.png", "C", 4, image=True),
        Link("d.md", "cell", 6),
        Link("e.md", "deep", 8),
    )


def test_lines_are_right_after_code_and_titles_over_several_lines():
    document = md("""
        One `code
        over` lines [link](a.md
        "title") and `later`
        end `last`
        """)
    assert document.codes == (Code("code over", 1), Code("later", 3), Code("last", 4))
    assert document.prose[-1] == Prose("end", 4)


def test_code_blocks():
    document = md("""
        ```console title="x"
        $ make
        ```

            indented

        - item

          ~~~SH
          nested
          ~~~

        <pre>
        plain
        </pre>
        """)
    assert document.code_blocks == (
        CodeBlock("console", "$ make\n", 2),
        CodeBlock("", "indented\n", 5),
        CodeBlock("sh", "nested\n", 10),
        CodeBlock("", "plain\n", 14),
    )


def test_items_have_depth_order_and_task_boxes():
    document = md("""
        1. First with `code`
           - [ ] open
           - [x] done
        2. Second
        """)
    assert document.items == (
        Item("First with code", 1, True, None, 0),
        Item("open", 2, False, False, 1),
        Item("done", 3, False, True, 1),
        Item("Second", 4, True, None, 0),
    )


def test_comments_are_no_prose():
    document = md("""
        <!-- one -->
        Text <!-- in
        line --> more

        <!--
        block

        still
        -->
        """)
    assert document.comments == (Comment("one", 1), Comment("in\nline", 2), Comment("block\n\nstill", 5))
    assert document.prose == (Prose("Text", 2), Prose("more", 3))


def test_prose_keeps_link_texts_and_drops_urls_code_and_images():
    document = md("""
        # No prose

        See [the guide](a.md) at https://example.org or run `make` ![x](y.png) now.
        > [!NOTE]
        > Quoted
        """)
    assert document.prose == (Prose("See the guide at or run now.", 3), Prose("Quoted", 5))


def test_cells_of_tables_stay_apart():
    document = md("| Step | Owner |\n| --- | --- |\n| Restore | TBD |\n|  | `x` |\n")
    assert [prose.text for prose in document.prose] == ["Step | Owner", "Restore | TBD"]
    html = md("<table><tr><td>Owner</td><td>TBD</td></tr></table>\n\nOne<br>two\n")
    assert [prose.text for prose in html.prose] == ["Owner | TBD", "One two"]


def test_front_matter_in_yaml_and_toml():
    assert md("---\nowner: ann\n---\n# T\n").front_matter == {"owner": "ann"}
    assert md("---\nowner: ann\n---\n# T\n").headings[0].line == 4
    assert md('+++\nowner = "ann"\n+++\n').front_matter == {"owner": "ann"}
    assert md("---\n: [\n---\n").front_matter == {}
    assert md("---\nprose\n---\n").headings[0].text == "prose"


def test_admonitions_tabs_and_directives_are_text():
    document = md("""
        !!! note "Title"
            Run this:

            ```sh
            make
            ```

        ::: tip
        Inside
        :::

        ```{warning}
        :class: x
        Beware of [this](a.md)
        ```

        ```{code-block} bash
        :linenos:
        tox
        ```
        """)
    assert document.code_blocks == (CodeBlock("sh", "make\n", 5), CodeBlock("bash", "tox\n", 19))
    assert list(document.prose) == [
        Prose("Run this:", 2), Prose("Inside", 9), Prose("Beware of this", 14)]  # fmt: skip
    assert document.links == (Link("a.md", "this", 14),)


def test_crlf_reads_as_lf():
    assert read("a.md", "# A\r\n\r\ntext\r\n").prose == (Prose("text", 3),)


def test_sections_nest():
    document = md("""
        before

        # One
        a
        ## Two
        b
        # Three
        """)
    preamble, one, two, three = document.sections
    assert (preamble.heading, preamble.start, preamble.end) == (None, 1, 2)
    assert (one.start, one.own_end, one.end) == (3, 4, 6)
    assert (two.start, two.own_end, two.end, two.parents) == (5, 6, 6, (document.headings[0],))
    assert (three.start, three.parents) == (7, ())
    assert [p.text for p in one.prose] == ["a", "b"]
    assert str(two.at()) == "a.md:5"


def test_an_empty_document_has_no_sections():
    assert read("a.md", "").sections == ()


MARKS = st.sampled_from(
    [
        "# ",
        "\n",
        "\n\n",
        "- ",
        "  ",
        "    ",
        "```",
        "`",
        "[",
        "](",
        ")",
        "![",
        "<!--",
        "-->",
        "<a href='x'>",
        "</a>",
        "<h1>",
        "|",
        "|-|\n",
        "---\n",
        "+++\n",
        "===\n",
        "> ",
        "1. ",
        "!!! note\n",
        ":::",
        "{#x}",
        "<pre>",
        "&amp;",
        "\\",
        "*",
        "_",
        "\t",
        "\r\n",
        "http://a.b",
        "<",
        "x",
        "\0",
        "```{note}\n",
        ".. a::\n",
        "``",
        "`_",
        ":a:`",
        ".. _x: y\n",
        "::\n\n",
        "..\n",
        "+--+\n",
        "|x|",
        "== a\n",
        "[source,sh]\n",
        "----\n",
        "****\n",
        "|===\n",
        ":a: {a}{b}\n",
        "{a}",
        "xref:a.adoc#b[c]",
        "<<a,b>>",
        "* [x] ",
        "#+begin_src sh\n",
        "#+end_src\n",
        "#+begin_quote\n",
        "#+end_quote\n",
        ":END:\n",
        "[[file:a.org][b]]",
        "=a=",
        "import a\n",
        "<A b={",
        "}>",
        "{/* ",
        " */}",
        "\x85",
        "\u2028",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(MARKS, max_size=40).map("".join))


@pytest.mark.parametrize("path", ["a.md", "a.mdx", "a.rst", "a.adoc", "a.org", "README"])
@settings(deadline=None, max_examples=200)
@given(text=TEXTS)
def test_any_text_is_a_document_with_lines_in_range(path, text):
    document = read(path, text)
    last = len(document.lines)
    for things in (
        document.headings, document.links, document.code_blocks, document.codes, document.items,
        document.comments, document.prose,
    ):  # fmt: skip
        lines = [thing.line for thing in things]
        assert lines == sorted(lines)
        assert all(1 <= line <= last for line in lines), things
    assert all(1 <= s.start <= s.own_end <= s.end <= last for s in document.sections)


def test_a_link_that_nobody_closes_ends_at_the_next_heading():
    document = md("""
        # Shop

        <a href="https://sponsor.example/"><img src="logo.png" />

        ## Contributing

        Read [the guide](CONTRIBUTING.md).
        """)
    assert [(link.target, link.text) for link in document.links if not link.image] == [
        ("https://sponsor.example/", ""),
        ("CONTRIBUTING.md", "the guide"),
    ]
    assert [heading.text for heading in document.headings] == ["Shop", "Contributing"]
