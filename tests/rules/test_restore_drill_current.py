"""OPS014 on data, what is written on restoring it, and the drill."""

import pytest
from productops_rules.operations.restore_drill_current import restore_drill_current as rule

from pytest_productops.model import NotApplicable
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings

COMPOSE = {"compose.yaml": "services:\n  web: {build: .}\n  db: {image: 'postgres:16'}\n"}
GUIDE = (
    "# Restore\nRPO: 24 hours. RTO: 2 hours.\n\n1. Run `pg_restore shop.dump` from the backup.\n2. Look.\n"
)
TASK = """[[task]]
id = "restore-drill"
title = "Restore a backup"
kind = "critical"
stage = "operate"
owner = "a"
cadence = "6mo"
started = 2026-01-05
procedure = "docs/restore.md"
evidence = [{ type = "trailer" }]
"""
LOG = "2026-01-10 ann@example.org Drill {Task-Done: restore-drill}\n"
WHOLE = {
    **COMPOSE,
    "docs/restore.md": GUIDE,
    ".productops/tasks.toml": TASK,
    "git log": LOG,
    "now": "2026-05-01",
}


def keys(files, **options):
    return sorted(finding.key for finding in findings(rule, files, **options))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"now": "2026-12-01"}, ["restore-drill.overdue"]),
        ({".productops/tasks.toml": TASK.replace("6mo", "1y")}, ["restore-drill.cadence"]),
        ({".productops/tasks.toml": TASK.replace("estore", "eview")}, ["drill"]),
        ({"docs/restore.md": "# Restore\n"}, ["document"]),
        ({"docs/restore.md": GUIDE.replace("24 hours", "soon")}, ["rpo"]),
        ({"docs/restore.md": GUIDE.replace("RTO: 2 hours.", "")}, ["rto"]),
        ({"docs/restore.md": GUIDE.partition("\n\n")[0] + " Backups are made at night.\n"}, ["restore"]),
    ],
)
def test_each_part_is_missed(change, expected):
    assert keys(WHOLE | change) == expected


@pytest.mark.parametrize(
    "files",
    [
        {"main.tf": 'resource "aws_db_instance" "a" {\n}\n'},
        {"chart/Chart.yaml": "name: a\ndependencies:\n- name: postgresql\n"},
        {"manage.py": "", "requirements.txt": "psycopg2==2.9\n"},
        {"db/schema.rb": "x\n", "config/application.rb": "x\n"},
    ],
)
def test_what_shows_that_data_is_kept(files):
    assert keys(files) == ["document", "drill"]


@pytest.mark.parametrize(
    "files",
    [
        {"compose.yaml": "services:\n  web: {build: .}\n  cache: {image: 'redis:7'}\n"},
        {"tests/compose.yaml": COMPOSE["compose.yaml"]},
        {"compose.yaml": "services: [\n"},
    ],
)
def test_no_data(files):
    with pytest.raises(NotApplicable):
        keys(files)


def test_what_is_written_elsewhere():
    files = {k: v for k, v in WHOLE.items() if k != "docs/restore.md"}
    files["README.md"] = (
        "# Shop\nA service.\n\nTo restore a backup see [the wiki](https://wiki.acme.io/restore).\n"
    )
    with pytest.raises(Unavailable, match=r"wiki\.acme\.io"):
        keys(files)
