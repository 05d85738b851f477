"""The pytest face. This module is imported by every pytest run, so it imports pytest and little else.

`--productops` runs the rules and nothing else: no test module, no conftest.py, no addopts of the repository.
`--with-productops` runs them beside the tests. Naming a rule (`pytest productops::ONB003`) switches them on.
"""

from __future__ import annotations

import os
import shlex

import pytest

from pytest_productops.plugin import arguments
from pytest_productops.policy.options import HISTORY, OPTIONS, REPORT


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; none has an ini key, the settings have a file of their own."""
    group = parser.getgroup("productops", "product operations")
    group.addoption(
        "--productops",
        action="store_true",
        help="check product operations and nothing else: no test module, no conftest.py, no addopts",
    )
    group.addoption(
        "--with-productops",
        action="store_true",
        help="check product operations beside the tests (for addopts)",
    )
    group.addoption(
        "--productops-drill",
        action="store_true",
        help="run the documented set-up and tests in a fresh clone, in a container where there is one",
    )
    group.addoption(
        "--productops-drill-env", metavar="NAMES", help="variables that the drill may see, apart by commas"
    )
    for option in (*OPTIONS, REPORT, HISTORY):
        group.addoption(f"--productops-{option.name}", **option.keywords)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> None:
    """For rules only, forget the repository's addopts (unknown options, --cov, -n auto, -k) and conftest.py files.

    `args` is the very list that pytest parses next; an xdist worker parses the same invocation anew.
    """
    namespace = early_config.known_args_namespace
    if not (namespace.productops or arguments.only_rules(early_config.invocation_params.args)):
        return
    given = shlex.split(os.environ.get("PYTEST_ADDOPTS", "")), early_config.invocation_params.args
    args[:] = ["--productops", *given[0], *map(str, given[1])]
    early_config.known_args_namespace = parser.parse_known_args(args)
    early_config.known_args_namespace.noconftest = True


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Switch the session plugins on where they are asked for; before pytest's cache looks for its folder."""
    config.addinivalue_line(
        "markers",
        "productops(code, responsibility, level): a rule of product operations, by pytest-productops",
    )
    option = config.option
    if option.productops:
        arguments.move_cache(config)
    if option.productops or option.with_productops or any(map(arguments.is_ours, config.args)):
        from pytest_productops.plugin.session import switch_on

        switch_on(config)
