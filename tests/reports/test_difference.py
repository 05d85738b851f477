"""What `productops diff` says of two real runs: one case a cause, and those that two reports cannot decide."""

import json
from textwrap import dedent

import pytest

from pytest_productops.reports.differences import as_text, compared, read

SELECT = 'select = ["ACM"]\n'
WAIVED = (
    SELECT
    + '[[waivers]]\nrule = "ACM001"\nreason = "the old till stays until spring"\nowner = "@ann"\nexpires = {}\n'
)
OPEN = {"NOTES": "open: one\n", "productops.toml": SELECT}
KNOWN = 'schema = 1\n\n[ACM001]\n"open: one" = 2026-11-20\n'
WORKSPACE = {
    "productops.toml": SELECT,
    "pyproject.toml": '[tool.uv.workspace]\nmembers = ["till"]\n',
    "till/pyproject.toml": '[project]\nname = "till"\nversion = "1"\n',
}


def state(files=None, *options, now="2026-11-22", pack=1, committed=True, tag="", ci=False):
    """Files to commit, then options: such that start with a dash, or the text of settings outside the repository."""
    return files or {}, options, now, pack, committed, tag, ci


CASES = {
    "nothing": (
        state(OPEN),
        state(),
        """
        shop: nothing changed
        """,
    ),
    "repository: new and gone": (
        state(OPEN),
        state({"NOTES": "open: two\n"}),
        """
        shop: 1 worse, 1 better, 0 other

        repository  commit {a} -> {b}

        Worse
          ACM001 notes-are-done                                                                         fail
            new  NOTES:1  line is open: two
                 why  repository

        Better
          ACM001 notes-are-done                                                                         fail
            gone  NOTES:1  line is open: one
                  why  repository
        """,
    ),
    "repository: uncommitted": (
        state(OPEN),
        state({"NOTES": "closed\n"}, committed=False),
        """
        shop: 0 worse, 1 better, 0 other; verdict fail -> pass; level reached none -> gold

        repository  uncommitted changes in the new one

        Better
          ACM001 notes-are-done                                                                 fail -> pass
            gone  NOTES:1  line is open: one
                  why  repository
        """,
    ),
    "repository: cannot tell any more": (
        state(OPEN),
        state({"SHALLOW": "x"}),
        """
        shop: 1 worse, 0 better, 0 other

        repository  commit {a} -> {b}

        Worse
          ACM003 it-can-be-told                                                              pass -> unknown
            now unknown  set fetch-depth: 0
                         why  repository
        """,
    ),
    "repository: can tell again": (
        state(OPEN | {"SHALLOW": "x"}),
        state({"SHALLOW": None}),
        """
        shop: 0 worse, 1 better, 0 other

        repository  commit {a} -> {b}

        Better
          ACM003 it-can-be-told                                                              unknown -> pass
            now pass  why  repository
        """,
    ),
    "repository: a component": (
        state(WORKSPACE),
        state({"pyproject.toml": ""}),
        """
        shop: 0 worse, 0 better, 1 other

        repository  commit {a} -> {b}

        Other
          till::ACM004 components-are-small                                        pass -> no such component
            no such component any more  why  repository
        """,
    ),
    "rule: version": (
        state(OPEN),
        state(pack=2),
        """
        shop: no result changed

        rule        acme-rules 1.0 -> 2.0
        """,
    ),
    "rule: new in the pack": (
        state(OPEN),
        state(pack=3),
        """
        shop: 1 worse, 0 better, 0 other

        rule        acme-rules 1.0 -> 3.0
                    new in acme-rules 3.0: ACM005

        Worse
          ACM005 a-new-rule                                                             not selected -> fail
            new  this is old
                 why  rule (ACM005 is new in acme-rules 3.0)
        """,
    ),
    "rule: gone from the pack": (
        state(OPEN, pack=3),
        state(),
        """
        shop: 0 worse, 0 better, 1 other

        rule        acme-rules 3.0 -> 1.0
                    not any more in acme-rules 1.0: ACM005

        Other
          ACM005 a-new-rule                                                             fail -> not selected
            not selected any more  why  rule (ACM005 was in acme-rules 3.0 and is no more)
        """,
    ),
    "policy: an option": (
        state(OPEN),
        state({}, SELECT + '[rules.ACM001]\nword = "shut"\n'),
        """
        shop: 0 worse, 1 better, 0 other; verdict fail -> pass; level reached none -> gold

        policy      settings in productops.toml -> acme.toml
                    rules.ACM001.word open -> shut, acme.toml:3

        Better
          ACM001 notes-are-done                                                                 fail -> pass
            gone  NOTES:1  line is open: one
                  why  policy (rules.ACM001.word open -> shut, acme.toml:3)
        """,
    ),
    "policy: level": (
        state({"productops.toml": SELECT, "DUE": "2026-11-20\n"}),
        state({}, "--level=silver"),
        """
        shop: 0 worse, 0 better, 1 other; verdict fail -> pass

        policy      level gold -> silver, --level

        Other
          ACM002 nothing-is-due                                                             fail -> advisory
            fail -> advisory  DUE:1  2026-11-20 is over
                              why  policy (level gold -> silver, --level)
        """,
    ),
    "policy: selection": (
        state(OPEN, "--select=ACM001"),
        state({}, "--select=ACM001,ACM003"),
        """
        shop: 0 worse, 0 better, 1 other

        policy      select ACM001 -> ACM001 + ACM003, --select

        Other
          ACM003 it-can-be-told                                                         not selected -> pass
            now pass  why  policy (select ACM001 -> ACM001 + ACM003, --select)
        """,
    ),
    "policy: ignored": (
        state(OPEN),
        state({}, "--ignore=ACM001"),
        """
        shop: 0 worse, 0 better, 1 other; verdict fail -> pass

        policy      ignore.ACM001 unset -> set, --ignore

        Other
          ACM001 notes-are-done                                                         fail -> not selected
            not selected any more  why  policy (ignore.ACM001 unset -> set, --ignore)
        """,
    ),
    "policy: enforce-from": (
        state(OPEN, SELECT + "[rules.ACM001]\nenforce-from = 2027-01-01\n"),
        state({}, SELECT + "[rules.ACM001]\nenforce-from = 2026-11-01\n"),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail

        policy      rules.ACM001.enforce-from 2027-01-01 -> 2026-11-01, acme.toml:3

        Worse
          ACM001 notes-are-done                                                             advisory -> fail
            advisory -> fail  NOTES:1  line is open: one
                              why  policy (rules.ACM001.enforce-from 2027-01-01 -> 2026-11-01, acme.toml:3)
        """,
    ),
    "policy: not waivable": (
        state(OPEN, WAIVED.format("2027-01-31")),
        state({}, WAIVED.format("2027-01-31") + "[rules.ACM001]\nwaivable = false\n"),
        """
        shop: 1 worse, 0 better, 1 other; verdict pass -> fail; level reached gold -> none

        policy      rules.ACM001.waivable unset -> false, acme.toml:8

        Worse
          ACM001 notes-are-done                                                               waived -> fail
            waived -> fail  NOTES:1  line is open: one
                            why  policy (rules.ACM001.waivable unset -> false, acme.toml:8) or waiver
                                 (removed, until 2027-01-31, @ann: the old till stays until spring)

        Other
          waivers without use
            new  acme.toml:2  the waiver of ACM001 does not count, and the settings let nobody accept
                 findings of ACM001
                 why  policy or waiver
        """,
    ),
    "policy: waivers may be longer": (
        state(OPEN, "max-waiver-days = 30\n" + WAIVED.format("2027-01-31")),
        state({}, "max-waiver-days = 90\n" + WAIVED.format("2027-01-31")),
        """
        shop: 0 worse, 0 better, 1 other; verdict fail -> pass; level reached none -> gold

        policy      max-waiver-days 30 -> 90, acme.toml:1

        Other
          ACM001 notes-are-done                                                               fail -> waived
            fail -> waived  NOTES:1  line is open: one
                            why  policy (max-waiver-days 30 -> 90, acme.toml:1) or waiver (until 2027-01-31,
                                 @ann: the old till stays until spring)
        """,
    ),
    "policy: baseline off": (
        state(OPEN | {".productops/baseline.toml": KNOWN}),
        state({}, "--baseline=off"),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail

        policy      baseline .productops/baseline.toml -> off, --baseline

        Worse
          ACM001 notes-are-done                                                            baselined -> fail
            baselined -> fail  NOTES:1  line is open: one
                               why  policy (baseline .productops/baseline.toml -> off, --baseline)
        """,
    ),
    "policy: unknown fails": (
        state(OPEN | {"SHALLOW": "x"}),
        state({}, SELECT + 'unknown = "fail"\n'),
        """
        shop: no result changed

        policy      settings in productops.toml -> acme.toml
                    unknown allow -> fail, acme.toml:2
        """,
    ),
    "policy: a component's own": (
        state(WORKSPACE | {"till/a": "", "till/b": ""}),
        state({"till/productops.toml": "[rules.ACM004]\nmost = 1\n"}),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail; level reached gold -> bronze

        repository  commit {a} -> {b}

        Worse
          till::ACM004 components-are-small                                                     pass -> fail
            new  4 files, not 1
                 why  repository or policy (rules.ACM004.most 9 -> 1, till/productops.toml)
        """,
    ),
    "waiver: began": (
        state(OPEN),
        state({"productops.toml": WAIVED.format("2027-01-31")}),
        """
        shop: 0 worse, 0 better, 1 other; verdict fail -> pass; level reached none -> gold

        repository  commit {a} -> {b}

        Other
          ACM001 notes-are-done                                                               fail -> waived
            fail -> waived  NOTES:1  line is open: one
                            why  waiver (until 2027-01-31, @ann: the old till stays until spring)
        """,
    ),
    "waiver: renewed": (
        state(OPEN | {"productops.toml": WAIVED.format("2026-12-24")}),
        state({"productops.toml": WAIVED.format("2027-01-31")}),
        """
        shop: 0 worse, 0 better, 1 other

        repository  commit {a} -> {b}

        Other
          ACM001 notes-are-done                                                                       waived
            waived  NOTES:1  line is open: one
                    why  waiver (until 2026-12-24 -> 2027-01-31, @ann)
        """,
    ),
    "waiver: renewed after its end": (
        state(OPEN | {"productops.toml": WAIVED.format("2026-11-20")}),
        state({"productops.toml": WAIVED.format("2027-01-31")}),
        """
        shop: 0 worse, 0 better, 1 other; verdict fail -> pass; level reached none -> gold

        repository  commit {a} -> {b}

        Other
          ACM001 notes-are-done                                                               fail -> waived
            fail -> waived  NOTES:1  line is open: one
                            why  waiver (until 2026-11-20 -> 2027-01-31, @ann)
        """,
    ),
    "waiver: removed": (
        state(OPEN | {"productops.toml": WAIVED.format("2027-01-31")}),
        state({"productops.toml": SELECT}),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail; level reached gold -> none

        repository  commit {a} -> {b}

        Worse
          ACM001 notes-are-done                                                               waived -> fail
            waived -> fail  NOTES:1  line is open: one
                            why  waiver (removed, until 2027-01-31, @ann: the old till stays until spring)
        """,
    ),
    "waiver: shortened": (
        state(OPEN | {"productops.toml": WAIVED.format("2027-01-31")}),
        state({"productops.toml": WAIVED.format("2026-11-21")}),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail; level reached gold -> none

        repository  commit {a} -> {b}

        Worse
          ACM001 notes-are-done                                                               waived -> fail
            waived -> fail  NOTES:1  line is open: one
                            why  waiver (until 2027-01-31 -> 2026-11-21, @ann)
        """,
    ),
    "waiver: baseline began": (
        state(OPEN),
        state({".productops/baseline.toml": KNOWN}),
        """
        shop: 0 worse, 0 better, 1 other; verdict fail -> pass

        repository  commit {a} -> {b}

        Other
          ACM001 notes-are-done                                                            fail -> baselined
            fail -> baselined  NOTES:1  line is open: one
                               why  waiver (known in the baseline since 2026-11-20)
        """,
    ),
    "waiver: baseline removed": (
        state(OPEN | {".productops/baseline.toml": KNOWN}),
        state({".productops/baseline.toml": None}),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail

        repository  commit {a} -> {b}

        Worse
          ACM001 notes-are-done                                                            baselined -> fail
            baselined -> fail  NOTES:1  line is open: one
                               why  waiver (removed, known in the baseline since 2026-11-20)
        """,
    ),
    "clock: a waiver ended": (
        state(OPEN | {"productops.toml": WAIVED.format("2026-11-30")}),
        state(now="2026-12-01"),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail; level reached gold -> none

        clock       2026-11-22 -> 2026-12-01

        Worse
          ACM001 notes-are-done                                                               waived -> fail
            waived -> fail  NOTES:1  line is open: one
                            why  clock (the waiver ended 2026-11-30)
        """,
    ),
    "clock: a waiver ended, whatever else changed": (
        state(OPEN | {"productops.toml": WAIVED.format("2026-11-30")}),
        state({"README": "x"}, now="2026-12-01"),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail; level reached gold -> none

        repository  commit {a} -> {b}
        clock       2026-11-22 -> 2026-12-01

        Worse
          ACM001 notes-are-done                                                               waived -> fail
            waived -> fail  NOTES:1  line is open: one
                            why  clock (the waiver ended 2026-11-30)
        """,
    ),
    "clock: a waiver begins to hold": (
        state(OPEN | {"productops.toml": WAIVED.format("2027-06-30")}),
        state(now="2027-01-02"),
        """
        shop: 0 worse, 0 better, 1 other; verdict fail -> pass; level reached none -> gold

        clock       2026-11-22 -> 2027-01-02

        Other
          ACM001 notes-are-done                                                               fail -> waived
            fail -> waived  NOTES:1  line is open: one
                            why  clock (the waiver until 2027-06-30 holds from 180 days before its end)
        """,
    ),
    "clock: enforced": (
        state(OPEN | {"productops.toml": SELECT + "[rules.ACM001]\nenforce-from = 2026-12-01\n"}),
        state({"README": "x"}, now="2026-12-01"),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail

        repository  commit {a} -> {b}
        clock       2026-11-22 -> 2026-12-01

        Worse
          ACM001 notes-are-done                                                             advisory -> fail
            advisory -> fail  NOTES:1  line is open: one
                              why  clock (enforced from 2026-12-01)
        """,
    ),
    "clock: due": (
        state({"productops.toml": SELECT, "DUE": "2026-11-30\n"}),
        state(now="2026-12-01"),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail; level reached gold -> silver

        clock       2026-11-22 -> 2026-12-01

        Worse
          ACM002 nothing-is-due                                                                 pass -> fail
            new  DUE:1  2026-11-30 is over
                 why  clock
        """,
    ),
    "repository or clock": (
        state({"productops.toml": SELECT, "DUE": "2027-11-30\n"}),
        state({"productops.toml": SELECT, "DUE": "2026-11-30\n"}, now="2026-12-01"),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail; level reached gold -> silver

        repository  commit {a} -> {b}
        clock       2026-11-22 -> 2026-12-01

        Worse
          ACM002 nothing-is-due                                                                 pass -> fail
            new  DUE:1  2026-11-30 is over
                 why  repository or clock
        """,
    ),
    "repository alone, though the day differs": (
        state(OPEN),
        state({"NOTES": "closed\n"}, now="2026-12-01"),
        """
        shop: 0 worse, 1 better, 0 other; verdict fail -> pass; level reached none -> gold

        repository  commit {a} -> {b}
        clock       2026-11-22 -> 2026-12-01

        Better
          ACM001 notes-are-done                                                                 fail -> pass
            gone  NOTES:1  line is open: one
                  why  repository
        """,
    ),
    "repository or rule": (
        state(OPEN),
        state({"NOTES": "closed\n"}, pack=2),
        """
        shop: 0 worse, 1 better, 0 other; verdict fail -> pass; level reached none -> gold

        repository  commit {a} -> {b}
        rule        acme-rules 1.0 -> 2.0

        Better
          ACM001 notes-are-done                                                                 fail -> pass
            gone  NOTES:1  line is open: one
                  why  repository or rule
        """,
    ),
    "repository or policy": (
        state(OPEN),
        state({"NOTES": "closed\n", "productops.toml": SELECT + '[rules.ACM001]\nword = "shut"\n'}),
        """
        shop: 0 worse, 1 better, 0 other; verdict fail -> pass; level reached none -> gold

        repository  commit {a} -> {b}
        policy      rules.ACM001.word open -> shut, productops.toml:3

        Better
          ACM001 notes-are-done                                                                 fail -> pass
            gone  NOTES:1  line is open: one
                  why  repository or policy (rules.ACM001.word open -> shut, productops.toml:3)
        """,
    ),
    "waiver or clock: removed and over": (
        state(OPEN | {"productops.toml": WAIVED.format("2026-11-30")}),
        state({"productops.toml": SELECT}, now="2026-12-01"),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail; level reached gold -> none

        repository  commit {a} -> {b}
        clock       2026-11-22 -> 2026-12-01

        Worse
          ACM001 notes-are-done                                                               waived -> fail
            waived -> fail  NOTES:1  line is open: one
                            why  waiver (removed, until 2026-11-30, @ann: the old till stays until spring)
                                 or clock (the waiver ended 2026-11-30)
        """,
    ),
    "waiver or clock: written or not yet valid": (
        state(OPEN),
        state({"productops.toml": WAIVED.format("2027-06-30")}, now="2027-01-02"),
        """
        shop: 0 worse, 0 better, 1 other; verdict fail -> pass; level reached none -> gold

        repository  commit {a} -> {b}
        clock       2026-11-22 -> 2027-01-02

        Other
          ACM001 notes-are-done                                                               fail -> waived
            fail -> waived  NOTES:1  line is open: one
                            why  waiver (until 2027-06-30, @ann: the old till stays until spring) or clock
                                 (the waiver until 2027-06-30 holds from 180 days before its end)
        """,
    ),
    "policy and clock together": (
        state(OPEN, SELECT + "[rules.ACM001]\nenforce-from = 2027-06-01\n"),
        state({}, SELECT + "[rules.ACM001]\nenforce-from = 2026-12-01\n", now="2026-12-01"),
        """
        shop: 1 worse, 0 better, 0 other; verdict pass -> fail

        policy      rules.ACM001.enforce-from 2027-06-01 -> 2026-12-01, acme.toml:3
        clock       2026-11-22 -> 2026-12-01

        Worse
          ACM001 notes-are-done                                                             advisory -> fail
            advisory -> fail  NOTES:1  line is open: one
                              why  policy (rules.ACM001.enforce-from 2027-06-01 -> 2026-12-01, acme.toml:3)
                                   and clock (enforced from 2026-12-01)
        """,
    ),
    "stale": (
        state(OPEN | {"productops.toml": WAIVED.format("2027-01-31")}),
        state({"NOTES": "closed\n"}),
        """
        shop: 0 worse, 1 better, 1 other

        repository  commit {a} -> {b}

        Better
          ACM001 notes-are-done                                                               waived -> pass
            gone  NOTES:1  line is open: one
                  why  repository

        Other
          waivers without use
            new  productops.toml:2  the waiver of ACM001 covers no finding
                 why  repository
        """,
    ),
    "stale and pruned": (
        state({"productops.toml": WAIVED.format("2027-01-31")}),
        state({"productops.toml": SELECT}),
        """
        shop: 0 worse, 1 better, 0 other

        repository  commit {a} -> {b}

        Better
          waivers without use
            gone  productops.toml:2  the waiver of ACM001 covers no finding
                  why  repository
        """,
    ),
    "repository: tags": (
        state(OPEN),
        state(tag="v1"),
        """
        shop: no result changed

        repository  other tags
        """,
    ),
    "waiver and baseline": (
        state(OPEN | {"productops.toml": WAIVED.format("2026-11-30")}),
        state({".productops/baseline.toml": KNOWN}, now="2026-12-01"),
        """
        shop: 0 worse, 0 better, 1 other; level reached gold -> none

        repository  commit {a} -> {b}
        clock       2026-11-22 -> 2026-12-01

        Other
          ACM001 notes-are-done                                                          waived -> baselined
            waived -> baselined  NOTES:1  line is open: one
                                 why  waiver (known in the baseline since 2026-11-20) or clock (the waiver
                                      ended 2026-11-30)
        """,
    ),
    "rule: another level": (
        state({"productops.toml": SELECT, "GOLD": "x\n"}, "--level=silver"),
        state({}, "--level=silver", pack=3),
        """
        shop: 2 worse, 0 better, 0 other; verdict pass -> fail; level reached silver -> none

        rule        acme-rules 1.0 -> 3.0
                    new in acme-rules 3.0: ACM005

        Worse
          ACM005 a-new-rule                                                             not selected -> fail
            new  this is old
                 why  rule (ACM005 is new in acme-rules 3.0)
          ACM006 no-gold-is-lost                                                            advisory -> fail
            advisory -> fail  somebody left gold here
                              why  rule (ACM006 is silver, was gold)
        """,
    ),
    "what is stale fails in CI": (
        state(OPEN | {"productops.toml": WAIVED.format("2027-01-31")}, ci=True),
        state({"NOTES": "closed\n"}, ci=True),
        """
        shop: 1 worse, 1 better, 0 other; verdict pass -> fail

        repository  commit {a} -> {b}

        Worse
          waivers without use
            new  productops.toml:2  the waiver of ACM001 covers no finding
                 why  repository

        Better
          ACM001 notes-are-done                                                               waived -> pass
            gone  NOTES:1  line is open: one
                  why  repository
        """,
    ),
    "in CI and not": (
        state(OPEN),
        state(ci=True),
        """
        shop: no result changed

        policy      what is stale fails, as in CI
        """,
    ),
}


