"""Where a parcel is."""

from collections.abc import Callable

Find = Callable[[str], str | None]
"""Returns the last place where a parcel was seen, None where it is not known."""


def answer(path: str, find: Find) -> tuple[int, str]:
    """Return the status and the body for a path: `/health`, or `/parcels/CODE`."""
    if path == "/health":
        return 200, "ok"
    code = path.removeprefix("/parcels/")
    if code == path or not code:
        return 404, "no such page"
    place = find(code)
    return (200, place) if place else (404, f"no parcel {code}")
