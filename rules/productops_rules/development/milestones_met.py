"""DEV012 milestones-met."""

from collections.abc import Iterator

from pytest_productops.api import (
    Clock,
    Done,
    Evidence,
    Finding,
    InForce,
    Less,
    Milestone,
    Milestones,
    More,
    NotApplicable,
    Reached,
    Register,
    Replans,
    Unavailable,
    interval,
    rule,
)

CRITERION = "make it true: the milestone was called met"


@rule("DEV012", stage="release", level="gold", profiles=("internal-product",))
def milestones_met(
    register: Register,
    milestones: Milestones,
    replans: Replans,
    done: Done,
    force: InForce,
    clock: Clock,
    *,
    grace: Less[str] = "0d",
    warn_before: More[str] = "14d",
    max_replans: Less[int] = 2,
) -> Iterator[Finding | Evidence]:
    """Milestones are met by their due day and to their specification.

    Looks at each `[[milestone]]` of the task register. Its evidence (a tag, a record, a trailer, a commit to paths)
    says whether and when it was met. One that is met must also be what was promised: its `spec` is there, and
    its `criteria`, which name criteria of the definition of done, hold as far as files tell. Each commit that puts
    the due day off is a re-plan. Mistakes in the register are those of task-register-valid; a milestone that one
    of them spoils, or that names no evidence, cannot be judged once it is due.

    Why:
        A day that may always move, or a "done" that nobody compares with the promise, plans nothing.
    Fix:
        Finish it and leave its evidence. Agree on another day before the old one has passed, and write it into
        `due`. What was met too late stays so: waive it with what you learnt, or take it off the register.
    Options:
        grace: how much later than `due` is still in time.
        warn_before: how long before its day a milestone is pointed out where the rule passes.
        max_replans: how often a due day may be put off.
    Source:
        "On time and to specification"; Kubernetes, enhancements freeze
        (https://github.com/kubernetes/sig-release/blob/master/releases/release_phases.md).
    Bad:
        -- .productops/tasks.toml --
        [[milestone]]
        id = "v2-ga"
        title = "Version 2 generally available"
        owner = "platform"
        due = 2026-10-01
        evidence = [{ type = "tag", pattern = "v2.0.0" }]
        -- git log --
        2026-01-05 ann@acme.test Start <v1.0.0>
        -- now --
        2026-11-22
    Bad:
        -- .productops/tasks.toml --
        [[milestone]]
        id = "v2-ga"
        title = "Version 2 generally available"
        owner = "platform"
        due = 2026-10-01
        spec = "docs/specs/v2.md"
        evidence = [{ type = "tag", pattern = "v2.0.0" }]
        -- git log --
        2026-01-05 ann@acme.test Start <v2.0.0>
        -- now --
        2026-11-22
    Bad:
        -- .productops/tasks.toml --
        [[milestone]]
        id = "v2-ga"
        title = "Version 2 generally available"
        owner = "platform"
        due = 2026-10-01
        criteria = ["release.notes"]
        evidence = [{ type = "tag", pattern = "v2.0.0" }]
        -- .productops/done.toml --
        [[stage]]
        id = "release"
          [[stage.criterion]]
          id = "release.notes"
          text = "Notes are written"
          check = { artifact = { path = "docs/notes.md" } }
        -- git log --
        2026-01-05 ann@acme.test Start <v2.0.0>
        -- now --
        2026-11-22
    Good:
        -- .productops/tasks.toml --
        [[milestone]]
        id = "v2-ga"
        title = "Version 2 generally available"
        owner = "platform"
        due = 2026-10-01
        spec = "docs/specs/v2.md"
        evidence = [{ type = "tag", pattern = "v2.0.0" }]
        -- docs/specs/v2.md --
        # Version 2
        Baskets can be shared between people.
        -- git log --
        2026-01-05 ann@acme.test Start
        2026-09-28 ann@acme.test Release 2.0 <v2.0.0>
        -- now --
        2026-11-22
    """
    longest, early = interval(grace), interval(warn_before)
    if longest is None or early is None:
        raise ValueError("grace and warn_before are spans such as 0d, 14d or 2w")
    if not register.milestones:
        raise NotApplicable(
            "the register names no milestone" if register.path else "there is no task register"
        )
    unknown = [f"the register has a mistake, see OPS001: {problem.message}" for problem in register.problems]
    found: list[Finding] = []
    for milestone in register.milestones:
        reached = milestones.reached(milestone)
        found += [Finding(f"{milestone.id}.{f.key}", f.message, f.location, f.fix) for f in reached.flaws]
        found += _replanned(milestone, replans, max_replans)
        late = (reached.day or clock.today) > longest.after(milestone.due)
        if reached.day:
            found += _promised(milestone, force, done)
            unknown += [
                f"{milestone.id}: {name} is no criterion that is known, see OPS001"
                for name in _lost(milestone, done)
            ]
        elif late:
            unknown += [f"{milestone.id}: {reason}" for reason in reached.unknown]
        elif early.after(clock.today) >= milestone.due:
            yield Evidence(
                milestone.location, f"{milestone.id} is due {milestone.due}, owner {milestone.owner}"
            )
        if late and (reached.day or not reached.unknown):
            found.append(_late(milestone, reached))
    if unknown and not found:
        raise Unavailable("; ".join(unknown))
    yield from found


def _late(milestone: Milestone, reached: Reached) -> Finding:
    how = f"met on {reached.day}" if reached.day else "nothing shows that it is met"
    days = f"{reached.late} day{'s' if reached.late > 1 else ''} late"
    message = f"{milestone.id}: due {milestone.due}, {how}, {days}, owner {milestone.owner}"
    fix = (
        "waive it with what you learnt"
        if reached.day
        else "finish it and leave its evidence, or agree on another day"
    )
    return Finding(f"{milestone.id}.late", message, milestone.location, fix)


def _replanned(milestone: Milestone, replans: Replans, most: int) -> Iterator[Finding]:
    days = replans.put_off(milestone.id)
    if len(days) > most:
        often = f"put off {len(days)} times, at most {most} are agreed"
        message = f"{milestone.id}: {often}; first due {days[0]}, now {milestone.due}"
        yield Finding(
            f"{milestone.id}.replanned", message, milestone.location, "cut what it promises, and keep the day"
        )


def _promised(milestone: Milestone, force: InForce, done: Done) -> Iterator[Finding]:
    if milestone.spec and (reason := force.reference(milestone.spec)):
        message = f"{milestone.id} is met, but not known to what specification: {reason}"
        yield Finding(
            f"{milestone.id}.spec", message, milestone.location, "write it, or name the file that is there"
        )
    for criterion in done.criteria:
        for reason in force.lacks(criterion) if criterion.id in milestone.criteria else ():
            message = f"{milestone.id} is met, but {criterion.id} does not hold: {reason}"
            yield Finding(f"{milestone.id}.{criterion.id}", message, milestone.location, CRITERION)
            break


def _lost(milestone: Milestone, done: Done) -> list[str]:
    known = {criterion.id for criterion in done.criteria}
    return [name for name in milestone.criteria if name not in known]
