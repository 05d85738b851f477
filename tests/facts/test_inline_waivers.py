"""Waivers in comments: where a comment is one, what it covers, and what is wrong with a broken one."""

import datetime
import io
import os
import tokenize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.catalogue import installed
from pytest_productops.facts.rulebook import Rulebook
from pytest_productops.facts.waivers import InlineWaivers, comments, wording
from pytest_productops.model import Finding, Location
from pytest_productops.repository import Repository
from pytest_productops.testing import lay_out

DAY = datetime.date(2026, 7, 1)
IT = "productops: ignore TOY002 until 2026-07-31 owner=@ann the target comes in July"


def waivers(tmp_path, files, **known):
    repository = lay_out(files, tmp_path)
    return Repository(repository.root, now=DAY, **known)[InlineWaivers]


def lines(tmp_path, name, text):
    """Return (own line, first and last line covered) of each waiver of a file."""
    return [(each.location.line, each.lines) for each in waivers(tmp_path, {name: text}).all]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", f"<!-- {IT} -->\n"),
        ("README.mdx", f"{{/* {IT} */}}\n"),
        ("README.rst", f".. {IT}\n"),
        ("README.adoc", f"// {IT}\n"),
        ("README.org", f"# {IT}\n"),
        ("page.html", f"<!-- {IT} -->\n"),
        ("pom.xml", f"<!-- {IT} -->\n"),
        ("a.py", f"# {IT}\n"),
        ("a.py", f"#{IT}\n"),
        ("a.py", f"# type: ignore  # {IT}\n"),
        ("run.sh", f"# {IT}\n"),
        ("ci.yml", f"# {IT}\n"),
        ("a.toml", f"# {IT}\n"),
        ("Makefile", f"# {IT}\n"),
        ("Makefile", f"\t@# {IT}\n"),
        ("Dockerfile", f"# {IT}\n"),
        (".github/CODEOWNERS", f"# {IT}\n"),
        (".gitignore", f"# {IT}\n"),
        ("requirements-dev.txt", f"# {IT}\n"),
        ("a.rb", f"# {IT}\n"),
        ("no-suffix-that-is-known.xyz", f"# {IT}\n"),
        ("a.c", f"/* {IT} */\n"),
        ("a.js", f"// {IT}\n"),
        ("a.go", f"/*\n * {IT}\n */\n"),
        ("tsconfig.json", f"// {IT}\n{{}}\n"),
        ("Jenkinsfile", f"// {IT}\n"),
        ("a.tf", f"# {IT}\n"),
        ("a.sql", f"-- {IT}\n"),
        ("a.lua", f"--[[ {IT} ]]\n"),
        ("a.hs", f"{{- {IT} -}}\n"),
        ("setup.cfg", f"; {IT}\n"),
        ("a.el", f";; {IT}\n"),
        ("a.tex", f"% {IT}\n"),
    ],
)
def test_a_comment_of_each_syntax(tmp_path, name, text):
    (waiver,) = waivers(tmp_path, {name: text}).all
    assert (waiver.rule, waiver.owner, str(waiver.expires)) == ("TOY002", "@ann", "2026-07-31")
    assert waiver.reason == "the target comes in July"
    assert waiver.name == f"TOY002 {name}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", f"```html\n<!-- {IT} -->\n```\n"),
        ("README.md", f"Write `<!-- {IT} -->` above it.\n"),
        ("README.md", f"# {IT}\n"),
        ("README.rst", f"::\n\n  .. {IT}\n"),
        ("notes.txt", f"# {IT}\n"),
        ("a.py", f'TEXT = """\n# {IT}\n"""\n'),
        ("a.py", f"x = '# {IT}'\n"),
        ("a.sh", f"cat <<EOF\n# {IT}\nEOF\n"),
        ("a.sh", f"echo ' # {IT}'\n"),
        ("a.toml", f"x = '''\n# {IT}\n'''\n"),
        ("a.yml", f'x: " # {IT}"\n'),
        ("a.js", f"x = `\n// {IT}\n`\n"),
        ("a.go", f'x := "// {IT}"\n'),
        ("a.json", f'{{"x": "// {IT}"}}\n'),
        ("a.py", f"# write `{IT}` here\n"),
        ("a.py", f"# see how to write productops: ignore TOY002\n{IT!r}\n"),
        ("vendor/a.py", f"# {IT}\n"),
        ("tests/fixtures/a.py", f"# {IT}\n"),
        ("{{cookiecutter.name}}/a.py", f"# {IT}\n"),
    ],
)
def test_what_is_no_comment_or_not_our_own(tmp_path, name, text):
    assert waivers(tmp_path, {name: text}) == InlineWaivers()


