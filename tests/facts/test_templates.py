"""Templates of change requests and issues: where forges read them, what they ask, what their comments say."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.formats.forms import as_markdown
from pytest_productops.facts.formats.yaml import YamlError
from pytest_productops.facts.templates import Templates, template

ASKS = "## What\n\nDescribe the change.\n"


@pytest.mark.parametrize(
    "path",
    [
        "PULL_REQUEST_TEMPLATE.md",
        "docs/pull_request_template.txt",
        ".github/PULL_REQUEST_TEMPLATE",
        ".github/PULL_REQUEST_TEMPLATE/release.md",
        ".gitlab/merge_request_templates/Default change.md",
        ".gitea/pull_request_template.md",
        ".forgejo/PULL_REQUEST_TEMPLATE.md",
        ".azuredevops/pull_request_template/branches/main.md",
        ".vsts/pull_request_template.md",
        ".bitbucket/pull_request_template.md",
    ],
)
def test_places_of_change_templates(repository, path):
    templates = repository(f"-- {path} --\n{ASKS}")[Templates]
    assert [each.path for each in templates.changes] == [path]
    assert templates.changes[0].asks
    assert templates.issues == ()


@pytest.mark.parametrize(
    "path",
    [
        ".github/PULL_REQUEST_TEMPLATES.md",
        "packages/api/.github/PULL_REQUEST_TEMPLATE.md",
        ".github/first-issue-template.md",
        ".github/ISSUE_TEMPLATE/config.yml",
        ".gitlab/merge_request_templates/old/Default.md",
    ],
)
def test_places_that_no_forge_reads(repository, path):
    templates = repository(f"-- {path} --\n{ASKS}")[Templates]
    assert (templates.changes, templates.issues) == ((), ())


@pytest.mark.parametrize(
    "path",
    [
        "ISSUE_TEMPLATE.md",
        ".github/ISSUE_TEMPLATE/bug.md",
        ".gitlab/issue_templates/Bug.md",
        ".forgejo/issue_template/bug.md",
    ],
)
def test_places_of_issue_templates(repository, path):
    assert [each.asks for each in repository(f"-- {path} --\n{ASKS}")[Templates].issues] == [True]


def test_a_comment_says_what_the_author_is_to_do():
    text = "<!--\n  Thanks!\n\n  - [ ] tests added\n  - [ ] changelog\n-->\n"
    one = template("x.md", "change", text)
    assert one.shown.prose == ()
    assert [(item.text, item.line, item.checked) for item in one.items] == [
        ("tests added", 4, False),
        ("changelog", 5, False),
    ]
    assert one.asks
    assert one.place.line == 2


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- -->\n", "---\nlabels: bug\n---\n"])
def test_nothing_is_asked(text):
    assert not template("x.md", "issue", text).asks


def test_an_issue_template_may_ask_by_its_title_alone():
    assert template("x.md", "issue", "---\nname: Problem\nabout: Something is wrong\n---\n").asks


FORM = """\
name: Bug
body:
  - type: markdown
    attributes:
      value: |
        Thanks for the report.

        Read [the guide](CONTRIBUTING.md).
  - type: textarea
    attributes:
      label: What happened?
      description: And what did you expect?
  - type: checkboxes
    attributes:
      label: Before you send
      options:
        - label: I searched the issues
          required: true
  - type: dropdown
    attributes:
      label: Which one
      options: [one, two]
"""


def test_a_form_reads_as_a_document(repository):
    (form,) = repository(f"-- .github/ISSUE_TEMPLATE/bug.yml --\n{FORM}")[Templates].issues
    assert [(h.text, h.line) for h in form.shown.headings] == [
        ("What happened?", 11),
        ("Before you send", 15),
        ("Which one", 21),
    ]
    assert [(link.target, link.line) for link in form.shown.links] == [("CONTRIBUTING.md", 8)]
    assert (form.items[0].text, form.items[0].line, form.items[0].checked) == (
        "I searched the issues",
        17,
        False,
    )


def test_the_chooser_names_places_to_ask(repository):
    text = "contact_links:\n  - name: Chat\n    url: https://chat.example\n    about: Ask here\n"
    templates = repository(f"-- .github/ISSUE_TEMPLATE/config.yml --\n{text}")[Templates]
    ((path, link),) = templates.contacts
    assert (path, link.target, link.text, link.line) == (
        ".github/ISSUE_TEMPLATE/config.yml", "https://chat.example", "Chat: Ask here", 3,
    )  # fmt: skip


def test_a_malformed_form_is_a_problem(repository):
    templates = repository("-- .github/ISSUE_TEMPLATE/bug.yml --\nbody: [\n")[Templates]
    assert not templates.issues[0].asks
    assert [problem.location.path for problem in templates.problems] == [".github/ISSUE_TEMPLATE/bug.yml"]


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    template("x.md", "change", text)
    with contextlib.suppress(YamlError):
        as_markdown(f"body:\n  - attributes: {text}", "x.yml")
