"""What `productops fix` knows to do about the findings of a report: as one line in text, as patches in data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pytest_productops.fixing import OPEN, Patch, patches
from pytest_productops.fixing.patching import MOST
from pytest_productops.gate import Gate, Lost
from pytest_productops.reports.json_report import Patches, fingerprint
from pytest_productops.reports.plain import Plain

Found = Mapping[tuple[str, str, str], Patch]
"""Code, component and key of a finding -> its patch."""
_OPEN = frozenset(outcome.value for outcome in OPEN)


def found(gate: Gate, given: Iterable[Plain]) -> Found:
    """Return the patches of what fails or is advisory; it costs nothing where no rule that failed has a fix."""
    able = {rule.code for rule in gate.rules if rule.fixers}
    places = {(v["rule"], v["component"]) for v in given if v["outcome"] in _OPEN and v["rule"] in able}
    try:
        return gate.work(patches, places) if places else {}
    except Lost:  # a report without patches says all the same what is wrong
        return {}


def by_fingerprint(known: Found) -> Patches:
    """Return the patches as the JSON report holds them, without those whose diff cannot be shown as it is."""
    return {fingerprint(*subject): patch._asdict() for subject, patch in known.items() if patch.diff}


def notes(known: Found) -> tuple[str, ...]:
    """Return that a report holds a part of the patches, where it does."""
    if len(known) <= MOST:
        return ()
    asked = "`productops fix --diff` shows those that are asked for"
    return (f"{MOST} of {len(known)} fixes have a patch here; {asked}",)
