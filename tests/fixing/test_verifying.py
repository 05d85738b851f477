"""A fix is offered only where it does what it is for; what a pack's author gets wrong is told at import."""

import json
from collections.abc import Iterator

import pytest

from pytest_productops import fixing
from pytest_productops.api import (
    LAST,
    Create,
    Edit,
    Files,
    Finding,
    Insert,
    Location,
    More,
    Replace,
    fixes,
    rule,
)
from pytest_productops.catalogue import Catalogue
from pytest_productops.gate import Gate
from pytest_productops.model import InvalidRule
from pytest_productops.policy.settings import read
from pytest_productops.reports import json_report, patches
from pytest_productops.testing import lay_out

MANUAL = """No list holds a word of which there is a better one.

Why:
    Why.
Fix:
    Fix.
Options:
    most: most words
Source:
    Source.
Bad:
    -- words.txt --
    bad
Good:
    -- words.txt --
    good
"""


def words():
    """Return a fresh rule on the lines of words.txt, so that each test adds fixers of its own."""

    def no_bad_words(files: Files, *, most: More[int] = 9) -> Iterator[Finding]:
        for number, line in enumerate(files.read("words.txt").split("\n"), 1):
            if line.startswith(("bad", "worse")):
                yield Finding(line, f"`{line}` is no good word", Location("words.txt", number))
            if line == "crash":
                raise ValueError(line)

    no_bad_words.__doc__ = MANUAL
    return rule("ACME001", stage="build", level="bronze", responsibility="practices")(no_bad_words)


@pytest.fixture
def offered(tmp_path):
    def make(given, text="bad\n"):
        root = lay_out({"words.txt": text}, tmp_path / "repository").root
        gate = Gate(root, read(root, Catalogue([given])))
        return {o.settled.finding.key: o.fix or o.why for o in fixing.offers(gate, gate.verdicts(gate.rules))}

    return make


def test_without_a_fixer_there_is_no_fix(offered):
    assert offered(words()) == {"bad": "its rule has no fix"}


def test_a_fixer_that_knows_nothing_offers_nothing(offered):
    given = words()

    @fixes(given, "safe")
    def nothing(finding: Finding) -> Iterator[Edit]:
        """Do nothing."""
        yield from ()

    assert offered(given) == {"bad": "no fix is certain"}


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("bad", "the finding would stay"),
        ("worse", "it would bring another finding"),
        ("crash", "its rule could not judge then"),
    ],
)
def test_a_fix_that_does_not_mend_is_refused(offered, new, why):
    given = words()

    @fixes(given, "safe")
    def write(finding: Finding) -> Iterator[Edit]:
        """Write another word."""
        yield Insert("words.txt", LAST, f"{new}\n") if new == "bad" else Replace("words.txt", 1, "bad", new)

    assert offered(given) == {"bad": why}


def test_one_that_does_not_mend_leaves_the_others(offered):
    given = words()

    @fixes(given, "safe")
    def write(finding: Finding) -> Iterator[Edit]:
        """Write another word."""
        if finding.location:
            new = "worse 4" if finding.key == "bad 3" else "good"
            yield Replace("words.txt", finding.location.line, finding.key, new)

    found = offered(given, "bad 1\nbad 2\nbad 3\n")
    assert {key: isinstance(fix, fixing.Fix) for key, fix in found.items()} == {
        "bad 1": True, "bad 2": True, "bad 3": False,
    }  # fmt: skip
    assert found["bad 3"] == "it would bring another finding"


def test_a_scaffold_that_satisfies_is_refused(offered):
    given = words()

    @fixes(given, "scaffold")
    def write(finding: Finding) -> Iterator[Edit]:
        """Write another word."""
        yield Replace("words.txt", 1, "bad", "good")

    assert offered(given) == {"bad": "it would satisfy the rule without a person"}


