"""The words by which a release procedure is known, and what only looks like one; see `procedure`."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

NAME = regex(
    r"(?:.*/)?(?:how[-_ ]?to[-_ ]?)?(?:(?:major|minor|patch|making|cutting|doing|before|after|new"
    r"|stable|security)[-_ ]?(?:version[-_ ])?)*"
    r"(?:a[-_ ])?(?:releas(?:e|es|ing)|publish(?:ing)?)"
    r"(?:[-_ ]?(?:process|procedures?|checklists?|guide|guidelines?|steps|how[-_]?to|instructions"
    r"|playbook|runbook|workflow|management|manager|engineering|doc|docs|readme|plan|a[-_].*|the[-_].*"
    r"|new[-_].*|off[-_].*|and[-_].*))*"
    r"\.(?:md|markdown|mdx|rst|rest|txt|adoc|asciidoc|org)\Z"
    r"|(?:.*/)?RELEAS\w*\Z|(?:^|.*/)(?:releas(?:e|ing)|release[-_](?:tools|process|scripts))/(?:README"
    r"|index|SKILL)\.\w+\Z"
    r"|(?:.*/)?(?:branch[-_ ]?(?:management|release)s?)\.\w+\Z",
    re.IGNORECASE,
)
SURE = regex(
    r"releasing|process|procedure|checklist|guide|how[-_]?to|a[-_]release|(?:^|/)releas\w*/", re.IGNORECASE
)
NOTES = regex(r"notes?\.\w+\Z", re.IGNORECASE)
LOG = regex(r"(?:the )?(?:\w+ )?(?:release notes|change ?log|what ?s new|(?:release|version) history)")
"""The title of a page that tells of releases, not of how to make them."""
FOLDER = regex(
    r"(?:.*/)?(?:releas(?:e|ing|-process)|maintain(?:ers?|ing))/[\w.-]+\.(?:md|rst|adoc|txt)\Z", re.IGNORECASE
)
TEAM = regex(
    r"(?:\.github/|\.gitlab/)(?:ISSUE_TEMPLATE/|PULL_REQUEST_TEMPLATE/|issue_templates/"
    r"|merge_request_templates/)?[^/]+\.(?:md|rst)\Z"
    r"|(?:[^/]+/)*(?:CONTRIBUT\w*|DEVELOP\w*|MAINTAIN\w*|MAINTENANCE|HACKING\w*|PROCESS|RELEAS\w*"
    r"|GOVERNANCE|PUBLISH\w*|AGENTS|CLAUDE)\.\w+\Z"
    r"|(?:.*/)?(?:contribut\w*|dev(?:el(?:op(?:er|ers|ment|ing)?)?)?(?:[-_](?:docs?|guide))?"
    r"|maintain\w*|internals?|hacking|project|community|team"
    r"|core[-_]?dev\w*)/(?:[\w.-]+/){0,2}[\w.-]+\.(?:md|markdown|rst|adoc|txt|org|asciidoc)\Z"
    r"|README(?:\.\w+)?\Z|docs?/(?:[\w-]*contribut[\w-]*|maintain\w*|dev(?:el\w*)?|hacking)\.\w+\Z"
    r"|(?:[\w.-]+/)?(?:scripts?|tools?|bin|ci|hack|utils?|build|packaging|\.ci)/README\.\w+\Z",
    re.IGNORECASE,
)
USERS = regex(
    r"(?:^|/)(?:users?|user-guide|guides?|tutorials?|examples?|blog|posts?|_posts|news"
    r"|announce(?:ments)?|changelogs?|versioned_docs|templates?|reference|api|design"
    r"|proposals?(?:-\w+)?|rfcs?|keps|adrs?|archive|defunct|locale|docs-locale|i18n|test|tests"
    r"|fixtures|node_modules|vendor|_?vendor|deps)/",
    re.IGNORECASE,
)
PUBLISH = regex(r"(?:.*/)?publish(?:ing)?\.\w+\Z", re.IGNORECASE)
YOURS = regex(
    r"\byour (?:own )?(?:site|website|project|package|apps?|applications?|librar(?:y|ies)|crate|gem|plug-?in"
    r"|theme|extension|work|games?|books?|blog|content|module)\b(?! (?:manager|index)|\.\w)",
    re.IGNORECASE,
)
"""What a page says that tells users how to publish something of theirs."""
ABOUT = regex(
    r"\b(?:releas(?:e|es|ing)|publish(?:ing)?|cut(?:ting)? (?:a|the|new)\b.*\bversion|new version"
    r"|version bumps?|bump(?:ing)? (?:the )?version|ship(?:ping)? (?:a )?(?:release|version))\b"
)
NOT_ABOUT = regex(
    r"\b(?:release notes?|releases? (?:schedule|cadence|policy|calendar|cycle|types?|channels?|dates?"
    r"|status|lifecycle|support)|release (?:branches|history)|supported|support policy|latest release"
    r"|nightly|verif(?:y|ying)|prereleases for users|install\w*|download\w*|roadmap|released"
    r"|announce\w*|deprecat\w*|published|publish(?:ing)? (?:the |an? )?(?:docker )?(?:images?|docs"
    r"|documentation|site|website|pages?|advisor\w*|to github pages))\b"
)
README = regex(
    r"\breleas(?:ing|e process|e procedure|e checklist|e workflow|e steps|e instructions)\b"
    r"|\b(?:how to|making|make|cut|cutting|creat\w+|do|doing|performing|tagging|prepar\w+|publish\w*"
    r"|build and|new|a) (?:a |an |the |new )*(?:\w+ )?releases?\b|\bpublish(?:ing)? (?:a |the |new "
    r"|to )|^(?:releas(?:e|ing)|publishing)$"
)
STEP = regex(
    r"\b(?:tag|tags|tagged|bump|version|changelog|release notes?|publish|push|merge|branch|upload"
    r"|draft|announce|build|checkout|run|update|create|click|commit|pull request|pr|approve|cherry"
    r"|sign|verify|workflow|release)\b",
    re.IGNORECASE,
)
DOES = regex(
    r"\bgit(?: -\S+)* (?:tag|push|checkout|commit|merge)\b|\b(?:make|npm|yarn|pnpm|cargo|rake|just"
    r"|task|mvnw?|gradlew?|bin/|scripts?/|\./)\S* ?\S*(?:releas|publish|deploy|version|bump)|bump"
    r"|version",
    re.IGNORECASE,
)
STARTS = regex(
    r"\bto (?:make|cut|create|publish|do|trigger|start|prepare|perform|release)\b.{0,60}\b(?:releas\w*"
    r"|version)\b.{0,80}\b(?:push|run|tag|merge|create|click|trigger|bump|go to|update)\b"
    r"|\b(?:push(?:ing)?|creat(?:e|ing)|add(?:ing)?) (?:a|the|an?other)\b.{0,30}\b(?:tag"
    r"|release)\b.{0,100}\b(?:trigger\w*|publish\w*|starts?|kicks? off|uploads?|deploys?|builds? and"
    r"|automatically)\b"
    r"|\bmerg(?:e|ing)\b.{0,80}\b(?:releas\w+|version)\b.{0,80}\b(?:trigger\w*|publish\w*|creates?"
    r"|tags?|automatically)\b"
    r"|\b(?:run|trigger|dispatch|start)\b.{0,60}\b(?:releas\w+|publish\w*)\b.{0,40}\b(?:workflow"
    r"|action|job|pipeline|script)\b"
    r"|\b(?:releas\w+|publish\w*)\b.{0,20}\b(?:workflow|action|job|pipeline|script)\b.{0,40}"
    r"\b(?:dispatched|triggered|started|run|invoked)\b",
    re.IGNORECASE,
)
TAGGING = regex(
    r"\bgit(?: -\S+)* tag\b|\b(?:create|push|add|make)\b.{0,30}\btag\b"
    r"|\bdraft a (?:new )?release\b|\bcreate a\b.{0,20}\b(?:pre-?)?release\b",
    re.IGNORECASE,
)
"""What the steps of a deployment do that makes a release as well."""
DEPLOYING = regex(r"\b(?:deploy\w*|ship(?:ping)?|roll(?:ing)? ?out|going live|to production)\b")
ELSEWHERE = regex(
    r"\b(?:releas(?:e|ing) (?:process|procedure|checklist|guide|steps|playbook|instructions|manager)"
    r"|how (?:we|to) releas\w+|making a release)\b",
    re.IGNORECASE,
)
VERIFY = regex(
    r"\b(?:verif\w+|check|checks|confirm|ensure|make sure|validat\w*|smoke[- ]?test\w*|test|tests"
    r"|sanity|review|inspect|watch|wait|monitor|passes|passing|green|dry[- ]?run|look (?:at|for)"
    r"|see (?:that|if|whether)|double[- ]?check|try (?:out|it)|install(?:ed|s)? (?:it|the))\b",
    re.IGNORECASE,
)
UNDO = regex(
    r"\b(?:yank\w*|roll(?:ed|ing)?[- ]?back\w*|revert\w*|undo\w*|hot[- ]?fix\w*|bug-?fix releases?"
    r"|patch releases?|point releases?|retract\w*|unpublish\w*|withdraw\w*|deprecat\w+|delete (?:the"
    r"|a) (?:tag|release)|if (?:something|anything|it|things?|the \w+|a|any)\b.{0,60}\b(?:goes|go|went"
    r"|is|fail\w*|break\w*|wrong|broken|mistake\w*)|recover\w*|backport\w*|downgrad\w*|re-?releas\w*"
    r"|abort\w*|cancel\w*|drop (?:the|a) (?:release|staging|repository)|in case of|fails?|failure"
    r"|botched|security releases?|emergency|restor\w*)\b",
    re.IGNORECASE,
)
AUTOMATED = regex(
    r"\b(?:automat\w+|semantic-release|release-please|release-plz|changesets?|release drafter"
    r"|continuous(?:ly)? (?:deliver|deploy)\w*)\b",
    re.IGNORECASE,
)
RELEASE_SCRIPT = regex(
    r"(?:[\w.-]+/){0,3}(?:[\w]+[-_])?(?:release|publish)(?:[-_][\w-]+)?(?:\.(?:py|sh|rb|js|mjs|ts|pl"
    r"|bash))?\Z",
    re.IGNORECASE,
)
IMPERATIVE = regex(
    r"[\[\]x *_`]*(?:(?:then|next|first|finally|once\b.{0,60},|after\b.{0,60},|if\b.{0,60},|on \w+,"
    r"|go to|please)[, ]+)?"
    r"(?:add|announce|approve|bump|build|change|check|cherry|choose|clean|click|clone|close|commit"
    r"|confirm|copy|create|cut|draft|edit|ensure|enter|export|fetch|fill|generate|get|go|increment"
    r"|make|merge|move|navigate|open|pick|post|prepare|press|publish|pull|push|put|release|remove"
    r"|replace|review|run|select|send|set|sign|start|switch|tag|test|trigger|tweet|type|update|upload"
    r"|verify|visit|wait|write)\b",
    re.IGNORECASE,
)
