"""Linters, formatters and type checkers: what is configured, and what CI runs."""

import pytest

from pytest_productops.facts.commands import calls
from pytest_productops.facts.coverage import Coverage
from pytest_productops.facts.coverage.measured import tool_of
from pytest_productops.facts.quality import Quality
from pytest_productops.facts.quality.tools import of_action, of_command
from pytest_productops.inspection.questions import style_in_ci, types_in_ci
from pytest_productops.model import Location


def ci(run="ls", on="pull_request", more=""):
    return f"\n-- .github/workflows/ci.yml --\non: {on}\njobs:\n  t:\n    steps:\n      - run: {run}\n{more}"


def tools(repository, text):
    return {(one.tool, one.kind) for one in repository(text)[Quality].runs if one.certain and one.can_stop}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("ruff check .", ("ruff", "style")),
        ("ruff .", ("ruff", "style")),
        ("ruff format --check", ("ruff-format", "style")),
        ("ty check", ("ty", "types")),
        ("golangci-lint run ./...", ("golangci-lint", "style")),
        ("cargo +nightly fmt --all -- --check", ("rustfmt", "style")),
        ("cargo clippy -- -D warnings", ("clippy", "style")),
        ("go vet ./...", ("go-vet", "style")),
        ("go run github.com/x/golangci-lint/cmd/golangci-lint run", ("golangci-lint", "style")),
        ("mix format --check-formatted", ("mix-format", "style")),
        ("mix credo --strict", ("credo", "style")),
        ("dotnet format --verify-no-changes", ("dotnet-format", "style")),
        ("tsc --noEmit", ("tsc", "types")),
        ("next build", ("tsc", "types")),
        ("vendor/bin/phpstan analyse", ("phpstan", "types")),
        ("deno lint", ("deno", "style")),
        ("biome ci .", ("biome", "style")),
        ("pytest --mypy", ("mypy", "types")),
        ("ruff --version", None),
        ("ruff clean", None),
        ("black --version", None),
        ("pip install ruff mypy", None),
        ("cargo build", None),
        ("go test ./...", None),
        ("markdownlint .", None),
        ("commitlint --from HEAD~1", None),
    ],
)  # fmt: skip
def test_commands(command, expected):
    assert of_command(tuple(command.split())) == expected


