"""A page a rule, and the index of all: what `productops explain` and `rules` say, with what the examples give."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from making.schemas import kind
from making.text import code, fenced, page, prose, table
from pytest_productops import api, gate
from pytest_productops.catalogue import Catalogue
from pytest_productops.manual import Archive
from pytest_productops.model import LEVELS, Option, Rule
from pytest_productops.policy.profiles import PROFILES, demands, rules_of
from pytest_productops.policy.settings import Options, read
from pytest_productops.reports import handbook, manual, terminal
from pytest_productops.reports.plain import Plain
from pytest_productops.repository import Fact
from pytest_productops.testing import SPECIAL, lay_out

LANGUAGES = {
    ".md": "markdown", ".py": "python", ".toml": "toml", ".yml": "yaml", ".yaml": "yaml", ".json": "json",
    ".sh": "sh", ".js": "javascript", ".ts": "typescript", ".rs": "rust", ".go": "go", ".rb": "ruby",
    ".cfg": "ini", ".ini": "ini", "Makefile": "make", "Dockerfile": "docker",
}  # fmt: skip
WAYS = {
    "boolean": ("true", "false"), "array": ("more entries", "fewer entries"), "string": ("longer", "shorter"),
    "enum": ("later", "earlier"), "integer": ("higher", "lower"), "number": ("higher", "lower"),
}  # fmt: skip
"""What is stricter of an option that is More, and of one that is Less, by the type of its values."""
SAID_OF = {
    "git log": "the history: a line a commit, oldest first",
    "now": "the day of the judgement",
    "options": "the rule's options",
}


def pages(rules: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the path of each page below `reference/`, and its text."""
    yield "rules/index.md", index(rules)
    for rule in rules:
        yield f"rules/{rule.code}.md", of(rule, rules)


def index(rules: Catalogue) -> str:
    """Return the catalogue, as `productops rules --format=markdown` writes it, with links and by profile."""
    catalogue = handbook.render(rules)
    for rule in rules:
        catalogue = catalogue.replace(f"| {rule.code} |", f"| [{rule.code}]({rule.code}.md) |")
    toctree = ("```{toctree}", ":hidden:", *(rule.code for rule in rules), "```")
    return page(catalogue, *_by_profile(rules), "", *_by_level(rules), "", *toctree)


def of(rule: Rule, rules: Catalogue) -> str:
    """Return a rule's page: the data of `productops explain`, with what each example gives."""
    said = manual.document(rule, rules)
    return page(
        f"# {rule.code} {rule.name}",
        "",
        f"**{prose(said['summary'])}**",
        "",
        *_facts(rule, said),
        *_part("", said["text"]),
        *_part("## Why", said["why"]),
        *_part("## Fix", said["fix"]),
        *_part("", "\n".join(f"- {code(line)}" for line in manual.mends(said))),
        *_options(rule),
        *_elsewhere(said),
        *_examples(rule, rules, "Bad"),
        *_examples(rule, rules, "Good"),
        *_part("## Source", said["source"]),
    )


def answer(rule: Rule, rules: Catalogue, archive: Archive) -> str:
    """Return what `productops check --select=CODE` prints below its first line, run on an example."""
    with tempfile.TemporaryDirectory(prefix="productops-page-") as scratch:
        root = Path(scratch, "example")
        lay_out(archive, root)
        if "options" in archive:
            given = f"\n[rules.{rule.code}]\n{archive['options']}"
            with (root / "productops.toml").open("a", encoding="utf-8") as file:
                file.write(given)
        words = {"select": rule.code} | ({"now": archive["now"].strip()} if "now" in archive else {})
        judging = gate.Gate(root, read(root, rules, (Options("--", words),), in_ci=False))
        return terminal.render(judging.report()).partition("\n")[2].strip()


def _facts(rule: Rule, said: Plain) -> Iterator[str]:
    profiles = ", ".join(name for name in PROFILES if rules_of([name], [rule]))
    reads = ", ".join(map(_fact, rule.needs))
    yield from table(
        ("responsibility", "stage", "level", "in the profiles", "reads"),
        [(said["responsibility"], said["stage"], said["level"], profiles, reads)],
    )


