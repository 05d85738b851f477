"""Toolchains: the container's image, and the Python, that a repository's manifests ask for."""

from __future__ import annotations

from pytest_productops.facts.components import Components
from pytest_productops.facts.formats.ranges import Span, numbers
from pytest_productops.facts.manifests import Manifests
from pytest_productops.facts.toolchains import Toolchains
from pytest_productops.repository import Repository

_IMAGES = {
    "python": ("python:{}", ("3.13", "3.12", "3.11", "3.14", "3.10", "3.9", "3.8")),
    "node": ("node:{}", ("22", "24", "20", "18", "16")),
    "go": ("golang:{}", ("1.25", "1.26", "1.24")),
    "rust": ("rust:{}", ("1",)),
    "java": ("eclipse-temurin:{}-jdk", ("21", "25", "17", "11")),
    "ruby": ("ruby:{}", ("3.4", "3.3", "3.2")),
    "php": ("composer:{}", ("2",)),
    "elixir": ("elixir:{}", ("1.18", "1.17")),
}
"""Toolchain -> its official image, and the releases in the order in which they are taken."""
PLAIN = "buildpack-deps:stable"
"""The image without a toolchain: git, make, curl, a compiler."""


def toolchain(repository: Repository) -> tuple[str, str | None]:
    """Return the image for the toolchain that the root declares, and what it demands of Python."""
    declared = repository[Toolchains].declared(repository[Components].all[0])
    image = next((_image(tool.name, allowed) for tool, _, allowed in declared if tool.name in _IMAGES), "")
    python = next((claim.constraint for tool, claim, _ in declared if tool.name == "python"), None)
    if python is None and any(each.ecosystem == "python" for each in repository[Manifests].within("")):
        python, image = "", image or _image("python", ())
    return image or PLAIN, python


def _image(name: str, allowed: tuple[Span, ...]) -> str:
    """Return the image with the first release that fits, the first of all where none does."""
    image, releases = _IMAGES[name]
    fit = (r for r in releases if (n := numbers(f"{r}.99")) and any(span.holds(n) for span in allowed))
    return image.format(next(fit, releases[0]))
