"""The reference repositories of `examples/` pass their profile, and each single mutation turns the right rule red."""

from pathlib import Path

import pytest

from pytest_productops.catalogue import installed
from pytest_productops.gate import Gate
from pytest_productops.policy.settings import Options, read
from pytest_productops.testing import lay_out

EXAMPLES = Path(__file__).parents[1] / "examples"
NOW = "2026-11-22"
LEVELS = {
    "default": "silver",
    "oss-library": "gold",
    "service": "gold",
    "internal-product": "gold",
    "strict": "gold",
}
"""The highest level for which a profile has a rule."""


CACHES = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
LAID_OVER = {"strict": "service"}


def files(name):
    base = files(LAID_OVER[name]) if name in LAID_OVER else {}
    return base | own_files(EXAMPLES / name)


def own_files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not CACHES.intersection(path.parts)
    }


def judged(tree, root):
    repository = lay_out(tree, root).root
    rules = installed(repository)
    return Gate(repository, read(repository, rules, [Options("--", {"now": NOW})], in_ci=True)).report()


@pytest.mark.parametrize("name", LEVELS)
def test_each_passes_its_profile_without_an_exception(tmp_path, name):
    tree = files(name)
    report = judged(tree, tmp_path / name)
    assert report.passed
    assert report.policy.profile == name
    assert report.level == f"level reached: {LEVELS[name]}"
    assert {verdict.outcome.value for verdict in report.verdicts} <= {"pass", "not-applicable"}
    assert "waivers" not in tree["productops.toml"]


