"""Commands: what a repository lets one run (make, tox, nox, npm, just, invoke, scripts...), and what a call runs."""

from pytest_productops.facts.commands.fact import Commands
from pytest_productops.facts.commands.model import Call, Definition, Line, Resolution, Target
from pytest_productops.facts.commands.shelf import layers
from pytest_productops.facts.commands.shell import calls

__all__ = ["Call", "Commands", "Definition", "Line", "Resolution", "Target", "calls", "layers"]
