"""What the template of change requests asks: why, tests, documentation; how many boxes; which of its links are dead.

A template is shown where a change is described, not where it lies: on GitHub a relative link in it leads below
`/owner/repository/pull/`, on GitLab into the default branch (https://docs.gitlab.com/user/markdown/#links).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from urllib.parse import unquote

from pytest_productops.facts.documents import Documents, Link
from pytest_productops.facts.documents.identity import Identity, normal
from pytest_productops.facts.documents.resolving import SCHEME
from pytest_productops.facts.files import Files
from pytest_productops.facts.substance import SCAFFOLD, TEMPLATE, lack
from pytest_productops.facts.templates import Template, Templates
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "why": "why the change is made, or which issue it is for",
        "tests": "how it is tested",
        "docs": "whether documentation or changelog are updated",
    }
)
"""Topic -> what a template asks, in words."""
_I = re.IGNORECASE
_ASKS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "why": regex(
            r"\bwhy\b|\bmotivat\w+|\bpurpose\b|\brationale\b|\breason\w*|\bbackground\b|\bcontext\b|\bproblem\b"
            r"|\bintent\w*"
            r"|\bgoals?\b|\bobjectives?\b|\b(?:fix(?:es)?|clos(?:es?|ing)|resolv(?:es?|ing)|refs?|relates? to"
            r"|references)\b:?\W{0,6}"
            r"(?:#|\w+-\d|issue|an? issue|link|url|$)|\b(?:related|linked|relevant|tracking|associated"
            r"|corresponding|open|existing|github"
            r"|gitlab|jira)\b.{0,20}\b(?:issues?|tickets?|bugs?|cards?|stor(?:y|ies)|discussions?)\b|\bissues?:"
            r"|\b(?:issue|ticket|jira"
            r"|trello|bug|story)(?: (?:card|number|link|url|id|reference)|\W{0,3}(?:#|$))"
            r"|\blink(?:s|ed)? (?:to|the)\b.{0,30}\b(?:issues?|tickets?|cards?|bugs?)\b|\bwhich issue\b"
            r"|\baddress(?:es)?\b|\bfixes #"
            r"|^\W*(?:issues?(?:\(s\))?|tickets?|jira|user stor(?:y|ies))\W*$",
            _I | re.MULTILINE,
        ),
        "tests": regex(
            r"(?<![a-z])tests?\b|\btest(?:ed|ing|able|s)\b|\bverif\w+"
            r"|\bQA\b|\bcoverage\b|\bspecs?\b|\breproduc\w+|\bvalidat(?:ed|ion)\b|\bhow to (?:review|check|try)\b",
            _I,
        ),
        "docs": regex(
            r"(?<!contributing )(?<!contribution )(?<!contributor )(?<!read the )(?<!read our )(?<!see the )"
            r"(?<!see our )"
            r"\b(?:docs?|documentation|documented|(?:doc-?string|java-?doc)s?)\b(?! (?:for|on|at|explain\w*) )"
            r"|\bchange-?log|\bCHANGES(?:\.\w+|/)|\brelease[- ]?notes?\b|\bnews ?(?:fragments?|entry|file)\b"
            r"|\bchange-?sets?\b"
            r"|\bHISTORY\.\w+|\brelease document\b|\bREADME\b|\brun-?books?\b|\bwhat'?s new\b|\bADRs?\b|\bNEWS\b",
            _I,
        ),
    }
)
_URL = regex(r"\]\([^)\s]*\)|https?://\S+|^\[[^\]]+\]:\s*\S+", re.MULTILINE)
_ROUTE = regex(r"(?:\.\./)+(?:-/)?(?:blob|tree|raw|edit)/[^/]+/(.+)")
_FORGE_FILE = regex(
    r"https?://(?:www\.)?[\w.-]+/[^?#]{1,200}?/([\w.-]+)/(?:-/)?(?:blob|tree)/(main|master|HEAD)/([^?#]+)"
)
_NAMED = regex(
    r"(?:.*/)?(?:default|(?:pull|merge)_request_template)\.[^./]+\Z|(?:.*/)?(?:pull|merge)_request_template\Z",
    _I,
)


class ChangeTemplate(Fact):
    """The template that a change request begins with."""

    def __init__(self, files: Files, documents: Documents, templates: Templates) -> None:
        self._files = files
        self._documents = documents
        self._templates = templates
        self._names = Identity(files)

    @classmethod
    def gather(cls, repository: Repository) -> ChangeTemplate:
        """Find it; raise `Unavailable` where the only one cannot be read."""
        templates = repository[Templates]
        if templates.problems and not templates.changes:
            raise Unavailable(templates.problems[0].message)
        return cls(repository[Files], repository[Documents], templates)

    @cached_property
    def judged(self) -> tuple[Template, ...]:
        """The default template, else all those that an author chooses from."""
        found = self._templates.changes
        default = tuple(each for each in found if _NAMED.match(each.path))
        return default[:1] or found

    def hollow(self, template: Template) -> str:
        """Say why a template asks nothing, or nothing."""
        if SCAFFOLD in template.revealed.text:
            return f"is a scaffold: {SCAFFOLD} stands for what is to be asked"
        return _unmodified(template) if template.asks else lack(template.revealed) or "asks nothing"

    def asked(self, topic: str) -> Location | None:
        """Return where one of the judged templates asks about a topic, comments included."""
        for template in self.judged:
            text = _URL.sub(" ", template.revealed.text)
            match = _ASKS[topic].search(text)
            if match:
                return template.revealed.at(text.count("\n", 0, match.start()) + 1)
        return None

    def boxes(self, template: Template) -> int:
        """Return how many boxes a template has to tick."""
        return sum(item.checked is not None for item in template.items)

    def dead(self, template: Template) -> Iterator[tuple[Link, str]]:
        """Yield the links that lead nowhere from where a template is shown, and why."""
        for link in template.revealed.links:
            reason = self._reason(template, unquote(link.target.strip()))
            if reason:
                yield link, reason

    def _reason(self, template: Template, target: str) -> str:
        path = re.split(r"[?#]", target, maxsplit=1)[0]
        file, route = _FORGE_FILE.match(target), _ROUTE.match(path)
        if file:
            ours = normal(file[1]) in self._names.names
            return f"there is no {file[3]}" if ours and not self._there(file[3]) else ""
        if route:
            return "" if self._there(route[1]) else f"there is no {route[1]}"
        if not path or SCHEME.match(target) or path.startswith("/") or not _is_path(path):
            return ""
        if template.path.startswith(".gitlab/"):
            return "" if self._there(path) else f"there is no {posixpath.normpath(path)}"
        if not template.path.startswith((".gitea/", ".forgejo/", ".azuredevops/", ".bitbucket/", "..")):
            return "it is relative to the page of the pull request" if not path.startswith("..") else ""
        return ""

    def _there(self, path: str) -> bool:
        path = posixpath.normpath(path.strip("/"))
        return path in self._files or path in self._files.folders


def _unmodified(template: Template) -> str:
    reason = lack(template.revealed)
    return reason if reason.startswith((TEMPLATE, "holds only placeholder")) else ""


def _is_path(path: str) -> bool:
    """Whether a link's target is a file's path, not a stand-in to be filled in."""
    return bool(re.fullmatch(r"[\w./-]+\.(?:md|markdown|rst|adoc|txt|ya?ml|toml)", path))
