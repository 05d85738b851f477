"""SUP002 on CODEOWNERS files of two forges."""

import time

import pytest
from productops_rules.support.codeowners_valid import codeowners_valid as rule

from pytest_productops.facts.ownership.codeowners import Entry
from pytest_productops.facts.ownership.matching import Lines, Tree
from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings

TREE = {
    ".github/workflows/ci.yml": "on: push\n",
    "docs/index.md": "# A\n",
    "docs/api/a.md": "# A\n",
    "src/a.py": "",
    "static/css/a.css": "",
}


def keys(owners, path=".github/CODEOWNERS", tree=TREE, **options):
    return [finding.key for finding in findings(rule, {**tree, path: owners}, **options)]


@pytest.mark.parametrize(
    "owners",
    [
        "* @acme/all\n*.py @ann\n/docs/ bob@acme.org  # writers\n",
        "* @acme/all\n/docs/\n",
        "/src/ @ann\n/src/a.py @bob\n",
        "/docs/ @ann\n/docs/api/ @bob\n",
        "docs/* @ann\n",
        "**/api/ @ann\n",
        "/sr?/ @ann\n",
        "/app/[slug]/page.ts @ann\n",
        "# nothing yet\n",
    ],
)
def test_lines_that_take_effect(owners):
    assert keys(owners) == []


@pytest.mark.parametrize(
    ("owners", "dead"),
    [
        ("/gone/ @ann\n", ["/gone/"]),
        ("/docs/ @ann\n* @acme/all\n", ["/docs/"]),
        ("*.py @ann\n*.py @bob\n", ["*.py"]),
        ("/docs/api/ @ann\n/docs/ @bob\n", ["/docs/api/"]),
        ("/.github/* @ann\n.git* @bob\n", ["/.github/*"]),
        ("static/* @ann\n", ["static/*"]),
        ("* @acme/all\n!src/ @ann\n", ["!src/"]),
        ("* @ann,@bob\n", ["owner#@ann,@bob"]),
        ("/docs/ writers\n", ["owner#writers"]),
    ],
)
def test_lines_that_do_nothing(owners, dead):
    assert keys(owners) == dead


def test_gitlab_reads_sections_exclusions_and_folders_in_its_own_way():
    owners = "* @lead\n[Docs] @writers\ndocs/\n!docs/api/\n[Style]\n/docs @ann\n"
    (finding,) = findings(rule, {**TREE, ".gitlab/CODEOWNERS": owners})
    assert finding.key == "style#/docs"
    assert "ends with a slash" in finding.message
    assert finding.fix == "write `/docs/`"


def test_a_relative_pattern_matches_anywhere_on_gitlab():
    assert keys("api/a.md @ann\n", ".gitlab/CODEOWNERS") == []
    assert keys("api/a.md @ann\n") == ["api/a.md"]
    without = {path: text for path, text in TREE.items() if not path.startswith(".github")}
    assert keys("api/a.md @ann\n", "CODEOWNERS", without) == []  # nothing tells which forge it is


def test_the_history_tells_where_the_files_went():
    script = "make all\nmake test\nmake install\n"
    archive = {
        ".github/CODEOWNERS": "/scripts/build.sh @ann\n/old.py @ann\n/never.py @ann\n",
        "scripts/build.sh": script,
        "tools/build.sh": script,
        "git log": "2026-01-05 ann@example.org Start\n2026-02-01 ann@example.org Move [-scripts/build.sh] [+tools/build.sh]\n"
        "2026-03-01 ann@example.org Drop [-old.py]\n",
    }
    moved, dropped, never = findings(rule, archive)
    assert "renamed to tools/build.sh" in moved.message
    assert moved.fix == "write `/tools/build.sh`"
    assert dropped.message.startswith("`/old.py` matches no file (deleted in ")
    assert "2026-03-01" in dropped.message
    assert never.message == "`/never.py` matches no file"


def test_what_may_be_missing_is_allowed():
    assert keys("/later/ @ann\n", allow_unmatched=["/later/"]) == []


def test_a_second_file_and_one_in_a_wrong_place_do_nothing():
    two = {**TREE, "CODEOWNERS": "* @bob\n"}
    assert keys("* @ann\n", tree=two) == ["file#CODEOWNERS"]
    assert keys("* @bob\n", tree=two) == []
    assert keys("* @bob\n", tree={**two, ".gitlab-ci.yml": "a: 1\n"}) == []
    assert keys("* @ann\n", ".github/workflows/CODEOWNERS") == ["file#.github/workflows/CODEOWNERS"]


def test_submodules_are_matched():
    tree = {**TREE, ".gitmodules": '[submodule "x"]\n\tpath = vendor/x\n\turl = https://example.org/x\n'}
    assert keys("/vendor/x/ @ann\n", tree=tree) == []


def test_without_the_file_there_is_nothing_to_judge():
    with pytest.raises(NotApplicable):
        findings(rule, TREE)


def test_many_lines_and_files_are_quick():
    entries = [Entry(f"/a/{n}/", ("@ann",), n) for n in range(3000)]
    paths = [f"a/{n}/{name}.py" for n in range(3000) for name in "xyz"]
    start = time.monotonic()
    tree, lines = Tree(paths), Lines(entries, "github")
    assert all(len(tree.matched(entry, "github")) == 3 for entry in entries)
    assert lines.decider("a/7/new") is entries[7]
    assert time.monotonic() - start < 5
