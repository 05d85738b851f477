"""Documents are found by name and place, read once when asked for, and pointers are followed."""

import pytest

from pytest_productops.facts.documents import Documents
from pytest_productops.model import Location
from pytest_productops.repository import Repository, Unavailable


@pytest.fixture
def documents(repository):
    return lambda text: repository(text)[Documents]


def files(*paths, text="# Words\n\nSome words here.\n"):
    return "".join(f"-- {path} --\n{text}" for path in paths)


def paths(documents):
    return [document.path for document in documents]


@pytest.mark.parametrize(
    "path",
    [
        "CONTRIBUTING.md",
        "contributing.rst",
        "CONTRIBUTING",
        "HACKING.txt",
        ".github/Contributing.md",
        "docs/dev/contributing.rst",
        "docs/contribute/start.md",
        "documentation/development/practices.md",
        "docs/development/contributing_guide.md",
        "doc/source/contributing.rst",
        "contributing/setup.md",
    ],
)
def test_contributor_guides_are_found(documents, path):
    assert paths(documents(files(path)).artifact("contributing").documents) == [path]


@pytest.mark.parametrize(
    "path",
    ["src/CONTRIBUTING.md", "docs/tutorial/contributing.md", "vendor/x/CONTRIBUTING.md", "contributors.md"],
)
def test_other_documents_are_no_contributor_guide(documents, path):
    assert not documents(files(path)).artifact("contributing")


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("security", "SECURITY.md"),
        ("security", "docs/security/security.md"),
        ("review", "docs/code-review.md"),
        ("review", "docs/development/reviews.md"),
        ("release", "RELEASE-CHECKLIST.md"),
        ("release", "docs/releasing.md"),
        ("deployment", "docs/deploy/production.md"),
        ("deployment", "DEPLOYMENT.md"),
        ("runbook", "runbooks/db.md"),
        ("runbook", "docs/operations/alert-runbook.md"),
        ("support", ".github/SUPPORT.md"),
        ("readme", "readme.rst"),
        ("governance", "GOVERNANCE.md"),
        ("ownership", "MAINTAINERS"),
        ("onboarding", "docs/team/developer_onboarding.md"),
        ("decisions", "docs/adr/0001-x.md"),
        ("changelog", "CHANGES.rst"),
        ("conduct", "CODE_OF_CONDUCT.md"),
    ],
)
def test_each_kind_has_its_names(documents, kind, path):
    assert paths(documents(files(path)).artifact(kind).documents) == [path]


def test_best_candidate_comes_first(documents):
    found = documents(files("docs/contribute/extra.md", "docs/contributing.md", ".github/CONTRIBUTING.md"))
    assert paths(found.artifact("contributing").documents) == [
        ".github/CONTRIBUTING.md", "docs/contributing.md", "docs/contribute/extra.md"]  # fmt: skip


def test_process_documents_leave_out_users_pages_and_changelogs(documents):
    found = documents(
        files("README.md", "CONTRIBUTING.md", "docs/testing.md", "docs/usage.md", "docs/blog/releasing.md",
              "docs/dev/releasing.md", "mkdocs.yml", "CHANGELOG.md")
        + "-- docs/release.md --\n# 1.2\na\n# 1.1\nb\n# 1.0\nc\n"
    )  # fmt: skip
    assert paths(found.process) == ["CONTRIBUTING.md", "README.md", "docs/dev/releasing.md"]


def test_pointer_files_are_followed(documents):
    text = "See the [guide](docs/dev/guide.md).\n"
    found = documents(files("CONTRIBUTING.md", text=text) + files("docs/dev/guide.md"))
    artifact = found.artifact("contributing")
    assert paths(artifact.documents) == ["docs/dev/guide.md"]
    assert artifact.pointer == Location("CONTRIBUTING.md")
    assert paths(found.process) == ["docs/dev/guide.md"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/contributing.rst", ".. include:: ../HOW.md\n"),
        ("docs/contributing.md", '--8<-- "../HOW.md"\n'),
        ("docs/contributing.md", "```{include} ../HOW.md\n```\n"),
        ("docs/contributing.md", "../HOW.md\n"),
    ],
)
def test_includes_are_pointers(documents, path, text):
    found = documents(files(path, text=text) + files("HOW.md"))
    assert paths(found.artifact("contributing").documents) == ["HOW.md"]


def test_a_pointer_to_another_site_is_external(documents):
    artifact = documents("-- CONTRIBUTING.md --\nPlease read https://example.org/guide.\n").artifact(
        "contributing"
    )
    assert (artifact.documents, artifact.external) == ((), "https://example.org/guide")
    assert artifact.pointer == Location("CONTRIBUTING.md")


@pytest.mark.parametrize(
    "text",
    [
        "Contributing\n============\n\nSee the project's `detailed contributing documentation <guide_>`_ for many"
        " ways\nto contribute, including reporting issues, requesting features, asking or\nanswering questions,"
        " and making pull requests.\n\n.. _guide: https://example.org/guide\n",
        "Thank you for your interest!\n\nThe `guide <https://example.org/guide>`_ has moved.\n",
        "https://example.org/guide\n",
    ],
)
def test_a_document_that_only_sends_elsewhere_is_a_pointer(documents, text):
    artifact = documents(f"-- docs/contributing.rst --\n{text}").artifact("contributing")
    assert (artifact.documents, artifact.external) == ((), "https://example.org/guide")


