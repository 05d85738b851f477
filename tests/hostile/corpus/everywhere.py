"""The same bad text in every file of its kind that something reads."""

from corpus.case import bad, put

PYTHON = (
    "setup.py", "noxfile.py", "tasks.py", "dodo.py", "fabfile.py", "conftest.py", "docs/conf.py", "manage.py", "versioneer.py",
    "migrations/versions/0001_a.py", "alembic/env.py", "src/parceltracker/migrations/0001_a.py", "src/parceltracker/extra.py",
    "tests/test_extra.py", "tests/conftest.py", "src/parceltracker/_version.py", "src/parceltracker/settings/base.py",
)  # fmt: skip
JSON = (
    "package.json", "package-lock.json", "composer.json", "composer.lock", "Pipfile.lock", "renovate.json", ".renovaterc", "lerna.json",
    "deno.json", "tsconfig.json", ".eslintrc.json", ".nycrc", ".c8rc.json", "jest.config.json", ".mocharc.json", ".prettierrc", "biome.json",
    ".release-please-manifest.json", "release-please-config.json", ".devcontainer/devcontainer.json", "nx.json", "turbo.json",
    "codemeta.json", "deploy/dashboards/a.json", ".all-contributorsrc", "cdk.json", "vercel.json", "global.json", "elm.json",
)  # fmt: skip
TOML = (
    "Cargo.toml", "Cargo.lock", "poetry.lock", "uv.lock", "Pipfile", "ruff.toml", ".ruff.toml", "mise.toml", ".mise.toml", "pixi.toml", "hatch.toml",
    "netlify.toml", "fly.toml", "book.toml", "taplo.toml", "clippy.toml", "rust-toolchain.toml", "pytest.toml", "tox.toml", "cliff.toml",
    "towncrier.toml", "pyright.toml", "triagebot.toml", ".productops/done.toml", ".productops/tasks.toml", "packages/a/pyproject.toml",
)  # fmt: skip
YAML = (
    ".gitlab-ci.yml", ".circleci/config.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", ".drone.yml", ".travis.yml", ".cirrus.yml",
    ".woodpecker.yml", ".buildkite/pipeline.yml", "appveyor.yml", ".github/dependabot.yml", ".github/workflows/ci.yml", ".github/settings.yml",
    ".github/ISSUE_TEMPLATE/a.yml", ".github/release.yml", ".github/labeler.yml", ".pre-commit-config.yaml", "codecov.yml", ".codecov.yml",
    "Taskfile.yml", "pnpm-lock.yaml", "pnpm-workspace.yaml", "mkdocs.yml", ".readthedocs.yaml", "catalog-info.yaml", "compose.yaml",
    "deploy/workload.yaml", "deploy/slo.yaml", "deploy/alerts.yaml", "deploy/chart/Chart.yaml", "deploy/chart/values.yaml",
    "deploy/kustomization.yaml", "OWNERS", "serverless.yml", "action.yml", "conda.yml", "environment.yml", "_config.yml", ".golangci.yml",
    "desks.yml", "openapi.yaml", "antora.yml", "SECURITY-INSIGHTS.yml", ".mergify.yml", "skaffold.yaml", "pubspec.yaml", "mkdocs/a.yml",
)  # fmt: skip
INI = ("setup.cfg", "tox.ini", "mypy.ini", ".coveragerc", ".flake8", ".bumpversion.cfg", "pylintrc", ".pylintrc", "pytest.ini", ".editorconfig", "alembic.ini", ".pydocstyle", ".npmrc", "Pipfile.ini")  # fmt: skip
BUILD = ("Makefile", "GNUmakefile", "justfile", "Rakefile", "Jenkinsfile", "Dockerfile", "Gemfile", "build.gradle", "build.gradle.kts", "pom.xml", "mix.exs", "go.mod", "go.work", "CMakeLists.txt", "Vagrantfile", "Procfile", ".envrc", ".env.example", ".env.template", "Brewfile", "flake.nix", "shell.nix", "BUILD.bazel", "WORKSPACE", "build.sbt", "package.mill", "Package.swift", "dub.json", "Earthfile", "Snakefile", "MANIFEST.in", "requirements.txt", "requirements-dev.in", "constraints.txt", ".tool-versions", ".python-version", ".nvmrc", "yarn.lock", "deploy/main.tf", "deploy/a.libsonnet", "migrations/0003_a.up.sql", "src/a_test.go", "src/a.test.ts", "src/ATest.java", "src/a_spec.rb", "src/ATest.php", "src/a.rs", "src/ATests.cs", ".github/CODEOWNERS", "MAINTAINERS", "AUTHORS", ".mailmap", "LICENSE", "SECURITY.txt")  # fmt: skip
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/deploy.md",
    "docs/runbook.md",
    "docs/a.rst",
    "docs/a.adoc",
    "docs/a.org",
)


