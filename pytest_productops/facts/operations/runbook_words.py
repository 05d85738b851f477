"""The topics of a runbook and the names and words of one; see `facts.operations.runbook`.

The topics are those of the run book template, https://github.com/SkeltonThatcher/run-book-template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pytest_productops.lazy import regex

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "overview": "what the service is and does",
        "owner": "who owns it, and to whom to escalate",
        "dependencies": "what it depends on",
        "dashboards": "where its dashboards are",
        "alerts": "which alerts there are, and what to do",
        "deploy": "how to deploy it",
        "rollback": "how to roll it back",
        "scaling": "how to scale it",
        "backup": "how to back it up and restore it",
        "troubleshooting": "how to find and mend what is wrong",
    }
)
"""Topic -> the question in words."""
HEADED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "overview": regex(
            r"\b(?:overview|introduction|about|summary|purpose|background|description|architecture|what (?:is|does)"
            r"|service (?:information|details)|system (?:context|description)|business)\b"),
        "owner": regex(
            r"\b(?:owners?|ownership|owning|contacts?|escalat\w+|on ?call|team|support|responsib\w+|who to|rota"
            r"|stakeholders|maintainers?)\b"),
        "dependencies": regex(
            r"\b(?:dependenc\w+|depends? on|upstream|downstream|integrations?|external (?:services|systems))\b"),
        "dashboards": regex(
            r"\b(?:dashboards?|monitoring|metrics|observability|grafana|kibana|logs?|logging|telemetry)\b"),
        "alerts": regex(r"\b(?:alerts?|alerting|alarms?|pages|notifications?|incidents?)\b"),
        "deploy": regex(r"\b(?:deploy\w*|releas(?:e|es|ing)|roll ?out|shipping|go(?:ing)? live|continuous delivery)\b"),
        "rollback": regex(r"\b(?:roll(?:ing|ed)? ?backs?|revert\w*|downgrad\w+|undo\w*|previous version)\b"),
        "scaling": regex(r"\b(?:(?:auto ?)?scal(?:e|ing|ability)|autoscal\w+|capacity|sizing|load)\b"),
        "backup": regex(r"\b(?:back ?ups?|restor\w+|disaster recovery|recovery|snapshots?)\b"),
        "troubleshooting": regex(
            r"\b(?:trouble ?shoot\w*|debug\w*|common (?:problems|issues|errors|failures)|known (?:problems|issues)"
            r"|failures?|problems|diagnos\w+|faq|what to do|something s wrong|playbooks?|incidents?)\b"),
    }
)  # fmt: skip
RUNS = regex(
    r"(?:(?:Dockerfile|Containerfile)(?:\.\w+)?|Procfile|fly(?:\.\w+)?\.toml|serverless\.ya?ml|manage\.py"
    r"|config/application\.rb|src/main/resources/application\.(?:properties|ya?ml))\Z"
)
"""Files in the folder of a component that is deployed."""
IMAGE = regex(r"(?:.*/)?(?:Dockerfile|Containerfile)")
COPIES = regex(r"^(?:COPY|ADD)\s", re.IGNORECASE | re.MULTILINE)
ASIDE = regex(
    r"(?:^|/)(?:tests?|examples?|docs?|documentation|site|website|\.[\w-]+|ci|tools|e2e|demos?)/",
    re.IGNORECASE,
)
CATALOGUE = regex(r"(?:.*/)?catalog-info\.ya?ml\Z")
LINKED = regex(
    r"^[^#\n]*run-?book[^\n]*?(https?://\S+)|url:\s*[\"']?(https?://\S*run-?book\S*)",
    re.IGNORECASE | re.MULTILINE,
)
RUNBOOK = regex(r"(?:^|/)(?:[\w-]*run-?books?[\w-]*|on-?call[\w-]*)(?:\.\w+\Z|/)", re.IGNORECASE)
"""A name that says so by itself, wherever the page is."""
