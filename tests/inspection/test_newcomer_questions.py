"""The newcomer's questions, on invented repositories: each trap is a case."""

import time

import pytest

from pytest_productops import inspection
from pytest_productops.testing import lay_out

SECONDS = 20
"""What a busy machine may take for a text of some 50 kB in six places; a quadratic search takes minutes."""
QUESTIONS = {question.id: question for question in inspection.installed()}
GUIDE = "# Contributing\n\nFork it, run `make setup` and `make test`, open a pull request.\n"
SITE = "site_name: Invoices\nsite_url: https://invoices.example.org/\n"


@pytest.fixture
def ask(tmp_path):
    def answer(question, files):
        return inspection.ask(QUESTIONS[question], lay_out(files, tmp_path))

    return answer


@pytest.mark.parametrize(
    ("files", "value", "path"),
    [
        ({"CONTRIBUTING.md": GUIDE}, "yes", "CONTRIBUTING.md"),
        ({".github/CONTRIBUTING.md": GUIDE}, "yes", ".github/CONTRIBUTING.md"),
        (
            {"documentation/development/agreed-practices.md": GUIDE},
            "yes",
            "documentation/development/agreed-practices.md",
        ),
        (
            {"doc/developer/index.rst": "Start\n=====\n\nRun ``make setup``.\n"},
            "yes",
            "doc/developer/index.rst",
        ),
        ({"CONTRIBUTING.adoc": "= Contributing\n\nRun `make setup` first.\n"}, "yes", "CONTRIBUTING.adoc"),
        ({"CONTRIBUTING.org": "* Contributing\nRun ~make setup~ first.\n"}, "yes", "CONTRIBUTING.org"),
        ({"docs/contributing.mdx": GUIDE}, "yes", "docs/contributing.mdx"),
        ({".github/copilot-instructions.md": GUIDE}, "no", ""),
        ({"README.md": "# A\n\n## Development\n\nSee [AGENTS](AGENTS.md).\n", "AGENTS.md": GUIDE}, "no", ""),
        ({"HACKING": "Build it with make, and send patches to the list.\n"}, "yes", "HACKING"),
        (
            {"README.md": "# A\n\nWords.\n\n## Contributing\n\nRun `make test` before a pull request.\n"},
            "yes",
            "README.md",
        ),
        ({"README.md": "# A\n\nWords.\n\n## Contributing\n\nPull requests are welcome.\n"}, "no", ""),
        ({"README.md": "# A\n\nInstall it.\n\n    pip install a\n    pytest\n"}, "no", ""),
        ({"CONTRIBUTING.md": "<!-- Say how to contribute. -->\n"}, "no", "CONTRIBUTING.md"),
        (
            {"CONTRIBUTING.md": "See [our guide](https://wiki.example.org/contributing).\n"},
            "external",
            "CONTRIBUTING.md",
        ),
        (
            {
                "README.md": "# A\n\nWords.\n\n## Contributing\n\nSee the"
                " [contributing guide](https://github.com/acme/handbook/wiki/Contributing).\n"
            },
            "external",
            "README.md",
        ),
        (
            {
                "CONTRIBUTING.md": "See <https://invoices.example.org/develop/contributing/>.\n",
                "mkdocs.yml": SITE,
                "docs/develop/contributing.md": GUIDE,
            },
            "yes",
            "docs/develop/contributing.md",
        ),
        ({"CONTRIBUTING.md": "See [here](docs/howto.md).\n", "docs/howto.md": GUIDE}, "yes", "docs/howto.md"),
        ({"website/src/docs/contributing.md": GUIDE}, "yes", "website/src/docs/contributing.md"),
        ({"docs/community/contributing.md": GUIDE}, "yes", "docs/community/contributing.md"),
        ({"packages/api/CONTRIBUTING.md": GUIDE}, "no", ""),
        (
            {
                "README.md": "# A\n\nWords.\n\n# Contributing\n\nSee [How to Contribute](https://wiki.example.org/H).\n"
            },
            "external",
            "README.md",
        ),
        (
            {"README.md": "# A\n\nWords.\n\n## Installation for Development\n\n    ./run_local.sh\n"},
            "no",
            "",
        ),
        (
            {"README.md": f"# A\n\nWords.\n\n## Development\n\n{'The path may be too long. ' * 9}\n"},
            "no",
            "",
        ),
        ({"docs/roadmap.md": "# Ideas\n\n## Contributing\n\nStudents may apply.\n"}, "no", ""),
    ],
)
def test_the_guide_is_found_wherever_it_is(ask, files, value, path):
    found = ask("contributor-guide", files)
    assert (found.value, found.evidence[0].location.path) == (value, path)


