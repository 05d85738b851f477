"""ONB002 on the READMEs that people write."""

import pytest
from productops_rules.onboarding.readme_orients_newcomer import readme_orients_newcomer as rule

from pytest_productops.testing import findings

WHAT = "Sends invoices to the customers of a shop, by mail and on paper.\n\n"
USE = "## Install\n\n    pip install invoices\n\n"
CONTRIBUTE = "See [CONTRIBUTING](CONTRIBUTING.md).\n\n"
HELP = "Ask in the [forum](https://forum.example.org).\n"


def keys(readme, path="README.md", **options):
    return [each.key for each in findings(rule, {path: readme, "CONTRIBUTING.md": "# Guide\n"}, **options)]


def test_a_whole_readme_passes():
    assert keys(f"# Invoices\n\n{WHAT}{USE}{CONTRIBUTE}{HELP}") == []


@pytest.mark.parametrize(
    ("without", "missing"), [(WHAT, ["what"]), (USE, ["use"]), (CONTRIBUTE, ["contribute"]), (HELP, ["help"])]
)
def test_each_question_is_missed(without, missing):
    whole = f"# Invoices\n\n{WHAT}{USE}{CONTRIBUTE}{HELP}"
    assert keys(whole.replace(without, "")) == missing


def test_only_what_is_required_is_asked():
    assert keys(f"# Invoices\n\n{WHAT}", required=("what",)) == []


@pytest.mark.parametrize("readme", ["", "# Invoices\n", "<!-- Say what it is. -->\n"])
def test_an_empty_readme_is_one_finding(readme):
    assert keys(readme) == ["readme"]


def test_no_readme_is_one_finding():
    assert [each.message for each in findings(rule, {"main.py": ""})] == ["there is no README"]


@pytest.mark.parametrize(
    "use",
    [
        "## Getting Started\n\nPlease follow the documentation at [our site](https://example.org/).\n",
        "Please see the [Documentation](https://example.org) for an introductory tutorial.\n",
        "## Quick Start\n\n```js\nimport invoices from 'invoices'\n```\n",
        "See [how to deploy it](docs/deploy.md).\n",
        "- [api](packages/api/README.md)\n- [web](packages/web/README.md)\n",
        "    ./invoices --help\n",
    ],
)
def test_what_else_says_how_to_use_it(use):
    files = {
        "README.md": f"# Invoices\n\n{WHAT}{use}\n{CONTRIBUTE}{HELP}",
        "docs/deploy.md": "# D\n\nWords.\n",
    }
    packages = {f"packages/{name}/README.md": "# P\n\nWords.\n" for name in ("api", "web")}
    assert findings(rule, files | packages) == ()


@pytest.mark.parametrize(
    "text",
    [
        "## Contributing\n\nPull requests are welcome.\n",
        "Read `CONTRIBUTING.rst` first.\n",
        "## Development\n\nRun make.\n",
    ],
)
def test_what_else_says_where_to_contribute(text):
    assert keys(f"# Invoices\n\n{WHAT}{USE}{text}\n{HELP}") == []


@pytest.mark.parametrize(
    "text",
    [
        "## Support\n\nWe have a contract with you.\n",
        "[Issues](https://github.com/a/b/issues)\n",
        "If you have questions, write to us.\n",
    ],
)
def test_what_else_says_where_to_get_help(text):
    assert keys(f"# Invoices\n\n{WHAT}{USE}{CONTRIBUTE}{text}") == []


def test_a_readme_in_restructured_text():
    readme = (
        "Invoices\n========\n\nSends invoices to the customers of a shop, by mail and on paper.\n\n"
        "Install\n-------\n\n.. code-block:: console\n\n    $ pip install invoices\n\n"
        "`Contribute <CONTRIBUTING.md>`_, and ask in the `forum <https://forum.example.org>`_.\n"
    )
    assert keys(readme, "README.rst") == []


def test_a_readme_in_asciidoc():
    readme = (
        "= Invoices\n\nSends invoices to the customers of a shop, by mail and on paper.\n\n"
        "== Install\n\n----\nnpm install invoices\n----\n\n"
        "See link:CONTRIBUTING.md[how to contribute], and ask in the https://forum.example.org[forum].\n"
    )
    assert keys(readme, "README.adoc") == []


