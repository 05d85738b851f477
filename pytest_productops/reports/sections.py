"""A text that has a limit: it is cut between blocks, and says what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

_ROOM = 120
"""What a section keeps for its title and for the line that says what is left out."""
_SHARE = 20
"""A section may keep one part in so many of the limit from those before it."""


class Block(NamedTuple):
    """A paragraph, and a shorter one that says the same where there is no room."""

    full: str
    short: str = ""


class Section(NamedTuple):
    """Blocks under a title, the most important first; `of` is what they are, in the plural, `gap` is between them."""

    title: str
    blocks: tuple[Block, ...]
    of: str
    gap: str = "\n\n"


def fitted(head: str, sections: Iterable[Section], limit: int, size: Callable[[str], int] = len) -> str:
    """Return the head and as much of each section as there is room for, in their order."""
    chosen = [section for section in sections if section.blocks]
    kept = [min(sum(size(block.full) + 2 for block in each.blocks), limit // _SHARE) for each in chosen]
    room = limit - size(head) - _ROOM * len(chosen)
    parts = [head]
    for index, section in enumerate(chosen):
        after = sum(kept[index + 1 :])
        taken, room = _taken(section.blocks, room - after, size)
        room += after
        left = len(section.blocks) - len(taken)
        more = [f"*Left out here: {left} of {len(section.blocks)} {section.of}.*"] if left else []
        parts.append("\n\n".join([f"### {section.title}", *filter(None, [section.gap.join(taken)]), *more]))
    return "\n\n".join(parts) + "\n"


def _taken(blocks: tuple[Block, ...], room: int, size: Callable[[str], int]) -> tuple[list[str], int]:
    """Return the blocks that fit, and the room that they leave."""
    taken: list[str] = []
    for block in blocks:
        text = next((each for each in block if each and size(each) + 2 <= room), None)
        if text is None:
            break
        taken.append(text)
        room -= size(text) + 2
    return taken, room