def everywhere(name, paths, text, **more):
    """Register one input: a text in all these files."""

    def build(root):
        made = text() if callable(text) else text
        for path in paths:
            if not (root / path).is_dir():
                put(root, path, made)

    build.__name__ = name
    bad("everywhere", mends=("*",), **more)(build)


everywhere("python_of_long_sums", PYTHON, lambda: "x = " + "+".join(["a"] * 5000) + "\n")
everywhere("python_of_long_branches", PYTHON, lambda: "if a:\n    pass\n" + "elif a:\n    pass\n" * 20_000)
everywhere(
    "python_of_nested_calls",
    PYTHON,
    lambda: "x = " + "f(" * 150 + ")" * 150 + "\n" + "y = a" + "[0]" * 5000 + "\n",
)
everywhere("python_with_nul", PYTHON, b"import os\0\n")
everywhere("python_of_half_a_line", PYTHON, "def f(:\n  '''")
everywhere("json_nested", JSON, "[" * 100_000)
everywhere("json_objects_nested", JSON, lambda: '{"a":' * 900 + "1" + "}" * 900)
everywhere("json_of_numbers", JSON, lambda: '{"name": ' + "9" * 10_000 + ', "version": 1e999, "x": NaN}')
everywhere("json_of_lists", JSON, '[{"name": []}]')
everywhere("json_of_a_text", JSON, '"text"')
everywhere("json_of_nothing", JSON, "")
everywhere("json_of_nested_nulls", JSON, '{"name": null, "version": null, "scripts": null, "packages": null, "dependencies": null, "require": null, "_meta": null, "default": null, "engines": null, "workspaces": null, "extends": null}')  # fmt: skip
everywhere("toml_nested", TOML, lambda: "x = " + "[" * 5000 + "]" * 5000 + "\n")
everywhere("toml_of_long_keys", TOML, lambda: ".".join(["a"] * 3000) + " = 1\n")
everywhere("toml_of_numbers", TOML, lambda: "x = " + "9" * 10_000 + "\n")
everywhere("toml_of_the_wrong_type", TOML, 'package = "x"\ntool = 3\nproject = []\ndependencies = 3\nlint = "x"\ntools = []\nstage = 3\ntask = {}\nenv = 3\nworkspace = []\nmetadata = 3\n')  # fmt: skip
everywhere("toml_unclosed", TOML, '[[package]]\nname = """')
everywhere(
    "yaml_of_aliases",
    YAML,
    lambda: "".join(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9) if at else 'x'}]\n" for at in range(12)),
)
everywhere("yaml_nested", YAML, lambda: "a: " + "[" * 100_000)
everywhere("yaml_of_itself", YAML, "a: &a\n  b: *a\n")
everywhere("yaml_of_lists_for_all", YAML, "kind: [a]\nname: [b]\non: [c]\njobs: [d]\nsteps: {a: [1]}\nspec: [1]\nversion: {a: 1}\nupdates: [[1]]\nrepos: [[1]]\nservices: [[1]]\nstages: [[1]]\nimage: [1]\n")  # fmt: skip
everywhere("yaml_of_maps_for_all", YAML, "kind: {a: 1}\nname: {}\non: {a: {b: 1}}\njobs: {a: [1]}\nsteps: {}\nspec: {a: [1]}\nupdates: {a: 1}\nrepos: {}\nservices: {a: [1]}\nstages: {a: 1}\nscript: {a: 1}\nimage: {}\n")  # fmt: skip
everywhere("yaml_of_nulls_for_all", YAML, "kind:\nname:\non:\njobs:\nsteps:\nspec:\nupdates:\nrepos:\nservices:\nstages:\nscript:\nimage:\nversion:\nmetadata:\ngroups:\nnav:\napproves:\n")  # fmt: skip
everywhere("yaml_of_texts", YAML, "text\n")
everywhere(
    "yaml_of_tags",
    YAML,
    "jobs: !a {b: !c [d]}\non: !x y\nspec: !!set {a, b}\nname: !!binary '!'\nkind: !Ref Deployment\n",
)
everywhere("ini_of_substitutions", INI, "[DEFAULT]\na = %(b)s\nb = %(a)s\n[testenv]\ncommands = {[testenv]commands}\n[coverage:run]\nsource = ${x}\n[metadata]\nname = %\n")  # fmt: skip
everywhere("ini_of_garbage", INI, "[[[\n]]]\n= = =\n[a]\n[a]\nb\nb\n\x01\n")
everywhere("ini_of_long_lines", INI, lambda: "[a]\nb = " + "{" * 20_000 + "\n c" * 5000 + "\n")
everywhere("builds_of_brackets", BUILD, lambda: "(" * 3000 + "{" * 3000 + "[" * 3000 + '"' * 3001 + "\n")
everywhere("builds_of_one_line", BUILD, lambda: "a b " * 60_000)
everywhere(
    "builds_of_dollars", BUILD, lambda: "${" * 5000 + "$(" * 5000 + "\n" + "$((" * 5000 + "`" * 5001 + "\n"
)
everywhere(
    "builds_of_blanks",
    BUILD,
    lambda: " " * 100_000 + "a\n" + "\t" * 50_000 + "=\n" + ("a" + " " * 2000 + "\n") * 20,
)
everywhere(
    "builds_of_names", BUILD, lambda: "a-" * 50_000 + "\n" + "a." * 50_000 + "\n" + "a_" * 50_000 + "@\n"
)
everywhere(
    "builds_of_colons_and_commas",
    BUILD,
    lambda: "a:" * 30_000 + "\n" + "a," * 30_000 + "\n" + "a=" * 30_000 + "\n",
)
everywhere("builds_of_blank_lines", BUILD, "\n" * 60_000)
everywhere("manifests_of_blank_lines", (*YAML, *INI, *PYTHON, ".gitmodules"), "\n" * 30_000)
everywhere("builds_with_nul", BUILD, b"all:\0\n\tmake\n")
everywhere("documents_of_marks", DOCUMENTS, lambda: ("*" * 80 + "_" * 80 + "`" * 80 + "[" * 80 + "\n") * 40)
everywhere(
    "documents_of_words",
    DOCUMENTS,
    lambda: "# A\n\n" + ("every team must never " * 100 + "\n") * 40,
    slow=True,
)
everywhere(
    "documents_of_names",
    DOCUMENTS,
    lambda: "# A\n\n" + ("a-" * 2000 + "\n" + "a@" * 2000 + "\n" + "@a/" * 1500 + "\n") * 10,
    slow=True,
)
everywhere(
    "documents_of_paths",
    DOCUMENTS,
    lambda: "# A\n\n" + ("`a/b/../c/./d` " * 200 + "`" + "../" * 1000 + "`\n") * 10,
)
everywhere(
    "documents_of_numbers",
    DOCUMENTS,
    lambda: "# 1.2.3\n\n" + ("1." * 2000 + "\n" + "2026-01-01" * 400 + "\n" + "9" * 4000 + " days\n") * 10,
    slow=True,
)
everywhere(
    "documents_of_blanks", DOCUMENTS, lambda: "# A\n\n" + ("a" + " " * 4500 + "\n") * 20 + "\t" * 4500 + "\n"
)
everywhere("documents_of_blank_lines", DOCUMENTS, lambda: "# A\n\n```sh\n" + "\n" * 15_000 + "x\n```\n")
everywhere(
    "documents_of_marks_in_long_lines",
    DOCUMENTS,
    lambda: "# A\n\n" + ("<" + "a" * 4500 + "\n\n" + "`" * 4500 + "\n\n" + "# {#" + "a" * 4500 + "\n\n") * 5,
)
everywhere(
    "documents_of_headings_of_blanks",
    DOCUMENTS,
    lambda: "# A\n\n" + ("== x" + " " * 4500 + "y\n\n" + "## x" + " " * 4500 + "{y\n\n") * 5,
)
everywhere(
    "documents_of_addresses",
    DOCUMENTS,
    lambda: "# A\n\n" + ("https://a.b/" + "c/" * 2000 + "\n" + "http://" * 600 + "\n") * 10,
)
