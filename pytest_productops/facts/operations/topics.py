"""The topics of guides for those who run the product, and how each is recognised; see `facts.operating`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pytest_productops.lazy import dataclass, regex


@dataclass(frozen=True)
class Topic:
    """How a guide is recognised: by the name of its file or folder, by a heading, by what it says of deployments."""

    name: re.Pattern[str]
    heading: re.Pattern[str]
    said: re.Pattern[str] | None = None


TOPICS: Mapping[str, Topic] = MappingProxyType({
    "rollback": Topic(
        regex(
    r"(?:.*/)?(?:[\w-]+[-_])?(?:roll(?:ing)?[-_ ]?backs?|downgrad(?:e|es|ing))(?:[-_][\w-]+)?\.\w+\Z", re.IGNORECASE),
        regex(
    r"\broll(?:ing|ed)? ?backs?\b(?! (?:(?:the|a|database|schema) ){0,2}(?:transaction|migration|change)s?)"
    r"|\bdowngrad(?:e|es|ing)\b"
    r"|\brevert(?:ing)? (?:a |the )?(?:deploy\w*|release|version|upgrade)"
    r"|\bgo(?:ing)? back to\b.*\bversion"),
        regex(
            r"\broll(?:ed|ing|s)?[- ]?back\b.{0,80}\b(?:deploy\w*|release|version|image|previous"
            r"|production|upgrade|application|app)\b|\b(?:deploy\w*|release|version"
            r"|upgrade)\b.{0,60}\broll(?:ed|ing|s)?[- ]?back\b"
            r"|\bdowngrad(?:e|ing) (?:to|from|your|the|a|version)\b|\b(?:revert|return|go(?:ing)? back"
            r"|switch back) to (?:the|a|an|your)? ?(?:previous|older|earlier|last) (?:\w+ )?(?:version"
            r"|release|image|build|deploy\w*)\b|\bre-?deploy\w* (?:the|a) (?:previous|older)",
            re.IGNORECASE,
        ),
    ),
    "operations": Topic(
        regex(
            r"(?:.*/)?(?:[\w-]*run-?books?[\w-]*|playbooks?|on-?call[\w-]*|operat(?:ions?"
            r"|ing)(?:[-_](?:guide|manual|handbook|faq))?|ops|monitoring|observability|alert(?:s|ing)?"
            r"|metrics(?:[-_][\w-]+)?|trouble-?shooting|maintenance|housekeeping"
            r"|back-?ups?(?:[-_][\w-]+)?|disaster[-_]recovery|incident[\w-]*"
            r"|admin(?:istration|istrators?)?(?:[-_](?:guide|faq|manual))?|health[-_]?checks?|logging"
            r"|support[-_]runbook)(?:\.\w+\Z|/(?:[\w.-]+/)*[\w.-]+\.\w+\Z)",
            re.IGNORECASE,
        ),
        regex(
    r"\b(?:run ?books?|operations|operating|on call|monitoring|observability|alerting"
    r"|trouble ?shooting|maintenance|housekeeping|back ?ups?(?: and restor\w+)?|disaster recovery"
    r"|incident (?:response|management)|database clean ?up|log(?:s|ging) (?:and|in production)"
    r"|running in production|health checks?|administration)\b"),
    ),
    "scaling": Topic(
        regex(
    r"(?:.*/)?(?:[\w-]+[-_])?(?:scal(?:e|ing|ability)|capacity(?:[-_]planning)?|sizing"
    r"|high[-_]availability|ha|load[-_]balanc\w+|autoscal\w+|performance[-_]tuning"
    r"|clustering)(?:[-_][\w-]+)?\.\w+\Z", re.IGNORECASE),
        regex(
    r"\b(?:(?:auto ?)?scal(?:e|es|ing)(?: (?:up|out|down|in))?|scalability|capacity(?: planning)?"
    r"|sizing|high availability|hardware (?:requirements|recommendations|guidelines)"
    r"|performance tuning|multiple (?:instances|replicas|nodes|workers)|worker processes"
    r"|number of (?:workers|replicas))\b"),
        regex(
    r"\b(?:scal(?:e|ing) (?:up|out|down|horizontally|vertically|the|your|to|it|by)"
    r"|horizontal\w* scal\w+|add more (?:instances|replicas|workers|servers|nodes)"
    r"|increase the number of (?:instances|replicas|workers|processes|servers)|number of (?:instances"
    r"|replicas|workers|uwsgi|gunicorn|processes)|autoscal\w+|replicas)\b", re.IGNORECASE),
    ),
})  # fmt: skip
"""Topic -> how it is recognised."""
