"""ONB004 to ONB007 on little repositories: what is true fails, what cannot be told passes."""

import contextlib

import pytest

from pytest_productops.catalogue import installed
from pytest_productops.inspection import ask
from pytest_productops.inspection import installed as questions
from pytest_productops.manual import archive
from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings, lay_out

RULES = {rule.code: rule for rule in installed()}


def keys(code, text, **options):
    return [finding.key for finding in findings(RULES[code], archive(text), **options)]


GUIDE = "-- docs/guide.md --\n# Guide\n\nWords on it.\n"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("docs/gone.md", "docs/gone.md is not there"),
        ("/docs/gone.md", "docs/gone.md is not there"),
        ("docs/Guide.md", "the file is docs/guide.md, in other case"),
        ("www.example.org/a", "it is an address without `https://`"),
        ("ann@example.org", "it is an address without `mailto:`"),
    ],
)
def test_dead_links(target, message):
    (finding,) = findings(RULES["ONB004"], archive(f"-- README.md --\n# A\n\nSee [it]({target}).\n{GUIDE}"))
    assert finding.message == f"the link `{target}` leads nowhere: {message}"
    assert str(finding.location) == "README.md:3"


@pytest.mark.parametrize(
    "target",
    ["docs/guide.md#x", "docs/", "../../issues", "../../wiki/Page", "{{ url }}", "$URL/a", "#here", "build/x.html", "sub/a.md", "cache/a.md",
     "docs/guide.html", "mailto:ann@example.org"],
)  # fmt: skip
def test_links_that_lead_somewhere_or_cannot_be_told(target):
    others = "-- .gitignore --\ncache/\n-- sub --\na submodule is a path that is no folder\n"
    assert (
        keys("ONB004", f"-- README.md --\n# A\n\n[ok](docs/guide.md) [it]({target})\n{others}{GUIDE}") == []
    )


def test_a_document_is_judged_where_it_is_shown():
    text = "-- CONTRIBUTING.rst --\nSee :doc:`code` and `it <../guide.rst>`_.\n"
    shown = "-- docs/dev/contributing.rst --\n.. include:: ../../CONTRIBUTING.rst\n-- docs/dev/code.rst --\nCode\n"
    assert keys("ONB004", text + shown + "-- docs/guide.rst --\nGuide\n") == []
    assert keys("ONB004", text + "-- guide.rst --\nGuide\n") == ["CONTRIBUTING.rst#code"]


def test_a_site_knows_its_own_addresses():
    page = "-- docs/contributing.md --\n[a](/a) [b](b) [c](pkg.mod.Class) [d](d.md)\n"
    assert keys("ONB004", page + "-- mkdocs.yml --\nsite_name: x\n") == ["docs/contributing.md#d.md"]


def test_the_history_says_where_it_went():
    text = """
-- git log --
2025-01-01 ann@example.org One
2025-02-01 ann@example.org Two [-docs/old.md] [+docs/new.md]
-- README.md --
See [it](docs/old.md).
-- docs/old.md --
The same words in both of them, so that git sees it.
-- docs/new.md --
The same words in both of them, so that git sees it.
"""
    (finding,) = findings(RULES["ONB004"], archive(text))
    assert "renamed to docs/new.md in " in finding.message
    assert finding.fix == "link to docs/new.md"


def test_allowed_links():
    assert keys("ONB004", "-- README.md --\n[it](gone/a.md)\n", allow=("gone/*",)) == []


@pytest.mark.parametrize(
    ("text", "value", "line"),
    [
        ("-- README.md --\n# A\n\n[it](gone.md)\n", "no", 3),
        (f"-- README.md --\n# A\n\n[it](docs/guide.md)\n{GUIDE}", "yes", 3),
        ("-- README.md --\n# A\n\nNo link.\n", "yes", 0),
    ],
)
def test_the_question(tmp_path, text, value, line):
    question = next(each for each in questions() if each.id == "relative-links")
    answer = ask(question, lay_out(archive(text), tmp_path))
    assert (answer.value, answer.evidence[0].location.line) == (value, line)


ANCHORED = "## Set up\n\nMake it. <a id='by-hand'></a>\n\n## Set up\n\n## Q & A\n\n## 🚀 Go\n"


@pytest.mark.parametrize(
    "anchor",
    ["set-up", "Set-Up", "set-up-1", "by-hand", "q--a", "L10", "top", "-go", "go", "user-content-set-up"],
)
def test_anchors_that_are_there(anchor):
    assert keys("ONB005", f"-- README.md --\n# A\n\n[it](#{anchor}) [a](#set-up)\n\n{ANCHORED}") == []


@pytest.mark.parametrize("anchor", ["setup", "set-up-2", "q-a", "nothing"])
def test_anchors_that_are_not_there(anchor):
    text = f"-- README.md --\n# A\n\n[it](#{anchor})\n\n{ANCHORED}"
    assert keys("ONB005", text) == [f"README.md#{'#' + anchor}"]


@pytest.mark.parametrize(
    "code",
    [
        "```js\nimport { a } from 'b'\n```",
        "```\n{{ name }}\n```",
        "~~~jsx\n<App />\n~~~",
        "> ```py\n> import a\n> ```",
    ],
)
def test_code_brings_no_headings(code):
    text = f"-- README.md --\n# A\n\n[it](#nothing)\n\n{code}\n\n{ANCHORED}"
    assert keys("ONB005", text) == ["README.md##nothing"]


