"""Whether CI measures coverage and enforces a threshold: what counts, and what only looks like it."""

import time

import pytest

from pytest_productops.facts.coverage import Coverage
from pytest_productops.facts.coverage.scripts import compared
from pytest_productops.inspection.questions import coverage_gate, coverage_in_ci


def ci(run="ls", more="", on="pull_request"):
    return f"\n-- .github/workflows/ci.yml --\non: {on}\njobs:\n  t:\n    steps:\n      - run: {run}\n{more}"


def step(text):
    lines = "".join(f"          {line}\n" for line in text.splitlines())
    return (
        f"-- .github/workflows/ci.yml --\non: pull_request\njobs:\n  t:\n    steps:\n      - run: |\n{lines}"
    )


@pytest.mark.parametrize(
    "text",
    [
        ci("pytest --cov=src"),
        ci("docker compose run --rm app tests --junitxml=x.xml --cov"),
        ci("coverage run -m pytest"),
        ci("${PREFIX}coverage report"),
        ci("make cov") + "-- Makefile --\ncov:\n\tpytest --cov\n",
        ci("pytest") + "-- pytest.ini --\n[pytest]\naddopts = --cov=src\n",
        ci("npx c8 node --test"),
        ci("npm test -- --coverage"),
        ci("npx vitest run --coverage.enabled"),
        ci("npx vitest") + "-- vitest.config.ts --\ntest: { coverage: { provider: 'v8', enabled: true } }\n",
        ci("npx jest ${{ format('--coverage={0}', matrix.x) }}"),
        ci("go test -coverprofile=c.out ./..."),
        ci("go test -v -cover ./..."),
        ci("cargo tarpaulin --out xml"),
        ci("cargo +nightly llvm-cov nextest --lcov"),
        ci("./gradlew test jacocoTestReport"),
        ci("./gradlew koverXmlReport"),
        ci("./gradlew test") + "-- build.gradle --\nplugins {\n  id 'jacoco'\n}\n",
        ci("mvn verify")
        + "-- pom.xml --\n<artifactId>jacoco-maven-plugin</artifactId><goal>prepare-agent</goal>\n",
        ci("bundle exec rspec") + '-- spec/spec_helper.rb --\nrequire "simplecov"\nSimpleCov.start\n',
        ci("bundle exec rspec") + '-- spec/spec_helper.rb --\nif ENV["CI"]\n  require "simplecov"\nend\n',
        ci("COVERAGE=1 bundle exec rspec")
        + "-- test/helper.rb --\nif ENV.delete('COVERAGE')\n  SimpleCov.start\nend\n",
        ci("echo COVERAGE=true >> $GITHUB_ENV\n      - run: bundle exec rspec")
        + '-- spec/spec_helper.rb --\nrequire "simplecov" if ENV["COVERAGE"]\n',
        ci("vendor/bin/phpunit --coverage-clover=x.xml"),
        ci("mix test --cover"),
        ci("mix coveralls.github"),
        ci("dotnet test --collect:'XPlat Code Coverage'"),
        ci("gcovr -r ."),
        ci("swift test --enable-code-coverage"),
        ci("bash <(curl -s https://codecov.io/bash)"),
        ci(more="      - uses: codecov/codecov-action@v5\n"),
        ci(more="      - uses: coverallsapp/github-action@v2\n"),
        ci(more="      - uses: ./.github/actions/up\n")
        + "-- .github/actions/up/action.yml --\nruns:\n  using: composite\n  steps:\n    - uses: codecov/codecov-action@v5\n",
    ],
)
def test_measured_in_ci(repository, text):
    assert coverage_in_ci.answer(repository(text)[Coverage]).value == "yes"


@pytest.mark.parametrize(
    "text",
    [
        ci("pytest"),
        ci("pip install pytest-cov coverage codecov"),
        ci("pytest --no-cov") + "-- pytest.ini --\n[pytest]\naddopts = --cov=src\n",
        ci("make test") + "-- Makefile --\ntest:\n\tpytest\ncov:\n\tpytest --cov\n",
        ci("curl https://stackoverflow.com/q/1"),
        ci("./gradlew test"),
        ci("vendor/bin/phpunit --no-coverage"),
        ci("npx jest --coverage=false"),
        ci("bundle exec rspec")
        + '-- spec/spec_helper.rb --\nif ENV["COVERAGE"]\n  require "simplecov"\nend\n',
        ci("bundle exec rspec") + '-- spec/spec_helper.rb --\n# require "simplecov"\n',
        ci("mvn test")
        + "-- pom.xml --\n<profiles><artifactId>jacoco-maven-plugin</artifactId>prepare-agent</profiles>\n",
        ci("pytest --cov").replace("  t:\n", "  t:\n    if: false\n"),
        ci(more="      - uses: codecov/test-results-action@v1\n"),
        ci(more="      - uses: codecov/codecov-action@v5\n        with: {report_type: test_results}\n"),
        "-- .codecov.yml --\ncoverage: {status: {project: {default: {target: 90}}}}\n" + ci("pytest"),
        "-- README.md --\nrun pytest --cov\n",
    ],
)
def test_not_measured_in_ci(repository, text):
    assert coverage_in_ci.answer(repository(text)[Coverage]).value == "no"


