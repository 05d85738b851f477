"""Kinds: what a command is for, by its own words, and which groups of a section prepare a checkout or test it."""

from __future__ import annotations

from typing import Literal

from pytest_productops.drill.model import Unit
from pytest_productops.drill.refusals import refusal
from pytest_productops.drill.tools import roles
from pytest_productops.drill.units import Group
from pytest_productops.facts.commands.shell import calls
from pytest_productops.facts.documents import Document, Section
from pytest_productops.facts.guides.topics import is_setup, is_test
from pytest_productops.facts.substance.parts import Part
from pytest_productops.facts.topics import about, normal
from pytest_productops.lazy import regex

_NEUTRAL = regex(
    r"\s*(?:cp|mv|mkdir|export|source|\.|rm|echo|cat|ln|touch|chmod|cd|python3? -m venv|\w+=\S*\s*\Z)(?:\s|\Z)"
)
"""Commands that test nothing, whatever is named in them."""
_TOOLS = regex(
    r"\b(?:pip3?|pipx|uv tool|npm|gem|cargo|go|conda|mamba) (?:install|add)\b|\bpython3? -m venv\b|\bcorepack enable\b"
    r"|\btox\b.*--devenv\b"
)
_LINT = regex(
    r"\b(?:ruff|ty|black|mypy|pre-commit|twine|flake8|isort|pylint|pyright|codespell|eslint|prettier|clippy|fmt|lint"
    r"|typecheck|types?)\b"
)
"""A command that checks something else than what the product does."""
_HOOKS = regex(r"\b(?:pre-commit|gitlint|husky|lefthook)\b")
_PARTIAL = regex(
    r"\b(?:specific|single|individual|particular|one|some|subset|integration|extra|failing|debug\w*)\b"
)
"""Of a heading: what is below it runs a part of the tests."""
CLONES = regex(r"\b(?:git|gh repo|hub) clone\b")
Wanted = Literal["all", "part", "any"]
PREPARING = ("setup", "developing")


def is_about(section: Section, topics: tuple[str, ...]) -> bool:
    """Whether a heading below the title is about one of some topics."""
    heading = section.heading
    return bool(heading and heading.level > 1 and any(about(heading.text, topic) for topic in topics))


def part_of(document: Document, line: int, topics: tuple[str, ...] = ()) -> Part:
    """Return the section of a line, or the highest one above it whose heading is about one of some topics."""
    sections = document.sections
    found = next((s for s in reversed(sections) if s.start <= line <= s.own_end), None)
    if found is None:
        return document
    for parent in reversed(found.parents):
        if parent.level > 1 and any(about(parent.text, topic) for topic in topics):
            found = next(s for s in sections if s.heading == parent)
    return found


def kind(unit: Unit) -> str:
    """Return what a unit is for: clone, setup, test, neutral (it changes the shell or copies a file), or other."""
    parts = [str(call) for call in calls(unit.text, unit.location)] or [unit.text]
    text = "\n".join(part for part in parts if not CLONES.search(part))
    if not text:
        return "clone"
    if _NEUTRAL.match(unit.text) and not _TOOLS.search(unit.text) and "&&" not in unit.text:
        return "neutral"
    if is_setup(text) or _TOOLS.search(text):
        return "setup"
    return "test" if is_test(text) and not _LINT.search(text) else "other"


def kinds(group: Group) -> set[str]:
    """Return the kinds of a group's units."""
    return {kind(unit) for unit in group.units}


def sets_up(group: Group, part: Part) -> bool:
    """Whether a group prepares a checkout; what only changes the shell does where the section is about that."""
    found, section = kinds(group), part_of(group.document, group.start)
    heading = section.heading.text if isinstance(section, Section) and section.heading else ""
    near = section == part or any(about(heading, topic) for topic in PREPARING)
    if "setup" in found:
        return near or any(is_setup(unit.text) for unit in group.units)
    return near and found <= {"neutral", "clone"}


def runs_tests(group: Group, wanted: Wanted) -> bool:
    """Whether a group runs tests: all of them by its heading, a part of them too, or any that a machine cannot run."""
    section = part_of(group.document, group.start)
    heading = section.heading.text if isinstance(section, Section) and section.heading else ""
    if wanted == "all" and _PARTIAL.search(normal(heading)):
        return False
    tests = [unit for unit in group.units if kind(unit) == "test"]
    return any(wanted == "any" or not refusal(unit.text) for unit in tests)


def completeness(found: list[tuple[Group, str]]) -> int:
    """Return how many things a section tells: to clone, to prepare, to make an environment, to install."""
    done = [group for group, why in found if not why]
    ready = any(kind(u) == "setup" and not _HOOKS.search(u.text) for group in done for u in group.units)
    return ready + len({what for group in done for what in (*roles(group), *(kinds(group) & {"clone"}))})
