"""OPS004."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import Evidence, Finding, More, NotApplicable, ReleaseMatch, rule


@rule("OPS004", stage="release", level="silver", demands={"strict": {"secrets_documented": True}})
def release_doc_matches_workflow(
    match: ReleaseMatch, *, secrets_documented: More[bool] = False
) -> Iterator[Finding | Evidence]:
    """The release procedure speaks of the workflows that release, and names none that is gone.

    A workflow that the procedure names or links must be in the repository; one that never was there is not
    reported. A tag that the procedure tells to push must start a workflow that publishes. Where CI publishes
    and the procedure speaks of no automation at all, that is a finding for each workflow. Nothing is judged
    without both a procedure and a workflow.

    Why:
        A release by a procedure of the past fails halfway, when the version is already out.
    Fix:
        Name the workflows as they are today, and what starts them.
    Options:
        secrets_documented: each secret of a publishing workflow is named in the procedure
    Source:
        OSPS-BR-07.02; docs that link a workflow under the name that it had before.
    Bad:
        -- RELEASING.md --
        # Releasing
        1. Update the version.
        2. Run the workflow `.github/workflows/release-to-pypi.yml`.
        -- .github/workflows/publish.yml --
        on: workflow_dispatch
        jobs:
          publish:
            runs-on: x
            steps: [{uses: pypa/gh-action-pypi-publish@v1}]
        -- git log --
        2026-01-05 ann@example.org Begin
        2026-02-05 ann@example.org Rename the workflow [-.github/workflows/release-to-pypi.yml]
    Good:
        -- RELEASING.md --
        # Releasing
        1. Update the version.
        2. Push the tag, `git push origin v1.2.0`; the workflow `publish.yml` does the rest.
        -- .github/workflows/publish.yml --
        on: {push: {tags: ["v*"]}}
        jobs:
          publish:
            runs-on: x
            steps: [{uses: pypa/gh-action-pypi-publish@v1}]
        -- git log --
        2026-01-05 ann@example.org Begin
    """
    if not match.both:
        raise NotApplicable("there is no release procedure, or no workflow that publishes")
    for gone in match.gone():
        fix = f"name {gone.instead}" if gone.instead else "name what does it today, or drop the line"
        yield Finding(
            f"workflow:{gone.path}",
            f"the release procedure names {gone.path}: {gone.why}",
            gone.location,
            fix,
        )
    for tag, place, patterns in match.tags():
        message = f"the release procedure tags `{tag}`, and workflows that publish start on {patterns}"
        yield Finding(f"tag:{tag}", message, place, "use the tag that starts the workflow")
    for publication in match.unspoken():
        message = (
            f"the release procedure does not speak of {publication.path}, which publishes {publication.what}"
        )
        yield Finding(
            f"unspoken:{publication.path}", message, match.place, "say what starts it and what it does"
        )
    if secrets_documented:
        for name, place in match.secrets():
            yield Finding(
                f"secret:{name}",
                f"the release procedure does not name the secret {name}",
                place,
                "say who owns it",
            )
    yield Evidence(match.place, "the release procedure")
