"""The agenda as JSON, for a program. Days are ISO dates, a line of 0 is the whole file."""

from __future__ import annotations

import json
from typing import Any

from pytest_productops.facts.register.agenda import Agenda, Entry
from pytest_productops.facts.register.model import Flaw
from pytest_productops.model import Location

FORMAT = "productops.agenda/1"


def as_json(agenda: Agenda) -> str:
    """Return the agenda; `register` is null where there is none."""
    data = {
        "format": FORMAT,
        "today": str(agenda.today),
        "register": agenda.path or None,
        "problems": [{"message": each.message, **_place(each.location)} for each in agenda.problems],
        "entries": [_entry(entry) for entry in agenda.entries],
        "owners": [
            {"name": o.name, "members": list(o.members), "contact": o.contact, "escalate": o.escalate}
            for o in agenda.owners
        ],
    }
    return json.dumps(data, indent=2) + "\n"


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "what": entry.what,
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind if entry.what == "task" else None,
        "stage": entry.stage or None,
        "owner": entry.owner.name,
        "state": entry.state,
        "due": str(entry.due) if entry.due else None,
        "days": entry.days,
        "last": str(entry.last) if entry.last else None,
        "by": entry.by or None,
        "cadence": str(entry.cadence) if entry.cadence else None,
        "procedure": entry.procedure or None,
        "how": list(entry.how),
        "unknown": list(entry.unknown),
        "refused": [_flaw(flaw) for flaw in entry.refused],
        "flaws": [_flaw(flaw) for flaw in entry.flaws],
        **_place(entry.location),
    }


def _flaw(flaw: Flaw) -> dict[str, Any]:
    return {"message": flaw.message, "fix": flaw.fix, **_place(flaw.location)}


def _place(location: Location) -> dict[str, Any]:
    return {"path": location.path, "line": location.line}
