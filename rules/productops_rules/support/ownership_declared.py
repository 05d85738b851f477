"""SUP001 ownership-declared."""

import re
from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    Create,
    Edit,
    Evidence,
    Files,
    Finding,
    Manifests,
    More,
    Owner,
    Ownership,
    Unavailable,
    fixes,
    rule,
)

DECLARE = (
    "name a person or team in .github/CODEOWNERS (`* @org/team`), MAINTAINERS.md or the package metadata"
)
Source = Literal[
    "codeowners", "owners", "maintainers", "catalog", "metadata", "security-insights", "document"
]
FILLER = frozenset({"team", "squad", "group", "owners", "maintainers", "the", "default"})


@rule("SUP001", stage="plan", level="bronze")
def ownership_declared(
    ownership: Ownership,
    manifests: Manifests,
    *,
    sources: tuple[Source, ...] = (),
    consistent: More[bool] = True,
) -> Iterator[Finding]:
    """Somebody is named who owns the repository.

    Looks at CODEOWNERS, OWNERS, MAINTAINERS and AUTHORS files, catalog-info.yaml (Backstage), opslevel.yml,
    cortex.yaml, SECURITY-INSIGHTS, the authors and maintainers of package metadata, and sections or sentences of
    process documents that name maintainers. A file that is there to name owners and is empty, all comments or as the
    template left it (`@your-org`) does not pass, whatever the others say.

    Why:
        A question, an incident or a security report that nobody is named for waits until somebody happens by.

    Fix:
        Name a person or a team in CODEOWNERS (`* @org/team`), in MAINTAINERS.md, or in the package metadata.

    Options:
        sources: the kinds that count: codeowners, owners, maintainers, catalog, metadata, security-insights,
            document; empty for all.
        consistent: the catalogue's owner must be among the default owners of CODEOWNERS.

    Source:
        OSPS Baseline OSPS-GV-01; Backstage entityOwnershipFactRetriever;
        https://docs.github.com/articles/about-code-owners

    Bad:
        -- .github/CODEOWNERS --
        # * @your-org/your-team
        -- pyproject.toml --
        [project]
        authors = [{ name = "Ann Smith" }]

    Bad:
        -- CODEOWNERS --
        * @acme/platform
        -- catalog-info.yaml --
        kind: Component
        spec:
          owner: group:default/payments

    Good:
        -- CODEOWNERS --
        * @acme/platform-team
        -- catalog-info.yaml --
        kind: Component
        spec:
          owner: platform

    Good:
        -- package.json --
        {"name": "invoices", "author": "Ann Smith <ann@acme.org>"}
    """
    owners = [owner for owner in ownership.owners if not sources or owner.source in sources]
    if ownership.hollow:
        first, *others = ownership.hollow
        evidence = tuple(Evidence(problem.location, problem.message) for problem in others)
        yield Finding("owner", f"{first.message}, so it names no owner", first.location, DECLARE, evidence)
    elif not owners:
        if ownership.unrecognised or ownership.problems:
            paths = [*ownership.unrecognised, *(str(problem.location) for problem in ownership.problems)]
            raise Unavailable(
                f"no name could be recognised in {', '.join(paths)}; write `Name <address>` or @handle"
            )
        manifests.demand("")
        message = "no owners file, package metadata or process document names who owns this repository"
        yield Finding("owner", message, fix=DECLARE)
    if consistent:
        yield from _contradiction(ownership)


def _contradiction(ownership: Ownership) -> Iterator[Finding]:
    """Compare the one owner of the catalogue with the teams that CODEOWNERS names by default."""
    stated = {_words(owner.name): owner for owner in ownership.catalogue}
    default = ownership.codeowners.default if ownership.codeowners else ()
    teams = [name for name in default if "/" in name]
    if len(stated) != 1 or not teams or len(teams) < len(default):
        return
    (words, owner), *_ = stated.items()
    if not _is_user(owner) and not any(words & _words(team) for team in teams):
        message = f"the catalogue says that {owner.name} owns this, CODEOWNERS says {', '.join(teams)}"
        yield Finding("consistent", message, owner.location, fix="name the same owner in both")


def _is_user(owner: Owner) -> bool:
    return owner.name.startswith("user:") or "@" in owner.name


def _words(name: str) -> frozenset[str]:
    """Return the telling words of a team's name, its organisation and kind left out."""
    words = frozenset(re.split(r"[^a-z0-9]+", name.lower().rpartition("/")[2].removeprefix("group:"))) - {""}
    return words - FILLER or words


OUTLINE = """# Who is asked to review what: https://docs.github.com/articles/about-code-owners
# TODO(productops): name the person or team that owns everything, as in
# * @organisation/team
"""


@fixes(ownership_declared, "scaffold")
def outline(finding: Finding, files: Files) -> Iterator[Edit]:
    """Make a CODEOWNERS file for you to name the owners in."""
    if finding.key == "owner" and finding.location is None:
        gitlab = ".gitlab-ci.yml" in files and ".github" not in files.folders
        yield Create(".gitlab/CODEOWNERS" if gitlab else ".github/CODEOWNERS", OUTLINE)
