"""Ranges of versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.formats.ranges import allows, numbers, spans


@pytest.mark.parametrize(
    ("text", "version", "dialect", "expected"),
    [
        ("^1.2.3", "1.9.0", "npm", True),
        ("^1.2.3", "2.0.0", "npm", False),
        ("^0.2.3", "0.3.0", "npm", False),
        ("^0.0.3", "0.0.4", "npm", False),
        ("~1.2.3", "1.2.9", "npm", True),
        ("~1.2.3", "1.3.0", "npm", False),
        ("1.2.3", "1.2.4", "npm", False),
        ("1.x", "1.9.9", "npm", True),
        ("1.2.x", "1.3.0", "npm", False),
        (">=1.2 <2", "1.5.0", "npm", True),
        (">= 1.2 < 2", "2.0.0", "npm", False),
        ("1.2 - 1.4", "1.4.9", "npm", True),
        ("^14.13 || >=16", "15.0.0", "npm", False),
        ("^14.13 || >=16", "16.0.0", "npm", True),
        (">1.2", "1.2.9", "npm", False),
        ("*", "9.9.9", "npm", True),
        ("1.2", "1.9.0", "cargo", True),
        ("=1.2.3", "1.2.4", "cargo", False),
        (">=1, <3", "2.1.0", "cargo", True),
        ("~1.2", "1.3.0", "cargo", False),
        ("~1.2", "1.3.0", "composer", True),
        ("~1.2.3", "1.3.0", "composer", False),
        ("^7.4 | ^8.0", "8.1.0", "composer", True),
        ("~> 1.2", "1.9.0", "ruby", True),
        ("~> 1.2.3", "1.3.0", "ruby", False),
        ("~> 1.2 and != 1.4.0", "1.3.0", "hex", None),
        ("~> 1.2 or ~> 2.0", "2.5.0", "hex", True),
        ("^1.0.0-rc.1", "1.0.0", "npm", None),
        ("latest", "1.0.0", "npm", None),
        ("github:a/b", "1.0.0", "npm", None),
        ("^1", "1.0.0-beta", "npm", None),
        ("dev-main", "1.0.0", "composer", None),
    ],
)
def test_allows(text, version, dialect, expected):
    assert allows(text, version, dialect) is expected


@given(
    st.text(alphabet="^~<>=|&.,*x0123456789- v", max_size=40),
    st.sampled_from(["npm", "cargo", "composer", "ruby", "hex"]),
)
def test_never_raises(text, dialect):
    for span in spans(text, dialect) or ():
        assert len(span.low) == 4


@given(st.tuples(*[st.integers(0, 99)] * 3))
def test_caret_holds_its_own_version(parts):
    text = ".".join(map(str, parts))
    assert allows(f"^{text}", text, "npm")
    assert allows(text, text, "cargo")
    assert numbers(text) == (*parts, 0)
