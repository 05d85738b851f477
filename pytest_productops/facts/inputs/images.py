"""The images that Dockerfiles start from (https://docs.docker.com/reference/dockerfile/#from)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pytest_productops.facts.inputs.model import Input
from pytest_productops.lazy import regex
from pytest_productops.model import Location

NAME = regex(
    r"(?:[^/]+/){0,4}(?:(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?"
    r"|[\w-]+\.(?:Dockerfile|dockerfile|containerfile))"
)
_TEMPLATE = regex(r"\.(?:j2|tmpl|tpl|template|erb|in|md|dockerignore|license)\Z")
_ARG = regex(r"\s*ARG\s+(\w+)=[\"']?([^\"'\s]*)", re.IGNORECASE)
_FROM = regex(r"\s*FROM\s+((?:--\S+\s+)*)(\S+)(?:\s+AS\s+(\S+))?", re.IGNORECASE)
_VARIABLE = regex(r"\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))")


def based(text: str, path: str) -> Iterator[Input]:
    """Yield each image from elsewhere; one that an argument without a default names is left out."""
    if _TEMPLATE.search(path):
        return
    given: dict[str, str] = {}
    stages: set[str] = set()
    for number, line in instructions(text):
        argument, start = _ARG.match(line), _FROM.match(line)
        if argument and not stages:
            given.setdefault(argument[1], _filled(argument[2], given))
        if start:
            image = _filled(start[2].strip("\"'"), given)
            if image.lower() not in stages and "$" not in image and image != "scratch":
                yield _image(image, Location(path, number))
            stages.add((start[3] or f"#{number}").lower())


def instructions(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, instruction) with continued lines joined and comments left out."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        begun = begun or number
        parts.append(line.rstrip().removesuffix("\\"))
        if not line.rstrip().endswith("\\"):
            yield begun, " ".join(parts)
            begun, parts = 0, []
    if parts:
        yield begun, " ".join(parts)


def _filled(text: str, given: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda m: given.get(m[1] or m[3], m[2] or "") or m[0], text)


def _image(image: str, location: Location) -> Input:
    plain, _, digest = image.partition("@")
    name, colon, tag = plain.rpartition(":") if ":" in plain.rpartition("/")[2] else (plain, "", "")
    moves = ""
    if not digest and not colon:
        moves = "it names no tag, so `latest` is taken"
    elif not digest and tag == "latest":
        moves = "`latest` is whatever was pushed last"
    return Input("image", name, image, location, moves, exact=digest.startswith("sha256:"))
