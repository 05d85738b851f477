"""The settings that a repository begins with: the profile, and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from pytest_productops.cli.init.step import Step
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.inspection.kind import Proposal
from pytest_productops.policy.beginning import begun
from pytest_productops.policy.document import OWN, SHARED, Document
from pytest_productops.policy.edit import NotEdited, rewritten
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.profiles import PROFILES
from pytest_productops.repository import Repository
from pytest_productops.suggest import did_you_mean

NAME = "settings"
CHOSEN = "--profile says so"


def given(words: str) -> Proposal:
    """Return the profiles that `--profile` names; raise `ConfigurationError` where there is no such one."""
    names = [word.strip() for word in words.split(",") if word.strip()]
    problems = [
        Problem("--profile", 0, f"no such profile `{name}`", did_you_mean(name, PROFILES))
        for name in names
        if name not in PROFILES
    ]
    if problems or not names:
        raise ConfigurationError(
            problems or [Problem("--profile", 0, "names no profile", ", ".join(PROFILES))]
        )
    return Proposal(",".join(names), (CHOSEN,))


def step(there: Document, parsed: argparse.Namespace, proposal: Proposal, repository: Repository) -> Step:
    """Return the file to write: a new one, or pyproject.toml with a table more; settings that exist stay."""
    if there.source:
        other = parsed.profile and f"; they stay, so write `profile = {_value(proposal)}` there by hand"
        return Step(NAME, f"{there.source} has them already{other or ''}")
    if not parsed.pyproject:
        return Step(NAME, f"{OWN}: written", OWN, "".join(_lines(proposal)).encode())
    return _shared(proposal, repository)


def _shared(proposal: Proposal, repository: Repository) -> Step:
    table = "".join(["[tool.productops]\n", *_lines(proposal)])
    try:
        data = repository[Files].read_bytes(SHARED)
        new = rewritten(data, lambda text: begun(text, table))
    except (Unreadable, NotEdited) as error:
        hint = f"leave --pyproject out, which writes {OWN}"
        raise ConfigurationError([Problem(SHARED, 0, f"it stays as it is: {error}", hint)]) from error
    return Step(NAME, f"{SHARED}: [tool.productops] added", SHARED, new.encode(), data)


def _lines(proposal: Proposal) -> Iterator[str]:
    """Yield the settings, with the reasons as comments."""
    yield "# Begun by `productops init`. `productops config show` prints every key in force, and what decided it.\n"
    if proposal.reasons == (CHOSEN,):
        pass
    elif proposal.sure:
        yield from (f"# {reason}\n" for reason in proposal.reasons)
    else:
        others = ", ".join(name for name in PROFILES if name != proposal.profile)
        yield f"# Nothing shows for certain what is made here; the other profiles are {others}.\n"
    yield f"profile = {_value(proposal)}\n"


def _value(proposal: Proposal) -> str:
    names = proposal.profile.split(",")
    return json.dumps(names if len(names) > 1 else names[0])


def written(settings: Step, folder: Path) -> Path | None:
    """Write the settings to a folder beside the repository, to be read as if they were there; None for no change."""
    if settings.new is None:
        return None
    path = folder / settings.path
    path.write_bytes(settings.new)
    return path
