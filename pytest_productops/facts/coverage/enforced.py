"""Which gates CI enforces, and those that are written on its command lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pytest_productops.facts.coverage.model import CoverageGate, number
from pytest_productops.facts.pipelines import Execution, Job, Pipelines
from pytest_productops.facts.pipelines.families import BY_NAME
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_RUNS: Mapping[str, str] = {
    "coverage.py": r".*(?:\bcoverage (?:report|html|xml|json|lcov)\b|--cov(?:[ =-]|$))",
    "jest": r".*--coverage\b",
    "vitest": r".*--coverage\b",
    "nyc": r"(?:.*[\s/])?(?:nyc|c8)\s",
    "jacoco": r".*\b(?:mvnw?|gradlew?)\b.*\b(?:verify|install|deploy|check|build"
    r"|jacocoTestCoverageVerification|koverVerify)\b",
    "simplecov": r".*\b(?:rspec|rake|rails test\S*|cucumber|parallel_\w+|turbo_tests|minitest)\b",
    "codecov": r".*\bcodecov(?:cli)?\b|.*codecov\.io",
    "go-test-coverage": r".*\bgo-test-coverage\b",
    "tarpaulin": r".*\btarpaulin\b",
    "mix": r".*\bmix test\b.*--cover\b",
    "excoveralls": r".*\bmix coveralls\b",
}
"""Tool -> what a command that makes its configured gate count looks like."""
_ACTIONS: Mapping[str, str] = {
    "codecov": r"codecov/codecov-action@",
    "go-test-coverage": r"vladopajic/go-test-coverage@",
}
_RUNNERS: Mapping[str, tuple[str, str]] = {
    "coverage.py": ("pytest", r"pytest"),
    "jest": ("jest", r"jest|npm"),
    "vitest": ("vitest", r"vitest|npm"),
}
"""Tool -> the runner that may measure without being asked, and the test families that are it."""
_ON_COMMAND_LINE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (tool, regex(pattern))
    for tool, pattern in (
        ("pytest-cov", r"--cov-fail-under[= ](\S+)"),
        ("coverage.py", r"coverage\b.* report\b.*--fail-under[= ](\S+)"),
        ("nyc", r"\b(?:nyc|c8|borp|tap)\b(?=.*--check-coverage\b).*--(?:lines|statements)[= ](\S+)"),
        (
            "nyc",
            r"\b(?:nyc|c8|borp|tap)\b(?=.*--(check-coverage|100)\b)(?!.*--(?:lines|statements|branches|functions)\b)",
        ),
        ("jest", r"--coverageThreshold\S*[= ].*?(?:lines|statements)\W+(\d+)"),
        ("vitest", r"--coverage\.thresholds\.(?:lines|statements)[= ](\S+)"),
        ("tarpaulin", r"tarpaulin\b.*--fail-under[= ](\S+)"),
        ("llvm-cov", r"llvm-cov\b.*--fail-under-(?:lines|regions|functions)[= ](\S+)"),
        ("go-test-coverage", r"go-test-coverage\b.*--threshold-total[= ](\S+)"),
        ("diff-cover", r"diff-cover\b.*--fail-under[= ](\S+)"),
        ("undercover", r"^(?:bundle exec )?undercover\b()"),
        ("gcovr", r"\bgcovr\b.*--fail-under-line[= ](\S+)"),
        ("node", r"--test-coverage-lines[= ](\S+)"),
        ("coverage-check", r"\bcoverage-check\S* \S+ (\d+)"),
        ("pest", r"\bpest\b.*--min[= ](\S+)"),
        ("dotnet", r"[/-]p:Threshold=\"?(\d+)"),
    )
)
_DEFAULTS = {"check-coverage": 90.0}
"""What a switch without a number means: nyc's and c8's own thresholds."""
_COVERAGE_ACTION = regex(r"cover|lcov|jacoco", re.IGNORECASE)
_COVERAGE_INPUT = regex(r"fail.?under|min(?:imum)?.?coverage|threshold|min-coverage-overall", re.IGNORECASE)
_RATCHETS = frozenset({"diff-cover", "undercover"})
_MEASURES = regex(
    r"--cov\b|coverage run|--coverage\b|-coverprofile|"
    r"(?:^|[\s/])(?:nyc|c8)\s|tarpaulin|llvm-cov|\bjacoco|\bkover"
)
_SERVICES = ("codecov", "coveralls", "sonar", "codacy", "qlty")


def text(one: Execution) -> str:
    """Return a call's text, cut so that no pattern takes long."""
    return str(one.call)[:500]


