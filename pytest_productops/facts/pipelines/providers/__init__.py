"""The CI services that are read: one module each, with `read(files) -> Reading`.

A new service is one file here; what belongs to its language only goes beside it, as `circleci_steps`. Nothing of
a CI file is ever run, and what cannot be followed is told as opaque.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines.model import Reading


def readings(files: Files) -> Iterator[Reading]:
    """Yield what each service's files say."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        provider = importlib.import_module(f"{__name__}.{module.name}")
        if hasattr(provider, "read"):
            yield provider.read(files)
