"""OPS003, OPS004 and OPS006."""

import pytest
from productops_rules.operations.release_doc_matches_workflow import release_doc_matches_workflow as matches
from productops_rules.operations.release_procedure_documented import (
    release_procedure_documented as documented,
)
from productops_rules.operations.versions_agree import versions_agree as agree

from pytest_productops import gate
from pytest_productops.facts.components import Components
from pytest_productops.model import NotApplicable
from pytest_productops.policy.terms import Terms
from pytest_productops.repository import Unavailable
from pytest_productops.testing import findings, lay_out

LOG = "2026-01-05 ann@example.org Begin <v1.0.0>\n"
STEPS = (
    "# Releasing\n\n1. Bump the version.\n2. Run the tests.\n3. Push the tag.\n\nA bad release is yanked.\n"
)


def keys(rule, files, log=LOG, **options):
    return sorted(finding.key for finding in findings(rule, {**files, "git log": log}, **options))


def test_a_whole_procedure_passes():
    assert keys(documented, {"RELEASING.md": STEPS}) == []


def test_each_question_is_missed():
    assert keys(documented, {"RELEASING.md": STEPS.replace("Run the tests", "Build it")}) == ["verify"]
    assert keys(documented, {"RELEASING.md": STEPS.replace("A bad release is yanked.", "")}) == ["undo"]
    machine = STEPS.replace("Run the tests", "Merge it").replace("A bad", "The rest is automated. A bad")
    assert keys(documented, {"RELEASING.md": machine}) == []
    assert (
        keys(documented, {"RELEASING.md": STEPS.replace("A bad release is yanked.", "")}, required=["steps"])
        == []
    )


@pytest.mark.parametrize(
    "text", ["", "# Releasing\n", "# Releasing\n\nTODO\n", "<!-- 1. Tag. 2. Push. -->\n"]
)
def test_an_empty_procedure_fails(text):
    (finding,) = findings(documented, {"RELEASING.md": text, "git log": LOG})
    assert (finding.key, finding.location.path) == ("procedure", "RELEASING.md")


def test_without_releases_nothing_is_asked():
    deployed = "on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{run: docker push acme/invoices}]\n"
    with pytest.raises(NotApplicable):
        keys(documented, {"README.md": "# A\n"}, "2026-01-05 ann@example.org Begin\n")
    with pytest.raises(NotApplicable):
        keys(documented, {".github/workflows/a.yml": deployed}, "2026-01-05 ann@example.org Begin\n")
    with pytest.raises(Unavailable):
        keys(
            documented,
            {
                "RELEASE.md": "The release process is at https://example.org/release-process\n\nSee [the release process](https://example.org/release).\n"
            },
        )


def test_what_is_missing_has_a_place():
    workflow = {".github/workflows/out.yml": publish("push")}
    (finding,) = findings(documented, {"README.md": "# A\n", **workflow, "git log": LOG})
    assert (finding.location.path, finding.location.line) == (".github/workflows/out.yml", 5)
    (finding,) = findings(documented, {"README.md": "# A\n", "git log": LOG})
    assert finding.location.path == "README.md"


def test_a_service_that_is_deployed_continuously_has_no_releases():
    files = {"README.md": "# A\n", "Procfile": "web: x\n", ".github/workflows/out.yml": publish("push")}
    with pytest.raises(NotApplicable):
        keys(documented, files, "2026-01-05 ann@example.org Begin <release_1>\n")


def publish(on):
    return f"on: {on}\njobs:\n  publish:\n    runs-on: x\n    steps: [{{run: npm publish}}]\n"