def test_the_first_fixer_that_can_is_taken(offered):
    given = words()

    @fixes(given, "safe")
    def impossible(finding: Finding) -> Iterator[Edit]:
        """Replace what is not there."""
        yield Replace("words.txt", 1, "worst", "good")

    @fixes(given, "unsafe")
    def second(finding: Finding, files: Files, *, most: int) -> Iterator[Edit]:
        """Write a number."""
        yield Replace("words.txt", 1, "bad", f"{most} of {len(files.paths)}")

    fix = offered(given)["bad"]
    assert isinstance(fix, fixing.Fix)
    assert (fix.safety, fix.title) == ("unsafe", "Write a number")
    assert fix.edits == (Replace("words.txt", 1, "bad", "9 of 1"),)


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (Replace("words.txt", 1, "worst", "good"), "line 1 does not hold `worst`"),
        (Replace("nowhere.txt", 1, "bad", "good"), "nowhere.txt is no file of the repository"),
        (Create("words.txt", ""), "words.txt is there already"),
        (Create("../words.txt", ""), "../words.txt is no place for a file"),
    ],
)
def test_what_cannot_be_made_is_said(offered, edit, why):
    given = words()

    @fixes(given, "safe")
    def write(finding: Finding) -> Iterator[Edit]:
        """Write."""
        yield edit

    assert offered(given) == {"bad": why}


def test_a_fixer_that_crashes_is_said_and_ends_nothing(offered):
    given = words()

    @fixes(given, "safe")
    def crash(finding: Finding) -> Iterator[Edit]:
        """Crash."""
        raise ZeroDivisionError("\x1b[31m")
        yield

    assert offered(given) == {"bad": "its fix crashed: ZeroDivisionError: \\x1b[31m"}


def test_a_rule_without_fixers_costs_no_judgement(tmp_path):
    root = lay_out({"words.txt": "bad\n"}, tmp_path / "repository").root
    gate = Gate(root, read(root, Catalogue([words()])))
    assert fixing.patches(gate, {("ACME001", "")}) == {}
    assert gate.repository.looked_at == frozenset()
    assert not gate._given


def test_the_report_has_the_same_bytes_each_time(tmp_path):
    given = words()

    @fixes(given, "safe")
    def write(finding: Finding) -> Iterator[Edit]:
        """Write a better word."""
        if finding.location:
            yield Replace("words.txt", finding.location.line, finding.key, "good")

    root = lay_out({"words.txt": "bad 1\nbad 2\nfine\n"}, tmp_path / "repository").root

    def document():
        gate = Gate(root, read(root, Catalogue([given])))
        verdicts = tuple(json_report.said(gate.report()))
        known = patches.by_fingerprint(patches.found(gate, verdicts))
        return json_report.render(json_report.document(gate, verdicts, frozenset(), known))

    first = document()
    assert document() == first
    found = json.loads(first)["results"][0]["findings"]
    assert [each["patch"] for each in found] == [
        {
            "safety": "safe",
            "title": "Write a better word",
            "diff": "diff --git a/words.txt b/words.txt\n--- a/words.txt\n+++ b/words.txt\n@@ -1,3 +1,3 @@\n"
            + body,
        }
        for body in ("-bad 1\n+good\n bad 2\n fine\n", " bad 1\n-bad 2\n+good\n fine\n")
    ]


def test_a_wrong_fixer_is_told_at_import():
    given = words()
    told = "fix wrong of ACME001"

    with pytest.raises(InvalidRule, match=f"{told}.*the rule has no option 'least'"):

        @fixes(given, "safe")
        def wrong(finding: Finding, *, least: int) -> Iterator[Edit]:
            """Write."""
            yield from ()

    with pytest.raises(InvalidRule, match=f"{told}.*no docstring, or no such safety"):

        @fixes(given, "safe")
        def wrong(finding: Finding) -> Iterator[Edit]:
            yield from ()

    with pytest.raises(InvalidRule, match=f"{told}.*no docstring, or no such safety"):

        @fixes(given, "certain")
        def wrong(finding: Finding) -> Iterator[Edit]:
            """Write."""
            yield from ()

    with pytest.raises(InvalidRule, match=f"{told}.*the first parameter is a Finding"):

        @fixes(given, "safe")
        def wrong(files: Files) -> Iterator[Edit]:
            """Write."""
            yield from ()

    with pytest.raises(InvalidRule, match=f"{told}.*the first parameter is a Finding"):

        @fixes(given, "safe")
        def wrong(finding: Finding, path: str) -> Iterator[Edit]:
            """Write."""
            yield from ()

    assert given.fixers == []
