"""Whether a text says something, and what stands in for text that is missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_productops.facts.documents import Documents
from pytest_productops.facts.substance import empty_sections, lack, placeholders, said, unfinished, words
from pytest_productops.testing import lay_out


@pytest.fixture
def document(tmp_path):
    def make(text, name="README.md"):
        return lay_out({name: text}, tmp_path)[Documents].get(name)

    return make


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        (" \n\t\n", "is empty"),
        ("# Title\n\n## Set up\n\n## Tests\n", "has headings and no text"),
        ("<!-- how to\nset up -->\n", "holds only comments"),
        ("[//]: # (a comment)\n", "is empty"),
        ("---\ntitle: Guide\n---\n", "is empty"),
        ("# Title\n\nTODO\n", "holds only placeholder text: `TODO`"),
        (
            "# Title\n\nTODO: say how to set up,\nto test and to deploy the product\n",
            "holds only placeholder text: `TODO`",
        ),
        ("- TBD\n- TBD\n", "holds only placeholder text: `TBD`"),
        ("Coming soon!\n", "holds only placeholder text: `Coming soon!`"),
        ("This section is to be written.\n", "holds only placeholder text: `This section is to be written.`"),
        (
            "Lorem ipsum dolor sit amet,\nconsectetur adipiscing elit.\n",
            "holds only placeholder text: `Lorem ipsum dolor`",
        ),
        ("Contact [INSERT CONTACT METHOD].\n", "holds only placeholder text: `[INSERT CONTACT METHOD]`"),
        ("{{ cookiecutter.name }}\n", "holds only placeholder text: `{{ cookiecutter.name }}`"),
        ("See [the guide](https://example.org/guide).\n", "holds only links"),
        ("[![build](https://example.org/b.svg)](https://example.org)\n", "holds only links"),
        ("![logo](logo.svg)\n", "holds only images"),
        ("# Style\n\nBlack.\n", ""),
        ("# Test\n\n```sh\nmake test\n```\n", ""),
        ("```sh\nmake test\n```\n", "holds only code"),
        ("```\n# Test\n\nAll of it is quoted.\n```\n", "holds only code"),
        ("# Test\n\n```text\n# Test\n\nAll of it is quoted.\n```\n", "holds only code"),
        ("Run `make test`.\n", ""),
        ("Leave no TODO comment behind.\n", ""),
        ("Edit the TODO list.\n", ""),
        ("<table><tr><td>Ask in the channel</td></tr></table>\n", ""),
    ],
)
def test_lack(document, text, reason):
    assert lack(document(text)) == reason


def test_code_alone_is_no_prose(document):
    assert lack(document("```sh\nmake test\n```\n"), code_counts=False) == "holds only code"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TODO: write this", ["TODO"]),
        ("**TODO**: write this", ["TODO"]),
        ("TODO write this", ["TODO"]),
        ("Owner: TBD", ["TBD"]),
        ("The date is TBD.", ["TBD"]),
        ("Deploys on Monday (TODO: check)", ["TODO"]),
        ("TODO(ann): write this", ["TODO"]),
        ("Ask `<your-org>` first", []),
        ("Ask <your-org> first", ["<your-org>"]),
        ("Ask [Your name] first", ["[Your name]"]),
        ("Ask [Your name](mailto:ann@example.org) first", []),
        ("See [TODO](TODO.md)", []),
        ("See https://example.org/TODO", []),
        ("Resolve each TODO before the review", []),
        ("TODO comments are removed", []),
        ("The todo app", []),
        ("clippy::todo and GHSA-xxx", []),
        ("Push to <your-username>/invoices", []),
        ("Uses ${{ secrets.TOKEN }}", []),
        ("```\nTODO: nothing\n```", []),
        ("    TODO: nothing", []),
        ("- [ ] TODO", ["TODO"]),
        ("| Step | Owner |\n|---|---|\n| Restore | TBD |", ["TBD"]),
        ("| Step | Owner |\n|---|---|\n| Restore | coming soon |", ["coming soon"]),
        ("| Step | Owner |\n|---|---|\n| Resolve each TODO first | Ann |", []),
        ("<table><tr><td>Owner</td><td>TBD</td></tr></table>", ["TBD"]),
    ],
)
def test_placeholders(document, text, found):
    assert [each.text for each in placeholders(document(text + "\n"))] == found


def test_what_is_said_leaves_the_unwritten_paragraph_out(document):
    text = "TODO: say how\nto set up.\n\nRun the tests.\n"
    assert [(prose.text, prose.line) for prose in said(document(text))] == [("Run the tests.", 4)]
    assert words(document(text)) == 3


def test_a_marker_in_a_table_takes_its_cell_alone(document):
    text = "| Owner | Step |\n|---|---|\n| TBD | Restore the backup |\n| TODO: who | Tell all |\n"
    assert [prose.text for prose in said(document(text))] == [
        "Owner | Step",
        "Restore the backup",
        "Tell all",
    ]


def test_long_white_space_takes_no_time(document):
    assert lack(document("[" + "x " * 2000 + "](https://example.org) " * 3 + "\n")) == "holds only links"


def test_unfinished_gives_each_text_once_and_leaves_plans_out(document):
    text = "# A\n\nTODO: x\n\nTODO: y\n\n## Roadmap\n\n- TBD: French\n"
    found = unfinished(document(text), ("TODO", "TBD"))
    assert {name: [place.line for place in places] for name, places in found.items()} == {"TODO": [3, 5]}
    assert list(unfinished(document(text), ("TODO", "TBD"), roadmap=False)) == ["TODO", "TBD"]
    assert unfinished(document(text), ()) == {}


def test_braces_of_a_site_generator_are_not_unfinished(tmp_path):
    documents = lay_out(
        {"docs/a.md": "Version {{ version }} it is\n", "A.md": "Our {{ name }} it is\n"}, tmp_path
    )[Documents]
    assert unfinished(documents.get("docs/a.md"), ()) == {}
    assert list(unfinished(documents.get("A.md"), ())) == ["{{ name }}"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("# Title\n## Tests\n## Style\nRuff.\n", ["Tests"]),
        ("# Title\n## Tests\n<!-- later -->\n", ["Tests"]),
        ("# Title\n# Tests\nRun them.\n", []),
        ("# Title\n## Tests\n### Unit\nRun them.\n", []),
        ("# Title\n## Use two spaces, never tabs\n## How to deploy it again?\n", ["How to deploy it again?"]),
        ("# Title\n## [Tests](tests.md)\n", []),
        ("# Title\n## Tests\n![a diagram](a.svg)\n", []),
        ("# Title\n## Tests\n<details>Run them</details>\n", []),
    ],
)
def test_empty_sections(document, text, names):
    assert [section.heading.text for section in empty_sections(document(text))] == names


PROSE = st.lists(
    st.text(
        st.characters(categories=("L", "Nd", "P", "Zs"), exclude_characters="`<>[]{}|"),
        min_size=1,
        max_size=40,
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)  # the first call imports the reader
@given(PROSE)
def test_any_text_in_a_comment_says_nothing(lines):
    from pytest_productops.facts.documents import markdown

    body = "\n".join(lines).replace("--", "- ")
    assert lack(markdown.read("a.md", f"# Title\n\n<!--\n{body} -->\n"))


@given(
    st.lists(
        st.sampled_from(["TODO", "TBD", "FIXME", "- TODO", "TODO: this", "Coming soon.", "", "## Tests"]),
        max_size=8,
    )
)
def test_placeholders_in_any_order_say_nothing(lines):
    from pytest_productops.facts.documents import markdown

    assert lack(markdown.read("a.md", "\n\n".join(["# Title", *lines])))


@given(st.text(max_size=300))
def test_no_text_breaks_it(text):
    from pytest_productops.facts.documents import markdown, rst

    for document in (markdown.read("a.md", text), rst.read("a.rst", text)):
        assert isinstance(lack(document), str)
        assert all(each.line >= 1 for each in placeholders(document))
