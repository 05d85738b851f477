"""REP001 definition-of-done-measurable."""

import re
from collections.abc import Iterator

from pytest_productops.api import (
    Checks,
    Criterion,
    Done,
    Evidence,
    Finding,
    Less,
    More,
    NotApplicable,
    Share,
    rule,
)

VAGUE = ("appropriate", "adequate", "properly", "as needed", "sufficient", "good", "clean", "where possible")
MOST_SHOWN = 9


@rule(
    "REP001",
    stage="plan",
    level="silver",
    demands={"service": {"required": True}, "internal-product": {"required": True}},
)
def definition_of_done_measurable(
    done: Done,
    checks: Checks,
    *,
    required_stages: More[tuple[str, ...]] = ("review", "test", "release"),
    max_manual: Less[Share] = 0.34,
    vague: More[tuple[str, ...]] = VAGUE,
    required: More[bool] = False,
) -> Iterator[Finding]:
    """Every criterion of the definition of done can be measured.

    Reads `.productops/done.toml`, DEFINITION_OF_DONE.md or the section on it of a contributor guide. Each
    stage has criteria, each criterion one check: a rule, a command, a threshold, an artifact, an approval, a
    task, or a person who decides and records it. Whether what it names exists is REP002's.

    In a document headings are stages and list items criteria; where most items have task boxes, only those
    do. A check there is a rule's code, a command or path as `code`, a number with its unit, a link, or
    `(manual: who)`. The criteria that name none are one finding; one with a vague word is a finding of its
    own. The required stages are asked for where at least two headings name a stage.

    Why:
        "Done" that each person reads in their own way lets unfinished work pass.

    Fix:
        Give each criterion one check, and each required stage a criterion or `not_applicable = "reason"`.

    Options:
        required_stages: stages that must be there.
        max_manual: the share of criteria that only a person can judge, from 0 to 1.
        vague: words that say nothing without a check.
        required: whether a repository must have a definition of done.

    Source:
        The Scrum Guide, definition of done; Kubernetes graduation criteria ("define what signals"); Microsoft
        engineering fundamentals playbook, definition of done.

    Bad:
        -- .productops/done.toml --
        [[stage]]
        id = "review"
          [[stage.criterion]]
          id = "review.owner"
          text = "An owner approved"
          check = { approval = { role = "codeowners", count = 1 }, command = "make review" }

    Bad:
        -- DEFINITION_OF_DONE.md --
        # Review
        - The change is good enough.
        # Test
        - `make test` passes.
        # Release
        - The release notes are written where possible.

    Good:
        -- DEFINITION_OF_DONE.md --
        # Review
        - Two approvals.
        # Test
        - `make test` passes.
        # Release
        - The version is in [the changelog](CHANGELOG.md).
        -- CHANGELOG.md --
        # 1.0
        First release.
        -- Makefile --
        test:
                pytest
    """
    if not done.path:
        if required:
            fix = "write .productops/done.toml: stages, their criteria, and one check for each"
            yield Finding("missing", "there is no definition of done", fix=fix)
            return
        raise NotApplicable("no definition of done (.productops/done.toml)")
    yield from (Finding(p.message, p.message, p.location, "correct it") for p in done.problems)
    unchecked = []
    for criterion in done.criteria:
        word = _first(vague, criterion.text)
        if not checks.measured(criterion) and word:
            message = f"{_short(criterion)}: nobody can measure {word!r}"
            fix = f"name {criterion.proposal}, or `(manual: who)`"
            yield Finding(criterion.id, message, criterion.location, fix)
        elif not checks.measured(criterion):
            unchecked.append(criterion)
    yield from _unchecked(unchecked, len(done.criteria))
    yield from _stages(done, required_stages)
    manual = [criterion for criterion in done.criteria if criterion.manual]
    if len(manual) > max_manual * len(done.criteria):
        share = f"{len(manual)} of {len(done.criteria)} criteria, more than {max_manual:.0%}"
        message = f"only a person can judge {share}"
        yield Finding("manual", message, manual[0].location, "find a check for some of them")


def _unchecked(criteria: list[Criterion], total: int) -> Iterator[Finding]:
    """Yield one finding for all: a definition in plain prose is one thing to mend."""
    if criteria:
        first, *others = criteria
        verb = "name no check, the first" if others else "names no check"
        message = f"{len(criteria)} of {total} criteria {verb}: {_short(first)}"
        evidence = tuple(Evidence(c.location, f"{_short(c)}: name {c.proposal}") for c in others[:MOST_SHOWN])
        fix = f"name {first.proposal}, or `(manual: who)`" + (", and so for the others" if others else "")
        yield Finding("unchecked", message, first.location, fix, evidence)


def _short(criterion: Criterion) -> str:
    return repr(criterion.text[:80])


def _first(words: tuple[str, ...], text: str) -> str:
    found = (word for word in words if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))
    return next(found, "")


def _stages(done: Done, required: tuple[str, ...]) -> Iterator[Finding]:
    for stage in done.stages:
        if not stage.criteria and not stage.not_applicable and not done.problems:
            message = f"stage {stage.id} has no criterion"
            yield Finding(stage.id, message, stage.location, 'add one, or `not_applicable = "reason"`')
    missing = [name for name in required if not done.covers(name)]
    if missing and done.staged and not done.problems:
        message = f"the definition of done has no stage {', '.join(missing)}"
        yield Finding("stages", message, done.at, 'add its criteria, or `not_applicable = "reason"`')
