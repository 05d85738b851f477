"""Registers parcels at a desk."""

from collections.abc import Mapping


class UnknownDesk(LookupError):
    """A desk has no printer; the message names it."""


def printer(desk: str, printers: Mapping[str, str]) -> str:
    """Return the printer of a desk: its own, or the one of its hall (`north/12` -> `north`)."""
    hall = desk.partition("/")[0]
    found = printers.get(desk) or printers.get(hall)
    if found is None:
        raise UnknownDesk(f"no printer is known for desk {desk} or hall {hall}")
    return found