@pytest.fixture
def made(tmp_path, shop, acme, judged, monkeypatch):
    """Bring the repository into a state, judge it, and return (report, commit)."""
    monkeypatch.chdir(tmp_path)

    def make(files, options, now, pack, committed, tag, ci):
        acme(pack)
        monkeypatch.setenv("CI", "true" if ci else "")
        own = [option for option in options if option.startswith("-")]
        for text in options:
            if not text.startswith("-"):
                (tmp_path / "acme.toml").write_text(text)
                own.append("--config=acme.toml")
        commit = shop(files, committed=bool(files) and committed, tag=tag)
        return judged(*own, now=now), commit

    return make


@pytest.mark.parametrize("case", CASES)
def test_what_changed_and_why(made, case):
    old, new, expected = CASES[case]
    (before, a), (after, b) = made(*old), made(*new)
    assert as_text(compared(read(before), read(after))) == dedent(expected.format(a=a, b=b)).lstrip()


def changed(path, **parts):
    """Return a copy of a report in which something else stands."""
    data = json.loads(path.read_text())
    for key, value in parts.items():
        data[key] = value
    other = path.with_suffix(".other.json")
    other.write_text(json.dumps(data))
    return other


def test_what_the_reports_cannot_say_is_not_guessed(made):
    report, _ = made(*state(OPEN))
    other = changed(report, results=[])
    assert as_text(compared(read(other), read(report))).splitlines()[3:6] == [
        "  ACM001 notes-are-done                                                    no such component -> fail",
        "    new  NOTES:1  line is open: one",
        "         why  the reports do not say",
    ]


