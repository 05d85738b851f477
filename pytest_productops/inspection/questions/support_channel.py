"""Whether a place to ask questions is named.

In the README, the guide or its like, SUPPORT, the contact links of the issue chooser, or an issue template
for questions: a forum, a chat, a mailing list, an address. The issue tracker counts where it is said to be
open to questions; a place to report bugs or vulnerabilities is none.
"""

from __future__ import annotations

from pytest_productops.facts.channels import Channels
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(channels: Channels) -> Answer:
    """Answer it."""
    if channels.first:
        return yes(seen(channels.first.location, f"to ask: {channels.first.target}"))
    read = ", ".join(document.path for document in channels.read[:5]) or "no README and no guide"
    return no(note(f"no place to ask in {read}, SUPPORT and the issue templates"))