@pytest.mark.parametrize(
    ("uses", "tool"),
    [
        ("golangci/golangci-lint-action@v6", "golangci-lint"),
        ("super-linter/super-linter@v7", "many"),
        ("psf/black@stable", "black"),
        ("astral-sh/ruff-action@v3", "ruff"),
        ("reviewdog/action-eslint@v1", "eslint"),
        ("DoozyX/clang-format-lint-action@v0.18", "clang-format"),
        ("actions/checkout@v4", None),
        ("biomejs/setup-biome@v2", None),
        ("wagoid/commitlint-github-action@v6", None),
        ("amannn/action-semantic-pull-request@v5", None),
    ],
)
def test_actions(uses, tool):
    found = of_action(uses)
    assert (found and found[0]) == tool


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ci("uv run ruff check ."), {("ruff", "style")}),
        (ci("make lint") + "-- Makefile --\nlint:\n\tmypy src\n", {("mypy", "types")}),
        (ci("tox -e lint") + "-- tox.ini --\n[testenv:lint]\ncommands = flake8\n", {("flake8", "style")}),
        (ci("npm run check") + '-- package.json --\n{"scripts": {"check": "run-s types:*", "types:a": "tsc"}}\n',
         {("tsc", "types")}),
        (ci("pnpm -r lint") + '-- packages/a/package.json --\n{"scripts": {"lint": "eslint ."}}\n',
         {("eslint", "style")}),
        (ci("composer qa") + '-- composer.json --\n{"scripts": {"qa": ["@cs", "phpstan"], "cs": "phpcs"}}\n',
         {("phpcs", "style"), ("phpstan", "types")}),
        (ci("mix ci") + '-- mix.exs --\ndefp aliases do\n  [ci: ["format --check-formatted", "credo"]]\nend\n',
         {("mix-format", "style"), ("credo", "style")}),
        (ci("pixi run types") + "-- pixi.toml --\n[feature.a.tasks]\ntypes = \"mypy -p x\"\n", {("mypy", "types")}),
        (ci("./gradlew check") + '-- build.gradle.kts --\nplugins { id("com.diffplug.spotless") }\n',
         {("spotless", "style")}),
        (ci("./gradlew test") + '-- build.gradle.kts --\nplugins { id("com.diffplug.spotless") }\n', set()),
        (ci("mvn verify") + "-- pom.xml --\n<artifactId>maven-checkstyle-plugin</artifactId>\n",
         {("checkstyle", "style")}),
        (ci("bundle exec rake") + "-- Rakefile --\nRuboCop::RakeTask.new\ntask default: %i[spec rubocop]\n",
         {("rubocop", "style")}),
        (ci("bundle exec rake") + "-- Rakefile --\nRuboCop::RakeTask.new\ntask default: :spec\n", set()),
        (ci("inv lint") + '-- tasks.py --\n@task\ndef lint(ctx):\n    run("mypy .", echo=True)\n', {("mypy", "types")}),
        (ci("nox -s lint") + "-- noxfile.py --\ndef lint(session):\n    types(session)\n"
         "def types(session):\n    session.run('mypy', '-p', 'x')\n", {("mypy", "types")}),
        (ci("ruff check . || true"), set()),
        (ci("ruff check .", on="{push: {branches: [main]}}"), set()),
        (ci(more="      - uses: ./.github/actions/lint\n") +
         "-- .github/actions/lint/action.yml --\nruns:\n  using: composite\n  steps:\n    - uses: golangci/golangci-lint-action@v6\n",
         {("golangci-lint", "style")}),
    ],
)  # fmt: skip
def test_what_ci_runs(repository, text, expected):
    assert tools(repository, text) == expected


HOOKS = (
    "-- .pre-commit-config.yaml --\n{}repos:\n- repo: https://example.org/ruff\n  hooks:\n  - id: ruff-check\n"
    "  - id: mypy\n  - id: eslint\n    stages: [manual]\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HOOKS.format("") + ci("pre-commit run --all-files"), {"pre-commit", "ruff", "mypy"}),
        (HOOKS.format("") + ci("wrapped uv run pre-commit run -a"), {"pre-commit", "ruff", "mypy"}),
        (HOOKS.format("") + ci(more="      - uses: pre-commit/action@v3\n"), {"pre-commit", "ruff", "mypy"}),
        (HOOKS.format("ci:\n  skip: [mypy]\n"), {"ruff"}),
        (
            HOOKS.format("")
            + "-- README.md --\n[x](https://results.pre-commit.ci/badge/github/a/b/main.svg)\n",
            {"ruff", "mypy"},
        ),
        (HOOKS.format(""), set()),
    ],
)
def test_pre_commit(repository, text, expected):
    assert {tool for tool, _ in tools(repository, text)} >= expected
    assert not ({"ruff", "mypy", "eslint"} - expected) & {tool for tool, _ in tools(repository, text)}


def test_commits_of_pre_commit_ci(repository):
    hosted = (
        HOOKS.format("")
        + "-- git log --\n2026-01-05 ann@example.org Begin\n2026-02-01 pre-commit-ci@example.org autofix\n"
    )
    assert repository(hosted)[Quality].hooks.why == "commits of pre-commit.ci"


