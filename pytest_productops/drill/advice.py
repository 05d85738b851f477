"""Advice: what a document should say, by what the failing command printed."""

from __future__ import annotations

import re
from collections.abc import Callable

from pytest_productops.drill.model import Ran
from pytest_productops.lazy import regex
from pytest_productops.text import clean

NOT_FOUND = 127
_PROGRAM = regex(
    r"(?:^|: )(?:line \d+: )?([\w./+-]+): (?:command )?not found$|command not found: ([\w./+-]+)"
    r"|env: [\u2018']?([\w./+-]+?)[\u2019']?: No such file or directory"
    r"|exec: \"([\w./+-]+)\": executable file not found"
    r"|^make: ([\w./+-]+): No such file or directory$|FileNotFoundError: .* No such file or directory: '([\w+-]+)'$",
    re.MULTILINE,
)
_TABLE: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        regex(
            r"Could not resolve host|Name or service not known|nodename nor servname"
            r"|Temporary failure in name resolution|Max retries exceeded|Network is unreachable"
            r"|CERTIFICATE_VERIFY_FAILED|unable to get local issuer certificate|getaddrinfo|ECONNREFUSED|ENOTFOUND"
            r"|Connection to \S+ timed out|ReadTimeoutError|SSLError"
        ),
        "the network did not answer as it should: that may be this machine; pass on the variables of its proxy or its"
        " index with --env=NAME, or say what of the network is needed",
    ),
    (
        regex(r"externally-managed-environment"),
        "tell to make and activate a virtual environment first",
    ),
    (
        regex(r"requires a different Python: (\S+ not in [^\n]+)|requires Python ([^\n]+?)(?:, | but)"),
        "say which Python is needed: {}",
    ),
    (
        regex(
            r"could not find python interpreter matching any of the specs (\S+)|InterpreterNotFound: (\S+)"
        ),
        "say which Python is needed: {}",
    ),
    (
        regex(r"No rule to make target [`'\u2018]([^'\u2019]+)"),
        "there is no target `{}`: name one that there is, or add it",
    ),
    (
        regex(r"Could not open requirements file: .*'([^']+)'"),
        "there is no file `{}`: name one that there is, or add it",
    ),
    (
        regex(r"No matching distribution found for ([^\n]+)"),
        "no version of `{}` can be installed: mend what asks for it, or say where it comes from",
    ),
    (
        regex(
            r"fatal error: ([\w./+-]+\.h(?:pp)?): No such file"
            r"|(pg_config|mysql_config|\w+-config) (?:executable )?not found"
        ),
        "say which package of the system brings `{}`",
    ),
    (
        regex(
            r"(?:error: command '(\S*(?:gcc|cc|g\+\+|clang)\S*)' failed"
            r"|(?:Microsoft Visual C\+\+|C compiler) .*required)"
        ),
        "say that a compiler is needed, and which libraries",
    ),
    (
        regex(r"ModuleNotFoundError: No module named '([\w.]+)'|/python\S*: No module named ([\w.]+)"),
        "say what installs the Python module `{}`",
    ),
    (
        regex(r"(?:error: unrecognized arguments|no such option|unknown option): ([^\n]+)"),
        "it takes no `{}`: mend the command, or say which version or plugin of the tool has it",
    ),
    (
        regex(
            r"ERROR: file or directory not found: (\S+)"
            r"|(?:cd|cat|cp|can't open file)[: ].*?[\"']?([\w./-]+)[\"']?: No such file"
        ),
        "there is no `{}`: name one that there is",
    ),
    (
        regex(r"Cannot connect to the Docker daemon|docker: not found|Is the docker daemon running"),
        "say that Docker must run",
    ),
    (
        regex(
            r"(?:[Cc]onnection to server at|[Cc]onnection refused|OperationalError|could not connect to server)"
        ),
        "say which service must run, and how to start it",
    ),
    (
        regex(r"(?m)^=*\s*((?:\d+ \w+, )*\d+ (?:failed|errors?)\b[^=\n]*?)\s*(?: in [\d.]+s.*)?=*$"),
        "the tests do not pass in a fresh clone ({}): mend them, or say what they need",
    ),
    (regex(r"no tests ran|collected 0 items"), "it runs no test: name where they are"),
    (
        regex(
            r"PermissionError: .*?'(/[^']+)'|(?:[\w/.-]+: )?(/\S+): Permission denied|EACCES[^\n]*'(/[^']+)'"
        ),
        "it writes to `{}`, which is outside of the clone: say so, or keep to the clone and TMPDIR",
    ),
)


def advice(ran: Ran) -> str:
    """Return what the document should say, and why, of a command that failed."""
    first = ran.unit.text.strip().split("\n")[0].removesuffix("\\").strip()
    return f"{ran.unit.location} tells `{clean(first, limit=100)}`; it {_how(ran)}; {_what(ran)}"


def _how(ran: Ran) -> str:
    if ran.status is None:
        return f"did not end within {ran.seconds:.0f} s"
    program = missing_program(ran.output)
    if program:
        return f"failed with: command not found: {program}"
    said = summary(ran.output)
    return f"ended with status {ran.status}{f': {said}' if said else ''}"


def _what(ran: Ran) -> str:
    if ran.status is None:
        return "say how long it takes, or that it does not return"
    program = missing_program(ran.output)
    if program:
        return f"say how to install {program}"
    for words, told in _TABLE:
        if match := words.search(ran.output):
            name = next(filter(None, match.groups()), "")
            return told.format(clean(name.strip(), limit=80))
    return "say what it needs"


def missing_program(output: str) -> str:
    """Return the program that is not there, if that is the last that was said."""
    found = list(_PROGRAM.finditer("\n".join(_lines(output)[-8:])))
    return next(filter(None, found[-1].groups()), "").rpartition("/")[2] if found else ""


def _lines(output: str) -> list[str]:
    return [line.strip() for line in output.split("\n") if line.strip()]


def summary(output: str) -> str:
    """Return the line of an output that says most of a failure: the last that speaks of an error, else the last."""
    lines = [line for line in _lines(output) if not re.match(r"\[notice\]|note: |hint: |=+$|~|\^", line)]
    telling: Callable[[str], object] = regex(
        r"\berror\b|Error:|fatal|failed|not found|denied|No such", re.IGNORECASE
    ).search
    best = next((line for line in reversed(lines[-40:]) if telling(line)), lines[-1] if lines else "")
    return clean(best.strip("= "), limit=160)
