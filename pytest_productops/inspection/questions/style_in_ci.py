"""Style is looked after by machine: pre-commit is configured, or CI lints or checks the format of what is pushed.

A script that nobody calls is none. A linter of commit messages, documents or YAML alone is none either.
"""

from __future__ import annotations

from pytest_productops.facts.quality import Quality
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(quality: Quality) -> Answer:
    """Answer by what CI runs, then by pre-commit's configuration, then by names."""
    runs = [one for one in quality.runs if one.kind == "style" and one.on_change]
    sure = [seen(one.location, f"CI runs {one.text}") for one in runs if one.certain]
    hooks = [seen(quality.hooks.config, "pre-commit is configured")] if quality.hooks.config else []
    services = [seen(one.location, f"the service {one.tool} looks at changes") for one in quality.hosted]
    named = [
        seen(one.location, f"CI runs {one.text}, which is named for it") for one in runs if not one.certain
    ]
    for evidence in ([*sure[:3], *hooks], services, named[:1]):
        if evidence:
            return yes(*evidence)
    idle = [
        seen(one.location, f"{one.text} runs only on a timetable or by hand")
        for one in quality.runs
        if one.kind == "style"
    ]
    return no(*idle[:1], note("no linter or formatter among what CI runs, no configuration of pre-commit"))
