"""Waivers written into a file of settings: one change, and every other byte as it was."""

import datetime

import pytest
import tomli
from hypothesis import assume, given
from hypothesis import strategies as st

from pytest_productops.policy import edit

ENTRY = {
    "rule": "ONB003",
    "subject": "legacy/**",
    "reason": 'it is "being retired", says Zoë',
    "owner": "@ann",
    "expires": datetime.date(2027, 1, 31),
}
SHARED = ("tool", "productops")
BLOCK = r"""[[waivers]]
rule = "ONB003"
subject = "legacy/**"
reason = "it is \"being retired\", says Zoë"
owner = "@ann"
expires = 2027-01-31
"""


def waivers(text, base=()):
    data = tomli.loads(text)
    for key in base:
        data = data[key]
    return data["waivers"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", BLOCK),
        ("# why\n", f"# why\n\n{BLOCK}"),
        ('profile = "service"\n', f'profile = "service"\n\n{BLOCK}'),
        ('profile = "service"', f'profile = "service"\n\n{BLOCK}'.rstrip("\n")),
        ("[ignore] # a\nX='b'\n\n\n", f"[ignore] # a\nX='b'\n\n\n{BLOCK}"),
        (
            '[[waivers]]\nrule = "A"\n# of A\n\n# of ignore\n[ignore]\n',
            f'[[waivers]]\nrule = "A"\n# of A\n\n{BLOCK}\n# of ignore\n[ignore]\n',
        ),
        ('[[waivers]]\nrule = "A"\n# of A\n', f'[[waivers]]\nrule = "A"\n# of A\n\n{BLOCK}'),
        (
            '[[waivers]]\nrule = "A"\n\n# of ignore\n[ignore]\n',
            f'[[waivers]]\nrule = "A"\n\n{BLOCK}\n# of ignore\n[ignore]\n',
        ),
        (
            '[[waivers]]\nrule = "A"\n[ignore]\n[[waivers]]\nrule = """\nB"""\n[rules]\n',
            f'[[waivers]]\nrule = "A"\n[ignore]\n[[waivers]]\nrule = """\nB"""\n\n{BLOCK}\n[rules]\n',
        ),
    ],
)
def test_a_waiver_more(before, after):
    assert edit.add(before, (), ENTRY) == after
    assert waivers(after)[-1] == ENTRY


@pytest.mark.parametrize(
    ("before", "at"),
    [
        ('[tool.productops]\nprofile = "x"\n\n# ruff\n[tool.ruff]\na = 1\n', "\n\n# ruff"),
        ("[tool.productops.ignore]\nA = 'b'\n\n[project]\n[tool.ruff]\n", "\n\n[project]"),
        ('[tool.productops]\nprofile = "x"\n[project]\n[tool.productops.ignore]\nA = "b"\n', ""),
        ('[tool]\nproductops.profile = "x"\nruff.a = 1\n\n[project]\n', ""),
        ('tool.productops.profile = "x"\n\n[project]\n', "\n\n[project]"),
        ("[tool.ruff]\na = 1\n", ""),
    ],
)
def test_in_pyproject(before, at):
    after = edit.add(before, SHARED, ENTRY)
    written = BLOCK.replace("[[waivers]]", "[[tool.productops.waivers]]")
    head, _, tail = before.partition(at) if at else (before.rstrip("\n"), "", "")
    assert after == f"{head}\n\n{written}".rstrip("\n") + (f"{at}{tail}" if at else "\n")
    assert waivers(after, SHARED) == [ENTRY]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("waivers = [] # none\n", "waivers = [{%s}] # none\n"),
        ("waivers = [ ]\n", "waivers = [ {%s} ]\n"),
        ('waivers = [{rule = "A"}]\nx = 1\n', 'waivers = [{rule = "A"}, {%s}]\nx = 1\n'),
        ('waivers = [ { rule = "A" } ] # ]}\n', 'waivers = [ { rule = "A" }, { %s } ] # ]}\n'),
        ('waivers = [{rule = "A]}"},]\n', 'waivers = [{rule = "A]}"}, {%s},]\n'),
        (
            'waivers = [\n  {rule = "A"}, # a\n  # last\n]\n',
            'waivers = [\n  {rule = "A"}, # a\n  # last\n  {%s},\n]\n',
        ),
        (
            'waivers = [\n\t{ rule = "A" } # a, ]\n]\nx = 1\n',
            'waivers = [\n\t{ rule = "A" }, # a, ]\n\t{ %s }\n]\nx = 1\n',
        ),
        ('waivers = [\n  {rule = "A"},\n  {rule = "B"}]', 'waivers = [\n  {rule = "A"},\n  {rule = "B"},\n  {%s}]'),
        ('waivers = [\n  {rule = "A"},\n  {rule = "B"}, ]', 'waivers = [\n  {rule = "A"},\n  {rule = "B"},\n  {%s}, ]'),
        ('waivers = [\n  {rule = "A"}, {rule = "B"}]', 'waivers = [\n  {rule = "A"}, {rule = "B"}, {%s}]'),
        ('waivers = [ {rule = "A"}, # a\n]\n', 'waivers = [ {rule = "A"}, # a\n  {%s},\n]\n'),
        ("waivers = [\n  # none yet, see [1]\n]\n", "waivers = [\n  # none yet, see [1]\n  {%s},\n]\n"),
        (
            'waivers = [\n  {rule = """\n]}"""},\n  {rule = \'}\', subject = "\\"}"}\n]\n',
            'waivers = [\n  {rule = """\n]}"""},\n  {rule = \'}\', subject = "\\"}"},\n  {%s}\n]\n',
        ),
    ],
)  # fmt: skip
def test_waivers_in_an_array(before, after):
    entry = {"rule": "B", "subject": "", "expires": ENTRY["expires"]}
    assert edit.add(before, (), entry) == after % 'rule = "B", expires = 2027-01-31'
    assert edit.form(before, (), entry) == '{rule = "B", expires = 2027-01-31}\n'


