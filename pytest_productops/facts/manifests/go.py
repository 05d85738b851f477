"""Go: go.mod (https://go.dev/ref/mod#go-mod-file)."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.manifests.model import Claim, Dependency, Manifest
from pytest_productops.model import Location


def directives(content: str) -> Iterator[tuple[str, tuple[str, ...], int, str]]:
    """Yield (verb, words, line, comment) of each directive; blocks in parentheses are opened."""
    verb = ""
    for number, line in enumerate(content.splitlines(), 1):
        code, _, comment = line.partition("//")
        words = code.split()
        if not words:
            continue
        if verb and words[0] == ")":
            verb = ""
        elif verb:
            yield verb, tuple(words), number, comment.strip()
        elif words[-1] == "(" or words[0].endswith("("):
            verb = words[0].rstrip("(")
        else:
            yield words[0], tuple(words[1:]), number, comment.strip()


def read(files: Files, path: str) -> Manifest:
    """Read go.mod; what is malformed in it is passed over."""
    found = list(directives(files.read(path)))
    local = {words[0] for verb, words, *_ in found if verb == "replace" and words and _to_folder(words)}
    asked = tuple(
        Dependency(
            words[0],
            words[1],
            "indirect" if comment.startswith("indirect") else "",
            Location(path, line),
            local=words[0] in local,
        )
        for verb, words, line, comment in found
        if verb == "require" and len(words) == 2  # noqa: PLR2004 - a module and its version
    )
    names = [words[0].strip('"') for verb, words, *_ in found if verb == "module" and words]
    claims = [
        Claim("go" if verb == "go" else "go-toolchain", words[0], Location(path, line))
        for verb, words, line, _ in found
        if verb in {"go", "toolchain"} and words
    ]
    return Manifest(
        "go", path, name=names[0] if names else "", dynamic=True, dependencies=asked, claims=tuple(claims)
    )


def _to_folder(words: tuple[str, ...]) -> bool:
    return "=>" in words and words[-1].startswith((".", "/"))


def used(content: str) -> tuple[str, ...]:
    """Return the folders that a go.work uses (https://go.dev/ref/mod#workspaces)."""
    return tuple(words[0].strip('"') for verb, words, *_ in directives(content) if verb == "use" and words)
