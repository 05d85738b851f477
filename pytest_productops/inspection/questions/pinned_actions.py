"""Every remote `uses:` of the GitHub workflows names a commit by its 40 digits (a container by its digest).

`./` and `$/` are of this repository. Without workflows, or without anything remote in them, there is nothing to ask.
"""

from __future__ import annotations

from pytest_productops.facts.pipelines.workflows import Workflows
from pytest_productops.inspection.model import Answer, no, not_asked, seen, yes
from pytest_productops.repository import Unavailable

_SHOWN = 5


def answer(workflows: Workflows) -> Answer:
    """Look at every `uses:`."""
    remote = [use for workflow in workflows.workflows for use in workflow.uses if use.remote]
    loose = [use for use in remote if not use.pinned]
    if loose:
        places = [seen(use.location, f"`{use.what}` is no commit") for use in loose[:_SHOWN]]
        return no(*places, seen(loose[0].location, f"{len(loose)} of {len(remote)} name no commit"))
    if workflows.unreadable:
        raise Unavailable(f"{workflows.unreadable[0]} cannot be read")
    if not remote:
        return not_asked("no GitHub workflow uses anything of another repository")
    paths = dict.fromkeys(use.location.path for use in remote)
    firsts = [next(use for use in remote if use.location.path == path) for path in paths]
    return yes(*(seen(use.location, f"`{use.what}`") for use in firsts))