def test_a_part_of_the_rules_is_no_loss(made):
    whole, _ = made(*state(OPEN))
    results = [each for each in json.loads(whole.read_text())["results"] if each["rule"] == "ACM001"]
    part = changed(whole, results=results, partial=True)
    assert as_text(compared(read(whole), read(part))) == (
        "shop: nothing changed\n"
        "the new report holds a part of the rules; what the other holds beside it is not compared\n"
    )


def test_two_findings_of_one_key_are_two(made):
    one, _ = made(*state(OPEN))
    two, _ = made(*state({"NOTES": "open: one\nopen: one\n"}))
    assert as_text(compared(read(one), read(two))).splitlines()[4:] == [
        "Worse",
        "  ACM001 notes-are-done                                                                         fail",
        "    new  NOTES:2  line is open: one",
        "         why  repository",
    ]


def test_another_folder_name_is_said(made):
    report, _ = made(*state(OPEN))
    repository = {**json.loads(report.read_text())["repository"], "name": "shop-fork"}
    assert compared(read(report), read(changed(report, repository=repository))).name == "shop -> shop-fork"


def test_much_that_differs_is_cut(made):
    report, _ = made(*state(OPEN))
    config = json.loads(report.read_text())["config"]
    config["settings"] |= {f"artifacts.a{n}": {"value": "x", "from": "p"} for n in range(40)}
    told = compared(read(report), read(changed(report, config=config))).told("policy")
    assert told[0] == "artifacts.a0 unset -> x, p"
    assert told[-1] == "and 28 more"


