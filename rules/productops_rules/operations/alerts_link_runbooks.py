"""OPS010."""

from collections.abc import Iterator

from pytest_productops.api import (
    ALERT_PARTS,
    Alert,
    AlertPart,
    AlertRunbooks,
    Alerts,
    Evidence,
    Finding,
    Less,
    More,
    NotApplicable,
    Unavailable,
    rule,
)

HOW = {
    "severity": "add the label `severity`",
    "owner": "add the label `team`, or an owner of the file in CODEOWNERS",
    "summary": "add the annotation `summary`: what is wrong, for whom",
    "runbook": "add the annotation `runbook_url`, with what to look at and what to do",
}

WORDS = {
    "summary": "say in its `{}` what is wrong, for whom",
    "runbook": "link in its `{}` to what to look at and what to do",
    "owner": "tag it with its team, or name an owner of the file in CODEOWNERS",
}


@rule("OPS010", stage="operate", level="silver", profiles=("service",))
def alerts_link_runbooks(
    alerts: Alerts,
    runbooks: AlertRunbooks,
    *,
    annotations: Less[tuple[str, ...]] = ("runbook_url", "runbook"),
    severities: tuple[str, ...] = (),
    page_only: Less[bool] = False,
    required: More[tuple[AlertPart, ...]] = ALERT_PARTS,
) -> Iterator[Finding | Evidence]:
    """Each alert says how urgent it is, whose it is, what is wrong, and links to its runbook, which exists.

    Reads alerts of Prometheus and Mimir (rule files, PrometheusRule, Helm values, ConfigMaps), Grafana's
    provisioning, Datadog monitors (Terraform, JSON), CloudWatch alarms and Grafana rules in Terraform. An owner is a
    label or annotation such as `team`, a receiver, whom a message or an action notifies, or the owner of the file in
    CODEOWNERS. Links into this repository must lead to a file and anchor; sections of runbooks that are named like
    alerts must name one that exists. What comes from a variable, Jsonnet or a Helm template can't be judged.

    Why:
        Who is woken at night by `HighLatency` needs to know what to do, not who may know it.

    Fix:
        Add what is missing to the alert. Delete alerts for which there is nothing to do.

    Options:
        annotations: the annotations that hold the link to the runbook.
        severities: the values that a severity may have; any, where none are given.
        page_only: only alerts that wake somebody are judged: severity page or critical, P1 or P2.
        required: what each alert must say.

    Source:
        PagerDuty, alerting principles; the runbook_url convention of the Kubernetes mixin

    Bad:
        -- alerts/api.yml --
        groups:
          - name: api
            rules:
              - alert: HighLatency
                expr: latency_seconds > 1
                labels: {severity: page, team: checkout}
                annotations: {summary: Checkout is slow}

    Bad:
        -- alerts/api.yml --
        groups:
          - name: api
            rules:
              - alert: HighLatency
                expr: latency_seconds > 1
                labels: {severity: page, team: checkout}
                annotations: {summary: Checkout is slow, runbook_url: "docs/runbooks/api.md#high-latency"}
        -- docs/runbooks/api.md --
        # Runbook
        ## Low disk
        Remove old logs.

    Good:
        -- alerts/api.yml --
        groups:
          - name: api
            rules:
              - alert: HighLatency
                expr: latency_seconds > 1
                labels: {severity: page, team: checkout}
                annotations: {summary: Checkout is slow, runbook_url: "docs/runbooks/api.md#high-latency"}
        -- docs/runbooks/api.md --
        # Runbook
        ## High latency
        Add a replica: `make scale`.
    """
    if not alerts.all and not alerts.opaque:
        raise NotApplicable("there are no alert rules")
    found, unknown = list[Finding](), [f"{why}" for why in alerts.opaque]
    for alert in alerts.all:
        if page_only and alert.severity and not alert.pages:
            continue
        lacks = [part for part in required if not _says(alert, part, runbooks, annotations)]
        found += [
            _lacking(alert, part, alert.unfilled(annotations)) for part in lacks if part not in alert.hidden
        ]
        unknown += [
            f"{alert.location}: the {part} of {alert.name} is written elsewhere"
            for part in lacks
            if part in alert.hidden
        ]
        found += _wrong(alert, runbooks, annotations, severities)
        if not lacks:
            yield Evidence(alert.location, f"{alert.name}: {alert.runbook(annotations)}".rstrip(": "))
    for orphan in runbooks.orphans:
        meant = f"; did you mean {orphan.near}?" if orphan.near else ""
        message = f"the runbook describes {orphan.name}, but no alert has that name{meant}"
        found.append(
            Finding(f"{orphan.location.path}#{orphan.name}", message, orphan.location, "rename or delete it")
        )
    if unknown and not found:
        raise Unavailable(f"{unknown[0]}" + (f", and {len(unknown) - 1} more" if unknown[1:] else ""))
    yield from {finding.key: finding for finding in reversed(found)}.values()


def _says(alert: Alert, part: AlertPart, runbooks: AlertRunbooks, annotations: tuple[str, ...]) -> object:
    if part == "runbook":
        return alert.runbook(annotations)
    if part == "owner":
        return alert.owner or runbooks.owned(alert)
    return alert.severity if part == "severity" else alert.summary


def _lacking(alert: Alert, part: AlertPart, stands: str) -> Finding:
    what = {
        "severity": "a severity",
        "owner": "an owner",
        "summary": "a summary",
        "runbook": "a link to its runbook",
    }[part]
    instead = f": it says `{stands[:60]}`" if part == "runbook" and stands else ""
    key = f"{alert.location.path}#{alert.name}.{part}"
    fix = WORDS[part].format(alert.words) if alert.words and part in WORDS else HOW[part]
    return Finding(key, f"the alert {alert.name} lacks {what}{instead}", alert.location, fix)


def _wrong(
    alert: Alert, runbooks: AlertRunbooks, annotations: tuple[str, ...], severities: tuple[str, ...]
) -> Iterator[Finding]:
    """Yield a severity that is none of those agreed on, and a runbook that is not there."""
    key = f"{alert.location.path}#{alert.name}"
    if severities and alert.severity and alert.severity not in severities:
        message = (
            f"the alert {alert.name} has severity `{alert.severity}`, agreed are {', '.join(severities)}"
        )
        yield Finding(f"{key}.severity", message, alert.location, "use one of them")
    reason = runbooks.lost(alert.runbook(annotations), alert)
    if reason:
        message = f"the alert {alert.name} links to a runbook that is not there: {reason}"
        yield Finding(f"{key}.runbook", message, alert.location, "write it, or link to what is there")
