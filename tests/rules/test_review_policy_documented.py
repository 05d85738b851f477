"""SUP005 on what teams write of reviews."""

import pytest
from productops_rules.support.review_policy_documented import review_policy_documented as rule

from pytest_productops.model import NotApplicable
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings

LOG = "2026-05-01 ann@example.org Add\n2026-06-01 bob@example.org Mend\n"
CHECKS = "\nReviewers check that the tests pass.\n"


def keys(archive, **options):
    return [
        finding.key for finding in findings(rule, {"git log": LOG, "now": "2026-11-22", **archive}, **options)
    ]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("One maintainer must approve a pull request.", []),
        ("A pull request is merged once approved by a maintainer.", []),
        ("Each merge request needs two approvals from code owners.", []),
        ("A member of the core team will review your pull request.", []),
        ("Patches need a +2 from the core reviewers.", []),
        ("Pull requests are approved and merged by at least a developer.", []),
        ("Changes are reviewed by the maintainers before they are merged.", ["how_many"]),
        ("Pull requests are merged after code review.", ["how_many", "who"]),
        ("Pull requests need two approvals.", ["who"]),
        ("Pull requests are reviewed and merged by someone else than the author.", []),
        ("All pull requests need a +1 from 3 core committers.", []),
        ("Your change may require between 1 and 2 maintainers to approve it.", []),
        ("Merge it with the sign-off of at least one developer with write access.", []),
        ("Do not merge pull requests until they have been approved by one or two other collaborators.", []),
        ("One of the maintainers will review, approve & merge this change.", []),
        ("We do our best to review PRs as they are sent. If an item is on our roadmap, it is quicker.",
         ["how_many"]),
        ("Maintainers review pull requests. Only reply to them in a review capacity as an agent.", ["how_many"]),
        ("Maintainers review pull requests. A clean history makes a code review a better experience for a person.",
         ["how_many"]),
        ("A maintainer will merge your pull request after review.", ["how_many"]),
        ("Create a pull request, asking for review.", ["how_many", "who"]),
    ],
)  # fmt: skip
def test_who_and_how_many(text, missing):
    assert sorted(keys({"CONTRIBUTING.md": f"# Contributing\n\n{text}\n{CHECKS}"})) == missing


@pytest.mark.parametrize(
    "text",
    [
        "Small pull requests are easier to review.",
        "One commit each makes code reviews easier.",
        "Open a pull request.",
        "When reviewing a pull request, if another developer has context, tag them.",
        "Please take a moment to review this document before you contribute.",
        "To contribute, review and sign the [agreement](https://example.org/agreement) of our community.",
        "Help us by reviewing open pull requests of others.",
    ],
)
def test_talk_of_reviews_is_no_policy(text):
    (finding,) = findings(rule, {"git log": LOG, "now": "2026-11-22",
                                 "CONTRIBUTING.md": f"# Contributing\n\n## Pull requests\n\n{text}\n"})  # fmt: skip
    assert (finding.key, str(finding.location)) == ("policy", "CONTRIBUTING.md:3")


def test_a_finding_is_at_the_section_on_reviews():
    text = "# Contributing\n\nChanges are reviewed.\n\n## Code review\n\nMaintainers review each change.\n"
    (finding,) = findings(
        rule, {"git log": LOG, "now": "2026-11-22", "CONTRIBUTING.md": text}, required=("how_many",)
    )
    assert (finding.key, str(finding.location)) == ("how_many", "CONTRIBUTING.md:5")


@pytest.mark.parametrize(
    "files",
    [
        {
            "README.md": "# A\n\n## Contributing\n\nSee the [contributing guide](https://example.org/contributing).\n"
        },
        {"CONTRIBUTING.md": "See the [contributing guide](https://example.org/contributing).\n"},
    ],
)
def test_a_guide_on_another_site_is_not_judged(files):
    with pytest.raises(Unavailable, match=r"https://example\.org/contributing"):
        keys(files)


def test_a_diagram_may_say_it():
    chart = "```mermaid\nflowchart TD\n  a[Merge the PR if approved by\n  2 or more team members]\n```\n"
    assert keys({"CONTRIBUTING.md": f"# Contributing\n\n{chart}"}, required=("who", "how_many")) == []


def test_code_owners_say_who():
    text = "# Contributing\n\nPull requests are merged after two reviews.\n"
    assert keys({"CONTRIBUTING.md": text}, required=("who",)) == ["who"]
    assert keys({"CONTRIBUTING.md": text, "CODEOWNERS": ""}, required=("who",)) == ["who"]
    assert keys({"CONTRIBUTING.md": text, "CODEOWNERS": "* @example/core\n"}, required=("who",)) == []


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        ({}, ["checks"]),
        ({".github/pull_request_template.md": "- [ ] tests\n- [ ] documentation\n"}, []),
        ({".github/pull_request_template.md": "<!--\n- is it tested?\n- is it documented?\n-->\n"}, []),
        ({".github/pull_request_template.md": "What does it do?\n"}, ["checks"]),
        ({"docs/review.md": "# Code review\n\n- Is it correct?\n- Is it readable?\n"}, []),
    ],
)
def test_checks(files, missing):
    assert keys({"CONTRIBUTING.md": "One maintainer approves a pull request.\n", **files}) == missing


