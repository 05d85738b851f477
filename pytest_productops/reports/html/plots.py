"""The plots of the page, drawn by leather (https://leather.readthedocs.io) and coloured for light and dark.

A plot shows again what a table beside it holds in numbers, so nobody depends on it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple
from xml.etree import ElementTree

WIDTH = 460
_ROW, _FRAME, _TREND = 34, 84, 240
_ASIDE = 24
"""Room to the right of the drawing, for the half of the last label."""
SCORE, RAW = "score", "without exceptions"
_ROLES = ("first", "second")
"""What leather is told instead of a colour; the page or the palette says which it is."""
_LIGHT = {"first": "#7790d4", "second": "#24409a", "text": "#3d444d", "line": "#d1d9e0", "": "#ffffff"}
_DARK = {"first": "#6479c4", "second": "#c5d3ff", "text": "#c3cad5", "line": "#3d444d", "": "#14171c"}
_NUMBER = re.compile(r"-?\d+\.\d+")
_DRAWN = ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "d")


class Plot(NamedTuple):
    """A drawing, and what it says in words."""

    drawn: ElementTree.Element
    words: str

    def inline(self) -> str:
        """Return it as a part of a page, whose style sheet colours it by its classes."""
        return _text(self._coloured(None))

    def picture(self, *, dark: bool) -> str:
        """Return it as a file of its own."""
        svg = self._coloured(_DARK if dark else _LIGHT)
        svg.set("xmlns", "http://www.w3.org/2000/svg")
        return _text(svg) + "\n"

    def _coloured(self, palette: Mapping[str, str] | None) -> ElementTree.Element:
        svg = deepcopy(self.drawn)
        for element in svg.iter():
            for kind in ("fill", "stroke"):
                given = element.get(kind)
                if given in {None, "none"}:
                    continue
                role = given if given in _ROLES else "text" if kind == "fill" else "line"
                if palette is None:
                    del element.attrib[kind]
                    element.set("class", f"{role}-{kind}")
                else:
                    element.set(kind, palette[role])
        if palette:
            svg.insert(0, ElementTree.Element("rect", width="100%", height="100%", fill=palette[""]))
        return svg


def scores(rows: Sequence[Mapping[str, Any]]) -> Plot | None:
    """Return a bar for each responsibility that has a score, and below it what it is without exceptions."""
    import leather  # noqa: PLC0415 - of the extra `html`

    rated = [row for row in rows if row["score"] is not None]
    if not rated:
        return None
    chart = leather.Chart()
    chart.add_x_scale(0, 100)
    names = [f"{row['id']} {row['score']:g}" for row in rated]
    chart.add_bars(
        [(row["score"], name) for row, name in zip(rated, names, strict=True)], name=SCORE, fill_color="first"
    )
    if any(row["raw_score"] != row["score"] for row in rated):
        raw = [(row["raw_score"] or 0, name) for row, name in zip(rated, names, strict=True)]
        chart.add_bars(raw, name=RAW, fill_color="second")
    said = ", ".join(names)
    return _plot(chart, _FRAME + _ROW * len(rated), f"Score by responsibility, of 100: {said}")


class Point(NamedTuple):
    """The scores of one day; None where nothing was judged."""

    day: datetime.date
    score: float | None
    raw: float | None


def trend(points: Sequence[Point]) -> Plot | None:
    """Return both scores over time; nothing where fewer than two days have one."""
    import leather  # noqa: PLC0415 - of the extra `html`

    rated = [each for each in points if each.score is not None]
    first, last = (rated[0].day, rated[-1].day) if rated else (None, None)
    if first is None or last is None or first == last:
        return None
    span = (last - first).days
    chart = leather.Chart()
    chart.add_x_scale(0, span)
    chart.add_y_scale(0, 100)
    ticks = sorted({0, span // 2, span})
    chart.add_x_axis(ticks, lambda value, _, __: (first + datetime.timedelta(days=int(value))).isoformat())
    for name, role, dashes in ((RAW, "second", "2 5"), (SCORE, "first", None)):
        line = [((each.day - first).days, each.raw if name == RAW else each.score) for each in rated]
        chart.add_line(line, name=name, stroke_color=role, width=3, stroke_dasharray=dashes)
    said = f"{rated[0].score:g} on {first}, {rated[-1].score:g} on {last}"
    return _plot(chart, _TREND, f"Score over time, of 100: {said}")


def _plot(chart: Any, height: int, words: str) -> Plot:
    """Return a chart without a background and fonts of its own; numbers to a tenth of a pixel."""
    svg = ElementTree.Element("svg", viewBox=f"0 0 {WIDTH + _ASIDE} {height}", role="img")
    svg.set("aria-label", words)
    svg.set("font-family", "system-ui, sans-serif")
    group = chart.to_svg_group(WIDTH, height)
    group.remove(group[0])
    svg.append(group)
    for element in svg.iter():
        if element is not svg:
            element.attrib.pop("font-family", None)
            element.attrib.pop("class", None)
        for name, value in _numbers(element):
            element.set(name, value)
    return Plot(svg, words)


def _numbers(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for name in _DRAWN:
        if name in element.attrib:
            yield name, _NUMBER.sub(lambda match: f"{float(match[0]):.1f}", element.attrib[name])


def _text(svg: ElementTree.Element) -> str:
    return ElementTree.tostring(svg, encoding="unicode")
