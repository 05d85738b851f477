"""Where CI measures test coverage: by a command, by an action, or by a test helper that its tests load."""

# ruff: noqa: E501 - one tool a line reads best

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pytest_productops.facts.commands import Call
from pytest_productops.facts.coverage.model import Configured
from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import Execution, Pipelines
from pytest_productops.facts.pipelines.expressions import UNKNOWN
from pytest_productops.facts.pipelines.families import readings
from pytest_productops.facts.quality import used
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_COMMANDS = r"""
coverage.py: (?:coverage|coverage3|coverage-3|python[\d.]*-coverage)(?:-?\d[\d.]*)? (?:run|report|html|xml|json|lcov|combine|erase\b.*run)\b
pytest-cov: (?!pip|uv pip|conda|echo|apt)\S*(?:py\.?test|tox|nox|hatch|pytest-3|run-tests?\S*|runtests\S*|manage\.py|make|just|task|inv|invoke|poe|mtest|ptw)\b(?!.*--no-cov\b)(?=.* --cov(?:[=\s-]|$)).*
pytest-cov: .* --cov(?:=\S+)?(?: |$)(?!.*--no-cov\b)
nose: (?:nosetests|nose2)(?=.* --(?:with-coverage|with-cov|cover)).*
trial: trial .*--coverage\b.*
hatch: hatch .*(?:--cover\b|\bcov(?:erage)?\b|test\b.* -c\b).*
slipcover: slipcover\b.*
nyc: (?:nyc|c8|istanbul|isparta|cross-env nyc)(?: |$)(?!.*(?:--version|install)).*
jest: (?:jest|jest-cli|vitest|react-scripts|craco|vue-cli-service|ng|karma|bun|deno|node|npm|yarn|pnpm|npx|nx|turbo|borp|tap|mocha|wtr|web-test-runner|playwright|cypress|rstest|vp|umi-test|max|tsdx|poku|ember|lerna|wsrun|make|just|task|aegir|egg-bin|hops|lab|modern|umi)\b(?=.*(?: --(?:code-?)?coverage(?:[.=\s]|$)(?!\s*=?\s*(?:false|0)\b)|--collect-?[cC]overage\b(?!\s*=?\s*false)|--coverage-report\S*|--experimental-test-coverage|--test-coverage)).*
tap: (?:lab|code-lab) (?:.* )?-(?:\w*[ct]\w*)\b.*
egg: egg-bin cov\b.*
go: go (?:\S+ )*?(?:test|build|run)\b(?=.* -{1,2}(?:test\.)?cover(?:profile|mode|pkg)?(?:[=\s]|$)).*
go: (?:gotestsum|ginkgo|richgo|gotest|mage|make|\S*gotestsum\S*)\b(?=.*\s-{1,2}cover(?:profile|mode|pkg)?(?:[=\s]|$)).*
go: (?:goveralls|goverage|gocov\S*|go-test-coverage|gocover-cobertura|overalls|courtney|gcov2lcov|go-acc|gopogh)(?: |$).*
go: go tool (?:cover|covdata)\b.*
rust: (?:cargo|cross)(?: \+\S+)? (?:\S+ )*?(?:tarpaulin|llvm-cov|kcov|grcov)\b(?!.*--(?:version|help)).*
rust: (?:grcov|cargo-tarpaulin|kcov)\b.*
jacoco: (?:\S*gradlew?(?:\.bat)?|mvnw?d?(?:\.cmd)?|mill|sbt|bazel|\S*/mvnw)\b(?=.*(?:jacoco|\bkover\w*|[\s:]kover\w+|cobertura:|[cC]overageReport|[tT]estCoverage|codeCoverage\w*|\bcoverage\b|-P\s?\S*coverage|:coverage\w*|-Dcoverage|clover)).*
scala: (?:sbt|sbtn)\b(?=.*(?:\bcoverage\b|coverageReport|coverageAggregate)).*
clojure: (?:lein|clojure|clj)\b(?=.*(?:cloverage|:cov\w*)).*
undercover: undercover\b.*
ruby: (?:codeclimate-test-reporter|cc-test-reporter|test-reporter-latest\S*|simplecov\S*|\S*/cc-test-reporter)\b.*
phpunit: (?:php )?(?:\S+ )*?\S*(?:phpunit|simple-phpunit|paratest|pest|codecept|kahlan|phpspec|behat|phpdbg|composer|artisan|infection)\S*(?=.* --coverage(?:[-=\s]|$)|.* --log-coverage).*
phpunit: (?:phpdbg) .*-qrr.*(?:phpunit|pest|behat|kahlan)\b.*
phpunit: (?:php-coveralls|coveralls|ocular|ocular\.phar|phpcov)\b.*
mix: mix (?:.* )?(?:coveralls\S*|lcov\S*|cover)\b.*
mix: mix (?:.* )?test\S*(?=.* --cover\b).*
erlang: (?:\S*/)?rebar3 (?:.* )?(?:cover|covertool\S*|coveralls\S*|codecov\S*)\b.*
erlang: (?:\S*/)?rebar3(?=.* (?:--cover\b|-c\b)).*
make: g?make(?=.*(?:\bCOVER(?:AGE)?=(?:1|y|true|yes|on)\b)).*
dotnet: (?:dotnet|nuke|cake|\S*build\.(?:sh|ps1|cmd)|msbuild)\b(?=.*(?:Code ?Coverage|CollectCoverage=true|--collect[: =]|coverlet|--coverage\b|dotcover)).*
dotnet: (?:coverlet|dotnet-coverage|reportgenerator|OpenCover\S*|dotcover|dotCover\S*|altcover)\b.*
c: (?:gcov(?:-\d+)?|lcov|geninfo|genhtml|gcovr|fastcov|llvm-profdata|cpp-coveralls|coveralls-lcov|OpenCppCoverage\S*|bcov|cppcoverage)(?:-\d+)?(?: |$)(?!.*--(?:version|help)).*
c: llvm-cov(?:-\d+)? (?:report|export|show|gcov)\b.*
c: (?:cmake|meson|\./configure|configure|\S*/configure|ninja|make)\b(?=.*(?:-D\w*COVERAGE\w*(?::\w+)?=(?:ON|1|TRUE|yes|true)\b|b_coverage=true|--enable-(?:code-)?(?:gcov|coverage|lcov)|CMAKE_BUILD_TYPE=Coverage)).*
c: (?:ctest)\b(?=.*(?:-T ?Coverage|ExperimentalCoverage|NightlyCoverage)).*
swift: (?:swift|xcodebuild|xcrun|slather|fastlane|set)\b(?=.*(?:enable-code-coverage|enableCodeCoverage(?: YES|=YES)?|llvm-cov|\bslather\b|code_coverage:true)).*
slather: slather coverage\b.*
dart: (?:dart|flutter|very_good|melos|fvm flutter)\b(?=.*(?:--coverage\b|coverage:|test_coverage|test_with_coverage)).*
haskell: (?:stack|cabal)\b(?=.*(?:--coverage\b|--enable-coverage|\bhpc\b)).*
ocaml: bisect-ppx-report\b.*
perl: (?:cover|prove|HARNESS_PERL_SWITCHES)\b(?=.*(?:-test\b|Devel::Cover|\+cover|-report)).*
r: (?:R|Rscript)\b(?=.*\bcovr\b|.*package_coverage).*
julia: julia\b(?=.*(?:--code-coverage|coverage\s*=\s*true)).*
lua: (?:busted)\b(?=.*(?: -c\b|--coverage)).*
lua: luacov\b.*
shell: (?:kcov|bashcov|shellspec .*--kcov)\b.*
solidity: forge coverage\b.*
solidity: (?:npx )?hardhat coverage\b.*
crystal: crystal-kcov\b.*
bazel: (?:bazel|bazelisk) (?:\S+ )*coverage\b.*
zig: kcov\b.*
upload: (?:codecov|codecovcli|codecov-cli|codecov\.exe|\S*/codecov(?:\.sh|cli)?|coveralls|coveralls-python|node-coveralls|codacy-coverage\S*|codacy-analysis\S*|coveralls-\S+|deepsource report|qlty coverage)(?: |$)(?!.*(?:--version|--report-type[= ]test.results|do-upload.*test.results|--help|validate)).*
upload: (?:bash|sh|curl|wget|iwr|Invoke-WebRequest)\b(?=.*(?:codecov\.io/(?:bash|uploader|env)|uploader\.codecov|codecov\.io/bash|cli\.codecov\.io|coverage\.codacy\.com/get|coveralls\.io/)).*
"""
_ACTIONS = regex(
    r"(?:codecov/codecov-action|coverallsapp/\S+|paambaati/codeclimate-action|codacy/codacy-coverage-reporter-action"
    r"|qltysh/qlty-action/coverage\S*|vladopajic/go-test-coverage|py-cov-action/\S+|actions-rs/(?:tarpaulin|grcov)|insightsengineering/coverage-action"
    r"|aminya/\S*cover\S*|[\w.-]+/[\w./-]*(?:jacoco|lcov|kover|tarpaulin|simplecov|code-?cov(?:erage)?(?!/test)|coverage|coveralls|cobertura)[\w./-]*"
    r"|julia-actions/julia-processcoverage)@",
    re.IGNORECASE,
)
_NOT_AN_ACTION = regex(r"test-results-action|setup|install|badge|pages|deploy|^actions/", re.IGNORECASE)
_DISCARD = frozenset({
    "pip", "pip3", "echo", "printf", "apt-get", "apt", "brew", "conda", "cat", "grep", "git", "gem", "mkdir", "rm", "cp", "mv", "ls",
    "ln", "chmod", "tar", "zip", "choco", "gh", "dnf", "yum", "pacman", "apk", "sed", "awk", "cpanm", "opam", "test", "[", "which", "export",
})  # fmt: skip
_INSTALL = frozenset({"install", "add", "remove", "ci", "pip", "sync", "tool", "i", "require", "global"})
_FRAMEWORKS: Mapping[str, str] = {
    "pytest": r"pytest|tox|hatch",
    "jest": r"jest|npm",
    "vitest": r"vitest|npm",
    "tap": r"mocha|npm",
    "jacoco-gradle": r"gradle",
    "jacoco-maven": r"maven",
    "simplecov": r"ruby|rake|unittest|script|command|make|npm",
    "phpunit": r"php|script|command|make",
    "mix": r"elixir",
}
"""What may measure without being asked, and the test families that are it."""
_IN_EXPRESSION = regex(r"\$\{\{[^\n]{0,300}['\"]--cov(?:erage)?\b[^\n]{0,300}\}\}")
_PIPED = regex(r"<\(\s*curl[^)\n]{0,100}(?:codecov\.io|coveralls\.io|codacy\.com)[^)\n]{0,60}")
MAX_TEXT = 400


