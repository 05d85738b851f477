"""REP001 definition-of-done-measurable."""

import re
from collections.abc import Iterator

from pytest_productops.api import Checks, Criterion, Done, Finding, NotApplicable, rule

VAGUE = ("appropriate", "adequate", "properly", "as needed", "sufficient", "good", "clean", "where possible")
PROPOSALS = (
    (r"coverage|percent|fast|performance|size", "a threshold"),
    (r"(?:tests?|tested|build|lint|types?)\b", "the command that shows it"),
    (r"review|approv|sign(?:ed)?[- ]?off", "an approval: who, and how many"),
    (r"document|changelog|readme|notes|guide|written", "a link to the artifact"),
)


@rule("REP001", stage="plan", level="silver")
def definition_of_done_measurable(
    done: Done,
    checks: Checks,
    *,
    required_stages: tuple[str, ...] = ("review", "test", "release"),
    max_manual: float = 0.34,
    vague: tuple[str, ...] = VAGUE,
    required: bool = False,
) -> Iterator[Finding]:
    """Every criterion of the definition of done can be measured.

    Reads `.productops/done.toml`, DEFINITION_OF_DONE.md or the section on it of a contributor guide. Each
    stage has criteria, each criterion one check: a rule, a command, a threshold, an artifact, an approval, a
    task, or a person who decides and records it. What a check names exists, and thresholds hold.

    In a document headings are stages and list items criteria. A check there is a rule's code, a command or
    path as `code`, a number with its unit, a link, or `(manual: who)`.

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
    for criterion in done.criteria:
        yield from _judge(criterion, checks, vague)
    yield from _stages(done, checks, required_stages)
    manual = [criterion for criterion in done.criteria if criterion.manual]
    if len(manual) > max_manual * len(done.criteria):
        share = f"{len(manual)} of {len(done.criteria)} criteria, more than {max_manual:.0%}"
        message = f"only a person can judge {share}"
        yield Finding("manual", message, manual[0].location, "find a check for some of them")


def _judge(criterion: Criterion, checks: Checks, vague: tuple[str, ...]) -> Iterator[Finding]:
    results = [checks.result(check) for check in criterion.checks]
    broken = [result.reason for result in results if result.reason]
    if broken:
        message = f"{criterion.id}: {broken[0]}"
        yield Finding(criterion.id, message, criterion.location, "make it true, or correct the criterion")
    elif not any(result.measures for result in results):
        word = next((word for word in vague if _has(re.escape(word) + r"\b", criterion.text)), "")
        why = f"nobody can measure {word!r}" if word else "nothing says how to tell"
        proposal = next((check for words, check in PROPOSALS if _has(words, criterion.text)), "a check")
        message = f"{criterion.text[:80]!r}: {why}"
        yield Finding(criterion.id, message, criterion.location, f"name {proposal}, or `(manual: who)`")


def _has(words: str, text: str) -> bool:
    return re.search(rf"\b(?:{words})", text, re.IGNORECASE) is not None


def _stages(done: Done, checks: Checks, required: tuple[str, ...]) -> Iterator[Finding]:
    for stage in done.stages:
        reason = checks.reference(stage.doc) if stage.doc else ""
        if reason:
            yield Finding(f"{stage.id}.doc", f"stage {stage.id}: {reason}", stage.location, "correct `doc`")
        if not stage.criteria and not stage.not_applicable and not done.problems:
            message = f"stage {stage.id} has no criterion"
            yield Finding(stage.id, message, stage.location, 'add one, or `not_applicable = "reason"`')
    missing = [name for name in required if not done.covers(name)]
    if missing and not done.problems:
        message = f"the definition of done has no stage {', '.join(missing)}"
        yield Finding("stages", message, done.at, 'add its criteria, or `not_applicable = "reason"`')
