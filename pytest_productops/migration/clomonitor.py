"""CLOMonitor: `.clomonitor.yml` in the root, with exemptions and the address of a licence scan.

Format: https://github.com/cncf/clomonitor/blob/main/docs/metadata/.clomonitor.yml. An exemption without a reason has
no effect (clomonitor-core/src/linter/checks/util/helpers.rs, `find_exemption`). The check sets of a repository stand in
CLOMonitor's own data, not here; `code` is what its linter takes (https://clomonitor.io/docs/topics/checks/).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.migration.model import Asked, Configured, Table
from pytest_productops.migration.reading import Source, load, sound
from pytest_productops.policy.problems import Problem
from pytest_productops.repository import Repository

FILE = ".clomonitor.yml"
MISNAMED = ".clomonitor.yaml"
SETS = ("code", "code-lite", "community", "docs")


def read(repository: Repository, table: Table, sets: Sequence[str]) -> Configured:
    """Return what the check sets ask; raise `ConfigurationError` where the file cannot be read."""
    files = repository[Files]
    source = load(files, FILE) if FILE in files else Source(FILE, {})
    exempt = {each.name: each for each in sound(_exempt(source))}
    asked = [
        exempt.get(name) or Asked(name, like=name)
        for name, entry in table.rules.items()
        if set(sets).intersection(entry.traits["sets"])
    ]
    unknown = [each for name, each in exempt.items() if name not in table.rules]
    note = f"check set: {', '.join(sets)}; which apply to a repository stands in CLOMonitor's own data"
    return Configured(FILE if FILE in files else "", (*asked, *unknown), (note, *_notes(source, files)))


def _exempt(source: Source) -> Iterator[Asked | Problem]:
    """Yield the exempt checks; the first exemption of a check counts."""
    data = {} if source.data is None else source.data
    if not isinstance(data, dict):
        yield source.wrong("the file is no table")
        return
    entries = data.get("exemptions")
    if entries is not None and not isinstance(entries, list):
        yield source.wrong("exemptions is no list", "exemptions")
        return
    seen: set[str] = set()
    for index, entry in enumerate(entries or ()):
        one = _exemption(source, index, entry)
        if isinstance(one, Problem) or one.name not in seen:
            yield one
        if isinstance(one, Asked):
            seen.add(one.name)


def _exemption(source: Source, index: int, entry: Any) -> Asked | Problem:
    check = entry.get("check") if isinstance(entry, dict) else None
    reason = entry.get("reason") if isinstance(entry, dict) else None
    if not isinstance(check, str) or not isinstance(reason, str):
        return source.wrong("an exemption has a check and a reason, both texts", "exemptions", index)
    remark = () if reason.strip() else ("Its exemption gives no reason, so it has no effect.",)
    return Asked(check, reason.strip(), source.at("exemptions", index), check, remark)


def _notes(source: Source, files: Files) -> Iterator[str]:
    """Yield what is there and not taken over."""
    if MISNAMED in files:
        yield f"{MISNAMED} is not read, by CLOMonitor neither: the name is {FILE}"
    data = source.data if isinstance(source.data, dict) else {}
    if data.get("licenseScanning") is not None:
        yield f"{source.at('licenseScanning')}: licenseScanning is not taken over, no rule asks for a scan"