def test_a_logo_before_the_first_paragraph_is_skipped():
    logo = '<p align="center"><img src="logo.svg"></p>\n\n[![CI](a.svg)](https://ci.example.org)\n\n'
    assert keys(f"{logo}# Invoices\n\n{WHAT}{USE}{CONTRIBUTE}{HELP}") == []


@pytest.mark.parametrize(
    "text",
    [
        "Reads [intents](https://developer.example.com/guide/intents) of phones.\n",
        "[![Contributors](https://badge.example.org/c.svg)](https://github.com/a/b/graphs/contributors)\n",
        "## Contributors\n\n* Ann\n",
        "* `invoices.patch(...)` sends a part of an invoice\n",
        "Made for developers of web shops.\n",
        "See [open source](https://opensource.guide/how-to-contribute/).\n",
    ],
)
def test_what_does_not_say_where_to_contribute(text):
    assert keys(f"# Invoices\n\n{WHAT}{USE}{text}\n{HELP}") == ["contribute"]


@pytest.mark.parametrize(
    "text",
    [
        "Our builds are slow, see [why](https://github.com/a/b/issues/12).\n",
        "It follows [RFC 1](https://datatracker.example.org/doc/rfc1).\n",
        "[![open](https://badge.example.org/i.svg)](https://github.com/a/b/issues)\n",
        "Do as [this comment](https://github.com/a/b/issues/27#issuecomment-3) says.\n",
        "See [LANG-12](https://tracker.example.org/jira/browse/LANG-12).\n",
    ],
)
def test_what_does_not_say_where_to_get_help(text):
    assert keys(f"# Invoices\n\n{WHAT}{USE}{CONTRIBUTE}{text}") == ["help"]


@pytest.mark.parametrize(
    "text",
    [
        "[New issue](https://github.com/a/b/issues/new/choose)\n",
        "[Tracker](https://gitlab.com/a/b/-/issues)\n",
        "[Ann](mailto:ann@example.org)\n",
        "If something goes wrong, tell us.\n",
        "[Where](.github/SUPPORT.md)\n",
        "[Jira](https://x.example.org/jira)\n",
    ],
)
def test_further_places_to_get_help(text):
    assert keys(f"# Invoices\n\n{WHAT}{USE}{CONTRIBUTE}{text}") == []


@pytest.mark.parametrize(
    "text",
    [
        "[Guide](https://invoices.example.org/latest/contributing.html)\n",
        "[Local set-up](docs/development.md)\n",
        "Please send patches to the list.\n",
        "Set up a local environment for development with make.\n",
        "[![welcome](https://badge.example.org/w.svg)](CONTRIBUTING.md)\n",
    ],
)
def test_further_ways_to_say_where_to_contribute(text):
    assert keys(f"# Invoices\n\n{WHAT}{USE}{text}\n{HELP}") == []


LEAD = "# Acme\n\nIt signs what is passed to untrusted places, and checks it when it comes back.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "## A simple example\n\n```python\nfrom acme import Signer\nprint(Signer().sign('x'))\n```\n",
        "- [Documentation](https://acme.example/docs/components/acme.html)\n",
        "- [Value](https://github.com/corp/acme/tree/main/value)\n- [Factory](https://github.com/corp/acme/tree/main/factory)\n",
    ],
)
def test_an_import_the_documentation_and_an_index_of_packages_tell_how_to_use_it(text):
    files = {"README.md": LEAD + text, "value/pom.xml": "<project/>", "factory/pom.xml": "<project/>"}
    files["pyproject.toml"] = '[project]\nname = "acme"\nversion = "1"\n'
    assert "use" not in [f.key for f in findings(rule, files)]


def test_an_import_of_something_else_tells_nothing():
    text = "```python\nimport json\n```\n\n[License](https://acme.example/docs/licence.html)\n"
    assert "use" in [f.key for f in findings(rule, {"README.md": LEAD + text})]


def test_a_badge_that_names_a_channel_tells_where_to_get_help():
    badge = "[![#acme IRC channel on Libera.Chat](https://img.example/a.svg)](https://demo.acme.example)\n"
    assert "help" not in [f.key for f in findings(rule, {"README.md": LEAD + badge})]


def test_unexpected_problems_are_no_place_to_ask():
    text = (
        "Memory [should be increased](https://docs.vendor.example/#resources) against unexpected problems.\n"
    )
    assert "help" in [f.key for f in findings(rule, {"README.md": LEAD + text})]
