"""Every parser of the facts that takes a text, with the words that lead it deepest, and what it may raise."""

from pytest_productops.facts.alerts import jsonnet, prometheus, terraform
from pytest_productops.facts.commands import tokens as words
from pytest_productops.facts.commands.shell import calls
from pytest_productops.facts.documents import readers
from pytest_productops.facts.done import read as read_done
from pytest_productops.facts.formats import hcl, json5, toml, xml, yaml
from pytest_productops.facts.formats.cron import cron, longest_gap
from pytest_productops.facts.formats.forms import as_markdown, contacts
from pytest_productops.facts.history import reading
from pytest_productops.facts.history.model import day, ignored_revisions
from pytest_productops.facts.ownership import codeowners, people
from pytest_productops.facts.pipelines import expressions, groovy
from pytest_productops.facts.register import read as read_register
from pytest_productops.facts.releases import versions
from pytest_productops.facts.variables import patterns, python
from pytest_productops.model import Location
from pytest_productops.repository import Unavailable

MARKS = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    '"',
    "'",
    "`",
    ":",
    ",",
    ".",
    "=",
    "-",
    "#",
    "*",
    "_",
    "|",
    "\\",
    "/",
    "&",
    "!",
    "%",
    "@",
    "$",
    "\n",
    " ",
    "  ",
    "\t",
    "a",
    "b",
    "1",
    "0",
    "é",
    "\x00",
    "\u2028",
]
MARKUP = [
    "# A\n",
    "- [ ] a\n",
    "[a](b)",
    "![a](b)",
    "[a]: b\n",
    "```sh\n",
    "```\n",
    "| a | b |\n",
    "|---|---|\n",
    "> ",
    "<!--",
    "-->",
    "<a href='b'>",
    "</a>",
    "<details>",
    "---\n",
    "***",
    "~~~",
    "{#a}",
    "&lt;",
    "\n\n",
    "    ",
]
RST = [
    ".. note::\n",
    ".. _a:\n",
    ":ref:`a`",
    "`a <b>`_",
    "====\n",
    "A\n=\n",
    "   ",
    "::\n",
    "|a|",
    ".. |a| replace:: b\n",
    "+--+\n",
    ".. include:: a\n",
    "* a\n",
]
ASCIIDOC = [
    "= A\n",
    "== B\n",
    ":a: b\n",
    "{a}",
    "include::a[]\n",
    "link:a[b]",
    "<<a>>",
    "[[a]]",
    "----\n",
    "|===\n",
    "* a\n",
    "ifdef::a[]\n",
    "endif::[]\n",
    "xref:a#b[c]",
]
ORG = [
    "* A\n",
    "#+begin_src sh\n",
    "#+end_src\n",
    "[[a][b]]",
    ":PROPERTIES:\n",
    ":END:\n",
    "#+include: a\n",
    "=a=",
    "- [ ] a\n",
]
YAML = [
    "a: b\n",
    "- a\n",
    "  ",
    "a: &x\n",
    "*x",
    "<<: *x\n",
    "!!int ",
    "!Ref a",
    "{a: b}",
    "[a, b]",
    "|\n",
    ">-\n",
    "---\n",
    "...\n",
    "? a\n",
    ": b\n",
    "~",
    "null",
    "1e5",
    "0x1",
    "2001-01-01",
    "%YAML 1.2\n",
    "jobs:\n",
    "on: push\n",
    "body:\n",
    "attributes:\n",
    "label: a\n",
]
TOML = [
    "[a]\n",
    "[[a]]\n",
    "a = 1\n",
    'a = "b"\n',
    "a.b = 1\n",
    "a = [1, 2]\n",
    "a = {b = 1}\n",
    "'''",
    '"""',
    "2026-01-01",
    "inf",
    "[[task]]\n",
    'id = "a"\n',
    'owner = "@a"\n',
    'every = "30d"\n',
    "[[stage]]\n",
    "[[stage.criterion]]\n",
    'check = "rule:ONB001"\n',
    "[[task.evidence]]\n",
    'type = "file"\n',
]
JSON = [
    '{"a": ',
    "[1, ",
    "]",
    "}",
    '"b"',
    "null",
    "true",
    "1e999",
    "-0",
    "NaN",
    "\\u0000",
    "\\ud800",
    "// a\n",
    "/* a */",
    ",",
    "'a'",
]
HCL = [
    'resource "a" "b" {\n',
    "}\n",
    "a = 1\n",
    "<<EOF\n",
    "EOF\n",
    '"${',
    "}",
    "# a\n",
    "/*",
    "*/",
    "for_each = {\n",
]
XML = [
    "<a>",
    "</a>",
    "<a b='c'/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a>",
    "&amp;",
    "&b;",
]
SHELL = [
    "make a",
    "&&",
    "||",
    ";",
    "|",
    "$(",
    ")",
    "`",
    "${A:-",
    "}",
    "<<EOF\n",
    "EOF\n",
    "if ",
    "then ",
    "fi\n",
    "for a in b; do ",
    "done\n",
    "'",
    '"',
    "\\\n",
    "cd a",
    "A=b ",
    "npm run x",
    "# a\n",
    "{ ",
    "}; ",
]
GROOVY = [
    "pipeline {",
    "stage('a') {",
    "sh 'make'",
    'sh """',
    '"""',
    "'''",
    "}",
    "//a\n",
    "/*",
    "*/",
    "${",
    "steps {",
    "@Library('a') _\n",
]
OWNERS = [
    "* @a\n",
    "/a/ @b/c\n",
    "[s][2] @a\n",
    "^[s]\n",
    "!a\n",
    "a@b.c",
    "\\ ",
    "**/",
    "# a\n",
    "docs/* a@b.c\n",
]
LOG = ["\x00", "a" * 40, "2026-01-01", "M", "A", "\n", "a.md", "Key: value\n", "1793534400"]
CODE = [
    "import os\n",
    "os.environ['A']",
    "os.getenv('A', 'b')",
    "def f():\n",
    "    ",
    "class A:\n",
    "f'{",
    "}'",
    "process.env.A",
    'ENV["A"]',
    "lambda: ",
]


