"""What is believed of a change: the promises are those of the trusted commit, what is judged is the change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pytest_productops.facts.done import Done
from pytest_productops.facts.files import Files
from pytest_productops.facts.register import Register
from pytest_productops.facts.waivers import InlineWaivers
from pytest_productops.facts.waivers.believed import believed
from pytest_productops.policy.settings import Settings
from pytest_productops.repository import Fact, Repository

Gather = Callable[[Repository], Fact]


def before(settings: Settings) -> Repository | None:
    """Return the repository as the trusted commit has it; None where nothing of that is believed."""
    trusted = settings.trusted
    if trusted is None or not trusted.adopted:
        return None
    return Repository(
        trusted.git.root,
        now=settings.now,
        artifacts=settings.artifacts,
        known=(trusted.git, settings.waivers, settings.rulebook),
        otherwise={Files: lambda _: trusted.files},
    )


def promises(settings: Settings) -> Mapping[type[Fact], Gather]:
    """Return how the promises are gathered: as the commit has them.

    A register or a definition of done that the commit lacks is the change's own: to promise more mutes nothing.
    """
    then = before(settings)
    if then is None:
        return {}
    return {
        Register: lambda now: _first(then, now, Register),
        Done: lambda now: _first(then, now, Done),
        InlineWaivers: lambda repository: believed(repository, then),
    }


def _first(then: Repository, now: Repository, fact: type[Register] | type[Done]) -> Fact:
    """Return the first of both that is there."""
    now.looked_at |= {"settings"}
    return then[fact] if then[fact].path else fact.gather(now)