SETUP = "development-setup"
TESTS = "test-instructions"


@pytest.mark.parametrize(
    ("question", "files", "value"),
    [
        (SETUP, {"CONTRIBUTING.md": "# Contributing\n\n    npm ci\n"}, "yes"),
        (SETUP, {"CONTRIBUTING.md": "# Contributing\n\nInstall everything, then run the tests.\n"}, "no"),
        (
            SETUP,
            {"CONTRIBUTING.md": "# Guide\n\nBe kind.\n", "README.md": "# A\n\n    pip install a\n"},
            "no",
        ),
        (
            SETUP,
            {
                "CONTRIBUTING.md": "# Guide\n\nBe kind.\n",
                "README.md": "# A\n\nWords.\n\n## Developing\n\n    poetry install\n",
            },
            "yes",
        ),
        (
            SETUP,
            {
                "CONTRIBUTING.md": "# Guide\n\nTo set up an environment see [the wiki](https://example.org/w).\n"
            },
            "external",
        ),
        (SETUP, {"CONTRIBUTING.md": "See [our guide](https://example.org/contributing).\n"}, "external"),
        (
            SETUP,
            {
                "CONTRIBUTING.md": "# Guide\n\nBe kind.\n",
                "docs/install.md": "# Install\n\n    python -m venv .venv\n",
            },
            "no",
        ),
        (SETUP, {"README.md": "# A\n\nWords.\n\n    uv sync\n    uv run pytest\n"}, "yes"),
        (TESTS, {"README.md": "# A\n\nWords.\n\n    uv sync\n    uv run pytest\n"}, "yes"),
        (TESTS, {"CONTRIBUTING.md": "# Guide\n\nRun `mvn` to run all tests and checks.\n"}, "yes"),
        (
            TESTS,
            {"README.md": "# A\n\n## Running the test suite\n\n```\nacme-docker-run bundle exec rake\n```\n"},
            "yes",
        ),
        (
            TESTS,
            {"CONTRIBUTING.md": "# Guide\n\nSee the [Contributing Guidelines](https://dev.example.org/g).\n"},
            "external",
        ),
        (
            TESTS,
            {
                "README.md": "# A\n\n## Developers\n\nThe [API](https://example.org/api) is for testing; see it.\n"
            },
            "no",
        ),
        (SETUP, {"CONTRIBUTING.md": "# G\n\n## Development tools\n\n    $ pip install black tox\n"}, "yes"),
        (
            TESTS,
            {
                ".github/copilot-instructions.md": "# Build\n\n    ./mvnw test\n",
                "README.md": "# A\n\n    ./mvnw package\n    ./mvnw test\n",
            },
            "yes",
        ),
        (TESTS, {"CONTRIBUTING.md": "# Guide\n\nMake sure that all tests pass.\n"}, "no"),
        (TESTS, {"CONTRIBUTING.md": "# Guide\n\n## Tests\n\nRun `./scripts/check`.\n"}, "yes"),
        (TESTS, {"CONTRIBUTING.adoc": "= Guide\n\n== Tests\n\n----\nmix test\n----\n"}, "yes"),
        (
            TESTS,
            {
                "CONTRIBUTING.md": "# Guide\n\nSee [developing](docs/dev.md).\n",
                "docs/dev.md": "# Dev\n\n    go test ./...\n",
            },
            "yes",
        ),
    ],
)
def test_set_up_and_tests_need_a_command(ask, question, files, value):
    assert ask(question, files).value == value


