"""SUP001."""

import pytest
from productops_rules.support.ownership_declared import ownership_declared

from pytest_productops.api import Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings


def keys(text, **options):
    return [finding.key for finding in findings(ownership_declared, archive(text), **options)]


def test_nobody_is_named():
    (finding,) = findings(ownership_declared, archive("-- README.md --\n# X\nHello.\n"))
    assert (finding.key, finding.location) == ("owner", None)
    assert (
        finding.message
        == "no owners file, package metadata or process document names who owns this repository"
    )


@pytest.mark.parametrize("path", ["CODEOWNERS", ".github/CODEOWNERS", "MAINTAINERS.md", "OWNERS"])
def test_an_empty_file_fails_whatever_the_others_say(path):
    text = f'-- {path} --\n-- package.json --\n{{"author": "Ann Lee"}}\n'
    (finding,) = findings(ownership_declared, archive(text))
    assert finding.message == f"{path} is empty, so it names no owner"


@pytest.mark.parametrize(
    ("codeowners", "owner", "found"),
    [
        ("* @acme/platform", "platform", []),
        ("* @acme/team-platform", "group:default/platform", []),
        ("* @acme/payments", "platform", ["consistent"]),
        ("* @acme/payments", "user:ann", []),
        ("* @ann @bob", "platform", []),
        ("* @ann @acme/payments", "platform", []),
        ("*.py @acme/payments", "platform", []),
    ],
)
def test_catalogue_against_codeowners(codeowners, owner, found):
    text = (
        f"-- CODEOWNERS --\n{codeowners}\n-- catalog-info.yaml --\nkind: Component\nspec:\n  owner: {owner}\n"
    )
    assert keys(text) == found
    assert keys(text, consistent=False) == []


def test_sources_that_count():
    text = '-- package.json --\n{"author": "Ann Lee"}\n'
    assert keys(text) == []
    assert keys(text, sources=("codeowners", "maintainers")) == ["owner"]


def test_a_text_without_recognised_names_is_unknown():
    with pytest.raises(Unavailable, match=r"MAINTAINERS\.md"):
        keys("-- MAINTAINERS.md --\nSee the list on our site.\n")