def on_command_lines(executions: Iterable[Execution]) -> Iterator[CoverageGate]:
    """Yield the gates that calls carry themselves, each once."""
    found: dict[CoverageGate, None] = {}
    for one in executions:
        for tool, pattern in _ON_COMMAND_LINE:
            match = pattern.search(text(one))
            if match:
                percent = _DEFAULTS.get(match[1]) or number(match[1])
                unknown = percent is None and tool not in _RATCHETS
                stops, reached = one.can_stop, one.can_stop or _fails(one)
                gate = CoverageGate(tool, percent, one.call.location, unknown, stops, text(one), reached)
                found[replace(gate, percent=None) if tool in _RATCHETS and percent != 0 else gate] = None
    yield from found


def on_actions(pipelines: Pipelines) -> Iterator[CoverageGate]:
    """Yield the gates that inputs of coverage actions set (`fail_under: 78`)."""
    for pipeline in pipelines.pipelines:
        for job in pipeline.jobs:
            for step in job.steps:
                for key, value in step.inputs.items() if _COVERAGE_ACTION.search(step.uses) else ():
                    percent = number(value) if _COVERAGE_INPUT.search(key) else None
                    if percent is not None:
                        stops = job.on_change and not job.may_fail and not step.may_fail
                        name = step.uses.partition("@")[0]
                        said = step.uses if stops else ""
                        yield CoverageGate(name, percent, step.location, False, stops, said, stops)


def judged(gate: CoverageGate, pipelines: Pipelines, always: set[str]) -> CoverageGate:
    """Return a configured gate with whether CI runs what makes it count."""
    stopping = [one for one in pipelines.executions if one.can_stop]
    ran = next(_activating(gate.tool, stopping, always), "") or next(_action(gate.tool, pipelines), "")
    failing = [one for one in pipelines.executions if one.can_stop or _fails(one)]
    reached = ran or next(_activating(gate.tool, failing, always), "")
    return replace(gate, enforced=bool(ran), ran=ran or reached, reached=bool(reached))


def _fails(one: Execution) -> bool:
    """Whether a failure of a command fails its job, whatever starts that."""
    return not (one.call.may_fail or one.step.may_fail or one.job.may_fail or one.job.never)


def _activating(tool: str, executions: list[Execution], always: set[str]) -> Iterator[str]:
    runner, families = _RUNNERS.get(tool, ("", "(?!)"))
    if tool == "simplecov" and tool not in always:
        return
    for one in executions:
        if tool == "pytest-cov":
            fits = one.tests == "pytest"
        else:
            fits = bool(re.match(_RUNS[tool], text(one))) or (
                runner in always and bool(re.fullmatch(families, one.tests))
            )
        if fits:
            yield text(one)


def _action(tool: str, pipelines: Pipelines) -> Iterator[str]:
    pattern = _ACTIONS.get(tool)
    for uses, on_change in _uses(pipelines):
        if pattern and on_change and re.match(pattern, uses):
            yield uses


def _uses(pipelines: Pipelines) -> Iterator[tuple[str, bool]]:
    """Yield each action that jobs use, and whether a change meets it (a reusable workflow's may)."""
    for pipeline in pipelines.pipelines:
        for job in pipeline.jobs:
            for step in job.steps:
                if step.uses:
                    yield step.uses, job.on_change or "call" in job.triggers


def services(pipelines: Pipelines) -> tuple[str, ...]:
    """Return the coverage services that CI feeds."""
    texts = [*(uses for uses, _ in _uses(pipelines)), *map(text, pipelines.executions)]
    return tuple(name for name in _SERVICES if any(name in one.lower() for one in texts))


def tested(pipelines: Pipelines) -> Job | None:
    """Return the job that tests changes: of several one that measures coverage, that is named for tests."""
    scores: dict[Location, list[bool]] = {}
    jobs: dict[Location, Job] = {}
    for one in pipelines.executions:
        score = scores.setdefault(one.job.location, [False, False, "test" in one.job.id.lower()])
        score[0] |= bool(_MEASURES.search(text(one)))
        score[1] |= one.can_stop and one.tests not in ("", *BY_NAME)
        if one.can_stop and one.tests:
            jobs.setdefault(one.job.location, one.job)
    return jobs[max(jobs, key=lambda place: scores[place])] if jobs else None
