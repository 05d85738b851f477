"""Forms: issue and change request templates in YAML, as Markdown with the same lines.

https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema;
Gitea and Forgejo read the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.documents import Link
from pytest_productops.facts.formats import yaml

Said = Iterator[tuple[int, str]]


def as_markdown(text: str, path: str) -> str:
    """Return what a form asks: its labels as headings, its options as items. Raise `YamlError`."""
    form = yaml.read(text, path).value
    body = form.get("body") if isinstance(form, yaml.Map) else None
    lines: dict[int, str] = {}
    for field in body if isinstance(body, list) else ():
        for line, words in _field(field):
            lines[line] = f"{lines[line]} {words}" if lines.get(line) else words
    return "\n".join(lines.get(number, "") for number in range(1, max(lines, default=0) + 1))


def _field(field: Any) -> Said:
    """Yield (line, Markdown) of a field."""
    attributes = field.get("attributes") if isinstance(field, yaml.Map) else None
    if not isinstance(attributes, yaml.Map):
        return
    for key, value in attributes.items():
        line = attributes.lines[key]
        if isinstance(value, str) and key == "label":
            yield line, f"### {' '.join(value.split())}"
        elif isinstance(value, str) and key in {"value", "description"}:
            yield from ((line + at, words) for at, words in enumerate(value.split("\n")))
        elif isinstance(value, yaml.Seq) and key == "options":
            yield from _options(value)


def _options(options: yaml.Seq) -> Said:
    """Yield the boxes to tick, and the entries to choose from."""
    for line, option in zip(options.lines, options, strict=True):
        if isinstance(option, yaml.Map) and isinstance(option.get("label"), str):
            yield option.lines["label"], f"- [ ] {' '.join(option['label'].split())}"
        elif isinstance(option, str):
            yield line, f"- {' '.join(option.split())}"


def contacts(text: str, path: str) -> list[Link]:
    """Return the `contact_links` of a chooser's settings. Raise `YamlError`."""
    settings = yaml.read(text, path).value
    links = settings.get("contact_links") if isinstance(settings, yaml.Map) else None
    found = []
    for link in links if isinstance(links, list) else ():
        if isinstance(link, yaml.Map) and isinstance(link.get("url"), str):
            words = (link.get(key) for key in ("name", "about"))
            told = ": ".join(part.strip() for part in words if isinstance(part, str))
            found.append(Link(link["url"], told, link.lines["url"]))
    return found
