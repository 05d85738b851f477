"""Newer versions of dependencies are proposed by a tool, of any ecosystem, be it of actions alone.

Counted are Dependabot, Renovate in each place that it reads, pyup, Scala Steward, updatecli, Depfu, pre-commit.ci
whose settings speak of its updates, and a scheduled job that raises versions and proposes the result. A command
that people run by hand is none.
"""

from pytest_productops.facts.updates import Updater, Updates
from pytest_productops.inspection.model import Answer, no, note, seen, yes
from pytest_productops.repository import Unavailable


def answer(updates: Updates) -> Answer:
    """Answer it."""
    if updates.working:
        return yes(*(seen(each.location, _note(each)) for each in updates.working[:5]))
    if updates.broken:
        raise Unavailable(updates.broken[0].problem)
    return no(
        note(
            "searched: the places of Dependabot, Renovate, pyup, Scala Steward, updatecli and Depfu, and scheduled jobs"
        )
    )


def _note(updater: Updater) -> str:
    watched = sorted({watch.ecosystem for watch in updater.watches} | updater.ecosystems)
    return f"{updater.tool}: {', '.join(watched)}" if watched else updater.tool
