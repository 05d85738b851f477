"""The actions of a postmortem: points of a list or rows of a table, with owner, issue, status and day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from types import MappingProxyType

from pytest_productops.facts.documents import Document, Section
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_COLUMNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "owner": regex(
            r"(?i).*\b(?:owners?|assignees?|assigned|who|responsible|dri|lead|person|team|contact)\b.*"
        ),
        "issue": regex(
            r"(?i).*\b(?:bugs?|issues?|tickets?|links?|jira|tracking|tracker|prs?|refs?|references?|url"
            r"|#)\b.*|#"
        ),
        "status": regex(r"(?i).*\b(?:status|state|done|progress|complete\w*|resolved)\b.*"),
        "due": regex(r"(?i).*\b(?:due|deadline|eta|target|by when|when|date)\b.*"),
    }
)
_RULE = regex(r"[\s|:+=-]+")
_ISSUE = regex(
    r"(?<![\w&])#\d+\b|\b(?!UTF|SHA|ISO|RFC|CVE|HTTP|AES|RSA)[A-Z][A-Z0-9]{1,9}-\d+\b|\bgh-\d+"
    r"|https?://\S*(?:issues?|pulls?|merge_requests|browse|tickets?|projects?|cards?|board|task"
    r"|work_?items|commit|T\d+)\S*"
)
_OWNER = regex(
    r"(?<![\w.])@[A-Za-z][\w/-]+|\b(?:owner|assignee|assigned to|responsible|dri|who|lead)\b\W{1,4}\w"
    r"|\((?:[A-Z][a-z]+(?: [A-Z][a-z]+)?|[A-Z]{2,3})\)|\[(?:[A-Z][a-z]+(?: [A-Z][a-z]+)?)\](?![(:])"
    r"|[-\u2013\u2014:] ?[A-Z][a-z]+ [A-Z][a-z]+\W*$",
)
_STATUS = regex(
    r"(?i)\b(?:todo|to do|open|in progress|started|planned|wip|blocked|backlog|not started|pending"
    r"|scheduled|ongoing)\b"
)
_DONE = regex(
    r"(?i)\b(?:done|completed?|fixed|resolved|closed|implemented|merged|deployed|shipped|released"
    r"|finished|won.?t (?:do|fix)|cancel+ed"
    r"|has been|have been|we (?:have )?(?:added|fixed|implemented|rotated|changed|updated|removed"
    r"|set up|deployed|created))\b|~~|[\u2705\u2611\u2714]"
)
_DUE = regex(r"(?i)\b(?:due|deadline|by|until|before|eta|target)\b\W{0,4}(\d{4})-(\d\d)-(\d\d)")
_DAY = regex(r"(\d{4})-(\d\d)-(\d\d)")
_WORD = regex(r"[^\W\d_]{2}")
_LESSON = regex(r"\b(?:what went|lucky|lessons?|learn\w*|questions?)\b")
"""Headings of lists among the actions that are none."""
_NONE = regex(r"(?i)\W*(?:n/?a|none|tbd|todo|unassigned|nobody|unknown|\?+|-*)\W*")


@dataclass(frozen=True)
class Action:
    """Something that was promised. `issue`: it is in a tracker, where its owner and its status are."""

    text: str
    location: Location
    owner: bool = False
    issue: bool = False
    status: bool = False
    done: bool = False
    due: datetime.date | None = None

    @property
    def untracked(self) -> str:
        """What it lacks for somebody to see to it, or nothing."""
        if self.done or self.issue or (self.owner and self.status):
            return ""
        return (
            "neither an owner nor an issue"
            if not self.owner
            else "an owner, but neither an issue nor a status"
        )


def actions_in(section: Section) -> Iterator[Action]:
    """Yield the actions of a section: the rows of its tables, else the outermost points of its lists."""
    rows = list(_rows(section))
    if rows:
        yield from rows
        return
    outer = [
        item for item in section.items if item.depth == 0 and not _LESSON.search(_under(section, item.line))
    ]
    for item, following in zip_longest(outer, outer[1:]):
        last = following.line - 1 if following else section.end
        heading = next((h.line - 1 for h in section.headings if item.line < h.line <= last), last)
        source = "\n".join(_paragraph(section.document.lines[item.line - 1 : heading]))
        if _WORD.search(item.text) or _WORD.search(source):
            yield _point(section, item.text, source, item.line, item.checked)


def _under(section: Section, line: int) -> str:
    """Return the heading that a line of a section stands under, in small letters; nothing for the section's own."""
    above = [heading.text for heading in section.headings[1:] if heading.line < line]
    return above[-1].lower() if above else ""


def _paragraph(lines: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of an item, to the first line after a blank one that is not indented."""
    blank = False
    for number, line in enumerate(lines):
        if number and blank and line.strip() and not line.startswith((" ", "\t")):
            return
        blank = not line.strip()
        yield line


def _point(section: Section, text: str, source: str, line: int, checked: bool | None) -> Action:
    last = line + source.count("\n")
    linked = " ".join(link.target for link in section.document.links if line <= link.line <= last)
    status = checked is not None or bool(_STATUS.search(source))
    done = bool(checked) or (checked is None and bool(_DONE.search(source)))
    plain = " ".join(text.split()) or " ".join(source.split())
    issue = bool(_ISSUE.search(f"{source} {linked}")) or _together(section, line)
    place = section.document.at(line)
    return Action(plain, place, bool(_OWNER.search(source)), issue, status, done, _date(_DUE.search(source)))


def _together(section: Section, line: int) -> bool:
    """Whether a paragraph below the points, up to the next heading, links an issue for all of them."""
    first = max((heading.line for heading in section.headings if heading.line < line), default=section.start)
    last = min((heading.line - 1 for heading in section.headings if heading.line > line), default=section.end)
    items = [item.line for item in section.items if first < item.line <= last]
    below = section.document.lines[max(items) - 1 : last] if items else ()
    own = len(list(_paragraph(below)))
    return bool(_ISSUE.search("\n".join(below[own:])))


def _rows(section: Section) -> Iterator[Action]:
    header: list[str] = []
    numbered = enumerate(section.document.lines[section.start - 1 : section.end], section.start)
    for number, line in numbered:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if "|" in line else []
        if len(cells) < 2:  # noqa: PLR2004 - a table has columns
            header = []
        elif not header:
            header = cells
        elif not _RULE.fullmatch(line) and any(cells):
            yield _row(section.document, dict(zip(header, cells, strict=False)), line, number)


def _row(document: Document, row: Mapping[str, str], line: str, number: int) -> Action:
    given = {kind: _cell(row, columns) for kind, columns in _COLUMNS.items()}
    others = (text for name, text in row.items() if not any(c.fullmatch(name) for c in _COLUMNS.values()))
    titled = next(filter(None, others), line)
    ticked = re.search(r"(?i)\[x\]|^(?:yes|x)$", given["status"])
    return Action(
        re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", titled),
        document.at(number),
        owner=bool(given["owner"]) or bool(_OWNER.search(line)),
        issue=bool(given["issue"]) or bool(_ISSUE.search(line)),
        status=bool(given["status"]),
        done=bool(ticked) or any(map(_DONE.search, given.values())),
        due=_date(_DAY.search(given["due"])),
    )


def _cell(row: Mapping[str, str], columns: re.Pattern[str]) -> str:
    found = next((text for name, text in row.items() if columns.fullmatch(name)), "")
    return "" if _NONE.fullmatch(found) else found


def _date(match: re.Match[str] | None) -> datetime.date | None:
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
