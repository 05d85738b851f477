"""Dependencies are locked to exact versions: a lock file, go.sum, or requirements pinned by `==` or hashes.

Lower bounds alone are none. Locks of the documentation, of examples, of tests or of a linter alone are none
either. A version catalogue of Gradle counts, though it locks only what is asked for directly.
"""

from pytest_productops.facts.locks import Locks
from pytest_productops.inspection.model import Answer, no, note, seen, yes
from pytest_productops.model import Location


def answer(locks: Locks) -> Answer:
    """Answer it."""
    found = [seen(Location(path), "lock file") for path in locks.files[:5]]
    found += [seen(each.location, f"{each.exact} of {each.all} exact") for each in locks.pinned[:5]]
    found += [seen(each, "exact versions of direct dependencies") for each in locks.catalogues]
    if found:
        return yes(*found)
    return no(note("searched: lock files of every ecosystem, go.sum, and requirements pinned by `==`"))
