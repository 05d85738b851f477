"""SUP011 review-stamps-honoured."""

import datetime
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from pytest_productops.api import (
    Clock,
    Evidence,
    Finding,
    Less,
    More,
    NotApplicable,
    Stamp,
    Stamps,
    Unavailable,
    interval,
    rule,
)

Latest = Callable[[datetime.date], datetime.date]


@rule("SUP011", stage="operate", level="silver")
def review_stamps_honoured(
    stamps: Stamps,
    clock: Clock,
    *,
    grace: Less[str] = "30d",
    default_interval: Less[str] = "12mo",
    required_for: More[tuple[str, ...]] = (),
    require_owner: More[bool] = False,
) -> Iterator[Finding | Evidence]:
    """Pages that promise a review get it in time.

    Reads the front matter `last_reviewed_on` with `review_in` (and the like: `reviewed`, `review_interval`,
    `review_cadence`), `next_review`, `review_by`, `expire_by`, Google's `freshness` comments, a line such as
    `Revisit on: 2026-05-01` in a document, and `reviewed` with `review_in` of the definition of done. A page is
    late when the promised day and the grace are past. A review dated in the future is a
    finding too, and so is a stamped page that says nothing. A date of
    review without an interval promises nothing; a template's stand-ins are no stamp.

    Why:
        A stamp tells the reader that somebody looks after the page. One that expired a year ago tells the
        opposite, and nobody knows which pages still hold.

    Fix:
        Read the page, correct it, and set the date of review anew; or agree on an interval that you can keep.

    Options:
        grace: how long a page may be late (`30d`, `2w`, `1mo`).
        default_interval: the interval of a `freshness` comment that names none.
        required_for: globs of pages that must bear a stamp, such as `docs/runbooks/*`.
        require_owner: whether a page with a stamp must name its owner, itself or by CODEOWNERS.

    Source:
        The GDS Way and GOV.UK's developer documentation (half of whose stamps had expired when we counted);
        Software Engineering at Google, chapter 10, on freshness dates.

    Bad:
        -- docs/restore.md --
        ---
        last_reviewed_on: 2025-01-10
        review_in: 6 months
        owner_slack: "#platform"
        ---
        # Restore a backup
        -- now --
        2026-02-01

    Bad:
        -- docs/restore.md --
        # Restore a backup
        -- options --
        required_for = ["docs/restore*"]

    Good:
        -- docs/restore.md --
        ---
        last_reviewed_on: 2026-01-10
        review_in: 6 months
        ---
        # Restore a backup
        Fetch last night's dump and load it into staging.
        -- docs/scale.md --
        <!--* freshness: { owner: 'ann' reviewed: '2025-03-01' } *-->
        # Scale out
        Add a worker; each serves a hundred requests a second.
        -- now --
        2026-02-01
    """
    late, default = interval(grace), interval(default_interval)
    if late is None or default is None:
        raise ValueError("grace and default_interval are spans such as 30d, 2w, 6mo or 1y")
    found = list(stamps.all(default))
    missing = [path for path in stamps.pages if _required(path, required_for, found)]
    if not missing and not any(each.due or each.unread for each in found):
        raise NotApplicable("no page promises a date of review")
    findings = [
        finding
        for each in found
        for finding in _judge(each, stamps, clock.today, late.after, require_owner=require_owner)
    ]
    findings += [
        Finding(
            path,
            f"{path} must bear a date of review, but has none",
            None,
            "add last_reviewed_on and review_in",
        )
        for path in missing
    ]
    unread = [f"{each.location}: {each.unread}" for each in found if each.unread and not each.due]
    if unread and not findings:
        raise Unavailable(f"no date or span can be read from {'; '.join(unread)}")
    yield from findings
    yield from (Evidence(each.location, f"due {each.due}") for each in found if each.due)


def _required(path: str, globs: tuple[str, ...], found: list[Stamp]) -> bool:
    stamped = any(stamp.location.path == path for stamp in found)
    return not stamped and any(fnmatchcase(path, glob) for glob in globs)


def _judge(
    stamp: Stamp, stamps: Stamps, today: datetime.date, latest: Latest, *, require_owner: bool
) -> Iterator[Finding]:
    path, tomorrow = stamp.location.path, today + datetime.timedelta(days=1)
    if stamp.reviewed and stamp.reviewed > tomorrow:
        message = f"it claims a review on {stamp.reviewed}, a day that has not come yet"
        yield Finding(f"{path}#future", message, stamp.location, "write the day on which it was reviewed")
    elif stamp.due and today > latest(stamp.due):
        last = f"last reviewed {stamp.reviewed}, every {stamp.interval}; " if stamp.interval else ""
        owner = stamps.owner(stamp)
        late = f"{(today - stamp.due).days} days overdue" + (f", owner {owner}" if owner else "")
        message = f"a review was promised by {stamp.due} ({last}{late})"
        yield Finding(
            path, message, stamp.location, "read the page, correct it, and set the date of review anew"
        )
    if (stamp.due or stamp.reviewed) and (hollow := stamps.hollow(stamp)):
        message = f"it bears a date of review, but {hollow}"
        yield Finding(f"{path}#empty", message, stamp.location, "write the page, or remove it")
    if require_owner and stamp.due and not stamps.owner(stamp):
        message = f"a review is promised by {stamp.due}, but nobody is named to see to it"
        yield Finding(f"{path}#owner", message, stamp.location, "name an owner in the page, or in CODEOWNERS")
