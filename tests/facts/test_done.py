"""The definition of done: two forms, seven kinds of check, and what they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.done import Done, read
from pytest_productops.facts.done.checks import Checks
from pytest_productops.facts.done.threshold import NoValueError, value
from pytest_productops.facts.done.written import slug, stage_of
from pytest_productops.facts.files import Files

CRITERION = """\
[[stage]]
id = "test"
[[stage.criterion]]
id = "it"
text = "It holds"
check = { %s }
"""


def messages(text):
    return [(problem.location.line, problem.message) for problem in read(text).problems]


def reason(repository, check, files=""):
    made = repository(f"-- .productops/done.toml --\n{CRITERION % check}{files}")
    done = made[Done]
    assert done.problems == ()
    ((check,),) = (criterion.checks for criterion in done.criteria)
    return made[Checks].result(check).reason


def test_toml_form():
    done = read(
        """\
schema = "productops.done/1"
owner = "platform"
reviewed = 2026-08-01
review_in = "12mo"
[[stage]]
id = "review"
doc = "CONTRIBUTING.md#pull-requests"
  [[stage.criterion]]
  id = "review.change"
  text = "Reviewed"
  check = { rule = "SUP007", params = { min_share = 0.9 } }
[[stage]]
id = "deploy"
not_applicable = "a library"
"""
    )
    assert done.problems == ()
    review, deploy = done.stages
    assert (review.id, review.doc, deploy.not_applicable) == (
        "review",
        "CONTRIBUTING.md#pull-requests",
        "a library",
    )
    (check,) = review.criteria[0].checks
    assert (check.kind, check.value, check.extra, check.location.line) == (
        "rule",
        "SUP007",
        {"params": {"min_share": 0.9}},
        11,
    )


ALL = "rule, command, threshold, artifact, approval, task, manual"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, "it holds no stage")]),
        ("stages = []\n", [(0, "it holds no stage"), (1, "unknown key `stages` in the file; did you mean `stage`?")]),
        ("[[stage]]\nid = 'tset'\n", [(2, 'stage[0].id = "tset": expected one of plan, build, review, test, release, deploy, operate; did you mean `test`?')]),
        (CRITERION % "", [(6, f"criterion it has none for a check: give exactly one of {ALL}")]),
        (CRITERION % "task = 'a', command = 'b'", [(6, f"criterion it has command and task for a check: give exactly one of {ALL}")]),
        (CRITERION % "task = 'a', in_ci = 'push'", [(6, "`in_ci` means nothing without `command`")]),
        (CRITERION % "manual = { who = 'ann' }", [(6, "stage[0].criterion[0].check.manual has no `record`")]),
        (CRITERION % "approval = { role = 'x', count = 0 }", [(6, "stage[0].criterion[0].check.approval.count = 0: expected at least 1")]),
        (CRITERION % "task = 'a'" + CRITERION % "task = 'b'", [(0, "criterion it is there 2 times"), (8, "stage test is there twice")]),
        ("[[stage]]\nid = 'test'\nnot_applicable = 'x'\ncriterion = []\n", [(3, "stage test is not applicable, and has criteria")]),
    ],
)  # fmt: skip
def test_mistakes(text, expected):
    assert messages(text) == expected


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        ("rule = 'SUP007'", "", ""),
        ("rule = 'ownership-declared'", "", ""),
        ("command = 'make test'", "-- Makefile --\ntest:\n\tpytest\n", ""),
        ("command = 'make tset'", "-- Makefile --\ntest:\n\tpytest\n", "`make tset` cannot run: there is no make target `tset`; did you mean `test`?"),
        ("command = 'pytest -q'", "", ""),
        ("artifact = { path = 'R.md' }", "", "R.md does not exist"),
        ("artifact = { path = 'R.md' }", "-- R.md --\n", "R.md is empty"),
        ("artifact = { path = 'R.md', section = 'rollback' }", "-- R.md --\n# Release\nDo the release steps.\n", "R.md has no section 'rollback'"),
        ("artifact = { path = 'R.md', section = 'Rollback', min_steps = 2 }", "-- R.md --\n# Rollback steps\n1. Stop the service.\n2. Install the version before.\n", ""),
        ("artifact = { path = 'R.md', section = 'Rollback', min_steps = 3 }", "-- R.md --\n# Rollback\n1. Stop the service.\n2. Install the version before.\n", "R.md has 2 steps there, promised are 3"),
        ("approval = { role = 'codeowners', count = 1 }", "", "no CODEOWNERS file names an owner who could approve"),
        ("approval = { role = 'codeowners', count = 1 }", "-- CODEOWNERS --\n* @acme/all\n", ""),
        ("approval = { role = 'lead', count = 1 }", "", ""),
        ("approval = { role = 'lead', count = 1 }", "-- .productops/tasks.toml --\n[owners.platform]\ncontact = 'x'\n", "role 'lead' is not among the owners of the task register"),
        ("task = 'drill'", "", "task drill is in no register (.productops/tasks.toml)"),
        ("manual = { who = 'ann', record = 'r/*.md' }", "", ""),
        ("threshold = { source = 'p.toml:a.b', op = '>=', value = 85 }", "-- p.toml --\n[a]\nb = 85\n", ""),
        ("threshold = { source = 'p.toml:a.b', op = '>=', value = 85 }", "-- p.toml --\n[a]\nb = 70\n", "p.toml:a.b is 70, promised is >= 85"),
    ],
)  # fmt: skip
def test_results(repository, check, files, expected):
    assert reason(repository, check, files) == expected


def test_task_of_the_register(repository):
    register = (
        "-- .productops/tasks.toml --\n[[task]]\nid = 'drill'\ntitle = 'x'\nkind = 'routine'\nstage = 'operate'\n"
        "owner = 'ann'\ncadence = '1w'\nstarted = 2026-01-01\nprocedure = 'x'\nevidence = [{ type = 'trailer' }]\n"
    )
    assert reason(repository, "task = 'drill'", register) == ""
    assert reason(repository, "task = 'dril'", register) == "task dril is not in .productops/tasks.toml"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.toml:tool.coverage.fail_under", 85),
        ('a.toml:tool."x.y".n', 3),
        ("a.json:jest.branches.0", 80.5),
        ("a.yml:coverage.target", 90),
        ("a.cfg:coverage:report.fail_under", 70),
        (r"a.txt~fail-under=(\d+)", 60),
        ("a.toml:tool.none", "has no `tool.none` (no `none`)"),
        ("a.cfg:report.x", "has no `x` in [report]"),
        ("a.toml:tool.name", "holds 'many', which is no number"),
        ("b.toml:x", "names b.toml, which does not exist"),
        ("bad.json:x", "names bad.json, which cannot be parsed"),
        ("a.txt~x(", "has no regular expression"),
        ("a.txt~fail-under", "has an expression without exactly one group"),
        ("a.txt~(a+)+b", "matches nothing in a.txt"),
        ("a.txt~.*.*.*.*(zz)", "matches nothing in a.txt"),
        ("a.txt~" + "(a)" * 100, "has an expression without exactly one group"),
        (r"a.txt~(a)\1", r"has no regular expression that can be run: `\1` is none of the forms"),
        ("a.txt~(a{300}){300}", "has no regular expression that can be run: it says too much"),
        ("a.txt~(zzz)", "matches nothing in a.txt"),
        ("../etc/passwd:x", "names ../etc/passwd, which does not exist"),
    ],
)
def test_threshold_sources(repository, source, expected):
    files = repository(
        """\