def test_a_rule_that_looks_at_the_settings(made):
    """Waivers in a file outside the repository may be others, and no digest tells."""
    old, _ = made(*state(OPEN, "--select=PRA001", SELECT))
    new, _ = made(*state({}, "--select=PRA001", WAIVED.format("2027-01-31")))
    assert as_text(compared(read(old), read(new))) == (
        "shop: 0 worse, 0 better, 1 other\n"
        "\n"
        "Other\n"
        "  PRA001 waivers-current                                                      not-applicable -> pass\n"
        "    now pass  why  waiver\n"
    )


def test_a_rule_that_is_ignored_is_ignored_whatever_the_profile(made):
    old, _ = made(*state({"NOTES": "x"}, 'profile = "default"\n[ignore]\nDEV001 = "no CI yet"\n'))
    new, _ = made(*state({}, 'profile = "strict"\n'))
    block = next(each for each in compared(read(old), read(new)).blocks if each.title.startswith("DEV001"))
    assert str(block.changes[0].why) == "policy (ignore.DEV001 no CI yet -> unset, acme.toml:3)"


DONE = """schema = "productops.done/1"
[[stage]]
id = "release"
[[stage.criterion]]
id = "release.notes"
text = "Every note is closed"
check = { rule = "ACM001" }
"""
UNDO = """[[stage.criterion]]
id = "release.undo"
text = "Undo steps are written"
check = { artifact = { path = "RELEASING.md" } }
"""


