"""Whatever passes a document rule fails it once its documents say nothing any more."""

import re

import pytest

from pytest_productops.catalogue import installed
from pytest_productops.testing import findings

CODES = ("ONB001", "REP006", "PRA005", "SUP005", "OPS007")
GOOD = [(rule, archive) for rule in installed() if rule.code in CODES for archive in rule.manual.good]
DOCUMENT = re.compile(r"\.md$|\.rst$|\.txt$|^[A-Z]+$")


def headings(text):
    return "\n".join(line for line in text.splitlines() if line.startswith("#")) + "\n"


def with_body(text, body):
    """Keep the headings and put one line below each."""
    lines = [line for line in text.splitlines() if line.startswith("#")]
    return "\n\n".join(part for line in lines for part in (line, body)) + "\n"


MUTATIONS = {
    "emptied": lambda text: "",
    "blanked": lambda text: "\n \n\t\n",
    "commented": lambda text: f"<!--\n{text}\n-->\n",
    "headings only": headings,
    "TODO": lambda text: with_body(text, "TODO"),
    "TODO with words": lambda text: with_body(text, "TODO: say how to do this, who reviews and approves it"),
    "TBD in a list": lambda text: with_body(text, "- TBD\n- TBD"),
    "lorem ipsum": lambda text: with_body(text, "Lorem ipsum dolor sit amet, consectetur adipiscing elit."),
    "blank of a template": lambda text: with_body(text, "[INSERT TEXT HERE]"),
    "coming soon": lambda text: with_body(text, "*Coming soon.*"),
    "commented bodies": lambda text: with_body(
        text, "<!-- pip install -e . && pytest; mail ann@example.org -->"
    ),
    "braces": lambda text: with_body(text, "{{ text }}"),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize(
    ("rule", "archive"), GOOD, ids=[f"{rule.code}-{n}" for n, (rule, _) in enumerate(GOOD)]
)
def test_documents_that_say_nothing_never_pass(rule, archive, mutation):
    mutated = {
        path: MUTATIONS[mutation](text) if DOCUMENT.search(path) else text for path, text in archive.items()
    }
    assert findings(rule, mutated)


@pytest.mark.parametrize("code", CODES)
def test_zero_byte_files_of_the_usual_names_never_pass(code):
    rule = next(rule for rule in installed() if rule.code == code)
    names = (
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CODEOWNERS",
        "MAINTAINERS.md",
        "docs/deployment.md",
    )
    assert findings(rule, dict.fromkeys(names, ""))
