"""CI files of every provider, build files, owners, manifests and locks, infrastructure."""

from corpus.case import bad, put, several

several(
    "owners",
    {
        "of_100_000_lines": (".github/CODEOWNERS", lambda: "".join(f"/src/f{at}.py @ann\n" for at in range(100_000))),
        "patterns_that_take_long": (".github/CODEOWNERS", lambda: "**/" * 60 + "*a*a*a*a*a*a*b @ann\n" + "[" * 3000 + " @ann\n" + "/" + "*" * 3000 + " @ann\n" + "a?" * 500 + " @ann\n"),
        "line_of_a_megabyte": (".github/CODEOWNERS", lambda: "* " + "@ann " * 200_000 + "\n"),
        "sections_unclosed": ("CODEOWNERS", lambda: "[a\n^[b][99999999999999999999] @ann\n[c][-1]\n" * 500 + "\\\n" * 500),
        "owners_with_control_characters": (".github/CODEOWNERS", "* @\x1b[31mann\x07 \u202e@bob ::error::x a@b@c\n/\x00 @ann\n"),
    },
)  # fmt: skip

COMPOSITE = "runs:\n  using: composite\n  steps:\n    - uses: ./.github/actions/{0}\n"


@bad("ci")
def actions_that_use_each_other(root):
    for one, other in (("a", "b"), ("b", "a"), ("c", "c")):
        put(root, f".github/actions/{one}/action.yml", COMPOSITE.format(other))
    put(
        root,
        ".github/workflows/ring.yml",
        "on: pull_request\njobs:\n  a:\n    uses: ./.github/workflows/ring.yml\n  b:\n    runs-on: x\n    needs: [b, c]\n    steps:\n      - uses: ./.github/actions/a\n      - uses: ./../../etc\n      - uses: ./.github/actions/c\n  c:\n    needs: b\n    uses: ./.github/workflows/ring.yml\n",
    )


@bad("ci")
def matrix_that_multiplies(root):
    lists = "".join(f"        k{at}: [{', '.join(map(str, range(200)))}]\n" for at in range(20))
    put(
        root,
        ".github/workflows/matrix.yml",
        f"on: pull_request\njobs:\n  a:\n    runs-on: ${{{{ matrix.k0 }}}}\n    strategy:\n      matrix:\n{lists}    steps:\n      - run: make ${{{{ matrix.k1 }}}}-${{{{ matrix.k2 }}}}-${{{{ matrix.k3 }}}}\n      - uses: a/b@${{{{ matrix.k1 }}}}${{{{ matrix.k2 }}}}\n",
    )


@bad("ci")
def expressions_unclosed(root):
    put(
        root,
        ".github/workflows/odd.yml",
        "on: pull_request\njobs:\n  a:\n    runs-on: x\n    if: ${{ "
        + "(" * 5000
        + "\n    steps:\n      - run: ${{ "
        + "fromJSON(" * 3000
        + "\n      - run: |\n          "
        + "${{ a" * 5000
        + "\n      - uses: "
        + "a/" * 3000
        + "@" * 3000
        + "\n",
    )


@bad("ci")
def workflows_by_the_hundred(root):
    for at in range(300):
        put(
            root,
            f".github/workflows/w{at}.yml",
            f"on: pull_request\njobs:\n  a:\n    uses: ./.github/workflows/w{(at + 1) % 300}.yml\n  b:\n    uses: ./.github/workflows/w{(at + 7) % 300}.yml\n",
        )


@bad("ci")
def gitlab_in_rings(root):
    put(
        root,
        ".gitlab-ci.yml",
        "include:\n  - local: .gitlab-ci.yml\n  - local: /ci/*.yml\n  - local: ../../../etc/passwd\n  - {remote: 'https://example.invalid/x.yml'}\n  - 3\nstages: {a: 1}\n.a: {extends: .b}\n.b: {extends: [.a, .b, 3]}\njob: {extends: .a, script: [[[[[[x]]]]], !reference [job, script], 3, {a: b}], rules: {a: 1}, needs: [job]}\ndefault: [1]\nvariables: [1]\nworkflow: {rules: [1, {if: [1]}]}\n",
    )
    put(root, "ci/a.yml", "include: /ci/a.yml\njob2: {script: !reference [.a, .b, script], extends: job2}\n")


