"""One inline table more in an array of them, written as the others are; all else stays as it is."""

from __future__ import annotations

import re

from pytest_productops.lazy import dataclass, regex

INDENT = "  "
"""What a line of an array begins with where no other shows it."""
_TOKEN = regex(
    r'"{3}(?:\\.|[^\\])*?"{3,5}|\'{3}.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},]', re.DOTALL
)
"""Texts, comments, and the marks that tell elements apart."""


@dataclass
class _Array:
    """Where in a text the first array opens and closes, its last element lies, and the comma behind that."""

    text: str
    opens: int = 0
    closes: int = 0
    begins: int = 0
    ends: int = 0
    comma: int = 0

    def __post_init__(self) -> None:
        depth = 0
        for match in _TOKEN.finditer(self.text):
            depth += (match[0] in "[{") - (match[0] in "]}")
            if match[0] == "," and depth == 1:
                self.comma = match.end()
            elif match[0] in "[{" and depth <= 2:  # noqa: PLR2004 - the array, and an element
                self.opens = self.opens or match.end()
                self.begins, self.comma = match.start(), 0
            elif match[0] in "]}" and depth == 1:
                self.ends = match.end()
            elif match[0] in "]}" and depth == 0:
                self.closes = match.start()
                return

    @property
    def last(self) -> str:
        """The last element; nothing where there is none."""
        return self.text[self.begins : self.ends]

    def starts_line(self, at: int) -> bool:
        """Whether nothing stands before a place on its line."""
        return not self.text[self.text.rfind("\n", 0, at) + 1 : at].strip()

    def indent(self) -> str:
        """Return what a line with an element begins with."""
        line = self.text.rfind("\n", 0, self.begins) + 1
        begin = re.match(r"[ \t]*", self.text[line:])
        shown = begin[0] if begin else ""
        return shown if line > self.opens else shown + INDENT


def appended(text: str, element: str) -> str:
    """Return a text that holds an array, and nothing before it that opens, with an inline table more in that."""
    array = _Array(text)
    if array.last.startswith("{ "):
        element = f"{{ {element[1:-1]} }}"
    if "\n" in text[array.opens : array.closes] and array.starts_line(array.closes):
        return _on_a_line(array, element)
    if not array.last:
        return text[: array.closes] + element + text[array.opens :]
    apart = f"\n{array.indent()}" if array.starts_line(array.begins) else " "
    at = array.comma or array.ends
    return text[:at] + (f"{apart}{element}," if array.comma else f",{apart}{element}") + text[at:]


def _on_a_line(array: _Array, element: str) -> str:
    """Return the text with the element on a line of its own, above that of the closing bracket."""
    text, line = array.text, array.text.rfind("\n", 0, array.closes) + 1
    written = f"{array.indent()}{element}{'' if array.last and not array.comma else ','}\n"
    if array.last and not array.comma:
        return f"{text[: array.ends]},{text[array.ends : line]}{written}{text[line:]}"
    return text[:line] + written + text[line:]
