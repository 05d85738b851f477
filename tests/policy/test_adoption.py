"""Adoption: the baseline, terms that begin later, levels, and what is stale, on real repositories."""

import pytest

from pytest_productops.catalogue import installed
from pytest_productops.cli import main
from pytest_productops.gate import Gate
from pytest_productops.model import Outcome
from pytest_productops.policy.settings import Options, read
from pytest_productops.testing import lay_out

NOTES = {"NOTES": "open one\nopen two\nclosed\n", "productops.toml": 'select = ["TOY002"]\n'}
LOG = {"git log": "2026-01-05 ann@example.org Begin\n"}


@pytest.fixture
def at(tmp_path, toys, monkeypatch, capsys):
    """Lay files out, and run verbs there: `at(files)`, then `.run("check")` gives (exit code, output)."""

    class Place:
        def __init__(self, files):
            self.root = lay_out({**files, **LOG}, tmp_path / "shop").root
            monkeypatch.chdir(self.root)

        def run(self, *words):
            code = main([*words, "--now=2026-11-22"])
            out = capsys.readouterr()
            return code, out.out + out.err

        def report(self, **options):
            rules = installed(self.root)
            given = {"now": "2026-11-22", **options}
            in_ci = given.pop("ci", False)
            return Gate(self.root, read(self.root, rules, [Options("--", given)], in_ci=in_ci)).report()

    return Place


def ended(report):
    return {(v.subject, s.finding.key): s.outcome.value for v in report.verdicts for s in v.findings}


def test_two_commands_make_the_gate_green_and_a_new_violation_makes_it_red(at):
    place = at(NOTES)
    assert place.run("check")[0] == 1
    assert place.run("baseline") == (
        0,
        ".productops/baseline.toml: 2 findings known from today\nNew ones fail: productops check\n",
    )
    assert (place.root / ".productops/baseline.toml").read_text() == (
        "# Findings known when productops was adopted. Written by `productops baseline`; it only shrinks.\n"
        "schema = 1\n"
        "\n"
        "[TOY002]\n"
        '"open one" = 2026-11-22\n'
        '"open two" = 2026-11-22\n'
    )
    code, out = place.run("check")
    assert (code, out) == (
        0,
        "shop  profile default\nPassed: 1 of 1 selected rule could judge: 1 baselined.\n"
        "Level reached: none yet; bronze needs 1 rule: TOY002.\n",
    )
    (place.root / "NOTES").write_text("open one\nopen two\nopen three\n")
    code, out = place.run("check")
    assert code == 1
    assert "NOTES:3  line is open three" in out
    assert "open one" not in out
    assert "and 2 known since adoption, in the baseline" in out


def test_it_only_shrinks(at, monkeypatch):
    place = at(NOTES)
    place.run("baseline")
    (place.root / "NOTES").write_text("open two\nopen three\n")
    assert place.run("baseline") == (0, ".productops/baseline.toml: 1 finding known, 1 taken out\n")
    assert "open three" not in (place.root / ".productops/baseline.toml").read_text()
    assert place.run("baseline", "--add") == (0, ".productops/baseline.toml: 2 findings known, 1 added\n")
    assert place.run("baseline") == (0, ".productops/baseline.toml: 2 findings known, nothing changed\n")
    (place.root / "NOTES").write_text("open four\n")
    monkeypatch.setenv("CI", "true")
    code, out = place.run("baseline", "--add")
    assert code == 2
    assert "--add: a baseline does not grow in CI" in out
    assert place.run("baseline") == (0, ".productops/baseline.toml: 0 findings known, 2 taken out\n")


def test_in_ci_none_is_begun(at, monkeypatch):
    place = at(NOTES)
    monkeypatch.setenv("CI", "true")
    code, out = place.run("baseline")
    assert code == 2
    assert "is begun by a person, not in CI" in out
    assert not (place.root / ".productops").exists()


def test_an_entry_that_is_not_found_any_more(at):
    place = at(NOTES)
    place.run("baseline")
    (place.root / "NOTES").write_text("open two\n")
    report = place.report()
    assert report.passed
    assert [(s.message, str(s.location), s.outcome) for s in report.stale] == [
        ("TOY002 open one is not found any more", ".productops/baseline.toml:5", Outcome.ADVISORY)
    ]
    assert not place.report(ci=True).passed


def test_an_entry_of_a_rule_that_is_not_applied(at):
    place = at(NOTES)
    place.run("baseline")
    (place.root / "productops.toml").write_text('select = ["TOY001"]\n')
    assert [s.message for s in place.report().stale] == [
        "TOY002 open one belongs to a rule that is not applied",
        "TOY002 open two belongs to a rule that is not applied",
    ]


def test_what_one_run_does_not_ask_is_not_stale(at):
    place = at({**NOTES, "productops.toml": 'select = ["TOY"]\n'})
    place.run("baseline")
    assert place.report(select="TOY001").stale == ()


