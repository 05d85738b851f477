"""The names and words of what is written about scaling; see `facts.operations.scaling`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pytest_productops.lazy import regex

_UNITS = r"(?:replicas?|instances?|pods?|nodes?|workers?|dynos?|tasks?|machines?|servers?|containers?)\b"
_NUMBER = r"(?<![\w.])(?:\d+|two|three|four|five|six|eight|ten)\b"
NAMED = regex(
    r"(?:.*/)?(?:[\w-]+[-_])?(?:(?:auto)?scal(?:ing|ability)|capacity(?:[-_](?:planning|management))?)"
    r"(?:[-_][\w-]+)?\.\w+\Z",
    re.IGNORECASE,
)
HEADED = regex(
    r"\b(?:auto ?)?scaling\b|\bautoscal\w+|\bscalability\b|^(?:to )?scale (?:up|out)\b|\bhow (?:it|we) scales?\b"
    r"|\bcapacity\b|\bnumber of (?:replicas|instances|workers)\b"
)
ASIDE = regex(
    r"(?:^|/)(?:designs?|reports?|meetings?|minutes|workshops?|ideation|ideas|research|requirements)/"
    r"|[-_]design\.\w+\Z",
    re.IGNORECASE,
)
"""Where it is told how something was or may be, not how it is."""
SAID: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "mechanism": regex(
            r"\bauto-?\s?scal\w*|\bHPA\b|\bKEDA\b|\bhorizontal\w*|\bvertical\w*|\bserverless\b|\bconcurrency\b"
            r"|\bscal(?:e|es|ed|ing) (?:out|up|down|in|by|the|to|on|automatically|manually|with)\b"
            rf"|\b(?:add|more|fixed|number of|adjust\w*|increase\w*|runs?|running)\b.{{0,40}}\b{_UNITS}"
            r"|\b(?:larger|bigger) (?:machine|instance|server|plan|size)s?\b",
            re.IGNORECASE,
        ),
        "limits": regex(
            r"\b(?:min(?:imum)?|max(?:imum)?|at (?:most|least)|up to|no more than|limit\w*|bottleneck|ceiling|between"
            rf"|from|range|cap(?:ped|s)?|beyond|fixed)\b.{{0,80}}{_NUMBER}"
            rf"|{_NUMBER}\s*(?:to|-|\u2013|and|/)\s*\d+ (?:\w+ ){{0,2}}{_UNITS}"
            rf"|{_NUMBER} (?:\w+ ){{0,2}}{_UNITS}|\b{_UNITS}.{{0,30}}\b\d+\b",
            re.IGNORECASE,
        ),
        "trigger": regex(
            r"\b(?:CPU|memory|utili[sz]ation|queue|backlog|lag|latency|load|traffic|throughput|rps|cron|busy|metrics?"
            r"|concurrent|response times?|on demand)\b|\bschedul\w+|\bpeak\w*|\d ?%"
            r"|\b(?:requests?|messages?|jobs?|connections|users?) (?:per|a|an|/) ?"
            r"(?:second|minute|pod|instance|replica)",
            re.IGNORECASE,
        ),
    }
)
"""Topic -> what answers it."""
ELSEWHERE = regex(r"\b(?:scal(?:e|ing|ability)|autoscal\w+|capacity|runbook)\b", re.IGNORECASE)
