"""Toolchains: which versions of a language a package declares, and where something else is said."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pytest_productops.facts.components import Component
from pytest_productops.facts.documents import Documents
from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.ranges import Numbers, Span
from pytest_productops.facts.manifests import Claim, Manifests
from pytest_productops.facts.toolchains import stated
from pytest_productops.facts.toolchains.in_ci import ToolchainsInCi
from pytest_productops.facts.toolchains.model import Conflict, Statement, lowest
from pytest_productops.facts.toolchains.tools import TOOLS, Tool
from pytest_productops.repository import Fact, Repository

__all__ = ["TOOLS", "Conflict", "Statement", "Tool", "Toolchains"]


class Toolchains(Fact):
    """Compares what a component's manifests declare with everything else that names a version."""

    quick = True

    def __init__(
        self, files: Files, manifests: Manifests, documents: Documents, in_ci: ToolchainsInCi
    ) -> None:
        self._files = files
        self._manifests = manifests
        self._documents = documents
        self._ci = in_ci

    @classmethod
    def gather(cls, repository: Repository) -> Toolchains:
        """Prepare it; never fails."""
        return cls(
            repository[Files], repository[Manifests], repository[Documents], repository[ToolchainsInCi]
        )

    def declared(self, component: Component) -> tuple[tuple[Tool, Claim, tuple[Span, ...]], ...]:
        """Return each toolchain that the manifests of a component's folder declare, with what is allowed."""
        found: dict[str, tuple[Tool, Claim, tuple[Span, ...]]] = {}
        for manifest in self._manifests.within(component.folder):
            for claim in manifest.claims:
                tool = TOOLS.get(claim.tool)
                allowed = tool.allowed(claim) if tool else ()
                if tool and allowed and not posixpath.basename(manifest.path).startswith("Pipfile"):
                    found.setdefault(tool.name, (tool, claim, allowed))
        return tuple(found.values())

    def conflicts(self, component: Component, *, docs: bool, min_in_ci: bool) -> Iterator[Conflict]:
        """Yield what does not agree with it; what cannot be read for certain is left out."""
        for tool, claim, allowed in self.declared(component):
            yield from self._forbidden(component, tool, claim, allowed)
            if tool.name == "python":
                yield from self._python(component, claim, allowed)
            if docs:
                yield from self._promised(component, tool, claim, allowed)
            if min_in_ci and not component.folder:
                yield from self._untested(tool, claim, allowed)

    def _forbidden(
        self, component: Component, tool: Tool, claim: Claim, allowed: tuple[Span, ...]
    ) -> Iterator[Conflict]:
        """Yield versions to develop, test or run with that the manifest does not allow."""
        folder = component.folder
        found = [*stated.version_files(self._files, folder, tool), *stated.images(self._files, folder, tool)]
        if not folder:
            setups, _ = self._ci.setups(tool)
            found += [each.statement for each in setups if each.tests]
        seen: set[tuple[str, str]] = set()
        for each in found:
            key = (each.location.path, each.text)
            wrong = each.below(lowest(allowed)) if each.source == "ci" else not each.fits(allowed)
            if wrong and key not in seen:
                seen.add(key)
                where = (
                    "sets up"
                    if each.source == "ci"
                    else "starts from"
                    if each.source == "image"
                    else "asks for"
                )
                yield Conflict(
                    f"{tool.name}#{each.location.path}#{each.text}",
                    f"{each.location.path} {where} {tool.label} {each.text}, {_says(claim)}",
                    each.location,
                    f"raise it to what {claim.location.path} allows, or widen that",
                )

    def _python(self, component: Component, claim: Claim, allowed: tuple[Span, ...]) -> Iterator[Conflict]:
        low = lowest(allowed)[:2]
        listed = list(stated.classifiers(self._files, component.folder))
        first = min(listed, key=lambda each: each.numbers, default=None)
        for each in listed:
            if low > each.numbers:
                yield _conflict("classifier", each, f"a classifier lists Python {each.text}", claim)
        if first and low < first.numbers and low[1:]:
            yield _conflict("classifiers", first, f"the classifiers begin with Python {first.text}", claim)
        for name, each in stated.linters(self._files, component.folder):
            if each.numbers[:2] < low or (each.numbers[:2] > low and name != "mypy"):
                yield _conflict(name, each, f"{name} is set to Python {each.text}", claim)

    def _promised(
        self, component: Component, tool: Tool, claim: Claim, allowed: tuple[Span, ...]
    ) -> Iterator[Conflict]:
        low = lowest(allowed)
        promises = list(stated.documents(self._documents, component.folder, tool))
        if any(each.span.holds(low) for each in promises):  # the others are of older releases
            return
        for each in promises[:1]:
            if each.below(low):
                said = f"{each.location.path} promises {tool.label} {each.text} and newer"
                yield _conflict(each.location.path, each, said, claim, tool)

    def _untested(self, tool: Tool, claim: Claim, allowed: tuple[Span, ...]) -> Iterator[Conflict]:
        """Yield that the oldest release is set up nowhere, where it is known what is."""
        release = tool.release(lowest(allowed))
        setups, whole = self._ci.setups(tool)
        tested = [each.statement for each in setups if each.tests]
        if (
            not whole
            or not tested
            or tool.name == "java"
            or not any(release)
            or self._ci.mentions(release, tool)
        ):
            return
        if any(tool.release((*each.numbers, 0, 0)) <= release for each in tested):
            return
        oldest = min(tested, key=lambda each: each.numbers)
        yield Conflict(
            f"{tool.name}#untested",
            f"{_says(claim)} and so supports {tool.label} {_dotted(release)}, CI tests none below {oldest.text}",
            oldest.location,
            f"test {tool.label} {_dotted(release)} too, or raise the minimum in {claim.location.path}",
        )


def _conflict(key: str, each: Statement, said: str, claim: Claim, tool: Tool = TOOLS["python"]) -> Conflict:
    return Conflict(
        f"{tool.name}#{key}#{each.text}",
        f"{said}, {_says(claim)}",
        each.location,
        f"let it agree with {claim.location}",
    )


def _says(claim: Claim) -> str:
    return f"{claim.location.path} says {claim.constraint}"


def _dotted(release: Numbers) -> str:
    return ".".join(map(str, release))
