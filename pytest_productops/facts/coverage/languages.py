"""Thresholds of Go, Rust, Java, Kotlin, Ruby and Elixir."""

from __future__ import annotations

import json
import re

from pytest_productops.facts.coverage.model import Configured, at, line_of, number
from pytest_productops.facts.formats.yaml import read
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_RATIO = regex(
    r"<[\w.-]{0,60}(?:jacoco|coverage)[\w.-]{0,60}(?:ratio|minimum|threshold)[\w.-]{0,30}>\s*(\d{1,3}(?:\.\d+)?)\s*</",
    re.IGNORECASE,
)
"""A property of Maven that is named for a threshold."""


def testcoverage(text: str, path: str, out: Configured) -> None:
    """Read the settings of go-test-coverage."""
    document = read(text, path).value
    value = at(document, "threshold", "total")
    if value is not None:
        out.add("go-test-coverage", number(value), Location(path, document["threshold"].keys_at["total"]))


def tarpaulin(text: str, path: str, out: Configured) -> None:
    """Read the settings of cargo-tarpaulin."""
    match = re.search(r"^[^\S\n]*fail-under\s*=\s*(\d+(?:\.\d+)?)", text, re.MULTILINE)
    if match:
        out.add("tarpaulin", float(match[1]), Location(path, line_of(text, r"fail-under")))


def jvm(text: str, path: str, out: Configured) -> None:
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
    elif ratio := _RATIO.search(text):  # for a rule here, or for one of a parent that is not here
        place = Location(path, text.count("\n", 0, ratio.start()) + 1)
        if re.search(r"<minimum>\s*\$\{|<[\w.-]*halt\w*>\s*true\s*<", text):
            out.add("jacoco", float(ratio[1]) * (100 if float(ratio[1]) <= 1 else 1), place)
        else:
            out.unclear.append(place)
    elif re.search(r"<rule>.*<limit>|violationRules|koverVerify", text, re.DOTALL):
        out.unclear.append(Location(path, line_of(text, r"violationRules|koverVerify|<limit>")))


def simplecov(text: str, path: str, out: Configured) -> None:
    """Read what a Ruby file tells SimpleCov."""
    text = re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE)
    match = re.search(r"\bminimum_coverage(?:\s*\(|\s)\s*(?:\{?\s*line:\s*)?([\d.]+)", text)
    place = Location(path, line_of(text, r"\bminimum_coverage\b"))
    if match:
        out.add("simplecov", float(match[1].rstrip(".")), place)
    elif re.search(r"\b(?:minimum_coverage|refuse_coverage_drop)\b", text):
        if "refuse_coverage_drop" in text:
            out.add("simplecov", None, place)
        else:
            out.unclear.append(place)


def mix(text: str, path: str, out: Configured) -> None:
    """Read the threshold of `mix test --cover` (https://hexdocs.pm/mix/Mix.Tasks.Test.html)."""
    match = re.search(r"^[^#\n]*\btest_coverage:\s*\[[^#]*?\bthreshold:\s*(\d+)", text, re.MULTILINE)
    if match:
        out.add("mix", float(match[1]), Location(path, text.count("\n", 0, match.end()) + 1))


def excoveralls(text: str, path: str, out: Configured) -> None:
    """Read a coveralls.json (https://github.com/parroty/excoveralls)."""
    options = json.loads(text)
    value = at(options, "coverage_options", "minimum_coverage")
    if value is not None:
        out.add("excoveralls", number(value), Location(path, line_of(text, "minimum_coverage")))
