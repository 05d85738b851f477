"""The JSON report as a page: one file, or a folder for servers that forbid style and pictures inside a page.

Jenkins serves what a build made with `sandbox; default-src 'none'; img-src 'self'; style-src 'self'`
(https://www.jenkins.io/doc/book/security/configuring-content-security-policy/), so in the folder style and plots are
files of their own. Neither form holds a script or asks any server for anything. Jinja2 and leather are the extra
`html`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_productops.reports.earlier import NONE, Earlier
from pytest_productops.reports.html import markup, page

__all__ = ["FILES", "files", "render"]
_INDEX, _STYLE = "index.html", "style.css"
_THEMES = ("", "-dark")
FILES = (_INDEX, _STYLE, *(f"{name}{theme}.svg" for name in page.PLOTS for theme in _THEMES))
"""All that a folder may hold."""


def render(data: Mapping[str, Any], earlier: Earlier = NONE) -> str:
    """Return the report as one page that needs nothing else; `earlier` are stored reports, for the trend."""
    shown = page.content(data, earlier)
    figures = {name: plot.inline() for name, plot in page.plots(shown).items()}
    return markup.page(shown, figures, markup.style())


def files(data: Mapping[str, Any], earlier: Earlier = NONE) -> dict[str, str]:
    """Return the report as a folder: the name of each file and its text, the page itself last."""
    shown = page.content(data, earlier)
    plots = page.plots(shown)
    pictures = {
        f"{name}{theme}.svg": plot.picture(dark=bool(theme))
        for name, plot in plots.items()
        for theme in _THEMES
    }
    figures = {name: markup.picture(name, plot) for name, plot in plots.items()}
    return {**pictures, _STYLE: markup.style(), _INDEX: markup.page(shown, figures)}
