"""Whether the commands exist that the guide tells its readers to run.

Only what the project itself defines counts: targets of make, tox and the like, scripts, requirement files.
`na` where the guide names none, no where one is missing. The README counts where it is the guide, or in its
sections on developing.
"""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.commands import Resolution
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.guidance import Guidance
from pytest_productops.facts.quoted import Quoted, QuotedCommands
from pytest_productops.inspection.model import Answer, no, not_asked, note, seen, yes
from pytest_productops.lazy import regex

USERS = regex(r"(?:\A|/)(?:tutorials?|how-?to|guides?|config\w*|reference|usage|user\w*|cli|api)/")
"""Folders of pages for users, to which a guide may link."""
GENERATORS = ("Makefile.am", "configure.ac", "CMakeLists.txt")
STANDARD = frozenset({"all", "check", "clean", "dist", "install", "test", "uninstall"})
MISSING = frozenset({"missing", "runner-missing"})


def answer(guides: Guides, guidance: Guidance, commands: QuotedCommands, files: Files) -> Answer:
    """Answer it."""
    found = [
        (each, what) for each in _quoted(guides, guidance, commands) if (what := commands.anywhere(each))
    ]
    wrong = [(each, what) for each, what in found if what.status in MISSING and each.certain]
    right = [(each, what) for each, what in found if what.status == "ok"]
    if wrong:
        return no(*(seen(each.call.location, f"`{each}`: there is no {what.what}") for each, what in wrong))
    if right:
        return yes(*(seen(each.call.location, f"`{each}`: {_where(what)}") for each, what in right[:5]))
    generated = [each for each, what in found if each.certain and _by_generator(each, files)]
    if generated:
        return yes(
            *(
                seen(each.call.location, f"`{each}`: every generated Makefile has it")
                for each in generated[:5]
            )
        )
    unsure = [
        each for each, _ in found if each.certain and not any(".." in word for word in each.call.words[:2])
    ]
    if unsure:
        told = "cannot be told whether this exists"
        return Answer("unknown", tuple(seen(each.call.location, f"`{each}`: {told}") for each in unsure[:5]))
    if not guides.written and not guides.readme:
        return no(note("no guide and no README"))
    return not_asked("the guide names no command that this repository defines")


def _quoted(guides: Guides, guidance: Guidance, commands: QuotedCommands) -> Iterator[Quoted]:
    """Yield what the guide quotes."""
    own = guides.contributing.documents
    for document in guides.documents:
        if document in own or not USERS.search(document.path):
            yield from commands.of(document)
    sections = (*guides.sections, *(guides.in_readme if guidance.own else ()))
    for section in sections:
        yield from (q for q in commands.of(section.document) if section.start <= q.line <= section.end)
    if not guides.documents and not guides.sections:
        for document in guides.readme:
            yield from commands.of(document)


def _by_generator(quoted: Quoted, files: Files) -> bool:
    """Whether it is a target that autotools and CMake write into each Makefile, or one of the template of one."""
    words = [
        word for word in quoted.call.words if word != "sudo" and not word.startswith("-") and "=" not in word
    ]
    template = next((name for name in GENERATORS if name in files), "")
    if not template or words[:1] != ["make"]:
        return False
    try:
        text = files.read(template)
    except Unreadable:
        text = ""
    own = {line.partition(":")[0].strip() for line in text.split("\n") if ":" in line}
    return STANDARD.union(own).issuperset(words[1:])


def _where(found: Resolution) -> str:
    return f"{found.what} is in {found.location.path}" if found.location else f"{found.what} exists"