def _fact(fact: type[Fact]) -> str:
    """Return a fact by the name that a pack imports it by, with a link to what it is."""
    name = next((name for name in api.__all__ if getattr(api, name) is fact), "")
    return f"[{code(name)}](../python/facts.md#{name.lower()})" if name else code(fact.__name__)


def _part(title: str, text: str) -> Iterator[str]:
    if text:
        yield from ("", title) if title else ()
        yield from ("", text)


def _options(rule: Rule) -> Iterator[str]:
    yield from ("", "## Options")
    if not rule.options:
        yield from ("", "None.")
        return
    yield ""
    rows = (_row(rule, option) for option in rule.options.values())
    yield from table(("option", "what", "values", "default", "stricter is"), rows)
    given = "\n".join(f"{name} = {json.dumps(option.default)}" for name, option in rule.options.items())
    yield from ("", fenced(f"# productops.toml\n[rules.{rule.name}]\n{given}", "toml"))
    yield from _demands(rule)


def _row(rule: Rule, option: Option) -> tuple[str, ...]:
    default = code(json.dumps(option.default, ensure_ascii=False))
    return (
        code(option.name),
        prose(rule.manual.options[option.name]),
        kind(option.schema),
        default,
        _way(option),
    )


def _way(option: Option) -> str:
    """Say which values of an option are the stricter ones."""
    more, less = WAYS[option.schema.get("type", "enum")]
    return {"more": more, "less": less, "": "-"}[option.stricter]


def _demands(rule: Rule) -> Iterator[str]:
    for name in PROFILES:
        asked = demands([name], rule) if rules_of([name], [rule]) else {}
        if asked:
            words = ", ".join(code(f"{key} = {json.dumps(value)}") for key, value in asked.items())
            yield from ("", f"Profile `{name}` demands {words}.")


def _elsewhere(said: Plain) -> Iterator[str]:
    lines = (
        f"productops check --select={said['code']}",
        f"pytest productops::{said['code']}",
        manual.waiver(said),
    )
    yield from ("", "## Ask it alone, accept it for a time, leave it out", "", fenced("\n".join(lines), "sh"))
    yield from ("", fenced(f'# productops.toml\n[ignore]\n{said["code"]} = "the reason"', "toml"))


def _examples(rule: Rule, rules: Catalogue, title: str) -> Iterator[str]:
    archives = {"Bad": rule.manual.bad, "Good": rule.manual.good}[title]
    for number, archive in enumerate(archives, 1):
        yield from ("", f"## {title} example" + (f" {number}" if len(archives) > 1 else ""))
        for name, text in archive.items():
            note = f" ({SAID_OF[name]})" if name in SPECIAL else ""
            language = "toml" if name == "options" else LANGUAGES.get(Path(name).suffix or name, "text")
            yield from ("", f"`{name}`{note}:", "", fenced(text, language) if text.strip() else "*empty*")
        yield from ("", f"`productops check --select={rule.code}` says:", "")
        yield fenced(answer(rule, rules, archive), "text")


def _by_profile(rules: Catalogue) -> Iterator[str]:
    """Yield what each profile holds beside the first, and leaves out of it."""
    yield from ("## By profile", "")
    first, *others = PROFILES
    base = rules_of([first], rules)
    rows = [(code(first), str(len(base)), _codes(base))]
    for name in others:
        held = rules_of([name], rules)
        without = f"; without {_codes(base - held)}" if base - held else ""
        rows.append((code(name), str(len(held)), f"those of `{first}` and {_codes(held - base)}{without}"))
    yield from table(("profile", "rules", "which"), rows)


def _codes(codes: Iterable[str]) -> str:
    return " ".join(map(code, sorted(codes)))


def _by_level(rules: Catalogue) -> Iterator[str]:
    yield from ("## By level", "")
    ranked = sorted(rules, key=lambda rule: (LEVELS.index(rule.level), rule.code))
    groups = groupby(ranked, key=lambda rule: rule.level)
    yield from table(("level", "rules"), ((level, _codes(r.code for r in some)) for level, some in groups))