def test_the_criteria_of_a_stage(made):
    files = {"productops.toml": SELECT, ".productops/done.toml": DONE, "NOTES": "closed\n"}
    old, a = made(*state(files, "--stage=release"))
    new, b = made(*state({".productops/done.toml": DONE + UNDO, "NOTES": "open: one\n"}, "--stage=release"))
    assert as_text(compared(read(old), read(new))) == (
        "shop: 2 worse, 0 better, 0 other; verdict pass -> fail\n"
        "\n"
        f"repository  commit {a} -> {b}\n"
        "\n"
        "Worse\n"
        "  done/release.notes Every note is closed                                               pass -> fail\n"
        "    new  NOTES:1  line is open: one\n"
        "         why  repository\n"
        "  done/release.undo Undo steps are written                                      not selected -> fail\n"
        "    new  .productops/done.toml:8  Undo steps are written: RELEASING.md does not exist\n"
        "         why  repository\n"
    )


def test_a_stage_instead_of_the_rules(made):
    old, _ = made(*state({"productops.toml": SELECT, ".productops/done.toml": DONE}))
    new, _ = made(*state({}, "--stage=release"))
    difference = compared(read(old), read(new))
    assert difference.told("policy") == ["stage none -> release"]
    assert {str(change.why) for block in difference.blocks for change in block.changes} == {
        "policy (stage none -> release)"
    }


