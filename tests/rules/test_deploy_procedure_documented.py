"""OPS007 on deployment documents."""

import pytest
from productops_rules.operations.deploy_procedure_documented import deploy_procedure_documented as rule

from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings

PARTS = {
    "environments": "There are staging and production.",
    "steps": "1. Run `make deploy`.\n2. Wait.",
    "verify": "Look at the health check afterwards.",
    "rollback": "Revert the merge to go back.",
}


def keys(archive, **options):
    return sorted(finding.key for finding in findings(rule, archive, **options))


@pytest.mark.parametrize("topic", PARTS)
def test_each_topic_is_missed(topic):
    text = "# Deployment\n\n" + "\n\n".join(words for name, words in PARTS.items() if name != topic) + "\n"
    assert keys({"docs/deployment.md": text}) == [topic]


@pytest.mark.parametrize(
    "path", ["DEPLOYMENT.md", "docs/deploy.md", "docs/operations/deployment.md", "docs/runbook.md"]
)
def test_usual_places(path):
    assert keys({path: "# Deployment\n\n" + "\n\n".join(PARTS.values()) + "\n"}) == []


def test_a_section_of_the_readme_counts():
    assert (
        keys({"README.md": "# A\n\nWords.\n\n## Deployment\n\n" + "\n\n".join(PARTS.values()) + "\n"}) == []
    )


def test_an_automatic_deployment_needs_no_command():
    text = "# Deployment\n\nMerging to main deploys to production. Check the dashboard. Revert to go back.\n"
    assert keys({"docs/deployment.md": text}) == []


def test_the_rollback_may_be_in_its_own_document():
    files = {"docs/deployment.md": "# Deployment\n\n" + "\n\n".join(list(PARTS.values())[:3]) + "\n"}
    assert keys(files) == ["rollback"]
    assert keys({**files, "docs/rollback.md": "# Rollback\n\nDeploy the previous tag.\n"}) == []


def test_nothing_and_an_empty_file():
    assert keys({"README.md": "# A\n\nWords.\n"}) == ["procedure"]
    (finding,) = findings(rule, {"docs/deployment.md": "# Deployment\n\n## Rollback\n"})
    assert (finding.key, finding.location.path) == ("procedure", "docs/deployment.md")


def test_a_procedure_on_another_site_is_unknown():
    with pytest.raises(Unavailable, match=r"example\.org"):
        findings(rule, {"README.md": "# A\n\nSee [how to deploy](https://example.org/deploy).\n"})
