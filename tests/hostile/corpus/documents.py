"""Markdown, reStructuredText and AsciiDoc that make parsers slow, and texts that escape from reports."""

from corpus.case import bad, put, several
from corpus.exchange import bomb

GUIDE = "CONTRIBUTING.md"
several(
    "documents",
    {
        "brackets_unclosed": (GUIDE, lambda: "# A\n\n" + "[" * 50_000 + "\n\n" + "![[" * 30_000 + "\n"),
        "quotes_nested": (GUIDE, lambda: "# A\n\n" + "> " * 3000 + "x\n"),
        "lists_nested": (GUIDE, lambda: "# A\n\n" + "".join("  " * at + "- x\n" for at in range(500)) + "- " * 3000 + "y\n"),
        "emphasis_unclosed": (GUIDE, lambda: "# A\n\n" + "*a _b " * 20_000 + "\n"),
        "emphasis_unclosed_in_short_lines": (GUIDE, lambda: "# A\n\n" + ("*a **b _c __d " * 50 + "\n") * 200),
        "backticks_unequal": (GUIDE, lambda: "# A\n\n" + " ".join("`" * at for at in range(1, 600)) + "\n"),
        "references_that_refer": (GUIDE, lambda: "# A\n\n" + "".join(f"[r{at}]: <#r{at + 1}> 'x'\n" for at in range(20_000)) + "[r0][r1]\n" * 2000),
        "references_that_are_labels_of_1000": (GUIDE, lambda: "# A\n\n" + f"[{'x' * 999}]: y\n" * 100 + f"[{'x' * 999}]\n" * 3000),
        "table_of_10_000_columns": (GUIDE, lambda: "# A\n\n" + "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + ("|x" * 100 + "|\n") * 300),
        "table_that_fills_up": (GUIDE, lambda: "# A\n\n" + "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + "|x|\n" * 3000),
        "comment_unclosed": (GUIDE, lambda: "# A\n\n<!-- " + "x\n" * 20_000),
        "comments_unclosed_many": (GUIDE, lambda: "# A\n\n" + "a <!-- b\n" * 10_000),
        "heading_of_100_000_characters": (GUIDE, lambda: "# " + "a " * 50_000 + "\n\ntext\n"),
        "headings_100_000": (GUIDE, lambda: "# a\n" * 100_000),
        "fence_unclosed": (GUIDE, lambda: "# A\n\n```sh\n" + "make test\n" * 20_000),
        "fences_of_growing_length": (GUIDE, lambda: "# A\n\n" + "".join("`" * at + "\n" for at in range(3, 400))),
        "html_nested": (GUIDE, lambda: "# A\n\n" + "<div>\n" * 20_000 + "<details><summary>" * 5000 + "\n"),
        "entities": (GUIDE, lambda: "# A\n\n" + "&#x110000;&#0;&nosuch;&" * 10_000 + "\n"),
        "front_matter_that_multiplies": (GUIDE, lambda: "---\n" + bomb(12) + "---\n# A\n"),
        "front_matter_unclosed": (GUIDE, lambda: "---\n" + "a: b\n" * 50_000),
        "front_matter_of_the_wrong_type": (GUIDE, "---\n- 1\n- {a: b}\n---\n# A\n"),
        "shell_that_no_parser_likes": (GUIDE, lambda: "# A\n\n```sh\n" + "$((" * 3000 + "\n" + "`" * 3001 + "\n" + "\"$(" * 3000 + "\n" + "{" * 5000 + "\n" + "<<A <<B <<'C\n" * 100 + "if case for while " * 500 + "\n```\n"),
        "shell_that_expands": (GUIDE, lambda: "# A\n\n```sh\nmake " + "{a,b}" * 60 + "\nmake " + "{1..999999999}" * 5 + "\nmake ${A:-" * 500 + "\n```\n"),
        "markup_that_escapes": (GUIDE, "# <script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](http://track.invalid/a.png)\n\n::error::x\n\n[gone](\x1b[31mgone.md) `make \x1b]52;c;x\x07nowhere`\n"),
        "links_of_all_kinds": (GUIDE, lambda: "# A\n\n" + "\n\n".join(f"[x]({target})" for target in ("../" * 300 + "etc/passwd", "/" * 5000, "file:///etc/passwd", "http://[::1", "http://a:b:c@:99999/", "//", "#" * 500, "?" * 500, "%ff%00%2e%2e/", "a" * 50_000, "\\\\host\\share", "C:\\x", "data:text/html,x", "mailto:", "http://[", "%", "#%zz")) + "\n"),
        "lines_of_carriage_returns": (GUIDE, lambda: "# A\r" * 30_000 + "\x0b\x0c\x85\u2028\u2029" * 1000),
        "characters_that_combine": (GUIDE, lambda: "# A\n\n" + "a" + "\u0301" * 100_000 + "\n\n\u202e\u2066\ufeff\U000e0001 İıſK\n"),
    },
)  # fmt: skip
several(
    "documents",
    {
        "includes_of_themselves": ("docs/guide.rst", ".. include:: guide.rst\n.. include:: /etc/passwd\n.. literalinclude:: ../../../etc/passwd\n.. toctree::\n   :glob:\n\n   **/**/**/**/*\n   guide\n"),
        "rst_nested": ("README.rst", lambda: "Title\n=====\n\n" + "".join(" " * at + "- x\n\n" for at in range(400)) + ".. note::\n" * 3000),
        "rst_substitutions_that_multiply": ("docs/guide.rst", lambda: "A\n=\n\n" + "".join(f".. |a{at}| replace:: {f'|a{at - 1}| ' * 9}\n" for at in range(1, 30)) + "\n|a29|\n"),
        "rst_tables": ("docs/guide.rst", lambda: "A\n=\n\n" + "+-" * 3000 + "+\n" + "| " * 3000 + "|\n" + "=== " * 3000 + "\n"),
        "asciidoc_attributes_that_multiply": ("docs/guide.adoc", lambda: "= A\n" + "".join(f":a{at}: {f'{{a{at - 1}}}' * 9}\n" for at in range(1, 30)) + "\n{a29}\n\ninclude::guide.adoc[]\n\ninclude::/etc/passwd[]\n\n" + "====\n" * 3000),
        "asciidoc_nested": ("docs/guide.adoc", lambda: "= A\n\n" + "".join("*" * at + " x\n" for at in range(1, 300)) + "|===\n" * 3000),
        "org_nested": ("docs/guide.org", lambda: "#+TITLE: A\n" + "".join("*" * at + " x\n" for at in range(1, 500)) + "#+begin_src sh\n" * 2000 + "#+INCLUDE: guide.org\n"),
        "mdx_unclosed": ("docs/guide.mdx", lambda: "# A\n\n" + "{" * 5000 + "<A b={<B c={" * 2000 + "\n" + "import x from 'y'\n" * 5000),
        "site_that_names_itself": ("mkdocs.yml", lambda: "INHERIT: mkdocs.yml\nnav: &a\n  - *b\n" + "site_name: [1]\ndocs_dir: ../../..\n"),
        "site_of_the_wrong_type": ("mkdocs.yml", "nav: {a: {b: [1, null, {c: 3}]}}\ndocs_dir: [1]\nsite_url: {}\nplugins: 3\nmarkdown_extensions: {a: 1}\n"),
    },
)  # fmt: skip
several(
    "documents",
    {
        "changelog_of_50_000_versions": ("CHANGELOG.md", lambda: "# Changelog\n\n" + "".join(f"## [1.{at}.0] - 2026-01-01\n\n- x\n" for at in range(50_000))),
        "changelog_of_strange_versions": ("CHANGELOG.md", lambda: "# Changelog\n\n" + "".join(f"## [{name}] - {day}\n\n- x\n\n" for name, day in (("9" * 5000, "2026-13-45"), ("1.2.3-" + "a" * 5000, "0000-00-00"), ("v", "99999-01-01"), ("1..2", "2026-02-30"), ("1!2.0", "9999-12-31"), ("\x1b[31m1.0", "0001-01-01"), ("1.0", "٢٠٢٦-٠١-٠١"))) + "[1.0.0]: http://[\n"),
        "changelog_with_a_conflict": ("CHANGELOG.md", "# Changelog\n\n<<<<<<< HEAD\n## [1.0.0] - 2026-01-01\n=======\n## [1.0.1]\n>>>>>>> other\n"),
        "record_of_a_strange_day": ("docs/records/restore/2026-02-30.md", "# Restore drill, 99999-99-99\n\nBy @" + "a" * 5000 + " on 2026-02-30, 10000-01-01, 0000-00-00, 2026-1-1T99:99:99+99:99.\n"),
        "decisions_that_supersede_each_other": ("docs/decisions/0003-a.md", "# 3. A\n\nDate: 9999-99-99\n\nStatus: Superseded by [3](0003-a.md), [4](0004.md)\n\n## Context\n\n## Decision\n"),
        "postmortem_of_the_wrong_type": ("docs/postmortems/2026-99-99-x.md", lambda: "---\ndate: [1]\nowner: {a: b}\n---\n# X\n\n## Actions\n\n" + "| a | b |\n|---|---|\n" + "| @" + "x" * 3000 + " | 2026-99-99 |\n" * 100),
    },
)  # fmt: skip


@bad("documents")
def templates_of_the_wrong_type(root):
    put(root, ".github/ISSUE_TEMPLATE/bug.yml", "name: [1]\nbody:\n  a: 1\n")
    put(
        root,
        ".github/ISSUE_TEMPLATE/feature.yml",
        "name: x\nbody: [1, null, {type: [1], attributes: [1]}, {attributes: {label: [1], options: [{label: []}, [1], 3]}}]\n",
    )
    put(root, ".github/ISSUE_TEMPLATE/config.yml", "contact_links: {a: 1}\nblank_issues_enabled: [1]\n")
    put(root, ".github/pull_request_template.md", "---\n&a [*a]\n---\n" + "- [ ] " * 5000 + "\n")
