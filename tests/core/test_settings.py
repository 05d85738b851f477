"""Settings: layers, selection, and every mistake at once with its place and what was perhaps meant."""

import pytest

from pytest_productops.catalogue import installed
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.policy.settings import Options, read
from pytest_productops.testing import lay_out


@pytest.fixture
def settings(tmp_path, toys):
    def make(files=None, *layers, named=()):
        lay_out(files or {}, tmp_path)
        return read(tmp_path, installed(), [Options("--", layer) for layer in layers], named)

    return make


def codes(settings):
    return [rule.code for rule in settings.rules]


TOYS = {"select": "TOY"}


def test_without_a_file(settings):
    made = settings()
    assert made.policy.profile == "default"
    assert "ONB001" in codes(made)
    assert "OPS007" not in codes(made)
    assert "TOY001" not in codes(made)


def test_a_profile_holds_the_one_before(settings):
    made = settings({"productops.toml": 'profile = "service"\n'})
    assert {"ONB001", "OPS007"} <= set(codes(made))


@pytest.mark.parametrize(
    ("file", "layers", "selected"),
    [
        ('select = ["TOY"]', [], ["TOY001", "TOY002", "TOY003", "TOY004", "TOY005"]),
        (
            'select = ["TOY", "toy001"]\n[ignore]\nTOY005 = "r"\ncannot-tell = "r"',
            [],
            ["TOY001", "TOY002", "TOY003"],
        ),
        ('select = ["TOY001"]\nextend-select = ["notes-are-done"]', [], ["TOY001", "TOY002"]),
        ('select = ["TOY001"]', [{"select": "TOY003,TOY002"}], ["TOY002", "TOY003"]),
        ('extend-select = ["TOY004"]', [{"select": "TOY001"}], ["TOY001", "TOY004"]),
        ('[ignore]\nTOY001 = "r"', [{"select": "TOY"}], ["TOY002", "TOY003", "TOY004", "TOY005"]),
        ("", [{"select": "TOY001"}, {"select": "TOY002", "extend-select": "TOY003"}], ["TOY002", "TOY003"]),
        ("", [{"select": "TOY", "ignore": "TOY001, TOY002,practices,operations"}], ["TOY003"]),
    ],
)
def test_selection(settings, file, layers, selected):
    assert codes(settings({"productops.toml": file}, *layers)) == selected


def test_a_named_rule_runs_whatever_is_selected(settings):
    assert "TOY003" in codes(settings(None, {"select": "TOY001", "ignore": "TOY003"}, named=["TOY003"]))


def test_options_places_and_reasons(settings):
    made = settings(
        {
            "pyproject.toml": '[tool.productops]\nselect = ["TOY"]\n[tool.productops.rules.notes-are-done]\nword = "x"\n'
            '[tool.productops.artifacts]\nsecurity = "https://example.org"\n[tool.productops.ignore]\nTOY001 = "why"\n'
        }
    )
    rule = next(rule for rule in made.rules if rule.code == "TOY002")
    assert made.terms(rule).options == {"word": "x"}
    assert made.artifacts == {"security": "https://example.org"}
    assert [(each.rule, each.reason) for each in made.waivers.ignored] == [("TOY001", "why")]
    assert made.policy.source == "pyproject.toml"


def test_the_day(settings):
    assert str(settings(None, {"now": "2026-11-22"}).now) == "2026-11-22"


def test_a_given_file(settings, tmp_path):
    other = tmp_path / "elsewhere.toml"
    other.write_text('select = ["TOY001"]\n')
    assert codes(settings({"productops.toml": "nonsense = 1"}, {"config": str(other)})) == ["TOY001"]


MISTAKES = [
    (
        {
            "productops.toml": '# c\nslect = ["TOY"]\nprofile = "defualt"\n[ignore]\nTOY01 = "r"\nTOY002 = ""\n'
        },
        [
            "productops.toml:2: unknown key `slect` in the file\n    did you mean `select`?",
            'productops.toml:3: profile = "defualt": expected one of default, oss-library, service, internal-product, strict\n    did you mean `default`?',
            "productops.toml:5: unknown rule `TOY01`\n    did you mean `TOY001`?",
            'productops.toml:6: ignore.TOY002 = "": expected a reason',
        ],
    ),
    (
        {"pyproject.toml": "[project]\nname = 'x'\n[tool.productops.rules.TOY002]\nwrod = 'x'\n"},
        ["pyproject.toml:4: unknown key `wrod` in rules.TOY002\n    did you mean `word`?"],
    ),
    (
        {"productops.toml": "[rules.notes-are-don]\nword = 'x'\n[rules.TOY002]\nword = 3\n"},
        [
            "productops.toml:1: unknown key `notes-are-don` in rules\n    did you mean `notes-are-done`?",
            "productops.toml:4: rules.TOY002.word = 3: expected a text",
        ],
    ),
    ({"productops.toml": 'select = "TOY"\n'}, ['productops.toml:1: select = "TOY": expected a list']),
    (
        {"productops.toml": 'select = ["TOY", "TIY001"]\n'},
        ["productops.toml:1: unknown rule `TIY001`\n    did you mean"],
    ),
    ({"productops.toml": "a = \n"}, ["productops.toml:1: no TOML:"]),
    (
        {"productops.toml": "", "pyproject.toml": "[tool.productops]\nprofile = 'default'\n"},
        ["pyproject.toml:1: settings stand here and in productops.toml\n    keep one of the two"],
    ),
    ({"pyproject.toml": "[tool]\nproductops = 3\n"}, ["pyproject.toml:2: [tool.productops] is no table"]),
    ({"pyproject.toml": "[tool.productops\n"}, ["pyproject.toml:1: no TOML:"]),
    (
        {"productops.toml": "select = []\n"},
        ["productops.toml: no rule is selected\n    see `productops rules`"],
    ),
]


@pytest.mark.parametrize(("files", "expected"), MISTAKES)
def test_mistakes(settings, files, expected):
    with pytest.raises(ConfigurationError) as caught:
        settings(files)
    text = str(caught.value)
    shown = [str(problem) for problem in caught.value.problems]
    assert len(shown) == len(expected), text
    assert all(one.startswith(start) for one, start in zip(shown, expected, strict=True)), text
    assert text.startswith(f"{len(expected)} mistake")


def test_mistakes_in_options(settings):
    with pytest.raises(ConfigurationError) as caught:
        settings(None, {"select": "TOY9", "profile": "servise", "now": "soon"})
    assert [str(problem).splitlines()[0] for problem in caught.value.problems] == [
        "--now: `soon` is no day",
        "--profile: no such profile `servise`",
        "--select: unknown rule `TOY9`",
    ]


def test_a_missing_given_file(settings):
    with pytest.raises(ConfigurationError, match=r"nowhere\.toml: no such file"):
        settings(None, {"config": "nowhere.toml"})


def test_a_broken_pyproject_that_does_not_speak_of_us_is_no_settings(settings):
    assert settings({"pyproject.toml": "[project\n"}).policy.source == ""
