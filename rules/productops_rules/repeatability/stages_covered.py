"""REP003 stages-covered."""

from collections.abc import Iterator

from pytest_productops.api import Covered, Done, Evidence, Finding, NotApplicable, Unavailable, rule


@rule("REP003", stage="plan", level="gold", profiles=("internal-product",))
def stages_covered(done: Done, covered: Covered) -> Iterator[Finding | Evidence]:
    """Every stage of the work has criteria in the definition of done and a procedure, or a reason why not.

    The stages are plan, build, review, test, release, deploy and operate. The procedure is the `doc` of the stage,
    and must be there and say something. Without `doc` it is found by what it is about: a roadmap, decision records
    or governance; how to set up, to test and to submit a change; documents on review, testing, release,
    deployment; a runbook. A stage that does not exist says so: `not_applicable = "library, nothing is deployed"`.

    Why:
        What no stage covers is done by whoever remembers it, in their own way.
    Fix:
        Add the stage with its criteria and `doc`, or `not_applicable` with the reason.
    Source:
        Microsoft engineering fundamentals playbook, definition of done; GitLab, which splits it by stage.
    Bad:
        -- .productops/done.toml --
        [[stage]]
        id = "review"
          [[stage.criterion]]
          id = "review.approvals"
          text = "Two approvals"
          check = { approval = { role = "@acme/owners", count = 2 } }
    Bad:
        -- DEFINITION_OF_DONE.md --
        # Review
        - Two approvals.
        # Test
        - `pytest` passes.
    Good:
        -- .productops/done.toml --
        [[stage]]
        id = "plan"
        not_applicable = "maintenance only, nothing new is planned"
        [[stage]]
        id = "build"
        not_applicable = "plain scripts, nothing is built"
        [[stage]]
        id = "review"
        doc = "CONTRIBUTING.md#reviews"
          [[stage.criterion]]
          id = "review.approvals"
          text = "Two approvals"
          check = { approval = { role = "@acme/owners", count = 2 } }
        [[stage]]
        id = "test"
        not_applicable = "covered by the tests of the product"
        [[stage]]
        id = "release"
        not_applicable = "used from the main branch, never released"
        [[stage]]
        id = "deploy"
        not_applicable = "library, nothing is deployed"
        [[stage]]
        id = "operate"
        not_applicable = "library, nothing is operated"
        -- CONTRIBUTING.md --
        # Contributing
        ## Reviews
        Two owners approve each change before it is merged.
    """
    if not done.path:
        raise NotApplicable("no definition of done (REP001 says whether there must be one)")
    if done.problems:
        raise Unavailable(f"the definition of done has a mistake, see REP001: {done.problems[0].message}")
    for flaw in covered.lacking():
        yield Finding(flaw.key, flaw.message, flaw.location, flaw.fix)
    yield Evidence(done.at, f"{len(done.stages)} stages")
