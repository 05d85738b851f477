"""Each scaffold: its rule keeps failing and says why, no rule is satisfied by it, and it is made once."""

import pytest
from mending_cases import BEGIN, README

WORKFLOW = (
    "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n"
)
CHANGELOG = "# Changelog\n\n## [1.0.0] - 2026-01-05\n\n- The first release of the product for customers.\n"
SERVICE = {
    "Dockerfile": "FROM scratch\n",
    "README.md": "# Shop\n\nA web service that sends invoices to customers of shops.\n",
}
TAGGED = f"{BEGIN} <v1.0.0>\n2026-02-05 ann@example.org Export invoices <v1.1.0>"
TEAM = "2026-05-01 ann@example.org Add the guide\n2026-06-01 bob@example.org Mend the total"
GUIDE = "# Contributing\n\n## Set up\n\n    pip install -e .\n\n## Style\n\nFollow PEP 8.\n"

CASES = [
    ("ONB001", "default", {"README.md": README}, {"guide"}, "CONTRIBUTING.md", BEGIN),
    ("ONB001", "default", {"CONTRIBUTING.md": GUIDE}, {"tests", "submit"}, "CONTRIBUTING.md", BEGIN),
    ("ONB002", "default", {"Makefile": "all:\n"}, {"readme"}, "README.md", BEGIN),
    ("ONB002", "default", {"README.md": README}, {"use", "contribute", "help"}, "README.md", BEGIN),
    ("ONB002", "default", {"README.rst": "Invoices\n========\n\nSends them.\n"}, {"what", "use", "contribute", "help"}, "README.rst", BEGIN),
    ("ONB009", "default", {"README.md": README}, {"channel"}, "README.md", BEGIN),
    ("ONB009", "default", {"README.adoc": "= Invoices\n\nSends invoices to the customers of a shop.\n"}, {"channel"}, "README.adoc", BEGIN),
    ("ONB012", "internal-product", {"README.md": README}, {"document"}, "docs/onboarding.md", BEGIN),
    ("PRA005", "strict", {"README.md": README}, {"policy"}, "SECURITY.md", BEGIN),
    ("PRA005", "strict", {"SECURITY.md": "# Security\n\nReport to security@example.org.\n"}, {"response_time", "supported_versions"}, "SECURITY.md", BEGIN),
    ("SUP001", "default", {"README.md": README}, {"owner"}, ".github/CODEOWNERS", BEGIN),
    ("SUP001", "default", {".gitlab-ci.yml": "test:\n  script: make test\n"}, {"owner"}, ".gitlab/CODEOWNERS", BEGIN),
    ("SUP003", "default", {"CODEOWNERS": "/src/ @acme/all\n", ".github/workflows/my test.yml": WORKFLOW}, {"the CI configuration"}, "CODEOWNERS", BEGIN),
    ("SUP005", "default", {"CONTRIBUTING.md": "# Contributing\n\nSend a pull request. Changes are reviewed before they are merged.\n"}, {"who", "how_many", "checks"}, "CONTRIBUTING.md", TEAM),
    ("SUP005", "default", {"CONTRIBUTING.md": "# Contributing\n\nSend a pull request.\n"}, {"policy"}, "CONTRIBUTING.md", TEAM),
    ("SUP006", "oss-library", {"README.md": README}, {"template"}, ".github/pull_request_template.md", BEGIN),
    ("SUP006", "oss-library", {".gitlab-ci.yml": "test:\n  script: make test\n"}, {"template"}, ".gitlab/merge_request_templates/Default.md", BEGIN),
    ("OPS003", "default", {"README.md": README}, {"procedure"}, "RELEASING.md", TAGGED),
    ("OPS003", "default", {"RELEASING.md": "# Releasing\n\n1. Raise the version.\n2. Run `twine upload dist/*`.\n"}, {"verify", "undo"}, "RELEASING.md", TAGGED),
    ("OPS005", "default", {"CHANGELOG.md": CHANGELOG}, {"entry:v1.1.0"}, "CHANGELOG.md", TAGGED),
    ("OPS005", "default", {"README.md": README}, {"changelog"}, "CHANGELOG.md", TAGGED),
    ("OPS007", "service", SERVICE, {"procedure"}, "docs/deployment.md", BEGIN),
    ("OPS007", "service", {**SERVICE, "docs/deployment.md": "# Deployment\n\nRun `make deploy`.\n"}, {"verify", "rollback"}, "docs/deployment.md", BEGIN),
    ("OPS008", "service", {**SERVICE, "docs/deployment.md": "# Deployment\n\nRun `helm upgrade shop ./chart`.\n"}, {"rollback"}, "docs/deployment.md", BEGIN),
    ("OPS009", "service", SERVICE, {"runbook"}, "docs/runbook.md", BEGIN),
    ("OPS009", "service", {**SERVICE, "docs/runbook.md": "# Runbook\n\n## Deploy\n\nRun `make deploy`.\n"}, {"owner", "alerts"}, "docs/runbook.md", BEGIN),
    ("OPS011", "service", {**SERVICE, "docs/runbook.md": "# Runbook\n\n## Deploy\n\nRun `make deploy`.\n"}, {"scaling"}, "docs/runbook.md", BEGIN),
]  # fmt: skip
SATISFIED = {"pass", "not-applicable"}
FOLLOWS = {"ONB004", "ONB006"}
"""Rules on what is there: a scaffold is a file, so a link to it leads somewhere."""