def _history(text):
    list(reading.commits([text[:7].encode(errors="replace"), text[7:].encode(errors="replace")]))


def _hcl(text):
    for block in hcl.blocks(text):
        block.attribute("a")
        list(block.blocks("b"))


def _document(suffix):
    return lambda text: readers.read(f"a.{suffix}", text)


PARSERS = {
    "yaml": (lambda text: [list(yaml.walk(each.value)) for each in yaml.read_all(text, "a.yml")], YAML, yaml.YamlError),
    "toml": (lambda text: toml.load(text).line(("a",)), TOML, toml.TomlError),
    "json5": (lambda text: json5.load(text).line("a"), JSON, json5.JsonError),
    "xml": (xml.load, XML, xml.XmlError),
    "hcl": (_hcl, HCL, ()),
    "cron": (lambda text: longest_gap([found] if (found := cron(text)) else []), ["* ", "*/5 ", "1-5 ", "1,2 ", "MON ", "@daily", "0 0 1 1 *"], ()),
    "forms": (lambda text: (as_markdown(text, "a.yml"), contacts(text, "a.yml")), YAML, yaml.YamlError),
    "markdown": (_document("md"), MARKUP, ()),
    "mdx": (_document("mdx"), [*MARKUP, "import a from 'b'\n", "{a}", "<A b={c}>"], ()),
    "rst": (_document("rst"), RST, ()),
    "asciidoc": (_document("adoc"), ASCIIDOC, ()),
    "org": (_document("org"), ORG, ()),
    "lists of owners": (lambda text: list(people.owners_file(text, "OWNERS")), [*YAML, "approvers:\n"], yaml.YamlError),
    "lists of maintainers": (lambda text: list(people.maintainers_file(text, "MAINTAINERS.md")), MARKUP, yaml.YamlError),
    "plain": (_document("txt"), MARKUP, ()),
    "shell": (lambda text: list(calls(text, Location("a"))), SHELL, ()),
    "shell tokens": (lambda text: list(words.tokens(text)), SHELL, ()),
    "groovy": (groovy.statements, GROOVY, ()),
    "expressions": (lambda text: expressions.fill(text, {"matrix": {"a": 1}, "env": {}}), ["${{", "}}", "matrix.a", "||", "format('{0}', ", "env.b", "'x'"], ()),
    "codeowners": (lambda text: [codeowners.read(text, p, d).owners("a/b") for p, d in ((".github/CODEOWNERS", "github"), ("CODEOWNERS", "gitlab"))], OWNERS, ()),
    "people": (lambda text: [list(read(text)) for read in (people.addressed, people.named, people.listed)], ["@a", "a@b.c", "<", ">", "Ann ", ", "], ()),
    "register": (read_register, TOML, ()),
    "done": (read_done, TOML, ()),
    "git log": (_history, LOG, Unavailable),
    "days": (day, ["2026", "-", "01", "99999", "T"], ()),
    "ignored revisions": (ignored_revisions, ["a" * 40, "# b", "\n"], ()),
    "versions": (versions.parse, ["v", "1", ".", "2", "-rc.1", "+b", "!", "a", "9" * 50], ()),
    "variables in Python": (lambda text: list(python.read(text, "a.py")), CODE, (SyntaxError, ValueError)),
    "variables elsewhere": (lambda text: [list(patterns.read(text, p)) for p in ("a.js", "a.go", "a.rb", "a.sh")], CODE, ()),
    "compose": (lambda text: list(patterns.compose(text, "compose.yml")), [*YAML, "services:\n", "environment:\n"], ()),
    "alerts of Terraform": (lambda text: list(terraform.parsed(text, "a.tf")), [*HCL, 'resource "datadog_monitor" "a" {\n'], ()),
    "alerts of Prometheus": (lambda text: prometheus.parsed(text, "a.yml"), [*YAML, "groups:\n", "rules:\n", "alert: a\n"], yaml.YamlError),
    "alerts in Jsonnet": (lambda text: list(jsonnet.parsed(text, "a.jsonnet")), ["local a = ", "{", "}", "alert:", "|||\n", "'b'", "+:"], ()),
}  # fmt: skip
"""Name -> (parser, words, the exceptions by which it says that a text is none)."""

