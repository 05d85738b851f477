"""Edits on texts: nothing beside them changes, whatever the line ends, and git applies the diff."""

import contextlib
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pytest_productops.edits import LAST, Create, Insert, Remove, Replace
from pytest_productops.facts.files import Files
from pytest_productops.fixing import diff
from pytest_productops.fixing.model import Unfit
from pytest_productops.fixing.texts import Source
from pytest_productops.fixing.tree import Tree


def edited(data: bytes, *edits) -> bytes:
    source = Source(data)
    return source.edited(span for edit in edits for span in source.span(edit))


def test_a_replacement_takes_whole_words_and_paths_alone():
    line = "docs/a.md (docs/a.md) ./docs/a.md ../docs/a.md docs/a.md.bak xdocs/a.md docs/a.md/b `docs/a.md`. docs/a.md#x"
    expected = "b.md (b.md) ./b.md ../docs/a.md docs/a.md.bak xdocs/a.md docs/a.md/b `b.md`. b.md#x"
    assert edited(line.encode(), Replace("f", 1, "docs/a.md", "b.md")).decode() == expected


@pytest.mark.parametrize(
    ("data", "edit", "expected"),
    [
        (b"", Insert("f", LAST, "a\n"), b"a\n"),
        (b"", Insert("f", 0, "a\n"), b"a\n"),
        (b"a", Insert("f", LAST, "b\nc\n"), b"a\nb\nc"),
        (b"a\r\nb", Insert("f", LAST, "c\n"), b"a\r\nb\r\nc"),
        (b"a\r\nb\r\n", Insert("f", 1, "c\n"), b"a\r\nc\r\nb\r\n"),
        (b"a\rb\r", Insert("f", 1, "c\n"), b"a\rc\rb\r"),
        (b"a\nb\r\nc\n", Insert("f", 2, "d\n"), b"a\nb\r\nd\r\nc\n"),
        (b"\xef\xbb\xbfa\n", Insert("f", 0, "b\n"), b"\xef\xbb\xbfb\na\n"),
        (b"\xef\xbb\xbfa\n", Replace("f", 1, "a", "b"), b"\xef\xbb\xbfb\n"),
        (b"\xef\xbb\xbfa\nb\n", Remove("f", 1, "a"), b"\xef\xbb\xbfb\n"),
        (b"a\nb", Remove("f", 2, "b"), b"a"),
        (b"a\n\nb", Remove("f", 3, "b"), b"a\n\n"),
        (b"a", Remove("f", 1, "a"), b""),
        (b"a\r\nb\r\n", Remove("f", 1, "a"), b"b\r\n"),
        (b"caf\xe9 a\n", Replace("f", 1, "a", "\xfc"), b"caf\xe9 \xfc\n".replace(b"\xc3\xbc", b"\xfc")),
    ],
)
def test_what_stands_around_stays(data, edit, expected):
    assert edited(data, edit) == expected


@pytest.mark.parametrize(
    ("data", "edit", "reason"),
    [
        (b"a\n", Replace("f", 2, "a", "b"), "it has no line 2"),
        (b"a\n", Replace("f", 0, "a", "b"), "it has no line 0"),
        (b"ab\n", Replace("f", 1, "a", "b"), "line 1 does not hold `a`"),
        (b"a\rb\n\nc", Remove("f", 2, "b"), "its line ends are mixed"),
        (b"a\n", Remove("f", 1, "b"), "line 1 says something else"),
        (b"a\n", Insert("f", 2, "b\n"), "it has no line 2"),
        (b"caf\xe9\n", Insert("f", LAST, "\u20ac\n"), "its encoding lacks a character"),
        (b"a\0\n", Insert("f", LAST, "b\n"), "it is no text"),
    ],
)
def test_what_cannot_be_edited_is_left(data, edit, reason):
    with pytest.raises(Unfit, match=reason):
        edited(data, edit)


def tree(root, **files: bytes) -> Tree:
    for name, data in files.items():
        (root / name).write_bytes(data)
    return Tree(Files(root.resolve(), tuple(sorted(files))))


def test_edits_that_meet_are_not_made_together(tmp_path):
    both = tree(tmp_path, f=b"a b c\nd\n")
    assert both.take([Replace("f", 1, "a b", "x")])
    assert both.take([Replace("f", 1, "a b", "x")])
    assert not both.take([Replace("f", 1, "b c", "y"), Remove("f", 2, "d")])
    assert both.take([Insert("f", 1, "e\n")])
    assert both.take([Insert("f", 1, "g\n"), Remove("f", 2, "d")])
    assert both.changes == {"f": (b"a b c\nd\n", b"x c\ne\ng\n")}


