"""What `productops fix` did, finding by finding, and what remains and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pytest_productops.fixing import Mended, Offer, command
from pytest_productops.text import clean

_INDENT = " " * 6


def render(mended: Mended, *, written: bool) -> str:
    """Return it as lines of text; `written` tells whether it was done or only shown."""
    if not mended.done and not mended.left:
        return "Nothing to fix: no rule that knows a fix fails. See the others: productops check\n"
    lines = [line for each in mended.done for line in _done(each, "FIXED" if written else "WOULD")]
    lines += [line for each in mended.left for line in _left(each)]
    return "\n".join([*lines, "", *_end(mended, written=written)]) + "\n"


def _done(offer: Offer, word: str) -> Iterator[str]:
    yield from _finding(offer, word)
    if offer.fix:
        paths = ", ".join(clean(path) for path in offer.fix.paths)
        yield f"{_INDENT}{offer.fix.safety}  {offer.fix.title}: {paths}"


def _left(offer: Offer) -> Iterator[str]:
    yield from _finding(offer, "LEFT ")
    if offer.fix:
        how = command(offer.fix.rule.code, offer.fix.safety)
        yield f"{_INDENT}{offer.fix.safety}  {offer.fix.title}: {how}"
    else:
        yield f"{_INDENT}{offer.why}; {offer.settled.finding.fix or 'see productops explain'}"


def _finding(offer: Offer, word: str) -> Iterator[str]:
    finding = offer.settled.finding
    place = f"{finding.location}  " if finding.location else ""
    yield f"{word} {offer.verdict.subject} {offer.verdict.rule.name}"
    yield f"{_INDENT}{place}{finding.message}"


def _end(mended: Mended, *, written: bool) -> Iterator[str]:
    files = f" in {_count(len(mended.changes), 'file')}" if mended.changes else ""
    more = Counter(each.fix.safety for each in mended.left if each.fix)
    told = [f"{more[safety]} more with --{safety}" for safety in ("unsafe", "scaffold") if more[safety]]
    rest = sum(each.fix is None for each in mended.left)
    told += [f"{rest} for you"] if rest else []
    verb = "Fixed" if written else "Would fix"
    yield f"{verb} {_count(len(mended.done), 'finding')}{files}{''.join(f'; {each}' for each in told)}."
    if any(each.fix and each.fix.safety == "scaffold" for each in mended.done):
        yield "A scaffold satisfies no rule until its TODO(productops) marks are written out."
    if written and mended.changes:
        yield "See what changed: git diff. Then: productops check"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
