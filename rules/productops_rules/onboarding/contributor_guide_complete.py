"""ONB001."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import GUIDE_TOPICS as TOPICS
from pytest_productops.api import (
    Documents,
    Edit,
    Finding,
    Guides,
    Less,
    More,
    Unavailable,
    fixes,
    page,
    rule,
    section,
)

DECLARE = "declare where it is: `contributing = ...` under [tool.productops.artifacts]"
HOW = {
    "setup": "add a section `## Set up` with the commands that prepare a checkout",
    "tests": "add a section `## Run the tests` with the command",
    "style": "add a section `## Style`: name the linter and its command, or the conventions",
    "submit": "add a section `## Submit a change`: how to open it, who reviews it",
    "help": "add a section `## Ask`: the channel for questions",
}
Topic = Literal["setup", "tests", "style", "submit", "help"]


@rule("ONB001", stage="build", level="bronze")
def contributor_guide_complete(
    guides: Guides,
    *,
    required: More[tuple[Topic, ...]] = ("setup", "tests", "style", "submit"),
    accept_readme_section: Less[bool] = True,
) -> Iterator[Finding]:
    """A contributor guide says how to set up, run the tests, follow the style and submit a change.

    The guide is CONTRIBUTING or its like in the root, `.github/`, `docs/`, a folder for developers, or a
    section on contributing in the README or a page of the documentation; documents of the repository that it
    links to answer too. Set-up and tests need a command. A topic for which the guide sends its readers to
    another site can't be judged and is not reported; a guide that does nothing else makes the rule unknown.

    Why:
        Who can't build and test the product alone asks somebody, waits, or leaves.
    Fix:
        Add the section that is named, with the command to type. If the guide is kept elsewhere, declare it:
        `[tool.productops.artifacts] contributing = "https://..."`.
    Options:
        required: the topics that must be answered: setup, tests, style, submit, help
        accept_readme_section: whether sections of the README answer too
    Source:
        OSPS Baseline GV-03.01 and GV-03.02; OpenSSF best practices, contribution_requirements; CNCF
        templates.
    Bad:
        -- CONTRIBUTING.md --
        # Contributing
        We love pull requests! Run the tests before you send one, and format the code with ruff.
    Bad:
        -- CONTRIBUTING.md --
    Good:
        -- CONTRIBUTING.md --
        # Contributing
        ## Set up
            pip install -e .[dev]
        ## Test
        Run `pytest`. The code is formatted with ruff.
        ## Submit
        Open a pull request; a maintainer reviews it.
    Good:
        -- README.md --
        # Invoices
        Sends invoices to customers of the shop.
        ## Development
        `make setup` prepares a checkout and `make test` tests it. Follow PEP 8. Pull requests are welcome.
    """
    if guides.external:
        raise Unavailable(f"the contributor guide is at {guides.external}, which is not read: {DECLARE}")
    if guides.lacking:
        document, reason = guides.lacking
        yield Finding(
            "guide", f"the contributor guide {reason}", document.at(), fix="write it, or delete the file"
        )
    elif not guides.named and not (accept_readme_section and guides.in_readme):
        yield Finding("guide", "there is no contributor guide", fix=f"write CONTRIBUTING.md, or {DECLARE}")
    else:
        place = next(iter((*guides.contributing.documents, *guides.named, *guides.readme))).at()
        lead = "the contributor guide" if guides.named else "there is no contributor guide, and the README"
        for topic in required:
            if not guides.answers(topic, readme=accept_readme_section):
                yield Finding(topic, f"{lead} does not say {TOPICS[topic]}", place, fix=HOW[topic])


SECTIONS = {
    "setup": ("Set up", "name the commands that prepare a checkout"),
    "tests": ("Run the tests", "name the command that runs them"),
    "style": ("Style", "name the linter and its command, or the conventions"),
    "submit": ("Submit a change", "say how to open one, who reviews it and what happens then"),
    "help": ("Ask", "name the channel for questions"),
}


@fixes(contributor_guide_complete, "scaffold")
def outline(finding: Finding, documents: Documents, *, required: tuple[str, ...]) -> Iterator[Edit]:
    """Make the guide, or the section that it lacks, for you to write."""
    if finding.key == "guide" and finding.location is None:
        wanted = {title: (want,) for topic, (title, want) in SECTIONS.items() if topic in required}
        yield page("CONTRIBUTING.md", "Contributing", wanted)
    elif finding.key in SECTIONS and finding.location:
        yield from section(documents.get(finding.location.path), *SECTIONS[finding.key])
