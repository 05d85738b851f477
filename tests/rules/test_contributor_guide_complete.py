"""ONB001 on the guides that people write."""

import pytest
from productops_rules.onboarding.contributor_guide_complete import contributor_guide_complete as rule

from pytest_productops.repository import Repository, Unavailable
from pytest_productops.testing import findings, findings_in, lay_out

SETUP = "## Set up\n\n    pip install -e .[dev]\n\n"
TESTS = "## Tests\n\nRun `pytest`.\n\n"
STYLE = "## Style\n\nThe code is formatted with ruff.\n\n"
SUBMIT = "## Submit\n\nOpen a pull request.\n"
WHOLE = f"# Contributing\n\n{SETUP}{TESTS}{STYLE}{SUBMIT}"


def keys(archive, **options):
    return [finding.key for finding in findings(rule, archive, **options)]


@pytest.mark.parametrize(
    "path", ["CONTRIBUTING.md", ".github/CONTRIBUTING.md", "docs/contributing.md", "docs/dev/index.md"]
)
def test_the_guide_may_be_in_any_usual_place(path):
    assert keys({path: WHOLE}) == []


@pytest.mark.parametrize(
    ("without", "missing"), [(SETUP, ["setup"]), (TESTS, ["tests"]), (STYLE, ["style"]), (SUBMIT, ["submit"])]
)
def test_each_topic_is_missed(without, missing):
    assert keys({"CONTRIBUTING.md": WHOLE.replace(without, "")}) == missing


def test_an_optional_topic_may_be_required():
    assert keys({"CONTRIBUTING.md": WHOLE}, required=("help",)) == ["help"]
    assert keys({"CONTRIBUTING.md": f"{WHOLE}\nAsk in the forum.\n"}, required=("help",)) == []


def test_nothing_at_all_is_one_finding():
    assert keys({"main.py": ""}) == ["guide"]
    assert keys(
        {"README.md": "# Invoices\n\nSends invoices.\n\n## Install\n\n    pip install invoices\n"}
    ) == ["guide"]


def test_an_empty_guide_is_one_finding_and_names_the_file():
    (finding,) = findings(rule, {"CONTRIBUTING.md": "", "README.md": f"# A\n\n{WHOLE}"})
    assert (finding.key, finding.location.path, finding.message) == (
        "guide", "CONTRIBUTING.md", "the contributor guide is empty",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("**Setting up:** `npm ci`. **Tests:** `npm test`. We lint with eslint. PRs welcome!", []),
        ("- `make setup`\n- `make check`\n- follow PEP 8\n- send a patch to the mailing list", []),
        ("# Misc\n\n```sh\n$ cargo build\n$ cargo test --all\n```\n\nUse rustfmt; use Gerrit.", []),
        ("Run the tests and the linter before you open a merge request.", ["setup", "tests"]),
        (
            "Install everything, run `foo`. The style is ours. Open a pull request.",
            ["setup", "tests", "style"],
        ),
        ("    git clone https://example.org/tests.git\n\nUse black. Open a PR.", ["setup", "tests"]),
        ("`pip install pytest` first. Use black. Open a PR.", ["setup", "tests"]),
    ],
)
def test_answers_in_any_form(text, missing):
    assert sorted(keys({"CONTRIBUTING.md": text + "\n"})) == sorted(missing)


def test_restructured_text_answers_too():
    text = (
        "Contributing\n============\n\nSetup\n-----\n\n.. code-block:: console\n\n    $ poetry install\n"
        "    $ poetry run pytest\n\n"
        "Style\n-----\n\nUse `black <https://black.example>`_. Open a pull request.\n"
    )
    assert keys({"CONTRIBUTING.rst": text}) == []


def test_the_readme_answers_unless_told_otherwise():
    guide = {
        "CONTRIBUTING.md": f"# Contributing\n\n{STYLE}{SUBMIT}",
        "README.md": f"# A\n\nWords.\n\n# Development\n\n{SETUP}{TESTS}",
    }
    assert keys(guide) == []
    assert keys(guide, accept_readme_section=False) == ["setup", "tests"]


def test_what_users_of_the_product_install_is_no_set_up():
    readme = "# A\n\nWords.\n\n## Installation\n\n    pip install invoices\n\n## Usage\n\n    invoices test\n"
    assert keys({"CONTRIBUTING.md": f"# Contributing\n\n{STYLE}{SUBMIT}", "README.md": readme}) == [
        "setup",
        "tests",
    ]


