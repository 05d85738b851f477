"""Jenkinsfiles, after https://www.jenkins.io/doc/book/pipeline/syntax/."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.pipelines.groovy import statements
from pytest_productops.model import Location

ROOT = "-- Jenkinsfile --\n"


def ran(repository, text):
    return [
        (e.job.id, str(e.call), e.call.folder, e.can_stop)
        for e in repository(ROOT + text)[Pipelines].executions
    ]


def pipeline(steps, head="", when=""):
    return f"pipeline {{\n{head}\n stages {{ stage('Test') {{ {when}\n steps {{\n{steps}\n}} }} }}\n}}\n"


def test_shell_steps(repository):
    steps = """
sh 'one' // a comment
sh "two ${env.KIND}"
sh '''
  three
  four
'''
sh(script: 'five', returnStdout: true)
def code = sh script: 'six', returnStatus: true
bat 'seven\\\\x.bat'
"""
    text = pipeline(steps, head="agent any\nenvironment { KIND = 'unit' }")
    assert ran(repository, text) == [
        ("Test", "one", "", True),
        ("Test", "two unit", "", True),
        ("Test", "three", "", True),
        ("Test", "four", "", True),
        ("Test", "five", "", True),
        ("Test", "six", "", False),
        ("Test", "seven/x.bat", "", True),
    ]
    calls = repository(ROOT + text)[Pipelines].executions
    assert calls[2].call.location == Location("Jenkinsfile", 10)


def test_blocks(repository):
    steps = """
dir('web') { sh 'one' }
withEnv(['A=b']) { timeout(time: 1) { sh 'two $A' } }
catchError { sh 'three' }
catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') { sh 'four' }
script {
  if (env.X) { sh 'five' }
  else { sh 'six' }
  try { sh 'seven' } catch (e) { echo 'oh' }
  try { sh 'eight' } catch (e) { throw e } finally { sh 'nine' }
  own('x')
}
"""
    found = ran(repository, pipeline(steps) + "def own(x) { sh 'ten' }\n")
    assert [(call, folder, stops) for _, call, folder, stops in found] == [
        ("one", "web", True),
        ("two b", "", True),
        ("three", "", True),
        ("four", "", False),
        ("five", "", True),
        ("six", "", True),
        ("seven", "", False),
        ("eight", "", True),
        ("nine", "", True),
        ("ten", "", True),
    ]


@pytest.mark.parametrize(
    ("when", "triggers", "any_branch"),
    [
        ("", ["change_request", "push", "tag"], True),
        ("when { branch 'main' }", ["push"], False),
        ("when { branch 'PR-*' }", ["change_request"], False),
        ("when { changeRequest() }", ["change_request"], False),
        ("when { not { branch 'main' } }", ["change_request", "push", "tag"], True),
        ("when { anyOf { branch 'main'; buildingTag() } }", ["push", "tag"], False),
        ("when { allOf { branch 'main'; expression { x } } }", ["push"], False),
        ("when { expression { return params.X } }", ["change_request", "push", "tag"], True),
    ],
)
def test_when(repository, when, triggers, any_branch):
    (found,) = repository(ROOT + pipeline("sh 'x'", when=when))[Pipelines].pipelines
    assert (sorted(found.jobs[0].triggers), found.jobs[0].any_branch) == (triggers, any_branch)


def test_parallel_and_matrix(repository):
    text = """pipeline { stages {
 stage('All') { parallel {
   stage('A') { steps { sh 'a' } }
   stage('B') { steps { sh 'b' } } } }
 stage('Each') { matrix {
   axes { axis { name 'PY'
     values '310', '311' } }
   stages { stage('C') { steps { sh "tox -e py${PY}" } } } } }
} }
"""
    assert [(job, call) for job, call, *_ in ran(repository, text)] == [
        ("A", "a"),
        ("B", "b"),
        ("C", "tox -e py310"),
        ("C", "tox -e py311"),
    ]


def test_what_is_out_of_sight(repository):
    facts = repository(
        ROOT
        + "node { sh 'pytest' }\n-- ci/Jenkinsfile --\n"
        + pipeline("runTests()\njunit 'x'\nrtMavenRun goals: 'verify'")
    )[Pipelines]
    assert facts.executions == ()
    assert [(one.what, one.location.path) for one in facts.opaque] == [
        ("a scripted pipeline", "Jenkinsfile"),
        ("the step `runTests`", "ci/Jenkinsfile"),
        ("the step `rtMavenRun`", "ci/Jenkinsfile"),
    ]


@given(st.text(alphabet="abc{}()[]'\"\\/*\n;. $#", max_size=200))
def test_any_text_gives_statements(text):
    for statement in statements(text):
        assert statement.line >= 0


def test_depth_is_limited():
    assert statements("a {" * 5000 + "}" * 5000)
