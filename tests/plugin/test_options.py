"""The pytest face under pytest's own options: what is selected, shown and remembered."""

import pytest

TOYS = ("--productops", "--productops-select=TOY001,TOY002,TOY003,TOY004")
NOTES = "open: one\nclosed\nopen: two\n"


@pytest.fixture
def run(pytester, toys):
    """Run pytest on a repository with a passing test and two open notes."""
    (pytester.path / "NOTES").write_text(NOTES)
    (pytester.path / ".git").mkdir()
    pytester.makepyfile(test_own="def test_own(): pass")

    def call(*arguments, toys=TOYS):
        if "-n" in arguments:
            pytest.importorskip("xdist", reason="-n is an option of pytest-xdist")
        # xdist gives its workers the sys.path that the process started with, so a process of its own it is
        runner = pytester.runpytest_subprocess if "-n" in arguments else pytester.runpytest_inprocess
        return runner(*toys, *arguments)

    return call


MATRIX = [
    # options, outcomes, exit code
    ((), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("-k", "TOY001"), {"passed": 1, "deselected": 3}, 0),
    (("-k", "notes-are-done"), {"failed": 2, "deselected": 3}, 1),
    (("-k", "support"), {"failed": 2, "deselected": 3}, 1),
    (("-m", "productops"), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("-m", "productops(level='gold')"), {"skipped": 1, "deselected": 3}, 1),
    (("-m", "not productops"), {"deselected": 4}, 5),
    (("-x",), {"failed": 2, "passed": 1}, 1),
    (("--maxfail=1",), {"failed": 2, "passed": 1}, 1),
    (("--deselect", "productops::TOY002"), {"passed": 1, "skipped": 2, "deselected": 1}, 0),
    (("-n", "2"), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("-n", "0"), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("-q",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("-v",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("-vv", "-rA"), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("-s",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--tb=no",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--tb=line",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--tb=short",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--tb=native",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--durations=3", "--durations-min=0"), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--strict-markers", "-W", "error"), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--runxfail",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("-p", "no:cacheprovider"), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("-p", "no:terminal"), {}, 1),
    (("--import-mode=importlib",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--nf",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--ff",), {"failed": 2, "passed": 1, "skipped": 2}, 1),
    (("--sw",), {"failed": 2, "passed": 1}, 2),
]


@pytest.mark.parametrize(
    ("options", "outcomes", "code"), MATRIX, ids=[" ".join(row[0]) or "plain" for row in MATRIX]
)
def test_matrix(run, options, outcomes, code):
    result = run(*options)
    assert result.ret == code
    if outcomes:
        assert result.parseoutcomes() == outcomes


def test_one_line_a_finding(run):
    result = run()
    result.stdout.fnmatch_lines(
        [
            "*= FAILURES =*",
            "*_ TOY002 NOTES:1 _*",
            "NOTES:1: TOY002 line is open: one",
            "    fix: close it",
            "*_ TOY002 NOTES:3 _*",
            "*= product operations =*",
            "3 of 4 selected rules could judge: 1 passed, 1 failed, 1 not applicable, 1 unknown",
            "unknown: TOY004 cannot-tell: the clone is shallow: set fetch-depth: 0",
            "FAILED productops::TOY002 - NOTES:1: line is open: one",
            "FAILED productops::TOY002 - NOTES:3: line is open: two",
            "*2 failed, 1 passed, 2 skipped in*",
        ]
    )


def test_the_same_lines_from_workers(run):
    result = run("-n", "2")
    result.stdout.fnmatch_lines(
        ["NOTES:1: TOY002 line is open: one", "FAILED productops::TOY002 - NOTES:3: line*"]
    )


def test_skip_reasons(run):
    result = run("-rs")
    result.stdout.fnmatch_lines(
        ["SKIPPED*TOY003 not-applicable: no such thing here", "SKIPPED*TOY004 unknown: the clone is shallow*"]
    )


def test_listing_judges_nothing(run):
    result = run("--co", "-q", toys=("--productops", "--productops-select=TOY"))
    assert result.ret == 0
    assert result.outlines[:5] == [f"productops::TOY00{number}" for number in range(1, 6)]


def test_last_failed(run):
    assert run().parseoutcomes() == {"failed": 2, "passed": 1, "skipped": 2}
    assert run("--lf").parseoutcomes() == {"failed": 2, "deselected": 3}
    items = [line for line in run("--ff", "-v").outlines if line.startswith("productops::")]
    assert items[0].startswith("productops::TOY002 FAILED")


def test_stepwise_goes_on(run, pytester):
    run("--sw")
    (pytester.path / "NOTES").write_text("closed\n")
    assert run("--sw").parseoutcomes() == {"passed": 1, "skipped": 2, "deselected": 1}


@pytest.mark.parametrize("node", ["productops::TOY002", "productops::toy002", "productops::notes-are-done"])
def test_naming_a_rule_switches_it_on(run, node):
    result = run(node, toys=())
    assert result.parseoutcomes() == {"failed": 2}


def test_a_node_id_as_printed_in_a_sub_folder(run, pytester, monkeypatch):
    (pytester.path / "sub").mkdir()
    monkeypatch.chdir(pytester.path / "sub")
    assert run("../productops::TOY002", toys=()).parseoutcomes() == {"failed": 2}


def test_the_whole_namespace(run):
    assert run("productops", toys=TOYS[1:]).parseoutcomes() == {"failed": 2, "passed": 1, "skipped": 2}


def test_a_folder_of_that_name_is_a_folder(run, pytester):
    folder = pytester.path / "productops"
    folder.mkdir()
    (folder / "test_inside.py").write_text("def test_inside(): pass")
    assert run("productops", toys=()).parseoutcomes() == {"passed": 1}


def test_an_unknown_rule(run):
    result = run("productops::TOY02", toys=())
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*no such rule: TOY02 (did you mean `TOY002`?)"])


def test_beside_the_tests(run):
    result = run(toys=("--with-productops", TOYS[1]))
    assert result.parseoutcomes() == {"failed": 2, "passed": 2, "skipped": 2}


def test_beside_one_test_file(run):
    result = run("test_own.py", toys=("--with-productops", TOYS[1]))
    assert result.parseoutcomes() == {"failed": 2, "passed": 2, "skipped": 2}


def test_a_rule_and_a_test(run):
    assert run("test_own.py", "productops::TOY001", toys=()).parseoutcomes() == {"passed": 2}


def test_inert_without_the_option(run):
    result = run(toys=())
    assert result.parseoutcomes() == {"passed": 1}
    assert "productops:" not in result.stdout.str().replace("plugins: productops", "")


def test_a_crash_is_an_error_and_no_violation(run):
    result = run(toys=("--productops", "--productops-select=TOY005,TOY001"))
    assert result.ret == 1
    assert result.parseoutcomes() == {"passed": 1, "errors": 1}
    result.stdout.fnmatch_lines(
        ["*RuntimeError: a bug in the rule", "ERROR productops::TOY005 - the rule crashed: *"]
    )


def test_nothing_could_be_judged(run):
    result = run(toys=("--productops", "--productops-select=TOY004"))
    assert result.ret == 1
    result.stdout.fnmatch_lines(["0 of 1 selected rule could judge: 1 unknown", "no rule could judge*"])


def test_junit(run, pytester):
    run("--junitxml=out.xml")
    from xml.etree import ElementTree

    suite = ElementTree.parse(pytester.path / "out.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "2")
    failure = suite.find(".//failure")
    assert failure.get("message") == "NOTES:1: line is open: one (+1 more)"
    assert "NOTES:3: TOY002 line is open: two" in failure.text
    assert suite.find(".//property").attrib == {"name": "productops.rule", "value": "TOY001"}


def test_paths_are_left_out_of_a_run_of_rules_only(run):
    assert run("test_own.py").parseoutcomes() == {"failed": 2, "passed": 1, "skipped": 2}


def test_a_path_in_another_repository_is_refused(run, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    result = run(str(other))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*to check it: --productops-root={other}"])


def test_another_root(run, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "NOTES").write_text("open: elsewhere\n")
    result = run(f"--productops-root={other}")
    result.stdout.fnmatch_lines(["FAILED productops::TOY002 - NOTES:1: line is open: elsewhere"])


def test_the_cache_lives_elsewhere(run, pytester):
    before = sorted(path.name for path in pytester.path.iterdir())
    run()
    assert sorted(path.name for path in pytester.path.iterdir()) == before


def test_a_thousand_findings(run, pytester):
    (pytester.path / "NOTES").write_text("open\n" * 1000)
    result = run()
    assert result.parseoutcomes()["failed"] == 1000
    assert result.duration < 3


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["b.txt", "README.md", "pyproject.toml"], "pyproject.toml"),
        (["b.txt", "a.txt"], "a.txt"),
        (["tests/test_a.py", ".git/HEAD"], ".git/HEAD"),
        ([], "."),
    ],
)
def test_a_file_stands_for_the_repository(tmp_path, files, expected):
    """VS Code's test discovery builds a tree from each item's path, and loops on a folder."""
    from pytest_productops.plugin.arguments import anchor

    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert anchor(tmp_path) == tmp_path / expected
