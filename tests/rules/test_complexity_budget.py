"""DEV009."""

import pytest
from productops_rules.development.complexity_budget import complexity_budget

from pytest_productops.api import Block, Complexity, NotApplicable


def code(*complexities):
    return Complexity(tuple(Block("a.py", n, f"f{n}", c) for n, c in enumerate(complexities, 1)))


def judge(code, **options):
    return list(complexity_budget.check(code, **complexity_budget.with_defaults(options)))


def test_within_budget():
    assert judge(code(*[1] * 95, *[16] * 5)) == []


def test_over_budget_names_the_worst_first():
    (finding,) = judge(code(*[1] * 94, *[16] * 5, 30))
    assert finding.key == "share"
    assert finding.location == finding.evidence[0].location
    assert finding.message == "6.0% of 100 functions are more complex than 15, the budget is 5.0%"
    assert [str(each) for each in finding.evidence][:2] == [
        "a.py:100  f100: 30, rank D",
        "a.py:95  f95: 16, rank C",
    ]


def test_cap():
    assert [finding.key for finding in judge(code(*[1] * 60, 41), cap=40)] == ["a.py#f61"]


@pytest.mark.parametrize("complexities", [(), (99,) * 49])
def test_too_little_to_judge(complexities):
    with pytest.raises(NotApplicable):
        judge(code(*complexities))
