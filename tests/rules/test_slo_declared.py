"""OPS012 on files of the usual tools and on documents."""

import pytest
from productops_rules.operations.slo_declared import slo_declared as rule

from pytest_productops.testing import findings

SLOTH = """version: prometheus/v1
service: shop
labels: {owner: checkout}
slos:
  - name: availability
    objective: 99.5
    sli: {raw: {error_ratio_query: a}}
    alerting: {name: A}
"""
OPENSLO = """apiVersion: openslo/v1
kind: SLO
metadata: {name: availability, labels: {team: checkout}}
spec:
  indicatorRef: a
  timeWindow: [{duration: 28d, isRolling: true}]
  objectives: [{target: 0.995}]
  alertPolicies: [a]
"""
PYRRA = """apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: a, labels: {pyrra.dev/team: a}}
spec: {target: '99', window: 2w, indicator: {ratio: {}}}
"""
POLICY = {"docs/reliability.md": "# Reliability\nWhen the error budget is spent we freeze features.\n"}


def keys(files, **options):
    return sorted(finding.key for finding in findings(rule, files, **options))


@pytest.mark.parametrize("text", [SLOTH, OPENSLO, PYRRA])
def test_files(text):
    assert keys({"slo.yaml": text}) == ["consequence"]
    assert keys({"slo.yaml": text, **POLICY}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SLOTH.replace("labels: {owner: checkout}\n", ""), ["owner"]),
        (SLOTH.replace("99.5", "soon"), ["target"]),
        (SLOTH.partition("    sli")[0], ["alert", "indicator"]),
        (OPENSLO.partition("  timeWindow")[0], ["alert", "target", "window"]),
        (PYRRA.replace("spec: {", "spec: {alerting: {disabled: true}, "), ["alert"]),
    ],
)
def test_each_part_is_missed(text, expected):
    assert keys({"slo.yaml": text, **POLICY}) == expected


def test_one_whole_objective_is_enough():
    assert keys({"a.yaml": SLOTH.replace("99.5", "soon"), "b.yaml": SLOTH, **POLICY}) == []


def test_alerts_may_refer_to_it():
    alerts = "groups:\n- rules:\n  - alert: ErrorBudgetBurn\n    expr: a\n"
    text = SLOTH.replace("    alerting: {name: A}\n", "")
    assert keys({"slo.yaml": text, **POLICY}) == ["alert"]
    assert keys({"slo.yaml": text, "alerts.yml": alerts, **POLICY}) == []


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"README.md": "# Shop\nWe mean to have SLOs one day.\n"},
        {"docs/slo.md": "# SLO\n"},
        {"docs/slo.md": ""},
        {"slo.yaml": "kind: SLO\n  - [\n"},
        {"examples/slo.yaml": SLOTH},
    ],
)
def test_none_is_declared(files):
    assert keys(files) == ["missing"]


def test_a_page_without_numbers():
    assert keys(
        {"docs/slo.md": "# SLOs\nThe team wants requests to be quick.\n"}, required=["target", "indicator"]
    ) == ["target"]
