"""Whatever rests on a document: no empty shell of it passes, and the same in other words or form does.

The rules are those of the installed packs; the documents those of their manuals' good examples. A rule rests on
documents where it does not pass once they are taken away.
"""

import re
import tempfile
from functools import cache
from pathlib import Path

import pytest
from converting import convert
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pytest_productops.catalogue import installed
from pytest_productops.facts.documents import Documents
from pytest_productops.facts.files import Files
from pytest_productops.model import NotApplicable
from pytest_productops.repository import Unavailable
from pytest_productops.testing import SPECIAL, findings, findings_in, lay_out

RULES = installed()
GOOD = {
    f"{rule.code}-{number}": (rule, archive)
    for rule in RULES
    for number, archive in enumerate(rule.manual.good)
}
TEMPLATE = re.compile(r"template", re.IGNORECASE)


def passes(rule, archive):
    try:
        return findings(rule, archive) == ()
    except (NotApplicable, Unavailable):
        return False


def documents(archive):
    """The documents of an archive, and its change templates."""
    paths = tuple(sorted(path for path in archive if path not in SPECIAL))
    found = Documents(Files(pathless, paths), {}).paths
    return [path for path in paths if path in found or (TEMPLATE.search(path) and path.endswith(".md"))]


class _Nowhere:
    """A root that nothing is read from."""

    name = "nowhere"


pathless = _Nowhere()


def reads_documents(rule, archive):
    """Whether a rule asks for the text of a document; CODEOWNERS only asks whether there is a file."""
    with tempfile.TemporaryDirectory() as folder:
        repository = lay_out(archive, Path(folder))
        findings_in(rule, repository)
        return any(map(repository[Documents]._known.get, documents(archive)))


@cache
def rests_on_documents(name):
    rule, archive = GOOD[name]
    without = {path: text for path, text in archive.items() if path not in documents(archive)}
    rests = documents(archive) and passes(rule, archive) and not passes(rule, without)
    return bool(rests) and reads_documents(rule, archive)


NAMES = tuple(name for name in GOOD if rests_on_documents(name))


def with_body(text, body):
    """Keep the headings and put something below each."""
    lines = [line for line in text.splitlines() if re.match(r"#{1,6} ", line)]
    return "\n\n".join(part for line in lines or ["# Title"] for part in (line, body)) + "\n"


SECURITY = """# Security Policy

## Supported Versions

Use this section to tell people about which versions of your project are
currently being supported with security updates.

## Reporting a Vulnerability

Use this section to tell people how to report a vulnerability.

Tell them where to go, how often they can expect to get an update on a
reported vulnerability, what to expect if the vulnerability is accepted or
declined, etc.
"""
RAILS = """# README

This README would normally document whatever steps are necessary to get the
application up and running.

Things you may want to cover:

* Ruby version

* System dependencies

* How to run the test suite

* Deployment instructions
"""
FILLERS = st.sampled_from(
    [
        "TODO",
        "TBD",
        "FIXME: write this",
        "- [ ] TODO",
        "XXX",
        "Coming soon.",
        "*To be written.*",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        "[INSERT TEXT HERE]",
        "[Your organization name]",
        "<your-org>",
        "{{ cookiecutter.text }}",
        "Work in progress",
        "<!-- pip install . && pytest; mail ann@example.org; two maintainers approve -->",
    ]
)
SHELLS = st.one_of(
    st.just(lambda text: ""),
    st.text(" \t\n", max_size=9).map(lambda blank: lambda text: blank),
    st.just(lambda text: with_body(text, "")),
    st.just(lambda text: next((line for line in text.splitlines() if line.startswith("#")), "")),
    st.just(lambda text: f"<!--\n{text.replace('--', '- -')}\n-->\n"),
    st.just(lambda text: f"``````\n{text}\n``````\n"),
    st.just(lambda text: f"# Title\n\n~~~~~~text\n{text}\n~~~~~~\n"),
    FILLERS.map(lambda filler: lambda text: with_body(text, filler)),
    FILLERS.map(lambda filler: lambda text: f"{filler}\n"),
    st.sampled_from([SECURITY, RAILS]).map(lambda template: lambda text: template),
)


