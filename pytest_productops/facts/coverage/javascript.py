"""Thresholds of jest, vitest, nyc and c8. Nothing is run: scripts are read as text."""

from __future__ import annotations

import json
import re
from typing import Any

from pytest_productops.facts.coverage.model import Configured, line_of, number
from pytest_productops.facts.formats.yaml import read
from pytest_productops.model import Location


def script_config(text: str, path: str, out: Configured) -> None:
    """Read a JavaScript configuration (jest, vitest, vite) by its text; nothing is run."""
    text = re.sub(r"^[ \t]*//.*$", "", text, flags=re.MULTILINE)
    match = re.search(r"['\"]?(coverageThreshold|thresholds?)['\"]?\s*:\s*\{", text)
    if not match:
        _enabled(text, out)
        _old_vitest(text, path, out)
        return
    tool = "jest" if match[1] == "coverageThreshold" else "vitest"
    body = text[match.end() : match.end() + 600]
    numbers = re.findall(r"['\"]?(?:lines|statements|branches|functions)['\"]?\s*:\s*(\d+(?:\.\d+)?)", body)
    line = text.count("\n", 0, match.start()) + 1
    if re.search(r"\b100['\"]?\s*:\s*true", body):
        numbers = ["100"]
    if numbers:
        _enabled(text, out)
        out.add(tool, max(map(float, numbers)), Location(path, line))
    else:
        out.unclear.append(Location(path, line))


def _enabled(text: str, out: Configured) -> None:
    """Note the runner that measures without being asked."""
    if re.search(r"coverage\s*:\s*\{[^}]{0,500}\benabled\s*:\s*true", text):
        out.always.add("vitest")
    if re.search(r"\bcollectCoverage['\"]?\s*:\s*true", text):
        out.always.add("jest")


def _old_vitest(text: str, path: str, out: Configured) -> None:
    """Read thresholds as vitest had them before version 1: straight in `coverage`."""
    start = re.search(r"\bcoverage\s*:\s*\{", text) if "vite" in path else None
    body = text[start.end() : start.end() + 800] if start else ""
    numbers = re.findall(r"\b(?:lines|statements|branches|functions)\s*:\s*(\d+(?:\.\d+)?)", body)
    if start and numbers:
        place = Location(path, text.count("\n", 0, start.start()) + 1)
        out.add("vitest", max(map(float, numbers)), place)


def package_json(text: str, path: str, out: Configured) -> None:
    """Read the settings of jest, nyc and c8 in a package.json."""
    document = json.loads(text)
    jest = document.get("jest", {}) if isinstance(document, dict) else {}
    if isinstance(jest, dict) and {"coverageThreshold", "collectCoverage"} & set(jest):
        script_config(text, path, out)
    for tool in ("nyc", "c8"):
        _nyc_settings(document.get(tool) if isinstance(document, dict) else None, text, path, out)


def nyc(text: str, path: str, out: Configured) -> None:
    """Read a file of nyc's or c8's own."""
    _nyc_settings(read(text, path).value, text, path, out)


def _nyc_settings(settings: Any, text: str, path: str, out: Configured) -> None:
    if isinstance(settings, dict) and settings.get("check-coverage", settings.get("checkCoverage")) is True:
        values = [number(settings[key]) for key in ("lines", "statements", "branches") if key in settings]
        known = [value for value in values if value is not None] or [90.0]  # nyc's default for lines
        out.add("nyc", max(known), Location(path, line_of(text, r"check-?[cC]overage")))
