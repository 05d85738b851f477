"""OPS008, OPS009, OPS011 and OPS013 on services."""

import tempfile
from pathlib import Path

import pytest
from productops_rules.operations.rollback_executable import rollback_executable
from productops_rules.operations.runbook_complete import runbook_complete
from productops_rules.operations.scaling_defined import scaling_defined
from productops_rules.operations.workload_guardrails import workload_guardrails

from pytest_productops.facts.components import Components
from pytest_productops.facts.operations.runbook import Runbooks
from pytest_productops.model import NotApplicable
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings, lay_out

SERVICE = {"Procfile": "web: gunicorn shop\n"}
ROLLBACK = "If the error rate is above 2 %, run `helm rollback shop`. The database stays.\n"
GOOD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web
          image: registry.example.org:5000/shop:1.4.2
          ports: [{containerPort: 8000}]
          livenessProbe: {httpGet: {path: /livez, port: 8000}}
          readinessProbe: {httpGet: {path: /readyz, port: 8000}}
          resources: {requests: {cpu: 100m}, limits: {memory: 128Mi}}
"""


def keys(rule, archive, **options):
    return sorted(finding.key for finding in findings(rule, SERVICE | archive, **options))


def checks(archive, **options):
    return [key.rpartition(":")[2] for key in keys(workload_guardrails, archive, **options)]


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("          livenessProbe: {httpGet: {path: /livez, port: 8000}}\n", "", "probes"),
        ("          resources: {requests: {cpu: 100m}, limits: {memory: 128Mi}}\n", "", "resources"),
        ("replicas: 2", "replicas: 1", "replicas"),
        ("shop:1.4.2", "shop:latest", "images"),
        ("shop:1.4.2", "shop", "images"),
        ("runAsNonRoot: true", "fsGroup: 1", "non-root"),
        ("runAsNonRoot: true", "runAsUser: 0", "non-root"),
    ],
)
def test_each_guardrail_is_missed(old, new, check):
    assert checks({"k8s/web.yaml": GOOD}) == []
    assert checks({"k8s/web.yaml": GOOD.replace(old, new)}) == [check]
    assert (
        checks(
            {"k8s/web.yaml": GOOD.replace(old, new)}, required=["probes" if check != "probes" else "images"]
        )
        == []
    )


@pytest.mark.parametrize(
    "said",
    [
        {"k8s/web.yaml": GOOD.replace("replicas: 2", "replicas: 1  # holds the scheduler's lock")},
        {"k8s/web.yaml": GOOD.replace("replicas: 2", "replicas: 1\n  strategy: {type: Recreate}")},
        {
            "k8s/web.yaml": GOOD.replace("  replicas: 2\n", ""),
            "k8s/hpa.yaml": "kind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef: {name: web}\n  minReplicas: 2\n",
        },
        {
            "k8s/web.yaml": GOOD.replace("replicas: 2", "replicas: 1"),
            "k8s/pdb.yaml": "kind: PodDisruptionBudget\nspec: {selector: {matchLabels: {app: web}}}\n",
        },
    ],
)
def test_one_replica_with_a_reason(said):
    assert checks(said) == []


def test_jobs_are_left_alone():
    job = "kind: CronJob\nmetadata: {name: a}\nspec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: a}]}}}}}\n"
    with pytest.raises(NotApplicable):
        checks({"k8s/job.yaml": job})


def test_helm_templates_are_unknown():
    text = GOOD.replace("name: web}", "name: {{ .Release.Name }}}", 1)
    with pytest.raises(Unavailable, match="kube-linter"):
        checks({"chart/Chart.yaml": "name: a\n", "chart/templates/web.yaml": text})


def test_kube_linter_in_ci_takes_over():
    workflow = (
        "on: pull_request\njobs:\n  lint:\n    runs-on: x\n    steps:\n      - run: kube-linter lint k8s\n"
    )
    bad = {"k8s/web.yaml": GOOD.replace("replicas: 2", "replicas: 1"), ".github/workflows/lint.yml": workflow}
    assert checks(bad) == ["replicas"]
    assert checks(bad | {".kube-linter.yaml": "checks: {addAllBuiltIn: true}\n"}) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (ROLLBACK, []),
        ("If the error rate is above 2 %, call Ann. The database stays.\n", ["command"]),
        ("Run `helm rollback shop`. The database stays.\n", ["trigger"]),
        ("If the error rate is above 2 %, run `scripts/back.sh`, the database stays.\n", ["command"]),
        ("TODO\n", ["rollback"]),
    ],
)
def test_the_rollback_section(text, wrong):
    archive = {
        "docs/deployment.md": f"# Deployment\n\nRun `helm upgrade`.\n\n## Rollback\n\n{text}",
        "scripts/other.sh": "x\n",
    }
    assert keys(rollback_executable, archive) == wrong


def test_a_workflow_will_do():
    text = "# Deployment\n\nMerge.\n\n## Rollback\n\nWhen the alert fires, re-run the deployment workflow of the tag before.\n"
    workflow = (
        "on: workflow_dispatch\njobs:\n  deploy:\n    runs-on: x\n    steps:\n      - run: make deploy\n"
    )
    archive = {"docs/deployment.md": text, ".github/workflows/deploy.yml": workflow}
    assert keys(rollback_executable, archive) == []
    assert keys(
        rollback_executable, {"docs/deployment.md": text.replace("re-run", "find").replace("deployment ", "")}
    ) == ["command"]


def test_migrations_ask_for_a_word_on_the_data_unless_forward_only():
    bad = {"db/1.up.sql": "DROP TABLE a;\n"}
    text = "# Deployment\n\n## Rollback\n\nIf the error rate is above 2 %, run `helm rollback shop`.\n"
    assert keys(rollback_executable, bad | {"docs/deployment.md": text}) == ["data", "db/1.up.sql"]
    assert keys(rollback_executable, bad | {"docs/deployment.md": text + ROLLBACK}, forward_only=True) == []
    forward = text + "\nMigrations are forward-only: we expand, then contract.\n"
    assert keys(rollback_executable, bad | {"docs/deployment.md": forward}) == []


def test_libraries_have_nothing_to_scale_or_roll_back():
    library = {"setup.py": "", "a.gemspec": "", "README.md": "# A\n\nA library for parsing.\n"}
    for rule in (rollback_executable, runbook_complete, scaling_defined):
        with pytest.raises(NotApplicable):
            findings(rule, library)


HPA = "kind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef: {{name: web}}\n  minReplicas: 2\n  maxReplicas: {}\n"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("between 2 and 10 replicas", []),
        ("between 2 and 12 replicas", ["max:12"]),
        ("a minimum of three replicas, up to 10", ["min:3"]),
        ("at most 10 pods, for example 50 replicas", []),
        ("up to 30 requests per second and 10 replicas at most", []),
    ],
)
def test_numbers_are_those_of_the_manifests(said, wrong):
    text = f"# Runbook\n\n## Scaling\n\nAn autoscaler follows the CPU, {said}.\n"
    assert keys(scaling_defined, {"docs/runbook.md": text, "k8s/hpa.yaml": HPA.format(10)}) == wrong
    assert (
        keys(
            scaling_defined, {"docs/runbook.md": text, "k8s/hpa.yaml": HPA.format(10)}, match_manifests=False
        )
        == []
    )


def test_any_environment_bears_a_number_out():
    text = "# Runbook\n\n## Scaling\n\nAn autoscaler follows the CPU, at most 10 replicas.\n"
    archive = {"docs/runbook.md": text, "k8s/a/hpa.yaml": HPA.format(3), "k8s/b/hpa.yaml": HPA.format(10)}
    assert keys(scaling_defined, archive) == []
    archive["k8s/b/hpa.yaml"] = HPA.format("${MAX}")
    assert keys(scaling_defined, archive) == []


TOPICS = [
    "overview",
    "owner",
    "dependencies",
    "dashboards",
    "alerts",
    "deploy",
    "rollback",
    "scaling",
    "backup",
    "troubleshooting",
]


def runbook(*without):
    words = "This is told in more than ten plain words, so that it says enough.\n"
    return "# Shop\n\n" + "\n".join(
        f"## {topic.title()}\n\n{words}" for topic in TOPICS if topic not in without
    )


@pytest.mark.parametrize("topic", TOPICS)
def test_each_section_of_the_runbook_is_missed(topic):
    assert keys(runbook_complete, {"docs/runbook.md": runbook()}) == []
    assert keys(runbook_complete, {"docs/runbook.md": runbook(topic)}) == [topic]
    for hollow in ("", "TODO\n", "Nobody knows.\n"):
        text = runbook(topic) + f"\n## {topic.title()}\n\n{hollow}"
        assert keys(runbook_complete, {"docs/runbook.md": text}) == [topic]


def test_an_external_runbook_is_unknown():
    catalogue = "kind: Component\nmetadata:\n  links:\n    - url: https://wiki.example.org/runbook/shop\n"
    with pytest.raises(Unavailable, match="wiki"):
        keys(runbook_complete, {"catalog-info.yaml": catalogue})


@pytest.mark.parametrize("path", ["RUNBOOK.md", "mixin/runbook.md", "docs/ops/runbooks/shop.md"])
def test_a_runbook_is_found_wherever_it_is(path):
    assert keys(runbook_complete, {path: runbook()}) == []


def test_each_deployed_component_has_its_own():
    archive = {
        "package.json": '{"private": true, "workspaces": ["apps/*", "libs/*"]}',
        "apps/api/package.json": '{"name": "api"}',
        "apps/api/Dockerfile": "FROM node:22\nCOPY . .\n",
        "libs/money/package.json": '{"name": "money"}',
        "docs/runbooks/web.md": runbook(),
    }
    with tempfile.TemporaryDirectory() as folder:
        repository = lay_out(archive, Path(folder))
        runs = repository[Runbooks]
        components = {each.name: each for each in repository[Components].all}
        assert [name for name, each in components.items() if each.folder and runs.runs(each)] == ["api"]
        assert runs.of(components["api"]) == ()
    with tempfile.TemporaryDirectory() as folder:
        repository = lay_out(archive | {"docs/runbooks/api.md": runbook()}, Path(folder))
        api = next(each for each in repository[Components].all if each.name == "api")
        assert [d.path for d in repository[Runbooks].of(api)] == ["docs/runbooks/api.md"]
