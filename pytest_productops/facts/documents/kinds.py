"""How the documents about a team's process are named.

The names are those of CATALOGUE section 3, of the forges' community files
(https://docs.github.com/communities/setting-up-your-project-for-healthy-contributions) and of common use.
They are whole file names without suffix, in lower case, with `-` between words; `GUIDE` may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pytest_productops.lazy import dataclass, regex

_GUIDE = (
    r"(?:-(?:guides?|guidelines?|instructions|docs|documentation|handbook|manual|overview|process|workflow"
    r"|procedure|checklist|policy|practices|steps|setup|environment|notes|strategy|plan))?"
)


@dataclass(frozen=True)
class Kind:
    """An artifact's names, best first, and the folders all of whose documents count.

    `deep`: the name counts in any folder of the documentation, else at its top and in the team's folders.
    `process`: it is a process document. `users`: in a published site it may be about the users' own product,
    so that there it is no process document outside the team's folders.
    """

    names: tuple[re.Pattern[str], ...]
    folders: re.Pattern[str]
    deep: bool = False
    process: bool = True
    users: bool = False


def _kind(*names: str, folders: str = r"(?!)", **traits: bool) -> Kind:
    """Make a kind of alternatives that are apart by spaces."""
    return Kind(tuple(map(_any, names)), _any(folders), **traits)


def _any(words: str) -> re.Pattern[str]:
    alternatives: Iterable[str] = words.replace("GUIDE", _GUIDE).split()
    return regex(rf"(?:{'|'.join(alternatives)})\Z")


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "readme": _kind("readme"),
        "contributing": _kind(
            r"(?:how-to-)?contribut(?:e|ing|ion|ions)(?:-to-[\w-]+|-code)?GUIDE"
            r" contributors?-(?:guide|guidelines)",
            r"hacking develop(?:er|ers|ing|ment)?GUIDE development-quick-?start",
            r"dev-(?:guide|setup|docs|environment|readme) readme-dev(?:elopment|elopers)? agreed-practices",
            folders=r"contribut\w* dev(?:el(?:op(?:er|ers|ment|ing)?)?)? hacking",
        ),
        "testing": _kind(r"(?:how-to-)?test(?:s|ing)?GUIDE", users=True),
        "security": _kind(
            r"security(?:-policy|-process|-contacts)? responsible-disclosure"
            r" (?:report\w*-)?vulnerabilit(?:y|ies)(?:-disclosure|-reporting|-policy)?",
            users=True,
        ),
        "support": _kind(r"support (?:getting|get)-(?:help|support)", deep=True, users=True),
        "review": _kind(
            r"(?:code-|peer-|pr-|pull-request-|merge-request-)?review(?:s|er|ers|ing)?GUIDE(?:-process)?",
            r"(?:pull|merge)-requests?GUIDE",
            deep=True,
        ),
        "release": _kind(
            r"releas(?:e|ing)(?!-notes\Z)(?:-how-?to|-management|-playbook|-cycle)?GUIDE (?:how-to-)?publish(?:ing)?"
            r" (?:how-to|making-a|cutting-a|doing-a)-release",
            r"releases versioning",
        ),
        "deployment": _kind(
            r"(?:how-to-)?deploy(?:ing|ment|ments)?(?:-runbook)?GUIDE continuous-(?:delivery|deployment)",
            folders=r"deploy(?:ing|ment|ments)?",
            users=True,
        ),
        "rollback": _kind(r"roll(?:ing)?-?backs?(?:-runbook)?GUIDE", users=True),
        "runbook": _kind(
            r"(?:[\w-]+-)?run-?books?(?:-[\w-]+)?",
            r"operations? ops operating on-?call(?:-[\w-]+)? playbooks?"
            r" (?:operations?|ops)-(?:guide|manual|handbook) monitoring disaster-recoveryGUIDE"
            r" incident-(?:response|management|process|playbook)",
            folders=r"run-?books? operations? ops on-?call playbooks?",
            users=True,
        ),
        "onboarding": _kind(
            r"(?:[\w-]+-)?onboard(?:ing)?(?:-[\w-]+)? new-(?:starter|joiner|hire|developer)s?"
            r" getting-started-(?:for-)?(?:contributors|developers)",
            folders="onboarding",
            deep=True,
            users=True,
        ),
        "governance": _kind(r"governance(?:-model|-policy)? steering(?:-committee|-council)?", deep=True),
        "ownership": _kind(
            r"maintainers? owners ownership committers core-(?:developers?|team|maintainers) code-owners"
        ),
        "done": _kind("definition-of-done dod", deep=True),
        "conduct": _kind("code-of-conduct", process=False, deep=True),
        "architecture": _kind(
            r"architecture(?:-[\w-]+)?", r"(?:system-)?design(?:-overview)?", process=False
        ),
        "decisions": _kind(
            r"decisions adrs? architecture-decisions?(?:-records?)?",
            folders=r"adrs? decisions? decision-records? architecture-decisions?(?:-records?)? rfcs?",
            process=False,
        ),
        "roadmap": _kind("roadmap", process=False),
        "postmortems": _kind(
            r"post-?mortems?(?:-[\w-]+)? incidents?", folders=r"post-?mortems? incidents?", process=False
        ),
        "changelog": _kind(
            r"change-?logs? changes history news release-?notes releases whats-?new", process=False
        ),
    }
)
"""Artifact kind -> how it is found."""
DECLARED = frozenset({*KINDS, "agreement", "tasks"})
"""Kinds whose place the settings may declare: these, the working agreement and the register of tasks."""
