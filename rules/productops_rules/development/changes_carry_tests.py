"""DEV005 changes-carry-tests."""

import fnmatch
import re
from collections.abc import Iterator

from pytest_productops.api import Finding, Less, More, NotApplicable, Share, TestedChanges, rule

MOST_SHOWN = 5


@rule("DEV005", stage="review", level="silver")
def changes_carry_tests(
    changes: TestedChanges,
    *,
    window: int = 300,
    min_sample: int = 30,
    min_share: More[Share] = 0.3,
    fix_share: More[Share] = 0.0,
    test_globs: Less[tuple[str, ...]] = (),
    inline_tests: tuple[str, ...] = (".rs", ".zig"),
) -> Iterator[Finding]:
    """Changes of the source bring tests along.

    Looks at the newest changes on the mainline that people made and counts those that touch the product's
    source, and among them those that touch tests too. A merge counts as one change with all that it brought.
    Documentation, examples, scripts, settings, generated and vendored files are no source. Releases, reverts,
    deletions, refactorings and the like (by their subject) do not count, nor changes of more than 100 files.
    Tests are known by the names that each ecosystem's tools give them; in Rust and Zig the changed lines tell.

    Why:
        A change without a test works today. Whoever changes the same lines next cannot know what must hold.

    Fix:
        Ask for a test in review, and say so in the contributor guide. If your tests have other names, list
        them in `test_globs`.

    Options:
        window: how many changes are looked at.
        min_sample: how many of them must touch source to judge by.
        min_share: the share of those that must touch tests, from 0 to 1.
        fix_share: the same for changes whose subject says fix; 0 is off, 0.5 is usual for gold.
        test_globs: globs of further paths that hold tests (`*` crosses `/`).
        inline_tests: suffixes of files that hold their tests beside the code.

    Source:
        OpenSSF best practices badge, tests_are_added and regression_tests_added50
        (https://www.bestpractices.dev/en/criteria/0). Among 82 projects with five authors a year half bring
        tests with 57 % of such changes, a quarter with less than 44 %, a tenth with less than 17 %.

    Bad:
        -- options --
        min_sample = 2
        -- git log --
        2026-01-01 ann@example.org Start
        2026-01-02 ann@example.org Add the basket [+src/basket.py]
        2026-01-03 ann@example.org Add the till [+src/till.py]
        2026-01-04 ann@example.org Test the till [+tests/test_till.py]

    Good:
        -- options --
        min_sample = 2
        -- git log --
        2026-01-01 ann@example.org Start
        2026-01-02 ann@example.org Add the basket [+src/basket.py] [+tests/test_basket.py]
        2026-01-03 ann@example.org Add the till [+src/till.py]
        2026-01-04 ann@example.org Describe it [+docs/till.md]
    """
    globs = tuple(re.compile(fnmatch.translate(glob)) for glob in test_globs)
    found = changes.newest(window, globs, inline_tests)
    if len(found) < min_sample:
        raise NotApplicable(
            f"{len(found)} changes of source are too few to judge by (min_sample {min_sample})"
        )
    fixes = [each for each in found if each.fix]
    for key, what, sample, share in (
        ("tests", "changes of source", found, min_share),
        ("fixes", "fixes", fixes, fix_share),
    ):
        without = [each for each in sample if not each.tests]
        carried = len(sample) - len(without)
        if len(sample) >= min_sample and carried < share * len(sample):
            newest = "; ".join(str(each.landing) for each in without[:MOST_SHOWN])
            shares = f"{carried} of the last {len(sample)} did ({carried / len(sample):.0%})"
            message = f"{share:.0%} of {what} shall bring tests along, {shares}; newest without: {newest}"
            yield Finding(
                key, message, fix="ask for a test in review; list tests of other names in `test_globs`"
            )
