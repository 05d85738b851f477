"""Alerts in Jsonnet, by expression: nothing is evaluated, and what a library may add is hidden.

https://monitoring.mixins.dev
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from pytest_productops.facts.alerts.model import PARTS, Alert
from pytest_productops.lazy import regex
from pytest_productops.model import Location

MENTIONED = regex(r"(?m)^[ \t]*(?:\{[ \t]*)?[\"']?alert[\"']?::?[ \t]*(?:'([^'\n]*)'|\"([^\"\n]*)\")")
_PAIR = regex(
    r"(?m)(?:^|[{,])[ \t]*[\"']?(\w+)[\"']?\+?::?[ \t]*(?:'([^'\n]*)'|\"([^\"\n]*)\"|(\|\|\||\S[^\n,]*))"
)


def parsed(text: str, path: str) -> Iterator[Alert]:
    """Yield each alert with the texts that are written in its object; every part may come from elsewhere."""
    found = list(MENTIONED.finditer(text))
    for match, following in zip_longest(found, found[1:]):
        body = text[match.end() : following.start() if following else match.end() + 4000]
        body = body.partition("\n      },\n      {")[0]
        given = {
            key: one or two or "|" for key, one, two, other in _PAIR.findall(body) if one or two or other
        }
        line = text.count("\n", 0, match.start()) + 1
        yield Alert(match[1] or match[2], Location(path, line), given, given, hidden=frozenset(PARTS))
