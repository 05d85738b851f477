"""DEV007."""

from collections.abc import Iterator
from fnmatch import fnmatch

from pytest_productops.api import Finding, Less, More, NotApplicable, Skips, rule

MAX_NAME = 60


@rule("DEV007", stage="test", level="silver")
def skipped_tests_justified(
    skips: Skips, *, require_reason: More[bool] = True, max_skips: int = 0, ignore: Less[tuple[str, ...]] = ()
) -> Iterator[Finding]:
    """Every test that is skipped unconditionally says why.

    Looked at are `@pytest.mark.skip`, `@unittest.skip` and a plain `pytest.skip()` (Python), `it.skip`, `xit` and
    their like (JavaScript, TypeScript), `t.Skip()` as first thing of a test (Go), `#[ignore]` (Rust), `@Disabled` and
    `@Ignore` (Java, Kotlin). A reason is the one that the framework takes, or a comment beside or above. Skips that
    depend on a condition, and expected failures, are left alone. The age of a skip is not judged.

    Why:
        A skip without a word is never taken back: nobody knows whether the test or the product is wrong.
    Fix:
        Give the reason, best with the issue that will end the skip, or delete the test.
    Options:
        require_reason: whether each skip needs a reason.
        max_skips: most unconditional skips that a repository may have; 0 is no limit.
        ignore: paths (with `*`) whose skips are not looked at, as tests of a skipping feature.
    Source:
        Software Engineering at Google, chapter 11 (tests are maintained as code).
    Bad:
        -- tests/test_invoice.py --
        import pytest

        @pytest.mark.skip
        def test_rounding():
            assert round(2.5) == 3
    Bad:
        -- invoice_test.go --
        package invoice

        func TestRounding(t *testing.T) {
                t.Skip()
        }
    Good:
        -- tests/test_invoice.py --
        import pytest

        @pytest.mark.skip(reason="rounds half to even until issue 41 is done")
        def test_rounding():
            assert round(2.5) == 3
    """
    if not skips.files:
        raise NotApplicable("there are no tests in Python, JavaScript, Go, Rust, Java or Kotlin")
    found = [one for one in skips.skips if not any(fnmatch(one.location.path, glob) for glob in ignore)]
    for one in found if require_reason else ():
        if not one.reason:
            yield Finding(
                f"{one.location.path}#{one.test}",
                f"`{_short(one.test)}` is skipped by `{one.what}` without a reason",
                one.location,
                "say why, best with the issue that will end it, or delete the test",
            )
    if max_skips and len(found) > max_skips:
        place = found[max_skips].location
        yield Finding(
            "count",
            f"{len(found)} tests are skipped, at most {max_skips} may be",
            place,
            "mend or delete some",
        )


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1]}\u2026"
