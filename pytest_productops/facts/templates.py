"""Templates: what the forge puts before those who open a change request or an issue.

Places and formats: https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests,
https://docs.gitlab.com/user/project/description_templates/,
https://docs.gitea.com/usage/issue-pull-request-templates, https://forgejo.org/docs/latest/user/issue-pull-request-templates/,
https://learn.microsoft.com/azure/devops/repos/git/pull-request-templates, and for Bitbucket its folder `.bitbucket/`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Literal, TypeVar

from pytest_productops.facts.documents import Document, Item, Link, markdown
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.formats.forms import as_markdown, contacts
from pytest_productops.facts.formats.schema import Problem
from pytest_productops.facts.substance import SCAFFOLD
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

Kind = Literal["change", "issue"]
T = TypeVar("T")
_FOLDER = r"(?:|docs/|\.(?:github|gitlab|gitea|forgejo|bitbucket|azuredevops|vsts)/)"
_SUFFIX = r"(?:\.(?:md|markdown|mkd|txt|rst|adoc|org|ya?ml))"
_PLACES: dict[Kind, str] = {
    "change": rf"{_FOLDER}(?:(?:pull|merge)_request_template(?:{_SUFFIX}?|/(?:branches/)?[^/]+{_SUFFIX})"
    rf"|(?<=\.gitlab/)merge_request_templates/[^/]+\.md)",
    "issue": rf"{_FOLDER}(?:issue_template(?:{_SUFFIX}?|/(?!config\.ya?ml\Z)[^/]+{_SUFFIX})"
    rf"|(?<=\.gitlab/)issue_templates/[^/]+\.md)",
}
_PLACE = {kind: regex(rf"{place}\Z") for kind, place in _PLACES.items()}
_CONTACTS = regex(r"(?:|docs/|\.(?:github|gitea|forgejo)/)issue_(?:template/)?config\.ya?ml\Z")
_COMMENT = regex(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_WORD = regex(r"[^\W\d_]{2,}")
LEAST = 3
"""Fewest words of a template that asks for something."""


@dataclass(frozen=True)
class Template:
    """A template. `shown` is what the forge renders, `revealed` also holds what stands in comments.

    The lines of both are those of the file. A form in YAML is read as Markdown: a field is a heading, its
    description a paragraph, a box to tick an item.
    """

    path: str
    kind: Kind
    shown: Document
    revealed: Document

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of its lists, in comments too."""
        return self.revealed.items

    @property
    def place(self) -> Location:
        """The file, or its first line that asks or lists something."""
        lines = [prose.line for prose in self.revealed.prose] + [h.line for h in self.revealed.headings]
        return Location(self.path, min(lines, default=0))

    @property
    def asks(self) -> bool:
        """Whether it asks or lists anything, be it in a comment; one of issues may ask by its title."""
        if self.kind == "issue" and {"name", "about"}.issubset(self.shown.front_matter):
            return True
        said = [each.text for each in self.revealed.prose] + [each.text for each in self.revealed.headings]
        return len(_WORD.findall(" ".join(said))) >= LEAST or bool(self.revealed.headings)


class Templates(Fact):
    """The templates of change requests and of issues in the places that a forge reads, whatever the forge."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._broken: list[Problem] = []

    @classmethod
    def gather(cls, repository: Repository) -> Templates:
        """Never fails; what cannot be read is among the problems."""
        return cls(repository[Files])

    @cached_property
    def changes(self) -> tuple[Template, ...]:
        """Those of change requests."""
        return tuple(self._of("change"))

    @cached_property
    def issues(self) -> tuple[Template, ...]:
        """Those of issues; the settings file of the chooser is none."""
        return tuple(self._of("issue"))

    @cached_property
    def contacts(self) -> tuple[tuple[str, Link], ...]:
        """The places that the chooser of issue templates offers beside them: (path, link)."""
        found = []
        for path in filter(lambda path: _CONTACTS.match(path.lower()), self._files):
            text = self._read(path)
            found += [(path, link) for link in self._tried(path, text, contacts) or ()]
        return tuple(found)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Templates that could not be read."""
        _ = self.changes, self.issues, self.contacts
        return tuple(sorted(set(self._broken)))

    def _of(self, kind: Kind) -> Iterator[Template]:
        for path in self._files:
            if _PLACE[kind].match(path.lower()):
                text = self._read(path)
                form = path.lower().endswith((".yml", ".yaml"))
                text = (self._tried(path, text, as_markdown) or "") if form else text
                yield template(path, kind, _only_blanks(text) if SCAFFOLD in text else text)

    def _read(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable as error:
            self._broken.append(Problem(Location(path), str(error)))
            return ""

    def _tried(self, path: str, text: str, read: Callable[[str, str], T]) -> T | None:
        """Return what a reader of YAML makes of a text, None where it is malformed."""
        try:
            return read(text, path)
        except yaml.YamlError as error:
            self._broken.append(Problem(Location(path, error.line), error.message))
            return None


def template(path: str, kind: Kind, text: str) -> Template:
    """Read a template in Markdown."""
    return Template(path, kind, markdown.read(path, text), markdown.read(path, _COMMENT.sub(_revealed, text)))


def _only_blanks(text: str) -> str:
    """Return a scaffold without what nobody has made their own yet: it asks nothing until its blanks are gone."""
    return "\n".join(line if SCAFFOLD in line else "" for line in text.split("\n"))


def _revealed(comment: re.Match[str]) -> str:
    """Return what a comment says, at the left margin, for indented text would be code."""
    return "\n".join(part.strip() if at == 0 else part for at, part in enumerate(_dedented(comment[1])))


def _dedented(text: str) -> list[str]:
    first, *rest = text.split("\n")
    return [first, *textwrap.dedent("\n".join(rest)).split("\n")] if rest else [first]
