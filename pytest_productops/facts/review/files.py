"""Review files: what a forge's files say of reviews, CODEOWNERS and the settings that are kept in the repository."""

from __future__ import annotations

import re

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_CODEOWNERS = ("codeowners", ".github/codeowners", ".gitlab/codeowners", "docs/codeowners")
_OWNERS = (*_CODEOWNERS, "owners", "*/owners")
_SETTINGS = (
    ".github/settings.y*ml", ".mergify.yml", ".github/mergify.yml", ".asf.yaml", ".github/rulesets/*",
    "*branch[-_]protection*", ".bulldozer.yml", ".policy.yml", "policy-bot.y*ml",
)  # fmt: skip
_COUNT = regex(
    r"(?:required_approving_review_count|required_approvals?|approved-reviews-by)[\"']?\s*(?:#?>=|[:=>])\s*[\"']?(\d+)?",
    re.IGNORECASE,
)
_NAMED = regex(r"(?:^|\s)@\S+|\S+@\S+\.\S+|^\s*-\s+\w")
_DEMANDS = regex(
    r"\b(?:requires?|required|must|needs?|ensure|only|restrict\w*)\b[^.]{0,100}\b(?:review(?:ed|s)?|approv(?:al|ed|e))\b"
    r"|\b(?:reviewed|approved) by\b",
    re.IGNORECASE,
)
_BOILERPLATE = regex(
    r"default owners|takes? precedence|will be requested|order is important|automatically (?:be )?requested"
    r"|unless a later match"
    r"|requests? (?:a )?review|for more (?:info|details)",
    re.IGNORECASE,
)
"""What a forge's own example of the file says."""


def named_owners(files: Files, *, all_of_it: bool = False) -> Location | None:
    """Return a CODEOWNERS or OWNERS file that names somebody; if need be, one for the whole repository."""
    for path in files.matching(*(_CODEOWNERS if all_of_it else _OWNERS)):
        owning = [line.split("#")[0] for line in _lines(files, path)]
        if any(_NAMED.search(line) and (line.startswith("* ") or not all_of_it) for line in owning):
            return Location(path)
    return None


def counted(files: Files, least: int = 0) -> Location | None:
    """Return the setting that tells how many approvals a change needs, if it is at least `least`."""
    for path in files.matching(*_SETTINGS):
        for number, line in enumerate(_lines(files, path), 1):
            match = _COUNT.search(line.split("#")[0] if path.startswith(".asf") else line)
            if match and int((match[1] or "1")[:4]) >= least:
                return Location(path, number)
    return None


def commented(files: Files) -> Location | None:
    """Return where comments of CODEOWNERS demand a review or an approval; a forge's own example does not count."""
    for path in files.matching(*_CODEOWNERS):
        said: list[tuple[int, str]] = []
        for number, line in enumerate((*_lines(files, path), ""), 1):
            if line.lstrip().startswith("#"):
                said.append((number, line.strip(" \t#")))
                continue
            text = " ".join(words for _, words in said)
            if said and _DEMANDS.search(text) and not _BOILERPLATE.search(text):
                return Location(path, said[0][0])
            said = []
    return None


def _lines(files: Files, path: str) -> list[str]:
    try:
        return files.read(path).split("\n")
    except Unreadable:
        return []