def test_another_version_of_a_shared_policy(made):
    old, _ = made(*state({"productops.toml": 'extends = "acme"\n'}))
    new, _ = made(*state(pack=2))
    assert as_text(compared(read(old), read(new))) == (
        "shop: no result changed; policy acme 1.0 -> 2.0\n"
        "\n"
        "rule        acme-rules 1.0 -> 2.0\n"
        "policy      acme 1.0 -> 2.0\n"
        "            rules.ACM004.most 8 -> 7, acme 2.0:3\n"
    )


def test_another_text_of_a_policy_in_the_repository(made):
    extends = {"productops.toml": 'extends = "./policy.toml"\n'}
    old, a = made(*state({**extends, "policy.toml": SELECT, "NOTES": "open: one\n"}))
    new, b = made(*state({"policy.toml": SELECT + '[rules.ACM001]\nword = "shut"\n'}))
    assert as_text(compared(read(old), read(new))) == (
        "shop: 0 worse, 1 better, 0 other; verdict fail -> pass; level reached none -> gold;"
        " policy policy.toml has another text\n"
        "\n"
        f"repository  commit {a} -> {b}\n"
        "policy      policy.toml has another text\n"
        "            rules.ACM001.word open -> shut, policy.toml:3\n"
        "\n"
        "Better\n"
        "  ACM001 notes-are-done                                                                 fail -> pass\n"
        "    gone  NOTES:1  line is open: one\n"
        "          why  repository or policy (rules.ACM001.word open -> shut, policy.toml:3)\n"
    )


def test_a_policy_that_is_extended_no_more(made):
    old, _ = made(*state({"productops.toml": 'extends = "acme"\n'}))
    new, _ = made(*state({"productops.toml": SELECT}))
    assert compared(read(old), read(new)).told("policy")[0] == "acme is not extended any more"


def test_a_pack_that_is_not_installed_any_more(made):
    old, _ = made(*state(OPEN))
    data = json.loads(old.read_text())
    packs = [pack for pack in data["tool"]["packs"] if pack["name"] != "acme"]
    new = changed(old, tool={**data["tool"], "packs": packs}, rules=[], results=[])
    difference = compared(read(old), read(new))
    assert difference.told("rule") == ["acme-rules 1.0 is not installed any more"]
    assert {str(change.why) for block in difference.blocks for change in block.changes} == {
        f"rule (ACM00{n} was in acme-rules 1.0 and is no more)" for n in (1, 2, 3, 4, 6)
    }
