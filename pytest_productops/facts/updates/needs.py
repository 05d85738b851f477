"""Which ecosystems of a repository need an updater: those where something holds versions back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.components import Components
from pytest_productops.facts.files import Files
from pytest_productops.facts.locks.found import own
from pytest_productops.facts.manifests import Dependency, Manifest, Manifests
from pytest_productops.facts.manifests.members import folders
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.updates import Updater, Updates, Watch
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

NAMES: dict[str, tuple[str, ...]] = {
    "python": (
        "pip",
        "uv",
        "poetry",
        "pipenv",
        "pip_requirements",
        "pip_setup",
        "pip-compile",
        "pep621",
        "setup-cfg",
        "conda",
        "pixi",
    ),
    "npm": ("npm", "bun", "yarn", "pnpm", "npm_and_yarn", "deno"),
    "go": ("gomod", "go_modules"),
    "rust": ("cargo", "rust"),
    "maven": ("maven", "maven-wrapper"),
    "gradle": ("gradle", "gradle-wrapper"),
    "ruby": ("bundler", "ruby"),
    "php": ("composer",),
    "elixir": ("mix", "hex"),
    "github-actions": ("github-actions", "github_actions"),
    "docker": ("docker", "docker-compose", "dockerfile"),
}
"""Ecosystem -> what updaters call it; the first is Dependabot's name."""
_REMOTE = regex(r"^(?!docker:)[\w.-]+/[\w./-]+@(?!(?:main|master|develop|HEAD|stable|nightly|beta)$)")
_OWN_NAMES = {"uv.lock": "uv", "bun.lock": "bun", "bun.lockb": "bun"}
_LOOSE = (">", "!=")
_ANY = frozenset({"", "*", "latest", "x"})


@dataclass(frozen=True)
class Need:
    """An ecosystem where versions are held back, the place that shows it, and what Dependabot calls it there.

    `directory` is where Dependabot would have to look: in the folder of the manifest, or of its workspace.
    """

    ecosystem: str
    location: Location
    called: str
    directory: str = "/"

    @property
    def stanza(self) -> str:
        """What Dependabot would need to watch it."""
        schedule = "schedule: {interval: weekly}"
        return f'{{package-ecosystem: {self.called}, directory: "{self.directory}", {schedule}}}'


class Needs(Fact):
    """The ecosystems of the product itself: of the root, its components and the folders at the root."""

    def __init__(
        self, files: Files, manifests: Manifests, components: Components, pipelines: Pipelines
    ) -> None:
        self._files = files
        self._manifests = manifests
        self._folders = frozenset(each.folder for each in components.all)
        self._pipelines = pipelines

    @classmethod
    def gather(cls, repository: Repository) -> Needs:
        """Read them; never fails."""
        return cls(repository[Files], repository[Manifests], repository[Components], repository[Pipelines])

    @cached_property
    def all(self) -> tuple[Need, ...]:
        """One for each ecosystem, in the order of `NAMES`."""
        found: dict[str, Need] = {}
        for need in (*self._asked(), *self._actions(), *self._images()):
            found.setdefault(need.ecosystem, need)
        return tuple(found[name] for name in NAMES if name in found)

    def _asked(self) -> Iterator[Need]:
        paths = sorted(self._manifests.paths, key=lambda path: (path.count("/"), path))
        for path in paths:
            folder = path.rpartition("/")[0]
            manifest = (
                self._manifests.get(path)
                if ("/" not in folder or folder in self._folders) and own(path)
                else None
            )
            held = _held(manifest) if manifest and not manifest.problem else None
            if manifest and held:
                yield Need(manifest.ecosystem, held, _called(manifest), f"/{self._home(manifest)}")

    def _home(self, manifest: Manifest) -> str:
        """Return the folder of the workspace that a manifest belongs to, else its own."""
        parents = [manifest.folder[:at] for at, letter in enumerate(manifest.folder) if letter == "/"]
        for folder in ("", *parents):
            for holder in self._manifests.within(folder):
                if manifest in folders(self._files, self._manifests, holder):
                    return holder.folder
        return manifest.folder

    def _actions(self) -> Iterator[Need]:
        for pipeline in self._pipelines.pipelines:
            for job in pipeline.jobs if pipeline.provider == "github" else ():
                for uses, place in ((job.uses, job.location), *((s.uses, s.location) for s in job.steps)):
                    if _REMOTE.match(uses):
                        yield Need("github-actions", place, "github-actions")
                        return

    def _images(self) -> Iterator[Need]:
        if "Dockerfile" in self._files:
            yield Need("docker", Location("Dockerfile"), "docker")


def _called(manifest: Manifest) -> str:
    """Return Dependabot's name of a manifest's ecosystem; some package managers have one of their own."""
    names = {path.rpartition("/")[2] for path in manifest.locks}
    own_name = next((name for lock, name in _OWN_NAMES.items() if lock in names), "")
    return own_name or NAMES[manifest.ecosystem][0]


def _held(manifest: Manifest) -> Location | None:
    """Return what holds a version back: the lock file, or a constraint with an upper end."""
    asked = [each for each in manifest.dependencies if not each.local and each.group not in {"build", "peer"}]
    if manifest.locks:
        return Location(manifest.locks[0]) if asked else None
    return next((each.location for each in asked if not _lowest(each) and _bounded(manifest, each)), None)


def _lowest(asked: Dependency) -> bool:
    """Whether it is asked for on some platforms only, or in the oldest version that is supported, for tests."""
    return asked.conditional or "min" in asked.group or "lowest" in asked.group or "oldest" in asked.group


def _bounded(manifest: Manifest, asked: Dependency) -> bool:
    constraint = asked.constraint.strip()
    if constraint in _ANY:
        return False
    if manifest.ecosystem in {"python", "ruby"}:
        parts = constraint.split(",")
        return "@" not in constraint and not all(part.strip().startswith(_LOOSE) for part in parts)
    return not constraint.startswith((">=", ">"))


def covering(need: Need, updates: Updates) -> Updater | None:
    """Return the updater that watches an ecosystem, or None."""
    for updater in updates.working:
        if updater.everything or updater.ecosystems & _names(need) or watches(need, updater):
            return updater
    return None


def watches(need: Need, updater: Updater) -> tuple[Watch, ...]:
    """Return the entries of an updater that are of an ecosystem, in folders of the product."""
    names = _names(need)
    return tuple(
        each for each in updater.watches if each.ecosystem in names and own(f"{each.folder}/x".lstrip("/"))
    )


def _names(need: Need) -> frozenset[str]:
    return frozenset(NAMES[need.ecosystem])