@pytest.mark.parametrize(
    ("name", "text", "covered"),
    [
        ("a.md", f"<!-- {IT} -->\nRun it.\nThen.\n\nLast.\n", (1, 3)),
        ("a.md", f"<!-- {IT} -->\n\n\nRun it.\nThen.\n\nLast.\n", (1, 5)),
        ("a.md", f"<!-- {IT} -->\n<!-- another -->\n\nRun it.\n\nLast.\n", (1, 4)),
        ("a.md", f"Go on. <!-- {IT} -->\nThen.\n", (1, 1)),
        ("a.md", f"- <!-- {IT} --> Run it.\n- Then.\n\nLast.\n", (1, 2)),
        ("a.md", f"<!-- {IT} -->\n```sh\nmake a\n\nmake b\n```\n\nLast.\n", (1, 6)),
        ("a.md", f"<!--\nTwo lines.\n{IT}\nmore\n-->\n\nRun it.\n\nLast.\n", (3, 7)),
        ("a.rst", f".. {IT}\n\nRun it.\nThen.\n\nLast.\n", (1, 4)),
        ("a.rst", f"..\n   {IT}\n\nRun it.\n\nLast.\n", (2, 4)),
        ("a.py", f"# {IT}\nx = 1\ny = 2\n\nz = 3\n", (1, 3)),
        ("a.py", f"# {IT}\n# and so on\nx = 1\n\nz = 3\n", (1, 3)),
        ("a.py", f"x = 1  # {IT}\ny = 2\n", (1, 1)),
        ("a.go", f"/*\n * {IT}\n */\nfunc a() {{\n}}\n\nfunc b() {{}}\n", (2, 5)),
        ("a.py", f"# {IT}\n", (1, 2)),
    ],
)
def test_what_it_covers(tmp_path, name, text, covered):
    assert [found for _, found in lines(tmp_path, name, text)] == [covered]


def test_findings_of_its_file_and_lines(tmp_path, toys):
    root = lay_out({}, tmp_path).root
    rule = installed(root).get("TOY002")
    found = waivers(tmp_path, {"NOTES": f"open\n# {IT}\nopen\nopen\n\nopen\n"})
    for path, line, expected in [
        ("NOTES", 0, True),
        ("NOTES", 1, False),
        ("NOTES", 2, True),
        ("NOTES", 4, True),
        ("NOTES", 6, False),
        ("OTHER", 3, False),
    ]:
        finding = Finding("open", "is open", Location(path, line))
        assert bool(found.accept(rule, finding, DAY)) is expected
        assert found.ended(rule, finding, DAY) is None
        over = found.ended(rule, finding, datetime.date(2026, 8, 1))
        assert (str(over) == "until 2026-07-31, @ann: the target comes in July") is expected
    assert found.accept(installed(root).get("TOY001"), Finding("x", "x", Location("NOTES", 2)), DAY) is None
    assert found.accept(rule, Finding("x", "of no place"), DAY) is None


