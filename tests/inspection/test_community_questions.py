"""Ownership, templates, review, security, conduct, licence and design: the traps of each question."""

import pytest

from pytest_productops.inspection import ask as answer_of
from pytest_productops.inspection import inspect, installed


@pytest.fixture
def ask(repository):
    questions = {question.id: question for question in installed()}
    return lambda name, text: answer_of(questions[name], repository(text))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("yes", "-- LICENCE --\nAll rights.\n"),
        ("yes", "-- COPYING --\nAll rights.\n"),
        ("yes", "-- UNLICENSE --\nAll rights.\n"),
        ("yes", "-- MIT-LICENSE --\nAll rights.\n"),
        ("yes", "-- LICENSE-APACHE --\nAll rights.\n"),
        ("yes", "-- LICENSES/MIT.txt --\nx\n-- LICENSES/LICENSE.txt --\nAll rights.\n"),
        ("yes", "-- packages/a/package.json --\n{}\n-- packages/a/LICENSE --\nAll rights.\n"),
        (
            "yes",
            "-- README.md --\n# A\n\n## Licence\n\nPermission is hereby granted, free of charge, to any person.\n",
        ),
        ("no", "-- pyproject.toml --\n[project]\nlicense = 'MIT'\n"),
        ("no", "-- README.md --\n# A\n\nLicensed under MIT.\n"),
        ("no", "-- LICENSE --\n"),
        ("no", "-- vendor/b/LICENSE --\nAll rights.\n"),
        ("no", "-- src/license.py --\nx = 1\n"),
        ("no", "-- THIRD-PARTY-LICENSES.md --\nOthers.\n"),
    ],
)
def test_licence(ask, value, text):
    assert ask("licence", text).value == value


def test_a_folder_of_licences(ask):
    assert ask("licence", "-- LICENSES/BSD-3-Clause.txt --\nAll rights.\n").value == "yes"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("yes", "-- CODE_OF_CONDUCT.md --\n# Code\n\nBe kind.\n"),
        ("yes", "-- .github/CODE-OF-CONDUCT.md --\nWe adopt [the covenant](https://example.org/coc).\n"),
        ("yes", "-- docs/community/code-of-conduct/index.md --\nBe kind.\n"),
        ("yes", "-- docs/contribute/conduct.rst --\nBe kind.\n"),
        ("external", "-- README.md --\n# A\n\nFollow the [code of conduct](https://example.org/conduct).\n"),
        ("external", "-- CONTRIBUTING.md --\n# C\n\nOur code of conduct: https://example.org/rules\n"),
        (
            "external",
            "-- .github/PULL_REQUEST_TEMPLATE.md --\n<!-- See the [Code of Conduct](https://example.org/coc). -->\n",
        ),
        ("no", "-- README.md --\n# A\n\nThe way we conduct tests is [here](https://example.org/tests).\n"),
        ("no", "-- CODE_OF_CONDUCT.md --\n"),
        ("no", "-- src/conduct.py --\nx = 1\n"),
        ("no", "-- README.md --\n# A\n\nPlease read our code of conduct.\n"),
    ],
)
def test_code_of_conduct(ask, value, text):
    assert ask("code-of-conduct", text).value == value


