"""Workloads: manifests read without rendering, and the numbers in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_productops.facts.workloads import Workloads
from pytest_productops.facts.workloads.bounds import Bounds
from pytest_productops.facts.workloads.bounds import settings as read_settings
from pytest_productops.testing import lay_out

BASE = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "example.org/shop:1.2"}
"""


def workloads(tmp_path, archive):
    return lay_out(archive, tmp_path)[Workloads]


def test_several_objects_in_a_file(tmp_path):
    text = (
        f"{BASE}---\nkind: Service\nmetadata: {{name: web}}\nspec: {{selector: {{app: web}}}}\n---\n"
        "kind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}}\n"
    )
    found = workloads(tmp_path, {"k8s/web.yaml": text})
    (web,) = found.all
    assert (web.kind, web.name, web.replicas, web.location.line) == ("Deployment", "web", 1, 2)
    assert web.containers[0].image == "example.org/shop:1.2"
    assert found.serves(web)
    assert found.budget(web) is not None


def test_a_list_of_objects(tmp_path):
    text = "kind: List\nitems:\n- " + BASE.replace("\n", "\n  ")
    assert [each.name for each in workloads(tmp_path, {"k8s/all.yaml": text}).all] == ["web"]


def test_patches_are_laid_over(tmp_path):
    patch = (
        "kind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 3\n  template: {spec: {containers: "
        "[{name: web, livenessProbe: {httpGet: {path: /}}}]}}\n"
    )
    found = workloads(tmp_path, {"k8s/base/web.yaml": BASE, "k8s/prod/patch.yaml": patch})
    (web,) = found.all
    assert (web.replicas, sorted(web.containers[0].probes)) == (3, ["liveness"])


def test_operations_of_a_kustomization_make_unsure(tmp_path):
    text = "patches:\n- target: {kind: Deployment, name: web}\n  path: ops.yaml\nimages:\n- {name: shop, newTag: v1}\n"
    found = workloads(tmp_path, {"k8s/web.yaml": BASE, "k8s/kustomization.yaml": text})
    assert found.all[0].unsure
    assert "shop" in found.filled


@pytest.mark.parametrize(
    "path",
    [
        "tests/web.yaml",
        "examples/web.yaml",
        "docs/web.yaml",
        "k8s/overlays/dev/web.yaml",
        "k8s/web-local.yaml",
    ],
)
def test_material_of_tests_and_developers_is_left_alone(tmp_path, path):
    assert workloads(tmp_path, {path: BASE}).all == ()


def test_templates_are_listed_not_read(tmp_path):
    text = BASE.replace("name: web}", "name: {{ .Release.Name }}}", 1)
    found = workloads(tmp_path, {"chart/Chart.yaml": "name: a\n", "chart/templates/web.yaml": text})
    assert found.all == ()
    assert [str(each) for each in found.templates] == ["chart/templates/web.yaml:2"]


def test_quoted_braces_are_no_template(tmp_path):
    text = BASE + "---\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '{{ $labels.job }}'}\n"
    assert len(workloads(tmp_path, {"k8s/web.yaml": text}).all) == 1


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("docker-compose.yml", "services: {web: {image: a}}\n", []),
        (
            "docker-compose.prod.yml",
            "services: {web: {image: a}, tool: {image: b, profiles: [x]}}\n",
            ["web"],
        ),
        ("deploy/compose.yaml", "services: {web: {image: a}}\n", ["web"]),
        ("docker-compose.yml", "services: {web: {image: a, deploy: {replicas: 2}}}\n", ["web"]),
    ],
)
def test_compositions_of_a_deployment(tmp_path, path, text, names):
    assert [each.name for each in workloads(tmp_path, {path: text}).all] == names


def test_health_checks_of_the_image_count(tmp_path):
    archive = {
        "compose.prod.yml": "services:\n  a: {build: .}\n  b: {build: {context: ., dockerfile: B}}\n  c: {image: x:1}\n",
        "Dockerfile": "FROM a\nHEALTHCHECK CMD curl -f localhost\n",
        "B": "FROM a\n",
    }
    found = {each.name: bool(each.containers[0].probes) for each in workloads(tmp_path, archive).all}
    assert found == {"a": True, "b": False, "c": True}


def test_bounds_of_all_formats(tmp_path):
    archive = {
        "k8s/hpa.yaml": "kind: HorizontalPodAutoscaler\nspec:\n  minReplicas: 2\n  maxReplicas: 30\n",
        "chart/Chart.yaml": "name: a\n",
        "chart/values.yaml": "replicaCount: 4\n",
        "chart/templates/web.yaml": "kind: Deployment\nspec:\n  replicas: {{ .Values.replicaCount }}\n",
        "infra/app.tf": 'resource "aws_appautoscaling_target" "a" {\n  max_capacity = 8\n}\n'
        'resource "aws_rds_cluster" "b" {\n  max_capacity = 64\n}\n',
    }
    found = lay_out(archive, tmp_path)[Bounds]
    assert sorted((each.what, each.value) for each in found.all) == [
        ("count", 4),
        ("max", 8),
        ("max", 30),
        ("min", 2),
    ]
    assert found.unsure == ()


def test_a_number_that_is_filled_in_is_unsure(tmp_path):
    text = "kind: HorizontalPodAutoscaler\nspec:\n  maxReplicas: ${MAX}\n"
    assert [str(each) for each in lay_out({"k8s/hpa.yaml": text}, tmp_path)[Bounds].unsure] == [
        "k8s/hpa.yaml:3"
    ]


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_text_can_be_asked_for_settings(text):
    assert all(line >= 1 for _, _, line in read_settings(text))


@given(
    st.lists(
        st.sampled_from(
            ["kind: Deployment\n", "spec: ", "[", "]", "{", "}", "a: ", "- ", "\n", "replicas: x", "---\n"]
        ),
        max_size=12,
    )
)
@settings(max_examples=100, deadline=None)
def test_hostile_manifests_never_raise(tmp_path_factory, parts):
    archive = {"k8s/a.yaml": "".join(parts), "compose.prod.yml": "services: " + "".join(parts)}
    found = lay_out(archive, tmp_path_factory.mktemp("h"))[Workloads]
    assert isinstance(found.all, tuple)


@pytest.mark.parametrize(
    "hole",
    [
        "spec: 3",
        "spec: [a]",
        "metadata: x",
        "spec: {template: 1, replicas: two}",
        "spec: {template: {spec: {containers: {a: 1}}}}",
    ],
)
def test_odd_shapes_never_raise(tmp_path, hole):
    found = workloads(tmp_path, {"k8s/a.yaml": f"kind: Deployment\nmetadata: {{name: a}}\n{hole}\n"})
    assert found.all == ()
