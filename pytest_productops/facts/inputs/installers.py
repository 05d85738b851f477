"""Installers that are piped from the network into a shell, in images and in CI.

One counts as pinned where its address, its arguments or a variable of it names a version or a commit. What is
saved, compared with a checksum and then run is no pipe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.inputs.images import instructions
from pytest_productops.facts.inputs.model import Input
from pytest_productops.facts.pipelines import Step
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_URL = r"[\"']?(?P<url>https?://[^\s\"'|)]+)"
_SHELL = r"(?:/(?:usr/)?bin/)?(?:ba|z|da|k)?sh\b"
_PIPED = regex(
    rf"(?:\w+=\S+\s+)*\b(?:curl|wget)\b[^|;&\n]*?{_URL}[^|;&\n]*"
    rf"\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:env\s+)?(?:\w+=\S+\s+)*{_SHELL}[^|;&\n]*"
    rf"|\b{_SHELL}\s+(?:-\w+\s+)*(?:<\(|[\"']?\$\()\s*(?:curl|wget)\b[^)\n]*?"
    rf"{_URL.replace('url', 'other')}[^)\n]*\)[^|;&\n]*"
)
_OPTIONS = regex(r"--(?:tlsv?|http|proto)\S*|--proto\s+\S+")
_VERSION = regex(
    r"\d+\.\d+|\b[0-9a-f]{12,64}\b|_\d+\.x|(?:^|[/@=\s])v\d+\b|\$\{?\w*(?:VERSION|TAG|SHA|REF|COMMIT"
    r"|REV|_VER)\w*"
    r"|--?version|\$\{\{[^}]*(?:version|tag|sha)[^}]*\}\}|--default-toolchain[ =](?!stable|nightly"
    r"|beta)\S|\bsetup_\d+",
    re.IGNORECASE,
)


def in_dockerfile(text: str, path: str) -> Iterator[Input]:
    """Yield the installers that a Dockerfile runs."""
    for number, line in instructions(text):
        if line.lstrip()[:4].upper() == "RUN ":
            yield from _found(line, Location(path, number))


def in_step(step: Step) -> Iterator[Input]:
    """Yield the installers that a step of CI runs."""
    lines = step.run.split("\n")
    begun, parts = 0, list[str]()
    for index, line in enumerate(lines):
        begun = begun if parts else index
        parts.append(line.rstrip().removesuffix("\\"))
        if not line.rstrip().endswith("\\") or index == len(lines) - 1:
            place = step.origins[begun] if begun < len(step.origins) else step.location
            if not line.lstrip().startswith("#"):
                yield from _found(" ".join(parts), place)
            parts = []


def _found(text: str, location: Location) -> Iterator[Input]:
    for match in _PIPED.finditer(text[:5000]):
        url = match["url"] or match["other"]
        versioned = _VERSION.search(_OPTIONS.sub("", match[0]))
        moves = "" if versioned else "it is run as it is that day, without a version or a checksum"
        yield Input("installer", url, url, location, moves, exact=bool(versioned))
