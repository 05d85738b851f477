"""DEV007."""

import pytest
from productops_rules.development.skipped_tests_justified import skipped_tests_justified as rule

from pytest_productops.api import NotApplicable, Skips
from pytest_productops.testing import findings_in


def keys(repository, text, **options):
    return [one.key.partition("#")[2] for one in findings_in(rule, repository(text), **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-- tests/test_a.py --\nimport pytest\n@pytest.mark.skip()\ndef test_x(): pass\n", ["test_x"]),
        ("-- tests/test_a.py --\nimport unittest\nclass T:\n    @unittest.skip\n    def test_x(self): pass\n", ["T.test_x"]),
        ("-- tests/test_a.py --\nimport pytest\npytest.skip(allow_module_level=True)\n", ["the module"]),
        ("-- tests/test_a.py --\nimport pytest\npytestmark = [pytest.mark.skip]\n", ["the module"]),
        ("-- tests/test_a.py --\nimport pytest\ndef test_x():\n    pytest.skip()\n", ["test_x"]),
        ("-- src/a.test.ts --\nit.skip('adds', () => {})\nxdescribe(\"b\", () => {})\n", ["adds", "b"]),
        ("-- src/a.test.ts --\ntest.skip(\n  'adds',\n  () => {})\n", ["adds"]),
        ("-- a_test.go --\nfunc TestX(t *testing.T) {\n\tt.Skip()\n}\n", ["TestX"]),
        ("-- src/a.rs --\n#[test]\n#[ignore]\nfn slow() {}\n", ["slow"]),
        ("-- src/test/java/ATest.java --\nimport org.junit.Ignore;\nclass ATest {\n  @Test\n  @Ignore\n  public void x() {}\n}\n", ["x"]),
        ("-- src/test/kotlin/ATest.kt --\nimport org.junit.jupiter.api.Disabled\n@Disabled(\"\")\nclass ATest\n", ["ATest"]),
        ("-- src/test/kotlin/ATest.kt --\nimport org.junit.jupiter.api.Test\nclass ATest {\n  @Test @Disabled fun x() {}\n}\n", ["x"]),
        ("-- src/test/java/ATest.java --\nimport org.junit.Test;\nclass ATest {\n  @Test(timeout = 3) @Ignore public void x() {}\n}\n", ["x"]),
        ("-- playground/css/__tests__/css.spec.ts --\ntest.skip('adds', () => {})\ndescribe.runIf(isBuild).skip('b', () => {})\n", ["adds", "b"]),
        ("-- ui/src/a.spec.ts --\nit.skip('adds', () => {})\n", ["adds"]),
    ],
)  # fmt: skip
def test_skips_without_a_reason(repository, text, expected):
    assert keys(repository, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '-- tests/test_a.py --\nimport pytest\n@pytest.mark.skip(reason="issue 4")\ndef test_x(): pass\n',
        '-- tests/test_a.py --\nimport pytest\n@pytest.mark.skip("issue 4")\ndef test_x(): pass\n',
        "-- tests/test_a.py --\nimport pytest\n@pytest.mark.skip(reason=WHY)\ndef test_x(): pass\n",
        "-- tests/test_a.py --\nimport pytest\n@pytest.mark.skip  # issue 4\ndef test_x(): pass\n",
        "-- tests/test_a.py --\nimport pytest\n@pytest.mark.skipif(True)\ndef test_x(): pass\n",
        "-- tests/test_a.py --\nimport pytest\n@pytest.mark.xfail\ndef test_x(): pass\n",
        "-- tests/test_a.py --\nimport pytest\ndef test_x():\n    if x:\n        pytest.skip()\n",
        "-- tests/test_a.py --\nimport pytest\ndef helper():\n    pytest.skip()\n",
        "-- tests/test_a.py --\nsource = '''\n@pytest.mark.skip\ndef test_x(): pass\n'''\n",
        "-- tests/test_a.py --\n@pytest.mark.skip(\n",
        "-- tests/fixtures/test_a.py --\nimport pytest\n@pytest.mark.skip\ndef test_x(): pass\n",
        "-- src/a.test.ts --\n// flaky, see issue 4\n// eslint-disable-next-line no-skip\nit.skip('adds', () => {})\n",
        "-- src/a.test.ts --\n// (see the other one)\nit.skip('adds', () => {})\n",
        "-- tests/test_a.py --\nimport pytest\n@pytest.mark.skip\n# issue 4\ndef test_x(): pass\n",
        "-- src/test/kotlin/ATest.kt --\nimport org.junit.jupiter.api.Test\nclass ATest {\n  @Test @Disabled fun x() {} // KT-12\n}\n",
        "-- src/test/kotlin/ATest.kt --\nimport org.junit.jupiter.api.Test\nclass ATest {\n  @Issue(\"KT-12\")\n  @Disabled\n  @Test\n  fun x() {}\n}\n",
        "-- src/test/kotlin/ATest.kt --\nimport org.junit.jupiter.api.Test\nclass ATest {\n  @Disabled\n  @Test\n  fun x() { // https://example.org/12\n  }\n}\n",
        "-- playground/css/main.test.helper.ts --\nit.skip('adds', () => {})\n",
        "-- src/a.test.ts --\nit.skip('should be skipped', () => {})\n",
        "-- src/a.test.ts --\nit.skip(`${name} adds`, () => {})\n",
        "-- src/a.test.ts --\ncode = `\nit.skip('adds', () => {})\n`\n",
        "-- src/a.test.ts --\n/*\nit.skip('adds', () => {})\n*/\n",
        "-- src/a.test.ts --\ntest.skip(browser === 'x', 'broken there')\n",
        "-- e2e/app/package.json --\n{}\n-- e2e/app/__tests__/a.test.js --\nit.skip('adds', () => {})\n",
        "-- tests/format/__snapshots__/x.snap --\n-- tests/format/a.js --\nit.skip('adds', () => {})\n",
        "-- a_test.go --\nfunc TestX(t *testing.T) {\n\tif testing.Short() {\n\t\tt.Skip()\n\t}\n}\n",
        "-- a_test.go --\n// TestX takes gigabytes of memory.\nfunc TestX(t *testing.T) {\n\tt.Skip()\n}\n",
        "-- a_test.go --\nfunc TestX(t *testing.T) {\n}\nfunc (t *fake) Fatalf() {\n\tt.SkipNow()\n}\n",
        '-- src/a.rs --\n#[test]\n#[ignore = "slow"]\nfn slow() {}\n',
        "-- src/a.rs --\n// takes an hour\n#[test]\n#[ignore]\nfn slow() {}\n",
        "-- src/test/java/ATest.java --\nimport org.junit.Ignore;\n  /**\n   * Fails, see issue 4.\n   */\n  @Test\n  @Ignore\n  public void x() {}\n",
        "-- src/test/java/ATest.java --\nimport org.junit.Ignore;\n@Ignore\npublic abstract class ATest {}\n",
        "-- src/test/java/ATest.java --\npackage org.junit.tests;\nimport org.junit.Ignore;\n@Ignore\npublic class ATest {}\n",
    ],
)  # fmt: skip
def test_reasons_conditions_and_material(repository, text):
    files = text + "-- tests/test_other.py --\n"
    assert keys(repository, files) == []


