"""Pages of the Python interface: what a pack of rules may import, and what its author tests with."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator, Mapping

from making.text import code, page, prose, table
from pytest_productops import api
from pytest_productops.facts.clock import Clock
from pytest_productops.repository import Fact

MODULE = api.__name__
_FACTS = Clock.__module__.rpartition(".")[0]


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path of each page below `reference/`, and its text."""
    given = {name: getattr(api, name) for name in api.__all__}
    callables = {
        name: value for name, value in given.items() if inspect.isclass(value) or inspect.isfunction(value)
    }
    facts = {name: v for name, v in callables.items() if inspect.isclass(v) and issubclass(v, Fact)}
    parts = {
        name: v for name, v in callables.items() if name not in facts and v.__module__.startswith(_FACTS)
    }
    others = callables.keys() - facts.keys() - parts.keys()
    yield "python/index.md", page(
        "# Python interface", "",
        f"`{MODULE}` is everything that a pack of rules may import; nothing else of the package is promised.",
        "How a pack is written: [write a rule](../../writing-rules.md).", "",
        *_documented(sorted(others, key=lambda name: (inspect.isclass(given[name]), name))),
        *_values({name: value for name, value in given.items() if name not in callables}), "",
        "```{toctree}", ":hidden:", "facts", "parts", "testing", "```",
    )  # fmt: skip
    yield "python/facts.md", page(
        "# Facts", "",
        "A rule gets the facts that its positional parameters are annotated with. Each is gathered at most once.", "",
        *_documented(facts),
    )  # fmt: skip
    yield "python/parts.md", page("# What facts are made of", "", *_documented(parts))
    yield (
        "python/testing.md",
        page(
            "# Testing a pack",
            "",
            "```{eval-rst}",
            ".. automodule:: pytest_productops.testing",
            "   :members:",
            "```",
        ),
    )


def _documented(names: Iterable[str]) -> Iterator[str]:
    """Yield a section for each class and function, which autodoc fills."""
    for name in names:
        kind = "autoclass" if inspect.isclass(getattr(api, name)) else "autofunction"
        members = ["   :members:"] if kind == "autoclass" else []
        yield from (f"## `{name}`", "", "```{eval-rst}", f".. {kind}:: {MODULE}.{name}", *members, "```", "")


def _values(values: Mapping[str, object]) -> Iterator[str]:
    """Yield a section for each value that is neither: what its module says of it, and its words."""
    sources = _sources(api.__name__)
    for name, value in values.items():
        yield from (f"## `{name}`", "", prose(_said(*sources[name])) if name in sources else "", "")
        if isinstance(value, Mapping):
            yield from (
                *table(("word", "meaning"), ((code(str(k)), prose(str(v))) for k, v in value.items())),
                "",
            )
        elif isinstance(value, (tuple, frozenset)):
            yield from (", ".join(code(str(word)) for word in sorted(value, key=str)), "")


def _sources(module: str) -> dict[str, tuple[str, str]]:
    """Return where the names of a module are imported from: the module, and their name there."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]
    return {
        each.asname or each.name: (str(node.module), each.name) for node in imports for each in node.names
    }


def _said(module: str, name: str) -> str:
    """Return the text below an assignment in a module, or in the one that it has the name from."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    for node, after in zip(tree.body, tree.body[1:], strict=False):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named = any(isinstance(each, ast.Name) and each.id == name for each in targets)
        text = after.value if named and isinstance(after, ast.Expr) else None
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            return " ".join(text.value.split())
    source = _sources(module).get(name)
    return _said(*source) if source and source[0] in sys.modules else ""
