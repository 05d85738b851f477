import pytest

from parceltracker.lookup import answer

STORE = {"RX123456785CH": "Bern"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/health", (200, "ok")),
        ("/parcels/RX123456785CH", (200, "Bern")),
        ("/parcels/RX000000000CH", (404, "no parcel RX000000000CH")),
        ("/parcels/", (404, "no such page")),
        ("/elsewhere", (404, "no such page")),
    ],
)
def test_answers(path, expected):
    assert answer(path, STORE.get) == expected
