"""The badge as a picture, for an intranet that no service reaches.

It is our own: it holds a dozen known words. `anybadge` numbers its pictures, so the same report gives other bytes in
one process, and tells a screen reader nothing. Widths are stretched to what is reserved, so no font has to be
measured.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from pytest_productops.reports.badge import COLOURS, LABEL, message

INK = "#111"
"""The colour of letters that can be read on all of a badge's colours, with a contrast of 4.5 at least."""
_LETTER = 7
_PAD = 6
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{title}">
  <title>{title}</title>
  <clipPath id="r"><rect width="{width}" height="20" rx="3"/></clipPath>
  <g clip-path="url(#r)">
    <rect width="{split}" height="20" fill="#555"/>
    <rect x="{split}" width="{rest}" height="20" fill="{colour}"/>
  </g>
  <g fill="{ink}" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
    <text x="{pad}" y="14" fill="#fff" textLength="{label_length}">{label}</text>
    <text x="{start}" y="14" textLength="{length}">{text}</text>
  </g>
</svg>
"""


def render(data: dict[str, Any]) -> str:
    """Return the badge as SVG."""
    text, colour = message(data)
    split, rest = (len(words) * _LETTER + 2 * _PAD for words in (LABEL, text))
    return _SVG.format(
        width=split + rest,
        split=split,
        rest=rest,
        pad=_PAD,
        start=split + _PAD,
        length=len(text) * _LETTER,
        label_length=len(LABEL) * _LETTER,
        label=escape(LABEL),
        text=escape(text),
        title=escape(f"{LABEL}: {text}", {'"': "&quot;"}),
        colour=COLOURS[colour],
        ink=INK,
    )