CODECOV = "-- codecov.yml --\ncoverage:\n  status:\n    project:\n      default:\n        {}\n"
UPLOAD = ci(more="      - uses: codecov/codecov-action@v5\n")
GATE = "-- .coveragerc --\n[report]\nfail_under = 90\n"


@pytest.mark.parametrize(
    "text",
    [
        GATE + ci("pytest --cov"),
        GATE + ci("coverage report", on="{push: {branches: [main]}}"),
        CODECOV.format("target: 80%") + UPLOAD,
        CODECOV.format("target: auto") + UPLOAD,
        ci("borp --coverage --check-coverage --lines 95"),
        ci("npx c8 --check-coverage node --test"),
        step(
            'total=$(go tool cover -func=c.out | tail -1)\nif [ "${total%.*}" -lt 80 ]; then\n  exit 1\nfi\n'
        ),
        step('THRESHOLD=80\nif (( $(echo "$COVERAGE < $THRESHOLD" | bc -l) )); then exit 1; fi\n'),
        ci("ls").replace(
            "      - run: ls\n",
            "      - env: {COVERAGE_MIN: '75'}\n        run: test $COVERAGE -ge $COVERAGE_MIN || exit 1\n",
        ),
        ci("./scripts/cover.sh")
        + '-- scripts/cover.sh --\ncoverage=$(x)\nif [ "$coverage" -lt "${MIN:-70}" ]; then exit 1; fi\n',
        ci("coverage report --fail-under=$MINIMUM").replace("  t:\n", "  t:\n    env: {MINIMUM: 85}\n"),
        "-- vite.config.ts --\ntest: { coverage: { lines: 90, functions: 90 } }\n"
        + ci("npx vitest --coverage"),
        '-- .simplecov --\nSimpleCov.start { minimum_coverage 90 }\n-- spec/spec_helper.rb --\nrequire "simplecov"\n'
        + ci("rspec"),
        ci("smokeshow upload htmlcov").replace(
            "      - run", "      - env: {SMOKESHOW_GITHUB_COVERAGE_THRESHOLD: '91'}\n        run"
        ),
    ],
)
def test_a_gate(repository, text):
    assert coverage_gate.answer(repository(text)[Coverage]).value == "yes"


@pytest.mark.parametrize(
    "text",
    [
        GATE,
        GATE + ci("pytest"),
        GATE + ci("coverage report || true"),
        GATE + ci("coverage report").replace("  t:\n", "  t:\n    if: false\n"),
        GATE + ci("coverage report").replace("  t:\n", "  t:\n    continue-on-error: true\n"),
        GATE.replace("90", "0") + ci("coverage report"),
        CODECOV.format("target: 0") + UPLOAD,
        CODECOV.format("informational: true") + UPLOAD,
        CODECOV.format("enabled: no") + UPLOAD,
        CODECOV.format("target: 80%") + ci("pytest"),
        "-- codecov.yml --\ncomment: false\n" + UPLOAD,
        "-- codecov.yml --\ncoverage: {status: {project: yes}}\n" + UPLOAD,
        "-- .coveragerc --\n[run]\nplugins = covdefaults\n" + ci("coverage report"),
        step(
            'total=$(go tool cover -func=c.out | tail -1)\nif [ "${total%.*}" -lt 80 ]; then\n  echo low\nfi\n'
        ),
        ci("ls") + '-- scripts/cover.sh --\ncoverage=$(x)\nif [ "$coverage" -lt 70 ]; then exit 1; fi\n',
        '-- .simplecov --\nSimpleCov.start { minimum_coverage 90 }\n-- spec/spec_helper.rb --\nrequire "simplecov" if ENV["COVERAGE"]\n'
        + ci("rspec"),
    ],
)
def test_no_gate(repository, text):
    assert coverage_gate.answer(repository(text)[Coverage]).value == "no"


def test_a_gate_that_runs_only_after_the_merge_enforces_nothing(repository):
    (gate,) = repository(GATE + ci("coverage report", on="{push: {branches: [main]}}"))[Coverage].gates
    assert (gate.reached, gate.enforced) == (True, False)


@pytest.mark.parametrize(
    "text", ["cov" * 30_000, "total " * 20_000, "coverage<" * 10_000, "$cov -lt 1 " * 9_000]
)
def test_long_scripts_take_no_time(text):
    start = time.process_time()
    list(compared(f"coverage {text}", {}))
    assert time.process_time() - start < 5
