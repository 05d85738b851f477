"""Two JSON reports compared: what changed and why, as text and as Markdown."""

from pytest_productops.reports.differences.compare import compared
from pytest_productops.reports.differences.markdown import as_markdown
from pytest_productops.reports.differences.reading import read
from pytest_productops.reports.differences.text import as_text
from pytest_productops.reports.stored import NoReport

__all__ = ["NoReport", "as_markdown", "as_text", "compared", "read"]
