"""Everything that a rule pack may import, and nothing else of the package."""

from pytest_productops.declaration import Less, More, Percent, Regex, Share, fixes, rule
from pytest_productops.edits import LAST, Create, Edit, Insert, Remove, Replace
from pytest_productops.facts.agreement import TOPICS as AGREEMENT_TOPICS
from pytest_productops.facts.agreement import Agreement
from pytest_productops.facts.alerts import PARTS as ALERT_PARTS
from pytest_productops.facts.alerts import Alert, Alerts
from pytest_productops.facts.alerts import Part as AlertPart
from pytest_productops.facts.alerts.runbooks import AlertRunbooks
from pytest_productops.facts.change_template import TOPICS as CHANGE_TOPICS
from pytest_productops.facts.change_template import ChangeTemplate
from pytest_productops.facts.changes import Changes, Landing
from pytest_productops.facts.changes.conventions import Convention, Conventions
from pytest_productops.facts.changes.followed import Followed
from pytest_productops.facts.changes.process import ProcessChanges, Touched
from pytest_productops.facts.changes.second import SecondPerson, Shown
from pytest_productops.facts.changes.tested import Tested, TestedChanges
from pytest_productops.facts.channels import Channels
from pytest_productops.facts.checkout import Checkout, Lack
from pytest_productops.facts.clock import Clock
from pytest_productops.facts.code import Block, Complexity
from pytest_productops.facts.commands import Call, Commands, Line, Resolution, Target, calls
from pytest_productops.facts.commands.renamed import RenamedTargets
from pytest_productops.facts.components import Component, Components
from pytest_productops.facts.coverage import Coverage, CoverageGate
from pytest_productops.facts.coverage.claims import CoverageClaims
from pytest_productops.facts.decisions import Decision, Decisions
from pytest_productops.facts.demanded_tests import TOPICS as TEST_TOPICS
from pytest_productops.facts.demanded_tests import DemandedTests
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
from pytest_productops.facts.done.covered import Covered
from pytest_productops.facts.done.resolving import InForce
from pytest_productops.facts.environment import Environment
from pytest_productops.facts.expressions import Expression, expression
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.freshness.lag import Freshness, Page
from pytest_productops.facts.freshness.stamps import Stamp, Stamps, interval
from pytest_productops.facts.generated import Answers, Generated
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.topics import TOPICS as GUIDE_TOPICS
from pytest_productops.facts.history import Change, Commit, History, Removal, Tag
from pytest_productops.facts.inputs import BuildInputs
from pytest_productops.facts.inputs import Input as BuildInput
from pytest_productops.facts.inventory import Inventory
from pytest_productops.facts.links import Anchors, Links, Mentions, Reach
from pytest_productops.facts.links import Dead as DeadLink
from pytest_productops.facts.links import Gone as GonePath
from pytest_productops.facts.links import Hidden as HiddenDocument
from pytest_productops.facts.links import Lost as LostAnchor
from pytest_productops.facts.links.rewriting import listed, readdressed, relinked, rewritten
from pytest_productops.facts.locks.drifts import Compared as LockComparison
from pytest_productops.facts.locks.drifts import LockDrifts
from pytest_productops.facts.manifests import Manifests
from pytest_productops.facts.migrations import Migrations
from pytest_productops.facts.mirror import Mirror
from pytest_productops.facts.onboarding import TOPICS as ONBOARDING_TOPICS
from pytest_productops.facts.onboarding import Onboarding
from pytest_productops.facts.operations.deployment import TOPICS as DEPLOYMENT_TOPICS
from pytest_productops.facts.operations.deployment import Deployment
from pytest_productops.facts.operations.environments import Environments
from pytest_productops.facts.operations.procedures import Procedure, Procedures
from pytest_productops.facts.operations.rollback import Rollback
from pytest_productops.facts.operations.runbook import Runbooks
from pytest_productops.facts.operations.runbook_words import TOPICS as RUNBOOK_TOPICS
from pytest_productops.facts.operations.scaling import TOPICS as SCALING_TOPICS
from pytest_productops.facts.operations.scaling import Scaling
from pytest_productops.facts.ownership import CodeOwners, Owner, Ownership
from pytest_productops.facts.ownership.effect import Effect, Idle
from pytest_productops.facts.ownership.individuals import Individual, Individuals
from pytest_productops.facts.ownership.unowned import CriticalPaths, Gap
from pytest_productops.facts.people.absence import Absence, Work
from pytest_productops.facts.people.identities import Signature
from pytest_productops.facts.people.presence import Presence, Seen
from pytest_productops.facts.pipelines import Execution, Job, Opaque, Pipeline, Pipelines, Step
from pytest_productops.facts.pipelines.documented import DocumentedTests
from pytest_productops.facts.pipelines.references import Broken, References
from pytest_productops.facts.pipelines.sources import Source, Sources
from pytest_productops.facts.postmortems import Postmortems
from pytest_productops.facts.postmortems.report import Report as Postmortem
from pytest_productops.facts.product import Product
from pytest_productops.facts.quality import Quality
from pytest_productops.facts.quoted import Quoted, QuotedCommands
from pytest_productops.facts.readme.orientation import TOPICS as README_TOPICS
from pytest_productops.facts.readme.orientation import Orientation
from pytest_productops.facts.recovery.datastores import Datastores
from pytest_productops.facts.recovery.drill import RestoreDrill
from pytest_productops.facts.recovery.guides import Recovery
from pytest_productops.facts.register import Milestone, Register, Task
from pytest_productops.facts.register.milestones import Milestones, Reached
from pytest_productops.facts.register.references import Referred
from pytest_productops.facts.register.replans import Replans
from pytest_productops.facts.register.runs import Runs, Status
from pytest_productops.facts.releases.changelogs import Changelogs
from pytest_productops.facts.releases.declared import Declared, DeclaredVersions
from pytest_productops.facts.releases.entries import Changelog, Entry
from pytest_productops.facts.releases.makers import Made, Makers
from pytest_productops.facts.releases.matching import ReleaseMatch
from pytest_productops.facts.releases.procedure import ReleaseProcedure
from pytest_productops.facts.releases.publishing import Publication, Publishing
from pytest_productops.facts.releases.tags import Release, Releases
from pytest_productops.facts.releases.writing import release_entry
from pytest_productops.facts.review.policy import ReviewPolicy
from pytest_productops.facts.rulebook import Rulebook
from pytest_productops.facts.scaffolds import page, section, todo
from pytest_productops.facts.security.policy import SecurityPolicy
from pytest_productops.facts.skips import Skip, Skips
from pytest_productops.facts.slos import PARTS as OBJECTIVE_PARTS
from pytest_productops.facts.slos import Objectives
from pytest_productops.facts.slos import Part as ObjectivePart
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
from pytest_productops.facts.updates.stanza import created as created_updater
from pytest_productops.facts.updates.stanza import stanza
from pytest_productops.facts.variables import Variables
from pytest_productops.facts.waivers import Broken as BrokenWaiver
from pytest_productops.facts.waivers import Ignored, InlineWaivers, Waiver, Waivers, unexplained
from pytest_productops.facts.workloads.guardrails import Guardrails
from pytest_productops.hookspecs import hookimpl, rules_in
from pytest_productops.model import Evidence, Finding, Location, NotApplicable, Rule
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = [
    "AGREEMENT_TOPICS",
    "ALERT_PARTS",
    "CHANGE_TOPICS",
    "DEPLOYMENT_TOPICS",
    "GUIDE_TOPICS",
    "LAST",
    "OBJECTIVE_PARTS",
    "ONBOARDING_TOPICS",
    "README_TOPICS",
    "RUNBOOK_TOPICS",
    "SCALING_TOPICS",
    "TEST_TOPICS",
    "Absence",
    "Agreement",
    "Alert",
    "AlertPart",
    "AlertRunbooks",
    "Alerts",
    "Anchors",
    "Answers",
    "Artifact",
    "Block",
    "Broken",
    "BrokenWaiver",
    "BuildInput",
    "BuildInputs",
    "Call",
    "Change",
    "ChangeTemplate",
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
    "Covered",
    "Create",
    "Criterion",
    "CriticalPaths",
    "Datastores",
    "DeadLink",
    "Decision",
    "Decisions",
    "Declared",
    "DeclaredVersions",
    "DemandedTests",
    "Deployment",
    "Document",
    "DocumentedTests",
    "Documents",
    "Done",
    "Edit",
    "Effect",
    "Entry",
    "Environment",
    "Environments",
    "Evidence",
    "Execution",
    "Expression",
    "Fact",
    "Files",
    "Finding",
    "Followed",
    "Freshness",
    "Gap",
    "Generated",
    "GonePath",
    "Guardrails",
    "Guides",
    "Heading",
    "HiddenDocument",
    "History",
    "Idle",
    "Ignored",
    "InForce",
    "Individual",
    "Individuals",
    "InlineWaivers",
    "Insert",
    "Inventory",
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
    "LostAnchor",
    "Made",
    "Makers",
    "Manifests",
    "Mentions",
    "Migrations",
    "Milestone",
    "Milestones",
    "Mirror",
    "More",
    "NotApplicable",
    "ObjectivePart",
    "Objectives",
    "Onboarding",
    "Opaque",
    "Orientation",
    "Owner",
    "Ownership",
    "Page",
    "Percent",
    "Pipeline",
    "Pipelines",
    "Placeholder",
    "Postmortem",
    "Postmortems",
    "Presence",
    "Procedure",
    "Procedures",
    "ProcessChanges",
    "Product",
    "Proposed",
    "Prose",
    "Publication",
    "Publishing",
    "Quality",
    "Quoted",
    "QuotedCommands",
    "Reach",
    "Reached",
    "Recovery",
    "References",
    "Referred",
    "Regex",
    "Register",
    "Release",
    "ReleaseMatch",
    "ReleaseProcedure",
    "Releases",
    "Removal",
    "Remove",
    "RenamedTargets",
    "Replace",
    "Replans",
    "Repository",
    "Resolution",
    "RestoreDrill",
    "ReviewPolicy",
    "Rollback",
    "Rule",
    "Rulebook",
    "Runbooks",
    "Runs",
    "Scaling",
    "SecondPerson",
    "Section",
    "SecurityPolicy",
    "Seen",
    "Share",
    "Shown",
    "Signature",
    "Skip",
    "Skips",
    "Source",
    "Sources",
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
    "Touched",
    "Unavailable",
    "Unreadable",
    "UpdateNeed",
    "Updater",
    "Updates",
    "UpdatesNeeded",
    "Variables",
    "Waiver",
    "Waivers",
    "Work",
    "calls",
    "covering",
    "created_updater",
    "empty_sections",
    "expression",
    "filled_by_site",
    "fixes",
    "hookimpl",
    "interval",
    "lack",
    "listed",
    "own_words",
    "page",
    "placeholders",
    "readdressed",
    "release_entry",
    "relinked",
    "rewritten",
    "rule",
    "rules_in",
    "section",
    "stanza",
    "todo",
    "unexplained",
    "unfinished",
    "watches",
    "words",
]
