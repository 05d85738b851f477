import pytest

from parcelcode import Code, CodeError, check_digit, parse


def test_a_code():
    assert parse("RX123456785CH") == Code("RX", "12345678", "CH")


def test_spaces_are_read():
    assert parse("rx 1234 5678 5 ch").number == "12345678"


def test_a_wrong_check_digit():
    with pytest.raises(CodeError, match="the check digit .* is 5, not 4"):
        parse("RX123456784CH")


def test_no_code():
    with pytest.raises(CodeError, match="two letters, nine digits"):
        parse("12")


@pytest.mark.parametrize(("number", "digit"), [("12345678", 5), ("47312482", 9)])
def test_check_digits(number, digit):
    assert check_digit(number) == digit
