"""Thresholds of test coverage in configuration files, each read by the module of its tool."""

from __future__ import annotations

import configparser
import re
from collections.abc import Callable

from pytest_productops.facts.coverage import codecov, javascript, languages, python
from pytest_productops.facts.coverage.model import Configured
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.formats.yaml import YamlError
from pytest_productops.lazy import regex
from pytest_productops.model import Location

THRESHOLD = regex(
    r"fail[-_]under|check-coverage(?!:\s*(?:\n|\Z))|min(?:imum)?[-_]coverage|coverage[-_]?threshold|coverageMinimum"
    r"|fail-threshold|qualitygate\.wait\s*=\s*true|<Threshold>",
    re.IGNORECASE,
)
"""Words that tell of a threshold, whatever the tool."""
_MATERIAL = regex(r"(?:^|/)(?:tests?|specs?|__tests__|e2e|examples?|playground|samples?|docs?|templates?)/")
_Reader = Callable[[str, str, Configured], None]
_READERS: tuple[tuple[str, _Reader], ...] = (
    (r"pyproject\.toml|\.coveragerc\.toml", python.pyproject),
    (r"\.coveragerc|setup\.cfg|tox\.ini|pytest\.ini|\.pytest\.ini", python.ini),
    (r"package\.json", javascript.package_json),
    (
        r"(?:jest|vitest|vite|craco)[\w.]*\.config[\w.]*\.(?:[cm]?[jt]s|json)|vitest\.workspace\.[jt]s|jest\.json",
        javascript.script_config,
    ),
    (r"\.(?:nyc|c8)rc(?:\.json|\.ya?ml)?", javascript.nyc),
    (r"\.?codecov\.ya?ml", codecov.codecov),
    (r"\.testcoverage\.ya?ml", languages.testcoverage),
    (r"\.?tarpaulin\.toml", languages.tarpaulin),
    (r"mix\.exs", languages.mix),
    (r"coveralls\.json", languages.excoveralls),
    (r"pom\.xml|build\.gradle(?:\.kts)?|\w+\.gradle(?:\.kts)?", languages.jvm),
    (
        r"\.simplecov|(?:spec|test|rails|simplecov)_?\w*helper\w*\.rb|env\.rb|simplecov\w*\.rb",
        languages.simplecov,
    ),
)


def configured(files: Files) -> Configured:
    """Read every configuration of the repository's own; never fails."""
    out = Configured()
    for path in files:
        name = path.rpartition("/")[2]
        reader = next((r for pattern, r in _READERS if re.fullmatch(pattern, name)), None)
        if reader and own_words(path) and (reader is languages.simplecov or not _MATERIAL.search(path)):
            _try(reader, files, path, out)
    return out


def _try(reader: _Reader, files: Files, path: str, out: Configured) -> None:
    """Read one file; a malformed one is unclear where it speaks of a threshold."""
    try:
        text = files.read(path)
    except Unreadable:
        return
    try:
        reader(text, path, out)
    except (YamlError, configparser.Error, ValueError, RecursionError, AttributeError):
        if THRESHOLD.search(text):
            out.unclear.append(Location(path))
