"""The page as HTML: every text is escaped and made visible by `text.clean`, and nothing of the repository is markup."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

from pytest_productops.reports.html.plots import Plot
from pytest_productops.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_PATCH = 100_000
"""The longest patch that is shown, in characters."""
_LINES = {"+++": "hunk", "---": "hunk", "@@": "hunk", "+": "added", "-": "removed"}
"""How a line of a patch begins, and what it is."""


def page(shown: Mapping[str, Any], figures: Mapping[str, str], style: str = "") -> str:
    """Return the whole page; without a style sheet it names the file `style.css` beside it."""
    from markupsafe import Markup  # noqa: PLC0415 - of the extra `html`

    drawn = {name: Markup(figure) for name, figure in figures.items()}  # noqa: S704 - our own SVG
    return _environment().get_template("page.html").render(shown, figures=drawn, style=Markup(style)) + "\n"  # noqa: S704


def style() -> str:
    """Return the style sheet."""
    return _read("style.css")


def picture(name: str, plot: Plot) -> str:
    """Return a plot that is a file beside the page."""
    return str(_environment().get_template("picture.html").render(name=name, words=plot.words))


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - of the extra `html`

    made = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "json": _json,
        "left": _left,
        "paragraphs": _paragraphs,
        "patch": _patch,
        "prose": _prose,
        "score": lambda number: "-" if number is None else f"{number:g}",
        "short": lambda digest: digest.removeprefix("sha256:")[:10],
    }
    return made


def _read(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _visible(value: object) -> object:
    """Make what would hide or turn round visible; numbers, and what is markup already, are left."""
    return clean(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _prose(text: str) -> Markup:
    """Return one of our sentences; what stands between two backticks is set as code."""
    from markupsafe import Markup, escape  # noqa: PLC0415

    parts = clean(text).split("`")
    if len(parts) % 2 == 0:
        return escape(clean(text))
    code = Markup("<code>{}</code>")
    return Markup().join(code.format(part) if index % 2 else escape(part) for index, part in enumerate(parts))


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a manual's text, each on one line."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def _left(days: int) -> str:
    """Return the days that a waiver has left in words."""
    if days == 0:
        return "its last day"
    number = f"{abs(days)} day{'s' if abs(days) > 1 else ''}"
    return number if days > 0 else f"ended {number} ago"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _patch(text: str) -> Markup:
    """Return a patch line by line; the sign says what a line is, the colour says it again."""
    from markupsafe import Markup  # noqa: PLC0415

    line = Markup('<span class="{}">{}</span>\n')
    lines: Iterable[str] = clean(text, keep="\n\t", limit=_PATCH).splitlines()
    kinds = (
        (next((kind for start, kind in _LINES.items() if each.startswith(start)), "same"), each)
        for each in lines
    )
    return Markup().join(line.format(*pair) for pair in kinds)
