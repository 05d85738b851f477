"""Sites that are generated from documents of the tree: where their pages are, and under which address.

The settings are read by their keys alone, never run: they may be JavaScript or Python.
https://www.mkdocs.org/user-guide/configuration/, https://docusaurus.io/docs/api/docusaurus-config,
https://vitepress.dev/reference/site-config, https://rust-lang.github.io/mdBook/format/configuration/,
https://www.sphinx-doc.org/en/master/usage/configuration.html, https://jekyllrb.com/docs/configuration/,
https://gohugo.io/configuration/, https://docs.antora.org/antora/latest/standard-directories/.
"""

from __future__ import annotations

import posixpath
import re
from itertools import islice
from urllib.parse import urlsplit

from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.lazy import dataclass, regex

MAX_SITES = 200
"""Most settings of sites that are read."""


@dataclass(frozen=True)
class Site:
    """A site: the folders that its addresses may lead to, and where it is published, as far as it says so.

    `roots` are folders relative to the repository, the one of the pages first; `url` ends without `/`.
    """

    settings: str
    roots: tuple[str, ...]
    url: str = ""

    def holds(self, path: str) -> bool:
        """Whether a path is one of its pages."""
        return any(not root or path == root or path.startswith(f"{root}/") for root in self.roots)


@dataclass(frozen=True)
class _Maker:
    """A generator: its settings' file, the folders of its pages below that file's, and the keys it uses."""

    name: re.Pattern[str]
    roots: tuple[str, ...]
    folder: str = r"(?!)"
    url: str = r"(?!)"
    base: str = r"(?!)"
    up: int = 0
    must: str = ""


def _key(*names: str) -> str:
    return rf"^[ \t\"']*(?:{'|'.join(names)})[\"']?\s*[:=]\s*[\"'`]?(?!\{{|\$|!)([^\s\"'`,#]+)"


_MAKERS = (
    _Maker(
        regex(r"(?:mkdocs|properdocs)[\w-]*\.ya?ml|zensical\.toml"),
        ("docs",),
        _key("docs_dir"),
        _key("site_url"),
    ),
    _Maker(
        regex(r"docusaurus\.config\.[cm]?[jt]s"),
        ("docs", "", "src/pages", "static"),
        _key("path"),
        _key("url"),
        _key("baseUrl"),
    ),
    _Maker(
        regex(r"\.(?:vitepress|vuepress)/config(?:\.[cm]?[jt]s|/index\.[cm]?[jt]s)"),
        ("", "public", ".vuepress/public"),
        _key("srcDir"),
        _key("hostname"),
        _key("base"),
        up=1,
    ),
    _Maker(regex(r"book\.toml"), ("src",), _key("src"), base=_key("site-url")),
    _Maker(
        regex(r"conf\.py"),
        ("", "_static"),
        url=_key("html_baseurl"),
        must=r"sphinx|html_theme|extensions|master_doc|source_suffix",
    ),
    _Maker(
        regex(r"_config\.ya?ml"),
        ("", "pages", "_docs", "_posts", "_pages"),
        _key("source"),
        _key("url"),
        _key("baseurl"),
    ),
    _Maker(
        regex(r"(?:hugo|config)\.(?:toml|ya?ml|json)"),
        ("content", "content/en", "static"),
        _key("contentDir"),
        _key("baseURL", "baseurl"),
        must=r"(?i)^[ \t\"']*(?:baseurl|languageCode)",
    ),
    _Maker(regex(r"antora\.yml"), ("modules/ROOT/pages", "modules")),
    _Maker(
        regex(r"astro\.config\.[cm]?[jt]s"),
        ("src/content/docs", "src/content/docs/en", "src/pages", "src/content", "public"),
        url=_key("site"),
        base=_key("base"),
    ),
    _Maker(regex(r"(?:mint|docs)\.json"), ("",), must=r"\"navigation\"|mintlify"),
    _Maker(regex(r"SUMMARY\.md"), ("",), must=r"^[ \t]*[-*] \["),
    _Maker(regex(r"_sidebar\.md"), ("",)),
    _Maker(
        regex(
            r"(?:\.eleventy|eleventy\.config|gatsby-config|next\.config|svelte\.config|nuxt\.config|source\.config)\.[cm]?[jt]s"
        ),
        (
            "src",
            "pages",
            "content",
            "src/pages",
            "src/content",
            "docs",
            "content/docs",
            "app",
            "src/app",
            "public",
            "static",
        ),
        url=_key("siteUrl", "url"),
    ),
    _Maker(regex(r"config\.rb"), ("source",), must=r"(?m)^[^\S\n]*(?:activate|configure|page)\b"),
)


_PROBE = regex(
    r"(?:mkdocs|properdocs|zensical|hugo|config|book|conf|antora|mint|docs|SUMMARY|_sidebar|eleventy)[\w.-]*\.\w+\Z"
    r"|/index\.[cm]?[jt]s\Z"
)


def find(files: Files) -> tuple[Site, ...]:
    """Return the sites of a repository, the one with the deepest settings first."""
    candidates = ((path, _maker(path)) for path in files.paths if _PROBE.search(path) and own_words(path))
    named = islice(((path, maker) for path, maker in candidates if maker), MAX_SITES)
    found = filter(None, (_site(files, path, maker) for path, maker in named))
    return tuple(sorted(found, key=lambda site: -site.settings.count("/")))


def _maker(path: str) -> _Maker | None:
    return next((maker for maker in _MAKERS if _named(maker, path)), None)


def _named(maker: _Maker, path: str) -> bool:
    tail = "/".join(path.rsplit("/", 2 + maker.up)[-1 - maker.up :])
    inner = "/".join(path.rsplit("/", 3)[-3:])
    return bool(maker.name.fullmatch(tail) or (maker.up and maker.name.fullmatch(inner)))


def _site(files: Files, path: str, maker: _Maker) -> Site | None:
    try:
        text = files.read(path)[:200_000]
    except Unreadable:
        return None
    if maker.must and not re.search(maker.must, text, re.MULTILINE):
        return None
    start = maker.name.search(path) if maker.up else None
    folder = path[: start.start()].rstrip("/") if start else posixpath.dirname(path)
    names = (*_values(maker.folder, text), *maker.roots)
    roots = (posixpath.normpath(posixpath.join(folder, name)) for name in names)
    inside = ("" if root == "." else root for root in roots if not root.startswith(".."))
    kept = tuple(dict.fromkeys(root for root in inside if root in files.folders))
    return Site(path, kept, _address(_values(maker.url, text), _values(maker.base, text))) if kept else None


def _values(key: str, text: str) -> list[str]:
    """Return what a key is set to, each time that it is."""
    found = (match[1].strip("/") for match in re.finditer(key, text, re.MULTILINE))
    return [value for value in found if value]


def _address(urls: list[str], bases: list[str]) -> str:
    """Return where a site is published, nothing where it does not say so."""
    url = next((url for url in urls if urlsplit(url).netloc), "")
    base = bases[0] if bases and "://" not in bases[0] else ""
    return f"{url}/{base}" if url and base and not url.endswith(f"/{base}") else url
