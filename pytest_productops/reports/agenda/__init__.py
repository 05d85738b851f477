"""The agenda, what is due when, in every form: each a pure function."""

from pytest_productops.reports.agenda.calendar import as_calendar
from pytest_productops.reports.agenda.markdown import as_markdown
from pytest_productops.reports.agenda.plain import as_json
from pytest_productops.reports.agenda.terminal import as_text

__all__ = ["as_calendar", "as_json", "as_markdown", "as_text"]
