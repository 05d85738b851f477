"""ONB009: where to ask, and when an answer may be expected."""

import pytest
from productops_rules.onboarding.help_channel_declared import help_channel_declared as rule

from pytest_productops.repository import Repository
from pytest_productops.testing import findings, findings_in, lay_out

README = "# Invoices\n\nSends invoices to the customers of a shop.\n"


def keys(files, **options):
    return [each.key for each in findings(rule, files, **options)]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"README.md": README}, ["channel"]),
        ({"main.py": ""}, ["channel"]),
        ({"README.md": f"{README}\nChat with us on [Zulip](https://acme.zulipchat.com).\n"}, []),
        ({"README.md": README, "SUPPORT.md": "# Support\n\nAsk in https://lists.example.org/users.\n"}, []),
        ({"README.md": README, "SUPPORT.md": "# Support\n\nTODO\n"}, ["channel"]),
        (
            {"README.md": README, "CONTRIBUTING.md": "# Guide\n\nAsk in the [forum](https://e.org/forum).\n"},
            [],
        ),
        ({"README.md": f"{README}\n## Help\n\nAsk in #shop; somebody answers within a day.\n"}, []),
        ({"README.md": f"{README}\nAsked in #812 and mended since.\n"}, ["channel"]),
        ({"README.md": f"{README}\n## Security\n\nWrite to security@example.org.\n"}, ["channel"]),
    ],
)
def test_a_place_to_ask(files, found):
    assert keys(files) == found


def test_the_finding_stands_at_the_readme():
    (finding,) = findings(rule, {"README.md": README})
    assert (finding.location.path, finding.message) == (
        "README.md",
        "no place to ask is named in SUPPORT, the README, the contributor guide or the issue templates",
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["response"]),
        ("We try to answer within two working days.", []),
        ("Maintainers respond to issues in a few business days.", []),
        ("Within 48 hours you get a response.", []),
        ("Orders are shipped within three days.", ["response"]),
    ],
)
def test_a_response_time_may_be_required(text, found):
    files = {"README.md": f"{README}\nAsk in the [forum](https://forum.example.org). {text}\n"}
    assert keys(files, require_response_time=True) == found


def test_a_declared_place_counts(tmp_path):
    laid = lay_out({"README.md": README}, tmp_path)
    assert [each.key for each in findings_in(rule, laid)] == ["channel"]
    declared = Repository(tmp_path, artifacts={"support": "https://acme.example.org/support"})
    assert findings_in(rule, declared) == ()


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": "# A\n\n## Support\n\nRaise a GitHub issue if you need support.\n"},
        {
            "README.md": "# A\n",
            "docs/index.rst": "A\n=\n\nDiscussion\n----------\n\nAsk on `the list <https://groups.google.com/g/a>`_.\n",
        },
    ],
)
def test_the_tracker_in_words_and_the_front_page_of_the_documentation_name_places(files):
    assert not findings(rule, files)
