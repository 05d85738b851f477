"""A rule's manual as text, for `productops explain`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pytest_productops.manual import Archive
from pytest_productops.model import Rule


def render(rule: Rule) -> str:
    """Return everything that a rule says of itself."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    manual = rule.manual
    yield f"{rule.code} {rule.name}"
    yield f"{rule.responsibility}, stage {rule.stage}, {rule.level}, profile {', '.join(rule.profiles)}"
    yield from ("", manual.summary)
    for title, text in (("", manual.text), ("Why", manual.why), ("Fix", manual.fix)):
        if text:
            yield from _part(title, text)
    if rule.options:
        yield from _part("Options", f"[rules.{rule.name}]  in productops.toml, or below [tool.productops]")
        for option in rule.options.values():
            yield f"  {option.name} = {json.dumps(option.default)}"
            yield f"      {manual.options[option.name]}"
    yield from _part("Leave it out", f'[ignore]\n{rule.code} = "the reason"')
    yield from _part("Source", manual.source)
    for title, archives in (("Bad", manual.bad), ("Good", manual.good)):
        for archive in archives:
            yield from _part(title, _archive(archive))


def _part(title: str, text: str) -> Iterator[str]:
    yield ""
    if title:
        yield title
    yield from ((f"  {line}" if title else line) if line else "" for line in text.splitlines())


def _archive(archive: Archive) -> str:
    return "\n".join(f"-- {name} --\n{text.rstrip()}" for name, text in archive.items())
