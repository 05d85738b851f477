"""No bad input ends a run, hangs it, starts a program, changes the repository or hides what is wrong elsewhere.

Inputs that may spoil more than one file are judged each by itself; those of one file in crowds. With `-m slow` every
input is judged by itself by both faces, and so are those that keep a machine busy.
"""

import os
from pathlib import Path

import harness
import pytest
from corpus import CASES
from corpus.case import Case

CROWD = 12
"""How many inputs share a repository, at most."""
ALONE = frozenset(
    {"executing", "shape", "content", "filesystem", "settings", "waivers", "baseline", "everywhere", "volume"}
)
"""Groups whose inputs may end a run by themselves, or spoil more than a file."""


BUSY = (
    "content-ignore-rules",
    "content-mailmap-of-megabytes",
    "filesystem-folders-3000-deep",
    "filesystem-sparse-file",
    "shape-refs-is-a-link-to-the-root",
)


@pytest.fixture(scope="session")
def runner(tmp_path_factory):
    made = harness.Runner(tmp_path_factory.mktemp("hostile"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def seen(runner):
    return harness.seen(runner)


@pytest.fixture
def place(tmp_path):
    """A folder of which nothing is left: some inputs are too deep for pytest to remove."""
    yield tmp_path / "case"
    harness.remove(tmp_path / "case")


def _crowds():
    """Return inputs that can share a repository: each of another file."""
    crowds = []
    for case in CASES.values():
        if case.group in ALONE or case.codes != {1} or case.blind or case.sole or case.slow:
            continue
        free = (
            each
            for each in crowds
            if len(each) < CROWD and (not case.path or case.path not in {c.path for c in each})
        )
        crowd = next(free, None)
        if crowd is None:
            crowds.append(crowd := [])
        crowd.append(case)
    return crowds


CROWDS = _crowds()
CROWDED = {case.name for crowd in CROWDS for case in crowd}


def _crowd(cases):
    """Return inputs as one."""
    return Case("+".join(map(str, cases)), "crowd", _build(cases), slow=True)


def _build(group):
    def build(root):
        for case in group:
            try:
                case.build(root)
            except (OSError, AssertionError):  # another one of the crowd has been at this place
                continue

    return build


def params(cases, slow):
    return [
        pytest.param(case, id=str(case), marks=[pytest.mark.slow] if case.slow or slow(case) else [])
        for case in cases
    ]


def _busy(case):
    """Whether an input is many files, or costs as much as ten others."""
    return case.group == "everywhere" or case.name.startswith(BUSY)


def _allowed(case):
    if case.root and os.geteuid() != 0:
        pytest.skip("only root makes a device")


@pytest.mark.parametrize("case", params(CASES.values(), lambda case: case.name in CROWDED or _busy(case)))
def test_the_command_takes_it(case, runner, seen, place):
    _allowed(case)
    _, wrong = harness.judged(runner, case, "command", place, seen)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("case", params(CASES.values(), lambda case: True))
def test_isolated_pytest_takes_it(case, runner, seen, place):
    _allowed(case)
    _, wrong = harness.judged(runner, case, "pytest", place, seen)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("face", ["command", pytest.param("pytest", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "case", [pytest.param(_crowd(cases), id=f"crowd-{at}") for at, cases in enumerate(CROWDS)]
)
def test_both_faces_take_crowds(case, face, runner, seen, place):
    _, wrong = harness.judged(runner, case, face, place, seen)
    wrong = [each for each in wrong if " is gone: " not in each and "for no reason of the case" not in each]
    assert not wrong, f"{case}\n" + "\n".join(wrong)


def test_there_are_as_many_as_promised():
    assert len(CASES) >= 140
    assert len({case.group for case in CASES.values()}) >= 15


def test_the_reference_repository_has_faults_to_lose(seen):
    assert len(seen.run.findings) >= 8
    assert {path for *_, path in seen.run.findings} & set(harness.FAULTS)
    assert not [each for each in seen.run.results.values() if each["outcome"] == "error"]


def test_what_the_harness_must_see(runner, seen, place):
    """It is no witness that sees nothing: a run that loses a finding, crashes, escapes or hangs is told."""
    root = runner.lay(None, place)
    good = runner.run("command", root, place)
    case = Case("none", "none", lambda root: None)
    assert not list(harness.wrong(good, case, "command", seen, set()))
    bad = harness.Run(
        1,
        1,
        11.0,
        good.out + "\x1b[31m\n::error::x",
        "Traceback (most recent call last)",
        "exec /x",
        good.data,
    )
    told = "\n".join(harness.wrong(bad, case, "command", seen, set()))
    for words in (
        "of a processor",
        "a traceback",
        "a control character '\\x1b'",
        "an order for the runner",
        "the spy saw exec",
    ):
        assert words in told
    blind = harness.Run(
        1,
        1,
        1,
        good.out,
        "",
        "",
        {**good.data, "results": [r for r in good.data["results"] if r["outcome"] != "fail"]},
    )
    assert "is gone" in "\n".join(harness.wrong(blind, case, "command", seen, set()))
    before = harness.digest(root)
    (root / "README.md").write_text("changed")
    (place / "aside").mkdir()
    (place / "aside/started").write_text("x")
    told = "\n".join(harness.traces(before, root, Path(place)))
    assert "the repository changed" in told
    assert "was started" in told
