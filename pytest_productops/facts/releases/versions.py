"""Versions as projects write them: SemVer, PEP 440, CalVer and near relatives, ordered.

https://semver.org, https://packaging.python.org/specifications/version-specifiers, https://calver.org.
`packaging` reads PEP 440 only and refuses most tags of other languages, so there is a reader of our own.
"""

from __future__ import annotations

import functools
import re

from pytest_productops.lazy import dataclass, regex

PHASES = ("dev", "alpha", "beta", "candidate", "final", "post")
"""The phases of a version, oldest first; only the last two are stable."""
YEAR = 1000
"""Least first number of a version that is a date."""
_PHASE_WORDS = (
    ("dev", r"dev(?:el)?|snapshot|nightly|canary|insiders?|experimental|unstable|wip|test"),
    ("alpha", r"alphas?|a"),
    ("beta", r"betas?|b"),
    ("candidate", r"rc|cr|c|pre(?:view)?s?|candidate|milestone|m|next|ea"),
    ("post", r"post|rev|patch|pl|p|sp|hotfix|r"),
    ("final", r"final|ga|release|stable|lts"),
)
_WORDS = "|".join(words for _, words in _PHASE_WORDS)
NUMBER = r"\d{1,14}(?:[._]\d{1,14}){0,5}"
"""The numbers of a version, apart by dots (by underscores in some tags)."""
SUFFIX = (
    rf"(?:[-._+~]?(?:{_WORDS})(?![a-z])(?:[-._+]?\d{{1,14}})*(?:[-._]?(?:dev|post)\.?\d{{0,9}})?"
    r"(?:\+[\w.-]{1,60})?|\+[\w.-]{1,60}|-\d{1,6}|[a-z])?"
)
"""What may follow the numbers: `-rc.1`, `b2`, `.post1`, `-SNAPSHOT`, `+build.5`, and `1.0.1a`."""
_VERSION = regex(rf"(?:\d{{1,4}}!)?(?P<number>{NUMBER})(?P<suffix>{SUFFIX})\Z", re.IGNORECASE)
_PHASES = tuple((phase, regex(rf"[-._+~]?(?:{words})(?![a-z])[-._+]?(\d{{0,14}})", re.IGNORECASE))
                for phase, words in _PHASE_WORDS)  # fmt: skip


@functools.total_ordering
@dataclass(frozen=True, eq=False)
class Version:
    """A version: its text as written, its numbers, its phase of `PHASES` and the number within that."""

    text: str
    numbers: tuple[int, ...]
    phase: str = "final"
    step: tuple[int, ...] = ()

    @property
    def stable(self) -> bool:
        """Whether it is no pre-release."""
        return self.phase in {"final", "post"}

    @property
    def dated(self) -> bool:
        """Whether it begins with a year, or with a day in one number: `2026.1`, `20260105.2`."""
        return self.numbers[0] >= YEAR

    @property
    def short(self) -> tuple[int, ...]:
        """Its numbers without zeros at the end: `2.0` and `2.0.0` are the same version."""
        numbers = self.numbers
        while len(numbers) > 1 and not numbers[-1]:
            numbers = numbers[:-1]
        return numbers

    @functools.cached_property
    def order(self) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
        """What versions are put in order by."""
        return self.short, PHASES.index(self.phase), self.step

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.order == other.order

    def __hash__(self) -> int:
        return hash(self.order)

    def __lt__(self, other: Version) -> bool:
        return self.order < other.order

    def __str__(self) -> str:
        return self.text


@functools.lru_cache(maxsize=10_000)
def parse(text: str) -> Version | None:
    """Return the version that a whole text is, `v` in front allowed, or None.

    >>> parse("v1.2.0-rc.1") < parse("1.2"), parse("1.2.0") == parse("1.2"), parse("main")
    (True, True, None)
    """
    text = text.strip()
    match = _VERSION.match(text.removeprefix("v").removeprefix("V"))
    if match is None:
        return None
    numbers = tuple(int(part) for part in re.split(r"[._]", match["number"]))
    phase, step = _phase(match["suffix"])
    return Version(text, numbers, phase, step)


def _phase(suffix: str) -> tuple[str, tuple[int, ...]]:
    """Return the phase that a suffix names and the numbers in it; a letter alone or `-1` comes afterwards."""
    told = suffix.partition("+")[0] or ""
    if not told:
        return "final", ()
    step = tuple(int(number) for number in re.findall(r"\d+", told))
    if re.fullmatch(r"-\d+", told):  # Debian's 1.0-1 comes afterwards, npm's 1.0.0-0 before
        return ("post" if any(step) else "dev"), step
    if re.fullmatch(r"[a-z]", told, re.IGNORECASE):  # OpenSSL's 1.0.2k
        return "post", (ord(told.lower()),)
    if re.search(r"dev", told, re.IGNORECASE):
        return "dev", step
    return next((phase for phase, words in _PHASES if words.match(told)), "dev"), step
