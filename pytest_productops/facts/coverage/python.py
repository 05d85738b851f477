"""Thresholds of coverage.py and pytest-cov."""

from __future__ import annotations

import configparser
import re

from pytest_productops.facts.coverage.model import Configured, line_of, number
from pytest_productops.model import Location


def pyproject(text: str, path: str, out: Configured) -> None:
    """Read a TOML file of either tool."""
    import tomli  # noqa: PLC0415 - only where it is needed

    tool = tomli.loads(text).get("tool", {})
    value = tool.get("coverage", {}).get("report", {}).get("fail_under") if isinstance(tool, dict) else None
    if value is not None:
        out.add("coverage.py", number(value), Location(path, line_of(text, r"fail_under")))
    elif "covdefaults" in str(tool.get("coverage", {}).get("run", {}).get("plugins", "")):
        _covdefaults(text, path, out)
    _addopts(str(tool.get("pytest", {}).get("ini_options", {}).get("addopts", "")), text, path, out)


def ini(text: str, path: str, out: Configured) -> None:
    """Read an INI file of either tool."""
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.read_string(text)
    for section in ("report", "coverage:report"):
        value = parser.get(section, "fail_under", fallback=None)
        if value is not None:
            out.add("coverage.py", number(value), Location(path, line_of(text, r"fail_under")))
    for section in ("run", "coverage:run"):
        if "covdefaults" in (parser.get(section, "plugins", fallback="") or "") and not out.gates:
            _covdefaults(text, path, out)
    for section in ("pytest", "tool:pytest"):
        _addopts(parser.get(section, "addopts", fallback="") or "", text, path, out)


def _addopts(options: str, text: str, path: str, out: Configured) -> None:
    if "--cov" in options:
        out.always.add("pytest")
    match = re.search(r"--cov-fail-under[=', ]+(\d[\d.]*)", options)
    if match:
        out.add("pytest-cov", float(match[1].rstrip(".")), Location(path, line_of(text, "--cov-fail-under")))


def _covdefaults(text: str, path: str, out: Configured) -> None:
    """Note the threshold that the plugin covdefaults sets unasked (https://github.com/asottile/covdefaults)."""
    out.add("coverage.py", 100.0, Location(path, line_of(text, r"\bcovdefaults\b")), stated=False)
