"""Patterns in settings: those that are too long, or cannot be run in linear time, are mistakes with file and line."""

import pytest

GLOB = "a" * 1001


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[rules.PRA004]\npattern = "(a+)+\\\\1$"\n', "productops.toml:2: rules.PRA004.pattern = \"(a+)+\\\\1$\": `\\1` is none of the forms that are run in linear time"),
        ('[rules.PRA004]\npattern = "("\n', 'productops.toml:2: rules.PRA004.pattern = "(": missing ), unterminated subpattern at position 0'),
        ('[rules.SUP007]\nmarkers = ["ok", "(a{50}){50}"]\n', 'productops.toml:2: rules.SUP007.markers[1] = "(a{50}){50}": it says too much: its repetitions stand for a very long expression'),
        (f'[rules.DEV005]\ntest_globs = [\n"b",\n"{GLOB}"]\n', f'productops.toml:4: rules.DEV005.test_globs[1] = "{GLOB[:59]}: expected at most 1000 characters'),
        (f'[[waivers]]\nrule = "ONB001"\nsubject = "{GLOB}"\nreason = "moved next month"\nowner = "@ann"\nexpires = 2026-12-01\n', f'productops.toml:3: waivers[0].subject = "{GLOB[:59]}: expected at most 1000 characters'),
    ],
)  # fmt: skip
def test_they_are_mistakes(mistakes, text, expected):
    assert mistakes({"productops.toml": text}) == [expected]


@pytest.mark.parametrize(
    "text", ['[rules.PRA004]\npattern = "(a+)+$"\n', '[rules.SUP007]\nmarkers = ["(?i)^merge"]\n']
)
def test_what_only_re_would_hang_on_is_none(mistakes, text):
    assert mistakes({"productops.toml": text}) == []
