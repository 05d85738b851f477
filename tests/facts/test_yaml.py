"""The one YAML reader: values, lines, and every way that a text can be wrong."""

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.formats.yaml import MAX_DEPTH, Tagged, YamlError, read, read_all, walk

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text("abc xyz-:#'\"{}[]!&*%\n", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcn:", max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def load(text):
    return read(text, "ci.yml").value


@given(PLAIN)
def test_what_was_written_is_read(value):
    assert load(pyyaml.safe_dump(value)) == value


@given(st.text(max_size=60) | st.text("-:{}[]&*!<>|# a\n\"'\x07\ud800", max_size=60))
def test_any_text_gives_a_value_or_a_typed_error(text):
    error = None
    try:
        read_all(text, "ci.yml")
    except YamlError as caught:
        error = caught
    assert error is None or (error.line >= 1 and str(error).startswith("ci.yml:"))


def test_words_that_look_like_truth_or_time_stay_text():
    assert load("on: yes\nat: 12:30:45\nday: 2026-11-22\nversion: 1_000\nmode: 0755\n") == {
        "on": "yes", "at": "12:30:45", "day": "2026-11-22", "version": "1_000", "mode": "0755",
    }  # fmt: skip


def test_core_types_are_read_and_keys_are_text():
    assert load("1: 1\ntrue: true\nnull: ~\n3.10: 3.5\nx: 'true'\n") == {
        "1": 1, "true": True, "null": None, "3.10": 3.5, "x": "true",
    }  # fmt: skip


def test_lines_of_keys_values_and_items():
    document = load("a: 1\nb:\n  - x\n  # remark\n  - y\nc: |\n  first\n")
    assert document.lines == {"a": 1, "b": 3, "c": 7}
    assert document.keys_at == {"a": 1, "b": 2, "c": 6}
    assert document["b"].lines == [3, 5]


def test_local_tags_are_inert():
    assert load("x: !reference [.a, script]\ny: !Ref Bucket\n") == {
        "x": Tagged("!reference", [".a", "script"], 1), "y": Tagged("!Ref", "Bucket", 2),
    }  # fmt: skip


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system ['true']", "!!python/name:os.system ''"])
def test_tags_that_make_objects_are_refused(tag):
    with pytest.raises(YamlError, match="is not read"):
        load(f"x: {tag}")


@pytest.mark.parametrize("text", ["!!int ''", "!!bool maybe", "!!timestamp soon", "2001-99-99", "1" * 5000])
def test_values_that_no_type_holds_stay_text(text):
    assert isinstance(load(f"x: {text}")["x"], (str, type(None)))


def test_a_key_written_twice_is_a_problem():
    found = read("a: 1\nb: 2\na: 3\n", "ci.yml")
    assert found.value == {"a": 3, "b": 2}
    assert found.problems == ((3, "key `a` is written twice, first on line 1"),)


def test_merge_keys_give_what_is_lacking():
    assert load("base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  y: 3\nall:\n  <<: [*b, {z: 4}]\n") == {
        "base": {"x": 1, "y": 2}, "own": {"x": 1, "y": 3}, "all": {"x": 1, "y": 2, "z": 4},
    }  # fmt: skip


def test_documents():
    assert [one.value for one in read_all("a\n---\nb\n", "x")] == ["a", "b"]
    assert load("") is None
    assert load("spec: 1\n---\njobs: 2\n") == {"jobs": 2}


def bomb(opening, closing):
    lines = [f"a0: &a0 {opening}x{closing}"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * (MAX_DEPTH + 1), "nested deeper than 100"),
        ("[" * 200_000, "nested deeper than 100"),
        ("- " * 5_000, "nested deeper than 100"),
        ("a: " + "{b: " * 5_000, "nested deeper than 100"),
        (bomb("[", "]"), "expands to more than"),
        (bomb("{k: ", "}").replace("[*", "[*"), "expands to more than"),
        ("a: &x [*x]", "stands inside what it repeats"),
        ("a: *nothing", "no anchor|undefined alias"),
        ("a: [1, 2", "line|expected|did not find"),
        ("a: 'open", "quoted|found unexpected end"),
        ("a:\n\t- b", "tab|token|cannot start"),
        ("a: \x07", "forbids|not allowed|control"),
        ("a: \ud800", "YAML|forbids|surrogates"),
        ("%YAML 9.9\n---\na", "version|incompatible"),
    ],
)
def test_what_is_malformed_deep_or_large_is_a_typed_error(text, message):
    with pytest.raises(YamlError, match=message) as caught:
        load(text)
    assert caught.value.path == "ci.yml"


def test_an_error_names_its_line():
    with pytest.raises(YamlError) as caught:
        load("a: 1\nb: 2\nc: [\n")
    assert caught.value.line >= 3


def test_walk_meets_every_value():
    assert [v for v in walk(load("a: [1, {b: !t [2]}]")) if isinstance(v, int)] == [1, 2]