@pytest.mark.parametrize("more", ["import B from './b.mdx'", "!!! note\n\n    --8<-- 'b.md'"])
def test_an_assembled_document_cannot_be_told(more):
    with contextlib.suppress(NotApplicable):
        assert keys("ONB005", f"-- README.md --\n# A\n\n[it](#nothing)\n\n{more}\n\n{ANCHORED}") == []


def test_another_slugger():
    text = f"-- README.md --\n# A\n\n[it](#q-a)\n\n{ANCHORED}"
    assert keys("ONB005", text, slugger="gitlab") == []


@pytest.mark.parametrize(
    "more",
    ["<!-- markdownlint-disable-next-line MD051 -->\n[it](#x)", "[it](#x)\n\n{% include x.md %}", "[it](#x)\n\n--8<-- 'y.md'",
     "<!-- ALL-CONTRIBUTORS-LIST:START -->\n[it](#infra-ann)\n<!-- ALL-CONTRIBUTORS-LIST:END -->"],
)  # fmt: skip
def test_anchors_that_cannot_be_told(more):
    with contextlib.suppress(NotApplicable):
        assert keys("ONB005", f"-- README.md --\n# A\n\n## B\n\n{more}\n\n-- b.md --\n# B\n") == []


PAST = """
-- git log --
2025-01-01 ann@example.org One
2025-02-01 ann@example.org Two [-src/old.py]
-- src/old.py --
x
-- src/pkg/new.py --
x
-- .gitignore --
src/docs/
"""


def test_paths_that_are_gone():
    text = "-- CONTRIBUTING.md --\nSee `src/old.py:12`, `src/pkg/new.py`, `pkg/new.py`, `src/docs`, `src/my_app.py`.\n"
    (finding,) = findings(RULES["ONB006"], archive(PAST + text))
    assert finding.key == "CONTRIBUTING.md#src/old.py"
    assert "deleted in " in finding.message


def test_paths_that_never_were_fail_only_strictly():
    text = PAST + "-- CONTRIBUTING.md --\nSee `src/never.py`.\n"
    assert keys("ONB006", text) == []
    assert keys("ONB006", text, mode="strict") == ["CONTRIBUTING.md#src/never.py"]
    assert keys("ONB006", text, mode="strict", ignore=("src/nev*",)) == []


RUNBOOK = "-- docs/runbook.md --\n# Runbook\n\nRestart it with `make restart`.\n"


@pytest.mark.parametrize(
    "readme",
    [
        "[run](docs/runbook.md)",
        "[docs](docs)",
        "[docs](docs/)",
        "See `docs/runbook.md`.",
        "See docs/runbook.md.",
        "[run](../../blob/main/docs/runbook.md)",
        "[more](more.md)",
    ],
)
def test_documents_that_can_be_reached(readme):
    more = "-- more.md --\n[run](docs/runbook.md)\n"
    assert keys("ONB007", f"-- README.md --\n# A\n\n{readme}\n{more}{RUNBOOK}") == []


def test_documents_that_cannot_be_reached():
    assert keys("ONB007", f"-- README.md --\n# A\n\nWords.\n-- SECURITY.md --\nMail us.\n{RUNBOOK}") == [
        "docs/runbook.md"
    ]
    far = (
        "".join(f"-- d{n}.md --\n[on](d{n + 1}.md)\n" for n in range(3))
        + "-- d3.md --\n[run](docs/runbook.md)\n"
    )
    assert keys("ONB007", f"-- README.md --\n[on](d0.md)\n{far}{RUNBOOK}") == ["docs/runbook.md"]
    assert keys("ONB007", f"-- README.md --\n[on](d0.md)\n{far}{RUNBOOK}", max_hops=5) == []


def test_a_site_shows_all_its_pages():
    site = "-- mkdocs.yml --\nsite_name: x\nsite_url: https://docs.example\n"
    page = "-- docs/releasing.md --\n# Releasing\n\nTag the commit.\n"
    assert keys("ONB007", f"-- README.md --\nRead [the docs](https://docs.example/).\n{site}{page}") == []
    assert keys("ONB007", f"-- README.md --\nWords.\n{site}{page}") == ["docs/releasing.md"]


@pytest.mark.parametrize(
    ("readme", "hidden"),
    [("CONTRIBUTING.md", []), (".github/CONTRIBUTING.md", []), ("NOTES.md", ["docs/runbook.md"])],
)
def test_what_the_forge_shows_is_a_start_too(readme, hidden):
    text = f"-- README.md --\n# Shop\nSells.\n-- {readme} --\nSee the [runbook](/docs/runbook.md).\n"
    assert keys("ONB007", text + "-- docs/runbook.md --\nRestart it with `x`.\n") == hidden


def test_a_file_with_blanks_in_its_name_is_missed():
    guide = "# Guides\n\n- [One](./How&#32;to&#32;start.md)\n- [Two](<How to stop.md>)\n"
    assert len(findings(RULES["ONB004"], {"CONTRIBUTING.md": guide, "How to start.md": "# Start\n"})) == 1


def test_a_path_whose_first_folder_is_gone_too():
    log = (
        "-- git log --\n2025-01-01 ann@example.org One\n2025-02-01 ann@example.org Drop it [-gen/it/a.txt]\n"
    )
    assert keys(
        "ONB006", f"{log}-- CONTRIBUTING.md --\n# C\n\nExamples are in `gen/it/a.txt`.\n-- a.txt --\na\n"
    )
