"""Azure Pipelines, after https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/."""

import pytest

from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.pipelines.azure_values import holds
from pytest_productops.model import Location

ROOT = "-- azure-pipelines.yml --\n"


def ran(repository, text):
    return [(e.job.id, str(e.call), e.can_stop) for e in repository(ROOT + text)[Pipelines].executions]


@pytest.mark.parametrize(
    ("head", "triggers", "any_branch"),
    [
        ("", ["change_request", "push"], True),
        ("trigger: none\npr: none\n", ["manual"], False),
        ("trigger: [main]\n", ["change_request", "push"], False),
        ("trigger: [main]\npr: none\n", ["push"], False),
        ("trigger: {branches: {include: ['*']}}\npr: [main, release/*]\n", ["change_request", "push"], True),
        ("trigger: {tags: {include: [v*]}}\npr: none\n", ["tag"], False),
        ("trigger: none\npr: {branches: {include: [release/*]}}\n", ["manual"], False),
        ("trigger: none\npr: none\nschedules: [{cron: '0 0 * * *'}]\n", ["schedule"], False),
    ],
)
def test_what_starts_it(repository, head, triggers, any_branch):
    (pipeline,) = repository(ROOT + head + "steps:\n- script: pytest\n")[Pipelines].pipelines
    assert (sorted(pipeline.triggers), pipeline.any_branch) == (triggers, any_branch)


def test_steps_and_tasks(repository):
    text = """variables: {kind: unit}
steps:
- checkout: self
- script: |
    one
    make $(kind)
  workingDirectory: $(System.DefaultWorkingDirectory)/src
- bash: two
  continueOnError: true
- script: off
  enabled: false
- task: Npm@1
  inputs: {command: custom, customCommand: run test, workingDir: web}
- task: DotNetCoreCLI@2
  inputs: {command: test, projects: '**/*.csproj'}
- task: Bash@3
  inputs: {targetType: inline, script: go test ./...}
- task: PublishTestResults@2
- task: Acme.RunTests@1
"""
    facts = repository(ROOT + text)[Pipelines]
    assert [(str(e.call), e.call.folder, e.can_stop) for e in facts.executions] == [
        ("one", "src", True),
        ("make unit", "src", True),
        ("two", "", False),
        ("npm run test", "web", True),
        ("dotnet test **/*.csproj", "", True),
        ("go test ./...", "", True),
    ]
    assert facts.executions[1].call.location == Location("azure-pipelines.yml", 6)
    assert [one.what for one in facts.opaque] == ["the task `Acme.RunTests`"]


def test_stages_matrices_and_conditions(repository):
    text = """stages:
- stage: test
  jobs:
  - job: unit
    strategy: {matrix: {a: {tox.env: py310}, b: {tox.env: py311}}}
    steps: [{script: tox -e $(tox.env)}]
  - job: optional
    continueOnError: true
    steps: [{script: lint}]
- stage: ship
  condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))
  jobs:
  - deployment: prod
    environment: prod
    strategy: {runOnce: {deploy: {steps: [{script: ship}]}}}
"""
    assert ran(repository, text) == [
        ("unit", "tox -e py310", True),
        ("unit", "tox -e py311", True),
        ("optional", "lint", False),
        ("prod", "ship", False),
    ]
    job = repository(ROOT + text)[Pipelines].pipelines[0].jobs[2]
    assert (job.environment, job.checkout, sorted(job.triggers)) == ("prod", False, ["push"])


def test_templates(repository):
    text = """jobs:
- template: ci/job.yml
  parameters: {name: unit, versions: ['1', '2'], more: [{script: extra}]}
-- ci/job.yml --
parameters:
- {name: name, type: string}
- {name: versions, type: object, default: []}
- {name: more, type: stepList, default: []}
- {name: last, type: string, default: bye}
jobs:
- job: ${{ parameters.name }}
  steps:
  - ${{ each version in parameters.versions }}:
    - script: try ${{ version }}
  - ${{ if eq(parameters.name, 'unit') }}:
    - script: yes-unit
  - ${{ if eq(parameters.name, 'other') }}:
    - script: no
  - ${{ parameters.more }}
  - template: steps.yml
    parameters: {text: "${{ parameters.last }}"}
  - template: gone@elsewhere
-- ci/steps.yml --
steps:
- script: say ${{ parameters.text }}
"""
    facts = repository(ROOT + text)[Pipelines]
    assert [(e.job.id, str(e.call)) for e in facts.executions] == [
        ("unit", "try 1"),
        ("unit", "try 2"),
        ("unit", "yes-unit"),
        ("unit", "extra"),
        ("unit", "say bye"),
    ]
    assert facts.executions[-1].call.location.path == "ci/steps.yml"
    assert [one.what for one in facts.opaque] == ["the template `gone@elsewhere`"]


def test_a_template_is_no_pipeline(repository):
    text = "jobs: [{template: .azure/parts/one.yml}]\n-- .azure/parts/one.yml --\njobs: []\n-- .azure/more.yml --\nsteps: []\n"
    assert [one.path for one in repository(ROOT + text)[Pipelines].pipelines] == ["azure-pipelines.yml"]


@pytest.mark.parametrize(
    ("condition", "event", "expected"),
    [
        ("succeeded()", "push", True),
        ("failed()", "push", False),
        ("eq(variables['Build.Reason'], 'PullRequest')", "change_request", True),
        ("ne(variables['Build.Reason'], 'PullRequest')", "change_request", False),
        ("and(succeeded(), startsWith(variables['Build.SourceBranch'], 'refs/tags/'))", "push", False),
        ("or(eq(variables['x'], 'y'), succeeded())", "push", True),
        ("not(eq(variables['x'], 'y'))", "push", None),
        ("in(variables['Build.Reason'], 'Manual', 'Schedule')", "push", False),
        ("eq(", "push", None),
        ("false", "push", False),
    ],
)
def test_conditions(condition, event, expected):
    assert holds(condition, {}, event) is expected