LINKS = {
    "CONTRIBUTING.md": "# Guide\n\nSee [the plan](/plan.md).\n",
    "productops.toml": 'select = ["ONB004"]\n',
}


@pytest.mark.parametrize("committed", [True, False])
def test_it_survives_a_rename(at, committed):
    import git

    place = at(LINKS)
    assert place.run("baseline")[1].startswith(".productops/baseline.toml: 1 finding known")
    before = (place.root / ".productops/baseline.toml").read_text()
    assert '"CONTRIBUTING.md#/plan.md"' in before
    repo = git.Repo(place.root)
    (place.root / "docs").mkdir()
    repo.git.mv("CONTRIBUTING.md", "docs/CONTRIBUTING.md")
    if committed:
        repo.git.commit("-qm", "Move the guide", author="ann <ann@example.org>")
    report = place.report(ci=True)
    assert list(ended(report).values()) == ["baselined"]
    assert report.passed
    assert place.run("baseline") == (0, ".productops/baseline.toml: 1 finding known, 1 renamed\n")
    assert (place.root / ".productops/baseline.toml").read_text() == before.replace(
        "CONTRIBUTING", "docs/CONTRIBUTING"
    )


def test_a_moved_component_keeps_its_entries(at):
    import git

    place = at(
        {
            "package.json": '{"private": true, "workspaces": ["packages/*"]}\n',
            "packages/api/package.json": '{"name": "api", "version": "1.0.0", "dependencies": {"left-pad": "1"}}\n',
            "packages/api/src/index.js": "1\n",
            "productops.toml": 'select = ["REP004"]\n[rules.REP004]\nrequire_lock = true\n',
        }
    )
    place.run("baseline")
    assert '["packages/api::REP004"]' in (place.root / ".productops/baseline.toml").read_text()
    git.Repo(place.root).git.mv("packages/api", "packages/backend")
    assert "baselined" in ended(place.report(ci=True)).values()
    assert place.report(ci=True).passed
    assert "1 renamed" in place.run("baseline")[1]
    assert '["packages/backend::REP004"]' in (place.root / ".productops/baseline.toml").read_text()


BROKEN = [
    ("schema = 1\n[TOY002\n", "baseline.toml:2: no TOML"),
    (
        'schema = 1\n[TOY002]\n"a" = 2026-01-01\n"a" = 2026-01-02\n',
        "baseline.toml:4: no TOML: Cannot overwrite a value",
    ),
    ("schema = 2\n", "baseline.toml:1: no baseline of format 1"),
    ("schema = 1\nTOY002 = 3\n", "baseline.toml:2: `TOY002` is no table of a rule"),
    ('schema = 1\n[TOY002]\n"a" = "soon"\n', "baseline.toml:3: TOY002: a: expected a day"),
]


@pytest.mark.parametrize(("text", "mistake"), BROKEN)
@pytest.mark.parametrize("verb", ["check", "baseline"])
def test_a_broken_one_is_told_and_never_written_over(at, text, mistake, verb):
    place = at({**NOTES, ".productops/baseline.toml": text})
    code, out = place.run(verb)
    assert code == 2
    assert mistake in out
    assert (place.root / ".productops/baseline.toml").read_text() == text


def test_a_link_is_not_written_through(at, tmp_path):
    place = at(NOTES)
    (tmp_path / "outside").mkdir()
    (place.root / ".productops").symlink_to(tmp_path / "outside")
    code, out = place.run("baseline")
    assert code == 2
    assert "leads out of the repository" in out
    assert list((tmp_path / "outside").iterdir()) == []


TERMS = [
    ("2026-11-22", "advisory", "a failure from 2027-03-01 (99 days)"),
    ("2027-02-28", "advisory", "a failure from 2027-03-01 (1 day)"),
    ("2027-03-01", "fail", ""),
]


@pytest.mark.parametrize(("now", "outcome", "why"), TERMS)
def test_enforced_from_a_day(at, now, outcome, why):
    text = NOTES["productops.toml"] + "[rules.notes-are-done]\nenforce-from = 2027-03-01\n"
    report = at({**NOTES, "productops.toml": text}).report(now=now)
    assert {(s.outcome.value, s.why) for v in report.verdicts for s in v.findings} == {(outcome, why)}
    assert report.passed is (outcome == "advisory")


DONE = {"productops.toml": 'select = ["REP001"]\n[rules.REP001]\nrequired = true\n'}


@pytest.mark.parametrize(
    ("files", "level", "outcome", "why"),
    [
        (NOTES, "bronze", "fail", ""),
        (NOTES, "gold", "fail", ""),
        (DONE, "bronze", "advisory", "silver, above the level bronze that is asked for"),
        (DONE, "silver", "fail", ""),
    ],
)
def test_a_level_fails_what_is_at_or_below_it(at, files, level, outcome, why):
    report = at(files).report(level=level)
    assert {(s.outcome.value, s.why) for v in report.verdicts for s in v.findings} == {(outcome, why)}


