"""The site: Sphinx, MyST and Furo. `tox -e docs` builds it, with warnings as errors and without a network."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from making import places

project = "pytest-productops"
author = "The pytest-productops maintainers"
release = importlib.metadata.version("pytest-productops")
html_baseurl = places.SITE
html_title = "pytest-productops"
html_theme = "furo"
html_show_copyright = False
html_static_path = ["static"]
html_css_files = ["site.css"]
html_extra_path = ["reference/served"]
html_copy_source = False
html_theme_options = {
    "source_repository": "https://github.com/pytest-productops/pytest-productops/",
    "source_branch": "main",
    "source_directory": "docs/",
}
extensions = ["myst_parser", "sphinx.ext.autodoc", "making.extension"]
exclude_patterns = ["making", "static", "reference/served"]
# Types of other libraries have no page here, and nothing is fetched.
nitpick_ignore_regex = [("py:.*", r".*")]

myst_enable_extensions = ["linkify"]
myst_linkify_fuzzy_links = False  # README.md is no address
myst_heading_anchors = 4

default_role = "code"
smartquotes = False  # --profile is no dash
toc_object_entries = False  # every page holds the whole tree: a thousand methods in it are minutes
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_inherit_docstrings = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
linkcheck_ignore = [
    r"https://github\.com/pytest-productops/.*",
    r".*\.example(/.*)?$",
    r"https://(www\.)?example\.(org|com).*",
]
