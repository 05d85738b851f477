"""A licence text is in the tree, whatever its name (LICENSE, LICENCE, COPYING, UNLICENSE, a folder of them).

An empty file is none, nor is the licence's name in package metadata or in a sentence.
"""

from pytest_productops.facts.licence import Licence
from pytest_productops.inspection.model import Answer, no, note, seen, yes
from pytest_productops.model import Location


def answer(licence: Licence) -> Answer:
    """Say where the licence is."""
    if licence.texts:
        return yes(*(seen(place) for place in licence.texts[:5]))
    empty = [seen(Location(path), "is empty") for path in licence.hollow]
    return no(
        *empty,
        note("searched: files named LICENSE, LICENCE, COPYING, UNLICENSE or COPYRIGHT; LICENSES/; README"),
    )
