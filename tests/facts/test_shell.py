"""Shell text as simple commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.commands.sessions import shell_text
from pytest_productops.facts.commands.shell import calls, outside
from pytest_productops.model import Location

HERE = Location("ci.sh", 1)


def told(text, folder=""):
    return [(str(call), call.folder, call.may_fail) for call in calls(text, HERE, folder)]


def words(text):
    return [call.words for call in calls(text, HERE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("make a && make b; make c | tee log & make d", ["make a", "make b", "make c", "tee log", "make d"]),
        ("make \\\n  docs\nmake b", ["make docs", "make b"]),
        ("# make a\nmake b # make c", ["make b"]),
        ("cat <<EOF > x\nmake a\nEOF\nmake b", ["cat", "make b"]),
        ("cat <<-'END'\n\tmake a\n\tEND\nmake b", ["cat", "make b"]),
        ("if make a; then make b; elif make c; then make d; else make e; fi", [f"make {x}" for x in "abcde"]),
        ("for f in a b; do tox -e $f; done", ["tox -e $f"]),
        ("while make a; do make b; done", ["make a", "make b"]),
        ("case $1 in\n a|b) make a;;\n *) make b ;;\nesac\nmake c", ["make a", "make b", "make c"]),
        ("f() {\n make a\n}\nf", ["make a", "f"]),
        ("echo $(make a; make b) `make c`", ["echo $(make a; make b) `make c`"]),
        ('x="$(echo "a b")" make a', ["make a"]),
        ("make a > out 2>&1 < in", ["make a"]),
        ("diff <(make a) <(make b)", ["diff"]),
        ("{ make a; } && ! make b", ["make a", "make b"]),
        ("[ -f x ] && make a", ["make a"]),
        ("time make a", ["make a"]),
        ("${{ matrix.run }} --all", ["${{ matrix.run }} --all"]),
        ("", []),
    ],
)
def test_splits_simple_commands(text, expected):
    assert [str(call) for call in calls(text, HERE)] == expected


def test_quotes_are_taken_off_and_keep_words_together():
    assert words("""pytest -k 'a and b' "it's" a"b"c \\$x""") == [
        ("pytest", "-k", "a and b", "it's", "abc", "$x")
    ]


def test_lines_are_those_of_the_file():
    found = calls("make a\n\ncat <<E\nx\nE\nmake b \\\n c\nmake d", Location("x.yml", 10))
    assert [call.location.line for call in found] == [10, 12, 15, 17]


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("cd docs && make", "docs"),
        ("cd docs\ncd ..\nmake", ""),
        ("cd docs/api; cd -; make", ""),
        ("(cd docs); make", ""),
        ("(cd docs; make)", "docs"),
        ("pushd docs; popd; make", ""),
        ("cd $GITHUB_WORKSPACE/docs; make", "docs"),
        ("cd ${{ github.workspace }}; make", ""),
        ('cd "$(git rev-parse --show-toplevel)"; make', ""),
        ("cd ./a/../b/; make", "b"),
    ],
)
def test_follows_cd(text, folder):
    assert calls(text, HERE)[-1].folder == folder


@pytest.mark.parametrize(
    "place", ["/srv", "~", "~/src/x", "$HOME", "..", "../other", "`pwd`", "$(mktemp -d)"]
)
def test_a_folder_elsewhere_is_outside(place):
    (call,) = calls(f"cd {place}; make", HERE)
    assert outside(call.folder)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("make a || true", [True]),
        ("make a || :", [True]),
        ("make a && make b || exit 0", [True, True]),
        ("make a || echo failed", [True]),
        ("make a || { echo failed; exit 1; }", [False]),
        ("make a || (echo failed; exit 1)", [False]),
        ("make a || echo failed && exit 1", [False]),
        ("(make a || true)", [True]),
        ("make a || exit 1", [False]),
        ("make a; true", [False]),
        ("set +e\nmake a\nset -e\nmake b", [True, False]),
        ("make a || make b", [False, False]),
        ("make z\nmake a || true", [False, True]),
    ],
)
def test_knows_a_swallowed_failure(text, expected):
    found = [call.may_fail for call in calls(text, HERE)]
    assert found[: len(expected)] == expected


def test_variables_are_the_calls_own_or_exported():
    first, second = calls("export A=1\nB=2 make a\nmake b", HERE)
    assert (dict(first.env), dict(second.env)) == ({"A": "1", "B": "2"}, {"A": "1"})


@given(st.text(alphabet=st.sampled_from("ab \n\t\\'\"`$(){}[]<>|&;#=-!*~/.E"), max_size=80))
def test_any_text_gives_an_answer(text):
    for call in calls(text, HERE):
        assert call.words
        assert 1 <= call.location.line <= text.count("\n") + 1


@given(st.text())
def test_any_unicode_gives_an_answer(text):
    calls(text, HERE)
    shell_text("", text)


@given(st.lists(st.from_regex(r"[a-z][a-z0-9_./-]{0,8}", fullmatch=True), min_size=1, max_size=5))
def test_plain_words_come_back(given_words):
    text = " ".join(["make", *given_words])
    assert words(text) == [("make", *given_words)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("console", "$ make a\nbuilding\n$ make b", "make a\n\nmake b"),
        ("", "(venv) $ make a\nmake output", "make a\n"),
        ("shell", "% make a", "make a"),
        ("sh", "user@host:~/x$ make a\nout", "make a\n"),
        ("sh", "> make a\nout", "make a\n"),
        ("bash", "$ make \\\n>  a\nout", "make \\\na\n"),
        ("bash", "make a\nmake b", "make a\nmake b"),
        ("python", "make = 1", ""),
        ("", ">>> make", ""),
        ("", "C:\\> make html", ""),
        ("text", "PS C:\\x> make html", ""),
        ("sh", "make <target> > log", "make {target} > log"),
    ],
)
def test_blocks_lose_prompts_and_output(language, text, expected):
    assert shell_text(language, text) == expected


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ('cd "$(dirname "$0")/.."', "tools"),
        ('cd "$(dirname "${BASH_SOURCE[0]}")"', "tools/ci"),
        ("cd $(dirname -- $0)/../..", ""),
        ('cd "${0%/*}/../lib"', "tools/lib"),
    ],
)
def test_a_script_knows_its_own_folder(line, folder):
    (call,) = calls(f"{line}\ntox\n", Location("tools/ci/run.sh", 1), "elsewhere")
    assert (str(call), call.folder) == ("tox", folder)
