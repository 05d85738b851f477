"""Say what is there: an answer with its evidence to each question of a careful reader."""

from __future__ import annotations

import argparse

from pytest_productops import gate, inspection
from pytest_productops.cli.common import add_options, prepare, printable
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.reports import inspected
from pytest_productops.reports.output import emit
from pytest_productops.suggest import did_you_mean

FORMATS = {"text": inspected.as_text, "json": inspected.as_json}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    add_options(parser)
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="for a person or a program")
    parser.add_argument("--only", metavar="ID", action="append", help="one question; may be given again")


def run(parsed: argparse.Namespace) -> int:
    """Print every answer; return 0 whatever they are, since an inspection judges nothing."""
    root, _, settings = prepare(parsed)
    questions = _chosen(parsed.only)
    repository = gate.Gate(root, settings).repository
    answers = {question.id: inspection.ask(question, repository) for question in questions}
    text = FORMATS[parsed.format](answers)
    emit(text if parsed.format == "json" else printable(text))
    return 0


def _chosen(wanted: list[str] | None) -> list[inspection.Question]:
    """Return the questions asked for, all without a choice; raise ConfigurationError for an unknown one."""
    known = {question.id: question for question in inspection.installed()}
    unknown = [each for each in wanted or () if each not in known]
    if unknown:
        raise ConfigurationError(
            [Problem("--only", 0, f"no question {each!r}", did_you_mean(each, known)) for each in unknown]
        )
    return [known[each] for each in wanted or known]