def test_one_line_each_of_a_long_comment(tmp_path):
    text = f"<!--\n{IT}\n{IT.replace('TOY002', 'TOY001')}\n-->\nRun it.\n"
    assert [(each.rule, each.lines) for each in waivers(tmp_path, {"a.md": text}).all] == [
        ("TOY002", (2, 5)),
        ("TOY001", (3, 5)),
    ]


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("TOY002 until 2026-07-31 owner=@ann", "it gives no reason"),
        ("TOY002 until 2026-07-31 the target comes in July", "it has no owner"),
        ("TOY002 until 2026-07-31 owner= the target comes", "it has no owner"),
        ("TOY002 owner=@ann the target comes in July", "it has no last day"),
        ("TOY002 until 31.7. owner=@ann the target comes", "'31.7.' is no day"),
        ("TOY002 until 20260731 owner=@ann the target comes", "'20260731' is no day"),
        ("TOY002 until 2026-02-30 owner=@ann the target comes", "'2026-02-30' is no day"),
        ("until 2026-07-31 owner=@ann the target comes", "it names no rule"),
        ("TOY02 until 2026-07-31 owner=@ann the target comes", "there is no rule TOY02"),
        ("TOY until 2026-07-31 owner=@ann the target comes", "there is no rule TOY"),
        ("TOY001,TOY002 until 2026-07-31 owner=@ann the target", "there is no rule TOY001,TOY002"),
        ("TOY002 until 2026-07-31 by=@ann owner=@ann so it is", "'by=@ann' is not understood"),
        ("", "it names no rule, it has no last day, it has no owner, it gives no reason"),
    ],
)
def test_broken_ones(tmp_path, words, wrong):
    book = Rulebook({code: code for code in ("TOY001", "TOY002")})
    found = waivers(tmp_path, {"a.py": f"x = 1\n\n# productops: ignore {words}\n"}, known=[book])
    (broken,) = found.broken
    assert found.all == ()
    assert broken.message.partition("waives nothing: ")[2] == wrong
    assert str(broken.location) == "a.py:3"
    assert broken.hint.endswith("write it as productops: ignore RULE until 2027-01-31 owner=@who reason")


def test_a_broken_one_says_what_was_meant(tmp_path):
    book = Rulebook({"TOY002": "TOY002", "notes-are-done": "TOY002"})
    text = IT.replace("TOY002", "notes-are-dnoe")
    (broken,) = waivers(tmp_path, {"a.py": f"# {text}\n"}, known=[book]).broken
    assert broken.hint.startswith("did you mean `notes-are-done`? write it as")


@pytest.mark.parametrize(
    "words",
    [
        "productops:ignore TOY002 until 2026-07-31 owner=@ann the target comes in July",
        "Productops: Ignore toy002 until 2026-07-31 owner=@ann the target comes in July",
        "productops: ignore TOY002 owner=@ann until 2026-07-31 - the target comes in July",
    ],
)
def test_ways_to_write_it(tmp_path, words):
    book = Rulebook({"TOY002": "TOY002"})
    (waiver,) = waivers(tmp_path, {"a.py": f"# {words}\n"}, known=[book]).all
    assert (waiver.owner, waiver.reason) == ("@ann", "the target comes in July")


def test_a_repository_with_git_and_one_without_say_the_same(tmp_path):
    files = {
        "a.py": f"# {IT}\n",
        "docs/é.md": f"<!-- {IT} -->\nRun it.\n",
        ".gitignore": "/built/\n",
        "c.dat": f"\0 # {IT}\n",
        "gone.py": f"# {IT}\n",
    }
    for folder in ("without", "with"):
        log = {"git log": "2026-06-01 ann@example.org Begin\n"} if folder == "with" else {}
        root = lay_out({**files, **log}, tmp_path / folder).root
        lay_out({"built/b.py": f"# {IT}\n", "new.py": f"# {IT}\n"}, root)
        (root / "gone.py").unlink()
    without, with_git = (waivers(tmp_path / folder, {}) for folder in ("without", "with"))
    assert [each.location.path for each in with_git.all] == ["a.py", "docs/é.md", "new.py"]
    assert with_git == without


def test_git_finds_nothing(tmp_path):
    files = {"a.py": "x = 1\n", "git log": "2026-06-01 ann@example.org Begin\n"}
    assert waivers(tmp_path, files) == InlineWaivers()


