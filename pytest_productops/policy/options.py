"""The options that every face shares.

Key `profile` = `--productops-profile` = `check --profile` = PRODUCTOPS_PROFILE.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple


class Option(NamedTuple):
    """An option: its name, what stands for its value in help texts ("": a switch without one), and its help."""

    name: str
    metavar: str
    help: str

    @property
    def attribute(self) -> str:
        """Its name where options are parsed into attributes."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return f"PRODUCTOPS_{self.attribute.upper()}"

    @property
    def keywords(self) -> dict[str, str]:
        """What a parser of arguments is told of it."""
        value = {"metavar": self.metavar} if self.metavar else {"action": "store_const", "const": "yes"}
        return {**value, "help": self.help}


OPTIONS = (
    Option("select", "RULES", "only these rules: codes, names, families (ONB) or ALL, apart by commas"),
    Option("extend-select", "RULES", "these rules too"),
    Option("ignore", "RULES", "not these rules"),
    Option(
        "profile", "NAMES", "the kind of product: default, oss-library, service, internal-product, strict"
    ),
    Option(
        "level", "LEVEL", "bronze, silver or gold: findings of rules above it are reported and fail nothing"
    ),
    Option("stage", "STAGE", "judge the criteria of this stage of the definition of done, and nothing else"),
    Option(
        "fast", "", "only the quick rules, for a hook before commits: nothing of history, code or wording"
    ),
    Option(
        "baseline", "FILE", "the findings known on the day of adoption (.productops/baseline.toml), or off"
    ),
    Option("config", "FILE", "read this file, not productops.toml or pyproject.toml"),
    Option(
        "trusted-ref",
        "REF",
        "read settings, waivers, baseline, register and definition of done from this commit, not from the"
        " change that is judged: origin/main",
    ),
    Option(
        "timeout",
        "SECONDS",
        "how long a rule may take, or a rule and all of them: 30, or 30,600; auto goes by the size of the"
        " repository, off judges without a limit in this process",
    ),
    Option("root", "DIR", "the repository (default: the nearest folder upwards with .git)"),
    Option("now", "DATE", "judge as on this day, for example 2026-11-22"),
)
REPORT = Option(
    "report",
    "FORMAT:PATH",
    "write a report too, as sarif:out.sarif or json:report.json; - is standard output; several apart by commas",
)
"""The option of those faces that judge."""
HISTORY = Option(
    "history", "DIR", "JSON reports that were stored before, a folder or a file: html shows the trend"
)
"""The option of those faces that write reports."""

PREFIX = "PRODUCTOPS_"
"""How the environment variables begin."""
_NAMES = frozenset({*(option.name for option in OPTIONS), REPORT.name, HISTORY.name})
_NEAR = 0.8
CI = ("CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION")


def on(value: str) -> bool:
    """Whether the value of a switch or of a variable such as CI switches it on."""
    return value.lower() not in {"", "0", "false", "no"}


def in_ci(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this is a CI run: there nothing asks, and what is stale fails."""
    return any(on(environment.get(name, "")) for name in CI)


def from_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the options that PRODUCTOPS_* variables give, and those whose names are misspelt ones."""
    given = {
        name.removeprefix(PREFIX).lower().replace("_", "-"): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and name == name.upper() and value
    }
    return {name: value for name, value in given.items() if name in _NAMES or meant(name)}


def meant(written: str) -> str:
    """Return the option that was meant by a name that is none; nothing where none is that near."""
    import difflib  # noqa: PLC0415 - every pytest run imports this module

    near = difflib.get_close_matches(written, _NAMES, 1, _NEAR)
    return near[0] if near and written not in _NAMES else ""


def report_asked(
    written: str | None, prefix: str, environment: Mapping[str, str] = os.environ, option: Option = REPORT
) -> tuple[str, str]:
    """Return the reports to write and what the option is called that says so; the environment is the lower layer."""
    if written:
        return written, f"{prefix}{option.name}"
    return environment.get(option.variable, ""), option.variable


def history_asked(
    written: str | None, prefix: str, environment: Mapping[str, str] = os.environ
) -> tuple[str, str]:
    """Return where earlier reports are and what the option is called that says so."""
    return report_asked(written, prefix, environment, HISTORY)
