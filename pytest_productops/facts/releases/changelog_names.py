"""Names and places of changelogs, of their fragments, and of what only looks alike; see `changelogs`."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

_LOG = (
    r"change[-_. ]?logs?|changes|change[-_ ]?list|(?:version|release|revision)[-_ ]?history|history"
    r"|news|(?:\d\d[-_ ]?)?rel(?:ease)?[-_. ]?notes?|releases|what[-_' ]?s[-_ ]?new"
)
CODE = regex(
    r"\.(?:py|js|mjs|cjs|jsx|ts|tsx|vue|svelte|rb|go|rs|java|kt|cs|c|cc|cpp|h|hpp|php|ex|exs|erl|sql"
    r"|sh|css|scss|svg|png)\Z",
    re.IGNORECASE,
)
_SUFFIX = (
    r"(?:\.(?:md|markdown|mdx|mdown|rst|rest|txt|adoc|asciidoc|org|ya?ml|html?|rdoc|textile|pod|latest"
    r"|in|json|toml|xml))*"
)
NAME = regex(
    rf"(?:.*/)?(?:[\w.]+[-_. ])?(?:{_LOG}|releases)(?:[-_. ]?(?:pre|old|archive|latest|current|next"
    rf"|legacy|v?\d[\w.-]*))*{_SUFFIX}\Z",
    re.IGNORECASE,
)
SURE = regex(rf"(?:{_LOG}){_SUFFIX}\Z", re.IGNORECASE)
VERSION_FILE = regex(
    rf"(?:.*/)?(?:{_LOG}|releases?|notes|announce(?:ments)?)/(?:[\w.-]+/){{0,2}}"
    rf"(?:(?:{_LOG}|release|version|v|relnotes|notes|announce)[-_ ]?)?v?\d+[._]\d[\w.-]*{_SUFFIX}\Z",
    re.IGNORECASE,
)
PER_NAME = regex(
    rf"(?:.*/)?(?:{_LOG})/[\w.-]+\.(?:md|markdown|mdx|rst|rest|txt|adoc|asciidoc|org)\Z", re.IGNORECASE
)
"""A file of any name in a folder of that name: the changelog of what it is called after, if it reads so."""
FRAGMENT = regex(
    r"(?:.*/)?(?:change[-_]?logs?\.d|news\.?fragments|news\.d|changes\.d|changelog[-_]?(?:entries"
    r"|fragments|unreleased)|unreleased[-_]?changes|release[-_]?notes\.d)/"
    r"(?:[^/]+/)?[^/.][^/]*\Z"
    r"|(?:.*/)?(?:change[-_]?logs?|changes|news|newsfragments?|docs?/changelog)/(?:[\w-]+/)?[+\w-]+\."
    r"(?:feature|bug(?:fix)?|fix|doc|docs|misc|removal|deprecation|deprecat\w*|improvement|breaking"
    r"|change|trivial|process"
    r"|vendor|contrib|packaging|security|performance|internal|added|changed|fixed|removed|enhancement"
    r"|feat)[\w.-]*\Z"
    r"|(?:.*/)?\.changeset/(?!README)[^/]+\.md\Z|(?:.*/)?\.(?:changes"
    r"|changelog)/(?:[^/]+/)?[^/.][^/]*\Z|(?:.*/)?\.nextchanges/.+"
    r"|(?:.*/)?releasenotes/notes/.+\.ya?ml\Z|(?:.*/)?changelogs?/(?:unreleased|fragments"
    r"|next)/[^/.][^/]*\Z"
    r"|changelog/(?:new|fix|change|add|remove)_[^/]+\.md\Z|(?:.*/)?change/[^/]+-[0-9a-f-]{36}\.json\Z",
    re.IGNORECASE,
)
NOT_OURS = regex(
    r"(?:^|/)(?:deps?|_?vendor(?:ed)?|external|extern|third[-_]?party|3rd[-_]?party|tests?|specs?"
    r"|__tests__|testing"
    r"|examples?|samples?|archetypes?|templates?|blog|posts?|i18n|docs-locale|locales?|openspec|Pods"
    r"|bower_components|dist)/"
    r"|(?:^|/)\.(?!changeset|changes|changelog|github)[\w-]+/",
    re.IGNORECASE,
)
SITE_PART = regex(
    r"(?:^|/)(?:site|website|www|content|pages|app|src|lib|assets|public|static)/", re.IGNORECASE
)
ROWS = regex(r"^[^\S\n]*(?:(?:[-*+\u2022]|\d+[.)])\s+\S|#{1,6}\s)", re.MULTILINE)
FORGE = regex(r"//(?:[\w.-]+)/[^/\s]+/[^/\s]+/(?:-/)?(?:releases|tags)\b|/releases/?$", re.IGNORECASE)
RELEASES_PAGE = regex(r"https?://[^/\s]+/[^/\s]+/[^/\s]+/(?:-/)?releases/?(?=[?#>)\]\s.,]|\Z)")
BADGE = regex(r"badge|shields\.io|/download/", re.IGNORECASE)
MAKING = regex(r"releases\b", re.IGNORECASE)
TEMPLATE = regex(r"template|\.in\Z|config", re.IGNORECASE)