def test_a_file_that_git_takes_for_binary(tmp_path):
    files = {"a.py": f"# {IT}\n", ".gitattributes": "*.py binary\n", "git log": "2026-06-01 a@b.org Begin\n"}
    assert len(waivers(tmp_path, files).all) == 1


@pytest.mark.skipif(os.name != "posix", reason="programs are shell scripts")
def test_the_search_starts_no_program_of_the_repository(tmp_path):
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\ncat\n")
    spy.chmod(0o755)
    root = tmp_path / "repository"
    files = {
        "a.py": f"# {IT}\n",
        ".gitattributes": "*.py diff=spy filter=spy\n",
        "git log": "2026-06-01 ann@example.org Begin\n",
    }
    lay_out(files, root)
    config = f"""[diff "spy"]\n\ttextconv = {spy}\n\tcommand = {spy}\n[diff]\n\texternal = {spy}
[filter "spy"]\n\tclean = {spy}\n\tsmudge = {spy}\n\tprocess = {spy}\n[core]\n\tfsmonitor = {spy}\n\tpager = {spy}
[pager]\n\tgrep = {spy}\n[alias]\n\tgrep = !{spy}\n[grep]\n\tfallbackToNoIndex = true\n"""
    with (root / ".git/config").open("a") as stream:
        stream.write(config)
    os.mkfifo(root / "pipe.py")
    (root / "a.py").touch()
    assert len(Repository(root, now=DAY)[InlineWaivers].all) == 1
    assert not (tmp_path / "ran").exists()


PIECES = ["#", '"', "'", '"""', "'''", "\\", "\n", " ", "x", "f", "r'", "(", ")", "=", "\t", "#x\n", "\\\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_comments_of_python_are_those_of_its_tokenizer(text):
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return
    if any(token.type == tokenize.ERRORTOKEN for token in tokens):
        return
    wanted = [(token.start[0], token.string[1:]) for token in tokens if token.type == tokenize.COMMENT]
    assert [(span.line, span.text) for span in comments.in_code("a.py", text)] == wanted


@given(st.text(alphabet="ab =-_@until owner\t:#", max_size=60))
def test_any_words_are_read(text):
    words = wording.parse(text)
    assert all(isinstance(word, str) for word in words[:4])


@given(st.text(max_size=80), st.sampled_from(["a.sh", "a.js", "a.rb", "a.lua", "a.yml", "a.el", "a.html"]))
def test_any_text_has_comments(text, name):
    for span in comments.in_code(name, text):
        assert 1 <= span.line <= text.count("\n") + 1


@pytest.mark.parametrize("piece", ["/*", '"', "<<A\n", "'''", "`", "<!--", "--[[", 'r#"', "/**/"])
@pytest.mark.parametrize("name", ["a.sh", "a.py", "a.ts", "a.rs", "a.lua", "a.html", "a.yml"])
def test_what_nothing_closes_costs_no_more(name, piece):
    text = piece * (100_000 // len(piece))
    assert sum(1 for _ in comments.in_code(name, text)) <= len(text)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.sh", "cat <<'EOF'\n# no\nEOF\n# yes\n", ["yes"]),
        ("a.sh", "x=$((1 << 2))\n# yes\n", ["yes"]),
        ("a.sh", "echo \\' # yes\necho 'a\n# no'\n", ["yes"]),
        ("a.rb", "class << self\n  # yes\nend\nself\n", ["yes"]),
        ("a.rb", "x = <<~TEXT\n  # no\nTEXT\n", []),
        (
            "a.rs",
            "fn a<'a>(x: &'a str) {} // yes\nlet c = '\"'; // and\nlet r = r\"\\\"; // so\n",
            ["yes", "and", "so"],
        ),
        ("a.js", "a.replace(/\\/*$/, '') // yes\n/* and */\n", ["yes", "and"]),
        ("a.yml", "name: don't do it # yes\n", ["yes"]),
        ("a.yml", "name: a#no\n", []),
        ("a.py", "x = r'\\' # no'  # yes\n", ["yes"]),
    ],
)
def test_texts_are_no_comments(name, text, found):
    assert [span.text.strip() for span in comments.in_code(name, text)] == found
