"""Links lead to files: paths, routes of the forge, addresses of this repository and of its site, labels."""

import pytest

from pytest_productops.facts.documents import Documents


@pytest.fixture
def resolved(repository):
    def make(text, path, target):
        documents = repository(text)[Documents]
        return documents.resolve(documents.get(path), target)

    return make


README = "-- README.md --\n# Invoices\n\nSee https://github.com/acme/invoices.\n"
MANIFEST = '-- pyproject.toml --\n[project]\nname = "invoices"\n'
GUIDE = "-- docs/guide.md --\n# Guide\n\nWords.\n"


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("docs/guide.md#words", "docs/guide.md"),
        ("/docs/guide.md?plain=1", "docs/guide.md"),
        ("docs", "docs"),
        ("./docs/../docs/guide%2Emd", "docs/guide.md"),
        ("../../blob/main/docs/guide.md", "docs/guide.md"),
        ("../../tree/release/1.0/docs", "docs"),
        ("https://github.com/acme/invoices/blob/main/docs/guide.md#words", "docs/guide.md"),
        ("https://gitlab.com/group/sub/invoices/-/blob/main/docs/guide.md", "docs/guide.md"),
        ("https://raw.githubusercontent.com/acme/invoices/main/docs/guide.md", "docs/guide.md"),
        ("https://github.com/other/thing/blob/main/docs/guide.md", None),
        ("https://example.org/docs/guide.md", None),
        ("../../issues", None),
        ("docs/missing.md", None),
        ("../outside.md", None),
    ],
)
def test_paths_and_routes(resolved, target, path):
    assert resolved(README + MANIFEST + GUIDE, "README.md", target) == path


SITES = {
    "mkdocs": ("-- mkdocs.yml --\nsite_url: https://pay.example/\ndocs_dir: docs\n", "docs/guide.md", "https://pay.example/guide/"),
    "mkdocs in a folder": ("-- mkdocs.yml --\nsite_url: 'https://pay.example/en'\ndocs_dir: content\n", "content/dev/index.md", "https://pay.example/en/dev/"),
    "docusaurus": ("-- site/docusaurus.config.js --\nconst c = {\n  url: 'https://pay.example',\n  baseUrl: '/x/',\n};\n", "site/docs/guide.mdx", "https://pay.example/x/docs/guide"),
    "vitepress": ("-- docs/.vitepress/config.ts --\nexport default { }\n", "docs/guide.md", "https://invoices.example/guide.html"),
    "mdBook": ("-- book/book.toml --\n[book]\nsrc = 'src'\n", "book/src/guide.md", "https://acme.github.io/invoices/guide.html"),
    "Sphinx": ("-- docs/conf.py --\nextensions = []\nhtml_baseurl = 'https://pay.example/en/latest/'\n", "docs/guide.rst", "https://pay.example/en/latest/guide.html"),
    "Read the Docs": ("-- docs/conf.py --\nextensions = []\n", "docs/dev/guide.rst", "https://invoices.readthedocs.io/en/stable/dev/guide.html"),
    "Jekyll": ("-- docs/_config.yml --\nurl: https://pay.example\n", "docs/guide.md", "https://pay.example/guide"),
    "Hugo": ("-- hugo.toml --\nbaseURL = 'https://pay.example/'\n", "content/guide/_index.md", "https://pay.example/guide/"),
    "Antora": ("-- docs/antora.yml --\nname: invoices\n", "docs/modules/ROOT/pages/guide.adoc", "https://invoices.example/latest/guide.html"),
    "Astro": ("-- astro.config.mjs --\nexport default {\n  site: 'https://pay.example',\n}\n", "src/content/docs/guide.mdx", "https://pay.example/guide/"),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_addresses_of_the_own_site_lead_to_the_source(repository, name):
    config, path, url = SITES[name]
    body = "Words on how to send a change: open a pull request.\n"
    stub = f"-- CONTRIBUTING.md --\n# Contributing\n\nSee [the contributor guide]({url}).\n"
    documents = repository(f"{README}{MANIFEST}{config}-- {path} --\n{body}{stub}")[Documents]
    assert documents.resolve(documents.get("README.md"), url) == path
    assert [each.path for each in documents.artifact("contributing").documents] == [path]


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/guide/",
        "https://pay.example/",
        "https://pay.example/absent/",
        "https://github.com/acme",
    ],
)
def test_other_addresses_stay_outside(resolved, url):
    config = SITES["mkdocs"][0]
    assert resolved(README + MANIFEST + config + GUIDE, "README.md", url) is None


@pytest.mark.parametrize(
    ("path", "target", "found"),
    [
        ("docs/a/b.md", "/guide", "docs/guide.md"),
        ("docs/a/b.md", "/guide/", "docs/guide.md"),
        ("docs/a/b.md", "../guide", "docs/guide.md"),
        ("docs/a/b.md", "../guide.html", "docs/guide.md"),
        ("docs/a/b.md", "../../guide/", "docs/guide.md"),
        ("README.md", "/guide", None),
    ],
)
def test_links_within_a_site_may_lack_what_the_generator_adds(resolved, path, target, found):
    config = "-- mkdocs.yml --\nsite_name: x\n"
    assert resolved(f"{README}{config}{GUIDE}-- docs/a/b.md --\nWords.\n", path, target) == found


def test_labels_of_sphinx(repository):
    documents = repository(
        """
        -- docs/conf.py --
        extensions = []
        -- docs/index.rst --
        See :ref:`the set-up <Set-Up>`, :doc:`/dev/guide` and :ref:`here`.

        .. _here:

        Here
        ====

        .. toctree::

           dev/guide
        -- docs/dev/guide.rst --
        .. _set-up:

        Set up
        ======
        -- docs/dev/more.md --
        See {ref}`set-up`, {doc}`guide` and [it](#set-up).
        """.replace("\n        ", "\n")
    )[Documents]
    index, more = documents.get("docs/index.rst"), documents.get("docs/dev/more.md")
    assert [documents.resolve(index, link.target) for link in index.links] == [
        "docs/dev/guide.rst",
        "docs/dev/guide.rst",
        "docs/index.rst",
        "docs/dev/guide.rst",
    ]
    assert {documents.resolve(more, link.target) for link in more.links} == {"docs/dev/guide.rst"}


def test_names_of_antora(resolved):
    text = (
        "-- docs/antora.yml --\nname: x\n-- docs/modules/ROOT/pages/a/b.adoc --\nWords.\n"
        "-- docs/modules/dev/pages/c.adoc --\nWords.\n-- docs/modules/ROOT/pages/d.adoc --\nWords.\n"
    )
    page = "docs/modules/ROOT/pages/a/b.adoc"
    assert resolved(text, page, "dev:c.adoc") == "docs/modules/dev/pages/c.adoc"
    assert resolved(text, page, "d.adoc#x") == "docs/modules/ROOT/pages/d.adoc"
