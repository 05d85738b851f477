"""PRA003."""

import pytest
from productops_rules.practices.ci_references_resolve import ci_references_resolve as rule

from pytest_productops.api import Location, NotApplicable, Repository, Unavailable
from pytest_productops.testing import findings_in

PATH = ".github/workflows/ci.yml"
LOG = "-- git log --\n2026-01-05 ann@example.org Begin\n2026-02-01 bob@example.org Drop [-old/run.sh]\n"


def job(*steps, checkout="actions/checkout@v4", on="push"):
    written = "".join(f"      - {step}\n" for step in (f"uses: {checkout}", *steps))
    return f"-- {PATH} --\non: {on}\njobs:\n  t:\n    steps:\n{written}"


def found(repository, text):
    return [(f.key.partition("#")[2], f.location.line) for f in findings_in(rule, repository(text))]


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        (job("run: make docs") + "-- Makefile --\nall:\n\tls\n", "make docs", 6),
        (job("run: npm run lint") + '-- package.json --\n{"scripts": {}}\n', "npm run lint", 6),
        (job("run: tox -e docs") + "-- tox.ini --\n[testenv]\ncommands = pytest\n", "tox -e docs", 6),
        (job("uses: ./.github/actions/gone"), "./.github/actions/gone", 6),
        (job("{run: ls, working-directory: gone}"), "gone", 6),
        (job("{uses: actions/setup-go@v5, with: {go-version-file: gone/go.mod}}"), "gone/go.mod", 6),
        (f"-- {PATH} --\non: push\njobs:\n  t:\n    uses: ./.github/workflows/gone.yml\n", "./.github/workflows/gone.yml", 3),
        (f"-- {PATH} --\non: push\njobs:\n  t:\n    needs: gone\n    steps: []\n", "needs gone", 3),
        (f"-- {PATH} --\non: push\njobs: [\n", "syntax", 3),
        (f"-- {PATH} --\n", "empty", 0),
        (LOG + job("run: npm run build", "run: bash old/run.sh") + '-- package.json --\n{"scripts": {"build": "x"}}\n',
         "bash old/run.sh", 7),
        ("-- .gitlab-ci.yml --\ninclude: /ci/gone.yml\nt: {script: ls}\n", "include /ci/gone.yml", 1),
        ("-- .gitlab-ci.yml --\nt: {script: ls, needs: [gone]}\n", "needs gone", 1),
    ],
)  # fmt: skip
def test_what_does_not_exist(repository, text, key, line):
    assert found(repository, text) == [(key, line)]


ACTION = "-- .github/actions/set/action.yml --\nruns:\n  using: composite\n  steps:\n"


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        (job("run: cd docs && bash ./basic.sh") + "-- docs/basic/basic.sh --\nls\n", "bash ./basic.sh", f"{PATH}:6"),
        (job("run: echo Run x.sh", "run: chmod +x scripts/x.sh", "run: scripts/x.sh") + "-- scripts/y.sh --\nls\n",
         "scripts/x.sh", f"{PATH}:8"),
        (job("run: make docs") + "-- Makefile --\nall:\n\tls\n-- web/Makefile --\ndocs:\n\tls\n", "make docs", f"{PATH}:6"),
        (job("run: npm run build", "run: node ./scripts/stamp.js") + '-- package.json --\n{"scripts": {"build": "x"}}\n',
         "node ./scripts/stamp.js", f"{PATH}:7"),
        (job("{uses: acme/release@v1, with: {build-command: npm run build}}") + '-- package.json --\n{"scripts": {}}\n',
         "npm run build", f"{PATH}:6"),
        (job("uses: ./.github/actions/set") + ACTION + "    - uses: ./.github/actions/gone\n",
         "./.github/actions/gone", ".github/actions/set/action.yml:4"),
        (job("uses: ./.github/actions/set") + ACTION + "    - {run: ./old/run.sh, shell: bash}\n" + LOG,
         "./old/run.sh", ".github/actions/set/action.yml:4"),
    ],
)  # fmt: skip
def test_what_a_run_would_stumble_over(repository, text, key, place):
    assert [(f.key.partition("#")[2], str(f.location)) for f in findings_in(rule, repository(text))] == [
        (key, place)
    ]


def test_what_became_of_it_is_told(repository):
    (finding,) = findings_in(rule, repository(LOG + job("run: bash old/run.sh") + "-- a --\nx\n"))
    assert "deleted in" in finding.message
    assert finding.location == Location(PATH, 6)