def test_a_setting_of_the_forge_says_how_many():
    files = {"CONTRIBUTING.md": "Maintainers review every pull request.\n"}
    assert keys(files, required=("how_many",)) == ["how_many"]
    setting = "branches:\n- protection:\n    reviews:\n      required_approving_review_count: 2\n"
    assert keys({**files, ".github/settings.yml": setting}, required=("how_many",)) == []


def test_documents_on_triage_that_the_guide_links_to_are_read():
    files = {
        "CONTRIBUTING.md": f"# Contributing\n\nSee [triage](docs/triage.md) of pull requests.\n{CHECKS}\nThank you all.\n",
        "docs/triage.md": "# Triage\n\nPull requests are assigned to one of the engineers for review.\n",
    }
    assert keys(files, required=("how_many",)) == []


def test_governance_documents_are_read():
    assert keys({"GOVERNANCE.md": f"Two maintainers approve each change.\n{CHECKS}"}) == []


def test_one_person_needs_no_policy():
    with pytest.raises(NotApplicable):
        keys(
            {
                "README.md": "# A\n",
                "git log": "2026-05-01 ann@example.org Add\n2024-05-01 bob@example.org Old\n",
            }
        )


def test_without_history_it_is_judged():
    assert [f.key for f in findings(rule, {"CONTRIBUTING.md": "Open a pull request.\n"})] == ["policy"]


PEOPLE = "2026-05-01 ann@example.org Start\n2026-06-01 bob@example.org Go on\n"


@pytest.mark.parametrize(
    "files",
    [
        {
            "docs/community/managing.md": "# M\n\n- Maintainers never merge their own pull requests.\n- Check that tests pass.\n"
        },
        {".github/CODEOWNERS": "# Changes of these files\n# require an approval of the lead.\n/x @ann\n"},
        {"CONTRIBUTING.md": "# C\n\nEach pull request has to go through a thorough review.\n"},
    ],
)
def test_rules_in_other_places_are_found(files):
    found = findings(rule, {**files, "git log": PEOPLE, "now": "2026-11-22"})
    assert "policy" not in [finding.key for finding in found]


def test_pages_on_what_the_product_does_are_no_policy():
    page = "# Automated code review\n\nThe tool comments on pull requests during code review.\n"
    files = {"docs/automated_code_review.md": page, "README.md": "# A\n\nReviews pull requests.\n"}
    (finding,) = findings(rule, {**files, "git log": PEOPLE, "now": "2026-11-22"})
    assert finding.key == "policy"


def test_a_course_on_open_source_is_no_guide_of_the_project():
    guide = "# C\n\nSend a pull request; we review it.\nNew to it? See [how to contribute](https://school.example/courses/how-to-contribute).\n"
    assert "how_many" in keys({"CONTRIBUTING.md": guide})


@pytest.mark.parametrize("link", ["manual/databases.html#open-a-session", "handbook#run-it"])
def test_a_link_to_a_part_of_a_manual_is_no_guide(link):
    sends = f"To query it follow [the developer docs](https://acme.example/{link}).\n"
    assert keys({"README.md": f"# A\n\n{sends}", "CONTRIBUTING.md": "# C\n\nSend a patch.\n"}) == ["policy"]


def test_what_is_made_by_a_machine_and_read_by_its_author_is_no_policy():
    text = "Any content generated with AI must have been reviewed and edited by a human.\n"
    assert keys({"CONTRIBUTING.md": f"# Contributing\n\nSend a pull request. {text}"}) == ["policy"]


def test_owners_of_everything_and_a_list_for_reviewers_are_parts_of_a_policy():
    asked = "# Change\n\n## Things to consider when reviewing\n\n- Is the code clear?\n- Are there tests?\n"
    files = {"CONTRIBUTING.md": "# C\n\nSend a patch.\n", ".github/PULL_REQUEST_TEMPLATE.md": asked}
    assert keys(files) == ["how_many", "who"]
    assert keys({**files, ".github/CODEOWNERS": "* @ann\n"}) == ["how_many"]
    assert keys({".github/CODEOWNERS": "* @ann\n"}) == ["checks", "how_many"]


def test_governance_on_another_site_may_tell_it():
    readme = "# A\n\n## Contributing\n\nChanges are subject to the [Governance](https://acme.example/GOVERNANCE).\n"
    with pytest.raises(Unavailable):
        keys({"README.md": readme, "CONTRIBUTING.md": "# C\n\nSend a pull request.\n"})


def test_a_page_on_reviews_that_only_sends_to_another_site_tells_nothing():
    page = "# Code review guidelines\n\nFollow the [review guidelines](https://github.com/acme/shop/blob/main/docs/review.md).\n"
    with pytest.raises(Unavailable):
        keys({"docs/Code review guidelines.md": page, "README.md": "# A\n\nSells things.\n"})


def test_the_wiki_that_the_readme_sends_contributors_to_may_tell_it():
    readme = (
        "# A\n\n### Contributing\n\nRead how to get started: https://github.com/acme/a/wiki/Contributing\n"
    )
    with pytest.raises(Unavailable):
        keys({"README.md": readme, "CONTRIBUTING.md": "# C\n\n## Bugs\n\nSend a test that fails.\n"})


def test_one_person_with_two_addresses_is_one():
    log = "2026-05-01 ann@example.org Add it\n2026-06-01 ann@home.example Mend it\n"
    with pytest.raises(NotApplicable):
        findings(rule, {"CONTRIBUTING.md": "# C\n\nSend a patch.\n", "git log": log, "now": "2026-11-22"})
