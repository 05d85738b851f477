"""What kind of product a repository makes, and what is written for those who operate it."""

import pytest

from pytest_productops.facts.operations.guides import Operating
from pytest_productops.facts.product import Product
from pytest_productops.testing import lay_out

SERVICE = {
    "README.md": "# Invoices\n\nInvoices is a web application that sends invoices.\n",
    "Dockerfile": "FROM x\nEXPOSE 80\n",
    "manage.py": "x = 1\n",
}
LIBRARY = {
    "README.md": "# Invoices\n\nInvoices is a library for invoices.\n",
    "pyproject.toml": '[project]\nname = "invoices"\nlicense = "MIT"\n',
}


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (SERVICE, "service"),
        ({"Procfile": "web: gunicorn app\n", "app.py": "from flask import Flask\napp = Flask('a')\n"}, "service"),
        ({"config/application.rb": "", "config.ru": "", "README.md": "# A\n\nThe service for schools.\n"}, "service"),
        ({"artisan": "", "composer.json": "{}"}, "service"),
        ({"src/main/resources/application.yml": "a: 1\n", "pom.xml": "<project/>"}, "service"),
        ({"charts/a/Chart.yaml": "name: a\n", "main.go": "package main\n", "go.mod": "module a\n"}, "service"),
        (LIBRARY, "package"),
        ({**LIBRARY, "tests/Dockerfile": "FROM x\nEXPOSE 80\n", "tests/docker-compose.yml": "a:\n  build: .\n"}, "package"),
        ({"go.mod": "module a\n", "a.go": "package a\n"}, "package"),
        ({"README.md": "# A\n\nA is a command-line tool.\n", "Cargo.toml": '[package]\nname = "a"\ndescription = "A tool"\n'}, "package"),
        ({**LIBRARY, "README.md": "# A\n\nA is a web server.\n", "main.py": "x = 1\n"}, "package"),
        ({**LIBRARY, "README.md": "# A\n\nA is a hub server.\n", "invoices/alembic.ini": "x = 1\n"}, "service"),
        ({**SERVICE, **LIBRARY, "README.md": "# A\n\nA is a chat server.\n"}, "service"),
        ({"README.md": "# A\n\nA is a chat server.\n", "main.go": "package main\n", "go.mod": "module a\n"}, "service"),
        ({"README.md": "# A\n\nA is a fast HTTP server for Ruby.\n", "a.gemspec": ""}, "package"),
        ({"app/src/main/AndroidManifest.xml": "", "README.md": "# A\n\nAn app for Android.\n"}, "app"),
        ({"README.md": "# A\n\nSome words.\n"}, "unknown"),
        ({"package.json": '{\n"description": "The self-hosted chat",\n"bin": "a.js"}', "server.js": "import express from 'express'\n",
          "README.md": "# A\n\nWords.\n\n## Installation\n\nIt is in each package manager.\n"}, "service"),
        ({"README.md": "# A\n\nMail for Go.\n\nThis is the manual of version 2.\n\n## Usage\n\nThe library sends mail.\n", "go.mod": "module a\n"}, "package"),
        ({}, "unknown"),
    ],
)  # fmt: skip
def test_kinds(tmp_path, files, kind):
    assert lay_out(files, tmp_path)[Product].kind == kind


STEPS = "```sh\ndocker compose up -d\n```\n"


@pytest.mark.parametrize(
    "files",
    [
        {"docs/deployment.md": f"# Deployment\n\nRun it.\n\n{STEPS}"},
        {"README.md": f"# A\n\nWords.\n\n## Running in production\n\nRun it.\n\n{STEPS}"},
        {"docs/installation.md": f"# Installation\n\nRun it.\n\n{STEPS}"},
        {"README.md": f"# A\n\nWords.\n\n## Installation\n\nRun it.\n\n{STEPS}"},
        {
            "documentation/operations/deployment/deployments.md": "# Deploying\n\nMerging to main deploys it.\n"
        },
    ],
)
def test_deployment_guides(tmp_path, files):
    assert lay_out(files, tmp_path)[Operating].installation()


@pytest.mark.parametrize(
    "files",
    [
        {
            "README.md": f"# A\n\nWords.\n\n## Try it\n\n### Docker\n\nIt is served as in deployment.\n\n{STEPS}"
        },
        {"README.md": "# A\n\nWords.\n\n## Set up\n\n```sh\nbundle install\n```\n"},
        {"docs/contributing/docs.md": f"# Docs\n\n## Deploying the docs\n\n{STEPS}"},
        {"docs/deployment.md": "# Deployment\n\nTODO\n"},
    ],
)
def test_no_deployment_guides(tmp_path, files):
    assert not lay_out(files, tmp_path)[Operating].installation()


LONG = "Here it is told at some length what those who run the product do about it, day and night."


@pytest.mark.parametrize(
    ("topic", "files"),
    [
        ("rollback", {"docs/ops/rollback.md": f"# Rollback\n\n{LONG}\n"}),
        ("rollback", {"docs/upgrade.md": f"# Upgrade\n\n## Rolling back to older versions\n\n{LONG}\n"}),
        (
            "rollback",
            {
                "docs/deployment.md": "# Deployment\n\n1. Run it.\n2. To roll back the deployment run it again.\n"
            },
        ),
        ("operations", {"docs/runbook.md": f"# Runbook\n\n{LONG}\n"}),
        ("operations", {"README.md": f"# A\n\nA.\n\n## Database Cleanup\n\n{LONG}\n"}),
        ("scaling", {"docs/hosting.md": f"# Hosting\n\n## Temporarily scaling up\n\n{LONG}\n"}),
        ("scaling", {"docs/deploy.md": "# Deployment\n\n1. Run it.\n2. Increase the number of workers.\n"}),
    ],
)
def test_guides(tmp_path, topic, files):
    assert lay_out(files, tmp_path)[Operating].guides(topic)


@pytest.mark.parametrize(
    ("topic", "files"),
    [
        ("rollback", {"alembic/versions/a.py": "def downgrade(): ...\n"}),
        ("rollback", {"docs/api/transactions.md": f"# Rollback\n\n{LONG}\n"}),
        (
            "rollback",
            {"docs/arch/adr-010-consistent.md": f"# A\n\n## Rolling back to the old version\n\n{LONG}\n"},
        ),
        ("rollback", {"docs/design-notes.md": f"# A\n\n## Rollback database change\n\n{LONG}\n"}),
        ("rollback", {"CHANGELOG.md": f"# 1.0\n\n## Downgrading\n\n{LONG}\n"}),
        ("operations", {"CONTRIBUTING.md": f"# A\n\n## Troubleshooting the tests\n\n{LONG}\n"}),
        ("operations", {"docs/runbook.md": "# Runbook\n"}),
        ("operations", {"templates/docs/monitoring_cron.md": f"# Monitoring\n\n{LONG}\n"}),
        ("scaling", {"docs/proposals/scaling.md": f"# Scaling\n\n{LONG}\n"}),
    ],
)
def test_look_alikes(tmp_path, topic, files):
    assert not lay_out(files, tmp_path)[Operating].guides(topic)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Follow the [guide](https://example.org/docs/install).", True),
        ("See the [guide](https://example.org/development/getting-started).", False),
        ("It is served by [gunicorn](https://gunicorn.org/) as in deployment.", False),
        ("", False),
    ],
)
def test_an_installation_that_is_explained_elsewhere(tmp_path, line, found):
    files = {"README.md": f"# A\n\nWords.\n\n## Installation\n\n{line}\n"}
    assert bool(lay_out(files, tmp_path)[Operating].elsewhere()) == found
