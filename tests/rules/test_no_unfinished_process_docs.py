"""REP006 on documents as they are."""

import pytest
from productops_rules.repeatability.no_unfinished_process_docs import no_unfinished_process_docs as rule

from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings


def keys(archive, **options):
    return sorted(finding.key for finding in findings(rule, archive, **options))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# A\n\n## Deploy\n\nTBD\n\n## Test\n\nRun all the tests first.\n", ["TBD"]),
        ("# A\n\nRun the tests.\n\n## Deploy\n\n## Style\n\nBlack.\n", ["deploy"]),
        ("# A\n\nRun the tests, then ask <your-org> for access.\n", ["<your-org>"]),
        ("# A\n\nWrite to [INSERT CONTACT METHOD] and wait for an answer.\n", ["[INSERT CONTACT METHOD]"]),
        ("# A\n\nWe are {{ organisation }} and we work on many things.\n", ["{{ organisation }}"]),
        ("# A\n\nResolve TODO comments. See [TODO](b.md), `TODO`, #TODO.\n", []),
        ("# A\n\nWords enough to say it.\n\n## Roadmap\n\n- TODO: Welsh\n", []),
        ("# A\n\nUse `${{ secrets.A }}` and `{{ a }}`.\n", []),
        ("# A\n\nClone `<your-username>/a`, push to <your-username>/a.\n", []),
        (
            "# A\n\nDo this.\n\n## Steps\n\n### 1. Fetch the sources first\n\n### 2. Push the new tag now\n",
            [],
        ),
    ],
)
def test_what_is_unfinished(text, found):
    assert keys({"CONTRIBUTING.md": text}) == [f"CONTRIBUTING.md#{name}" for name in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("**TODO:** It may be possible to drop the column at once, where nothing writes to it.", []),
        ("TODO(ann): we could let the server do this.", []),
        ("TODO: Maybe explain how the column is dropped.", ["TODO"]),
        ("TODO: We should document the column.", ["TODO"]),
        ("TODO: drop the column", ["TODO"]),
    ],
)
def test_a_thought_on_the_product_is_no_missing_text(text, found):
    text = f"# A\n\nThe column is kept for a while.\n\n{text}\n"
    assert keys({"CONTRIBUTING.md": text}) == [f"CONTRIBUTING.md#{name}" for name in found]


def test_one_finding_a_text_with_all_places():
    (finding,) = findings(
        rule, {"CONTRIBUTING.md": "# A\n\nTODO: this\n\nTODO: that\n\nWords and more words.\n"}
    )
    assert (finding.location.line, [place.location.line for place in finding.evidence]) == (3, [5])


def test_markers_and_plans_are_options():
    text = "# A\n\nWe do it so.\n\nPENDING: the rest\n\n## Roadmap\n\n- TODO: Welsh\n"
    assert keys({"CONTRIBUTING.md": text}, markers=("PENDING",)) == ["CONTRIBUTING.md#PENDING"]
    assert keys({"CONTRIBUTING.md": text}, allow_roadmap=False) == ["CONTRIBUTING.md#TODO"]


def test_an_index_that_its_site_fills_is_finished():
    index = "---\ntitle: Contribute\ndescription: How to take part.\n---\n"
    files = {"docs/contribute/_index.md": index, "docs/contribute/first.md": "# First\n\nSay hello.\n"}
    assert keys(files) == []
    assert keys({"CONTRIBUTING.md": index}) == ["CONTRIBUTING.md#text"]


def test_messages_leave_the_path_to_the_place():
    (finding,) = findings(rule, {"CONTRIBUTING.md": "# A\n\nRun the tests.\n\n## Deploy\n"})
    assert (finding.message, str(finding.location)) == ("the section `Deploy` is empty", "CONTRIBUTING.md:5")


def test_other_documents_are_not_read():
    with pytest.raises(NotApplicable):
        keys({"docs/tutorials/first.md": "TODO\n", "CHANGELOG.md": "# 1.0\n\nTODO\n"})


def test_a_short_document_that_points_elsewhere_is_finished():
    assert (
        keys({"SUPPORT.md": "See [the forum](https://example.org).\n", "README.md": "# A\n\nWords.\n"}) == []
    )


@pytest.mark.parametrize(
    "heading", ["shop.get(url[, options])", "shop#getUri([options])", "shop.items", "Shop::item"]
)
def test_a_list_of_methods_by_headings_is_no_empty_section(heading):
    files = {
        "README.md": f"# Shop\n\nSells things.\n\n## Methods\n\n### {heading}\n\n### shop.put(url)\n\n## Use\n\nCall it.\n"
    }
    assert findings(rule, files) == ()


def test_a_generated_reference_is_no_unfinished_document():
    entries = "".join(f"## Method {n}\n\nDoes {n}.\n\n#### Since\n\n" for n in range(5))
    assert (
        findings(rule, {"CONTRIBUTING.md": f"# Contributing\n\nRun `make`.\n\n{entries}## End\n\nDone.\n"})
        == ()
    )


def test_an_instruction_that_a_template_left_is_a_placeholder():
    told = "Use this section to tell people about which versions of your project are\ncurrently being supported.\n"
    text = f"# Security\n\n## Supported versions\n\n{told}\n## Report\n\nWrite to security@example.org, we answer soon.\n"
    (finding,) = findings(rule, {"SECURITY.md": text})
    assert str(finding.location) == "SECURITY.md:5"