@dataclass(frozen=True)
class Measurement:
    """A place of CI that measures coverage; `can_stop`: it runs for changes, and its failure stops one."""

    tool: str
    location: Location
    text: str
    can_stop: bool


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (line.split(": ", 1) for line in _COMMANDS.strip().splitlines())
    return tuple((tool, regex(pattern)) for tool, pattern in rows)


def measured(pipelines: Pipelines, files: Files, found: Configured) -> tuple[Measurement, ...]:
    """Return where CI measures coverage, what can stop a change first; a job that never runs is left out."""
    all_ = [
        *_commands(pipelines.executions),
        *_unasked(pipelines.executions, found),
        *_actions(pipelines, files),
    ]
    ranked = sorted(all_, key=lambda one: not one.can_stop)
    return tuple({(one.tool, one.location): one for one in reversed(ranked)}.values())[::-1]


def _commands(executions: Iterable[Execution]) -> Iterator[Measurement]:
    known: dict[tuple[str, ...], str] = {}
    for one in executions:
        words = one.call.words
        if words not in known:
            known[words] = tool_of(one.call)
        tool = known[words] or _by_expression(one)
        if tool and not one.job.never:
            yield Measurement(tool, one.call.location, str(one.call)[:120], one.can_stop)


def _by_expression(one: Execution) -> str:
    """Return the tool of a test command whose switch is written in an expression of the CI file."""
    return (
        "jest"
        if one.tests and UNKNOWN in str(one.call) and _IN_EXPRESSION.search(one.step.run[:5000])
        else ""
    )


