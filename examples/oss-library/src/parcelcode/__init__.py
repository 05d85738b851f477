"""Reads and checks the codes on parcels: a service, a number with its check digit, a country (UPU S10)."""

from dataclasses import dataclass

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


class CodeError(ValueError):
    """A text is no code; the message says why."""


@dataclass(frozen=True)
class Code:
    """A code: two letters of a service, eight digits and their check digit, two letters of a country."""

    service: str
    number: str
    country: str


def parse(text: str) -> Code:
    """Read a code, blanks ignored; raise `CodeError` where it is none."""
    plain = "".join(text.split()).upper()
    service, number, country = plain[:2], plain[2:-2], plain[-2:]
    if not (service.isalpha() and country.isalpha() and number.isdigit() and len(number) == 9):
        raise CodeError(f"{text!r} is not two letters, nine digits and two letters")
    if check_digit(number[:8]) != int(number[8]):
        raise CodeError(f"the check digit of {text!r} is {check_digit(number[:8])}, not {number[8]}")
    return Code(service, number[:8], country)


def check_digit(number: str) -> int:
    """Return the check digit of eight digits (https://www.upu.int, standard S10)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)