@pytest.mark.parametrize(
    "text",
    [
        "# Contributing\n\n## Tests\n\nRun all of them.\n\n## More\n\nSee [the wiki](https://example.org/wiki).\n",
        "# Contributing\n\nOne maintainer approves each change. See [the wiki](https://example.org/wiki).\n",
        "Report vulnerabilities to [Ann Example](https://example.org/ann) by mail.\n",
    ],
)
def test_a_short_document_with_words_of_its_own_is_no_pointer(documents, text):
    artifact = documents(f"-- CONTRIBUTING.md --\n{text}").artifact("contributing")
    assert (paths(artifact.documents), artifact.external) == (["CONTRIBUTING.md"], "")


def test_pointers_in_a_circle_end(documents):
    found = documents("-- CONTRIBUTING.md --\n[a](HACKING.md)\n-- HACKING.md --\n[b](CONTRIBUTING.md)\n")
    assert len(found.artifact("contributing").documents) == 2


def test_links_of_the_file_system_are_followed_inside_and_refused_outside(repository):
    root = repository(files("docs/guide.md") + "-- README.md --\nx\n").root
    (root / "CONTRIBUTING.md").symlink_to("docs/guide.md")
    (root / "SECURITY.md").symlink_to("/etc/passwd")
    found = Repository(root)[Documents]
    assert paths(found.artifact("contributing").documents) == ["docs/guide.md"]
    with pytest.raises(Unavailable, match=r"SECURITY\.md leads out"):
        found.artifact("security")
    assert [path for path, _ in found.broken] == ["SECURITY.md"]


def test_declared_places_override_discovery(repository):
    root = repository(files("CONTRIBUTING.md", "docs/how.md", "docs/ops/a.md", "docs/ops/b.md")).root
    declared = {
        "contributing": "docs/how.md",
        "security": "https://example.org",
        "review": "gone.md",
        "runbook": "docs/ops",
    }
    found = Repository(root, artifacts=declared)[Documents]
    assert paths(found.artifact("contributing").documents) == ["docs/how.md"]
    assert found.artifact("security").external == "https://example.org"
    assert (found.artifact("review").documents, found.artifact("review").declared) == ((), True)
    assert paths(found.artifact("runbook").documents) == ["docs/ops/a.md", "docs/ops/b.md"]
    assert "docs/how.md" in paths(found.process)


def test_an_unknown_kind_is_an_error(documents):
    with pytest.raises(KeyError):
        documents("-- README.md --\nx\n").artifact("nonsense")


def test_resolve(documents):
    found = documents(files("README.md", "docs/a b.md", "docs/x.rst", "docs/dev/y.rst", "src/m.py"))
    page, sphinx = found.get("docs/a b.md"), found.get("docs/dev/y.rst")
    expected = {
        "../README.md#top": "README.md",
        "/src/m.py?raw=1": "src/m.py",
        "a%20b.md": "docs/a b.md",
        "#here": "docs/a b.md",
        "../src/": "src",
        "x": None,
        "../../up.md": None,
        "readme.md": None,
        "https://example.org": None,
        "//host/x": None,
        "mailto:a@b.c": None,
        "/etc/passwd": None,
    }
    assert {target: found.resolve(page, target) for target in expected} == expected
    assert found.resolve(sphinx, "/x") == "docs/x.rst"
    assert found.resolve(sphinx, "../x") == "docs/x.rst"


def test_documents_are_read_once_and_only_when_asked_for(documents):
    found = documents(files("README.md", "guide/a.md", "guide/b.md"))
    assert found.paths == ("README.md", "guide/a.md", "guide/b.md")
    assert found.get("guide/a.md") is found.get("guide/a.md")
    assert found.get("absent.md") is None
    assert found.process
    assert set(found._known) == {"README.md", "guide/a.md", "absent.md"}


@pytest.mark.parametrize("path", ["ReleaseProcess.md", "docs/ReleasePlan.adoc", "Releasing.org"])
def test_words_may_begin_with_capitals(documents, path):
    assert paths(documents(files(path)).artifact("release").documents) == [path]


def test_release_notes_are_no_release_procedure(documents):
    assert not documents(files("RELEASE-NOTES.md", "docs/release_notes.md")).artifact("release")


def test_a_stub_leads_to_the_page_of_its_site_in_the_tree(documents):
    text = "-- docs/docusaurus.config.ts --\nconst links = [{ url: '/a' }];\nexport default {\n  url: 'https://pay.example',\n"
    text += "  presets: [['classic', { docs: { path: '../handbook', routeBasePath: '/' } }]],\n};\n"
    text += files("handbook/contributing.mdx")
    text += "-- CONTRIBUTING.md --\nPlease read https://pay.example/contributing.\n"
    assert paths(documents(text).artifact("contributing").documents) == ["handbook/contributing.mdx"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("CONTRIBUTING.adoc", "include::docs/guide.md[]\n"),
        ("CONTRIBUTING.org", '#+INCLUDE: "docs/guide.md"\n'),
        ("CONTRIBUTING.mdx", "import Guide from './docs/guide.md';\n\n<Guide />\n"),
        ("CONTRIBUTING.adoc", "See link:docs/guide.md[the guide].\n"),
        ("CONTRIBUTING.org", "See [[file:docs/guide.md][the guide]].\n"),
    ],
)
def test_pointers_of_every_format_are_followed(documents, path, text):
    found = documents(f"-- {path} --\n{text}{files('docs/guide.md')}").artifact("contributing")
    assert paths(found.documents) == ["docs/guide.md"]
