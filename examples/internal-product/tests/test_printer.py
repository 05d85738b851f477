import pytest

from parceldesk import UnknownDesk, printer

PRINTERS = {"north": "n-1", "north/12": "n-12"}


@pytest.mark.parametrize(("desk", "expected"), [("north/12", "n-12"), ("north/13", "n-1")])
def test_the_nearest_printer(desk, expected):
    assert printer(desk, PRINTERS) == expected


def test_a_desk_without_one():
    with pytest.raises(UnknownDesk, match="no printer is known for desk south/1 or hall south"):
        printer("south/1", PRINTERS)
