"""Generated: what was made from a template, by which tool, and when it was last brought up to the template.

Copier keeps its answers in `.copier-answers.yml` (https://copier.readthedocs.io/en/stable/updating/), cruft in
`.cruft.json` (https://cruft.github.io/cruft/); others leave a file `.github/template` that names the template.
What an update could not merge lies in files `*.rej` beside those that it should have changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pytest_productops.facts.components import Components
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.history import Commit, History
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.updates import Updates
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_COPIER = regex(r"\.copier-answers(?:\.[\w-]+)?\.ya?ml\Z")
_MARKER = regex(r"\.github/template(?:\.(?:ya?ml|json|toml|txt|md))?\Z")
_VERSION = regex(r"v?\d+\.\d")
_HUNK = regex(r"^(?:@@ -\d|\*{15}|diff |--- )", 8)
_UPDATES = frozenset({"update", "check", "check-update", "recopy"})


@dataclass(frozen=True)
class Answers:
    """A file that says what something was made from: `source` is the template ("": it names none)."""

    path: str
    tool: str
    source: str
    commit: str = ""

    @property
    def location(self) -> Location:
        """Where it is."""
        return Location(self.path)


class Generated(Fact):
    """The answers to templates, of the root and of components."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._files = repository[Files]

    @classmethod
    def gather(cls, repository: Repository) -> Generated:
        """Never fails: the history is asked for with the day of an update."""
        return cls(repository)

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """The files that say it, by path."""
        folders = {component.folder for component in self._repository[Components].all}
        found = []
        for path in self._files:
            folder, _, name = path.rpartition("/")
            tool = _tool(path, name)
            if tool and (folder in folders or tool == "template") and own_words(path):
                found.append(self._read(path, tool))
        return tuple(found)

    def _read(self, path: str, tool: str) -> Answers:
        try:
            text = self._files.read(path)
            data = yaml.read(text, path).value
        except (Unreadable, yaml.YamlError):
            return Answers(path, tool, "")
        if not isinstance(data, Mapping):
            return Answers(path, tool, " ".join(text.split())[:100] if tool == "template" else "")
        keys = ("_src_path", "template", "source", "repository", "url", "name")
        source = next(
            (str(data[key]) for key in keys if isinstance(data.get(key), str) and data[key].strip()), ""
        )
        return Answers(path, tool, source, str(data.get("_commit") or data.get("commit") or ""))

    def changed(self, answers: Answers) -> Commit | None:
        """Return the last commit that changed it, None where it is not committed yet.

        Raises `Unavailable` where there is no history or it is cut off.
        """
        return next(self._repository[History].log(paths=[answers.path], most=1), None)

    def kept(self, answers: Answers) -> Location | None:
        """Return what keeps it current by itself: CI that updates or checks it, or Renovate, which knows Copier."""
        for one in self._repository[Pipelines].executions:
            words = [word.rpartition("/")[2] for word in one.call.words]
            if answers.tool in words and _UPDATES.intersection(words) and not one.job.never:
                return one.call.location
        if answers.tool == "copier" and _VERSION.match(answers.commit):
            updaters = (each for each in self._repository[Updates].working if each.tool.lower() == "renovate")
            return next((each.location for each in updaters), None)
        return None

    @cached_property
    def rejected(self) -> tuple[str, ...]:
        """The files that hold what an update could not merge."""
        return tuple(
            path for path in self._files if path.endswith(".rej") and own_words(path) and self._is_patch(path)
        )

    def _is_patch(self, path: str) -> bool:
        try:
            return bool(_HUNK.search(self._files.read(path)))
        except Unreadable:
            return False


def _tool(path: str, name: str) -> str:
    if _COPIER.match(name):
        return "copier"
    if name == ".cruft.json":
        return "cruft"
    return "template" if _MARKER.match(path) else ""
