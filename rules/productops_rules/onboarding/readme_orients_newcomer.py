"""ONB002."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    README_TOPICS,
    Documents,
    Edit,
    Evidence,
    Finding,
    More,
    Orientation,
    fixes,
    lack,
    page,
    rule,
    section,
)

HOW = {
    "what": "begin with a paragraph: what it does, and for whom",
    "use": "add a section `## Install` or `## Run` with the command, or link to where it is written",
    "contribute": "link to the contributor guide, or add a section `## Contributing`",
    "help": "add a section `## Help` with the channel, or link to SUPPORT",
}
Topic = Literal["what", "use", "contribute", "help"]


@rule("ONB002", stage="plan", level="bronze")
def readme_orients_newcomer(
    orientation: Orientation, *, required: More[tuple[Topic, ...]] = ("what", "use", "contribute", "help")
) -> Iterator[Finding | Evidence]:
    """The README says what the product is, how to install or run it, and where to contribute and to get help.

    A paragraph of at least eight words near the top says what it is; a command, a snippet that
    declares or imports it, or a link to instructions how to use it; a section, a link or a sentence where to
    contribute and to get help. The README of a monorepo may be an index of its packages.

    Why:
        The README is the page that everybody opens first, and often the last one.
    Fix:
        Answer the question that is named, in a sentence with a link, or in a section of its own.
    Options:
        required: the questions that must be answered: what, use, contribute, help
    Source:
        GDS Way, README guidance; OpenSSF best practices, description_good and interact.
    Bad:
        -- README.md --
        # Invoices
        Sends invoices to the customers of a shop, by mail and on paper.
        ## Install
            pip install invoices
    Bad:
        -- README.md --
        # Invoices
    Good:
        -- README.md --
        # Invoices
        Sends invoices to the customers of a shop, by mail and on paper.
        ## Install
            pip install invoices
        ## Contribute
        See [CONTRIBUTING](CONTRIBUTING.md). Ask in the [forum](https://forum.example.org).
        -- CONTRIBUTING.md --
        # Contributing
    """
    readme = orientation.readme
    if readme is None:
        yield Finding(
            "readme", "there is no README", fix="write README.md: what it is, how to use it, where to ask"
        )
        return
    reason = lack(readme)
    if reason:
        yield Finding(
            "readme", f"the README {reason}", readme.at(), fix="say what the product is and how to use it"
        )
        return
    for topic in required:
        place = orientation.answers(topic)
        if place:
            yield Evidence(place, f"says {README_TOPICS[topic]}")
        else:
            yield Finding(
                topic, f"the README does not say {README_TOPICS[topic]}", readme.at(), fix=HOW[topic]
            )


SECTIONS = {
    "what": ("About", "say what it does, and for whom, near the top"),
    "use": ("Install", "name the command that installs or runs it"),
    "contribute": ("Contributing", "link to the contributor guide, or say how to contribute"),
    "help": ("Help", "name the forum, chat, list or address where questions are answered"),
}


@fixes(readme_orients_newcomer, "scaffold")
def outline(finding: Finding, documents: Documents, *, required: tuple[str, ...]) -> Iterator[Edit]:
    """Make the README, or the section that it lacks, for you to write."""
    if finding.key == "readme" and finding.location is None:
        wanted = {title: (want,) for topic, (title, want) in SECTIONS.items() if topic in required}
        yield page("README.md", "TODO(productops): the name of the product", wanted)
    elif finding.key in SECTIONS and finding.location:
        yield from section(documents.get(finding.location.path), *SECTIONS[finding.key])
