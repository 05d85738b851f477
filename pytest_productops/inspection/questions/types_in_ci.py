"""CI checks types: mypy, pyright, tsc, phpstan, sorbet, dialyzer or the like, itself or while it builds.

Not asked where most is written in a language whose compiler checks types, or where there is no source.
"""

from __future__ import annotations

from pytest_productops.facts.quality import Quality
from pytest_productops.inspection.model import Answer, no, not_asked, note, seen, yes


def answer(quality: Quality) -> Answer:
    """Answer by the language, then by what CI runs."""
    if quality.compiled:
        return not_asked(f"mostly {quality.compiled}, whose compiler checks types")
    if not quality.languages:
        return not_asked("no source in a language that has types")
    runs = [one for one in quality.runs if one.kind == "types" and one.on_change]
    for certain in (True, False):
        evidence = [seen(one.location, f"CI runs {one.text}") for one in runs if one.certain is certain]
        if evidence:
            return yes(*evidence[:3])
    return no(note("no type checker among what CI runs"))
