"""PRA009 template-sync-current."""

from collections.abc import Iterator

from pytest_productops.api import (
    Answers,
    Clock,
    Commit,
    Evidence,
    Finding,
    Generated,
    Less,
    Location,
    NotApplicable,
    rule,
)

HOW = {
    "copier": "run `copier update`",
    "cruft": "run `cruft update`",
    "template": "merge what is new in the template",
}


@rule("PRA009", stage="build", level="gold", profiles=("internal-product",))
def template_sync_current(
    generated: Generated, clock: Clock, *, max_age: Less[str] = "365d"
) -> Iterator[Finding | Evidence]:
    """What was generated from a template was brought up to it lately, and no conflict is left.

    Looks at Copier's answers (`.copier-answers.yml`), cruft's (`.cruft.json`) and a marker `.github/template`, at the
    root and in components. An update changes that file, so the day of its last commit is that of the last update:
    whether the template has anything new cannot be told offline. Where CI updates or checks it, or Renovate proposes
    new versions of a Copier template, that is enough. Files `*.rej` hold what an update could not merge.

    Why:
        What the template learnt since (a security setting, a new runtime) does not reach the product by itself.
    Fix:
        Update from the template, resolve what conflicts, delete `*.rej`. Let CI run `copier check-update` or
        `cruft check` on a schedule.
    Options:
        max_age: how long ago the last update may be.
    Source:
        Copier (https://copier.readthedocs.io/en/stable/updating/), cruft (https://cruft.github.io/cruft/), Open edX'
        cookiecutters with repo health checks.
    Bad:
        -- .copier-answers.yml --
        _commit: cf81ff6
        _src_path: gh:acme/service-template
        -- git log --
        2025-01-05 ann@acme.test Start
        2026-11-01 ann@acme.test Add the basket [+basket.py]
        -- now --
        2026-11-22
    Bad:
        -- .cruft.json --
        {"template": "https://github.com/acme/service-template", "commit": "cf81ff6"}
        -- Makefile.rej --
        --- Makefile
        +++ Makefile
        @@ -1 +1 @@
        -test:
        +check:
        -- git log --
        2026-10-05 ann@acme.test Start
        -- now --
        2026-11-22
    Bad:
        -- .cruft.json --
        {}
        -- git log --
        2026-10-05 ann@acme.test Start
        -- now --
        2026-11-22
    Good:
        -- .cruft.json --
        {"template": "https://github.com/acme/service-template", "commit": "cf81ff6"}
        -- git log --
        2025-01-05 ann@acme.test Start
        2026-10-05 ann@acme.test Update from the template [+.cruft.json]
        -- now --
        2026-11-22
    """
    oldest = clock.since(max_age)
    if not generated.answers:
        raise NotApplicable("nothing says that it was generated from a template")
    for path in generated.rejected:
        message = f"{path} holds what an update from the template could not merge"
        yield Finding(path, message, Location(path), "merge it by hand, then delete this file")
    for answers in generated.answers:
        if not answers.source:
            message = f"{answers.path} names no template"
            yield Finding(
                f"{answers.path}#source", message, answers.location, "name the template, or delete the file"
            )
        elif place := generated.kept(answers):
            yield Evidence(place, f"keeps {answers.path} up to {answers.source}")
        elif (commit := generated.changed(answers)) and commit.day < oldest:
            yield _finding(answers, commit, (clock.today - commit.day).days, max_age)
        else:
            yield Evidence(answers.location, f"last changed {commit.day if commit else 'now'}")


def _finding(answers: Answers, commit: Commit, age: int, longest: str) -> Finding:
    message = (
        f"{answers.path} was last changed on {commit.day}, {age} days ago (at most {longest}), in {commit.short}:"
        f" since then nothing came from {answers.source}"
    )
    return Finding(
        answers.path, message, answers.location, f"{HOW[answers.tool]}, and let CI check it on a schedule"
    )
