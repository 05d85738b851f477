"""SUP006 on templates of change requests."""

import pytest
from productops_rules.support.change_template_actionable import change_template_actionable as rule

from pytest_productops.testing import findings

WHOLE = "## Why\n\n## How is it tested?\n\n- [ ] Documentation and changelog are updated\n"
PATH = ".github/pull_request_template.md"


def keys(archive, **options):
    return sorted(finding.key for finding in findings(rule, archive, **options))


@pytest.mark.parametrize(
    "path",
    [
        PATH,
        "docs/PULL_REQUEST_TEMPLATE.md",
        ".gitlab/merge_request_templates/Default.md",
        ".gitea/pull_request_template.md",
    ],
)
def test_usual_places(path):
    assert keys({path: WHOLE}) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (WHOLE.replace("## Why", "## Description"), ["why"]),
        (WHOLE.replace("## Why", "Fixes #"), []),
        (WHOLE.replace("## Why", "## Trello card URL"), []),
        (WHOLE.replace("## How is it tested?", ""), ["tests"]),
        (WHOLE.replace("- [ ] Documentation and changelog are updated", ""), ["docs"]),
        (WHOLE.replace("Documentation and changelog are", "`CHANGES.rst` is"), []),
        ("<!-- Say why, how you tested it, and update the docs. -->\n", []),
        (
            "Please read the [contributing docs](https://example.org/docs/tests/why) first.\n",
            ["docs", "tests", "why"],
        ),
    ],
)
def test_topics(text, missing):
    assert keys({PATH: text}) == missing
    assert keys({PATH: text}, topics=()) == []


@pytest.mark.parametrize("text", ["", "\n", "<!-- -->\n"])
def test_an_empty_template_fails(text):
    assert keys({PATH: text}) == [f"{PATH}#template"]


def test_no_template():
    assert keys({"README.md": "# A\n\nWords.\n"}) == ["template"]


def test_several_templates_ask_together_and_the_default_alone():
    folder = ".gitlab/merge_request_templates"
    parts = {f"{folder}/Fix.md": "## Why\n", f"{folder}/Feature.md": "## Tests\n\n## Docs\n"}
    assert keys(parts) == []
    assert keys({**parts, f"{folder}/Default.md": "## Why\n"}) == ["docs", "tests"]


def test_boxes():
    assert keys({PATH: WHOLE + "- [ ] More\n" * 12}) == [f"{PATH}#boxes"]
    assert keys({PATH: WHOLE + "- [ ] More\n" * 12}, max_checkboxes=20) == []


@pytest.mark.parametrize(
    ("path", "link", "dead"),
    [
        (PATH, "CONTRIBUTING.md", True),
        (PATH, "../blob/main/CONTRIBUTING.md", False),
        (PATH, "../blob/main/HACKING.md", True),
        (PATH, "https://github.com/acme/invoices/blob/main/CONTRIBUTING.md", False),
        (PATH, "https://github.com/acme/invoices/blob/main/HACKING.md", True),
        (PATH, "https://github.com/acme/other/blob/main/HACKING.md", False),
        (PATH, "#why", False),
        (".gitlab/merge_request_templates/Default.md", "CONTRIBUTING.md", False),
        (".gitlab/merge_request_templates/Default.md", "HACKING.md", True),
    ],
)
def test_links(path, link, dead):
    files = {
        path: f"{WHOLE}\n[guide]({link})\n",
        "CONTRIBUTING.md": "# C\n",
        "package.json": '{"name": "invoices"}',
    }
    assert keys(files) == ([f"{path}#{link}"] if dead else [])