def test_tags_must_start_the_workflow():
    doc = "# Releasing\n\nCI publishes it.\n\n```sh\ngit tag {}\ngit push --tags\n```\n"
    workflow = publish("{push: {tags: ['v*']}}")
    for tag, found in (
        ("v1.2.0", []),
        ("v<version>", []),
        ("$VERSION", ["tag:$VERSION"]),
        ("1.2.0", ["tag:1.2.0"]),
    ):
        files = {"RELEASING.md": doc.format(tag), ".github/workflows/publish.yml": workflow}
        assert keys(matches, files) == found
    files = {
        "RELEASING.md": doc.format("1.2.0"),
        ".github/workflows/publish.yml": publish("workflow_dispatch"),
    }
    assert keys(matches, files) == []


def test_automation_that_nobody_speaks_of():
    doc = "# Releasing\n\n1. Bump the version.\n2. `npm publish` it.\n"
    files = {"RELEASING.md": doc, ".github/workflows/publish.yml": publish("workflow_dispatch")}
    assert keys(matches, files) == ["unspoken:.github/workflows/publish.yml"]
    assert keys(matches, {**files, "RELEASING.md": f"{doc}\nThe workflow does the rest.\n"}) == []


def test_a_workflow_that_never_was_is_not_reported():
    doc = "# Releasing\n\n1. Bump the version.\n2. Run the workflow `.github/workflows/out.yml`.\n"
    files = {"RELEASING.md": doc, ".github/workflows/publish.yml": publish("workflow_dispatch")}
    assert keys(matches, files) == []
    log = f"{LOG}2026-02-05 ann@example.org Rename [-.github/workflows/out.yml]\n"
    assert keys(matches, files, log) == ["workflow:.github/workflows/out.yml"]


def test_secrets_on_demand():
    text = (
        publish("workflow_dispatch")
        .replace("npm publish", "NPM=${{ secrets.NPM_TOKEN }} GH=${{ secrets.GITHUB_TOKEN }} npm publish")
        .replace("{run: ", "{run: '")
        .replace("publish}", "publish'}")
    )
    files = {"RELEASING.md": f"{STEPS}\nThe workflow publishes.\n", ".github/workflows/publish.yml": text}
    assert keys(matches, files) == []
    assert keys(matches, files, secrets_documented=True) == ["secret:NPM_TOKEN"]


def test_both_are_needed():
    with pytest.raises(NotApplicable):
        keys(matches, {"RELEASING.md": STEPS})
    with pytest.raises(NotApplicable):
        keys(matches, {".github/workflows/publish.yml": publish("push")})


PYPROJECT = '[project]\nname = "invoices"\nversion = "1.0.0"\n'


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"invoices/__init__.py": '__version__ = "1.0.0"\n'}, []),
        ({"src/invoices/__init__.py": '__version__ = "0.9.0"\n'}, ["differs:src/invoices/__init__.py"]),
        ({"invoices/__init__.py": "__version__ = version('invoices')\n"}, []),
        ({"docs/conf.py": 'release = "0.9.0"\n'}, ["differs:docs/conf.py"]),
        ({"docs/conf.py": "release = invoices.__version__\n"}, []),
        ({"package.json": '{"name": "frontend", "version": "3.0.0", "private": true}\n'}, []),
        ({"package.json": '{"name": "frontend", "version": "3.0.0"}\n'}, []),
        ({"package.json": '{"name": "invoices", "version": "3.0.0"}\n'}, ["differs:pyproject.toml"]),
    ],
)
def test_places_that_declare_a_version(files, found):
    assert keys(agree, {"pyproject.toml": PYPROJECT, **files}) == found


def test_the_lock_file_declares_the_package_itself():
    package = '{\n  "name": "invoices",\n  "version": "1.0.0"\n}\n'
    lock = '{{\n  "name": "invoices",\n  "version": "{}",\n  "lockfileVersion": 3\n}}\n'
    assert keys(agree, {"package.json": package, "package-lock.json": lock.format("1.0.0")}) == []
    assert keys(agree, {"package.json": package, "package-lock.json": lock.format("0.9.0")}) == [
        "differs:package-lock.json"
    ]


