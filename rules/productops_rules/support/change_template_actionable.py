"""SUP006."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    CHANGE_TOPICS,
    LAST,
    ChangeTemplate,
    Create,
    Edit,
    Evidence,
    Files,
    Finding,
    Insert,
    Less,
    More,
    fixes,
    rule,
)

Topic = Literal["why", "tests", "docs"]
HOW = {
    "why": "ask for the reason, or for the issue: `## Why`",
    "tests": "ask how the change was tested: `- [ ] Tests cover the change`",
    "docs": "ask for documentation and changelog: `- [ ] Documentation and changelog are updated`",
}


@rule("SUP006", stage="review", level="silver", profiles=("oss-library", "internal-product"))
def change_template_actionable(
    templates: ChangeTemplate,
    *,
    topics: More[tuple[Topic, ...]] = ("why", "tests", "docs"),
    max_checkboxes: Less[int] = 12,
) -> Iterator[Finding | Evidence]:
    """The template of pull or merge requests asks why, how it is tested and whether the docs follow, in few boxes.

    Looks at `pull_request_template` and `merge_request_templates` where GitHub, GitLab, Gitea, Azure DevOps and
    Bitbucket read them: at the default one, else at those that an author chooses from together. What stands in
    comments counts, since authors see it. Its links are absolute or forge-relative (`../blob/main/...`), for on
    GitHub a relative one leads below the pull request; those into this repository lead to a file.

    Why:
        What nobody asks for is not told: reviewers guess the reason, and tests and docs come later or never. A list
        that is too long is ticked unread.
    Fix:
        Add the prompt that is named. Keep the boxes to what an author can do; leave the rest to CI.
    Options:
        topics: what must be asked: why, tests, docs
        max_checkboxes: most boxes to tick
    Source:
        Microsoft engineering playbook, pull request template; https://docs.gitlab.com/development/code_review/;
        CNCF templates.
    Bad:
        -- .github/pull_request_template.md --
        ## Description
        Describe what you changed.
    Bad:
        -- README.md --
        # Invoices
        Sends invoices.
    Bad:
        -- .github/pull_request_template.md --
        ## Why
        ## How is it tested?
        - [ ] [Documentation](docs/guide.md) is updated
    Good:
        -- .github/pull_request_template.md --
        ## Why
        <!-- The reason, or the issue -->
        ## How is it tested?
        - [ ] Documentation and changelog are updated, see [how](../blob/main/CONTRIBUTING.md)
        -- CONTRIBUTING.md --
        # Contributing
        Open a pull request.
    """
    if not templates.judged:
        fix = "write .github/pull_request_template.md or .gitlab/merge_request_templates/Default.md"
        yield Finding("template", "there is no template for change requests", fix=fix)
        return
    hollow = [(template, reason) for template in templates.judged if (reason := templates.hollow(template))]
    for template, reason in hollow:
        message = f"the template of change requests {reason}"
        yield Finding(
            f"{template.path}#template", message, template.shown.at(), fix="write it, or delete the file"
        )
    if len(hollow) == len(templates.judged):
        return
    place = templates.judged[0].place
    for topic in topics:
        if templates.asked(topic) is None:
            message = f"the template of change requests does not ask {CHANGE_TOPICS[topic]}"
            yield Finding(topic, message, place, fix=HOW[topic])
    for template in templates.judged:
        boxes = templates.boxes(template)
        if boxes > max_checkboxes:
            message = f"the template has {boxes} boxes to tick, more than {max_checkboxes}"
            yield Finding(
                f"{template.path}#boxes",
                message,
                template.place,
                "drop what CI checks, join what belongs together",
            )
        for link, why in templates.dead(template):
            message = f"the link `{link.target}` leads nowhere from a change request: {why}"
            fix = "write `../blob/main/PATH` or the whole address"
            yield Finding(f"{template.path}#{link.target}", message, template.shown.at(link.line), fix)
    yield Evidence(place, "asks " + ", ".join(topics))


OUTLINE = """<!-- TODO(productops): make this your own, then delete this line -->

## Why

<!-- The reason, or the issue -->

## How is it tested?

- [ ] Tests cover the change
- [ ] Documentation and changelog are updated
"""
PROMPTS = {
    "why": "## Why\n\n<!-- The reason, or the issue -->",
    "tests": "## How is it tested?\n\n- [ ] Tests cover the change",
    "docs": "## Documentation\n\n- [ ] Documentation and changelog are updated",
}


@fixes(change_template_actionable, "unsafe")
def ask_too(
    finding: Finding, templates: ChangeTemplate, files: Files, *, topics: tuple[str, ...]
) -> Iterator[Edit]:
    """Add the prompts that the template lacks."""
    place = finding.location
    if finding.key in PROMPTS and place and place.path.lower().endswith(".md") and len(templates.judged) == 1:
        lacking = (PROMPTS[topic] for topic in PROMPTS if topic in topics and not templates.asked(topic))
        gap = "" if files.read(place.path).endswith("\n\n") else "\n"
        yield Insert(place.path, LAST, gap + "\n\n".join(lacking) + "\n")


@fixes(change_template_actionable, "scaffold")
def outline(finding: Finding, files: Files) -> Iterator[Edit]:
    """Make a template for you to adapt."""
    if finding.key == "template" and finding.location is None:
        gitlab = ".gitlab-ci.yml" in files and ".github" not in files.folders
        place = ".gitlab/merge_request_templates/Default.md" if gitlab else ".github/pull_request_template.md"
        yield Create(place, OUTLINE)
