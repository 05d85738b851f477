"""Finished words: what lists demand of a change, and what they are called."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

ON_CHANGES = regex(
    r"contribut|pull|patch|submit|review|develop|checklist|quality|practice|standards|guidelines"
    r"|workflow|hacking|done"
    r"|\A(?:index|_index|readme)\.",
    re.IGNORECASE,
)
"""Names of a guide's documents that speak of changes."""
FEWEST = 2
"""Fewest demands of a list in a guide, or of one without boxes."""
MAX_DOCUMENTS = 40
"""Most documents of the guide that are read."""
# What is demanded of a change, by subject; a list speaks of a finished change where it names several.
DEMANDS = {
    "tests": regex(r"\btest(?:s|ed|ing|case|cases)?\b|\bspecs?\b|\bcoverage\b|\bqa(?:'?d)?\b", re.IGNORECASE),
    "documentation": regex(
        r"\bdoc(?:s|ument\w*|strings?)?\b|\breadme\b|\bjavadoc\b|\bexamples?\b", re.IGNORECASE
    ),
    "changelog": regex(
        r"\bchange-?\s?log\b|\bchanges?(?:\.\w+| entry| file)|\bchangesets?\b|\brelease[- ]?notes?\b"
        r"|\bnews\b|\bhistory\b|\bnewsfragments?\b|\bversion(?:added|changed)\b|\bwhat'?s new\b"
        r"|\bupgrad\w+ (?:notes?|guide)",
        re.IGNORECASE,
    ),
    "style": regex(
        r"\blint\w*\b|\bformat(?:ted|ter|ting)?\b|\b(?:code|coding) (?:style|standards?|guidelines?"
        r"|conventions?)\b"
        r"|\bstyle ?guides?\b|\bconventions?\b|\brubocop\b|\bpre-?commit\b|\btype[- ]?(?:check\w*"
        r"|hints?|annotat\w+|safe)"
        r"|\bwarnings?\b|\bmypy\b|\bclippy\b|\bPEP ?8\b",
        re.IGNORECASE,
    ),
    "checks": regex(
        r"\b(?:ci|continuous integration|build|checks?|pipeline)\b.{0,40}\b(?:pass\w*|green"
        r"|succeed\w*|success\w*)\b"
        r"|\b(?:pass\w*|green)\b.{0,30}\b(?:ci|build|checks?|pipeline)\b"
        r"|\b(?:local )?build\b.{0,60}\brun\b|\brun\b.{0,60}\bbuild\b"
        r"|\bbuilds? (?:locally|without|cleanly)|\bmake (?:check|verify|all)\b|\bverify\b",
        re.IGNORECASE,
    ),
    "commits": regex(
        r"\bsigned?[- ]?off\b|\bdco\b|\bcla\b|\bcommit messages?\b|\bconventional commits?\b"
        r"|\bsquash\w*\b|\brebas\w+\b"
        r"|\bcommit (?:history|log|hygiene)\b",
        re.IGNORECASE,
    ),
    "review": regex(
        r"\bself[- ]?review\w*\b|\breviewed (?:my|your|the)\b|\bperformed a .{0,40}review\b|\bbreaking changes?\b"
        r"|\bbackwards?[- ]compat\w*\b|\bdeprecat\w+\b|\baccessib\w+\b|\bscreenshots?\b"
        r"|\bmigrations?\b|\bsecurity\b"
        r"|\bperformance\b|\bbenchmark\w*\b|\bmonitor\w*\b|\bfeature flag\w*\b|\brollback\b"
        r"|\bpermission\w*\b|\bcomment(?:ed|s)\b"
        r"|\bdependent changes\b|\bperformant\b|\boptimi[sz]ed\b",
        re.IGNORECASE,
    ),
}
STRONG = ("tests", "documentation", "changelog", "style", "checks")
# A box that says what kind of change it is.
KIND = regex(
    r"\A\W*(?:(?:bug|hot)[- ]?fix(?:es)?|(?:new |minor |major )?features?|enhancements?|refactor\w*"
    r"|breaking changes?|chore"
    r"|(?:documentation|docs?)(?: (?:changes?|updates?|modification|improvements?|only|content changes))?"
    r"|tests?(?: (?:only|changes?|updates?|improvements?))?|style|code style(?: update)?"
    r"|performance(?: improvements?)?|perf"
    r"|build(?:[- ]related changes)?|ci(?:[/-]?(?:cd)? ?related changes| changes?)?"
    r"|dependenc\w+(?: updates?)?|security(?: fix)?"
    r"|release|other|others|none|n/?a|yes|no|maintenance|cleanup|translations?|revert|unit tests?"
    r"|(?:e2e|integration|manual)"
    r"(?: tests?)?(?: \([^)]*\))?|manually|not applicable|typo\w*)\s*(?:[(:/,|\u2013\u2014-].*)?\W*\Z",
    re.IGNORECASE,
)
KIND_HEADING = regex(
    r"\b(?:types? of|kinds? of|what (?:kind|type|sort)|category|categories|classification|scope|area"
    r"|affected|impact"
    r"|which|semver|labels?|does this (?:pr|change)|introduces?|how (?:is|was|has) (?:this|it)"
    r"|packages?|components?)\b",
    re.IGNORECASE,
)
CHECKLIST = regex(
    r"\bcheck ?-?lists?\b|\bbefore (?:merg|submit|request|review|you)|\bdefinition of done\b", re.IGNORECASE
)
KINDS = regex(r"\b(?:types?|kinds?|sort|categor\w+|classification)\b", re.IGNORECASE)
FORMAL = regex(
    r"\b(?:read|AI|LLMs?|understand\w*|agree\w*|search\w*|duplicate\w*|conduct|CLA|licen[cs]e\w*"
    r"|issues?|discuss\w*|draft|ticket"
    r"|title|description|branch)\b",
    re.IGNORECASE,
)
"""Boxes on how a change is brought, not on what it needs."""
# What a list in a guide is called, in its heading or the line before it.
LED = regex(
    r"\bchecklists?\b|\bcheck list\b|\bbefore (?:you |your |submitting|opening|sending|creating"
    r"|making|requesting|merging|it|a|we|the|pushing)"
    r"|\b(?:criteria|requirements?|acceptance|expectations?|expect|must|should|ensure|make sure"
    r"|guidelines|definition of done"
    r"|standards|rules|require[sd]?|needs?|remember|keep in mind|please|follow\w*|pay attention"
    r"|look for|increase the "
    r"(?:likelihood|chance)|more likely|likelihood|good pull|pull requests?|prs?\b|merge requests?"
    r"|patch(?:es)?|submit\w*"
    r"|contribut\w+|steps?|process|workflow|review\w*|merg\w+)\b",
    re.IGNORECASE,
)
DEMANDING = regex(
    r"\b(?:should|must|please|ensure|make sure|has to|have to|needs? to|required?|don't forget|remember)\b"
    r"|\A\W*(?:(?:and|also|then|always|if \w+,?|when \w+,?|\w+:)\W+)?(?:add|includ|updat|writ|run"
    r"|pass|follow|have|cover|document"
    r"|format|lint|check|test|verif|provid|fix|squash|sign|keep|us|mak|creat|confirm|maintain|do"
    r"|adher|compl|match)(?:e|es|ed|ing|s|y)?\b"
    r"|\b(?:pass(?:es)?|(?:is|are|been|was|were) (?:\w+ )?(?:added|updated|covered|documented|tested"
    r"|written|formatted|included))\b"
    r"|\bI(?:'ve| have)\b",
    re.IGNORECASE,
)
NOT_A_CHANGE = regex(
    r"\b(?:bug reports?|reporting|issues?|releas\w*|publish\w*|install\w*|set-?up|environment"
    r"|prerequisites|requirements to|faq"
    r"|table of contents|contents|layout|structure|director\w+|folders?|files|resources|links|tools"
    r"|community|commands"
    r"|running|ways to|how can i|types of contribution|good first|conduct|security|deprecat\w+ policy"
    r"|roadmap|glossary)\b",
    re.IGNORECASE,
)