def mutated(archive, shell, *, comments):
    """The archive with each of its documents made a shell; a template may be one comment."""
    kept = [path for path in documents(archive) if comments or not TEMPLATE.search(path)]
    assume(kept)
    return {path: shell(text) if path in kept else text for path, text in archive.items()}


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(name=st.sampled_from(NAMES), shell=SHELLS)
def test_no_shell_of_a_document_passes(name, shell):
    rule, archive = GOOD[name]
    shells = mutated(archive, shell, comments=not shell("a").startswith("<!--"))
    assert not passes(rule, shells), shells


HEADINGS = {
    "set up": "Getting started with development",
    "test": "Running the tests",
    "tests": "Testing",
    "submit": "Pull requests",
    "style": "Coding style",
    "ask": "Getting help",
    "help": "Questions",
    "rollback": "Rolling back",
    "roll back": "Rollback",
    "environments": "Our environments",
    "deploy": "Deployment",
    "review": "Code review",
    "reporting a vulnerability": "Report a vulnerability",
    "development": "Developing",
    "contribute": "Contributing",
    "use": "Usage",
    "install": "Installation",
}


def other_words(text):
    def other(match):
        return f"{match[1]} {HEADINGS.get(match[2].strip().lower(), match[2])}"

    return re.sub(r"^(#{2,6}) +(.+)$", other, text, flags=re.MULTILINE)


def underlined(text):
    def other(match):
        return f"\n{match[2]}\n{'=-'[len(match[1]) - 1] * max(len(match[2]), 3)}"

    return re.sub(r"^(#{1,2}) +(.+)$", other, text, flags=re.MULTILINE)


def other_order(text):
    parts = re.split(r"(?m)^(?=## )", text)
    return "\n".join([parts[0].rstrip("\n"), *(part.rstrip("\n") for part in reversed(parts[1:]))]) + "\n"


VARIANTS = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "BOM": lambda text: "\ufeff" + text,
    "underlined headings": underlined,
    "closed headings": lambda text: re.sub(r"^(#{1,6}) +(.+)$", r"\1 \2 \1", text, flags=re.MULTILINE),
    "other words": other_words,
    "other order": other_order,
}
FORMS = ("rst", "adoc", "org")
FIXED = re.compile(r"(?:^|/)\.|template|^done\.md$", re.IGNORECASE)
"""Documents that a tool reads, in the format that it reads."""


def varied(archive, variant):
    inside = documents(archive)
    return {path: variant(text) if path in inside else text for path, text in archive.items()}


def converted(archive, form):
    """The archive with its documents in another format, and what names them changed too; None if it cannot be."""
    inside = {path for path in documents(archive) if path.endswith(".md") and not FIXED.search(path)}
    if any(archive[path].lstrip().startswith(("---", "+++")) for path in inside) or not inside:
        return None
    made = {}
    for path, text in archive.items():
        named = text if path in SPECIAL - {"git log"} else _renamed(text, inside, form)
        made[_renamed(path, {path} & inside, form)] = convert(named, form) if path in inside else named
    return made


def _renamed(text, paths, form):
    for path in paths:
        name = path.rpartition("/")[2]
        text = text.replace(name, f"{name[:-3]}.{form}")
    return text


@pytest.mark.slow
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(name=st.sampled_from(NAMES), form=st.sampled_from(FORMS), shell=SHELLS)
def test_no_shell_in_another_form_passes(name, form, shell):
    rule, archive = GOOD[name]
    assume(all(path.endswith(".md") and not FIXED.search(path) for path in documents(archive)))
    shells = converted(varied(archive, shell), form)
    assume(shells)
    assert not passes(rule, shells), shells


@pytest.mark.slow
def test_variants_pass():
    """At least 95 % of the harmless variants of what passes pass too."""
    tried, failed = 0, []
    for name in NAMES:
        rule, archive = GOOD[name]
        variants = {kind: varied(archive, variant) for kind, variant in VARIANTS.items()}
        variants |= {form: made for form in FORMS if (made := converted(archive, form))}
        for kind, variant in variants.items():
            tried += 1
            if variant != archive and not passes(rule, variant):
                failed.append(f"{name} {kind}")
    assert tried > 100
    assert len(failed) <= 0.05 * tried, f"{len(failed)} of {tried}: {failed}"


@pytest.mark.parametrize("code", ["ONB001", "PRA005", "REP006", "SUP005", "OPS007"])
def test_rules_on_documents_are_found(code):
    assert any(name.startswith(code) for name in NAMES)
