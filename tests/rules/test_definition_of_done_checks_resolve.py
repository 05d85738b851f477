"""REP002."""

import pytest
from productops_rules.repeatability.definition_of_done_checks_resolve import definition_of_done_checks_resolve

from pytest_productops import gate
from pytest_productops.api import NotApplicable
from pytest_productops.catalogue import installed
from pytest_productops.manual import archive
from pytest_productops.policy.settings import Options, read
from pytest_productops.testing import findings, lay_out

STAGE = """\
[[stage]]
id = "{0}"
[[stage.criterion]]
id = "{0}.it"
text = "It holds"
check = {{ {1} }}
"""
CI = "-- .github/workflows/ci.yml --\non: {0}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: {1}\n"


def toml(**checks):
    return "-- .productops/done.toml --\n" + "".join(STAGE.format(*pair) for pair in checks.items())


def judge(text):
    return [(f.key, f.message) for f in findings(definition_of_done_checks_resolve, archive(text))]


def test_broken_checks_and_documents():
    text = toml(review="task = 'x'", test="command = 'make test'", release="rule = 'OPS005'")
    text = text.replace('id = "release"\n', 'id = "release"\ndoc = "RELEASING.md#steps"\n')
    assert judge(text + "-- RELEASING.md --\n# Release\nDo it.\n") == [
        ("review.it", "review.it: task x is in no register (.productops/tasks.toml)"),
        ("test.it", "test.it: `make test` cannot run: there is no Makefile"),
        ("release.doc", "stage release: RELEASING.md has no anchor #steps"),
    ]


def test_none():
    with pytest.raises(NotApplicable):
        judge("-- README.md --\nx\n")


def test_the_owner_of_the_definition():
    tasks = "-- .productops/tasks.toml --\n[owners.platform]\nmembers = ['@ann']\n"
    text = toml(test="rule = 'DEV001'").replace("--\n[[stage]]", '--\nowner = "platfrom"\n[[stage]]') + tasks
    assert judge(text) == [
        ("owner", "the definition of done: owner 'platfrom' is not among the owners of the task register")
    ]


@pytest.mark.parametrize(
    ("trigger", "run", "reason"),
    [
        ("pull_request", "tox -e lint", ""),
        ("pull_request", "tox", ""),
        ("push", "tox -e lint", "no pipeline runs `tox -e lint` on change requests"),
        ("pull_request", "echo", "no pipeline runs `tox -e lint` on change requests"),
        ("pull_request", "ruff check", ""),
    ],
)
def test_commands_in_ci(trigger, run, reason):
    text = toml(test="command = 'tox -e lint', in_ci = 'change_request'") + CI.format(trigger, run)
    tox = "-- tox.ini --\n[testenv:lint]\ncommands = ruff check\n"
    assert judge(text + tox) == ([("test.it", f"test.it: {reason}")] if reason else [])


def test_ci_that_cannot_be_followed_is_no_reason():
    text = (
        toml(test="command = 'tox -e lint', in_ci = 'change_request'")
        + "-- tox.ini --\n[testenv:lint]\ncommands = ruff check\n"
    )
    hidden = "-- .github/workflows/ci.yml --\non: pull_request\njobs:\n  a:\n    uses: acme/shared/.github/workflows/ci.yml@v1\n"
    assert judge(text + hidden) == []


@pytest.mark.parametrize(
    ("check", "settings", "reason"),
    [
        ("rule = 'DEV001'", "", ""),
        ("rule = 'tests-run-on-change'", "", ""),
        ("rule = 'DEV999'", "", "there is no rule DEV999; did you mean `DEV009`?"),
        ("rule = 'OPS007'", "", "rule OPS007 is not applied here: neither profile nor settings select it"),
        ("rule = 'OPS007'", 'profile = "service"\n', ""),
        ("rule = 'DEV003'", '[ignore]\nDEV003 = "a prototype until summer"\n', "rule DEV003 is not applied here: neither profile nor settings select it"),
        (
            "rule = 'DEV003'",
            '[[waivers]]\nrule = "DEV003"\nreason = "the component is retired"\nowner = "@ann"\nexpires = 2026-03-01\n',
            "rule DEV003 is waived until 2026-03-01",
        ),
        (
            "rule = 'DEV003'",
            '[[waivers]]\nrule = "DEV003"\nsubject = "old/*"\nreason = "the component is retired"\nowner = "@ann"\nexpires = 2026-03-01\n',
            "",
        ),
    ],
)  # fmt: skip
def test_rules_are_in_force(tmp_path, check, settings, reason):
    text = toml(test=check) + (f"-- productops.toml --\n{settings}" if settings else "")
    root = lay_out(archive(text), tmp_path).root
    given = read(root, installed(), [Options("--", {"select": "REP002", "now": "2026-02-01"})])
    (verdict,) = gate.run(root, given).verdicts
    found = [settled.finding.message for settled in verdict.findings]
    assert len(found) == bool(reason)
    assert not reason or found[0].startswith(f"test.it: {reason}")


def test_codes_of_other_tools_in_prose(tmp_path):
    text = "# Review\n- `RUF100` is silent\n# Test\n- `DEV001` holds\n"
    root = lay_out({"DEFINITION_OF_DONE.md": text}, tmp_path).root
    given = read(root, installed(), [Options("--", {"select": "REP002"})])
    assert gate.run(root, given).verdicts[0].findings == ()