@pytest.mark.parametrize(
    ("code", "profile", "files", "keys", "path", "log"),
    CASES,
    ids=[f"{c[0]}-{c[4]}-{len(c[3])}" for c in CASES],
)
def test_a_scaffold_satisfies_nobody(case, code, profile, files, keys, path, log):
    repository = case(files, log)
    before, judged = repository.held, repository.outcomes(profile=profile)
    assert keys <= repository.found(code, profile=profile).keys()

    assert repository.fix(code, "--scaffold", "--profile", profile) == 0

    after = repository.held
    assert {name for name in after if after[name] != before.get(name)} == {path}
    assert b"TODO(productops): " in after[path]
    assert "A scaffold satisfies no rule until its TODO(productops) marks are written out." in repository.out
    now = repository.outcomes(profile=profile)
    assert now[code] == "fail"
    bought = {rule for rule in now if judged[rule] in {"fail", "advisory"} and now[rule] in SATISFIED}
    assert bought <= FOLLOWS

    repository.fix(code, "--scaffold", "--allow-dirty", "--profile", profile)
    assert repository.held == after


def test_an_entry_of_a_changelog_is_like_its_neighbours(case):
    repository = case({"CHANGELOG.md": CHANGELOG}, TAGGED)
    assert repository.fix("OPS005", "--scaffold") == 0
    assert repository.held["CHANGELOG.md"].decode() == (
        "# Changelog\n\n## [1.1.0] - 2026-02-05\n\n- TODO(productops): say what 1.1.0 changed\n\n"
        "## [1.0.0] - 2026-01-05\n\n- The first release of the product for customers.\n"
    )
    said = "the entry of v1.1.0 holds only placeholder text: `TODO`"
    assert repository.found("OPS005") == {"empty:v1.1.0": said}


def test_an_entry_goes_below_the_newer_ones_in_restructuredtext(case):
    files = {
        "CHANGES.rst": "Changes\n=======\n\n1.10.0 (2026-03-05)\n-------------------\n\n* Late.\n\n1.0.0 (2026-01-05)\n------------------\n\n* First.\n"
    }
    log = f"{BEGIN} <1.0.0>\n2026-02-05 ann@example.org Go <1.1.0>\n2026-03-05 ann@example.org On <1.10.0>"
    repository = case(files, log)
    assert repository.fix("OPS005", "--scaffold") == 0
    assert repository.held["CHANGES.rst"].decode() == (
        "Changes\n=======\n\n1.10.0 (2026-03-05)\n-------------------\n\n* Late.\n\n"
        "1.1.0 (2026-02-05)\n------------------\n\n- TODO(productops): say what 1.1.0 changed\n\n"
        "1.0.0 (2026-01-05)\n------------------\n\n* First.\n"
    )


def test_sections_follow_the_markup_of_the_document(case):
    text = "Invoices\n########\n\nSends invoices to the customers of a shop, by mail and on paper.\n\nUse\n***\n\nRun ``make run``.\n"
    repository = case({"README.rst": text})
    assert repository.fix("ONB009", "--scaffold") == 0
    assert repository.held["README.rst"].decode() == (
        f"{text}\nHelp\n****\n\nTODO(productops): name the forum, chat, list or address where questions are answered\n"
    )


def test_a_filled_scaffold_satisfies(case):
    repository = case({"README.md": README})
    repository.fix("PRA005", "--scaffold")
    assert repository.found("PRA005") == {"policy": "the security policy holds only placeholder text: `TODO`"}
    page = repository.root / "SECURITY.md"
    lines = page.read_text().splitlines()
    lines[4] = "Write to security@example.org; we answer within two days."
    page.write_text("\n".join(line for line in lines if "TODO" not in line))
    assert repository.found("PRA005") == {}


def test_a_template_that_nobody_made_their_own_asks_nothing_of_anyone(case):
    tested = {
        "README.md": README,
        "CONTRIBUTING.md": "# Contributing\n\nOpen a pull request.\n",
        "src/a.py": "a = 1\n",
    }
    repository = case(tested, TEAM)
    before = repository.outcomes(profile="oss-library")
    assert [before[code] for code in ("DEV006", "SUP005", "SUP006")] == ["fail", "fail", "fail"]
    assert repository.fix("SUP006", "--scaffold", "--profile=oss-library") == 0
    after = repository.outcomes(profile="oss-library")
    assert [after[code] for code in ("DEV006", "SUP005", "SUP006")] == ["fail", "fail", "fail"]
    template = repository.root / ".github/pull_request_template.md"
    template.write_text(template.read_text().partition("\n")[2])
    assert repository.outcomes(profile="oss-library")["SUP006"] == "pass"
