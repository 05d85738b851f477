"""REP001."""

import pytest
from productops_rules.repeatability.definition_of_done_measurable import definition_of_done_measurable

from pytest_productops.api import NotApplicable
from pytest_productops.manual import archive
from pytest_productops.testing import findings

STAGE = """\
[[stage]]
id = "{0}"
[[stage.criterion]]
id = "{0}.it"
text = "It holds"
check = {{ {1} }}
"""


def judge(text, **options):
    return [(f.key, f.message) for f in findings(definition_of_done_measurable, archive(text), **options)]


def toml(**checks):
    return "-- .productops/done.toml --\n" + "".join(
        STAGE.format(stage, check) for stage, check in checks.items()
    )


def test_none_is_not_applicable_unless_required():
    with pytest.raises(NotApplicable):
        judge("-- README.md --\nx\n")
    assert judge("-- README.md --\nx\n", required=True) == [("missing", "there is no definition of done")]


@pytest.mark.parametrize(
    "path", [".productops/done.toml", "DEFINITION_OF_DONE.md", "docs/definition-of-done.rst"]
)
def test_an_empty_one_fails(path):
    assert len(judge(f"-- {path} --\n")) == 1


def test_missing_stages():
    text = (
        toml(review="rule = 'SUP007'")
        + "[[stage]]\nid = 'test'\nnot_applicable = 'prose only'\n[[stage]]\nid = 'plan'\n"
    )
    assert judge(text) == [
        ("stages", "the definition of done has no stage release"),
        ("plan", "stage plan has no criterion"),
    ]


def test_too_many_manual_checks():
    manual = "manual = { who = 'ann', record = 'r/*.md' }"
    checks = {"review": manual, "test": manual, "release": "rule = 'OPS005'"}
    assert judge(toml(**checks)) == [("manual", "only a person can judge 2 of 3 criteria, more than 34%")]
    assert judge(toml(**checks), max_manual=0.7) == []


def test_vague_words():
    text = "-- DEFINITION_OF_DONE.md --\n# Review\n- Adequate naming\n# Test\n- Tests pass\n# Release\n- 2 approvals\n"
    assert judge(text) == [
        ("adequate-naming", "'Adequate naming': nobody can measure 'adequate'"),
        ("unchecked", "1 of 3 criteria names no check: 'Tests pass'"),
    ]


def prose(text):
    return findings(definition_of_done_measurable, {"DEFINITION_OF_DONE.md": text})


def test_prose_without_checks_is_one_finding():
    (finding,) = prose(
        "# Done\n- [ ] Code complete\n- [ ] Tests written\n- [ ] Two approvals\n- [ ] Docs complete\n"
    )
    assert finding.message == "3 of 4 criteria name no check, the first: 'Code complete'"
    assert (finding.key, finding.location.line) == ("unchecked", 2)
    assert [(each.location.line, each.note) for each in finding.evidence] == [
        (3, "'Tests written': name the command that shows it"), (5, "'Docs complete': name a link to the artifact"),
    ]  # fmt: skip


def test_prose_need_not_be_in_stages():
    assert prose("# Done\n- Two approvals\n- At most 3 days\n") == ()
    assert prose("# Tests et couverture\n- Couverture >= 90 %\n# Livraison\n- 2 jours ouvrés\n") == ()
    (finding,) = prose("# Review\n- Two approvals\n# Tests\n- 80 % coverage\n")
    assert finding.message == "the definition of done has no stage release"
    assert (
        prose(
            "# Review\n- Two approvals\n# Tests\n- 80 % coverage\n# Deployment\n- Smoke test within 1 hour\n"
        )
        == ()
    )


def test_only_criteria_are_judged():
    explained = (
        "# Done\n## Criteria\n- Two approvals\n## What done is not\n- Confidence\n## Exceptions\n- Typos\n"
    )
    assert prose(explained) == ()
    assert prose("# Done\n- Ask if in doubt\n\nList:\n\n- [ ] Two approvals\n- [ ] At most 3 days\n") == ()
    assert [f.key for f in prose("# What done is not\n- Confidence\n")] == ["unchecked"]


@pytest.mark.parametrize(
    "code", ["src/index.ts", "--provenance", "size-limit", "quality:full", "CHANGELOG.md"]
)
def test_a_name_in_code_is_a_check_that_cannot_be_tried(code):
    assert prose(f"# Done\n- [ ] `{code}` is as it should be\n") == ()
    assert [f.key for f in prose("# Done\n- [ ] `done` is as it should be\n")] == ["unchecked"]