def test_documents_that_the_guide_links_to_answer():
    files = {
        "CONTRIBUTING.md": f"# Guide\n\nSee [developing](docs/howto/developing.md) first.\n\n{STYLE}{SUBMIT}",
        "docs/howto/developing.md": f"# Developing\n\n{SETUP}{TESTS}",
    }
    assert keys(files) == []


def test_a_topic_that_is_answered_on_another_site_is_not_judged():
    guide = f"# Contributing\n\nTo set up a development environment see [our wiki](https://example.org/wiki).\n\n{TESTS}{STYLE}{SUBMIT}"
    assert keys({"CONTRIBUTING.md": guide}) == []
    person = f"# Contributing\n\n[Ann](https://ann.example) made it.\n\n{TESTS}{STYLE}{SUBMIT}"
    assert keys({"CONTRIBUTING.md": person}) == ["setup"]


def test_a_guide_on_another_site_is_unknown():
    with pytest.raises(Unavailable, match="artifacts"):
        findings(rule, {"CONTRIBUTING.md": "See [our guide](https://example.org/contributing).\n"})


def test_a_declared_guide_is_read(tmp_path):
    files = {"wiki/how.md": WHOLE}
    assert [f.key for f in findings_in(rule, lay_out(files, tmp_path))] == ["guide"]
    assert findings_in(rule, Repository(tmp_path, artifacts={"contributing": "wiki/how.md"})) == ()


def test_code_of_conduct_and_templates_are_no_guide():
    assert keys(
        {".github/PULL_REQUEST_TEMPLATE.md": WHOLE, "CODE_OF_CONDUCT.md": "Our standards: kindness.\n"}
    ) == ["guide"]


SIGNPOST = (
    "Contributing\n============\n\nSee the `detailed contributing documentation <contrib_>`_ for many ways\n"
    "to contribute, including reporting issues, requesting features, asking or\nanswering questions, and "
    "making PRs.\n\n.. _contrib: https://example.org/contributing/\n"
)


def test_a_guide_that_only_sends_away_is_unknown():
    readme = "# A\n\nWords.\n\n## Contributing\n\nSee our [contributing documentation](https://example.org/contributing/).\n"
    with pytest.raises(Unavailable, match=r"https://example\.org/contributing/"):
        findings(rule, {"docs/contributing.rst": SIGNPOST, "README.md": readme})


def test_what_tells_users_how_to_test_their_own_code_is_no_guide():
    about_users = "# Testing\n\nTo test your application, install `pytest` and run `pytest`.\n\n    pip install -r x.txt\n"
    files = {
        "docs/testing.md": about_users,
        "docs/conf.py": "",
        "README.md": "# A\n\nSee [testing](docs/testing.md).\n",
    }
    assert keys(files) == ["guide"]


def test_a_section_of_the_documentation_is_a_guide():
    sections = f"# Overview\n\nWords of the product.\n\n# Contributing\n\n{SETUP}{TESTS}"
    found = findings(rule, {"docs/overview.md": sections, "docs/conf.py": ""})
    assert [(f.key, f.location.path, f.location.line) for f in found] == [
        ("style", "docs/overview.md", 5), ("submit", "docs/overview.md", 5),
    ]  # fmt: skip


def test_without_a_guide_the_message_speaks_of_the_readme():
    (finding,) = findings(rule, {"README.md": f"# A\n\nWords.\n\n# Development\n\n{SETUP}{TESTS}{STYLE}"})
    assert finding.message == (
        "there is no contributor guide, and the README does not say how to submit a change and get it reviewed"
    )


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("style", "Ensure that new code is properly formatted. Run `make all`."),
        (
            "setup",
            "1. Clone your fork (`git clone https://example.org/a && cd a`)\n1. Run the tests (`make test`)",
        ),
        ("tests", "Please make sure that your code compiles by running `./gradlew build`."),
        ("tests", "Before you push, run `mvn package`."),
        ("setup", "1. Clone your fork locally\n2. Change it\n3. Run `dotnet test`"),
    ],
)
def test_what_else_answers(topic, text):
    whole = {
        "setup": SETUP,
        "tests": TESTS,
        "style": STYLE,
        "submit": SUBMIT,
        topic: f"## Steps\n\n{text}\n\n",
    }
    assert keys({"CONTRIBUTING.md": "# Contributing\n\n" + "".join(whole.values())}) == []


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("submit", "| v3 | Security patches only |\n"),
        ("setup", "Clone the repository:\n\n    git clone https://example.org/a\n"),
    ],
)
def test_what_does_not_answer(topic, text):
    whole = {
        "setup": SETUP,
        "tests": TESTS,
        "style": STYLE,
        "submit": SUBMIT,
        topic: f"## Notes\n\n{text}\n\n",
    }
    assert keys({"CONTRIBUTING.md": "# Contributing\n\n" + "".join(whole.values())}) == [topic]


