"""The documentation site: generated pages say what the commands say, pictures are real, every page is reached."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

import pictures as gallery  # noqa: E402
from making import checking, commands, contents, generated, places, rules, schemas  # noqa: E402

from pytest_productops import cli  # noqa: E402
from pytest_productops.manual import archive  # noqa: E402
from pytest_productops.policy import options  # noqa: E402
from pytest_productops.policy.settings import read  # noqa: E402

CATALOGUE = generated.ours()


@pytest.fixture(scope="module")
def pages():
    """The generated pages of commands and formats: path -> text."""
    return dict(commands.pages()) | dict(schemas.pages(CATALOGUE))


def fences(text, language):
    return re.findall(rf"^(`{{3,}}){language}\n(.*?)^\1$", text, re.DOTALL | re.MULTILINE)


class TestRulePages:
    def test_a_page_holds_the_whole_manual_and_what_its_examples_give(self):
        rule = CATALOGUE.get("ONB003")
        page = rules.of(rule, CATALOGUE)
        assert page.startswith("# ONB003 documented-commands-exist\n")
        assert f"**{rule.manual.summary}**" in page
        for part in (rule.manual.text, rule.manual.why, rule.manual.fix, rule.manual.source):
            assert part in page
        assert "| `ignore` | commands (globs) that are not judged" in page
        assert "| list of text | `[]` | fewer entries |" in page
        assert "CONTRIBUTING.md:2  `make doc`: Makefile has no make target `doc`" in page
        assert "Passed: 1 of 1 selected rule could judge: 1 passed." in page

    def test_what_it_reads_leads_to_the_fact(self):
        assert "[`UpdatesNeeded`](../python/facts.md#updatesneeded)" in rules.of(
            CATALOGUE.get("PRA002"), CATALOGUE
        )

    def test_the_demands_of_profiles_are_told(self):
        demanding = next(rule for rule in CATALOGUE if rule.demands)
        assert re.search(r"Profile `[\w-]+` demands `\w+ = ", rules.of(demanding, CATALOGUE))

    @pytest.mark.parametrize("rule", CATALOGUE.rules, ids=lambda rule: rule.code)
    def test_its_settings_can_be_copied(self, rule, tmp_path):
        page = "\n".join([*rules._options(rule), ""])
        given = fences(page, "toml")
        assert bool(given) == bool(rule.options)
        if given:
            (tmp_path / "productops.toml").write_text(given[0][1])
            read(tmp_path, CATALOGUE)  # raises where a key or a value is wrong

    @pytest.mark.parametrize("kind", ["bad", "good"])
    @pytest.mark.parametrize("code", ["DEV003", "OPS002", "PRA001", "REP010"])
    def test_an_example_fails_or_passes_as_the_page_says(self, code, kind):
        rule = CATALOGUE.get(code)
        said = rules.answer(rule, CATALOGUE, getattr(rule.manual, kind)[0])
        assert (f"FAIL  {code}" in said) == (kind == "bad")
        assert ("Passed: " in said) == (kind == "good")

    def test_the_index_leads_to_every_page_and_says_what_a_profile_adds(self):
        index = rules.index(CATALOGUE)
        for rule in CATALOGUE:
            assert f"| [{rule.code}]({rule.code}.md) | {rule.name} |" in index
        assert re.search(r"\| `default` \| \d+ \| `DEV001` ", index)
        assert re.search(r"\| `oss-library` \| \d+ \| those of `default` and `.*; without `OPS001`", index)

    def test_only_our_own_rules_have_a_page(self, toys):
        assert {rule.module.partition(".")[0] for rule in generated.ours()} == {"productops_rules"}


class TestCommands:
    @pytest.mark.parametrize("verb", cli.VERBS)
    def test_every_verb_has_a_page_with_every_option_of_its_help(self, pages, verb):
        page = pages[f"commands/{verb}.md"]
        assert page.startswith(f"# productops {verb}\n")
        shown = subprocess.run(
            [sys.executable, "-m", "pytest_productops", verb, "--help"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for option in set(re.findall(r"^  (?:-\w, )?(--[\w-]+)", shown, re.MULTILINE)) - {"--help"}:
            assert re.search(rf"`{option}[=`]", page), option

    def test_the_shared_options_have_all_three_names(self, pages):
        page = pages["commands/options.md"]
        for option in commands.SHARED:
            assert f"| `--productops-{option.name}` | `{option.variable}` |" in page

    def test_options_of_pytest_are_what_its_help_shows(self, pages):
        page = pages["commands/pytest.md"]
        assert "  --with-productops     check product operations beside the tests" in page
        assert page.count("--productops-select") == 1
        assert "--strict-markers" not in page

    def test_the_exit_codes_are_those_of_the_command(self, pages):
        codes = set(re.findall(r"^\| (\d+) \|", pages["commands/index.md"], re.MULTILINE))
        assert codes == {"0", "1", "3", str(cli.USAGE), str(cli.INTERRUPTED)}


class TestFormats:
    def test_every_key_of_the_settings_is_told(self, pages):
        page = pages["settings.md"]
        for key in ("extends", "locked", "profile", "level", "max-waiver-days", "waivers", "artifacts"):
            assert f"## `{key}`" in page
        assert "| `expires` | a day, as 2027-01-31, required | The last day it holds, UTC. |" in page

    def test_references_are_followed(self, pages):
        page = pages["formats/tasks.md"]
        assert "| `kind` | `routine` or `critical`, required |" in page
        assert "| `evidence.type` |" in page

    def test_what_values_a_schema_admits(self):
        assert schemas.kind({"type": "integer", "minimum": 1, "maximum": 9}) == "whole number from 1 to 9"
        assert schemas.kind({"type": ["string", "null"]}) == "text or null"
        assert schemas.kind({"anyOf": [{"enum": ["a", "b"]}, {"type": "null"}]}) == "`a` or `b` or null"
        assert schemas.kind({"type": "array", "items": {"type": "boolean"}}) == "list of true or false"

    def test_the_schemas_are_served(self):
        served = dict(schemas.documents(CATALOGUE))
        assert set(served) == {"settings.json", "tasks.json", "done.json", "report.json"}
        assert '"coverage-gate-enforced"' in served["settings.json"]


class TestPages:
    """What is written by hand."""

    def test_every_page_is_in_the_table_of_contents(self):
        named = {page for name in contents.PAGES for _, found in listed(name) for page in found}
        written = {
            f"/{path.relative_to(DOCS).with_suffix('').as_posix()}"
            for path in DOCS.rglob("*.md")
            if not path.is_relative_to(DOCS / generated.FOLDER)
        }
        assert written - named == {"/index"}, "name it in docs/index.md (or docs/decisions/README.md)"
        made = {page for page in named - written if not page.startswith(f"/{generated.FOLDER}/")}
        assert not made, "these are named in docs/index.md and not there"

    @pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
    def test_a_link_leads_to_a_page_or_a_file(self, path):
        for target in re.findall(
            r"\]\((?!https?:|#)([^)#\s]+)", re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
        ):
            assert (path.parent / target).resolve().exists(), target

    def test_the_layers_are_those_that_are_proved(self):
        settings = tomli.loads((ROOT / "pyproject.toml").read_text())
        layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
        assert "\n".join(layers) in (DOCS / "architecture.md").read_text()

    def test_every_variable_that_is_read_is_told(self):
        told = (DOCS / "environment.md").read_text()
        sources = "\n".join(path.read_text() for path in (ROOT / "pytest_productops").rglob("*.py"))
        found = set(re.findall(r"environ(?:ment)?(?:\.get\(|\[)\"([A-Z_]+)\"", sources)) | set(options.CI)
        assert {name for name in found if name not in told} == {
            "PRODUCTOPS_ROOT"
        }  # one of the shared options

    def test_the_rule_of_the_tutorial_is_the_foreign_pack(self):
        page = (DOCS / "writing-rules.md").read_text()
        for name, language in (("acme_rules.py", "python"), ("pyproject.toml", "toml")):
            assert f"`{name}`:\n\n```{language}\n{(ROOT / 'tests/foreign' / name).read_text()}```" in page

    def test_the_addresses_of_rules_are_those_that_explain_gives(self):
        urls = tomli.loads((ROOT / "pyproject.toml").read_text())["project"]["urls"]
        assert urls["Rules"] == f"{places.SITE}reference/rules"

    def test_a_copied_file_is_a_page(self):
        assert places.meant("index", "../SECURITY.md", DOCS) == places.Place(
            page="reference/project/security"
        )
        assert places.meant("reference/project/security", "docs/policy.md", DOCS) == places.Place(
            page="policy"
        )
        assert places.meant("policy", "ci/tox.ini", DOCS).url.endswith("/blob/main/docs/ci/tox.ini")
        assert places.meant("policy", "../nothing.md", DOCS) is None


def listed(name):
    return contents.sections(name, (DOCS / f"{name}.md").read_text())


class TestPictures:
    @pytest.mark.slow
    @pytest.mark.parametrize("page", gallery.PAGES)
    def test_a_page_shows_what_is_printed(self, page, tmp_path):
        stale = [gallery.told(each) for each in gallery.pictures(page, tmp_path) if each.stale]
        assert not stale, "\n\n".join(stale)

    @pytest.mark.parametrize("path", gallery.DRAWN)
    def test_a_picture_in_colours_shows_what_is_printed(self, path, tmp_path):
        picture = gallery.drawn(path, tmp_path)
        assert gallery.same(picture.shown, picture.printed), gallery.told(picture)
        assert "url(http" not in (ROOT / path).read_text()

    def test_a_stale_one_is_told_and_written_anew(self, tmp_path, monkeypatch):
        page = tmp_path / "page.md"
        page.write_text("`NOTES`:\n\n```text\none\n```\n\n```console\n$ cat NOTES\ntwo\n$ echo three\n```\n")
        monkeypatch.setattr(gallery, "ROOT", tmp_path)
        monkeypatch.setattr(gallery, "PAGES", {"page.md": gallery.Story()})
        (tmp_path / "1").mkdir()
        found = list(gallery.pictures("page.md", tmp_path / "1"))
        assert [each.line for each in found] == [8]
        assert "-two\n+one" in gallery.told(found[0])
        gallery.write("page.md", found)
        assert "$ cat NOTES\none\n$ echo three\nthree\n```" in page.read_text()
        (tmp_path / "2").mkdir()
        assert not any(each.stale for each in gallery.pictures("page.md", tmp_path / "2"))

    def test_a_command_that_was_killed_makes_no_picture(self, tmp_path):
        with pytest.raises(InterruptedError, match="ended by a signal"):
            gallery._printed("bash -c 'kill -9 $$'", tmp_path, tmp_path)

    def test_seconds_do_not_make_one_stale(self):
        assert gallery.timeless("5 passed in 0.66s\n") == gallery.timeless("5 passed in 12.01s\n")


class TestLinks:
    def test_a_dead_link_and_a_dead_anchor_are_found(self, tmp_path):
        site = archive(
            '-- index.html --\n<a href="a/b.html#x">1</a><a href="a/b.html#y">2</a><img src="gone.png">'
            '<a href="https://example.org/z">3</a>\n-- a/b.html --\n<p id="x"><a href="../index.html">up</a></p>\n'
        )
        for name, text in site.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
        assert list(checking.dead(tmp_path)) == [
            ("index.html", "a/b.html#y: a/b.html has no such anchor"),
            ("index.html", "gone.png is not there"),
        ]

    def test_what_is_loaded_from_another_site_is_found(self, tmp_path):
        (tmp_path / "a.html").write_text(
            '<script src="https://cdn.example/x.js"></script><a href="https://example.org">no</a>'
        )
        assert list(checking.loaded_from_elsewhere(tmp_path)) == [("a.html", "https://cdn.example/x.js")]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """The documents and what they are made of, apart from the checkout, so that nothing is written into it."""
    left = shutil.ignore_patterns(
        ".git", ".*_cache", ".tox", "build", "dist", "tests", "__pycache__", generated.FOLDER
    )
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("source") / "checkout", ignore=left)) / "docs"


def build(source, out):
    pytest.importorskip("sphinx", reason="needs the dependency group docs")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-n", "-j", "auto"]
    return subprocess.run(
        [*command, "-d", f"{out}.doctrees", str(source), str(out)],
        env={**os.environ, "PYTHONHASHSEED": "random", "no_proxy": "", "https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def site(source, tmp_path_factory):
    """The site, built once; warnings are errors and no network is to be had."""
    out = tmp_path_factory.mktemp("site") / "site"
    done = build(source, out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.slow
class TestSite:
    def test_every_link_within_it_leads_somewhere(self, site):
        assert list(checking.dead(site)) == []

    def test_it_loads_nothing_from_elsewhere(self, site):
        assert list(checking.loaded_from_elsewhere(site)) == []

    def test_a_code_leads_to_its_page(self, site):
        page = (site / "tasks.html").read_text()
        assert re.search(r'href="reference/rules/OPS002\.html"[^>]*><code', page)
        assert re.search(r'href="reference/commands/tasks\.html"[^>]*><code', page)

    def test_files_outside_of_docs_are_pages(self, site):
        assert 'href="reference/project/security.html"' in (site / "how-it-judges.html").read_text()
        assert "Reporting a vulnerability" in (site / "reference/project/security.html").read_text()

    def test_the_python_interface_is_documented(self, site):
        assert 'id="pytest_productops.api.Finding"' in (site / "reference/python/index.html").read_text()
        assert (
            'id="pytest_productops.api.Documents.resolve"'
            in (site / "reference/python/facts.html").read_text()
        )

    def test_the_schemas_have_an_address(self, site):
        assert '"title"' in (site / "schemas/report.json").read_text()
        assert 'href="../../schemas/report.json"' in (site / "reference/formats/report.html").read_text()

    def test_the_same_sources_give_the_same_bytes(self, source, site, tmp_path):
        again = tmp_path / "again"
        assert build(source, again).returncode == 0
        one, other = (
            {p.relative_to(s).as_posix(): p.read_bytes() for p in s.rglob("*") if p.is_file()}
            for s in (site, again)
        )
        assert one.keys() == other.keys()
        assert [name for name in one if one[name] != other[name] and name != ".buildinfo"] == []
