"""The layers one above the other: what holds of each key, and who decided it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from pytest_productops.catalogue import Catalogue
from pytest_productops.policy import profiles, selection
from pytest_productops.policy.layers import Layer, Setting, of_defaults, of_profiles


class Stack:
    """Layers from low to high: the defaults and the profile's demands, then those given."""

    def __init__(self, given: Iterable[Layer], catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.given = tuple(given)

    @cached_property
    def profiles(self) -> tuple[str, ...]:
        """The profiles in force."""
        said = [layer.settings["profile"].value for layer in self.given if "profile" in layer.settings]
        return tuple(said[-1]) if said else ("default",)

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """All layers, from low to high."""
        return of_defaults(self.catalogue), of_profiles(self.profiles, self.catalogue), *self.given

    def said(self, key: str) -> tuple[Setting, ...]:
        """Return what the layers say of a key, from low to high: the last decides."""
        return tuple(layer.settings[key] for layer in self.layers if key in layer.settings)

    def value(self, key: str) -> Any:
        """Return a key's value, None where nobody says one."""
        return self.resolved[key].value if key in self.resolved else None

    @cached_property
    def resolved(self) -> Mapping[str, Setting]:
        """Key -> the setting that decides it, in the order of the keys."""
        found = {key: setting for layer in self.layers for key, setting in layer.settings.items()}
        return dict(sorted(found.items()))

    def below(self, prefix: str) -> dict[str, Any]:
        """Return name -> value of each key `prefix.name`."""
        start = f"{prefix}."
        found = self.resolved.items()
        return {key.removeprefix(start): setting.value for key, setting in found if key.startswith(start)}

    @property
    def of_profiles(self) -> set[str]:
        """The codes of the rules that the profiles in force hold."""
        return profiles.rules_of(self.profiles, self.catalogue)

    @cached_property
    def selected(self) -> frozenset[str]:
        """The codes of the selected rules."""
        bases = self.said("select")
        codes = self.codes(bases[-1].value) if bases else self.of_profiles
        for setting in self.said("extend-select"):
            codes |= self.codes(setting.value)
        for layer in self.given:
            codes -= self.codes(_ignored(layer))
        return frozenset(codes)

    def first(self, layers: int) -> Stack:
        """Return the stack of the first of the given layers alone."""
        return Stack(self.given[:layers], self.catalogue)

    def codes(self, words: Iterable[str]) -> set[str]:
        """Return the codes that selectors name."""
        return set().union(*(selection.matches(word, self.catalogue) for word in words))

    def locks(self, key: str) -> tuple[Setting, ...]:
        """Return the locks that a key is under."""
        return tuple(lock for layer in self.given for name, lock in layer.locked.items() if under(key, name))


def _ignored(layer: Layer) -> list[str]:
    return [key.removeprefix("ignore.") for key in layer.settings if key.startswith("ignore.")]


def under(key: str, lock: str) -> bool:
    """Whether a key is the locked one, or stands below it."""
    return key == lock or key.startswith(f"{lock}.")
