"""Taskfile, rake, composer, mix, cargo and gradle: what their files define, each after its own reference."""

import pytest

from pytest_productops.facts.commands import Commands, calls
from pytest_productops.model import Location


def status(repository, files, command):
    commands = repository(files)[Commands]
    (call,) = calls(command, Location("x", 1))
    answer = commands.resolve(call, exact=True)
    return answer and answer.status


def ran(repository, files, command):
    commands = repository(files)[Commands]
    (call,) = calls(command, Location("x", 1))
    return [(str(inner), inner.folder) for inner in commands.expand(call)][1:]


TASKFILE = """-- Taskfile.yml --
version: '3'
includes:
  docs: ./docs
  other: {taskfile: https://example.org/x.yml}
  flat: {taskfile: ./more.yml, flatten: true}
tasks:
  default: [task: test]
  test:
    aliases: [t]
    deps: [build]
    cmds:
      - go test {{.CLI_ARGS}} ./...
      - {task: "docs:build"}
      - {cmd: lint, ignore_error: true}
  build: {dir: src, cmd: go build}
  "start:*": echo
-- docs/Taskfile.yaml --
tasks:
  build: {cmds: [mkdocs build], deps: [":build"]}
-- more.yml --
tasks:
  extra: echo
"""


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("task test", "ok"),
        ("task t build VAR=1", "ok"),
        ("task", "ok"),
        ("task docs:build", "ok"),
        ("task extra", "ok"),
        ("task other:thing", "unknown"),
        ("task start:web", "unknown"),
        ("task tset", "missing"),
        ("task docs:tset", "missing"),
        ("task --list", None),
        ("task -t gone.yml x", "unknown"),
    ],
)
def test_taskfile(repository, command, expected):
    assert status(repository, TASKFILE, command) == expected


def test_without_a_taskfile_it_is_another_program(repository):
    assert status(repository, "-- a --\nx\n", "task add buy-milk") == "unknown"


def test_taskfile_runs(repository):
    assert ran(repository, TASKFILE, "task test") == [
        ("go build", "src"),
        ("go build", "src"),
        ("mkdocs build", ""),
        ("go test ./...", ""),
        ("lint", ""),
    ]


RAKE = """-- Rakefile --
require "rspec/core/rake_task"
require 'bundler/gem_tasks'
RSpec::Core::RakeTask.new(:spec)
RuboCop::RakeTask.new
task default: %i[spec rubocop]
desc "x"
task :docs, [:where] => [:clean_up] do |t, args|
  sh "yard doc"
end
task(:clean_up) { }
namespace :db do
  task "seed" => :create
  task :create do
    system("createdb x")
  end
  namespace :deep do
    task :all
  end
end
task :after
"""


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("rake", "ok"),
        ("rake spec", "ok"),
        ("bundle exec rake db:seed", "ok"),
        ("rake 'docs[here]'", "ok"),
        ("rake db:deep:all after", "ok"),
        ("rake rubocop:autocorrect", "unknown"),
        ("rake release", "unknown"),
        ("rake seed", "missing"),
        ("rake -T", None),
    ],
)
def test_rake(repository, command, expected):
    assert status(repository, RAKE, command) == expected


def test_rake_runs(repository):
    assert ran(repository, RAKE, "rake") == [("rspec", ""), ("rubocop", "")]
    assert ran(repository, RAKE, "rake db:seed docs") == [("createdb x", ""), ("yard doc", "")]


@pytest.mark.parametrize(
    "opening",
    [
        "Rails.application.load_tasks",
        "require 'acme/tasks'",
        "import 'x.rake'",
        "Dir['*.rake'].each { |f| load f }",
        "task name",
    ],
)
def test_rake_tasks_of_elsewhere_are_unknown(repository, opening):
    assert status(repository, f"-- Rakefile --\n{opening}\n", "rake anything") == "unknown"


def test_rake_files_beside_the_rakefile(repository):
    text = "-- Rakefile --\ntask :a\n-- lib/tasks/more.rake --\nnamespace :more do\n  task :b\nend\n"
    assert status(repository, text, "rake more:b") == "ok"


COMPOSER = """-- composer.json --
{"scripts": {"test": ["@php -v", "phpunit", "Acme\\\\Scripts::done"], "check": ["@test --x", "@cs"], "cs": "phpcs"}}
"""


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("composer test", "ok"),
        ("composer run-script cs", "ok"),
        ("composer run tset", "missing"),
        ("composer tset", "unknown"),
        ("composer install", None),
    ],
)
def test_composer(repository, command, expected):
    assert status(repository, COMPOSER, command) == expected


def test_composer_runs(repository):
    assert [call for call, _ in ran(repository, COMPOSER, "composer check")] == [
        "composer run test --x",
        "php -v",
        "phpunit",
        "composer run cs",
        "phpcs",
    ]


MIX = """-- mix.exs --
defmodule A do
  defp aliases do
    [
      setup: ["deps.get", "ecto.setup"],
      "ecto.setup": [
        "ecto.create",
        "run priv/seeds.exs"
      ],
      lint: "cmd npm run lint",
      other: &other/1
    ]
  end

  defp deps do
    [gone: "1"]
  end
end
"""


