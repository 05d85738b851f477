"""Mistakes in the configuration as they are told."""

import pytest

from pytest_productops.policy.problems import ConfigurationError, Problem


def test_what_a_terminal_obeys_is_made_visible():
    problem = Problem("a\nb", 3, "unknown rule `\x1b[2Jx\x00\n  forged: line`", "did you mean `\u202e`?")
    assert str(problem) == (
        "a b:3: unknown rule `\\x1b[2Jx\\x00   forged: line`\n    did you mean `\\u202e`?"
    )


def test_a_long_message_is_cut():
    assert str(Problem("--select", 0, "x" * 5_000)) == f"--select: {'x' * 299}…"


def test_a_name_in_a_file(mistakes):
    told = "\n".join(mistakes({"productops.toml": 'select = ["\\u001b[31mX\\n\\u0000"]\n"\\u001bY" = 1\n'}))
    assert "\x1b" not in told
    assert "unknown rule `\\x1b[31mX \\x00`" in told


@pytest.mark.parametrize(
    ("count", "last"), [(50, "  a:50: m"), (51, "  and 1 more mistake"), (60, "  and 10 more mistakes")]
)
def test_at_most_fifty_are_told(count, last):
    lines = str(ConfigurationError(Problem("a", line, "m") for line in range(1, count + 1))).splitlines()
    assert lines[0] == f"{count} mistakes in the configuration, nothing was judged"
    assert lines[-1] == last
    assert len(lines) == 1 + min(count, 51)