def test_edits_of_one_fix_that_meet_are_refused(tmp_path):
    with pytest.raises(Unfit, match="its edits meet each other"):
        tree(tmp_path, f=b"a b c\n").take([Replace("f", 1, "a b", "x"), Replace("f", 1, "b c", "y")])


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("f", "f is there already"),
        ("F", "F is there already"),
        ("ignored", "ignored is there already"),
        ("../x", "no place for a file"),
        ("/x", "no place for a file"),
        ("a/../x", "no place for a file"),
        (".git/hooks/post-checkout", "no place for a file"),
        ("out/x", "a link, or reached through one"),
        ("dangling", "a link, or reached through one"),
        (".env.example", ".env.example is ignored by git"),
    ],
)
def test_a_file_is_created_only_where_nothing_is(tmp_path, path, reason):
    root = tmp_path / "root"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    (root / "dangling").symlink_to(tmp_path / "nowhere")
    (root / "ignored").write_text("")
    (root / ".gitignore").write_text(".env*\n")
    with pytest.raises(Unfit, match=reason):
        tree(root, f=b"").take([Create(path, "x")])


def test_a_link_is_not_edited(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret").write_text("a\n")
    (root / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(Unfit, match="link is a link"):
        Tree(Files(root, ("link",))).take([Replace("link", 1, "a", "b")])


ENDS = st.sampled_from(["\n", "\r\n", "\r"])
LINES = st.lists(st.tuples(st.text('ab \t\\"é', max_size=6), ENDS), max_size=12)
NAMES = st.text(st.sampled_from("ab c\t\n\"\\é'$-"), min_size=1, max_size=6).filter(
    lambda name: name.strip() and not name.startswith("-")
)


@st.composite
def texts(draw) -> bytes:
    body = "".join(line + end for line, end in draw(LINES)) + draw(st.sampled_from(["", "no end"]))
    return (draw(st.sampled_from(["", "\ufeff"])) + body).encode()


@st.composite
def edits(draw, data: bytes, path: str):
    source = Source(data)
    count = len(source.lines)
    kinds = ["insert", *(["remove", "replace"] if count else [])]
    kind = draw(st.sampled_from(kinds))
    if kind == "insert":
        return Insert(path, draw(st.sampled_from([LAST, *range(count + 1)])), "new 1\nnew 2\n")
    at = draw(st.integers(1, count))
    line = source.lines[at - 1]
    text = source.text[line.start : line.end]
    return Remove(path, at, text) if kind == "remove" or not text else Replace(path, at, text, "other")


@given(st.data())
def test_lines_that_no_edit_names_stay_as_they_are(data):
    """A line is its text; its end is its own, or another's where the last line had none."""
    before = data.draw(texts())
    edit = data.draw(edits(before, "f"))
    source = Source(before)
    try:
        after = edited(before, edit)
    except Unfit:  # lines that end in different ways
        assume(b"\r" not in before)
        raise
    lines = [source.text[line.start : line.end] for line in source.lines]
    if isinstance(edit, Insert):
        at = len(lines) if edit.line == LAST else edit.line
        expected = [*lines[:at], "new 1", "new 2", *lines[at:]]
    else:
        expected = [
            *lines[: edit.line - 1],
            *(["other"] if isinstance(edit, Replace) else []),
            *lines[edit.line :],
        ]
    got = Source(after)
    assert [got.text[line.start : line.end] for line in got.lines] == expected
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    if lines and expected and expected[-1]:  # an empty line without an end is none
        ends = source.lines[-1].end < source.lines[-1].next
        assert (got.lines[-1].end < got.lines[-1].next) == ends


@settings(max_examples=60)
@given(st.data())
def test_git_applies_what_is_rendered(data):
    names = data.draw(st.lists(NAMES, min_size=1, max_size=2, unique_by=str.lower))
    before = {name: data.draw(texts()) for name in names}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for name, text in before.items():
            (root / name).write_bytes(text)
        edited = Tree(Files(root, tuple(sorted(before))))
        for name, text in before.items():
            with contextlib.suppress(Unfit):
                edited.take([data.draw(edits(text, name))])
        edited.take([Create("new folder/new é.md", "one\ntwo\n")])
        changes = edited.changes
        subprocess.run(
            ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"],
            cwd=root, input=diff.render(changes), check=True, capture_output=True,
        )  # fmt: skip
        for name, (_, after) in changes.items():
            assert (root / name).read_bytes() == after
