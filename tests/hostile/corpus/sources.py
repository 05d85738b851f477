"""Sources in Python and others that parsers refuse, or take for ever over."""

from corpus.case import bad, put, several

MODULE = "src/parceltracker/extra.py"
several(
    "sources",
    {
        "sum_of_5000": (MODULE, lambda: "x = " + "+".join(["a"] * 5000) + "\n"),
        "branches_of_20_000": (MODULE, lambda: "if a:\n    pass\n" + "elif a:\n    pass\n" * 20_000),
        "not_of_a_million": (MODULE, lambda: "x = " + "-" * 1_000_000 + "1\n"),
        "lambdas_nested": (MODULE, lambda: "x = " + "lambda: " * 5000 + "1\n"),
        "parentheses_nested": (MODULE, lambda: "x = " + "(" * 5000 + ")" * 5000 + "\n"),
        "blocks_nested": (MODULE, lambda: "".join(" " * at + "if a:\n" for at in range(300)) + " " * 300 + "pass\n"),
        "functions_nested": (MODULE, lambda: "".join(" " * at + "def f():\n" for at in range(95)) + " " * 95 + "pass\n"),
        "calls_chained": (MODULE, lambda: "x = a" + ".b()" * 20_000 + "\n"),
        "newer_than_this_python": (MODULE, "try:\n    pass\nexcept A, B:\n    pass\ntype X[T: (int) = str] = T\nx = t'{a}'\n"),
        "of_python_2": (MODULE, "print 'x'\nexec 'y'\nraise A, B\nx = 0777L\n"),
        "with_a_mark": (MODULE, b"\xef\xbb\xbfx = 1\n"),
        "with_nul": (MODULE, b"x = 1\0\n"),
        "in_an_unknown_encoding": (MODULE, b"# -*- coding: nosuch -*-\nx = 1\n"),
        "in_latin_1": (MODULE, b"x = 'caf\xe9'\n"),
        "in_a_lying_encoding": (MODULE, b"# -*- coding: utf-7 -*-\nx = 1\n+AAo-import os\n"),
        "number_of_100_000_digits": (MODULE, lambda: "x = " + "9" * 100_000 + "\n"),
        "warned_about": (MODULE, "x = '\\d' is 1\nassert (1, 'x')\n"),
        "one_line_of_a_megabyte": (MODULE, lambda: "x = [" + "1, " * 340_000 + "]\n"),
        "texts_with_values_unclosed": (MODULE, lambda: "f'{" * 100_000 + "\n"),
        "text_unclosed": (MODULE, lambda: "x = '''" + "a\n" * 100_000),
    },
)  # fmt: skip
several(
    "sources",
    {
        "tests_that_cannot_be_parsed": ("tests/test_more.py", "import nowhere\ndef test(:\n"),
        "tests_skipped_a_lot": ("tests/test_more.py", lambda: "import pytest\n" + "@pytest.mark.skip\ndef test_a(): pass\n" * 5000),
        "javascript_minified": ("src/parceltracker/app.js", lambda: "process.env.A" + ";it.skip('x',()=>{" * 20_000 + "`${" * 20_000 + "\n"),
        "typescript_unclosed": ("src/parceltracker/app.test.ts", lambda: "/*" * 20_000 + "describe.skip(`" * 5000 + "'\\\n" * 5000),
        "go_unclosed": ("src/main_test.go", lambda: "package a\nfunc Test(t *testing.T) {\n" + "t.Skip(`" * 10_000 + "\n"),
        "java_of_annotations": ("src/ATest.java", lambda: "@Disabled " * 20_000 + "class A {" * 5000),
        "sql_unclosed": ("migrations/0003_x.up.sql", lambda: "CREATE TABLE (" * 5000 + "'" + "--\n" * 5000 + "/*" * 5000),
        "migrations_that_depend_on_each_other": ("migrations/versions/a.py", "revision = 'a'\ndown_revision = ('a', 'b')\ndef upgrade(: pass\n"),
        "settings_of_the_environment": ("src/parceltracker/settings2.py", lambda: "import os\n" + "".join(f"A{at} = os.environ['\\x1b[31mA{at}\\n']\n" for at in range(3000)) + "os.environ[os.environ[os.environ['A']]]\n"),
        "notebook_of_the_wrong_type": ("docs/a.ipynb", '{"cells": {"a": 1}, "metadata": [], "nbformat": "x"}'),
    },
)  # fmt: skip


@bad("sources")
def an_example_of_the_environment_that_is_odd(root):
    text = (
        "A=${B}\nB=${A}\n=x\nexport\nC='\nD=\"\n\x1b[31mE=1\n"
        + "F" * 100_000
        + "=1\n"
        + "".join(f"V{at}=\n" for at in range(3_000))
    )
    put(root, ".env.example", text)
