"""The names and words of guides for those who run the product; see `facts.operating`."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

ELSEWHERE = regex(
    r"(?:^|/)(?:[Cc]hange[-_]?[Ll]ogs?|CHANGE\w*|HISTORY|NEWS|release[-_]notes?|proposals?(?:[-_]\w+)?"
    r"|design|defunct|(?:adrs?|rfcs?|keps?)(?:[-_]?\d[\w-]*)?|[\w-]*decisions?(?:[-_]records?)?|blog|posts?|_posts|news|archetypes?"
    r"|tests?|specs?|fixtures|examples?|samples?|tutorials?|vendor|node_modules|views|templates?"
    r"|locales?|docs-locale|i18n|\.github|\.gitlab|\.claude|changelogs?|changelog\.d|versions?|api"
    r"|openspec|skills|deps|include)(?:[/.]|$)",
)
PLACE = regex(
    r"(?:docs?|documentation|ops|operations?|run-?books?|playbooks?|deploy\w*|infra\w*|docker|helm"
    r"|charts?|k8s|kubernetes|terraform|contrib|guides?|wiki|(?:site|website"
    r"|www)/(?:[\w.-]+/)*(?:docs?|content))/.+"
    r"|(?!CONTRIBUT|HACKING|DEVELOP|CODE|TEST)[\w.-]+\Z",
    re.IGNORECASE,
)
DEVELOPERS = regex(
    r"(?:^|/)(?:contribut[\w-]*|dev(?:el\w*)?|developers?|internals?|hacking|querying|reference|users?"
    r"|user-?guides?|maintainers|testing|how-to-contribute[\w-]*)(?:[/.]|$)",
    re.IGNORECASE,
)
INSTALLS = regex(
    r"(?:.*/)?(?:install(?:ing|ation|s)?|set-?up|self-?host\w*|hosting|production|docker(?:-compose)?"
    r"|kubernetes|helm|quick-?start|deploy\w*|upgrad(?:e|ing))(?:[-_][\w-]+)?(?:\.\w+"
    r"|/(?:[\w.-]+/){0,2}[\w.-]+)\Z|(?:helm|charts?|docker|deploy\w*|k8s)/(?:[\w.-]+/)*README\.\w+\Z"
    r"|INSTALL(?:ATION)?(?:\.\w+)?\Z|(?:[\w.-]+/){1,2}charts?/[\w.-]+/README\.\w+\Z",
    re.IGNORECASE,
)
INSTALL_HEADING = regex(
    r"\b(?:install(?:ing|ation)?|self host\w*|host(?:ing)? (?:it )?yourself|deploy\w*|production)\b"
)
SERVES = regex(
    r"\b(?:docker(?:-compose| compose)?(?: \S+)* (?:run|up|pull|stack)|podman (?:run|compose)"
    r"|helm (?:install|repo|upgrade)|kubectl (?:apply|create)|systemctl|apt(?:-get)? install|(?:yum"
    r"|dnf) install|git push (?:heroku|dokku)|fly(?:ctl)? (?:deploy|launch)|terraform apply|cf push"
    r"|kamal)\b"
)
AWAY = regex(
    r"\b(?:install(?:ation|ing)?|self-?host\w*|deploy\w*|get(?:ting)? started|set(?:ting)? up|quick ?start)\b",
    re.IGNORECASE,
)
REMOTE_PAGE = regex(
    r"https?://(?!github\.com/[^/]+/[^/]+/?\Z)(?!\S*/(?:dev|develop\w*|contribut\w*)/)\S*"
    r"(?:install|self-?host|deploy|hosting|set-?up|quick[-_]?start|get(?:ting)?[-_]?started|docker|op-guide|operat)",
    re.IGNORECASE,
)
AUTOMATIC = regex(
    r"\b(?:merg\w+|push\w*|tag\w*|click|trigger\w*|workflow|pipeline|automatic\w*)\b.{0,80}\bdeploy"
    r"|\bdeploy\w*\b.{0,80}\b(?:merg\w+|push\w*|tag\w*|automatic\w*|workflow|pipeline|on every"
    r"|button)\b",
    re.IGNORECASE,
)
UPGRADING = regex(
    r"(?:.*/)?(?:upgrad(?:e|es|ing)|migrat(?:ion|ing)|operations?|ops|hosting|infrastructure|deploy\w*"
    r"|run-?book)[\w-]*\.\w+\Z",
    re.IGNORECASE,
)
