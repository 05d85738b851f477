"""Everything that a rule pack may import, and nothing else of the package."""

from pytest_productops.declaration import rule
from pytest_productops.facts.clock import Clock
from pytest_productops.facts.code import Block, Complexity
from pytest_productops.facts.commands import Call, Commands, Line, Resolution, Target, calls
from pytest_productops.facts.components import Component, Components
from pytest_productops.facts.coverage import Coverage, CoverageGate
from pytest_productops.facts.deployment import TOPICS as DEPLOYMENT_TOPICS
from pytest_productops.facts.deployment import Deployment
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
from pytest_productops.facts.environments import Environments
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.guide_topics import TOPICS as GUIDE_TOPICS
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.history import Change, Commit, History, Removal, Tag
from pytest_productops.facts.ownership import CodeOwners, Owner, Ownership
from pytest_productops.facts.pipelines import Execution, Job, Opaque, Pipeline, Pipelines, Step
from pytest_productops.facts.pipelines.references import Broken, References
from pytest_productops.facts.quoted import Quoted, QuotedCommands
from pytest_productops.facts.register import Register, Task
from pytest_productops.facts.register.runs import Runs, Status
from pytest_productops.facts.review_policy import ReviewPolicy
from pytest_productops.facts.security_policy import SecurityPolicy
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
from pytest_productops.facts.waivers import Ignored, Waiver, Waivers, unexplained
from pytest_productops.hookspecs import hookimpl, rules_in
from pytest_productops.model import Evidence, Finding, Location, NotApplicable, Rule
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = [
    "DEPLOYMENT_TOPICS",
    "GUIDE_TOPICS",
    "Artifact",
    "Block",
    "Broken",
    "Call",
    "Change",
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
    "Coverage",
    "CoverageGate",
    "Criterion",
    "Deployment",
    "Document",
    "Documents",
    "Done",
    "Environments",
    "Evidence",
    "Execution",
    "Fact",
    "Files",
    "Finding",
    "Guides",
    "Heading",
    "History",
    "Ignored",
    "Item",
    "Job",
    "Line",
    "Link",
    "Location",
    "NotApplicable",
    "Opaque",
    "Owner",
    "Ownership",
    "Pipeline",
    "Pipelines",
    "Placeholder",
    "Prose",
    "Quoted",
    "QuotedCommands",
    "References",
    "Register",
    "Removal",
    "Repository",
    "Resolution",
    "ReviewPolicy",
    "Rule",
    "Runs",
    "Section",
    "SecurityPolicy",
    "Stage",
    "Status",
    "Step",
    "Tag",
    "Target",
    "Task",
    "Team",
    "Unavailable",
    "Unreadable",
    "Waiver",
    "Waivers",
    "calls",
    "empty_sections",
    "filled_by_site",
    "hookimpl",
    "lack",
    "own_words",
    "placeholders",
    "rule",
    "rules_in",
    "unexplained",
    "unfinished",
    "words",
]
