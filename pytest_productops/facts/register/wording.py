"""Evidence in words: how to leave it, and what it is called."""

from __future__ import annotations

from pytest_productops.facts.register.model import TRAILER, Evidence


def how(name: str, evidence: Evidence) -> str:
    """Return how to leave the evidence of a task or milestone, to follow `and`."""
    fields = f" with {', '.join(evidence.fields)}" if evidence.fields else ""
    words = {
        "record": f"record it in {evidence.path}{fields}",
        "trailer": f"commit it with the trailer `{evidence.key or TRAILER}: {name}`",
        "commit": f"commit {', '.join(evidence.paths)}",
        "tag": f"tag it {evidence.pattern}",
        "front-matter": f"set `{evidence.key}` in {evidence.path}",
        "workflow": f"let {evidence.path} run on a schedule",
    }
    return words[evidence.type]


def named(name: str, evidence: Evidence) -> str:
    """Return what the evidence is, to follow `by`."""
    words = {
        "record": f"a record in {evidence.path}",
        "trailer": f"the trailer `{evidence.key or TRAILER}: {name}`",
        "commit": f"a commit to {', '.join(evidence.paths)}",
        "tag": f"a tag {evidence.pattern}",
        "front-matter": f"`{evidence.key}` in {evidence.path}",
        "workflow": f"the schedule of {evidence.path}",
    }
    return words[evidence.type]
