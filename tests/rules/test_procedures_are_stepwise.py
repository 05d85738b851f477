"""REP007 on lists, prose and machines."""

import pytest
from productops_rules.repeatability.procedures_are_stepwise import procedures_are_stepwise as rule

from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings

STEPS = "1. Run `make version`.\n2. Run `make tag`.\n3. Check that the package is there.\n"


def keys(text, path="RELEASING.md", **options):
    return sorted(finding.key for finding in findings(rule, {path: f"# Releasing\n{text}"}, **options))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STEPS, []),
        (STEPS.replace("1. ", "- [ ] ").replace("2. ", "- [ ] ").replace("3. ", "- [ ] "), []),
        ("## 1. Version\nRun `make version`.\n## 2. Tag\nRun `make tag`.\n## 3. Look\nIt is there.\n", []),
        ("```sh\nmake version\nmake tag\nmake push\n```\nThe package appears on the index.\n", []),
        ("Run `make release`.\n", []),
        ("A bot releases automatically. Update the version. Write the notes. Create a tag. Push it.\n", []),
        ("Update the version. Write the notes. Create a tag. Push it.\n", ["release.steps"]),
        ("- Update the version\n- Write the notes\n- Create a tag\n- Push it\n", ["release.steps"]),
        (
            "1. Think.\n2. Ask around.\n3. Bring out the release, so that it is published.\n",
            ["release.actionable"],
        ),
        ("1. Run `make version`.\n2. Run `make tag`.\n3. Run `git push`.\n", ["release.result"]),
    ],
)
def test_releasing(text, expected):
    assert keys(text) == expected


def test_other_procedures():
    prose = "Run nothing. Create a machine. Copy the files. Start the server. Update the balancer.\n"
    assert [f.key for f in findings(rule, {"docs/deployment.md": f"# Deployment\n{prose}"})] == [
        "deployment.steps"
    ]
    restore = f"# Restore\nOf the backup: {prose}"
    assert [f.key for f in findings(rule, {"docs/restore.md": restore})] == ["restore.steps"]


def test_options():
    assert keys(STEPS, min_actionable=1.0) == ["release.actionable"]
    assert keys("Update the version. Create a tag. Push it.\n", min_steps=5) == []


@pytest.mark.parametrize("files", [{}, {"RELEASING.md": "# Releasing\n"}, {"RELEASING.md": ""}])
def test_nothing_is_told(files):
    with pytest.raises(NotApplicable):
        findings(rule, files)