def test_options(repository):
    text = "-- tests/test_a.py --\nimport pytest\n@pytest.mark.skip\ndef test_x(): pass\n@pytest.mark.skip\ndef test_y(): pass\n"
    found = repository(text)
    assert findings_in(rule, found, require_reason=False) == ()
    assert findings_in(rule, found, ignore=("tests/*",)) == ()
    assert [one.key for one in findings_in(rule, found, require_reason=False, max_skips=1)] == ["count"]


def test_no_tests(repository):
    with pytest.raises(NotApplicable):
        findings_in(rule, repository("-- README.md --\nx\n"))


@pytest.mark.parametrize(
    "name", ["a.test.js", "a_test.go", "a.rs", "src/test/java/A.java", "tests/test_a.py"]
)
def test_hostile_files(repository, name):
    text = (
        "import org.junit.X\n"
        + "`(" * 50_000
        + "\n"
        + "it.skip('" * 20_000
        + "\n"
        + "/*" * 20_000
        + "\n@Ignore(" * 2_000
    )
    assert repository(f"-- {name} --\n{text}\n")[Skips].skips == ()


@pytest.mark.parametrize(
    "text",
    [
        "-- a.test.ts --\n// eslint-disable-next-line ava/no-skip-test -- Unreliable\ntest.skip('adds', () => {})\n",
        "-- a_test.go --\nfunc TestX(t *testing.T) {\n\tt.Skip() //nolint:x // no network here\n}\n",
    ],
)
def test_the_reason_of_a_directive_is_a_reason(repository, text):
    assert keys(repository, text) == []


def test_the_name_stands_behind_all_attributes(repository):
    text = "-- a.rs --\n#[test]\n#[ignore]\n#[cfg(any(\n  a,\n  b,\n  c,\n  d,\n))]\nfn slow() {}\n"
    assert keys(repository, text) == ["slow"]


WAIVER = "productops: ignore DEV007 until 2027-01-31 owner=@ann flaky until ABC-12, see #12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"-- tests/test_a.py --\nimport pytest\n@pytest.mark.skip  # {WAIVER}\ndef test_x(): pass\n", ["test_x"]),
        (f"-- tests/test_a.py --\nimport pytest\n# {WAIVER}\n@pytest.mark.skip\ndef test_x(): pass\n", ["test_x"]),
        (f"-- src/a.test.ts --\nit.skip('adds', () => {{}}) // {WAIVER}\n", ["adds"]),
        (f"-- src/a.test.ts --\n/* {WAIVER} */\nit.skip('adds', () => {{}})\n", ["adds"]),
        (f"-- a_test.go --\nfunc TestX(t *testing.T) {{\n\tt.Skip() // {WAIVER}\n}}\n", ["TestX"]),
        (f"-- src/a.rs --\n#[test]\n#[ignore] // {WAIVER}\nfn slow() {{}}\n", ["slow"]),
        (f"-- src/test/java/ATest.java --\nimport org.junit.Ignore;\nclass ATest {{\n  @Ignore // {WAIVER}\n  public void x() {{}}\n}}\n", ["x"]),
        (f"-- src/test/kotlin/ATest.kt --\nimport org.junit.jupiter.api.Disabled\n/*\n * {WAIVER}\n */\n@Disabled\nclass ATest\n", ["ATest"]),
    ],
)  # fmt: skip
def test_a_waiver_is_no_reason(repository, text, expected):
    assert keys(repository, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"-- tests/test_a.py --\nimport pytest\n@pytest.mark.skip  # no network here  # {WAIVER}\ndef test_x(): pass\n",
        f"-- src/a.test.ts --\n// no network here\nit.skip('adds', () => {{}}) // {WAIVER}\n",
        f"-- a_test.go --\nfunc TestX(t *testing.T) {{\n\tt.Skip() // no network here // {WAIVER}\n}}\n",
    ],
)
def test_what_stands_beside_a_waiver_is_a_reason(repository, text):
    assert keys(repository, text) == []
