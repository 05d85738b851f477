"""The toolchains that are known: where each states its version, and how that is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pytest_productops.facts.formats.ranges import Dialect, Numbers, Span, spans
from pytest_productops.facts.manifests import Claim
from pytest_productops.lazy import dataclass, regex

_NOT_EQUAL = regex(r"!=\s*[\w.*]+")


@dataclass(frozen=True)
class Tool:
    """A toolchain.

    `parts` are the numbers that make a release of it (Node 20, Python 3.12). `actions` set it up in CI by their
    `inputs`. `files` hold the version to develop with, `asdf` its names in .tool-versions and mise, `image` the
    name of its container image, `said` its name in documents. `floor`: what is declared is only a lower end,
    with no meaning for newer ones.
    """

    name: str
    label: str
    parts: int
    dialect: Dialect
    actions: re.Pattern[str]
    inputs: tuple[str, ...]
    files: tuple[str, ...]
    asdf: tuple[str, ...]
    image: re.Pattern[str]
    said: str
    floor: bool = False

    def allowed(self, claim: Claim) -> tuple[Span, ...]:
        """Return the versions that a claim allows; nothing where it cannot be read."""
        text = _NOT_EQUAL.sub("", claim.constraint).strip(" ,").replace("~=", "~>").replace(",,", ",")
        if self.name == "java" and text.startswith("1.") and text[2:].isdigit():
            text = text[2:]
        if self.floor and text[:1].isdigit():
            text = f">={text}"
        return spans(text, self.dialect) or ()

    def release(self, numbers: Numbers) -> Numbers:
        """Return the release that a version belongs to."""
        return numbers[: self.parts]


def _tool(
    name: str,
    label: str,
    parts: int,
    dialect: Dialect,
    action: str,
    files: str = "",
    said: str = "",
    *,
    asdf: str = "",
    image: str = "",
    floor: bool = False,
) -> Tool:
    return Tool(
        name,
        label,
        parts,
        dialect,
        actions=regex(rf"(?:^|/)(?:{action})@"),
        inputs=("toolchain",) if name == "rust" else (f"{name}-version",),
        files=tuple((files or f".{name}-version").split()),
        asdf=(name, *asdf.split()),
        image=regex(
            rf"^(?:docker\.io/)?(?:library/)?(?:{image or name}):v?(\d{{1,9}}(?:\.\d{{1,9}}){{0,9}})[-.\w]*$"
        ),
        said=said or label,
        floor=floor,
    )


_PYTHON_SETUP = "setup-python|setup-uv|setup-pdm"
_RUST_SETUP = "rust-toolchain|toolchain|setup-rust-toolchain"
_JAVA_IMAGES = "eclipse-temurin|openjdk|amazoncorretto"
_ALL = (
    _tool("python", "Python", 2, "npm", _PYTHON_SETUP, files=".python-version runtime.txt", said="C?Python"),
    _tool(
        "node", "Node.js", 1, "npm", "setup-node", ".nvmrc .node-version", r"Node(?:\.?js)?", asdf="nodejs"
    ),
    _tool("go", "Go", 2, "npm", "setup-go", said="Go(?:lang)?", image="golang", asdf="golang", floor=True),
    _tool("rust", "Rust", 2, "cargo", _RUST_SETUP, said="Rust(?:c)?", floor=True),
    _tool("java", "Java", 1, "npm", "setup-java", said="(?:Java|JDK)", image=_JAVA_IMAGES, floor=True),
    _tool("ruby", "Ruby", 2, "ruby", "setup-ruby"),
    _tool("php", "PHP", 2, "composer", "setup-php"),
    _tool("elixir", "Elixir", 2, "hex", "setup-beam|setup-elixir"),
)
TOOLS: Mapping[str, Tool] = MappingProxyType({each.name: each for each in _ALL})
"""Name, as in a manifest's claims -> what is known of it."""