def test_a_section_may_be_the_code_of_conduct(ask):
    rule = "Treat everybody with respect, be considerate and welcoming, and never harass or insult people. "
    assert (
        ask("code-of-conduct", f"-- CONTRIBUTING.md --\n# C\n\n## Code of conduct\n\n{rule * 6}\n").value
        == "yes"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("yes", "-- .github/pull_request_template.md --\n<!--\n- [ ] tests are there\n-->\n"),
        ("no", "-- .github/pull_request_template.md --\n\n"),
        ("no", "-- README.md --\n# A\n"),
    ],
)
def test_change_template(ask, value, text):
    assert ask("change-template", text).value == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("yes", "-- .github/ISSUE_TEMPLATE/bug.md --\n## What happened\n"),
        ("no", "-- .github/ISSUE_TEMPLATE/config.yml --\nblank_issues_enabled: false\n"),
    ],
)
def test_issue_templates(ask, value, text):
    assert ask("issue-templates", text).value == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("yes", "-- CODEOWNERS --\n* @acme/all\n"),
        ("yes", "-- MAINTAINERS.md --\n# Maintainers\n\n- Ann Lee (@ann)\n"),
        ("yes", "-- MAINTAINERS --\nann-lee\nbob-ray\n"),
        ("yes", "-- pkg/OWNERS --\napprovers: [ann]\n"),
        ("yes", "-- triagebot.toml --\n[assign.owners]\n'*' = ['@ann']\n"),
        ("no", "-- .github/CODEOWNERS --\n# nobody yet\n"),
        ("no", "-- .github/workflows/CODEOWNERS --\n* @acme/all\n"),
        ("no", "-- triagebot.toml --\n[assign]\n"),
        ("no", "-- AUTHORS --\nAnn Lee <ann@acme.org>\n"),
        ("no", "-- pyproject.toml --\n[project]\nauthors = [{name = 'Ann Lee'}]\n"),
        (
            "no",
            "-- MAINTAINERS.md --\n# Handbook\n\nA maintainer answers issues and never marks an interface with `@private` in passing.\n",
        ),
    ],
)
def test_code_ownership(ask, value, text):
    assert ask("code-ownership", text).value == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("yes", "-- SECURITY.md --\nSee [our policy](https://example.org/security-policy).\n"),
        ("yes", "-- README.md --\n# A\n\n## Security\n\nReport vulnerabilities to ann@example.org.\n"),
        (
            "yes",
            "-- docs/security/security.md --\n# Security\n\n## Reporting\n\nReport a security vulnerability to ann@example.org.\n",
        ),
        ("yes", "-- .well-known/security.txt --\nContact: mailto:ann@example.org\n"),
        (
            "external",
            "-- README.md --\n# A\n\nFor vulnerabilities see our [security policy](https://forge.example/a/b/security/policy).\n",
        ),
        (
            "no",
            "-- docs/security.md --\n# Hardening\n\nUse TLS. An attacker who found a vulnerability of the proxy reads all.\n",
        ),
        ("no", "-- SECURITY.md --\n# Security policy\n"),
        ("no", "-- README.md --\n# A\n"),
    ],
)
def test_security_policy(ask, value, text):
    assert ask("security-policy", text).value == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("yes", "-- docs/adr/0001-use-a-queue.md --\n# Use a queue\n\nWe use a queue.\n"),
        ("yes", "-- docs/architecture.md --\n# Architecture\n\nTwo services and a queue.\n"),
        ("yes", "-- doc/developer/xeps/xep-0001.rst --\nPurpose\n=======\n\nThis proposes a thing.\n"),
        ("yes", "-- docs/dev/replication.md --\n# Replication Architecture\n\nTwo nodes.\n"),
        ("yes", "-- PaymentDesignDocument.md --\n# Payment\n\nWhy it is as it is.\n"),
        (
            "no",
            "-- docs/adr/README.md --\n# Records\n\nWe write records here.\n-- docs/adr/template.md --\n# Title\n\nText.\n",
        ),
        ("yes", "-- docs/internal/queue.md --\n# The queue\n\nHow it is made.\n"),
        ("no", "-- docs/config/internal/build.md --\n# Build\n\nOverride the internal environment.\n"),
        ("no", "-- docs/internals.md --\n# Internals for plugins\n\nThe request has a method.\n"),
        ("no", "-- docs/guide/design.md --\n# Design your pages\n\nUse colours.\n"),
        ("no", "-- docs/adr/0001-use-a-queue.md --\n# Use a queue\n"),
        ("no", "-- README.md --\n# A\n"),
    ],
)
def test_design_records(ask, value, text):
    assert ask("design-records", text).value == value


GUIDE = "-- CONTRIBUTING.md --\n# Contributing\n\nSend a pull request.\n\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("yes", f"{GUIDE}**A maintainer must approve each change.**\n"),
        ("yes", f"{GUIDE}Changes will not be merged until they have been code reviewed.\n"),
        ("yes", f"{GUIDE}All submissions, also those of members, require review.\n"),
        ("yes", f"{GUIDE}Nobody merges their own pull request.\n"),
        ("yes", f"{GUIDE}```mermaid\ngraph TD\n  a --> b[Merge if approved by 2 or more team members]\n```\n"),
        ("yes", "-- README.md --\n# A\n\n## Code review\n\nEvery pull request needs two approvals from the team.\n"),
        ("yes", "-- GOVERNANCE.md --\n# Governance\n\nEach pull request needs two approvals from maintainers.\n"),
        ("yes", "-- docs/developer/merging.rst --\nMerging\n=======\n\nA pull request needs two approvals.\n"),
        ("yes", "-- CODEOWNERS --\n# Changes of the release files require an approval of the lead.\n/release @ann\n"),
        ("yes", "-- .github/rulesets/main.json --\n{\"required_approving_review_count\": 2}\n"),
        ("yes", f"{GUIDE}-- .github/pull_request_template.md --\n- [ ] approved by at least one maintainer\n"),
        ("no", f"{GUIDE}Small pull requests are easier to review.\n"),
        ("no", f"{GUIDE}Anyone is welcome to review pull requests. Be kind to the author.\n"),
        ("no", f"{GUIDE}Pull requests are usually reviewed within a few days.\n"),
        ("no", f"{GUIDE}Any content generated with AI must have been reviewed and edited by a human.\n"),
        ("no", f"{GUIDE}To perform a sign-off when committing, use the flag for it.\n"),
        ("no", f"{GUIDE}A draft will defer the automatic process of requesting a review from the team.\n"),
        ("no", "-- CODEOWNERS --\n# These owners will be requested for review when someone opens a pull request.\n* @ann\n"),
        ("no", "-- .github/rulesets/main.json --\n{\"required_approving_review_count\": 0}\n"),
        ("no", "-- docs/commands/core.md --\n# Core\n\nShows whether the pull request has two approvals from reviewers.\n"),
        (
            "external",
            "-- docs/code-review.md --\n# Code review\n\nFor pull requests follow the [review guidelines]"
            "(https://github.com/acme/front/blob/main/docs/code-review.md).\n",
        ),
        ("external", f"{GUIDE}See the [review process](https://wiki.example/reviews).\n"),
    ],
)  # fmt: skip
def test_review_policy(ask, value, text):
    assert ask("review-policy", text).value == value


def test_every_yes_has_its_place(repository):
    found = inspect(repository("-- LICENSE --\nText.\n-- CODEOWNERS --\n* @acme/all\n"))
    assert str(found["licence"].evidence[0].location) == "LICENSE"
    assert str(found["code-ownership"].evidence[0].location) == "CODEOWNERS:1"
