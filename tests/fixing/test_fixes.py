"""Each safe and unsafe fix: the finding is gone, nothing else changed, and a second run changes nothing more."""

import pytest
from mending_cases import CASES, Given


@pytest.mark.parametrize("given", CASES, ids=str)
def test_the_finding_is_gone_and_nothing_else_changed(case, given: Given):
    repository = case(given.files, given.log)
    before = repository.held
    options = {"profile": given.profile} if given.profile else {}
    assert given.keys <= repository.found(given.rule, **options).keys()

    assert repository.fix(given.rule, *given.words) == 0

    expected = before | {path: text.encode() for path, text in given.changed.items()}
    assert repository.held == expected
    assert not given.keys & repository.found(given.rule, **options).keys()
    assert f"FIXED {given.rule} " in repository.out
    assert f"      {given.safety}  " in repository.out

    repository.fix(given.rule, "--allow-dirty", *given.words)
    assert repository.held == expected


@pytest.mark.parametrize("given", [each for each in CASES if each.safety == "unsafe"], ids=str)
def test_what_is_unsafe_is_not_done_unasked(case, given: Given):
    repository = case(given.files, given.log)
    before = repository.held
    words = [word for word in given.words if word != "--unsafe"]
    assert repository.fix(given.rule, *words) == 1
    assert repository.held == before
    assert f": productops fix {given.rule} --unsafe" in repository.out
    assert "more with --unsafe" in repository.out


@pytest.mark.parametrize("given", CASES, ids=str)
def test_git_applies_the_diff_to_the_same(case, given: Given):
    repository = case(given.files, given.log)
    before = repository.held
    assert repository.fix(given.rule, "--diff", *given.words) == 0
    assert repository.held == before
    assert "WOULD " in repository.err
    repository.git("apply", "--whitespace=nowarn", "-", input=repository.raw)
    assert repository.held == before | {path: text.encode() for path, text in given.changed.items()}