def test_a_level_is_reached_by_passing_rules(at):
    place = at({"NOTES": "closed\n", "productops.toml": 'select = ["TOY001", "TOY002", "TOY003"]\n'})
    assert place.report().level == "level reached: silver"
    (place.root / "NOTES").write_text("open\n")
    assert place.report().level == "level reached: none yet; bronze needs 1 rule: TOY002"
    (place.root / "productops.toml").write_text('select = ["TOY"]\n[ignore]\nTOY005 = "crashes by design"\n')
    (place.root / "NOTES").write_text("closed\n")
    assert place.report().level == "level reached: silver; gold needs 1 rule: TOY004"
    assert place.report(select="TOY001").level == ""


WAIVER = """
[[waivers]]
rule = "TOY002"
subject = "open one"
reason = "agreed with the auditors"
owner = "@ann"
expires = {day}
"""


@pytest.mark.parametrize(
    ("day", "note"),
    [
        ("2026-11-22", ["the waiver of TOY002 open one ends today (2026-11-22, @ann)"]),
        ("2026-11-23", ["the waiver of TOY002 open one ends in 1 day (2026-11-23, @ann)"]),
        ("2026-12-22", ["the waiver of TOY002 open one ends in 30 days (2026-12-22, @ann)"]),
        ("2026-12-23", []),
        ("2026-11-21", []),
    ],
)
def test_a_waiver_that_ends_soon_is_announced(at, day, note):
    report = at({**NOTES, "productops.toml": NOTES["productops.toml"] + WAIVER.format(day=day)}).report()
    assert list(report.notes) == note


def test_an_ended_waiver_fails_and_says_so(at):
    place = at({**NOTES, "productops.toml": NOTES["productops.toml"] + WAIVER.format(day="2026-11-18")})
    code, out = place.run("check")
    assert code == 1
    assert "the waiver ended 2026-11-18 (4 days ago), @ann: agreed with the auditors" in out


def test_a_waiver_that_covers_nothing(at):
    text = NOTES["productops.toml"] + WAIVER.format(day="2026-12-31").replace("open one", "open nine")
    place = at({**NOTES, "NOTES": "", "productops.toml": text})
    assert [(s.message, str(s.location), s.outcome.value) for s in place.report().stale] == [
        ("the waiver of TOY002 open nine covers no finding", "productops.toml:3", "advisory")
    ]
    assert not place.report(ci=True).passed


def test_a_waiver_of_a_rule_that_is_not_applied(at):
    text = NOTES["productops.toml"] + WAIVER.format(day="2026-12-31").replace("TOY002", "TOY003")
    assert [s.message for s in at({**NOTES, "productops.toml": text}).report().stale] == [
        "the waiver of TOY003 open one is not needed: the rule is not applied"
    ]


def test_one_too_far_ahead_does_not_hold(at):
    text = NOTES["productops.toml"] + WAIVER.format(day="2027-06-01")
    place = at({**NOTES, "productops.toml": text})
    assert set(ended(place.report()).values()) == {"fail"}
    (place.root / "productops.toml").write_text("max-waiver-days = 365\n" + text)
    assert sorted(ended(place.report()).values()) == ["fail", "waived"]


NOBODY = "[rules.TOY002]\nwaivable = false\n"


def test_what_is_not_waivable(at):
    text = NOTES["productops.toml"] + WAIVER.format(day="2026-12-31") + NOBODY
    place = at({**NOTES, "productops.toml": text})
    report = place.report()
    assert [(s.finding.key, s.outcome.value, s.why) for v in report.verdicts for s in v.findings] == [
        ("open one", "fail", "a waiver covers it, and the settings let nobody accept findings of TOY002"),
        ("open two", "fail", ""),
    ]
    assert [s.message for s in report.stale] == [
        "the waiver of TOY002 open one does not count, and the settings let nobody accept findings of TOY002"
    ]


def test_what_is_not_waivable_is_not_adopted(at):
    place = at({**NOTES, "productops.toml": NOTES["productops.toml"] + NOBODY})
    assert place.run("baseline")[1].endswith(
        "Left out, since the settings let nobody accept its findings: TOY002\n"
    )
    assert place.run("check")[0] == 1


def test_adoption_says_what_cannot_tell_where_that_fails(at):
    place = at({**NOTES, "productops.toml": 'unknown = "fail"\nselect = ["TOY002", "TOY004"]\n'})
    assert place.run("baseline")[1].endswith(
        "Cannot tell, which fails here: TOY004; `productops check` says what each needs\n"
    )


def test_unknown_may_fail(at):
    place = at({**NOTES, "productops.toml": 'select = ["TOY001", "TOY004"]\n'})
    assert place.report().passed
    (place.root / "productops.toml").write_text('unknown = "fail"\nselect = ["TOY001", "TOY004"]\n')
    assert not place.report().passed
