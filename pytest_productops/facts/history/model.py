"""The words of history: commit, change, tag, removal."""

from __future__ import annotations

import datetime
import re

from pytest_productops.lazy import dataclass, regex

MOST_CHANGES = 100
"""A commit that touches more paths is a bulk change: it says nothing of what its author knew or meant."""
BOT = regex(
    r"\[bot\]|(?<![^\W\d_])(?:ro)?bots?(?![^\W\d_])|\b(?:dependabot|renovate|renovatebot|greenkeeper|snyk-bot"
    r"|pyup|scala-steward|whitesource|mend-bolt|depfu|imgbot|fossabot|mergify|kodiakhq|weblate|transifex"
    r"|crowdin|translatewiki|pre-commit[-.]ci|github[- ]actions?|openstack proposal|stickler-ci|styleci"
    r"|restyled|l10n[- ]daemon|autofix-ci|release-please|semantic-release|all-?contributors|copilot-swe-agent"
    r"|codeflash-ai|auto ?releaser)\b",
    re.IGNORECASE,
)
"""How names and addresses of programs look. `Abbot` and `Talbot` are people."""
_WHOLE = regex(
    r"^(?:github|gitlab(?: ci)?|jenkins(?: ci)?|travis ci|travis-ci|circle ?ci|azure pipelines|zuul|bors|homu"
    r"|ci|ci user|continuous integration|automation|netlify|vercel|codecov|deepsource|pontoon|copilot|codex"
    r"|cursor agent|.* releaser|.* release tools?|actions-user|web-flow)$"
    r"|^(?!(?:\w*[ae]l|ab|ca|ra|cha|za|chro|nes)bot$)[a-z0-9]{3,}(?:bot|releaser)$",
    re.IGNORECASE,
)
"""How the whole name of a program looks that names a product, or is one word."""
_AGENTS = frozenset({"noreply@anthropic.com"})
_SHORT = 9
_ALIKE = 80
"""How much of a text, in percent, stays in a renaming that nobody doubts."""


@dataclass(frozen=True)
class Change:
    """What a commit did to a path: A added, M modified, D deleted, T changed its type. A rename is A and D."""

    status: str
    path: str


@dataclass(frozen=True)
class Commit:
    """A commit: its day is the committer's, in UTC; trailers are (key, value) pairs.

    Names are those that `.mailmap` gives. `body` is the message below the subject, trailers included.
    `changes` are there where they were asked for (see `History`); `listed` says that
    `.git-blame-ignore-revs` names it. `delay` are the seconds between writing and committing: a rebase, an amend
    or somebody else's hand came between.
    """

    sha: str
    day: datetime.date
    author: str
    email: str
    subject: str
    trailers: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    parents: tuple[str, ...] = ()
    committer: str = ""
    committer_email: str = ""
    body: str = ""
    listed: bool = False
    delay: int = 0

    @property
    def human(self) -> bool:
        """Whether a person made it, as far as names tell."""
        return not is_bot(self.author, self.email)

    @property
    def merge(self) -> bool:
        """Whether it joins branches."""
        return len(self.parents) > 1

    @property
    def bulk(self) -> bool:
        """Whether it changes so much at once, or is listed as mere reformatting, that it tells nothing of a file."""
        return self.listed or len(self.changes) > MOST_CHANGES

    @property
    def short(self) -> str:
        """The id as people write it."""
        return self.sha[:_SHORT]

    def __str__(self) -> str:
        return f"{self.short}, {self.day}"


def is_bot(name: str, email: str) -> bool:
    """Whether a program commits under this name, as far as name and address tell."""
    local = email.partition("@")[0].rpartition("+")[2]
    return bool(BOT.search(name) or BOT.search(local) or _WHOLE.match(name)) or email.lower() in _AGENTS


@dataclass(frozen=True)
class Removal:
    """What became of a path that is no more: the commit that took it away, and where it went.

    `renamed_to` is the path that this commit gave it, as git sees it, and `later` what became of that path if
    it is no more either. As text: `renamed to docs/b.md in 0123abcde, 2023-06-21`, to stand in a message.
    """

    commit: Commit
    renamed_to: str | None = None
    later: Removal | None = None
    alike: int = 0

    @property
    def surely(self) -> str:
        """Where it is today, nothing where that is not certain: only half of a text went there.

        Git takes what is half alike for renamed, which any two short files of one kind may be.
        """
        sure = self.alike >= _ALIKE and (self.later is None or self.later.surely)
        return (self.now or "") if sure else ""

    @property
    def now(self) -> str | None:
        """Where it is today, renames followed; None where it is deleted."""
        return self.later.now if self.later else self.renamed_to

    def __str__(self) -> str:
        moved = f"renamed to {self.renamed_to}" if self.renamed_to else "deleted"
        after = f", then {self.later}" if self.later else ""
        return f"{moved} in {self.commit}{after}"


@dataclass(frozen=True)
class Tag:
    """A tag: its day is the one it was made on (an annotated tag's own, else its commit's); `sha` its commit's."""

    name: str
    day: datetime.date
    sha: str = ""


def day(text: str) -> datetime.date:
    """Read a day; one that no calendar holds becomes the earliest."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return datetime.date.min


def ignored_revisions(text: str) -> frozenset[str]:
    """Read `.git-blame-ignore-revs`: one full id a line, comments after `#`.

    See https://git-scm.com/docs/git-blame#Documentation/git-blame.txt---ignore-revs-filefile.
    """
    lines = (line.partition("#")[0].strip().lower() for line in text.splitlines())
    return frozenset(line for line in lines if re.fullmatch(r"[0-9a-f]{40,64}", line))