@bad("ci")
def gitlab_anchors_that_multiply(root):
    put(
        root,
        ".gitlab-ci.yml",
        "".join(f".a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9) if at else 'x'}]\n" for at in range(12))
        + "job: {script: *a11}\n",
    )


@bad("ci")
def gitlab_extends_that_multiply(root):
    put(
        root,
        ".gitlab-ci.yml",
        "".join(
            f".j{at}: {{extends: [{', '.join([f'.j{at - 1}'] * 2 + ['.k'])}], script: [x]}}\n"
            for at in range(1, 60)
        )
        + ".j0: {script: [y]}\n.k: {}\njob: {extends: .j59}\n",
    )


several(
    "ci",
    {
        "gitlab_of_the_wrong_type": (".gitlab-ci.yml", "- 1\n- [a]\n"),
        "circleci_in_rings": (".circleci/config.yml", "version: 2.1\norbs: [1]\ncommands:\n  a: {steps: [b, a]}\n  b: {steps: [{a: {x: 1}}]}\njobs:\n  j: {steps: [a, 3, {run: [1]}, {when: {steps: {a: 1}}}], executor: [1], docker: 3}\n  k: []\nworkflows: {w: {jobs: [j, {j: [1]}, {k: {requires: k, matrix: 3, filters: [1]}}], when: [1]}, version: 2}\n"),
        "azure_in_rings": ("azure-pipelines.yml", "extends: {template: azure-pipelines.yml}\nresources: 3\nparameters: {a: 1}\nvariables: [1, {template: azure-pipelines.yml}]\nstages:\n- template: azure-pipelines.yml\n- {stage: [1], jobs: {a: 1}}\nsteps: [{template: azure-pipelines.yml}, {'${{ if eq(1,1) }}': [{script: [1]}]}, {'${{ each x in parameters.y }}': 3}, 5]\npr: [1]\ntrigger: {branches: 3}\n"),
        "jenkins_unclosed": ("Jenkinsfile", lambda: "pipeline { stages { " + "stage('x') { steps { sh '''" * 3000 + "\"${" * 5000 + "/*" * 100),
        "jenkins_nested": ("Jenkinsfile", lambda: "pipeline {" + "{" * 20_000 + "}" * 20_000),
        "buildkite_of_the_wrong_type": (".buildkite/pipeline.yml", "steps: {a: 1}\nenv: [1]\n"),
        "drone_of_the_wrong_type": (".drone.yml", "kind: [1]\nsteps: 3\n---\n- 1\n---\nsteps: [null, {commands: {a: 1}}]\n"),
        "travis_of_the_wrong_type": (".travis.yml", "script: {a: [1]}\njobs: 3\nmatrix: [1]\nlanguage: []\n"),
        "woodpecker_of_the_wrong_type": (".woodpecker.yml", "steps: 3\npipeline: [1]\nwhen: {event: {a: 1}}\n"),
        "bitbucket_of_the_wrong_type": ("bitbucket-pipelines.yml", "pipelines: {default: {a: 1}, pull-requests: [1], branches: 3}\ndefinitions: [1]\n"),
        "appveyor_of_the_wrong_type": ("appveyor.yml", "test_script: {a: 1}\nbuild: [1]\n"),
        "cirrus_of_the_wrong_type": (".cirrus.yml", "task: [1]\na_task: {script: {a: 1}}\n"),
        "tekton_of_the_wrong_type": (".tekton/a.yaml", "apiVersion: tekton.dev/v1\nkind: PipelineRun\nspec: [1]\n"),
        "precommit_of_the_wrong_type": (".pre-commit-config.yaml", "repos: {a: 1}\nci: [1]\ndefault_language_version: 3\n"),
        "precommit_inner_of_the_wrong_type": (".pre-commit-config.yaml", "repos: [null, {repo: [1], hooks: {a: 1}, rev: []}, {repo: local, hooks: [3, {id: [1], entry: {}, stages: 3, args: {a: 1}}]}]\n"),
        "dependabot_of_the_wrong_type": (".github/dependabot.yml", "version: []\nupdates: [null, {package-ecosystem: [1], directory: {a: 1}, schedule: 3, ignore: 3, groups: [1]}]\nregistries: 3\n"),
        "renovate_in_rings": ("renovate.json", '{"extends": ["local>x", 3, {}], "packageRules": {"a": [1]}, "enabled": "x", "schedule": {}, "ignorePaths": ["' + "**/" * 500 + '"]}'),
    },
)  # fmt: skip

