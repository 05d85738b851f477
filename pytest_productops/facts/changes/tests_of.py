"""Tests and the source they are for, told by paths: the conventions of each ecosystem's tools.

pytest and unittest (`test_*.py`, `*_test.py`), Go (`*_test.go`), JavaScript (`*.test.ts`, `*.spec.ts`, `__tests__`,
`*.cy.ts`), Maven and Gradle (`src/test`, `*Test.java`, `*IT.java`), RSpec and minitest (`spec/`, `*_spec.rb`), .NET
(`*.Tests/`), Swift and PHP (`*Tests.swift`, `*Test.php`), Rust (`tests/`, `tests.rs`), Perl (`t/`), bats, Cucumber.
"""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

_FOLDER = regex(
    r"(?:^|/)(?:(?:[\w.-]+[-_.])?(?:tests?|specs?|testing|testsuites?|mdtests?|e2e|unittests?)"
    r"(?:[-_](?:suite|suites|cases|data|fixtures|integration|unit|e2e|support|utils|helpers|\w+))?"
    r"|__(?:tests?|specs?|snapshots|mocks|fixtures)__|cypress|(?:integration|acceptance|functional|smoke|"
    r"regression|conformance)(?:[-_]?tests?)?|androidtest|\w*(?:integration|unit|acceptance)tests?|testdata|fixtures"
    r"|fuzz(?:ing)?|testscripts?|features/(?:steps?|step_definitions|support)|t|sqllogictest)/",
    re.IGNORECASE,
)
_CAMEL = regex(r"(?:^|/)[\w.]*[a-z]Tests?/|(?:^|/)[\w.]+\.(?:Unit|Integration)?Tests?/")
_FILE = regex(
    r"(?:^|/)(?:tests?[-_.][^/]*|[^/]*[-_.](?:tests?|specs?|cy|e2e|snap|approved)(?:\.[^/]*)?|[^/]*\.(?:feature|bats)"
    r"|(?:tests?|specs?|conftest|testutils?|doctests?)\.\w+|[^/]*\.t)\Z",
    re.IGNORECASE,
)
_CAMEL_FILE = regex(
    r"(?:Tests?|TestCase|TestSuite|Spec|Specs|IT|ITCase)\.(?:java|kt|kts|groovy|scala|cs|fs|vb|swift|php|m|mm|hs|cpp|cc|dart)\Z"
)
_ABOUT = regex(
    r"^(?:docs?|documentation|guides|website|site|changes|changelog\.d|news|newsfragments|\.[^/]+)/",
    re.IGNORECASE,
)
_SOURCE = regex(
    r"\.(?:py|pyx|go|rs|rb|js|jsx|mjs|cjs|ts|tsx|mts|cts|vue|svelte|java|kt|scala|groovy|clj[cs]?|cs|fs[ix]?|vb|swift|m|mm|c|cc"
    r"|cpp|cxx|cu|h|hh|hpp|hxx|php|ex|exs|erl|hrl|gleam|l?hs|ml|mli|elm|purs|resi?|dart|lua|fnl|pl|pm|raku(?:mod)?|r|jl|zig"
    r"|nim|cr|d|pas|pp|ad[abs]|f|for|f77|f90|f95|f03|f08|el|lisp|lsp|cl|scm|ss|sld|rkt|coffee|hx|vala|v|sv|vhdl?|tcl|sml"
    r"|lean|idr|agda|cob|cbl|sol|move|cairo)\Z",
    re.IGNORECASE,
)
_ASIDE = regex(
    r"(?:^|/)(?:generated|gen|vendor(?:ed)?|_vendor|third_party|third-party|node_modules|extern(?:al)?"
    r"|(?:\w+_)?migrations?|migrate|locales?|i18n|translations|bench(?:es|marks?)?|storybook|typings|\.[^/]+)/",
    re.IGNORECASE,
)
# Names of folders that lie beside the source; within it they are modules as any other.
_BESIDE = regex(
    r"(?:^|/)(?:docs?|documentation|website|site|www|blog|examples?|samples?|demos?|playground|tutorials?|perf"
    r"|scripts?|tools?|tooling|hack|ci|build|dist|out|deps|lang|templates?|packaging|contrib|stories|types)/",
    re.IGNORECASE,
)
_INNER = regex(r"(?:^|/)(?:src|source|lib|app|include|internal|pkg|cmd)/", re.IGNORECASE)
_SETTINGS = regex(
    r"(?:^|/)(?:setup|conf|noxfile|fabfile|tasks|manage|_?_?version(?:s|_info)?_?_?|__about__|release|settings|config"
    r"|build|gulpfile|gruntfile|rakefile|mix|\.[^/]*|[^/]*[.-]config|[^/]*\.d|[^/]*_pb2|[^/]*\.pb|[^/]*\.min|[^/]*\.gen"
    r"|[^/]*\.generated|zz_generated[^/]*)\.[a-z]+\Z|(?:^|/)v?version[^/]*\.\w+\Z",
    re.IGNORECASE,
)


def is_test(path: str) -> bool:
    """Whether a path holds tests or what only tests use."""
    named = _FOLDER.search(path) or _FILE.search(path) or _CAMEL.search(path) or _CAMEL_FILE.search(path)
    return bool(named) and not _ABOUT.match(path)


def is_source(path: str) -> bool:
    """Whether a path holds the product's own code: no test, setting or example, nothing made or copied."""
    if not _SOURCE.search(path) or _ASIDE.search(path) or _SETTINGS.search(path) or is_test(path):
        return False
    inner = _INNER.search(path)
    return not _BESIDE.search(path[: inner.start() + 1] if inner else path)
