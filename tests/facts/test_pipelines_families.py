"""Which commands run tests."""

import pytest

from pytest_productops.facts.commands import calls
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.pipelines.families import names_no_tests, opaque, test_family
from pytest_productops.model import Location

test_family.__test__ = False
TESTS = """
pytest -q | python3 -m pytest | $PYTHON -m pytest | ${PYTHON} -m pytest | uv run pytest | xvfb-run -a pytest
coverage run -m pytest | docker compose run --rm app pytest -x | poetry run pytest | python -W error -m unittest
python manage.py test | hatch test | trial tests | npm test | npm run test:unit | yarn test | pnpm -r test
pnpm --filter web test | bun test | npx vitest run | npx jest | node --test | npx playwright test | npx mocha
go test ./... | gotestsum -- ./... | cargo test --all | cargo nextest run | ./gradlew :app:testDebugUnitTest
./gradlew build | gradle check | mvn verify | ./mvnw -B test | bundle exec rspec | composer exec phpunit -- --exclude-group a | bundle exec rake spec
bin/rails test | ctest --output-on-failure | make test | make -j4 check | dotnet test | swift test | mix test
vendor/bin/phpunit | sbt test | bazel test //... | flutter test | dart test | zig build test | deno test
composer test | bash -c "cd x && pytest" | nix-shell --run "make test" | cmake --build build --target test
meson test -C build | R CMD check . | stack test | ./scripts/run-tests.sh | python tests/run_tests.py | prove -l
ruby -w $(bundle exec which rake) test:all | bash -c "echo start && pytest" |
pixi run -e py312 test-default | timeout 60 pytest | env A=b pytest | sudo -E pytest | $GITHUB_EXPRESSION npx jest
""".replace("\n", " | ")
OTHERS = """
pip install pytest | ruff check tests | echo pytest | pytest --collect-only | cargo test --no-run | mvn -DskipTests verify
./gradlew build -x test | ./gradlew assemble | npm ci | npm run build | go build ./... | go vet ./... | make docs
git checkout test | docker build -t test . | cmake --build . --target testdeps | hugo --environment test
pixi run -e test-py312 lint | tox -vv --notest | make -C tests all | cat test.txt | ./configure | mypy tests
"""


def first(text):
    return calls(text, Location("", 1))[0]


@pytest.mark.parametrize("text", [t.strip() for t in TESTS.split("|") if t.strip()])
def test_commands_that_run_tests(text):
    assert test_family(first(text))


@pytest.mark.parametrize("text", [t.strip() for t in OTHERS.replace("\n", "|").split("|") if t.strip()])
def test_commands_that_run_none(text):
    assert not test_family(first(text))


@pytest.mark.parametrize(
    "text",
    [
        "docker build .",
        "nix build",
        "sudo docker run image",
        "cibuildwheel",
        "$TEST_COMMAND",
        "$GITHUB_EXPRESSION",
    ],
)
def test_commands_out_of_sight(text):
    assert opaque(first(text))


@pytest.mark.parametrize(
    ("files", "run", "family"),
    [
        (
            '-- package.json --\n{"scripts": {"test": "echo \\"no test specified\\" && exit 1"}}',
            "npm test",
            "",
        ),
        ('-- package.json --\n{"scripts": {"test": "some-runner"}}', "npm test", "npm"),
        ('-- package.json --\n{"scripts": {"ci": "vitest run"}}', "npm run ci", ""),
        ("-- Makefile --\ncheck:\n\truff check\n", "make check", ""),
        ("-- Makefile --\ncheck:\n\tpytest\n", "make check", "make"),
        ("-- configure.ac --\nAC_INIT\n", "make check", "make"),
        ("-- tox.ini --\n[testenv]\ncommands = pytest\n", "tox -e py312", ""),
        ("-- x --\n", "tox -e lint", ""),
        ("-- x --\n", "tox -e $ENV", "tox"),
    ],
)
def test_targets_count_by_what_they_run(repository, files, run, family):
    text = f"-- .github/workflows/a.yml --\non: push\njobs:\n  a:\n    steps:\n      - run: {run}\n{files}\n"
    assert repository(text)[Pipelines].executions[0].tests == family


@pytest.mark.parametrize(
    ("name", "none"), [("update-functional-tests", True), ("tests", False), ("test-updates", False)]
)
def test_a_target_that_renews_what_tests_expect_runs_none(name, none):
    assert names_no_tests(name) is none