def test_an_array_in_pyproject():
    before = '[tool.productops]\nwaivers = [\n    {rule = "A"},\n]\n[tool.ruff]\n'
    after = '[tool.productops]\nwaivers = [\n    {rule = "A"},\n    {rule = "B"},\n]\n[tool.ruff]\n'
    assert edit.add(before, SHARED, {"rule": "B"}) == after


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_in_an_array_stay(end):
    before = 'waivers = [\n  {rule = "A"} # a\n]\n'.replace("\n", end).encode()
    after = 'waivers = [\n  {rule = "A"}, # a\n  {rule = "B"}\n]\n'.replace("\n", end)
    assert edit.rewritten(before, lambda text: edit.add(text, (), {"rule": "B"})) == after


@pytest.mark.parametrize(
    ("text", "base", "form"),
    [
        ("[tool]\nproductops = {profile = 'x'}\n", SHARED, 'waivers = [{rule = "B"}]\n'),
        ("[tool]\nproductops = {waivers = [{rule = 'A'}]}\n", SHARED, '{rule = "B"}\n'),
    ],
)
def test_no_room(text, base, form):
    with pytest.raises(edit.NotEdited):
        edit.add(text, base, {"rule": "B"})
    assert edit.form(text, base, {"rule": "B"}) == form


