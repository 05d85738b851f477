"""Coverage: the thresholds that a repository sets for test coverage, and which of them its CI enforces."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_productops.facts.commands import Commands
from pytest_productops.facts.coverage.configured import THRESHOLD, configured
from pytest_productops.facts.coverage.enforced import judged, on_actions, on_command_lines, services, tested
from pytest_productops.facts.coverage.helpers import unasked
from pytest_productops.facts.coverage.measured import Measurement, measured, tool_of
from pytest_productops.facts.coverage.model import CoverageGate
from pytest_productops.facts.coverage.scripts import in_scripts
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.pipelines import Job, Pipelines
from pytest_productops.facts.quality import unread
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

__all__ = ["Coverage", "CoverageGate", "Measurement"]
_TEST = regex(
    r"(?:^|/)(?:tests?|specs?|__tests__)/|(?:_test|_spec|\.test|\.spec|Tests?)\.\w+$|(?:^|/)test_\w+\.py$"
)
_SCRIPT = regex(
    r"(?:.*/)?(?:Dockerfile[^/]*|Makefile|[^/]+\.(?:sh|mk|ya?ml|just|sbt|props|csproj|fsproj|cake)|noxfile\.py"
    r"|tasks\.py|Rakefile|bunfig\.toml|project\.clj|sonar-project\.properties|karma\.conf\.\w+)"
    r"|(?:scripts?|bin|ci|hack|tools)/[^/.]+"
)
MAX_SCRIPTS = 500


class Coverage(Fact):
    """The coverage gates of a repository, those of its configuration and those on CI's command lines.

    `services` are coverage services that CI feeds, whose own settings are out of sight. `unclear` are places
    that set a threshold in a way that cannot be read. `job` is the one that tests changes, `tested` whether
    there are tests at all. `measured` are the places where CI measures coverage, whatever comes of it.
    """

    def __init__(
        self,
        gates: Iterable[CoverageGate] = (),
        services: Iterable[str] = (),
        unclear: Iterable[Location] = (),
        job: Job | None = None,
        *,
        tested: bool = True,
        measured: Iterable[Measurement] = (),
    ) -> None:
        self.gates = tuple(gates)
        self.services = tuple(services)
        self.unclear = tuple(unclear)
        self.job = job
        self.tested = tested
        self.measured = tuple(measured)

    @classmethod
    def gather(cls, repository: Repository) -> Coverage:
        """Read configurations and CI; never fails."""
        files, pipelines = repository[Files], repository[Pipelines]
        found = configured(files)
        unasked(files, pipelines.executions, found)
        gates = [judged(gate, pipelines, found.always) for gate in found.gates]
        gates += on_command_lines(pipelines.executions)
        gates += [*on_actions(pipelines), *in_scripts(pipelines, files)]
        known = {gate.location.path for gate in gates}
        fed = services(pipelines)
        unclear = [place for place in found.unclear if "codecov" not in place.path or "codecov" in fed]
        unclear += (place for place in _mentions(files) if place.path not in known)
        with_tests = any(_TEST.search(path) for path in files)
        places = measured(pipelines, files, found)
        for call in unread.commands(pipelines, files, repository[Commands]):
            tool = tool_of(call)
            places += (Measurement(tool, call.location, str(call)[:120], can_stop=False),) if tool else ()
        return cls(gates, fed, unclear, tested(pipelines), tested=with_tests, measured=places)


def _mentions(files: Files) -> Iterable[Location]:
    """Yield the scripts that speak of a threshold."""
    for path in [path for path in files if _SCRIPT.fullmatch(path)][:MAX_SCRIPTS]:
        try:
            match = THRESHOLD.search(files.read(path))
        except Unreadable:
            continue
        if match:
            yield Location(path, files.read(path).count("\n", 0, match.start()) + 1)
