"""Quick start: how the README lets its reader install or start the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Document, Documents, Link
from pytest_productops.facts.guides.answers import Answer, heading_of
from pytest_productops.facts.guides.homes import front_page
from pytest_productops.facts.guides.inside import Inside
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.guides.topics import is_setup
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

# A tool's verb that fetches, builds or starts something, among the first words of a command.
_VERB = regex(
    r"\A(?:sudo\s+)?(?:[A-Z_]+=\S*\s+)*[\w./@-]+(?:\s+[^\s|;&]+){0,4}?\s+(?:install|i|add|get|require"
    r"|pull|create|tap"
    r"|init|new|build|run|up|start|serve|dev|develop|bootstrap|setup|sync|apply|runserver|server|dlx"
    r"|restore|bundle"
    r"|deps\.get|phx\.server|bootRun|spring-boot:run|-i|-S\w*|-iA|-[iU]vh)(?![\w-])"
    r"|\b(?:npx|pnpx|bunx|uvx|emerge|pkg_add|nix-shell|pkgin|Install-(?:Package|Module|Script))\s+\S"
    r"|\b(?:curl|wget|iwr|irm)\b.*(?:\|\s*(?:sudo\b.*\s)?(?:\w*sh|iex|python\d?|perl|tar|node)\b"
    r"|\s-\w*[oO]\b|\s>\s|install)"
    r"|\bwget\s|\bjava -jar\b"
    r"|\A(?:\./|bin/|scripts?/)\S*(?:start|run|install|setup|dev|server|bootstrap)"
)
_DOCUMENTATION = regex(r"\bdocs?\b|\binstall-(?:docs|man)\b", re.IGNORECASE)
# What declares a dependency on the product in another project, or loads it in a page or a workflow.
_SNIPPET = regex(
    r"<(?:dependency|groupId|artifactId|PackageReference)\b|\{:\w+,\s*(?:[\"~>]|git:|github:|path:)"
    r"|^[^\S\n]*(?:implementation|api|compile|testImplementation|testCompile|runtimeOnly|classpath|kapt"
    r"|ksp)\s*[('\"]"
    r"|^[^\S\n]*(?:gem|pod) ['\"]|^[^\S\n]*\[[\w.-]*dependencies(?:\.[\w-]+)?\]|\.package\(|libraryDependencies"
    r"|<script[^>]+\bsrc=|<link[^>]+\bhref=|^[^\S\n]*github \"|\"(?:require|(?:dev)?[dD]ependencies)\"\s*:"
    r"|FetchContent_Declare|CPMAddPackage|find_package\(|ivy\"|^[^\S\n]*(?:-\s*)?uses:\s|^[^\S\n]*-?\s*repo:\s"
    r"|^[^\S\n]*image:\s"
    r"|\bid\(?\s*['\"][\w.-]+['\"]\)?\s+version|^[^\S\n]*Plug(?:in)?\b\s*\(?['\"]|//> using|@Grab|#r \"nuget"
    r"|\[[\w./-]+ \"\d[\w.-]*\"\]|:mvn/version|bazel_dep\(|http_archive\(|addSbtPlugin",
    re.MULTILINE,
)
_NOT_TO_START = regex(
    r"\b(?:tests?|testing|benchmark\w*|uninstall\w*|changelog|licen[cs]e|bugs?|reproduc\w+|reporting)\b|\A(?:how to "
    r"|making a )?(?:releas|publish)"
)
_STARTING = regex(
    r"\b(?:install(?:ing|ation)?|quick[- ]?start\w*|get(?:ting)?[- ]started|set[- ]?up|setting up|tutorial"
    r"|run(?:ning)? (?:locally|it|the \w+)|how to (?:run|use|install)|first steps"
    r"|download(?:ing)?"
    r"|build(?:ing)? (?:from source|instructions)|local(?:[- ]\w+)? development)\b",
    re.IGNORECASE,
)
_NAMED = regex(
    r"\bintro\Z|\bself[- ]host\w*|\bdeploy(?:ing|ment)?\b|\busage (?:guide|instructions)\b", re.IGNORECASE
)
_INSTALLING = regex(
    r"\b(?:install(?:ing|ation)?|set[- ]?up|setting up|run(?:ning)? locally|from source)\b", re.IGNORECASE
)
_COORDINATES = regex(r"[\w-]+(?:\.[\w-]+)+:[\w.-]+:[\w.${}-]+\Z")
_UNSPECIFIC = regex(
    r"(?:https?:)?//[^/]+(?:/(?:docs?|documentation|guide|manual|wiki|en|latest|stable|main"
    r"|index(?:\.html)?))*/?(?:\?.*)?\Z"
)
_REMOTE = regex(r"(?:https?:)?//", re.IGNORECASE)
_NO_PAGE = regex(
    r"badge|shields\.io|\.svg|\.png|/actions/|licen[cs]e|conduct|/(?:issues|pulls?|releases|discussions)\b"
    r"|//(?:[\w-]+\.)?(?:codecov|coveralls|pypi|pypistats|pepy|python|npmjs|npm|crates|rubygems"
    r"|packagist|hex|docs"
    r"|sonatype|nuget)\.(?:io|org|com|rs|pm|im|tech)/",
    re.IGNORECASE,
)


class Quickstart(Fact):
    """What the README says to one who wants to install or start the product."""

    def __init__(self, readme: Document | None, inside: Inside) -> None:
        self.readme = readme
        self._inside = inside

    @classmethod
    def gather(cls, repository: Repository) -> Quickstart:
        """Never fails."""
        return cls(next(iter(front_page(repository[Documents])), None), repository[Inside])

    @cached_property
    def command(self) -> Location | None:
        """The first command that fetches, builds or starts the product, or snippet that declares it."""
        document = self.readme
        if document is None:
            return None
        told = [each for each in instructions(document) if starts(each.text)]
        places = [each.location for each in told if not self._aside(each.location.line)]
        places += [document.at(b.line) for b in document.code_blocks if _SNIPPET.search(b.text)]
        places += [document.at(c.line) for c in document.codes if _COORDINATES.match(c.text)]
        return min(places, key=lambda place: place.line, default=None)

    def _aside(self, line: int) -> bool:
        """Whether a line is about something else than using the product."""
        return bool(self.readme and _NOT_TO_START.search(normal(heading_of(self.readme, line))))

    @cached_property
    def page(self) -> tuple[Location, str] | None:
        """The link to instructions in the repository, and where they are."""
        for document, link in self._links():
            path = self._inside.path(document, link.target)
            if path and path != document.path and not path.upper().startswith(("LICEN", "COPYING")):
                return document.at(link.line), path
        return None

    @cached_property
    def elsewhere(self) -> Answer:
        """The link to instructions on another site."""
        for document, link in self._links():
            if _REMOTE.match(link.target) and not _NO_PAGE.search(link.target):
                return Answer(elsewhere=link, sender=document.at(link.line))
        return Answer()

    def _links(self) -> Iterator[tuple[Document, Link]]:
        """Yield the README's links to how to start: those that say so themselves, then those told by their words."""
        document = self.readme
        if document is None:
            return
        links = [each for each in document.links if not each.image and each.text.strip()]
        links = [each for each in links if not self._aside(each.line)]
        named = [each for each in links if _names(each)]
        yield from ((document, link) for link in named)
        said = {prose.line: prose.text for prose in document.prose}
        for link in links:
            contributing = "contribut" in f"{link.text} {link.target}".lower()
            wanted = _INSTALLING if contributing else _STARTING
            heading = heading_of(document, link.line)
            if wanted.search(f"{heading} {said.get(link.line, '')}") and not _UNSPECIFIC.match(link.target):
                yield document, link


def _names(link: Link) -> bool:
    """Whether a link's text, or the name of the page that it leads to, promises how to start; its folders do not."""
    page = link.target.rstrip("/").rpartition("/")[2]
    words = f"{link.text} {re.sub(r'[-_/.#]+', ' ', page)}"
    return bool(_STARTING.search(words) or _NAMED.search(words))


def starts(command: str) -> bool:
    """Whether a command installs, builds or starts a product, by its own words."""
    if command.startswith("git ") or _DOCUMENTATION.search(command):
        return False
    return bool(_VERB.search(command)) or is_setup(command)
