"""REP003: stages, their criteria and procedures."""

import pytest
from productops_rules.repeatability.stages_covered import stages_covered

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings

CRITERION = '  [[stage.criterion]]\n  id = "{0}.x"\n  text = "It works"\n  check = {{ command = "true" }}\n'
REST = "".join(
    f'[[stage]]\nid = "{name}"\nnot_applicable = "a library, there is no such stage"\n'
    for name in ("plan", "build", "test", "release", "deploy", "operate")
)


def judge(stages, *parts):
    return findings(
        stages_covered, archive("\n".join([f"-- .productops/done.toml --\n{stages}", *parts]) + "\n")
    )


def review(extra=""):
    return f'[[stage]]\nid = "review"\n{extra}\n' + CRITERION.format("review")


def test_each_missing_stage_is_a_finding():
    found = judge(review('doc = "https://example.org/review"'))
    assert {each.key for each in found} == {"plan", "build", "test", "release", "deploy", "operate"}
    assert found[0].message == "the definition of done has no stage build"


def test_the_procedure():
    doc = 'doc = "REVIEWING.md"'
    (finding,) = judge(REST + review(doc))
    assert (finding.key, finding.message) == ("review.procedure", "stage review: REVIEWING.md does not exist")
    text = "-- REVIEWING.md --\n# Reviewing\nTwo people read each change and look for tests.\n"
    assert judge(REST + review(doc), text) == ()
    assert judge(REST + review(), text) == ()
    for hollow in (
        "-- REVIEWING.md --\n",
        "-- REVIEWING.md --\n# Reviewing\n",
        "-- REVIEWING.md --\n# Reviewing\nTODO\n",
    ):
        assert judge(REST + review(doc), hollow) != ()
        assert judge(REST + review(), hollow) != ()


@pytest.mark.parametrize("reason", ["TODO", "n/a", "no"])
def test_a_reason_must_be_one(reason):
    stages = REST.replace('"a library, there is no such stage"', f'"{reason}"', 1)
    found = judge(stages + review('doc = "https://example.org/review"'))
    assert [each.key for each in found] == ["plan.reason"]


def test_without_a_definition_or_with_a_broken_one():
    with pytest.raises(NotApplicable):
        findings(stages_covered, archive("-- README.md --\n# Shop\n"))
    with pytest.raises(Unavailable, match="REP001"):
        judge("[[stage")