several(
    "build",
    {
        "make_that_includes_itself": ("Makefile", "include Makefile\ninclude *.mk */*.mk\n-include ../../../etc/passwd /dev/zero\nall: all\na: b\nb: a\n\t$(MAKE) a\n"),
        "make_of_variables_that_multiply": ("Makefile", lambda: "".join(f"A{at} := $(A{at - 1}) $(A{at - 1}) $(A{at - 1})\n" for at in range(1, 60)) + "A0 = $(A0) x\nall: $(A59)\n\t$(A59)\n$(A59): ; x\n"),
        "make_of_variables_of_themselves": ("Makefile", "A = $(B)\nB = $(A)\nC = $(C) $(C)\n$(A)$(B)$(C): $(C)\n\t$(A)\n" + "$(" * 5000 + "\n"),
        "make_of_100_000_targets": ("Makefile", lambda: "".join(f"t{at}: t{at + 1}\n\techo\n" for at in range(100_000))),
        "make_of_lines_continued": ("Makefile", lambda: "all: \\\n" + "x \\\n" * 100_000 + "\ndefine A\n" * 3000 + "ifeq (\n" * 3000),
        "tox_that_substitutes_itself": ("tox.ini", "[tox]\nenvlist = {[tox]envlist},py{3{8,9},10}-{a,b}\n[testenv]\ncommands = {[testenv]commands}\n  {[a]b}\n  {posargs:{posargs:{posargs}}}\ndeps = {[testenv:a]deps}\n[testenv:a]\ndeps = {[testenv]deps}\n[a]\nb = {[a]b}\n"),
        "tox_of_environments_that_multiply": ("tox.ini", lambda: "[tox]\nenvlist = " + "-".join(["{a,b,c,d}"] * 40) + "\n[testenv]\ncommands = pytest\n  a{1,2}: " + "{" * 3000 + "\n"),
        "tox_unclosed": ("tox.ini", "[tox\nenvlist\n= x\n[tox]\n[tox]\nenvlist = a\nenvlist = b\n"),
        "setup_cfg_that_interpolates": ("setup.cfg", "[metadata]\nname = %(name)s\nversion = attr: a.b\n[options]\ninstall_requires = %(x\n[coverage:report]\nfail_under = %%%(a)s\n"),
        "nox_that_cannot_be_parsed": ("noxfile.py", "import nox\n@nox.session(\ndef test(session: pass\n"),
        "nox_of_strange_sessions": ("noxfile.py", "import nox\n@nox.session(name=[1], python={1: 2}, tags=3)\n@nox.parametrize('a', [[1]] * 10**9)\ndef a(session):\n    session.run(*x, **y)\n    session.run()\n    session.notify(a)\n" + "@nox.session\ndef b(session): session.notify('b')\n"),
        "just_in_rings": ("justfile", "import 'justfile'\nmod a\na: b\nb: a\n  {{ a }} {{ " + "(" * 3000 + "\n" + "x := `id`\n"),
        "task_in_rings": ("Taskfile.yml", "version: [1]\nincludes: {a: Taskfile.yml, b: {taskfile: [1]}, c: ../../..}\nvars: 3\ntasks: {a: {cmds: [{task: a}, {for: [1]}, 3, [x]], deps: {a: 1}}, b: 3, c: [1]}\n"),
        "rake_of_blanks": ("Rakefile", lambda: "".join((word + " " * 1900 + "x\n") * 60 for word in ("task", "sh", "namespace", "require", ""))),
        "rake_unclosed": ("Rakefile", lambda: "task :a => [:a" * 5000 + "desc \"#{" * 5000),
        "docker_of_lines_continued": ("Dockerfile", lambda: "FROM a AS a\nFROM a AS b\nFROM ${A:-${B:-${C}}}\nRUN " + "x \\\n" * 100_000 + "\nCOPY <<A <<B\n" + "ARG A=$A$A\n" * 2000),
        "docker_binary": ("Dockerfile", b"\x7fELF\0\xff" * 500),
        "compose_of_the_wrong_type": ("compose.yaml", "services: [1]\nvolumes: 3\nx: &a {<<: *a}\n"),
        "compose_inner_of_the_wrong_type": ("compose.yaml", "services: {a: 1, b: [1], c: {image: [1], environment: {a: [1]}, healthcheck: 3, deploy: [1], env_file: {a: 1}, ports: 3, extends: {service: c}, depends_on: 3, build: [1]}}\nnetworks: [1]\n"),
        "devcontainer_of_the_wrong_type": (".devcontainer/devcontainer.json", '{"image": [1], "features": [1], "build": "x", "postCreateCommand": {"a": [1, {}]}, "customizations": 3, /* x */ "mounts": {},}'),
    },
)  # fmt: skip

