"""Channel words: by what addresses, headings and sentences a place to ask is known."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

# Addresses that are a place to talk, whatever is said about them.
PLACE = regex(
    r"slack\.com/app_redirect|discord(?:app)?\.(?:gg|com/(?:invite|channels|servers))|//dsc\.gg/|(?:(?!api\."
    r"|status\.)\b[\w-]{1,63}\.slack\.com|join\.slack\.com"
    r"|slack\.[\w-]+\.\w+|/slack/?\Z)|gitter\.im/|matrix\.to/|app\.element\.io|irc[s6]?://|\birc\.[\w-]+\.\w+"
    r"|\b(?:web\.(?:libera|freenode|oftc)|kiwiirc\.com/)|webchat|groups\.google\.com"
    r"|\bgroups\.io/"
    r"|(?:lists?|mail)\.[\w-]+\.\w+/|/mailman|mailing-?lists?\b|zulip(?:chat)?\.|//(?:www\.)?t\.me/"
    r"|telegram\.me/"
    r"|stack(?:overflow|exchange)\.com/(?:questions/(?:tagged|ask)|tags|t)/?|reddit\.com/r/|spectrum\.chat"
    r"|//(?:forums?|discourse|discuss|community|chat|talk|answers|ask)\.[\w-]+\.\w"
    r"|/(?:forums?|discussions?)(?:/categories/[\w-]+|/new\S*)?/?(?:[?#].*)?\Z|elixirforum\.com"
    r"|mattermost\.|rocket\.chat"
    r"|lists\.sr\.ht|/(?:chat|discord)(?:\.html)?/?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
# Addresses that are one if the text of the link or the heading above says so too.
PAGE = regex(r"/(?:community|support|get-?help|contact(?:-us)?)(?:\.html)?/?(?:[?#].*)?\Z", re.IGNORECASE)
NO_PLACE = regex(
    r"code[-_]of[-_]conduct|sponsor|opencollective|patreon|tidelift|paypal|ko-?fi\.com|buymeacoffee|liberapay"
    r"|/security\b|security@|vulnerab|bug ?bount|/releases\b|opensource\.guide|docs\.github\.com"
    r"|help\.github\.com"
    r"|docs\.gitlab\.com|support\.github\.com|help\.ubuntu|support\.(?:google|apple|microsoft)\.com"
    r"|/actions\b|/(?:tree|blob|raw)/"
    r"|web\.archive\.org|/comments/|\.(?:svg|png|gif)\b",
    re.IGNORECASE,
)
# What the text of a link, or the heading above it, calls a place to ask.
ASKING = regex(
    r"\b(?:ask\w*|questions?|help|support|discuss\w*|chat\w*|forums?|community|communit\w+"
    r"|mailing lists?|contact\w*"
    r"|slack|discord|gitter|matrix|irc|zulip|telegram|stack ?overflow|get in touch|reach (?:us|out)"
    r"|q ?& ?a)\b",
    re.IGNORECASE,
)
HEADING = regex(
    r"\b(?:help|support|questions?|ask\w*|contact\w*|communit\w+|communicat\w+|chat"
    r"|get(?:ting)? in touch|discussions?"
    r"|where to go|feedback|talk to us|connect|reach us|join us|stay in touch|get involved)\b"
)
NO_HEADING = regex(
    r"\b(?:financ\w*|sponsor\w*|backers?|donat\w*|versions?|platforms?|browsers?|compatib\w*"
    r"|supported|supporting|windows"
    r"|supporters|security|vulnerab\w*|databases?|conduct|commercial|adopters|users|projects?"
    r"|languages?|packages?"
    r"|plugins?|integrations?)\b"
)
DOCUMENTATION = regex(
    r"\b(?:docs?|documentation|faqs?|manual|api|reference|guide|book|changelog|roadmap)\b", re.IGNORECASE
)
TRACKER = regex(r"/issues?(?:[/?#]|\Z)|/(?:bugs|jira)\b|//(?:bugs|jira|bugzilla)\.", re.IGNORECASE)
PROPOSING = regex(
    r"\b(?:report|bugs?|security|vulnerab\w*|features?|proposals?|rfcs?|enhancements?)\b", re.IGNORECASE
)
MAIL = regex(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
WANTING = regex(
    r"\b(?:questions?|help|support|ask|contact|reach|get in touch|talk to|trouble|stuck|problems?"
    r"|write to|e-?mail us)\b",
    re.IGNORECASE,
)
SECRET = regex(r"secur|vulnerab|disclos|conduct|abus|harass|sponsor|licen[cs]|privately", re.IGNORECASE)
ROOM = (
    regex(r"\B#[a-z][\w-]{2,}", re.IGNORECASE),
    regex(
        r"\b(?:irc|slack|libera|oftc|freenode|discord|matrix|channels?|in\s+#[a-z][\w-]{2,})\b", re.IGNORECASE
    ),
    regex(
        r"\b(?:ask|questions?|help|join|chat|talk|discuss\w*|support|reach|contact|get in touch)\b",
        re.IGNORECASE,
    ),
)
"""A sentence names a room to ask in where all of these match."""
BADGE = regex(
    r"\B#[a-z][\w-]{2,}.{0,20}\b(?:irc|slack|libera|oftc|discord|matrix|gitter|zulip)\b"
    r"|\b(?:irc|slack|libera|discord|matrix|gitter|zulip)\b.{0,20}\b(?:channel|chat|room)\b"
    r"|\b(?:join|chat)\b.{0,20}\b(?:irc|slack|libera|discord|matrix|gitter|zulip)\b",
    re.IGNORECASE,
)
"""The text of a badge that names a room, whatever it links to."""
IN_TRACKER = regex(
    r"\b(?:questions?|(?:need|want) (?:some |any )?(?:help|support)|trouble|stuck|unsure|not sure|to ask)\b.{0,90}"
    r"\b(?:open(?:ing)?|creat(?:e|ing)|fil(?:e|ing)|rais(?:e|ing)|submit(?:ting)?|us(?:e|ing)"
    r"|post(?:ing)?)\b.{0,40}"
    r"\b(?:issues?|tickets?|tracker)\b"
    r"|\b(?:open|create|file|raise|submit)\b.{0,30}\bissues?\b.{0,40}\b(?:questions?"
    r"|(?:need|want) (?:some |any )?(?:help|support)|for (?:help|support))\b",
    re.IGNORECASE,
)
NOT = regex(
    r"\b(?:not|never|no longer|instead of|rather than|only for|aren't|isn't)\b|n't (?!hesitate)",
    re.IGNORECASE,
)
MAX_TITLE = 12
"""How many lines at the top of an issue template may say what it is for."""
TITLED = regex(r"(?:name|about|description):", re.IGNORECASE)
TITLE = regex(r"\bquestions?\b|\bask\b|\bsupport request|\bget(?:ting)? help\b", re.IGNORECASE)
QUESTIONS = regex(r"\b(?:questions?|(?:get|getting|need|some) help|support|ask(?:ing)?)\b|\Ahelp\b")
QUESTION_FORM = regex(r"question|support|help|discussion", re.IGNORECASE)
RESPONSE = regex(
    r"\b(?:respon(?:d|se|ds)|repl(?:y|ies)|answers?|get back|acknowledge\w*|triage\w*|look at)\b.{0,80}"
    r"\b(?:hours?|(?:business |working )?days?|weeks?)\b"
    r"|\b(?:within|in)\b.{0,30}\b(?:hours?|(?:business |working )?days?"
    r"|weeks?)\b.{0,60}\b(?:respon\w+|repl(?:y|ies)|answers?)\b",
    re.IGNORECASE,
)
