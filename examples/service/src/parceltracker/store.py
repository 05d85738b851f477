"""The store: what scanners have seen, in PostgreSQL."""

import psycopg

_LAST = "select place from parcels where code = %s order by seen desc limit 1"


def find(url: str, code: str) -> str | None:
    """Return the last place where a parcel was seen, None where it is not known."""
    with psycopg.connect(url) as connection:
        row = connection.execute(_LAST, (code,)).fetchone()
    return row[0] if row else None