@pytest.mark.parametrize(
    ("readme", "value"),
    [
        ("    npm install invoices\n", "yes"),
        ("```sh\n$ docker run -p 80:80 acme/invoices\n```\n", "yes"),
        ("    curl -sSf https://example.org/install.sh | sh\n", "yes"),
        ("```xml\n<dependency><groupId>org.acme</groupId></dependency>\n```\n", "yes"),
        ('```gradle\nimplementation("org.acme:invoices:1.2")\n```\n', "yes"),
        ('```elixir\n{:invoices, "~> 1.0"}\n```\n', "yes"),
        ("Get `org.acme.pay:invoices:2.11.0` from Maven Central.\n", "yes"),
        ("```toml\n[dependencies]\ninvoices = '1'\n```\n", "yes"),
        ("```yaml\n- uses: acme/invoices@v1\n```\n", "yes"),
        ("See [how to set it up](docs/setup.md).\n", "yes"),
        ("## Installation\n\nRead [this page](docs/setup.md).\n", "yes"),
        ("Follow the [installation guide](https://example.org/docs/installation).\n", "external"),
        ("Read the documentation at [our site](https://example.org/docs/).\n", "no"),
        ("## Example\n\n```python\nimport invoices\ninvoices.send()\n```\n", "no"),
        ("    curl 'https://example.org/notify?url=<URL>&token=<token>'\n", "no"),
        ("## Packaging/release artifacts\n\n    mvn clean install\n", "yes"),
        ("    $ python hello.py --count=3\n", "no"),
        ("## Running tests\n\n    npm test\n", "no"),
        ("A [script runner](docs/how-to/run/scripts.md) is built in.\n", "no"),
        ("## Reporting bugs\n\nMake a small project with `npm create other@latest`.\n", "no"),
        ("    git clone https://example.org/invoices\n", "no"),
        ("While still online, run `make install-docs`.\n", "no"),
        ("Check out our [contributing guide](CONTRIBUTING.md) to get started.\n", "no"),
        ("See [CONTRIBUTING](CONTRIBUTING.md) for setup.\n", "yes"),
        ("[![Downloads](https://img.example/d.svg)](https://pypistats.org/packages/invoices)\n", "no"),
    ],
)
def test_the_quick_start(ask, readme, value):
    files = {
        "README.md": f"# Invoices\n\nSends invoices.\n\n{readme}",
        "docs/setup.md": "# Set up\n\nWords.\n",
        "docs/how-to/run/scripts.md": "# Scripts\n\nWords.\n",
    }
    assert ask("readme-quickstart", files | {"CONTRIBUTING.md": GUIDE}).value == value


def test_of_two_readmes_the_one_with_markup_is_read(ask):
    files = {"README": "See INSTALL.\n", "README.md": "# A\n\n    brew install a\n"}
    assert ask("readme-quickstart", files).value == "yes"


CHOOSER = ".github/ISSUE_TEMPLATE/config.yml"