several(
    "manifests",
    {
        "requirements_that_include_themselves": ("requirements.txt", lambda: "-r requirements.txt\n-c ../../../etc/passwd\n-r /dev/zero\n-e .\n--hash\n" + "a==" + "1." * 5000 + "\n" + "b[" * 3000 + "\n" + "c @ file:///etc/passwd\nd ; " + "(" * 3000 + "\n" + "x \\\n" * 5000),
        "requirements_continued_on_300_000_lines": ("requirements.txt", lambda: "a \\\n" * 300_000),
        "gradle_version_of_blanks": ("build.gradle", lambda: ("version" + " " * 400_000 + "x\n") * 3),
        "gradle_tasks_of_blanks": ("build.gradle", lambda: ("task" + " " * 490 + "\n") * 3000),
        "mix_of_blanks": ("mix.exs", lambda: (" " * 990 + "\n") * 1500),
        "gemfile_of_blanks": ("Gemfile", lambda: ("do" + " " * 990 + "x\n") * 500 + ("group:a" + ",:a" * 320 + "\n") * 500),
        "gemspec_of_blanks": ("a.gemspec", lambda: ("a.name=a" + " " * 980 + "x\n") * 500 + (".add_dependency 'a'," + " " * 970 + "x\n") * 500),
        "maven_of_developers": ("pom.xml", lambda: "<project>" + "<developer>" * 20_000 + "<name>" + " " * 100_000),
        "dotnet_of_blanks": ("a.nuspec", lambda: "<authors>" + " " * 100_000),
        "cargo_of_the_wrong_type": ("Cargo.toml", 'package = [1]\ndependencies = "x"\nworkspace = 3\nfeatures = [1]\n'),
        "cargo_inner_of_the_wrong_type": ("Cargo.toml", '[package]\nname = []\nversion = {workspace = 3}\nrust-version = 1\n[workspace]\nmembers = {a = 1}\n[dependencies]\na = [1]\nb = {version = []}\n[target.x]\ndependencies = 3\n'),
        "go_mod_unclosed": ("go.mod", lambda: "module (\nrequire (\n" * 3000 + "go 1.99999999999999999999\nreplace a => ../../..\n"),
        "gemfile_unclosed": ("Gemfile", lambda: "gem 'a', \"#{" * 5000 + "eval_gemfile 'Gemfile'\n"),
        "maven_with_entities": ("pom.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "&b;&b;">]><project>&c;</project>'),
        "maven_nested": ("pom.xml", lambda: "<project>" + "<a>" * 50_000),
        "maven_that_is_its_own_parent": ("pom.xml", "<project><parent><relativePath>pom.xml</relativePath></parent><modules><module>.</module><module>../../..</module></modules><properties><a>${b}</a><b>${a}</b></properties><version>${a}</version></project>"),
        "gradle_unclosed": ("build.gradle", lambda: "dependencies { implementation '" * 5000 + "\"${" * 5000),
        "composer_of_the_wrong_type": ("composer.json", '{"name": [], "require": "x", "scripts": {"a": ["@a", "@b", 3], "b": "@a"}, "config": [1], "autoload": 3}'),
        "lock_of_poetry_of_the_wrong_type": ("poetry.lock", 'package = "x"\nmetadata = [1]\n'),
        "lock_of_uv_of_the_wrong_type": ("uv.lock", 'version = []\n[[package]]\nname = 1\nversion = {}\nsource = [1]\ndependencies = "x"\n'),
        "lock_of_pnpm_of_the_wrong_type": ("pnpm-lock.yaml", "lockfileVersion: [1]\nimporters: [1]\npackages: 3\n"),
        "lock_of_yarn_of_garbage": ("yarn.lock", lambda: "\"a@\n  version\n" * 20_000 + "<<<<<<< HEAD\n"),
        "versions_of_tools": (".tool-versions", lambda: "python " + "3." * 3000 + "\n\x1b[31m\n" + "node\n" * 5000),
        "workspaces_that_hold_everything": ("pnpm-workspace.yaml", "packages: ['**/**/**/**/*', '../**', '/', '', 3, {a: 1}]\ncatalog: [1]\n"),
    },
)  # fmt: skip

several(
    "infrastructure",
    {
        "terraform_unclosed": ("deploy/main.tf", lambda: 'resource "a" "b" {\n' * 5000 + '  x = "${' * 3000 + "<<EOF\n" * 100),
        "terraform_of_here_texts": ("deploy/main.tf", lambda: "".join(f"a = <<E{at}\n" for at in range(5000))),
        "kubernetes_of_the_wrong_type": ("deploy/workload.yaml", "kind: Deployment\napiVersion: apps/v1\nmetadata: [1]\nspec: {template: [1], replicas: {a: 1}}\n---\nkind: [Deployment]\n---\nkind: Deployment\nspec: {template: {spec: {containers: {a: 1}, volumes: 3}}}\n---\nkind: Deployment\nspec: {template: {spec: {containers: [null, 3, {resources: [1], livenessProbe: 3, image: [1], env: {a: 1}}]}}}\n"),
        "helm_templates": ("deploy/chart/templates/a.yaml", lambda: "{{- range $i, $e := until 999999999 }}\nkind: Deployment\n{{ include \"a\" . }}\n" + "{{" * 5000),
        "helm_chart_of_the_wrong_type": ("deploy/chart/Chart.yaml", "name: [1]\nversion: {a: 1}\ndependencies: {a: 1}\n"),
        "kustomize_in_rings": ("deploy/kustomization.yaml", "resources: [., .., ../../.., kustomization.yaml, 3, {a: 1}]\nbases: {a: 1}\ncomponents: [.]\npatches: 3\n"),
        "slo_of_the_wrong_type": ("deploy/slo.yaml", "apiVersion: openslo/v1\nkind: SLO\nmetadata: [1]\nspec: {objectives: {a: 1}, service: [1], indicator: 3, timeWindow: [1, {a: 1}]}\n---\n- 1\n"),
        "alerts_of_the_wrong_type": ("deploy/alerts.yaml", "groups: [null, 3, {rules: {a: 1}}, {rules: [null, 3, {alert: [1], annotations: [1], labels: 3, expr: {a: 1}}]}]\n"),
        "cloud_formation_with_tags": ("deploy/template.yaml", "AWSTemplateFormatVersion: [1]\nResources: !Sub\n  - !Ref a\n  - !If [a, !GetAtt b.c, !Join ['', [*x]]]\n"),
    },
)  # fmt: skip


@bad("build")
def tox_asked_for_a_version_of_many_digits(root):
    put(root, "tox.ini", "[tox]\nenvlist = py311\n[testenv]\ncommands = pytest\n")
    put(root, "CONTRIBUTING.md", f"# Contributing\n\nRun the tests:\n\n```sh\ntox -e py{'1' * 60}x\n```\n")


@bad("build")
def image_of_a_version_of_many_digits(root):
    put(root, "Dockerfile", f"FROM python:{'1' * 100_000}!\nRUN x\n")
