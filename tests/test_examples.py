"""Every example of every manual runs: a bad one violates its rule, a good one passes it."""

import pytest

from pytest_productops.catalogue import installed
from pytest_productops.testing import examples, findings

EXAMPLES = examples(installed())


@pytest.mark.parametrize(
    ("rule", "kind", "archive"), EXAMPLES, ids=[f"{rule.code}-{kind}" for rule, kind, _ in EXAMPLES]
)
def test_example(rule, kind, archive):
    found = findings(rule, archive)
    assert bool(found) == (kind == "bad"), found
