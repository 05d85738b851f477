"""Every GitHub workflow says what its token may do: at the top, or in each of its jobs; `write-all` does not count.

`permissions: {}` is the strictest there is, and counts. Without workflows there is nothing to ask.
"""

from __future__ import annotations

from pytest_productops.facts.pipelines.workflows import Workflows
from pytest_productops.inspection.model import Answer, no, not_asked, seen, yes
from pytest_productops.repository import Unavailable

_SHOWN = 5


def answer(workflows: Workflows) -> Answer:
    """Look at the permissions of every workflow."""
    found = workflows.workflows
    wide = [seen(place, "`write-all`") for one in found for place in one.all_writes]
    bare = [
        seen(one.bare[0], "neither the workflow nor this job has `permissions`") for one in found if one.bare
    ]
    if wide or bare:
        return no(*[*wide, *bare][:_SHOWN])
    if workflows.unreadable:
        raise Unavailable(f"{workflows.unreadable[0]} cannot be read")
    if not found:
        return not_asked("there is no GitHub workflow")
    return yes(*(seen(one.permissions[0], "`permissions`") for one in found if one.permissions))
