"""OPS010 on the forms that alerts are written in."""

import pytest
from productops_rules.operations.alerts_link_runbooks import alerts_link_runbooks as rule

from pytest_productops.model import NotApplicable
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings

LABELS = "labels: {severity: page, team: a}"
WORDS = 'annotations: {summary: It is slow, runbook_url: "https://wiki.acme.io/slow"}'


def rules(*lines, name="Slow"):
    head = ["groups:", "- name: a", "  rules:", f"  - alert: {name}", "    expr: a > 1"]
    return "\n".join([*head, *(f"    {line}" for line in lines)]) + "\n"


def keys(files, **options):
    return sorted(finding.key.partition("#")[2] for finding in findings(rule, files, **options))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rules(LABELS, WORDS), []),
        (rules(LABELS), ["Slow.runbook", "Slow.summary"]),
        (rules(WORDS), ["Slow.owner", "Slow.severity"]),
        (rules(LABELS, "annotations: {summary: x, runbook: TODO}"), ["Slow.runbook"]),
        (rules(LABELS, 'annotations: {summary: "See the runbook: https://wiki.acme.io/a"}'), []),
        (rules(LABELS, 'annotations: {summary: x, runbook: "https://example.com/a"}'), ["Slow.runbook"]),
        (rules(name="Watchdog"), None),
    ],
)
def test_prometheus(text, expected):
    if expected is None:
        with pytest.raises(NotApplicable):
            keys({"alerts.yml": text})
    else:
        assert keys({"alerts.yml": text}) == expected


def test_rules_in_other_resources():
    custom = "kind: PrometheusRule\nmetadata: {labels: {team: a}}\nspec:\n" + "".join(
        f"  {line}\n" for line in rules("labels: {severity: page}", WORDS).splitlines()
    )
    assert keys({"deploy/rule.yaml": custom}) == []
    block = "".join(f"    {line}\n" for line in rules(LABELS).splitlines())
    (_, found) = findings(rule, {"cm.yaml": f"kind: ConfigMap\ndata:\n  a.yml: |\n{block}"})
    assert str(found.location) == "cm.yaml:7"


def test_codeowners_are_owners():
    files = {"alerts.yml": rules("labels: {severity: page}", WORDS), "CODEOWNERS": "alerts.yml @ann\n"}
    assert keys(files) == []


def test_links_into_the_repository_are_followed():
    text = rules(LABELS, 'annotations: {summary: x, runbook: "docs/a.md#slow"}')
    assert keys({"alerts.yml": text}) == ["Slow.runbook"]
    assert keys({"alerts.yml": text, "docs/a.md": "# A\n## Fast\nRun.\n"}) == ["Slow.runbook"]
    assert keys({"alerts.yml": text, "docs/a.md": "# A\n## Slow\nRun it.\n"}) == []
    assert keys({"alerts.yml": text.replace("#slow", ""), "docs/a.md": "# A\n"}) == ["Slow.runbook"]


def test_runbooks_of_alerts_that_are_gone():
    page = "# Runbook\n## HighLatency\nScale it.\n## QueueFull\nEmpty it.\n"
    one = {"alerts.yml": rules(LABELS, WORDS, name="HighLatency"), "docs/runbook.md": page}
    assert keys(one) == ["QueueFull"]
    other = {"alerts.yml": rules(LABELS, WORDS, name="Other"), "docs/runbook.md": page}
    assert keys(other) == []


MONITOR = 'resource "datadog_monitor" "slow" {\n  message = "It is slow @pagerduty-a"\n  tags = ["severity:high"]\n}\n'
ALARM = (
    'resource "aws_cloudwatch_metric_alarm" "slow" {\n  alarm_description = "It is slow"\n'
    "  alarm_actions = [aws_sns_topic.page.arn]\n}\n"
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.tf": MONITOR}, ["slow.runbook"]),
        ({"a.tf": ALARM}, ["slow.runbook"]),
        ({"a.tf": ALARM.replace('"It', '"https://acme.io/runbook/a It')}, None),
        ({"monitors/a.json": '{"type": "query alert", "name": "slow", "query": "a", "message": "slow"}'},
         ["slow.owner", "slow.runbook", "slow.severity"]),
        ({"a.yaml": "groups:\n- rules:\n  - title: slow\n    condition: C\n    data: []\n    labels: {team: a, severity: p1}\n"},
         ["slow.runbook", "slow.summary"]),
    ],
)  # fmt: skip
def test_other_tools(files, expected):
    if expected is None:  # what an alarm's severity is, its topics tell
        with pytest.raises(Unavailable, match="severity"):
            keys(files)
    else:
        assert keys(files) == expected


@pytest.mark.parametrize(
    "files",
    [
        {"a.tf": MONITOR.replace('"It is slow @pagerduty-a"', "var.message")},
        {
            "c/Chart.yaml": "name: c\n",
            "c/templates/a.yaml": rules(LABELS, "annotations: {summary: '{{ .Values.a }}'}"),
        },
        {"mixin/a.libsonnet": "{\n  alert: 'Slow',\n  expr: 'a > 1',\n}\n"},
        {"alerts.yml": rules(LABELS) + "  - [\n"},
    ],
)
def test_what_cannot_be_read_is_unknown(files):
    with pytest.raises(Unavailable):
        keys(files)


@pytest.mark.parametrize("path", ["tests/alerts.yml", "examples/a.yml", "testdata/a.yml", "a_test.yaml"])
def test_tests_and_examples_are_left_out(path):
    with pytest.raises(NotApplicable):
        keys({path: rules()})


def test_options():
    text = rules(
        "labels: {severity: info, team: a}", "annotations: {summary: x, guide: 'https://acme.io/wiki/a'}"
    )
    assert keys({"a.yml": text}, page_only=True) == []
    assert keys({"a.yml": text}, annotations=["guide"]) == []
    assert keys({"a.yml": text}, annotations=["guide"], severities=["page"]) == ["Slow.severity"]
    assert keys({"a.yml": text}, required=["summary"]) == []