def test_settings(repository):
    text = (
        '-- pyproject.toml --\n[project]\nname = "x"\n[tool.ruff.lint]\nselect = ["E"]\n[tool.mypy]\n'
        '-- setup.cfg --\n[flake8]\n-- .eslintrc.json --\n{}\n-- package.json --\n{"prettier": {"semi": false}}\n'
        "-- docs/.prettierrc --\n{}\n-- .editorconfig --\nroot = true\n"
    )
    settings = repository(text)[Quality].settings
    assert {(one.tool, one.location.path, one.location.line) for one in settings} == {
        ("ruff", "pyproject.toml", 3), ("mypy", "pyproject.toml", 5), ("flake8", "setup.cfg", 1),
        ("eslint", ".eslintrc.json", 1), ("prettier", "package.json", 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (ci("ruff check ."), "yes"),
        (HOOKS.format(""), "yes"),
        (ci("make lint"), "yes"),
        ("-- .styleci.yml --\npreset: psr12\n", "yes"),
        (ci("pytest") + "-- Makefile --\nlint:\n\truff check .\n", "no"),
        (ci("ruff check .", on="{schedule: [{cron: '0 0 * * 0'}]}"), "no"),
        (ci("ruff check .").replace("  t:\n", "  t:\n    if: false\n"), "no"),
        (ci("node lint_schema.js").replace("  t:", "  schema-linter:"), "no"),
        (ci("npx commitlint").replace("  t:", "  lint-commits:"), "no"),
        ("-- README.md --\nrun ruff\n", "no"),
    ],
)
def test_style_in_ci(repository, text, value):
    assert style_in_ci.answer(repository(text)[Quality]).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-- a.go --\npackage a\n" + ci("go vet ./..."), "na"),
        ("-- README.md --\nx\n", "na"),
        ("-- a.py --\nx = 1\n" + ci("mypy ."), "yes"),
        ("-- a.py --\nx = 1\n" + ci("pytest"), "no"),
        (
            "-- src/a.ts --\nlet x = 1\n"
            + ci("npm run build")
            + '-- package.json --\n{"scripts": {"build": "tsc -b"}}\n',
            "yes",
        ),
        (
            "-- src/a.ts --\nlet x = 1\n"
            + ci("npx vitest")
            + "-- vitest.config.ts --\ntest: { typecheck: { enabled: true } }\n",
            "yes",
        ),
        ("-- a.rb --\nx = 1\n" + ci("bundle exec srb tc"), "yes"),
        ("-- a.rb --\nx = 1\n" + ci("rspec"), "no"),
        ("-- a.erl --\nx() -> 1.\n" + ci("make dialyze"), "yes"),
    ],
)
def test_types_in_ci(repository, text, value):
    assert types_in_ci.answer(repository(text)[Quality]).value == value


@pytest.mark.parametrize("text", ["[", "a: [", "- 1", "repos: 3", "repos:\n- 1\n- hooks: x\n"])
def test_malformed_files(repository, text):
    files = "".join(
        f"-- {name} --\n{text}\n"
        for name in (
            ".pre-commit-config.yaml",
            "composer.json",
            "package.json",
            "pyproject.toml",
            "mix.exs",
            "pixi.toml",
            "Rakefile",
        )
    )
    quality = repository(
        files + ci("composer a\n      - run: mix a\n      - run: pixi run a\n      - run: run-s a")
    )[Quality]
    assert quality.runs == ()


@pytest.mark.parametrize(
    "word", ["a", "-x", "npm", "--cov", "phpunit", "test", "--coverage=", "gradle", "-DCOVER", "make"]
)
def test_long_commands_take_no_time(word):
    (call,) = calls(" ".join([word, *[f"{word}x"] * 20_000]), Location("x", 1))
    assert tool_of(call) is not None
    of_command(call.words)


TRAVIS = "-- .travis.yml --\nlanguage: node_js\nscript:\n  - npm run lint\n  - npx nyc mocha\nafter_success: npx coveralls\n"


def test_the_only_ci_is_of_a_service_that_is_not_read(repository):
    alone = repository(TRAVIS + '-- package.json --\n{"scripts": {"lint": "eslint ."}}\n')
    (run,) = (one for one in alone[Quality].runs if one.certain)
    assert (run.tool, run.can_stop, run.location) == ("eslint", False, Location("package.json", 1))
    assert {one.location for one in alone[Coverage].measured} == {
        Location(".travis.yml", 4),
        Location(".travis.yml", 5),
    }


def test_a_dead_service_beside_living_ci_is_no_evidence(repository):
    both = repository(TRAVIS + ci("npm test"))
    assert (both[Quality].runs, both[Coverage].measured) == ((), ())