def tool_of(call: Call) -> str:
    """Return the coverage tool that a command is or switches on, or nothing."""
    for words in filter(None, readings(call)):
        program = words[0].replace("\\", "/").rpartition("/")[2]
        if program in _DISCARD or (
            len(words) > 1 and words[1] in _INSTALL and program not in ("cargo", "go")
        ):
            continue
        text = " ".join((program, *words[1:]))[:MAX_TEXT]
        tool = next((tool for tool, pattern in _patterns() if pattern.match(text)), "")
        if tool:
            return tool
    return ""


def _unasked(executions: Iterable[Execution], found: Configured) -> Iterator[Measurement]:
    """Yield the test runs that measure because their configuration or helper says so."""
    for name in sorted(found.always):
        families = _FRAMEWORKS.get(name, "(?!)")
        for one in executions:
            quiet = "--no-cov" in one.call.words or "--no-coverage" in one.call.words
            if one.tests and re.fullmatch(families, one.tests) and not quiet and not one.job.never:
                yield Measurement(
                    name, one.call.location, f"{str(one.call)[:90]} ({name} measures)", one.can_stop
                )


def _actions(pipelines: Pipelines, files: Files) -> Iterator[Measurement]:
    """Yield the actions that measure or upload, and uploads that a shell reads from `<(curl ...)`."""
    for job in (job for pipeline in pipelines.pipelines for job in pipeline.jobs if not job.never):
        for step in job.steps:
            if match := _PIPED.search(step.run):
                yield Measurement("upload", step.location, match[0], used.stops(job, step))
    for job, step in used.steps(pipelines, files):
        name = step.uses.partition("@")[0]
        other = "test" in str(step.inputs.get("report_type", "")) or step.condition.strip() == "false"
        if _ACTIONS.match(step.uses) and not _NOT_AN_ACTION.search(name) and not other and not job.never:
            yield Measurement(name, step.location, step.uses, used.stops(job, step))
