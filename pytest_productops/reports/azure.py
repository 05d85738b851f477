"""Issues of an Azure pipeline: logging commands that its agent reads from a log.

Values are escaped as the agent's own library does it
(https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands,
microsoft/azure-pipelines-task-lib: node/taskcommand.ts).
"""

from __future__ import annotations

from typing import Any

from pytest_productops.reports.entries import Entry, entries


def render(data: dict[str, Any]) -> str:
    """Return a command a finding, the errors first."""
    return "".join(f"{_command(each)}\n" for each in entries(data))


def _command(entry: Entry) -> str:
    place = f"sourcepath={_property(entry.path)};linenumber={entry.line};" if entry.found else ""
    head = f"type={entry.severity};{place}code={_property(entry.code)};"
    return f"##vso[task.logissue {head}]{_data(f'{entry.title}: {entry.message}')}"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