@pytest.mark.parametrize(
    "text",
    [
        job("run: ./gen.sh out", "{run: ls, working-directory: out}") + "-- gen.sh --\nls\n",
        job("uses: acme/sdk@v1", "run: ./scripts/x.sh"),
        job("run: poetry install --only main,test")
        + "-- pyproject.toml --\n[dependency-groups]\ntest = []\n",
        job("run: curl -O https://x.org/scripts/x.sh", "run: ./scripts/x.sh"),
        job("run: npm run build --if-present") + '-- package.json --\n{"scripts": {}}\n',
        job("{uses: acme/release@v1, with: {build-command: ./scripts/x.sh, image: x}}"),
        job("{uses: acme/release@v1, with: {build-command: npm run build}}")
        + '-- package.json --\n{"scripts": {"build": "x"}}\n',
        job("run: mkdir -p build && cd build && ls", "{run: make, working-directory: build}"),
        job("run: ./build/tool.sh") + "-- .gitignore --\nbuild/\n",
        job("run: vendor/lib/x.sh") + "-- .gitmodules --\n[submodule]\n\tpath = vendor/lib\n",
        job("run: git checkout gh-pages", "run: make docs") + "-- Makefile --\nall:\n\tls\n",
        job("run: '[ -f scripts/x.sh ] && ./scripts/x.sh'") + "-- scripts/y.sh --\nls\n",
        job("run: ./scripts/x.sh || true") + "-- scripts/y.sh --\nls\n",
        job("run: ./scripts/${{ matrix.x }}.sh") + "-- scripts/y.sh --\nls\n",
        job("{run: ./scripts/x.sh, if: hashFiles('scripts/x.sh')}") + "-- scripts/y.sh --\nls\n",
        job("{uses: actions/checkout@v4, with: {repository: a/b, path: b}}", "uses: ./b/action"),
        job("uses: ./") + "-- action.yml --\nruns: {using: node20}\n",
        job("run: ./scripts/x.sh", on="workflow_call") + "-- scripts/y.sh --\nls\n",
        f"-- {PATH} --\non: push\njobs:\n  t:\n    steps:\n      - run: ./scripts/x.sh\n-- scripts/y.sh --\nls\n",
        job("run: make all") + "-- configure.ac --\nAC_INIT\n",
    ],
)
def test_what_may_be_there_is_left_alone(repository, text):
    assert found(repository, LOG + text) == []


def test_a_link_to_a_folder_is_followed(repository):
    root = repository(job("run: bin/run.sh") + "-- src/bin/run.sh --\nls\n").root
    (root / "bin").symlink_to("src/bin")
    assert findings_in(rule, Repository(root)) == ()


def test_without_history_what_a_step_may_make_is_unknown(repository):
    text = job("run: some-tool", "{run: ls, working-directory: gone}")
    with pytest.raises(Unavailable):
        findings_in(rule, repository(text))


def test_nothing_to_judge(repository):
    with pytest.raises(NotApplicable):
        findings_in(rule, repository("-- README.md --\nx\n"))


GONE = "-- git log --\n2026-01-01 a@example.org Add [+scripts/test.sh]\n2026-02-01 a@example.org Drop [-scripts/test.sh]\n"


@pytest.mark.parametrize(
    "text",
    [
        "-- .circleci/config.yml --\njobs:\n  build:\n    steps:\n      - checkout\n      - run: ./scripts/test.sh\n",
        "-- azure-pipelines.yml --\nsteps:\n- script: ./scripts/test.sh\n",
        "-- .buildkite/pipeline.yml --\nsteps:\n  - command: ./scripts/test.sh\n",
        "-- bitbucket-pipelines.yml --\npipelines:\n  default:\n    - step: {script: [./scripts/test.sh]}\n",
        "-- .build.yml --\nsources: [https://x/~a/repository]\ntasks:\n  - t: |\n      cd repository\n      ./scripts/test.sh\n",
        "-- Jenkinsfile --\npipeline { stages { stage('t') { steps { sh './scripts/test.sh' } } } }\n",
    ],
)
def test_a_script_that_is_gone_in_any_service(repository, text):
    (finding,) = findings_in(rule, repository(GONE + text))
    assert "calls script `scripts/test.sh`, which does not exist" in finding.message
    assert (
        findings_in(rule, repository(GONE + text.replace("./scripts/test.sh", "./scripts/made.sh || true")))
        == ()
    )


def test_a_job_that_checks_nothing_out_is_left_alone(repository):
    text = "-- .circleci/config.yml --\njobs:\n  build:\n    steps:\n      - run: ./scripts/test.sh\n"
    assert findings_in(rule, repository(GONE + text)) == ()
