"""DEV005, and what is a test and what source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from productops_rules.development.changes_carry_tests import changes_carry_tests

from pytest_productops.api import NotApplicable
from pytest_productops.facts.changes.tests_of import is_source, is_test
from pytest_productops.manual import archive
from pytest_productops.testing import findings


@pytest.mark.parametrize(
    "path",
    [
        "tests/test_shop.py", "shop/test_till.py", "shop/till_test.py", "conftest.py", "testing/test_x.py",
        "pkg/till_test.go", "pkg/testdata/x.json", "src/till.test.ts", "src/till.spec.tsx", "src/__tests__/till.js",
        "cypress/e2e/till.cy.ts", "src/test/java/TillTest.java", "app/src/androidTest/Till.kt", "core/TillIT.java",
        "spec/models/till_spec.rb", "test/models/till_test.rb", "Shop.Tests/TillTests.cs", "src/ShopTests/Till.cs",
        "Tests/TillTests.swift", "tests/TillTest.php", "crates/shop/tests/till.rs", "src/till/tests.rs", "t/01-till.t",
        "features/till.feature", "test/till.bats", "__snapshots__/till.snap", "test/till_test.exs", "lib/till-test.js",
        "integration/till.py", "e2e/till.py", "test-suite/x.c", "shop_tests/x.c", "testsuite/till.exp", "test/till-tests.el", "test/runtests.jl", "test/TillSpec.hs",
    ],
)  # fmt: skip
def test_tests(path):
    assert is_test(path)
    assert not is_source(path)


@pytest.mark.parametrize(
    "path",
    [
        "shop/till.py", "src/build/env.py", "lib/latest.js", "src/contest/vote.py", "pkg/attest/attest.go",
        "app/models/till.rb", "src/main/java/org/acme/samples/Till.java", "crates/shop/src/till.rs", "src/Features/a.swift",
        "inspect/specification.py", "internal/tools/x.go", "src/protest.c", "lib/phoenix/template.ex", "app.py",
        "lisp/till.el", "till.lisp", "src/till.clj", "src/Till.hs", "lib/till.ml", "src/till.erl", "src/till.zig", "till.nim",
        "lib/till.dart", "src/Till.jl", "R/till.R", "till.lua", "lib/Till.pm", "src/till.f90", "Till.vb", "Till.fs", "Till.fsx",
        "src/till.scm", "till.rkt", "src/till.adb", "rtl/till.sv", "src/till.gleam", "lib/Till.rakumod",
    ],
)  # fmt: skip
def test_source(path):
    assert is_source(path)
    assert not is_test(path)


@pytest.mark.parametrize(
    "path",
    [
        "docs/testing.md", "CHANGES/12.feature.rst", ".github/workflows/test.yml", "README.md", "setup.py",
        "examples/till.py", "scripts/build.py", "docs/conf.py", "db/migrate/1_till.rb", "shop/_version.py",
        "vendor/x/till.go", "webpack.config.js", "src/till.pb.go", "benches/till.rs", "shop/locale/de.py", "data.json",
    ],
)  # fmt: skip
def test_neither(path):
    assert not is_test(path)
    assert not is_source(path)


@given(st.text(max_size=80))
def test_any_path_can_be_asked(path):
    is_test(path), is_source(path)


def judge(log, *files, **options):
    text = "-- git log --\n2026-01-01 ann@example.org Start\n" + log + "\n" + "".join(files)
    return findings(changes_carry_tests, archive(text), **{"min_sample": 2, **options})


def test_message_and_examples():
    (finding,) = judge(
        "2026-01-02 ann@example.org Add the till [+shop/till.py]\n"
        "2026-01-03 ann@example.org Add the cart [+shop/cart.py]\n"
        "2026-01-04 bob@example.org Add the shelf [+shop/shelf.py] [+tests/test_shelf.py]\n"
        "2026-01-05 bob@example.org fix: count [-shop/cart.py] [+shop/count.py]\n",
    )
    assert finding.key == "tests"
    assert finding.message.startswith(
        "30% of changes of source shall bring tests along, 1 of the last 4 did (25%)"
    )
    assert "2026-01-05 bob: fix: count; " in finding.message


def test_what_does_not_count():
    log = (
        "2026-01-02 ann@example.org Add the till [+shop/till.py] [+tests/test_till.py]\n"
        "2026-01-03 ann@example.org Add the cart [+shop/cart.py] [+tests/test_cart.py]\n"
        "2026-01-04 ann@example.org Release 1.0 [+shop/a.py]\n"
        "2026-01-05 ann@example.org docs: describe [+shop/b.py]\n"
        "2026-01-06 ann@example.org refactor(shop): move [+shop/c.py]\n"
        "2026-01-07 ann@example.org Fix typos [+shop/d.py]\n"
        "2026-01-08 ann@example.org Drop it [-shop/e.py]\n"
        "2026-01-09 ann@example.org Revert it [+shop/f.py]\n"
        "2026-01-10 renovate[bot]@example.org Update [+shop/g.py]\n"
    )
    assert judge(log, min_share=1.0) == ()


def test_own_names_of_tests():
    log = "2026-01-02 a@x.org A [+shop/a.py] [+checks/a.txt]\n2026-01-03 a@x.org B [+shop/b.py] [+checks/b.txt]\n"
    assert len(judge(log)) == 1
    assert judge(log, test_globs=("checks/*",)) == ()


def test_fixes_have_a_share_of_their_own():
    log = (
        "2026-01-02 a@x.org Add a [+shop/a.py] [+tests/a.py]\n2026-01-03 a@x.org Add b [+shop/b.py] [+tests/b.py]\n"
        "2026-01-04 a@x.org Fix c [+shop/c.py]\n2026-01-05 a@x.org fix: d [+shop/d.py]\n"
    )
    assert judge(log) == ()
    (finding,) = judge(log, fix_share=0.5)
    assert (finding.key, finding.message[:40]) == ("fixes", "50% of fixes shall bring tests along, 0 ")


RUST = "pub fn till() -> u32 {\n    1\n}\n"


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        (RUST, False),
        (RUST + "#[cfg(test)]\nmod tests {\n    #[test]\n    fn it() {}\n}\n", True),
        ("/// ```\n/// assert_eq!(till(), 1);\n/// ```\n" + RUST, True),
    ],
)
def test_tests_beside_rust_code(text, carried):
    log = "2026-01-02 a@x.org A [+src/a.rs]\n2026-01-03 a@x.org B [+src/b.rs]\n"
    files = [f"-- src/{name}.rs --\n{text}" for name in "ab"]
    assert bool(judge(log, *files)) is not carried
    assert len(judge(log, *files, inline_tests=())) == 1


def test_too_few_to_judge():
    with pytest.raises(NotApplicable, match="1 changes of source are too few"):
        judge("2026-01-02 a@x.org A [+src/a.py]\n")
