"""Decision words: how folders and files of records are called, and by which words a record says its status.

Forms: https://adr.github.io/madr/ (front matter or a list), https://github.com/npryce/adr-tools (Nygard's sections),
https://github.com/thomvaill/log4brains, https://www.kubernetes.dev/resources/keps/ (`kep.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pytest_productops.lazy import regex

_I = re.IGNORECASE
FOLDER = regex(
    r"(?:.+/)?(?:adrs?|decisions|(?:[\w-]+[-_ ])?decision[-_ ]?(?:records?|logs?)"
    r"|(?:architectur(?:e|al)|technical|engineering|design)[-_ ]decisions?|(?:(?:docs?|documentation)/)?rfcs)"
    r"(?:/(?!templates?/|archive[ds]?/|images?/|assets?/)[^/]+)*/[^/]+\.(?:md|markdown|mdx|rst|adoc|org)\Z",
    _I,
)
"""Documents in a folder of records."""
NO_RECORD = regex(
    r".*template.*|readme.*|_?index|toc|contents|summary|n{3,}\b.*|x{3,}\b.*|0{3,}|(?:adr[-_])?(?:process|guide"
    r"|log|about)"
    r"|contributing|changelog|glossary",
    _I,
)
"""Names of templates, indexes and explanations."""
INDEX = regex(r"readme|_?index|toc|contents|summary|(?:adr|decision)s?(?:[-_]?log)?|log", _I)
DATED = regex(r"(\d{4})[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
NUMBERED = regex(r"(?:[a-z]{1,12}[-_ ]?)?(\d{1,6})(?=[-_. ]|\Z)", _I)
TITLED = regex(
    r"\W*(?:(?:adr|rfc|kep|(?:architecture |architectural )?decision(?: record)?)[\W_]*(\d{1,6})\b(?![.,]\d)"
    r"|(\d{1,6})\s?[.:)\u2013\u2014-](?!\d))",
    _I,
)
"""A number at the start of a title."""
FIELD = regex(
    r"[\s>|*_+-]*([A-Za-z][A-Za-z /-]{2,30}?)[\s*_]*(?::|\|)[\s*_]*([^|\n]*?)[\s*_|\\]*\Z",
)
"""A line `Status: accepted`, `* **Date**: 2026-01-05`, or a row of a table."""
STATUS = regex(r"(?:\w+ )?status", _I)
DATE = regex(
    r"(?:\w+ )?(?:date|created|updated|modified)(?: \w+)?|(?:decided|proposed|accepted|approved"
    r"|agreed)(?: (?:on|at))?"
    r"|when|introduced|last (?:updated|modified|changed)",
    _I,
)
SUCCESSOR = regex(r"(?:superseded|replaced)(?: by)?", _I)
PREDECESSOR = regex(r"(?:supersedes|replaces)", _I)
SUPERSEDED = regex(r"\b(?:super[sc]ee?ded|replaced)\b(?:\s+by\b|\s*:)?", _I)
SUPERSEDES = regex(r"\b(?:super[sc]ee?des|replaces)\b", _I)
PARTLY = regex(r"\bpart(?:s|ly|ially)?\b|\bsome\b|\bsections?\b|\bamend", _I)
CHOICE = regex(r"[|/,\u2026{]|\bor\b")
STATUSES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        status: regex(rf"\b(?:{words})\b", _I)
        for status, words in {
            "superseded": r"super[sc]ee?ded|replaced",
            "rejected": r"reject(?:ed)?|declined|withdrawn|abandoned|not accepted|cancel+ed",
            "deprecated": r"deprecated|obsolete|retired|archived|no longer \w+",
            "proposed": r"propos(?:ed|al)|draft|pending|open|(?:under|in|for) (?:review|discussion)|discussi(?:ng|on)"
            r"|in progress|wip|work in progress|on hold|deferred|provisional|todo|to be decided|undecided",
            "accepted": r"accept(?:ed)?|approved?|adopted|agreed|decided|active|final|implemented|implementable|done"
            r"|completed?|ratified|merged|current|in (?:effect|force|use)",
        }.items()
    }
)
"""Status -> the words for it; the first to be found in a text decides, and of two at one place the first here."""
DAYLIKE = regex(
    r"\d{4}[-/.]\d\d?(?:[-/.]\d\d?)?|\b20\d{6}\b|\d\d?[-/.]\d\d?[-/.](?:\d{4}|\d\d)\b|\b(?:\d{1,2}(?:st|nd|rd"
    r"|th)?[ -])?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .,-]+(?:\d{1,2}(?:st|nd|rd|th)?,? ?)?\d{4}",
    _I,
)
"""Something that names a day or a month."""
ISO = regex(r"\b\d{4}-\d\d-\d\d\b")
MADE = regex(r":glob:|\{%|<!--\s*adr|\[TOC\]|\{\{", _I)
"""An index that a generator writes."""
NUMBER = regex(r"(?<!\d)(?<!\d[-/.])(\d{1,6})(?!\d|[-/.]\d)")
"""A number that is no part of a date or version."""
LINKED = regex(r"\[([^\]]*)\]\([^)]*\)")
URL = regex(r"https?://")
