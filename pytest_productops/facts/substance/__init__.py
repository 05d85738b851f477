"""Substance: whether a text says something. One engine for every rule that reads documents.

Emptiness, headings without text, comments, stand-ins and bare links never count as an answer.
"""

from pytest_productops.facts.substance.finishing import empty_sections, filled_by_site, unfinished
from pytest_productops.facts.substance.judging import TEMPLATE, lack, own_words, unwritten, words
from pytest_productops.facts.substance.parts import Part
from pytest_productops.facts.substance.placeholders import MARKERS, SCAFFOLD, Placeholder, placeholders, said

__all__ = [
    "MARKERS",
    "SCAFFOLD",
    "TEMPLATE",
    "Part",
    "Placeholder",
    "empty_sections",
    "filled_by_site",
    "lack",
    "own_words",
    "placeholders",
    "said",
    "unfinished",
    "unwritten",
    "words",
]
