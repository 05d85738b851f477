"""PRA004 declared-convention-followed."""

from collections.abc import Iterator

from pytest_productops.api import (
    Commit,
    Convention,
    Conventions,
    Finding,
    Followed,
    More,
    NotApplicable,
    Regex,
    Share,
    rule,
)

MOST_SHOWN = 3


@rule("PRA004", stage="review", level="silver")
def declared_convention_followed(
    conventions: Conventions,
    followed: Followed,
    *,
    window: int = 100,
    min_share: More[Share] = 0.9,
    min_sample: int = 20,
    pattern: Regex = "",
) -> Iterator[Finding]:
    """Commits keep to the convention that the repository declares.

    Looks for a declaration: settings of commitlint, commitizen, gitlint or a hook of pre-commit that ask for
    Conventional Commits, a check of titles in CI, release-please, semantic-release, a DCO check, or a sentence
    of the contributor guide that obliges ("must", "we use"); a mere mention is none. Then it reads the newest
    commits of people since that declaration: on a mainline of squashed requests their titles, on one of merges
    the commits of the branches. Merges, reverts, releases and what programs made are exempt. A squashed commit
    without a sign-off tells nothing, since the forge may have dropped it.

    Why:
        A rule that every tenth commit breaks is no rule, and the changelog or the release that is made from it
        is wrong. Newcomers cannot tell which of the other rules are meant.

    Fix:
        Check it in CI or by a hook, or stop claiming it.

    Options:
        window: how many commits are looked at.
        min_share: the share that must keep to it, from 0 to 1.
        min_sample: how many commits there must be to judge by.
        pattern: a regular expression of subjects, instead of what is declared.

    Source:
        https://www.conventionalcommits.org, https://developercertificate.org. Among the projects that declare
        nothing, 4 % of the commits are conventional; some that only mention it follow it in none.

    Bad:
        -- options --
        min_sample = 2
        -- .commitlintrc.json --
        {"extends": ["@commitlint/config-conventional"]}
        -- git log --
        2026-01-01 ann@example.org chore: start
        2026-01-02 ann@example.org feat: add the basket
        2026-01-03 bob@example.org Add the till

    Good:
        -- options --
        min_sample = 2
        -- .commitlintrc.json --
        {"extends": ["@commitlint/config-conventional"]}
        -- git log --
        2026-01-01 ann@example.org chore: start
        2026-01-02 ann@example.org feat: add the basket
        2026-01-03 bob@example.org fix(till)!: count in cents
    """
    declared = conventions.with_pattern(pattern)
    if not declared:
        raise NotApplicable("no convention for commits is declared")
    few = list[str]()
    for convention in declared:
        commits = followed.judged(convention, window)
        broken = [commit for commit in commits if not convention.obeyed(commit)]
        if len(commits) < min_sample:
            few.append(
                f"{convention}, but only {len(commits)} commits can be judged (min_sample {min_sample})"
            )
        elif len(commits) - len(broken) < min_share * len(commits):
            yield _finding(convention, len(commits), broken)
    if len(few) == len(declared):
        raise NotApplicable("; ".join(few))


def _finding(convention: Convention, total: int, broken: list[Commit]) -> Finding:
    kept = total - len(broken)
    newest = "; ".join(
        f"{each.short} {each.day} {each.author}: {each.subject[:60]}" for each in broken[:MOST_SHOWN]
    )
    share = f"{kept} of the last {total} commits ({kept / total:.0%})"
    message = f"{convention}, but {share} keep to it; newest others: {newest}"
    return Finding(
        convention.kind, message, convention.location, "check it in CI or by a hook, or stop claiming it"
    )