UNDO = """## Undo

1. Run `npm deprecate parcel-label@1.2.0 "use 1.1.0"`, so that whoever installs it is told.
2. Mend or revert the change, and release the next patch version by the steps above.
"""
DASHBOARDS = """## Dashboards

[Lookups](https://grafana.example.org/d/lookups): rate, errors and time. [Database](https://grafana.example.org/d/parcels-db):
connections, slow queries, space.

"""
BARE = """# parcel-label

[How to contribute](CONTRIBUTING.md), [how to release](RELEASING.md), [security](SECURITY.md).
Ask in the [discussions](https://github.com/acme/parcel-label/discussions).
"""
ACCESS = """- [ ] Ask @bob for access to the repository and to the channel #parcel-desk
- [ ] Ask it-desk@example.org for a desk account, and register a parcel with it
"""
PLAN = """[[stage]]
id = "plan"
doc = "docs/operating.md#planning"
  [[stage.criterion]]
  id = "plan.milestones"
  text = "The plan is written, and each milestone has a day and an owner"
  check = { artifact = { path = "docs/operating.md", section = "Planning", min_steps = 2 } }
"""
MUTATIONS = [
    # (example, file, what it says (None: all of it), what it says instead, the rule that turns red)
    ("default", "README.md", None, BARE, "ONB002"),
    ("default", "CONTRIBUTING.md", "## Set up\n\nYou need Node.js 22.8 or newer.\n\n```sh\nnpm ci\n```\n", "", "ONB001"),
    ("default", "CONTRIBUTING.md", "`npm run lint` checks", "`npm run style` checks", "ONB003"),
    ("default", "README.md", "(CHANGELOG.md)", "(CHANGES.md)", "ONB004"),
    ("default", ".github/CODEOWNERS", "* @ann @bob\n", "* @ann @bob\n/lib/ @ann\n", "SUP002"),
    ("default", "CONTRIBUTING.md", "less than 90 %", "less than 95 %", "DEV004"),
    ("default", ".github/workflows/ci.yml", "run: npm run lint", "run: npm run types", "PRA003"),
    ("default", ".github/dependabot.yml", "  - package-ecosystem: npm\n    directory: /\n    schedule:\n      interval: weekly\n", "", "PRA002"),
    ("default", "SECURITY.md", None, "# Security\n\nWe take the security of parcels seriously.\n", "PRA005"),
    ("default", "RELEASING.md", UNDO, "", "OPS003"),
    ("default", "RELEASING.md", "git tag v1.2.0", "git tag 1.2.0", "OPS004"),
    ("default", "CHANGELOG.md", "## 1.1.0 - 2026-09-14\n\n- Long addresses are wrapped.\n\n", "", "OPS005"),
    ("default", "package.json", '"version": "1.1.0"', '"version": "1.0.0"', "OPS006"),
    ("default", "package.json", '"typescript": "5.9.3"', '"typescript": "5.8.0"', "REP004"),
    ("default", "CONTRIBUTING.md", "## Where to ask\n\nIn the", "## Where to ask\n\nTODO: a forum. In the", "REP006"),
    ("default", ".github/workflows/ci.yml", "node-version: 22", "node-version: 20", "ONB008"),
    ("oss-library", ".github/workflows/ci.yml", "      - run: make lint\n", "", "DEV008"),
    ("oss-library", ".github/workflows/release.yml", "pypa/gh-action-pypi-publish@ed0c53931b1dc9bd32cbe73a98c7f6766f8a527e # v1.13.0", "pypa/gh-action-pypi-publish@v1", "PRA006"),
    ("oss-library", ".github/pull_request_template.md", "## Why\n\n<!-- What does a user notice? -->\n\n", "", "SUP006"),
    ("oss-library", "git log", "2026-09-14 bob@", "2026-09-14 ann@", "REP008"),
    ("oss-library", "tests/test_parse.py", "def test_no_code", "@pytest.mark.skip\ndef test_no_code", "DEV007"),
    ("oss-library", "CONTRIBUTING.md", "One maintainer of [CODEOWNERS](.github/CODEOWNERS) other than the author must approve, within three working days. ", "", "SUP005"),
    ("service", "docs/runbook.md", DASHBOARDS, "", "OPS009"),
    ("service", "docs/runbook.md", "from 2 up to 10 replicas", "from 2 up to 30 replicas", "OPS011"),
    ("service", "deploy/workload.yaml", "          livenessProbe:\n            httpGet: {path: /health, port: 8080}\n", "", "OPS013"),
    ("service", "deploy/alerts.yaml", "runbook.md#parceltrackerslow", "runbook.md#slow", "OPS010"),
    ("service", "deploy/slo.yaml", "  timeWindow:\n    - duration: 28d\n      isRolling: true\n", "", "OPS012"),
    ("service", "docs/restore.md", "RPO is 24 hours, RTO is 2 hours.", "", "OPS014"),
    ("service", "migrations/0002_code_index.down.sql", None, "", "OPS008"),
    ("service", "docs/postmortems/2026-08-18-slow-lookups.md", "## Cause\n\nLookups by code had no index, and the import held a lock over the whole table.\n\n", "", "PRA007"),
    ("service", ".env.example", "PORT=8080\n", "PORT=8080\nCACHE_URL=redis://cache\n", "ONB011"),
    ("service", ".devcontainer/devcontainer.json", "../compose.yaml", "../compose.dev.yaml", "ONB010"),
    ("service", "docs/decisions/0002-migrations-only-add.md", "status: accepted", "status: perhaps", "DEV010"),
    ("service", "Dockerfile", "python:3.13.9-slim@sha256:0222b795db95bf7412cede36ab46a266cfb31f632e64051aac9806dabf840a61", "python:latest", "REP005"),
    ("service", "git log", " {Task-Done: dependency-updates}", "", "OPS002"),
    ("service", ".productops/tasks.toml", 'owner = "parcels"\ncadence = "6mo"', 'owner = "parcel"\ncadence = "6mo"', "OPS001"),
    ("service", ".productops/done.toml", "value = 85", "value = 95", "REP002"),
    ("service", ".github/CODEOWNERS", "* @acme/parcels\n", "/src/ @acme/parcels\n", "SUP003"),
    ("internal-product", "docs/onboarding.md", ACCESS, "", "ONB012"),
    ("internal-product", "docs/working-agreement.md", None, "# How we work\n\nWe work together, and we help each other.\n", "PRA008"),
    ("internal-product", ".productops/tasks.toml", 'pattern = "v1.1.0"', 'pattern = "v9.9.9"', "DEV012"),
    ("internal-product", ".productops/done.toml", PLAN, "", "REP003"),
    ("internal-product", "productops.toml", "people = [", 'window = "30d"\npeople = [', "SUP004"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "path", "old", "new", "code"),
    MUTATIONS,
    ids=[f"{m[0]}-{m[4]}-{n}" for n, m in enumerate(MUTATIONS)],
)
def test_a_mutation_turns_exactly_the_right_rule_red(tmp_path, name, path, old, new, code):
    tree = files(name)
    assert old is None or old in tree[path]
    tree[path] = tree[path].replace(old, new) if old else new
    if not tree[path]:
        del tree[path]
    report = judged(tree, tmp_path / name)
    assert [v.rule.code for v in report.verdicts if v.outcome.value in {"fail", "error"}] == [code]
