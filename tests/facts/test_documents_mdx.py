"""MDX: JavaScript in Markdown is no text."""

import textwrap

from pytest_productops.facts.documents import CodeBlock, Comment, Heading, Link, Prose, read


def mdx(text):
    return read("a.mdx", textwrap.dedent(text).lstrip("\n"))


def test_imports_exports_and_expressions_are_no_text():
    document = mdx("""
        import Tabs from '@theme/Tabs';
        export const names = [
          'one',
        ];

        # Set up {#prepare}

        Hello {props.name} and {'you'}.

        import this sentence is a paragraph after text.
        """)
    assert document.headings == (Heading(1, "Set up", 6, "prepare"),)
    assert [prose.line for prose in document.prose] == [8, 10]
    assert document.prose[0] == Prose("Hello and you.", 8)


def test_components():
    document = mdx("""
        <Tabs
          groupId="os"
          onChange={(x) => { go(x > 1) }}>
          <TabItem value="a" label={`A`}>

            Run it so.

          </TabItem>
        </Tabs>

        <Card title="Guide" href="/guide" />
        <img src={'logo.png'} style={{ width: 10 }} />
        """)
    assert [prose.text for prose in document.prose] == ["Run it so."]
    assert {link.target for link in document.links} == {"/guide", "logo.png"}
    assert document.code_blocks == ()


def test_comments():
    document = mdx("""
        {/* nobody
        sees this */}

        Text {/* here */} goes on.
        """)
    assert document.comments == (Comment("nobody\nsees this", 1), Comment("here", 4))
    assert document.prose == (Prose("Text goes on.", 4),)


def test_code_stays():
    document = mdx("""
        Use `{x}` and `<Tabs>`.

        ```jsx
        import a from 'b';
        <Tabs x={1} />
        ```
        """)
    assert [code.text for code in document.codes] == ["{x}", "<Tabs>"]
    assert document.code_blocks == (CodeBlock("jsx", "import a from 'b';\n<Tabs x={1} />\n", 4),)


def test_links_of_components_have_places():
    assert mdx('Text\n\n<Card href="/a" />\n').links == (Link("/a", "", 3),)
