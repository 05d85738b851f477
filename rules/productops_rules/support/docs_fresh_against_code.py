"""SUP010 docs-fresh-against-code."""

from collections.abc import Iterator

from pytest_productops.api import (
    Evidence,
    Finding,
    Freshness,
    Less,
    Location,
    NotApplicable,
    Page,
    interval,
    rule,
)

MOST_SHOWN = 3


@rule("SUP010", stage="review", level="silver")
def docs_fresh_against_code(
    freshness: Freshness,
    *,
    max_lag: Less[str] = "180d",
    min_commits: Less[int] = 10,
    exclude: Less[tuple[str, ...]] = ("*.lock", "*/locale/*", "*.json"),
) -> Iterator[Finding]:
    """A document that names source files is read again when these have changed a lot.

    Looks at documents on the process and the architecture that name source files of the repository, by a link,
    as a path in code, or by globs in the front matter `describes`. One is stale when what it names changed
    `max_lag` or more after the document was touched last, and in `min_commits` commits or more. Commits
    of programs, of more than 100 files and those of `.git-blame-ignore-revs` do not count; files that grow with
    every feature (indexes, settings, routes) neither. A stamp of review (`last_reviewed_on`) counts as a touch.

    Why:
        Age alone makes no document wrong. But one whose subject was rewritten under it leads its reader to
        code that is no longer there.

    Fix:
        Read the document against the files that the finding lists, correct it, or set `last_reviewed_on`.

    Options:
        max_lag: how far a document may lag behind what it names (`180d`, `6mo`).
        min_commits: how many commits to what it names make it stale.
        exclude: globs of files whose changes do not count (`*` crosses `/`).

    Source:
        OpenSSF best practices badge, documentation_current; Google's engineering practices ("update the docs in
        the same change"). Among 153 pages that name source half lag 10 days; both conditions hold for 12 %.

    Bad:
        -- options --
        min_commits = 2
        -- docs/architecture.md --
        # Architecture
        Prices are counted in `shop/prices.py`.
        -- shop/prices.py --
        VAT = 19
        -- git log --
        2025-01-01 ann@example.org Start
        2025-01-02 ann@example.org Describe it [+docs/architecture.md]
        2025-01-03 ann@example.org Count them [+shop/prices.py]
        2025-09-01 ann@example.org Rewrite [-shop/prices.py]
        2026-01-01 ann@example.org Bring it back [+shop/prices.py]

    Good:
        -- options --
        min_commits = 2
        -- docs/architecture.md --
        # Architecture
        Prices are counted in `shop/prices.py`.
        -- shop/prices.py --
        VAT = 19
        -- git log --
        2025-01-01 ann@example.org Start
        2025-01-03 ann@example.org Count them [+shop/prices.py]
        2025-09-01 ann@example.org Rewrite [-shop/prices.py]
        2026-01-01 ann@example.org Bring it back [+shop/prices.py]
        2026-01-02 ann@example.org Describe it [+docs/architecture.md]
    """
    longest = interval(max_lag)
    if longest is None:
        raise ValueError("max_lag is a span such as 180d or 6mo")
    pages = freshness.pages(exclude)
    if not pages:
        raise NotApplicable("no document on process or architecture names source files")
    for page in pages:
        if (
            page.touched
            and page.newest
            and page.newest >= longest.after(page.touched)
            and page.commits >= min_commits
        ):
            yield _finding(page)


def _finding(page: Page) -> Finding:
    most = page.since.most_common(MOST_SHOWN)
    names = ", ".join(f"{path} ({count} commits)" for path, count in most)
    message = (
        f"{page.path} was touched last on {page.touched}; what it names changed up to {page.newest}: {names}"
    )
    evidence = tuple(
        Evidence(Location(page.path, page.references[path]), f"names {path}") for path, _ in most
    )
    fix = "read it against these files, correct it, or set last_reviewed_on in its front matter"
    return Finding(page.path, message, page.location, fix, evidence)
