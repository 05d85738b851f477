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


def test_a_document_on_the_infrastructure_counts():
    text = "# Infrastructure\n\n## Production deploys\n\n" + "\n\n".join(PARTS.values()) + "\n"
    assert keys({"INFRASTRUCTURE.md": text}) == []
    assert keys({"docs/user/README.md": text, "README.md": "# A\n\nWords.\n"}) == ["procedure"]


def test_a_section_that_installs_for_deployment_counts():
    text = "# A\n\nWords.\n\n## Installing with Docker\n\nThere is an image for easy deployment.\n\n    docker compose up -d\n"
    assert keys({"README.md": text}) == ["environments", "rollback", "verify"]
    assert keys({"README.md": text.replace("for easy deployment", "too")}) == ["procedure"]


def test_a_link_back_into_the_repository_does_not_send_away():
    link = "The [deploy hooks](https://github.com/acme/invoices/tree/main/hooks) are here.\n"
    text = "# A\n\nWords.\n\n## Deployment\n\n" + "\n\n".join(list(PARTS.values())[:3]) + f"\n\n{link}"
    assert keys({"README.md": text, "hooks/post": "", "package.json": '{"name": "invoices"}'}) == ["rollback"]
    assert keys({"README.md": text}) == []


WORKFLOW = (
    "on: push\njobs:\n  deploy:\n    runs-on: x\n    environment: {}\n    steps: [{{run: make deploy}}]\n"
)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ("uat", ["environment:uat"]),
        ("production", []),
        ("prod", []),
        ("Staging-EU", []),
        ("pypi", []),
        ("github-pages", []),
        ("${{ inputs.environment }}", []),
    ],
)
def test_environments_that_ci_deploys_to_are_named(environment, found):
    whole = {"docs/deployment.md": "# Deployment\n\n" + "\n\n".join(PARTS.values()) + "\n"}
    assert keys({**whole, ".github/workflows/deploy.yml": WORKFLOW.format(environment)}) == found


@pytest.mark.parametrize(
    "path",
    [
        "charts/app/values-uat.yaml",
        "helm/values.uat.yml",
        "terraform/uat.tfvars",
        "terraform/environments/uat/main.tf",
    ],
)
def test_environments_of_helm_and_terraform_are_named(path):
    (finding,) = findings(
        rule, {path: "x: 1\n", "docs/deployment.md": "# Deployment\n\n" + "\n\n".join(PARTS.values()) + "\n"}
    )
    assert (finding.key, finding.location.path) == ("environment:uat", path)
    assert (
        finding.message == "the deployment procedure does not name the environment `uat`, which is configured"
    )


def test_a_chat_is_no_procedure():
    text = "# Deployment\n\n" + "\n\n".join(list(PARTS.values())[:3])
    chat = "\n\nIn the channel [code deploys](https://acme.slack.com/archives/1) people are told.\n"
    assert keys({"docs/deployment.md": text + chat}) == ["rollback"]


@pytest.mark.parametrize(
    "job", ["name: Test\n    steps: [{run: make test}]", "steps: [{run: pytest --live}]"]
)
def test_an_environment_with_secrets_for_tests_is_no_deployment(job):
    whole = {"docs/deployment.md": "# Deployment\n\n" + "\n\n".join(PARTS.values()) + "\n"}
    workflow = f"on: push\njobs:\n  check:\n    runs-on: x\n    environment: uat\n    {job}\n"
    assert keys({**whole, ".github/workflows/ci.yml": workflow}) == []
