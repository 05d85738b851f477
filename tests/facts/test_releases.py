"""Versions, release tags, changelogs, publications and release procedures."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.history import Tag
from pytest_productops.facts.releases.changelogs import Changelogs
from pytest_productops.facts.releases.entries import Changelog
from pytest_productops.facts.releases.procedure import ReleaseProcedure
from pytest_productops.facts.releases.publish_commands import published
from pytest_productops.facts.releases.publishing import Publishing
from pytest_productops.facts.releases.step_comments import commented_steps
from pytest_productops.facts.releases.tags import Releases, release_of
from pytest_productops.facts.releases.titles import versions_in
from pytest_productops.facts.releases.versions import parse
from pytest_productops.testing import lay_out

DAY = datetime.date(2026, 1, 5)


@pytest.mark.parametrize(
    "rising",
    [
        ["1.0.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1", "1.1"],
        ["2.0.0-0", "2.0.0", "2.0.0-1"],
        ["2.0.0-SNAPSHOT", "2.0.0-alpha.1", "2.0.0-beta.11", "2.0.0-rc.1", "2.0.0", "2.0.1"],
        ["3.0.0-M1", "3.0.0-rc1", "3.0.0"],
        ["24.01", "24.07", "24.07.1", "25.01"],
        ["1.0.2", "1.0.2a", "1.0.2k"],
    ],
)
def test_versions_are_ordered(rising):
    assert [parse(text) for text in rising] == sorted(parse(text) for text in reversed(rising))


def test_versions_that_are_the_same():
    assert parse("v1.2.0") == parse("1.2") == parse("1_2")
    assert parse("1.2.0+build.5") == parse("1.2.0")
    assert [parse(text) for text in ("main", "", "v", "1.2.3.4.5.6.7.8", "1.x")] == [None] * 5


@pytest.mark.parametrize(
    ("tag", "package", "version", "stable"),
    [
        ("v1.2.3", "", "1.2.3", True),
        ("release-1.2", "", "1.2", True),
        ("r4.13.2", "", "4.13.2", True),
        ("@acme/core@2.0.0-rc.1", "@acme/core", "2.0.0-rc.1", False),
        ("tools/v0.3.1", "tools", "0.3.1", True),
        ("invoices-8_22_0", "invoices", "8_22_0", True),
        ("v1.0.0-beta2", "", "1.0.0-beta2", False),
    ],
)
def test_tags_name_a_package_and_a_version(tag, package, version, stable):
    release = release_of(Tag(tag, DAY))
    assert (release.package, release.version.text, release.version.stable) == (package, version, stable)


@pytest.mark.parametrize("tag", ["v4", "nightly", "latest", "before-2026-01-05", "v0.0.4085", "prod-green"])
def test_other_tags_name_no_release(tag):
    release = release_of(Tag(tag, DAY))
    assert release is None or release.package


def test_the_product_is_what_has_its_name_or_none():
    day = datetime.timedelta(days=1)
    tags = [Tag("core@1.0.0", DAY), Tag("extra@1.0.0", DAY), Tag("core@1.1.0", DAY + day)]
    assert [r.tag for r in Releases(tags).product(["acme/core"])] == ["core@1.0.0", "core@1.1.0"]
    assert Releases(tags).product(["whole"]) == ()
    assert [r.tag for r in Releases([Tag("a-1.0", DAY)]).product(["whole"])] == ["a-1.0"]
    old = [Tag("v1.0", DAY), Tag("core@2.0.0", DAY + 900 * day), Tag("extra@2.0.0", DAY + 900 * day)]
    assert Releases(old).product(["whole"]) == ()


def test_the_newest_release_may_be_on_another_branch():
    days = {
        "a-1.0": datetime.date(2020, 1, 5),
        "a-1.1": datetime.date(2026, 1, 5),
        "a-1.2-rc1": datetime.date(2026, 2, 5),
    }
    releases = Releases([Tag(name, day) for name, day in days.items()], merged={"a-1.0": ""})
    assert releases.newest.tag == "a-1.1"
    assert releases.of(("a",)) == ()
    assert Releases().newest is None


def test_versions_of_the_past_are_no_releases_where_deployments_are_tagged():
    marks = [Tag(f"release_{count}", DAY + datetime.timedelta(days=count)) for count in range(1, 12)]
    assert Releases([Tag("1.99.0-release", DAY), *marks]).all == ()
    assert len(Releases([*marks, Tag("v2.0.0", DAY + datetime.timedelta(days=12))]).all) == 1


@given(st.text())
def test_any_text_is_a_version_or_none(text):
    parse(text)
    list(versions_in(text))
    release_of(Tag(text, DAY))


def changelogs(tmp_path, files):
    return lay_out(files, tmp_path)[Changelogs]


TOLD = "# Changes\n\n## 1.1.0 - 2026-02-05\n\n- An export.\n\n## 1.0.0 - 2026-01-05\n\n- The beginning.\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("CHANGELOG.md", TOLD),
        ("HISTORY.rst", "1.1.0 (2026-02-05)\n------------------\n\n- An export.\n"),
        ("NEWS", "Version 1.1.0\n=============\n\nAn export.\n"),
        (
            "ChangeLog",
            "2026.02.05, Version 1.1.0 (Stable)\n\n* An export\n\n2026.01.05, Version 1.0.0\n\n* Begin\n",
        ),
        ("docs/changelog.adoc", "= Changes\n\n== 1.1.0\n\nAn export.\n"),
        ("packages/api/CHANGELOG.md", TOLD),
        ("docs/release-notes/version-1.1.md", "# Version 1.1\n\nAn export.\n"),
        ("CHANGELOG/1.1.0.md", "An export.\n"),
        ("doc/ReleaseNotes1.1.md", "## Summary\n\nAn export.\n"),
        ("debian/changelog", "invoices (1.1.0-1) unstable; urgency=low\n\n  * An export.\n"),
        ("docs/about/release-notes.md", TOLD),
        ("RELEASE_NOTES.txt", "1.1.0: an export\n"),
        (
            "docs/history/invoices.md",
            "# History\n\n## 1.2.0\n\n- A.\n\n## 1.1.0\n\n- B.\n\n## 1.0.0\n\n- C.\n",
        ),
        ("changelog.yml", "- version: 1.1.0\n  changes: [an export]\n"),
    ],
)
def test_changelogs_of_every_form(tmp_path, path, text):
    assert [each.path for each in changelogs(tmp_path, {path: text}).all] == [path]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("CHANGELOG.md", ""),
        ("CHANGELOG.md", "# Changelog\n"),
        ("CHANGELOG.md", "<!-- 1.0.0: begin -->\n"),
        ("CHANGELOG.md", "See [the releases](https://github.com/acme/invoices/releases).\n"),
        ("vendor/lib/CHANGELOG.md", TOLD),
        ("tests/fixtures/CHANGELOG.md", TOLD),
        ("RELEASES.md", "# Releases\n\n- The cycle of 1.2 began in March.\n- Tags are versions.\n"),
        ("docs/history/people.md", "# People\n\nAnn began with 1.0.\n"),
        ("docs/history.md", "# History\n\nAnn began in 1999.\n"),
        ("migrations/versions/0284_0283_retry.py", "x = 1\n"),
        ("src/pages/news.md", "# News\n\nWe moved.\n"),
        ("docs/releases.md", "# Releases\n\n## How to release 1.0\n\nTag it.\n"),
    ],
)
def test_what_is_no_changelog(tmp_path, path, text):
    found = changelogs(tmp_path, {path: text})
    assert (found.all, found.fragments) == ((), ())


@pytest.mark.parametrize(
    "path",
    [
        "changelog.d/12.bugfix.md",
        "newsfragments/12.feature.rst",
        "changes/12.feature",
        "news/12.bugfix.rst",
        ".changeset/brave-cats.md",
        ".changes/unreleased/fixed-1.yaml",
        "releasenotes/notes/add-export-1f2e.yaml",
        "changelog/fix_export.md",
    ],
)
def test_fragments(tmp_path, path):
    assert changelogs(tmp_path, {path: "An export.\n"}).fragments == (path,)


def test_pointers_are_followed_and_other_sites_are_external(tmp_path):
    found = changelogs(tmp_path / "a", {"CHANGELOG.md": "See [here](docs/news.md).\n", "docs/news.md": TOLD})
    assert [each.path for each in found.all] == ["docs/news.md"]
    outside = changelogs(tmp_path / "b", {"CHANGELOG": "https://example.org/invoices/wiki/Changelog\n"})
    assert (outside.all, outside.external) == ((), "https://example.org/invoices/wiki/Changelog")


def test_entries_end_at_titles_of_their_own_level():
    log = Changelog(
        "CHANGES.md", "# 2.0.0\n\n## Update of the parser to 1.5.0\n\n- It is faster.\n\n# 1.0.0\n\n"
    )
    assert log.entry(parse("2.0.0")).lack == ""
    assert log.entry(parse("1.0.0")).lack
    assert log.entry(parse("2.0.0")).dated is False


def test_versions_of_a_family_and_of_another_branch_are_spoken_of():
    log = Changelog(
        "CHANGES.md",
        "# 2.0\n\nNew.\n\nFor 1.8 see https://example.org/a/b/blob/v1.8/CHANGELOG.md\n\n# 1.7.x\n\nOld.\n",
    )
    assert [log.speaks_of(parse(text)) for text in ("2.0.0", "1.8.3", "1.7.9", "1.6.0")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "title",
    [
        "1.0 - 2026-01-05",
        "1.0 (5 January 2026)",
        "1.0, Jan 5th, 2026",
        "1.0 / 2026/01/05",
        "1.0 - 2026 01 05",
        "1.0 _2026-01-05_",
        "1.0 (January 2026)",
    ],
)
def test_dates(title):
    assert Changelog("A.md", f"## {title}\n\n- An export.\n").entry(parse("1.0")).dated


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("python -m twine upload dist/*", "a Python index"),
        ("npx semantic-release", "npm"),
        ("pnpm -r publish --access public", "npm"),
        ("cargo publish -p core", "crates.io"),
        ("cargo build --profile release-lto", ""),
        ("gem push a.gem", "RubyGems"),
        ("./gradlew clean publish", "a Maven repository"),
        ("./gradlew publishToMavenLocal", ""),
        ("./mvnw -B -DskipTests deploy", "a Maven repository"),
        ("goreleaser release --clean", "a release of goreleaser"),
        ("goreleaser release --snapshot", ""),
        ("gh release create v1", "a release of the forge"),
        ("gh release download v1", ""),
        ("docker push acme/invoices:1", "a container image"),
        ("docker buildx build --push .", "a container image"),
        ("docker build .", ""),
        ("git push origin --tags", "a tag"),
        ("git push --delete origin v1 --tags", ""),
        ("npm publish --dry-run", ""),
        ("echo npm publish", ""),
        ("mix hex.publish --yes", "Hex"),
    ],
)
def test_commands_that_publish(command, what):
    assert published(tuple(command.split())) == what


def workflow(steps, on="push"):
    return f"on: {on}\njobs:\n  build:\n    runs-on: x\n    steps:\n      {steps}\n"


def shared(name, given="{}"):
    uses = f"acme/shared/.github/workflows/{name}@v1"
    return f"on: {{push: {{tags: ['v*']}}}}\njobs:\n  build:\n    uses: {uses}\n    with: {given}\n"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({".github/workflows/ci.yml": workflow("- run: cargo publish")}, True),
        ({".github/workflows/deployment.yml": workflow("- uses: softprops/action-gh-release@v2")}, True),
        ({".github/workflows/a.yml": workflow("- run: make release"), "Makefile": "release:\n\tnpm publish\n"}, True),
        ({".github/workflows/ci.yml": workflow("- run: npm publish", on="pull_request")}, False),
        ({".github/workflows/ci.yml": workflow("- uses: docker/build-push-action@v6")}, False),
        ({".github/workflows/ci.yml": workflow("- {uses: docker/build-push-action@v6, with: {push: true, tags: acme/invoices}}")}, True),
        ({".github/workflows/ci.yml": workflow("- {uses: docker/build-push-action@v6, with: {push: true, tags: acme/invoices-ci:1}}")}, False),
        ({".github/workflows/a.yml": workflow("- uses: acme/get-latest-release@v1")}, False),
        ({".github/workflows/a.yml": workflow("- uses: actions/deploy-pages@v4")}, False),
        ({".github/workflows/a.yml": workflow("- uses: ./.github/actions/out"),
          ".github/actions/out/action.yml": "runs:\n  using: composite\n  steps:\n    - uses: pypa/gh-action-pypi-publish@v1\n"}, True),
        ({".github/workflows/a.yml": "on: push\njobs:\n  a:\n    uses: acme/shared/.github/workflows/release.yml@v1\n"}, True),
        ({".github/workflows/a.yml": shared("build.yml", "{push: true, output: image}")}, True),
        ({".github/workflows/a.yml": shared("build.yml", "{push: false, output: image}")}, False),
        ({".github/workflows/a.yml": shared("build-and-push-image.yml")}, True),
        ({".github/workflows/a.yml": shared("build.yml")}, False),
        ({".github/workflows/release.yml": workflow("- {name: Prepare the release, uses: acme/smith@v1, env: {T: '${{ secrets.T }}'}}", on="workflow_dispatch")}, True),
        ({".github/workflows/release.yml": workflow("- {name: Release, uses: acme/smith@v1, with: {token: '${{ secrets.T }}'}}", on="workflow_dispatch")}, True),
        ({".github/workflows/release.yml": workflow("- {name: Release, uses: acme/smith@v1}", on="workflow_dispatch")}, False),
        ({".github/workflows/ci.yml": workflow("- {name: Release, uses: acme/smith@v1, env: {T: '${{ secrets.T }}'}}")}, False),
        ({".github/workflows/release.yml": workflow("- {name: Release notes, uses: acme/smith@v1, env: {T: '${{ secrets.T }}'}}")}, False),
        ({".github/workflows/a.yml": workflow("- uses: acme/action-prepare-release@v1")}, True),
        ({".github/workflows/a.yml": workflow("- uses: acme/target-releaser@v1")}, True),
        ({".github/workflows/a.yml": workflow("- {uses: goreleaser/goreleaser-action@v6, with: {args: \"${{ github.ref && 'release' || 'release --snapshot' }}\"}}")}, True),
        ({".github/workflows/release.yml": workflow("- run: lsb_release -a")}, False),
        ({".gitlab-ci.yml": "publish:\n  script: [twine upload dist/*]\n  rules: [{if: $CI_COMMIT_TAG}]\n"}, True),
        ({"Jenkinsfile": "pipeline {\n  stages {\n    sh 'mvn deploy'\n  }\n}\n"}, True),
        ({".github/workflows/a.yml": workflow("- run: git tag v1 && git push origin v1")}, True),
        ({}, False),
    ],
)  # fmt: skip
def test_what_ci_publishes(tmp_path, files, found):
    assert bool(lay_out(files, tmp_path)[Publishing].all) == found


STEPS = "1. Update the changelog.\n2. Tag the commit.\n3. Push the tag.\n"


@pytest.mark.parametrize(
    "files",
    [
        {"RELEASING.md": f"# Releasing\n\n{STEPS}"},
        {"CONTRIBUTING.md": f"# Contributing\n\nWords.\n\n## Making a release\n\n{STEPS}"},
        {
            "docs/dev/release_process.rst": "Releases\n========\n\n1. Bump the version.\n2. Tag it.\n3. Upload it.\n"
        },
        {".github/ISSUE_TEMPLATE/release.md": "- [ ] Bump the version\n- [ ] Tag it\n"},
        {"docs/dev.rst": f"Development\n===========\n\nRelease process\n---------------\n\n{STEPS}"},
        {"docs/publishing.md": f"# Publishing\n\n{STEPS}"},
        {"RELEASE.md": "# Release\n\n```sh\ngit tag v1.2.0\ngit push --tags\n```\n"},
        {"RELEASE.md": "# Release\n\nGo to the actions. Then, choose the branch. Next, press the button.\n"},
        {"scripts/release.py": '"""Release.\n\n1. Run the tests.\n2. Tag the commit.\n3. Publish it.\n"""\n'},
        {"docs/release.adoc": "= Release\n\n1. Bump the version\n2. Tag it\n3. Push the tag\n"},
        {
            "README.md": "# A\n\n## Releasing\n\n### Prepare\n\nA pull request raises the version.\n\n"
            "### Create\n\nThe release workflow is dispatched on the page of actions.\n"
        },
        {
            "README.md": "# A\n\n## New releases\n\n```\nRelease x\n\n- Bump it\n- Update that\n- Tag it\n```\n"
        },
        {
            "docs/deployments.md": "# Deployments\n\n## Deploying to production\n\n1. Ask the team.\n"
            "2. Create a tag: `git tag v1.2.0`.\n3. Push it.\n4. Check production.\n"
        },
    ],
)
def test_procedures(tmp_path, files):
    assert lay_out(files, tmp_path)[ReleaseProcedure].written


@pytest.mark.parametrize(
    "files",
    [
        {
            "RELEASES.md": "# Releases\n\nMinor releases come every month. Patches come when they are needed.\n"
        },
        {"RELEASING.md": "# Releasing\n"},
        {"RELEASING.md": "<!--\n1. Tag.\n2. Push.\n3. Publish.\n-->\n"},
        {"CONTRIBUTING.md": "# Contributing\n\n## Release notes\n\n- Add a line.\n- Say who did it.\n"},
        {"docs/user/publishing.md": f"# Publishing your project\n\n{STEPS}"},
        {
            "docs/publish.md": "# Publishing\n\n```sh\nsmith publish\n```\n",
            "pyproject.toml": '[project]\nname = "smith"\n',
        },
        {"docs/publish.rst": f"Publishing\n==========\n\n{STEPS}4. Upload your site.\n"},
        {"docs/announce/release-2.0.0.rst": f"Release\n=======\n\n{STEPS}"},
        {
            "docs/deployment.md": "# Deployment\n\n## Deploying\n\n1. Pull the image.\n2. Run the migrations.\n"
        },
        {"docs/events/mouse_release.md": f"# Mouse release\n\n{STEPS}"},
        {"README.md": "# Invoices\n\n## Releases\n\nSee the page.\n"},
    ],
)
def test_no_procedures(tmp_path, files):
    assert not lay_out(files, tmp_path)[ReleaseProcedure].written


def test_a_page_that_lists_releases_is_no_empty_procedure(tmp_path):
    page = "Release notes\n=============\n\n.. toctree::\n\n   releases/v1.1.0\n   releases/v1.0.0\n"
    assert lay_out({"docs/releases.rst": page}, tmp_path)[ReleaseProcedure].lacking is None


def test_a_procedure_elsewhere_is_external(tmp_path):
    link = "See the [release process](https://github.com/acme/handbook) for that.\n"
    assert (
        lay_out({"RELEASE.md": link}, tmp_path)[ReleaseProcedure].external
        == "https://github.com/acme/handbook"
    )


def test_comments_that_only_list_are_no_steps():
    assert commented_steps("release.yml", "# Tags for a release:\n# - v1.0\n# - v1.1\n# - v2.0\n") is None
    found = commented_steps(
        "release.sh", "#!/bin/sh\n# To release:\n# 1. Bump the version.\n# 2. Tag it.\n# 3. Push.\n"
    )
    assert found.path == "release.sh"


@given(st.text())
def test_any_text_is_read(text):
    log = Changelog("CHANGES.md", text)
    assert log.says.startswith("a changelog")
    assert log.families >= frozenset()
    assert log.entry(parse("1.0")) is None or log.mentioned
    commented_steps("release.py", text)