-- a.toml --
[tool]
name = "many"
coverage.fail_under = 85
"x.y".n = "3"
-- a.json --
{"jest": {"branches": ["80.5%"]}}
-- a.yml --
coverage: {target: 90%}
-- a.cfg --
[coverage:report]
fail_under = 70
-- a.txt --
pytest --cov --cov-fail-under=60
-- bad.json --
{
"""
    )[Files]
    if isinstance(expected, str):
        with pytest.raises(NoValueError) as raised:
            value(files, source)
        assert str(raised.value).startswith(expected)
    else:
        assert value(files, source) == expected


MARKDOWN = """\
-- docs/DEFINITION_OF_DONE.md --
# Definition of done

What "done" means here.

## Code review
- [ ] Two approvals
- Naming is clean
- Style:
  - `make lint` passes
## Testing
- Coverage is at least 85 %
- Help texts are signed off (manual: support lead)
## Release
* The version is in [the changelog](../CHANGELOG.md)
* `SUP007` holds
## Deployment
Not applicable: it is a library.
-- CHANGELOG.md --
# 1.0
First.
-- Makefile --
lint:
	ruff check
"""


def test_markdown_form(repository):
    made = repository(MARKDOWN)
    done = made[Done]
    assert done.path == "docs/DEFINITION_OF_DONE.md"
    assert [(stage.id, len(stage.criteria), stage.not_applicable) for stage in done.stages] == [
        ("review", 3, ""), ("test", 2, ""), ("release", 2, ""), ("deploy", 0, "it is a library."),
    ]  # fmt: skip
    kinds = [[check.kind for check in criterion.checks] for criterion in done.criteria]
    assert kinds == [["stated"], [], ["code"], ["stated"], ["manual"], ["link"], ["rule"]]
    assert [c.location.line for c in done.criteria] == [6, 7, 9, 11, 12, 14, 15]
    results = [made[Checks].result(check) for criterion in done.criteria for check in criterion.checks]
    assert all(result.measures and not result.reason for result in results)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the definition of done is empty"),
        ("# Definition of done\n", "the definition of done has headings and no text"),
        (
            "# Definition of done\nWe finish what we begin, always and everywhere.\n",
            "the definition of done lists nothing",
        ),
    ],
)
def test_hollow_document(repository, text, message):
    assert [p.message for p in repository(f"-- DEFINITION_OF_DONE.md --\n{text}")[Done].problems] == [message]


def test_section_of_the_contributor_guide(repository):
    done = repository(
        "-- CONTRIBUTING.md --\n# Contributing\nWelcome to the project.\n## Definition of Done\n- One approval\n## Other\n- x\n"
    )[Done]
    assert [(s.id, [c.text for c in s.criteria]) for s in done.stages] == [("review", ["One approval"])]


def test_nothing_there(repository):
    assert repository("-- README.md --\n# X\n-- done.toml --\nx = 1\n")[Done] == Done()


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Code review", "review"),
        ("Testing", "test"),
        ("2. Release", "release"),
        ("Before merging", "review"),
        ("In production", "deploy"),
        ("Monitoring", "operate"),
        ("Introduction", ""),
        ("Definition of Done", ""),
    ],
)
def test_stage_of_a_heading(title, stage):
    assert stage_of(title) == stage


def test_slug():
    assert slug("The `make test` passes!") == "the-make-test-passes"
    assert slug("…") == "criterion"


@given(st.recursive(st.text(max_size=4) | st.integers(), lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(["stage", "id", "criterion", "check", "rule", "text", "x"]), x, max_size=4)))  # fmt: skip
def test_any_data_is_read(data):
    import tomli_w

    if isinstance(data, dict):
        read(tomli_w.dumps(data))
