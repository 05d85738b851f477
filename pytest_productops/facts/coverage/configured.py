"""Thresholds of test coverage in configuration files. Nothing is run: scripts are read as text."""

from __future__ import annotations

import configparser
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pytest_productops.facts.coverage.model import CoverageGate, number
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.yaml import Map, YamlError, read
from pytest_productops.lazy import regex
from pytest_productops.model import Location

THRESHOLD = regex(
    r"fail[-_]under|check-coverage|min(?:imum)?[-_]coverage|coverage[-_]?threshold", re.IGNORECASE
)
"""Words that tell of a threshold, whatever the tool."""
_MATERIAL = regex(r"(?:^|/)(?:tests?|specs?|__tests__|e2e|examples?|playground|samples?|docs?|templates?)/")


@dataclass
class Configured:
    """What the configurations say. `always` are test runners that measure coverage without being asked."""

    gates: list[CoverageGate] = field(default_factory=list)
    unclear: list[Location] = field(default_factory=list)
    always: set[str] = field(default_factory=set)

    def add(self, tool: str, percent: float | None, location: Location, informational: bool = False) -> None:
        """Note a gate; one whose number cannot be read is unclear."""
        self.gates.append(CoverageGate(tool, percent, location, informational))


def configured(files: Files) -> Configured:
    """Read every configuration of the repository's own; never fails."""
    out = Configured()
    for path in files:
        name = path.rpartition("/")[2]
        reader = next((r for pattern, r in _READERS if re.fullmatch(pattern, name)), None)
        if reader and own_words(path) and (reader is _simplecov or not _MATERIAL.search(path)):
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


def _line(text: str, pattern: str) -> int:
    match = re.search(pattern, text)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def _pyproject(text: str, path: str, out: Configured) -> None:
    import tomli  # noqa: PLC0415 - only where it is needed

    tool = tomli.loads(text).get("tool", {})
    value = tool.get("coverage", {}).get("report", {}).get("fail_under") if isinstance(tool, dict) else None
    if value is not None:
        out.add("coverage.py", number(value), Location(path, _line(text, r"fail_under")))
    _addopts(str(tool.get("pytest", {}).get("ini_options", {}).get("addopts", "")), text, path, out)


def _ini(text: str, path: str, out: Configured) -> None:
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.read_string(text)
    for section in ("report", "coverage:report"):
        value = parser.get(section, "fail_under", fallback=None)
        if value is not None:
            out.add("coverage.py", number(value), Location(path, _line(text, r"fail_under")))
    for section in ("pytest", "tool:pytest"):
        _addopts(parser.get(section, "addopts", fallback="") or "", text, path, out)


def _addopts(options: str, text: str, path: str, out: Configured) -> None:
    if "--cov" in options:
        out.always.add("pytest")
    match = re.search(r"--cov-fail-under[=', ]+(\d[\d.]*)", options)
    if match:
        out.add("pytest-cov", float(match[1].rstrip(".")), Location(path, _line(text, "--cov-fail-under")))


def _script_config(text: str, path: str, out: Configured) -> None:
    """Read a JavaScript configuration (jest, vitest, vite) by its text; nothing is run."""
    text = re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
    match = re.search(r"['\"]?(coverageThreshold|thresholds?)['\"]?\s*:\s*\{", text)
    if not match:
        return
    tool = "jest" if match[1] == "coverageThreshold" else "vitest"
    body = text[match.end() : match.end() + 600]
    numbers = re.findall(r"['\"]?(?:lines|statements|branches|functions)['\"]?\s*:\s*(\d+(?:\.\d+)?)", body)
    line = text.count("\n", 0, match.start()) + 1
    if re.search(r"\b100['\"]?\s*:\s*true", body):
        numbers = ["100"]
    if numbers:
        if re.search(r"coverage\s*:\s*\{[^}]*\benabled\s*:\s*true|collectCoverage['\"]?\s*:\s*true", text):
            out.always.add(tool)
        out.add(tool, max(map(float, numbers)), Location(path, line))
    else:
        out.unclear.append(Location(path, line))


def _package_json(text: str, path: str, out: Configured) -> None:
    document = json.loads(text)
    jest = document.get("jest", {}) if isinstance(document, dict) else {}
    if isinstance(jest, dict) and "coverageThreshold" in jest:
        _script_config(text, path, out)
    for tool in ("nyc", "c8"):
        _nyc_settings(document.get(tool) if isinstance(document, dict) else None, text, path, out)


def _nyc(text: str, path: str, out: Configured) -> None:
    _nyc_settings(read(text, path).value, text, path, out)