PATHS = [
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "MAINTAINERS.md", "SUPPORT.md", "RELEASING.md", "ARCHITECTURE.md",
    "CODE_OF_CONDUCT.md", "docs/deploy.md", "docs/runbook.md", "docs/restore.md", "docs/decisions/0001-a.md", "docs/postmortems/2026-01-01-a.md",
    "docs/index.rst", "docs/a.adoc", "docs/a.org", "docs/a.mdx", ".github/CODEOWNERS", ".github/workflows/ci.yml", ".github/actions/a/action.yml",
    ".github/dependabot.yml", ".github/ISSUE_TEMPLATE/a.yml", ".github/pull_request_template.md", ".gitlab-ci.yml", ".circleci/config.yml",
    "azure-pipelines.yml", "bitbucket-pipelines.yml", ".buildkite/pipeline.yml", ".drone.yml", ".travis.yml", "Jenkinsfile", ".cirrus.yml",
    "pyproject.toml", "setup.cfg", "setup.py", "tox.ini", "noxfile.py", "tasks.py", "Makefile", "justfile", "Taskfile.yml", "package.json",
    "package-lock.json", "pnpm-lock.yaml", "yarn.lock", "renovate.json", "Cargo.toml", "Cargo.lock", "go.mod", "pom.xml", "build.gradle",
    "composer.json", "Gemfile", "mix.exs", "requirements.txt", "poetry.lock", "uv.lock", "Pipfile", "Pipfile.lock", "Rakefile",
    ".pre-commit-config.yaml", ".coveragerc", "codecov.yml", ".tool-versions", "mise.toml", "Dockerfile", "compose.yaml",
    ".devcontainer/devcontainer.json", ".env.example", "deploy/main.tf", "deploy/workload.yaml", "deploy/slo.yaml", "deploy/alerts.yaml",
    "deploy/chart/Chart.yaml", "deploy/kustomization.yaml", "mkdocs.yml", ".readthedocs.yaml", "migrations/0001_a.up.sql", "src/a.py", "tests/test_a.py",
    "src/a.test.ts", "src/a_test.go", ".productops/tasks.toml", ".productops/done.toml", "catalog-info.yaml", "OWNERS", ".mailmap", "LICENSE",
]  # fmt: skip
"""Files that some rule reads."""


def vocabulary(path):
    """Return words that a reader of a path is led by."""
    suffix = path.rpartition(".")[2]
    chosen = {
        "md": MARKUP, "rst": RST, "adoc": ASCIIDOC, "org": ORG, "mdx": MARKUP, "yml": YAML, "yaml": YAML, "toml": TOML, "lock": TOML,
        "json": JSON, "tf": HCL, "xml": XML, "py": CODE, "ts": CODE, "go": CODE,
    }.get(suffix, SHELL)  # fmt: skip
    return [*chosen, *MARKS, *KEYS]


KEYS = [
    "on:\n", "jobs:\n", "steps:\n", "- uses: ./a\n", "- run: make test\n", "stages:\n", "script:\n", "extends: a\n", "include:\n", "services:\n",
    "containers:\n", "kind: Deployment\n", "spec:\n", "project", "tool.", "dependencies", "scripts", "test", "version", "name", "commands", "deps",
    "envlist", "fail_under", "updates", "schedule", "[testenv]\n", "[project]\n", "[tool.a]\n", "all: a\n", "\tmake b\n", "A := $(B)\n", "1.2.3",
    "2026-01-01", "@ann", "ann@example.org", "TODO", "## Release\n", "## Rollback\n", "Status: Accepted\n", "| a |\n", "https://example.org/a",
]  # fmt: skip
