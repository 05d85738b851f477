"""Inputs that break such a tool, each made by a small function and laid over a reference repository."""

from corpus import (
    content,
    delivery,
    documents,
    everywhere,
    exchange,
    executing,
    filesystem,
    ours,
    shape,
    sources,
    volume,
)
from corpus.case import CASES, Case

__all__ = ["CASES", "GROUPS", "Case"]
GROUPS = (
    everywhere,
    executing,
    shape,
    content,
    filesystem,
    exchange,
    documents,
    sources,
    ours,
    delivery,
    volume,
)