def _nyc_settings(settings: Any, text: str, path: str, out: Configured) -> None:
    if isinstance(settings, dict) and settings.get("check-coverage", settings.get("checkCoverage")) is True:
        values = [number(settings[key]) for key in ("lines", "statements", "branches") if key in settings]
        known = [value for value in values if value is not None] or [90.0]  # nyc's default for lines
        out.add("nyc", max(known), Location(path, _line(text, r"check-?[cC]overage")))


def _codecov(text: str, path: str, out: Configured) -> None:
    """Read the statuses of a codecov.yml (https://docs.codecov.com/docs/commit-status)."""
    coverage = _at(read(text, path).value, "coverage")
    shared = _at(coverage, "status", "informational") is True
    for kind in ("project", "patch"):
        status = _at(coverage, "status", kind)
        line = getattr(_at(coverage, "status"), "keys_at", {}).get(kind, 0)
        if status is True or status == "on":
            out.add("codecov", None, Location(path, line), shared)
        for one in status.values() if isinstance(status, Map) else ():
            if isinstance(one, Map) and one.get("enabled", True) is not False:
                _status(one, path, out, informational=shared)
        if isinstance(status, Map) and any(not isinstance(one, Map) for one in status.values()):
            _status(status, path, out, informational=shared)


def _status(status: Map, path: str, out: Configured, *, informational: bool) -> None:
    target = status.get("target", "auto")
    percent = None if target == "auto" else number(target)
    place = Location(path, status.keys_at.get("target", status.line))
    quiet = informational or status.get("informational") is True
    out.add("codecov", percent, place, quiet or (target != "auto" and percent is None))


def _testcoverage(text: str, path: str, out: Configured) -> None:
    document = read(text, path).value
    value = _at(document, "threshold", "total")
    if value is not None:
        out.add("go-test-coverage", number(value), Location(path, document["threshold"].keys_at["total"]))


def _tarpaulin(text: str, path: str, out: Configured) -> None:
    match = re.search(r"^\s*fail-under\s*=\s*(\d+(?:\.\d+)?)", text, re.MULTILINE)
    if match:
        out.add("tarpaulin", float(match[1]), Location(path, _line(text, r"fail-under")))


def _jvm(text: str, path: str, out: Configured) -> None:
    """Read a jacoco or kover rule out of pom.xml or a Gradle script."""
    if not re.search(r"(?i)jacoco|kover", text):
        return
    match = re.search(
        r"<minimum>\s*([\d.]+)(%?)\s*</minimum>|\bminimum\s*=\s*['\"]?([\d.]+)|minBound\((\d+)", text
    )
    if match:
        value = float((match[1] or match[3] or match[4]).rstrip(".") or 0)
        percent = value * 100 if value <= 1 and not match[2] and not match[4] else value
        out.add("jacoco", percent, Location(path, text.count("\n", 0, match.start()) + 1))
    elif re.search(r"<rule>.*<limit>|violationRules|koverVerify", text, re.DOTALL):
        out.unclear.append(Location(path, _line(text, r"violationRules|koverVerify|<limit>")))


def _simplecov(text: str, path: str, out: Configured) -> None:
    text = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    match = re.search(r"\bminimum_coverage(?:\s*\(|\s)\s*(?:\{?\s*line:\s*)?([\d.]+)", text)
    place = Location(path, _line(text, r"\bminimum_coverage\b"))
    if match:
        out.add("simplecov", float(match[1].rstrip(".")), place)
    elif re.search(r"\b(?:minimum_coverage|refuse_coverage_drop)\b", text):
        if "refuse_coverage_drop" in text:
            out.add("simplecov", None, place)
        else:
            out.unclear.append(place)


_Reader = Callable[[str, str, Configured], None]
_READERS: tuple[tuple[str, _Reader], ...] = (
    (r"pyproject\.toml|\.coveragerc\.toml", _pyproject),
    (r"\.coveragerc|setup\.cfg|tox\.ini|pytest\.ini|\.pytest\.ini", _ini),
    (r"package\.json", _package_json),
    (
        r"(?:jest|vitest|vite|craco)[\w.]*\.config[\w.]*\.(?:[cm]?[jt]s|json)|vitest\.workspace\.[jt]s|jest\.json",
        _script_config,
    ),
    (r"\.(?:nyc|c8)rc(?:\.json|\.ya?ml)?", _nyc),
    (r"\.?codecov\.ya?ml", _codecov),
    (r"\.testcoverage\.ya?ml", _testcoverage),
    (r"\.?tarpaulin\.toml", _tarpaulin),
    (r"pom\.xml|build\.gradle(?:\.kts)?|\w+\.gradle(?:\.kts)?", _jvm),
    (r"\.simplecov|(?:spec|test|rails|simplecov)_?\w*helper\w*\.rb|env\.rb|simplecov\w*\.rb", _simplecov),
)


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