def test_mix(repository):
    assert status(repository, MIX, "mix setup") == "ok"
    assert status(repository, MIX, "mix gone") == "unknown"
    assert status(repository, MIX, "mix deps.get") is None
    assert [call for call, _ in ran(repository, MIX, "mix setup")] == [
        "mix deps.get",
        "mix ecto.setup",
    ]
    assert [call for call, _ in ran(repository, MIX, "mix lint")] == ["npm run lint"]


CARGO = """-- .cargo/config.toml --
[alias]
xtask = "run --package xtask --"
unit = ["test", "--lib"]
-- crates/a/Cargo.toml --
"""


def test_cargo_aliases(repository):
    assert status(repository, CARGO, "cargo xtask test") == "ok"
    assert status(repository, CARGO, "cargo +nightly unit") == "ok"
    assert status(repository, CARGO, "cargo deny check") == "unknown"
    assert status(repository, CARGO, "cargo test") is None
    assert ran(repository, CARGO, "cargo unit") == [("cargo test --lib", "")]


GRADLE = """-- build.gradle.kts --
tasks.register("docsAll") { }
tasks.register<Copy>("copyAll") { }
val later by tasks.registering { }
-- sub/build.gradle --
task oldOne { }
-- gradlew --
#!/bin/sh
java -jar gradle.jar test
"""


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("./gradlew docsAll copyAll", "ok"),
        ("gradle later", "ok"),
        ("./gradlew :sub:oldOne", "ok"),
        ("./gradlew test", "ok"),
        ("gradle test", None),
        ("./gradlew ofAPlugin", "unknown"),
    ],
)
def test_gradle(repository, command, expected):
    assert status(repository, GRADLE, command) == expected


def test_what_a_wrapper_consists_of_is_not_followed(repository):
    assert ran(repository, GRADLE, "./gradlew test") == []


def test_binstubs(repository):
    log = "-- git log --\n2026-01-01 a@example.org Add\n2026-01-02 a@example.org Drop [-bin/gone]\n"
    files = log + "-- bin/setup --\n#!/bin/sh\nmake\n"
    assert status(repository, files, "bin/setup") == "ok"
    assert status(repository, files, "./bin/built") == "unknown"
    assert ran(repository, files, "bin/setup") == [("make", "")]


@pytest.mark.parametrize(
    "files",
    [
        "-- Taskfile.yml --\ntasks: [1, {a: b}]\nincludes: 3\n",
        "-- Taskfile.yml --\ntasks: {a: {cmds: {b: c}, deps: 3, aliases: 4, dir: [x]}, b: 3, c: null}\nincludes: {x: [1], y: null}\n",
        "-- Taskfile.yml --\nincludes: {x: ./Taskfile.yml}\ntasks: {a: b}\n",
        "-- Taskfile.yml --\n: [\n",
        "-- Rakefile --\nend\nend\nnamespace :a do\ntask\ntask(\nRakeTask.new\n",
        '-- composer.json --\n{"scripts": [1]}\n',
        "-- composer.json --\n{\n",
        "-- mix.exs --\ndefp aliases do\n",
        "-- .cargo/config.toml --\n[alias]\na = 3\n",
        "-- .cargo/config.toml --\n[\n",
        "-- build.gradle --\ntask\n",
    ],
)
def test_nonsense_is_survived(repository, files):
    commands = repository(files)[Commands]
    assert isinstance(commands.targets, tuple)
    for command in ("task a", "rake a", "composer a", "mix a", "cargo a", "gradle a"):
        (call,) = calls(command, Location("x", 1))
        commands.resolve(call)
        list(commands.expand(call))


POE = """-- pyproject.toml --
[tool.poe.tasks]
types.cmd = "mypy"
"docs.build" = "mkdocs build"
"test:unit" = {sequence = ["types", {cmd = "pytest unit"}, {ref = "docs.build"}]}
[tool.poe.tasks.lint]
shell = "ruff check"
"""


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("poe types", "ok"),
        ("poe docs.build", "ok"),
        ("poe test:unit", "ok"),
        ("poe lint", "ok"),
        ("poe docs", "missing"),
        ("poe build", "missing"),
    ],
)
def test_dotted_poe_keys(repository, command, expected):
    assert status(repository, POE, command) == expected


def test_a_sequence_of_poe(repository):
    assert "pytest unit" in [call for call, _ in ran(repository, POE, "poe test:unit")]


MAKE = """-- Makefile --
include mk/*.mk
-include .env
test-%: build
\tpytest $*
-- mk/docs.mk --
docs: ; sphinx-build docs out
"""


@pytest.mark.parametrize(
    ("command", "expected"), [("make docs", "ok"), ("make test-unit", "unknown"), ("make dosc", "missing")]
)
def test_pattern_rules_and_includes_of_make(repository, command, expected):
    assert status(repository, MAKE, command) == expected


def test_generative_environments_of_tox(repository):
    text = "-- tox.ini --\n[tox]\nenvlist = py{310,311}-{unit,slow}, lint\n[testenv]\ncommands =\n  unit: pytest unit\n  slow: pytest slow\n"
    assert status(repository, text, "tox -e py311-slow") == "ok"
    assert status(repository, text, "tox -e lnit") == "missing"
    assert [call for call, _ in ran(repository, text, "tox -e py311-slow")] == ["pytest slow"]