@pytest.mark.parametrize(
    ("files", "value"),
    [
        ({"README.md": "# A\n\nAsk on [Discord](https://discord.gg/abc).\n"}, "yes"),
        ({"README.md": "# A\n\n[![chat](https://x.example/c.svg)](https://gitter.im/acme/a)\n"}, "yes"),
        ({"README.md": "# A\n\n## Help\n\nWrite to <help@example.org>.\n"}, "yes"),
        ({"README.md": "# A\n\nIf you have questions, write to ann@example.org.\n"}, "yes"),
        ({"README.md": "# A\n\nReport vulnerabilities to security@example.org.\n"}, "no"),
        ({"README.md": "# A\n\nAuthor: Ann - <ann@example.org>\n"}, "no"),
        ({"README.md": "# A\n\n## Support\n\nOnly version 3 is supported.\n"}, "no"),
        ({"README.md": "# A\n\n## Support us\n\n[Sponsor](https://opencollective.com/a).\n"}, "no"),
        ({"README.md": "# A\n\nAlerts go to the Slack channel #ops-alerts.\n"}, "no"),
        ({"README.md": "# A\n\nTo ask, join #invoices on Libera IRC.\n"}, "yes"),
        ({"README.md": "# A\n\nReport bugs in the [tracker](https://github.com/a/b/issues).\n"}, "no"),
        ({"README.md": "# A\n\nFor questions, open an issue.\n"}, "yes"),
        ({"README.md": "# A\n\nSubmit an issue if you have a question or a bug report.\n"}, "yes"),
        ({"README.md": "# A\n\nDo not use issues to ask questions; open an issue for bugs only.\n"}, "no"),
        ({"README.md": "# A\n\n## Questions\n\nSee the [tracker](https://github.com/a/b/issues).\n"}, "yes"),
        ({"README.md": "# A\n\n[Our other projects](https://acme.example/community)\n"}, "no"),
        ({"README.md": "# A\n\nFor that see [a room](https://github.com/a/b/tree/main/demos/chat).\n"}, "no"),
        ({"README.md": "# A\n\n[Community projects](https://acme.example/community)\n"}, "no"),
        (
            {"README.md": "# A\n", "docs/README.md": "# Site\n\n[Chat](https://generator.example/chat)\n"},
            "no",
        ),
        ({"README.md": "# A\n\n## Support\n\n[Report a bug](https://github.com/a/b/issues)\n"}, "no"),
        (
            {
                "README.md": "# For developers\n",
                ".github/README.md": "# A\n\n[Chat](https://discord.gg/abc)\n",
            },
            "yes",
        ),
        ({"README.md": "# A\n\nMake a Slack app at https://api.slack.com/apps/.\n"}, "no"),
        ({"SUPPORT.md": "# Help\n\nAsk on [the forum](https://example.org/forum).\n"}, "yes"),
        ({"SUPPORT.md": "# Help\n"}, "no"),
        (
            {
                CHOOSER: "contact_links:\n- name: Ask\n  url: https://github.com/a/b/discussions\n  about: Here\n"
            },
            "yes",
        ),
        (
            {
                CHOOSER: "contact_links:\n- name: Security\n  url: https://example.org/security\n  about: Here\n"
            },
            "no",
        ),
        ({CHOOSER: "blank_issues_enabled: true\n"}, "no"),
        ({CHOOSER: "contact_links: [\n"}, "no"),
        ({".github/ISSUE_TEMPLATE/question.md": "What would you like to know?\n"}, "yes"),
        (
            {
                ".github/ISSUE_TEMPLATE/bug.md": "Use [Stack Overflow](https://stackoverflow.com/questions/tagged/a)"
                " for questions.\n"
            },
            "yes",
        ),
        ({".github/ISSUE_TEMPLATE/bug.md": "Create a report to help us improve.\n"}, "no"),
    ],
)
def test_the_place_to_ask(ask, files, value):
    assert ask("support-channel", files).value == value


TEMPLATE = ".github/pull_request_template.md"
STEPS = "- Add tests for what you change.\n- Update the documentation.\n- Add a line to the changelog.\n"


@pytest.mark.parametrize(
    ("files", "value"),
    [
        ({TEMPLATE: "## Checklist\n\n- [ ] Tests added\n- [ ] Docs updated\n"}, "yes"),
        ({TEMPLATE: f"<!--\nBefore you open it:\n\n{STEPS}-->\n"}, "yes"),
        ({TEMPLATE: "## Type of change\n\n- [ ] Bug fix\n- [ ] Documentation\n- [ ] Tests\n"}, "no"),
        ({TEMPLATE: "## Solution\n\n<!-- It may need:\n\n- docstrings in the code\n- tests\n-->\n"}, "yes"),
        ({TEMPLATE: "## Type of change\n\n<!-- One of:\n\n- documentation\n- tests\n-->\n"}, "no"),
        ({TEMPLATE: "## How is this tested?\n\n- [ ] Unit tests\n- [ ] Manually\n"}, "no"),
        ({TEMPLATE: "## What does it do?\n\n<!-- Link the issue. -->\n"}, "no"),
        ({TEMPLATE: "- [ ] I have read CONTRIBUTING\n- [ ] No AI was used\n"}, "no"),
        (
            {
                TEMPLATE: "# Checklists\n\n## Integrations\n\n- [ ] The mapping is resolved\n- [ ] Alerts still work\n"
            },
            "yes",
        ),
        (
            {
                TEMPLATE: "## Checklist\n\n- [ ] I have read the guide\n- [ ] I understand the change\n- [ ] No AI\n"
            },
            "no",
        ),
        ({".gitlab/merge_request_templates/Default.md": "- [ ] Tests\n- [ ] I have added tests\n"}, "yes"),
        ({"CONTRIBUTING.md": f"# Contributing\n\n## Before you open a pull request\n\n{STEPS}"}, "yes"),
        ({"CONTRIBUTING.md": f"# Contributing\n\n## Reporting bugs\n\n{STEPS}"}, "no"),
        ({"CONTRIBUTING.md": "# Contributing\n\nAdd tests, and make sure that they pass.\n"}, "no"),
        (
            {
                "CONTRIBUTING.md": "# Contributing\n\n## Contents\n\n- [Tests](#tests)\n- [Documentation](#docs)\n"
            },
            "no",
        ),
        (
            {
                "CONTRIBUTING.md": "# Contributing\n\n## Commands\n\n- `make test` runs the tests\n- `make doc` docs\n"
            },
            "no",
        ),
        (
            {
                "CONTRIBUTING.md": "# C\n\n## PR checklist\n\n- [ ] Run `tox -e lint,docs` locally\n- [ ] Review compatibility\n"
            },
            "yes",
        ),
        ({"docs/definition-of-done.md": "# Done\n\nIt is tested and live.\n"}, "yes"),
        ({"DEFINITION_OF_DONE.md": "# Done\n"}, "no"),
    ],
)
def test_the_definition_of_done(ask, files, value):
    assert ask("definition-of-done", files).value == value


