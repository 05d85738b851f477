"""Review words: the sentences by which a text tells who reviews a change and how many have to approve it.

Each expression is for one sentence. That the talk is of changes is `CHANGES`' to say, of the sentence, the one
before it or the heading.
"""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

_ROLE = (
    r"(?:maintainers?|owners?|committers?|reviewers?|approvers?|collaborators?|leads?|admins?|engineers?|developers?"
    r"|devs?|triagers?|team members?|(?:core|community|org|organi[sz]ation|project) members?|core contributors?"
    r"|code ?owners?"
    r"|colleagues?|peers?|steering|members? of [\w' -]{0,30}\b(?:team|organi[sz]ation|group|committee|council)"
    r"|people with [\w ]{0,20}(?:access|rights|permissions?)|persons?|people|[\w-]+ team|team)"
)
_OTHER = r"(?:someone(?: else)?|somebody(?: else)?|anyone|another (?:person|pair)|others?)"
_PLAIN = r"(?:[\w'\u2019/-]+,? ){0,3}"
_MANY = (
    r"(?:at least (?:an? |\w+)|minimum of \w+|(?:more than )?(?:one|two|three|four|five|[1-5])|an?(?:other)? second"
    r"|a single|single|another)(?: \(\d\))?(?: or more)?(?:,? (?:or|to|and) (?:one|two|three|four|[1-5]))?"
)
_SOME = rf"(?:{_MANY})\s+{_PLAIN}{_ROLE}"
_ONE = rf"an?\s+{_PLAIN}{_ROLE}"
_BY_SOME = rf"(?:at least \w+|{_OTHER}|{_SOME}|{_ONE})\b"
_HELPING = (
    r"(?:['\u2019]ll|will|would|can|could|may|must|should|shall|might|has|have|had|to|needs?|is|are|be|been|required|do"
    r"|does|our|their|best|try|tries|aim|strive|then|also|always|usually|often|generally|typically|manually|carefully"
    r"|regularly|happy|glad|happily|gladly|begin|start|get|first|who|explicitly|eventually|normally|and|each|all)"
)
_ACTS = r"(?:review|approve|merge|sign[- ]off|LGTM)(?:s|ed|ing)?|approv(?:ing|al)"
_APPROVES = r"(?:review|approve|sign[- ]off|LGTM)(?:s|ed|ing)?|approv(?:ing|al)"
_DONE = r"(?:reviewed|approved|accepted|signed off|LGTMed|assessed)(?:,? (?:and|or|then|&) \w+)?"
_SIGN = (
    r"(?:approvals?|(?:approving|positive|code|peer) reviews?|reviews?|LGTMs?|\+[12]s?|thumbs[- ]ups?|sign-?offs?"
    r"|acks?)"
)
_BY = rf"[^.;:]{{0,50}}?(?:\b(?:{_ROLE}|us|{_OTHER})\b|@[\w-]+(?:/[\w-]+)?)"

