"""The bounds of numbers, as a rule declares them."""

from pytest_productops.api import Files, More, Percent, Share
from pytest_productops.declaration import signature


def check(
    files: Files, *, count: int = 0, part: Share = 0.5, most: More[Share] = 1.0, least: More[Percent] = 70
):
    pass


def test_bounds_and_ways():
    _, options = signature(check, "check")
    assert {name: (option.schema, option.stricter) for name, option in options.items()} == {
        "count": ({"type": "integer", "minimum": 0}, ""),
        "part": ({"type": "number", "minimum": 0, "maximum": 1}, ""),
        "most": ({"type": "number", "minimum": 0, "maximum": 1}, "more"),
        "least": ({"type": "integer", "minimum": 0, "maximum": 100}, "more"),
    }