@pytest.mark.parametrize(
    ("text", "base", "head"),
    [
        ("", (), "[[waivers]]"),
        ("[[waivers]]\nrule = 'A'\n", (), "[[waivers]]"),
        ("[tool.productops]\n", SHARED, "[[tool.productops.waivers]]"),
    ],
)
def test_a_table_by_itself(text, base, head):
    assert edit.form(text, base, {"rule": "B"}) == f'{head}\nrule = "B"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "[[waivers]] # a\nrule = 'A'\nexpires = 2026-01-01 # soon\nreason='x'\n\n# b\n[ignore]\n",
            "[[waivers]] # a\nrule = 'A'\nexpires = 2027-01-31 # soon\nreason='x'\n\n# b\n[ignore]\n",
        ),
        (
            'waivers = [ {rule = "A", expires = "2026-01-01"}, # a\n]\n',
            'waivers = [ {rule = "A", expires = 2027-01-31}, # a\n]\n',
        ),
        (
            "[[waivers]]\nexpires = 2026-01-01\n[rules.X]\n[[waivers]]\nrule = 'B'\n",
            "[[waivers]]\nexpires = 2027-01-31\n[rules.X]\n[[waivers]]\nrule = 'B'\n",
        ),
    ],
)
def test_another_day(before, after):
    assert edit.change(before, (), 0, {"expires": ENTRY["expires"]}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[waivers]]\nrule = 'A'\n", ""),
        ("x = 1\n\n[[waivers]]\nrule = 'A'\n", "x = 1\n"),
        ("[[waivers]]\nrule = 'A'\n\n# b\n[[waivers]]\nrule = 'B'\n", "# b\n[[waivers]]\nrule = 'B'\n"),
        ("x = 1\n\n[[waivers]]\nrule = 'A'\n\n# b\n[ignore]\n", "x = 1\n\n# b\n[ignore]\n"),
        ("x = 1\n[[waivers]]\nrule = 'A'\n[ignore]\n", "x = 1\n[ignore]\n"),
        ("waivers = [{rule = 'A'}, {rule = 'B'}] # a\n", "waivers = [{rule = 'B'}] # a\n"),
    ],
)
def test_one_less(before, after):
    assert edit.remove(before, (), [0]) == after


def test_several_less():
    text = "".join(f"[[waivers]]\nrule = '{name}'\n\n" for name in "ABCD")
    assert [each["rule"] for each in waivers(edit.remove(text, (), [0, 2]))] == ["B", "D"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_line_ends_and_the_byte_order_mark_stay(mark, end, last):
    before = mark + f'profile = "x"\n[ignore]\nA = "ü"{last}'.replace("\n", end).encode()
    after = edit.rewritten(before, lambda text: edit.add(text, (), ENTRY)).encode()
    assert after.startswith(before.rstrip())
    assert after.count(b"\r\n") == (after.count(b"\n") if end == "\r\n" else 0)
    assert after.endswith(end.encode()) == bool(last)


def test_mixed_line_ends_stay():
    before = b'profile = "x"\r\n[ignore]\nA = "b"\r\n'
    assert edit.rewritten(before, lambda text: edit.add(text, (), ENTRY)).encode().startswith(before)


def test_what_is_no_utf8_is_left_alone():
    with pytest.raises(edit.NotEdited, match="it is not UTF-8"):
        edit.rewritten(b"# \xff\n", str)


PIECES = [
    'profile = "service"\n',
    "\n",
    "# a comment\n",
    "  # indented\n",
    "[ignore] # c\nA = 'b' # d\n",
    "[rules.DEV003]\nminimum = 3\n",
    "rules.DEV004.x = [\n  1, # one\n\n  2\n]\n",
    '[[waivers]]\nrule = "A"\n',
    "  [[ waivers ]] # c\n  rule='B'\n  # inside\n  reason = '''\n[[waivers]]\n# no comment\n'''\n",
    "waivers = []\n",
    'waivers = [{rule = "A"}]\n',
    'waivers = [\n  {rule = "A"}, # a\n\n  {rule = "B"}\n]\n',
    '[other]\n"waivers" = 1\n',
    '[[other.waivers]]\nrule = "C"',
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=7, unique=True).map("".join),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_any_file_is_kept_or_left_alone(text, end, shared):
    base = SHARED if shared else ()
    text = text.replace("[[", "[[tool.productops.").replace("[ ", "[") if shared else text
    try:
        old = tomli.loads(text)
    except tomli.TOMLDecodeError:
        assume(False)
    before = text.replace("\n", end).encode()
    try:
        after = edit.rewritten(before, lambda text: edit.add(text, base, ENTRY)).encode()
    except edit.NotEdited:
        return
    new = tomli.loads(after.decode())
    assert waivers(after.decode(), base)[-1] == ENTRY
    written = after.decode().replace(end, "\n")
    lines = iter(written.split("\n"))
    assert "waivers = [" in text or all(line in lines for line in text.split("\n"))
    gone = edit.remove(written, base, [len(waivers(written, base)) - 1])
    assert edit._says(gone, base, old)
    assert new != old
    assert "waivers = [" in text or _lines(gone) == _lines(text)


def _lines(text):
    return [line for line in text.split("\n") if line]