@pytest.mark.parametrize("path", [".github/copilot-instructions.md", "AGENTS.md", "CLAUDE.md"])
def test_instructions_to_agents_are_no_guide(path):
    (finding,) = findings(rule, {path: WHOLE, "README.md": "# A\n\nSends invoices.\n"})
    assert finding.message == "there is no contributor guide"


def test_instructions_that_the_guide_leads_to_are_part_of_it():
    guide = "# Contributing\n\nSet up and tests are in the [development guide](AGENTS.md).\n"
    assert keys({"CONTRIBUTING.md": guide, "AGENTS.md": WHOLE}) == []


def test_a_list_of_maintainers_is_no_guide():
    files = {
        "MAINTAINERS.md": "# Maintainers\n\nNever mock the clock in tests.\n",
        "README.md": "# A\n\nSends.\n",
    }
    (finding,) = findings(rule, files)
    assert finding.message == "there is no contributor guide"


def test_a_readme_that_only_links_to_the_guide_of_a_site():
    readme = "# A\n\nSends.\n\n## Resources\n\n- [Contributing](https://acme.example/contributing)\n"
    with pytest.raises(Unavailable, match=r"https://acme\.example/contributing"):
        findings(rule, {"README.md": readme})


def test_a_site_that_tells_how_to_run_the_application_is_not_judged():
    readme = (
        "# A\n\nUse Docker to run the application. Follow [the usage](https://acme.example/docker#usage).\n\n"
    )
    assert "setup" not in keys({"README.md": f"{readme}## Development\n\n{TESTS}"})


def test_a_page_for_developers_that_includes_the_guide_answers_too():
    page = "Development\n===========\n\n::\n\n    pip install -e .[dev]\n    tox\n\n.. include:: ../CONTRIBUTING.rst\n"
    guide = "Contributing\n============\n\nSend a pull request. The code is formatted with ruff.\n"
    assert keys({"docs/dev.rst": page, "CONTRIBUTING.rst": guide}) == []


def test_without_a_guide_the_lead_of_the_readme_answers_nothing():
    lead = "# Chart testing\n\nA tool for linting and testing pull requests.\n\n## Build from source\n\n    ./build.sh\n"
    assert {"tests", "style", "submit"} <= set(keys({"README.md": lead}))


def test_what_ci_does_with_changes_is_no_way_to_submit_one():
    readme = "# A\n\n## Developing\n\nOn GitHub pull requests, we also check our dependencies.\n"
    guide = WHOLE.replace(SUBMIT, "")
    assert keys({"README.md": readme, "CONTRIBUTING.md": guide}) == ["submit"]
    sent = readme.replace("On GitHub pull requests,", "Open a pull request, there")
    assert keys({"README.md": sent, "CONTRIBUTING.md": guide}) == []


def test_an_example_of_a_file_is_no_command():
    readme = "# A runner\n\n## Testing\n\nIt reads recipes:\n\n```just\ntest:\n  cargo test\n```\n"
    assert "tests" in keys({"README.md": readme, "CONTRIBUTING.md": WHOLE.replace(TESTS, "")})


def test_a_section_of_the_readme_that_only_sends_away_is_no_guide():
    readme = "# A\n\n## Contributing\n\nOn making PRs see the [contributing docs](https://acme.example/contributing/).\n"
    with pytest.raises(Unavailable):
        keys({"README.md": readme})


def test_a_line_that_says_that_its_command_runs_the_tests():
    text = "# Shop\n\n## Development\n\nAfter a change run `rake` to run RuboCop and the tests.\n"
    assert "tests" not in {finding.key for finding in findings(rule, {"README.md": text})}
