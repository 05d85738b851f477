"""Everything that a rule pack may import, and nothing else of the package."""

from pytest_productops.declaration import Less, More, rule
from pytest_productops.facts.changes import Changes, Landing
from pytest_productops.facts.changes.conventions import Convention, Conventions
from pytest_productops.facts.changes.followed import Followed
from pytest_productops.facts.changes.tested import Tested, TestedChanges
from pytest_productops.facts.channels import Channels
from pytest_productops.facts.checkout import Checkout, Lack
from pytest_productops.facts.clock import Clock
from pytest_productops.facts.code import Block, Complexity
from pytest_productops.facts.commands import Call, Commands, Line, Resolution, Target, calls
from pytest_productops.facts.components import Component, Components
from pytest_productops.facts.coverage import Coverage, CoverageGate
from pytest_productops.facts.coverage.claims import CoverageClaims
from pytest_productops.facts.documents import (
    Artifact,
    Code,
    CodeBlock,
    Comment,
    Document,
    Documents,
    Heading,
    Item,
    Link,
    Prose,
    Section,
)
from pytest_productops.facts.done import Criterion, Done, Stage
from pytest_productops.facts.done.checks import Checks
from pytest_productops.facts.done.resolving import InForce
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.freshness.lag import Freshness, Page
from pytest_productops.facts.freshness.stamps import Stamp, Stamps, interval
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.topics import TOPICS as GUIDE_TOPICS
from pytest_productops.facts.history import Change, Commit, History, Removal, Tag
from pytest_productops.facts.links import Anchors, Links, Mentions, Reach
from pytest_productops.facts.links import Dead as DeadLink
from pytest_productops.facts.locks.drifts import Compared as LockComparison
from pytest_productops.facts.locks.drifts import LockDrifts
from pytest_productops.facts.mirror import Mirror
from pytest_productops.facts.operations.deployment import TOPICS as DEPLOYMENT_TOPICS
from pytest_productops.facts.operations.deployment import Deployment
from pytest_productops.facts.operations.environments import Environments
from pytest_productops.facts.ownership import CodeOwners, Owner, Ownership
from pytest_productops.facts.ownership.effect import Effect, Idle
from pytest_productops.facts.ownership.unowned import CriticalPaths, Gap
from pytest_productops.facts.pipelines import Execution, Job, Opaque, Pipeline, Pipelines, Step
from pytest_productops.facts.pipelines.documented import DocumentedTests
from pytest_productops.facts.pipelines.references import Broken, References
from pytest_productops.facts.product import Product
from pytest_productops.facts.quality import Quality
from pytest_productops.facts.quoted import Quoted, QuotedCommands
from pytest_productops.facts.readme.orientation import TOPICS as README_TOPICS
from pytest_productops.facts.readme.orientation import Orientation
from pytest_productops.facts.register import Register, Task
from pytest_productops.facts.register.references import Referred
from pytest_productops.facts.register.runs import Runs, Status
from pytest_productops.facts.releases.changelogs import Changelogs
from pytest_productops.facts.releases.declared import Declared, DeclaredVersions
from pytest_productops.facts.releases.entries import Changelog, Entry
from pytest_productops.facts.releases.matching import ReleaseMatch
from pytest_productops.facts.releases.procedure import ReleaseProcedure
from pytest_productops.facts.releases.publishing import Publication, Publishing
from pytest_productops.facts.releases.tags import Release, Releases
from pytest_productops.facts.review.policy import ReviewPolicy
from pytest_productops.facts.rulebook import Rulebook
from pytest_productops.facts.security.policy import SecurityPolicy
from pytest_productops.facts.skips import Skip, Skips
from pytest_productops.facts.substance import (
    Placeholder,
    empty_sections,
    filled_by_site,
    lack,
    placeholders,
    unfinished,
    words,
)
from pytest_productops.facts.team import Team
from pytest_productops.facts.toolchains import Toolchains
from pytest_productops.facts.updates import Updater, Updates
from pytest_productops.facts.updates.needs import Need as UpdateNeed
from pytest_productops.facts.updates.needs import Needs as UpdatesNeeded
from pytest_productops.facts.updates.needs import covering, watches
from pytest_productops.facts.updates.proposed import Proposed
from pytest_productops.facts.waivers import Broken as BrokenWaiver
from pytest_productops.facts.waivers import Ignored, InlineWaivers, Waiver, Waivers, unexplained
from pytest_productops.hookspecs import hookimpl, rules_in
from pytest_productops.model import Evidence, Finding, Location, NotApplicable, Rule
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = [
    "DEPLOYMENT_TOPICS",
    "GUIDE_TOPICS",
    "README_TOPICS",
    "Anchors",
    "Artifact",
    "Block",
    "Broken",
    "BrokenWaiver",
    "Call",
    "Change",
    "Changelog",
    "Changelogs",
    "Changes",
    "Channels",
    "Checkout",
    "Checks",
    "Clock",
    "Code",
    "CodeBlock",
    "CodeOwners",
    "Commands",
    "Comment",
    "Commit",
    "Complexity",
    "Component",
    "Components",
    "Convention",
    "Conventions",
    "Coverage",
    "CoverageClaims",
    "CoverageGate",
    "Criterion",
    "CriticalPaths",
    "DeadLink",
    "Declared",
    "DeclaredVersions",
    "Deployment",
    "Document",
    "DocumentedTests",
    "Documents",
    "Done",
    "Effect",
    "Entry",
    "Environments",
    "Evidence",
    "Execution",
    "Fact",
    "Files",
    "Finding",
    "Followed",
    "Freshness",
    "Gap",
    "Guides",
    "Heading",
    "History",
    "Idle",
    "Ignored",
    "InForce",
    "InlineWaivers",
    "Item",
    "Job",
    "Lack",
    "Landing",
    "Less",
    "Line",
    "Link",
    "Links",
    "Location",
    "LockComparison",
    "LockDrifts",
    "Mentions",
    "Mirror",
    "More",
    "NotApplicable",
    "Opaque",
    "Orientation",
    "Owner",
    "Ownership",
    "Page",
    "Pipeline",
    "Pipelines",
    "Placeholder",
    "Product",
    "Proposed",
    "Prose",
    "Publication",
    "Publishing",
    "Quality",
    "Quoted",
    "QuotedCommands",
    "Reach",
    "References",
    "Referred",
    "Register",
    "Release",
    "ReleaseMatch",
    "ReleaseProcedure",
    "Releases",
    "Removal",
    "Repository",
    "Resolution",
    "ReviewPolicy",
    "Rule",
    "Rulebook",
    "Runs",
    "Section",
    "SecurityPolicy",
    "Skip",
    "Skips",
    "Stage",
    "Stamp",
    "Stamps",
    "Status",
    "Step",
    "Tag",
    "Target",
    "Task",
    "Team",
    "Tested",
    "TestedChanges",
    "Toolchains",
    "Unavailable",
    "Unreadable",
    "UpdateNeed",
    "Updater",
    "Updates",
    "UpdatesNeeded",
    "Waiver",
    "Waivers",
    "calls",
    "covering",
    "empty_sections",
    "filled_by_site",
    "hookimpl",
    "interval",
    "lack",
    "own_words",
    "placeholders",
    "rule",
    "rules_in",
    "unexplained",
    "unfinished",
    "watches",
    "words",
]
