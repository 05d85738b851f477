"""REP007."""

from collections.abc import Iterator

from pytest_productops.api import Evidence, Finding, More, NotApplicable, Procedure, Procedures, Share, rule

NAMES = {"release": "releasing", "deployment": "deploying", "rollback": "going back", "restore": "restoring"}


@rule("REP007", stage="release", level="silver", profiles=("service", "internal-product"))
def procedures_are_stepwise(
    procedures: Procedures, *, min_steps: More[int] = 3, min_actionable: More[Share] = 0.5
) -> Iterator[Finding | Evidence]:
    """How to release, deploy, go back and restore is written in steps that anybody can follow.

    A procedure is a numbered list, a checklist, numbered headings, or commands in their order; at least half of
    its steps hold a command, a link or a place to click, and it says what to see in the end. What a machine does,
    and what a command or two do, needs no list. Of several texts on one subject the best counts. A pass tells the
    number of steps that people do by hand.

    Why:
        A paragraph is followed by who wrote it. Others skip what stands in a subordinate clause.

    Fix:
        Number the steps; give each its command or link; end with what shows that it worked.

    Options:
        min_steps: from how many things to do on there must be a list.
        min_actionable: the least share of the steps that hold a command, a link or a place to click.

    Source:
        DORA, deployment automation (count the manual steps); Google SRE book, chapter 8

    Bad:
        -- RELEASING.md --
        # Releasing
        Update the version in the settings. Write the release notes. Create a tag on the main branch. Push it
        when the team agrees. Tell the others.

    Bad:
        -- RELEASING.md --
        # Releasing
        1. Think about the version.
        2. Ask around.
        3. Bring it out, so that it is published.

    Bad:
        -- RELEASING.md --
        # Releasing
        1. Run `make version`.
        2. Run `git tag v1`.
        3. Run `git push --tags`.

    Good:
        -- RELEASING.md --
        # Releasing
        1. Run `make version`.
        2. Run `git push --tags`.
        3. Verify that the new version is at https://pypi.org/project/shop.
    """
    if not procedures.all:
        raise NotApplicable(
            "nothing tells how to release, deploy, go back or restore; OPS003 and OPS007 ask for that"
        )
    for each in procedures.all:
        found = list(_flaws(each, min_steps, min_actionable))
        yield from found
        if not found:
            by_hand = "by a machine" if each.automated and each.steps < min_steps else f"{each.steps} steps"
            yield Evidence(each.location, f"{NAMES[each.kind]}: {by_hand}")


def _flaws(each: Procedure, min_steps: int, min_actionable: float) -> Iterator[Finding]:
    name = NAMES[each.kind]
    if each.steps < min_steps:
        if each.loose >= min_steps and not each.automated:
            message = f"{name} is told in {each.loose} sentences or loose points, not in numbered steps"
            yield Finding(f"{each.kind}.steps", message, each.location, "number the steps")
        return
    if each.actionable < min_actionable * each.steps:
        message = (
            f"{name}: {each.actionable} of {each.steps} steps hold a command, a link or a place to click"
        )
        yield Finding(f"{each.kind}.actionable", message, each.location, "give each step its command or link")
    if not each.result:
        message = f"{name} has {each.steps} steps, and none says what to see when it worked"
        yield Finding(
            f"{each.kind}.result", message, each.location, "end with what to look at, and what is right"
        )