CHANGES = regex(
    r"\b(?:pull[- ]?requests?|PRs?|merge[- ]?requests?|MRs?|patch(?:es|sets?)?|changes?|commits?|contribut\w+|code"
    r"|submi(?:t\w*|ssions?)|branch(?:es)?)\b",
    re.IGNORECASE,
)
"""What is reviewed."""
WHO = regex(
    rf"\b{_ROLE}\b[^.;:]{{0,60}}?\b(?:{_ACTS})\b"
    rf"|\b(?:{_DONE}|merged)\b[^.;:]{{0,20}} by {_BY}"
    rf"|(?:\b|(?<!\w)\+){_SIGN}\s(?:[\w-]+ ){{0,2}}(?:from|by|of) {_BY}"
    rf"|\bwe(?:\b|(?=['\u2019]))(?:\s?\b{_HELPING}|['\u2019]ll)*\s(?:{_ACTS}|(?:take|have) a look)\b"
    rf"|\+[12]\b.{{0,40}}\b{_ROLE}\b",
    re.IGNORECASE,
)
"""Who reviews, approves or merges."""
HOW_MANY = regex(
    rf"\b{_SOME}\b[^.;:]{{0,50}}?\b(?:{_ACTS})\b"
    rf"|\b{_SOME}\b(?: \w+)? for (?:a |code )?review\b"
    rf"|\b{_ONE}\b(?: {_HELPING})* (?:{_APPROVES})\b"
    rf"|\b(?:{_DONE}|merged),?(?: \w+ly| once| first)? by {_BY_SOME}"
    rf"|{_SIGN}\s(?:[\w-]+ ){{0,2}}(?:from|by|(?<=sign-off )of|(?<=approval )of) {_BY_SOME}"
    rf"|\b(?:{_MANY})\s+{_PLAIN}(?:{_SIGN}|reviewers?|approvers?|pairs? of eyes)(?!\w)"
    rf"|\ban?\s+(?:approval|approving review|LGTM|sign-?off|\+1)(?!\w)"
    rf"|(?<![\w+])\+2\b"
    r"|\b(?:nobody|no[- ]one|never|not|cannot|can['\u2019]t|don['\u2019]t)\b[^.;:]{0,40}?\b(?:merge|approve)s?\b"
    r"[^.;:]{0,20}?\bown\b",
    re.IGNORECASE,
)
"""How many of them have to."""
REVIEWED = regex(
    r"\b(?:be|been|being|is|are|gets?|got|was|were|not)\s+(?:\w+\s+){0,3}(?:reviewed|approved(?! for))\b"
    r"|\breview(?:ing)? (?:process|policy|workflow|procedure|cycle|guidelines|period)|\bapproval process"
    r"|\bcode review(?:s|ed)?\b"
    r"|\bfor (?:a |an |further |initial |final |code |peer )*review\b"
    r"|\brequest(?:s|ed|ing)? (?:a |an )?(?:code |peer )?reviews?\b"
    r"|\breviews? of (?:\w+ ){0,2}(?:pull requests|PRs|merge requests|patches|changes|contributions)\b"
    r"|\breview (?:comments?|feedback|requests?)\b"
    r"|\breviewers? (?:will|may|might|can|should|must|check|ask|look)",
    re.IGNORECASE,
)
"""That changes are reviewed at all."""
NO_POLICY = regex(
    r"\b(?:if|when) (?:an?|another|one|the)\b[^,]{0,80}\b(?:has|have|is|are|knows?|wants?|asks?|requests?)\b"
    r"|\bif (?:your|you need|nobody)\b[^,]{0,60}\bspecific\b|\bif you(?:['\u2019]re| are) (?:the|a)\b|\bin the event\b"
    r"|\b(?:eas(?:y|ier|ily)|hard(?:er)?|difficult|quick(?:er|ly)?|fast(?:er)?|simpler?|time|pleasant|help(?:s|ful)?"
    r"|speeds? up) (?:\w+ )?(?:to|for)? ?(?:\w+ ){0,3}(?:be )?(?:review|verify)"
    r"|\breviews?\b(?: \w+){0,3} (?:much |more |a lot )*(?:easier|faster|simpler|quicker|harder|pleasant|efficient)"
    r"|\breview(?:ing)? (?:open |other )?(?:pull requests|PRs|patches) (?:of|from|by) others|\bwithout review"
    r"|\bpreview|\breview apps?\b|\breview(?:ing)? and sign"
    r"|\breview(?:ing)? (?:the|this|these|our|your|its|any|all|existing) (?:\w+ )?(?:issues?|design|document\w*"
    r"|guide\w*|licen[cs]e|agreement|docs|section|page|readme|rendered|output|policy|rules|checklist|file|steps|information"
    r"|instructions|code of conduct|own)"
    r"|\b(?:review|accept|approv)\w* (?:the|your|a) (?:design|issue|proposal|feature)"
    r"|\b(?:tickets?|issues?|bug reports?|proposals?)\b[^,]{0,80}\b(?:be|is|are|been) (?:reviewed|approved)"
    r"|\bnot (?:\w+ )?want (?:to )?merge\b|\bmay or may not\b|\bparticipated in\b"
    r"|\b(?:approved|accepted) (?:open[- ]source|licen[cs]e)|\bOSI-approved"
    r"|\b(?:help|participate|take (?:a )?part|volunteer)\b[^.]{0,60}\breview"
    r"|\bsigned-off-by\b|\bdeveloper certificate\b|\b(?:perform|add|include|provide)\w* (?:\w+ ){0,3}sign-?off"
    r"|\bsign-?off (?:\w+ ){0,3}commit"
    r"|\b(?:AI|LLMs?|copilot|generated)\b[^.;]{0,80}\b(?:review|approv)\w*"
    r"|\b(?:review|approv)(?:ed|s)?\b[^.;:]{0,60}\bby (?:a human\b(?! \w*(?:maintain|review))|yourself\b"
    r"|you\b|the author\b)"
    r"|\b(?:you|your(?:self)?|authors?) (?:\w+ ){0,4}(?:review|read|understand)\w* (?:\w+ ){0,4}(?:generated|AI|LLM)",
    re.IGNORECASE,
)
"""Talk of reviews that is no rule for them: conditions, advantages, reviews of other things, calls for help."""
ROLES = regex(
    rf"\b{_ROLE}\b(?: \w+){{0,2}} (?:will|must|should|shall|(?:has|have|needs?) to)(?: \w+){{0,4}} (?:{_ACTS})\b"
    rf"|\b(?:a|the|one of (?:the|our)|our)\s+{_PLAIN}{_ROLE}\s(?:reviews|approves|merges|signs off)\b"
    rf"|\b(?:{_DONE}|merged)\b[^.;:]{{0,20}} by (?!you\b|your\b){_BY}"
    rf"|(?:\b|(?<!\w)\+){_SIGN}\s(?:[\w-]+ ){{0,2}}(?:from|by|of) {_BY}"
    rf"|\bonly\b[^.;:]{{0,40}}\b{_ROLE}\b[^.;:]{{0,30}}\b(?:merge|approve)"
    r"|\bonly ones who can\b[^.;:]{0,20}\b(?:merge|approve)",
    re.IGNORECASE,
)
"""A role that reviews, approves or merges, as a rule."""
_HAVE_TO = r"\b(?:must|needs?|ha(?:s|ve)|should|requires?|required)\b[^.;:]{0,40}\b"
_PASSED = r"(?:review(?:ed)?|approv(?:ed|al))\b"
DEMANDED = regex(
    rf"{_HAVE_TO}(?:be|been) (?:\w+ )?(?:reviewed|approved)\b"
    rf"|{_HAVE_TO}(?:go through|undergo|pass|get|receive|have) (?:\w+ ){{0,2}}(?:code |peer )?(?:review|approval)s?\b"
    rf"|{_HAVE_TO}(?:review and |explicit |an? )+approval\b"
    r"|\b(?:requires?|needs?|undergo(?:es)?|goes through) (?:\w+ ){0,2}(?:(?:code|peer) )?(?:review|approval)s?\b"
    r"|\b(?:all|every|each)\b[^.;:]{0,60}\b(?:are|is|gets?|will be) (?:\w+ )?reviewed\b"
    rf"|\b(?:not|never|only)\b[^.;:]{{0,20}}\bmerged?\b[^.;:]{{0,60}}\b{_PASSED}"
    r"|\b(?:merged?|lands?|landed|accepted)\b[^.;:]{0,20}\b(?:once|after|when|until|only|without)\b"
    rf"[^.;:]{{0,40}}\b{_PASSED}"
    r"|\b(?:once|after)\b[^.;:]{0,60}\bapprov(?:ed|al)\b[^.;]{0,60}\bmerged?\b",
    re.IGNORECASE,
)
"""That a change has to be reviewed or approved."""
OWN = regex(
    r"\b(?:nobody|no[- ]one|never|not|cannot|can['\u2019]t|don['\u2019]t|typically not)\b[^.;:]{0,40}?"
    r"\b(?:merge|approve)s?\b[^.;:]{0,20}?\bown\b"
    r"|\bsomeone (?:else|other than)\b[^.;:]{0,40}\b(?:review|approv|merg)\w*",
    re.IGNORECASE,
)
"""That nobody merges or approves their own."""
NO_RULE = regex(
    r"\bany (?:\w+,? (?:and )?){0,5}(?:member|contributor|one|body)|\banyone\b|\beveryone\b|\bwelcome to\b"
    r"|\bas the maintainers merge\b|\bup[- ]to[- ]date\b|\bagents?\b|\bmay or may not\b|\bfollow(?:ing)? a review"
    r"|\b(?:issue|proposal|feature request|idea|request)s?\b[^,]{0,40}\b(?:approved|reviewed|accepted)"
    r"|\bapproved (?:issue|proposal)|\buntil it has been approved\b|\bhave it approved\b|\blikely\b|\bintended for\b"
    r"|\bdefer\w*\b[^.;]{0,60}\brequest\w*|\bso that\b|\bdocumentation-related\b|\bdependabot\b|\brelease will be\b"
    r"|\bconventions\b",
    re.IGNORECASE,
)
"""Talk of reviewers that binds nobody, or of approvals of something else."""