MAKE = {"Makefile": "test:\n\tpytest\n"}


@pytest.mark.parametrize(
    ("files", "value"),
    [
        ({"CONTRIBUTING.md": "# Guide\n\nRun `make test`.\n", **MAKE}, "yes"),
        ({"CONTRIBUTING.md": "# Guide\n\nRun `make test`, then `make docs`.\n", **MAKE}, "no"),
        ({"CONTRIBUTING.md": "# Guide\n\nRun `cargo build` and open a pull request.\n"}, "na"),
        ({"CONTRIBUTING.md": "# Guide\n\nBe kind.\n", "README.md": "# A\n\n    make test\n", **MAKE}, "na"),
        ({"README.md": "# A\n\nTo test it:\n\n    make test\n", **MAKE}, "yes"),
        ({"CONTRIBUTING.md": "# Guide\n\n    cd $GOPATH/src\n    make test\n", **MAKE}, "yes"),
        ({"README.md": "# A\n\n## Build\n\n    make check\n", "configure.ac": ""}, "yes"),
        (
            {
                "CONTRIBUTING.md": "# Guide\n\nSee [testing](docs/howto/testing.md).\n",
                "docs/howto/testing.md": "# T\n\n    make tests\n",
                **MAKE,
            },
            "no",
        ),
        (
            {
                "README.md": "# A\n\nIn your terminal navigate to `~/acme/docker` and then build it:\n\n    make shop\n",
                **MAKE,
            },
            "na",
        ),
        ({"main.c": ""}, "no"),
    ],
)
def test_the_documented_commands(ask, files, value):
    assert ask("documented-commands", files).value == value


NEWCOMER = (
    "contributor-guide",
    "development-setup",
    "test-instructions",
    "readme-quickstart",
    "support-channel",
    "documented-commands",
    "definition-of-done",
)
HOSTILE = (
    "- [ ] " * 3000,
    "`" * 9999 + "\n",
    "questions " * 5000 + "open an issue\n",
    "[a](" * 800,
    "<!--" * 5000,
    "curl " * 5000 + "| sh\n",
    "\x00\x01 make\n",
    "# " + "contribut" * 5000 + "\n",
    "$ " + "a " * 20000 + "\n",
    "tests " * 5000 + "running" + " tests" * 5000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_answered_and_fast(ask, text):
    paths = ("README.md", "CONTRIBUTING.md", "SUPPORT.md", TEMPLATE, CHOOSER, ".github/ISSUE_TEMPLATE/q.yml")
    files = dict.fromkeys(paths, text)
    start = time.perf_counter()
    answers = {question: ask(question, files) for question in NEWCOMER}
    assert not [a for a in answers.values() if "crashed" in str(a.evidence)]
    assert time.perf_counter() - start < SECONDS
