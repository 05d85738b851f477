"""ONB011."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Literal

from pytest_productops.api import (
    LAST,
    Create,
    Edit,
    Evidence,
    Files,
    Finding,
    Insert,
    Less,
    NotApplicable,
    Remove,
    Variables,
    fixes,
    rule,
)

IGNORE = ("CI", "HOME", "PATH", "GITHUB_*", "PYTEST_*")


@rule("ONB011", stage="build", level="silver", profiles=("service", "internal-product"))
def env_template_complete(
    variables: Variables,
    *,
    min_variables: Less[int] = 3,
    ignore: Less[tuple[str, ...]] = IGNORE,
    direction: Literal["missing", "dead", "both"] = "both",
) -> Iterator[Finding | Evidence]:
    """Each environment variable that the code reads without a default is listed, and nothing listed is dead.

    Reads Python (also pydantic-settings, django-environ and decouple), JavaScript and TypeScript, Go, Rust, Java,
    Kotlin, Ruby, PHP, C#, Elixir, and `${NAME}` in a Compose file. A variable counts when it has no default and
    nobody asks whether it is set. It is listed in `.env.example` or the like, in any document, or set by a
    container or a manifest. Tests, scripts and what systems and platforms set are left alone. A listed name is
    dead when nothing else of the repository has it; where code reads names that it computes, none is.

    Why:
        A variable that nobody lists is found by a crash on a newcomer's first day, or in production.
    Fix:
        Add the name to `.env.example` with an example and a word on what it is for; delete what nobody reads.
    Options:
        min_variables: fewest variables without default for the rule to apply
        ignore: names (globs) that are not judged
        direction: whether to look for names that are missing, dead, or both
    Source:
        https://12factor.net/config; Mercari, production readiness checklist.
    Bad:
        -- app.py --
        import os
        KEY, URL, TOKEN = os.environ["API_KEY"], os.environ["API_URL"], os.environ["API_TOKEN"]
        -- .env.example --
        API_KEY=abc
        API_URL=https://example.org
    Bad:
        -- app.js --
        connect(process.env.API_KEY, process.env.API_URL, process.env.API_TOKEN)
        -- .env.sample --
        API_KEY=abc
        API_URL=https://example.org
        API_TOKEN=secret
        OLD_ENDPOINT=https://example.org/v1
    Bad:
        -- main.go --
        connect(os.Getenv("API_KEY"), os.Getenv("API_URL"), os.Getenv("API_TOKEN"))
    Good:
        -- app.py --
        import os
        KEY, URL, TOKEN = os.environ["API_KEY"], os.environ["API_URL"], os.environ["API_TOKEN"]
        LEVEL = os.environ.get("LOG_LEVEL", "info")
        -- .env.example --
        API_KEY=abc
        API_URL=https://example.org
        -- README.md --
        # Invoices
        Set `API_TOKEN` to the token of the shop.
    """

    def judged(name: str) -> bool:
        return not any(fnmatchcase(name, pattern) for pattern in ignore)

    required = [name for name in variables.required if judged(name)]
    if len(required) < min_variables:
        raise NotApplicable(
            f"the code reads {len(required)} variables without a default, fewer than {min_variables}"
        )
    missing = [read for read in variables.missing if judged(read.name)] if direction != "dead" else []
    if missing and not variables.templates:
        named = ", ".join(read.name for read in missing[:5]) + (", ..." if len(missing) > 5 else "")  # noqa: PLR2004
        message = f"read without a default and listed nowhere: {named} ({len(missing)} in all)"
        evidence = tuple(Evidence(read.location, read.name) for read in missing[:20])
        yield Finding("template", message, missing[0].location, "list them in .env.example", evidence)
    for read in missing if variables.templates else ():
        message = f"`{read.name}` is read without a default, and {variables.templates[0]} does not list it"
        yield Finding(f"missing:{read.name}", message, read.location, "list it there, or give it a default")
    for listed in variables.dead if direction != "missing" else ():
        if judged(listed.name):
            message = f"`{listed.name}` is listed, and nothing in the repository reads it"
            yield Finding(f"dead:{listed.name}", message, listed.location, "delete the line")
    for path in variables.templates[:1]:
        yield Evidence(
            variables.listed[0].location if variables.listed else variables.required[required[0]].location,
            path,
        )


@fixes(env_template_complete, "unsafe")
def list_it(finding: Finding, variables: Variables, *, ignore: tuple[str, ...]) -> Iterator[Edit]:
    """List what is missing, without a value."""
    missing = [
        read.name
        for read in variables.missing
        if not any(fnmatchcase(read.name, pattern) for pattern in ignore)
    ]
    if finding.key == "template" and missing:
        yield Create(".env.example", "".join(f"{name}=\n" for name in missing))
    elif finding.key.startswith("missing:") and variables.templates:
        yield Insert(variables.templates[0], LAST, f"{finding.key.partition(':')[2]}=\n")


@fixes(env_template_complete, "unsafe")
def drop_it(finding: Finding, files: Files) -> Iterator[Edit]:
    """Delete the line of a variable that nothing reads."""
    place = finding.location
    if finding.key.startswith("dead:") and place:
        lines = files.read(place.path).split("\n")
        above = lines[place.line - 2] if place.line > 1 else ""
        if not above.lstrip().startswith("#"):  # a comment would seem to be on the next one
            yield Remove(place.path, place.line, lines[place.line - 1])
