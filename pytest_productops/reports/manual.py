"""A rule's manual and what it says here, for `productops explain`: plain data, and that data as text."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Iterable, Iterator

from pytest_productops.catalogue import Catalogue
from pytest_productops.fixing import command
from pytest_productops.manual import Archive
from pytest_productops.model import Rule
from pytest_productops.reports.plain import Plain
from pytest_productops.text import clean

FORMAT = "1.0"
PAGES = "Rules"
"""The label of the project URL by which a pack says where the pages of its rules are: `<that>/ONB003.html`."""
SHOWN = 10
"""Most findings, and most places that a pass rests on, that are shown."""
_WORDS = {"not-applicable": "N/A"}


def document(rule: Rule, catalogue: Catalogue, here: Plain | None = None) -> Plain:
    """Return everything that a rule says of itself, and `here` what it says of a repository."""
    manual = rule.manual
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": manual.summary,
        "text": manual.text,
        "why": manual.why,
        "fix": manual.fix,
        "fixers": [{"safety": each.safety, "title": each.title} for each in rule.fixers],
        "source": manual.source,
        "responsibility": rule.responsibility,
        "stage": rule.stage,
        "level": rule.level,
        "profiles": list(rule.profiles),
        "outside": list(rule.outside),
        "reads": [fact.__name__ for fact in rule.needs],
        "options": [
            {
                "name": option.name,
                "text": manual.options[option.name],
                "default": option.default,
                "stricter": option.stricter,
                "schema": dict(option.schema),
                "demands": {
                    name: table[option.name] for name, table in rule.demands.items() if option.name in table
                },
            }
            for option in rule.options.values()
        ],
        "docs": page(rule, catalogue),
        "bad": list(manual.bad),
        "good": list(manual.good),
        "here": here,
    }


def every(documents: Iterable[Plain]) -> Plain:
    """Return the manuals of several rules as one document."""
    return {"schema_version": FORMAT, "rules": list(documents)}


def page(rule: Rule, catalogue: Catalogue) -> str:
    """Return the address of a rule's page, nothing where its pack names none."""
    pack = next((pack for pack in catalogue.packs if rule.code in pack.codes and pack.distribution), None)
    if pack is None:
        return ""
    urls = importlib.metadata.metadata(pack.distribution).get_all("Project-URL") or ()
    pairs = (url.partition(",")[::2] for url in urls)
    found = (address.strip() for label, address in pairs if label.strip() == PAGES)
    return next((f"{address.rstrip('/')}/{rule.code}.html" for address in found), "")


def render(said: Plain) -> str:
    """Return a document as text."""
    return "\n".join(_lines(said)) + "\n"


def _lines(said: Plain) -> Iterator[str]:
    yield f"{said['code']} {said['name']}"
    yield f"{said['responsibility']}, stage {said['stage']}, {said['level']}, profile {', '.join(said['profiles'])}"
    yield from ("", said["summary"])
    yield from _part("", said["text"])
    yield from _part("Why", said["why"])
    if said["here"]:
        yield from _part("Here", "\n".join(here(said["here"])))
    yield from _part("Fix", said["fix"])
    yield from _part("", "\n".join(f"  {line}" for line in mends(said)))
    if said["options"]:
        yield from _part("Options", f"[rules.{said['name']}]  in productops.toml, or below [tool.productops]")
        yield from (f"  {line}" for option in said["options"] for line in _option(option, said["here"]))
    yield from _part("Waive", waiver(said))
    yield from _part("Leave it out", f'[ignore]\n{said["code"]} = "the reason"')
    yield from _part("Source", said["source"])
    yield from _part("Docs", said["docs"])
    for title in ("Bad", "Good"):
        for archive in said[title.lower()]:
            yield from _part(title, archived(archive))


def mends(said: Plain) -> Iterator[str]:
    """Yield what `productops fix` does for the rule, a line a way."""
    for fixer in said["fixers"]:
        yield f"{command(said['code'], fixer['safety'])}  {fixer['title']}"


def waiver(said: Plain) -> str:
    """Return the command that accepts what the rule finds, or why none may."""
    if said["here"] and not said["here"].get("waivable", True):
        return f"the settings let nobody waive {said['code']}"
    return f'productops waive {said["code"]} --until=DATE --owner=@NAME --reason="..."'


def here(said: Plain) -> Iterator[str]:
    """Yield what the rule says of the repository, or why that cannot be told."""
    if said["lack"]:
        yield f"cannot be told: {said['lack']}"
        return
    for verdict in said["verdicts"]:
        place = f"{verdict['component']}: " if verdict["component"] else ""
        reason = f": {verdict['reason']}" if verdict["reason"] else ""
        outcome = _WORDS.get(verdict["outcome"], verdict["outcome"].upper())
        yield f"{place}{outcome}{reason}"
        yield from _findings(verdict["findings"])
        yield from _cut(f"  rests on {_at(each)}{each['note']}" for each in verdict["evidence"])
    yield f"{'selected' if said['selected'] else 'not selected'}: {'; '.join(said['because'])}"


def _findings(findings: list[Plain]) -> Iterator[str]:
    for finding in findings[:SHOWN]:
        outcome = "" if finding["outcome"] == "fail" else f"{finding['outcome']}: "
        yield f"  {_at(finding)}{finding['message']}"
        yield from (f"      {_at(each)}{each['note']}".rstrip() for each in finding["evidence"])
        if finding["why"]:
            yield f"      {outcome}{finding['why']}"
        if finding["fix"]:
            yield f"      fix  {finding['fix']}"
    if len(findings) > SHOWN:
        yield f"  and {len(findings) - SHOWN} more"


def _cut(lines: Iterable[str]) -> Iterator[str]:
    lines = [line.rstrip() for line in lines]
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"  and {len(lines) - SHOWN} more places"


def _at(place: Plain) -> str:
    if not place["path"]:
        return ""
    return f"{place['path']}:{place['line']}  " if place["line"] else f"{place['path']}  "


def _option(option: Plain, here: Plain | None) -> Iterator[str]:
    chosen = (here or {}).get("options", {}).get(option["name"])
    if chosen is None:
        yield f"{option['name']} = {json.dumps(option['default'])}"
    else:
        other = (
            ""
            if chosen["value"] == option["default"]
            else f"; the default is {json.dumps(option['default'])}"
        )
        yield f"{option['name']} = {json.dumps(chosen['value'])}    {chosen['decided']}{other}"
    yield f"    {option['text']}"


def _part(title: str, text: str) -> Iterator[str]:
    if not text:
        return
    yield ""
    if title:
        yield title
    yield from ((f"  {line}" if title else line) if line else "" for line in text.splitlines())


def archived(archive: Archive) -> str:
    """Return an example as it stands in a manual."""
    return "\n".join(f"-- {name} --\n{text.rstrip()}" for name, text in archive.items())


def lacking(reason: str) -> Plain:
    """Return that nothing can be said of a repository, and why."""
    return {
        "lack": clean(reason),
        "selected": False,
        "because": [],
        "verdicts": [],
        "options": {},
        "waivable": True,
    }