@pytest.mark.parametrize(
    ("declared", "locked", "same"),
    [
        ("26.08.0-dev", "26.8.0.dev0", True),
        ("1.0", "1.0.0", True),
        ("26.08.0-dev", "26.7.0.dev0", False),
        ("1.0.0", "1.0.0rc1", False),
    ],
)
def test_each_manifest_is_compared_with_its_own_lock(declared, locked, same):
    files = {
        "package.json": f'{{\n  "name": "invoices-web",\n  "version": "{declared}"\n}}\n',
        "pyproject.toml": f'[project]\nname = "Our_Invoices"\nversion = "{declared}"\n'
        "[tool.uv]\npackage = false\n",
        "uv.lock": 'version = 1\n\n[[package]]\nname = "our-invoices"\n'
        f'version = "{locked}"\nsource = {{ virtual = "." }}\n',
    }
    assert keys(agree, files) == ([] if same else ["differs:uv.lock"])


@pytest.mark.parametrize(("locked", "expected"), [("1.0.0", []), ("0.9.0", ["differs:Cargo.lock"])])
def test_a_crate_in_its_lock(locked, expected):
    files = {
        "Cargo.toml": '[package]\nname = "invoices"\nversion = "1.0.0"\n',
        "Cargo.lock": f'version = 4\n\n[[package]]\nname = "invoices"\nversion = "{locked}"\n',
    }
    assert keys(agree, files) == expected


def test_a_placeholder_and_a_made_version_declare_none():
    for version in ('version = "0.0.0"', 'dynamic = ["version"]'):
        text = f'[project]\nname = "invoices"\n{version}\n'
        assert keys(agree, {"pyproject.toml": text, "invoices/__init__.py": '__version__ = "9.0"\n'}) == []


def test_no_release_is_newer_than_the_manifest():
    late = (
        "2026-01-05 ann@example.org Release <v1.2.0>\n2026-02-05 ann@example.org Declare [+pyproject.toml]\n"
    )
    assert keys(agree, {"pyproject.toml": PYPROJECT}, late) == ["behind"]
    ahead = PYPROJECT.replace("1.0.0", "1.3.0.dev0")
    assert keys(agree, {"pyproject.toml": ahead}, late) == []


def test_a_version_that_only_ci_sets_is_not_compared():
    log = "2026-01-05 ann@example.org Release <v1.1.0>\n2026-02-05 ann@example.org Release <v1.2.0>\n"
    assert keys(agree, {"pyproject.toml": PYPROJECT}, log) == []


def test_components_that_are_private_or_never_released_are_not_compared(tmp_path):
    files = {
        "package.json": '{"name": "whole", "private": true, "workspaces": ["packages/*"]}\n',
        "packages/api/package.json": '{"name": "api", "version": "1.1.0"}\n',
        "packages/web/package.json": '{"name": "web", "version": "1.1.0", "private": true}\n',
    }
    for log, reason in (("", "it was never released"), (LOG, "")):
        repository = lay_out(
            {**files, "git log": log or "2026-01-05 ann@example.org Begin\n"}, tmp_path / f"x{log[:1]}"
        )
        ended = {
            c.folder: gate.judge(agree, repository, Terms(agree.with_defaults({})), c)
            for c in repository[Components].all
        }
        assert ended["packages/web"].reason == "it is private: never published"
        assert ended["packages/api"].reason == reason


def test_tags_of_one_minor_version_rise():
    log = "2026-01-05 ann@example.org One <v1.0.2>\n2026-02-05 ann@example.org Two <v1.0.1>\n"
    assert keys(agree, {"README.md": "# A\n"}, log) == ["order:v1.0.1"]
    assert keys(agree, {"README.md": "# A\n"}, log.replace("v1.0.1", "v0.9.9")) == []
    assert keys(agree, {"README.md": "# A\n"}, log.replace("2>", "2-1>").replace("1>", "2>")) == []
