"""Who owns the repository, by CODEOWNERS of two forges and a dozen other files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.ownership import Ownership
from pytest_productops.facts.ownership.codeowners import Entry, read
from pytest_productops.facts.ownership.people import is_collective, is_placeholder, named, owners_file

GITHUB = ".github/CODEOWNERS"


@pytest.mark.parametrize(
    ("pattern", "path", "github", "gitlab"),
    [
        ("*", "a/b.py", True, True),
        ("*.js", "a/b.js", True, True),
        ("*.js", "a/b.jsx", False, False),
        ("/build/logs/", "build/logs/a/b", True, True),
        ("/build/logs/", "x/build/logs/a", False, False),
        ("docs/*", "docs/a.md", True, True),
        ("docs/*", "docs/a/b.md", False, False),
        ("apps/", "x/apps/a/b", True, True),
        ("/docs", "docs/a.md", True, False),
        ("docs/a", "x/docs/a", False, True),
        ("**/logs", "x/y/logs/z", True, False),
        ("**/logs", "logs", True, True),
        ("/a/**/z", "a/z", True, True),
        ("/a/**/z", "a/b/c/z", True, True),
        ("README.md", "x/README.md", True, True),
        ("a?.py", "ab.py", True, True),
        ("[ab].py", "a.py", False, False),
        ("/x/*.go", "x/y/z.go", False, False),
        ("/scripts/**", "scripts/a/b.sh", True, True),
    ],
)
def test_patterns(pattern, path, github, gitlab):
    entry = Entry(pattern, ("@a",), 1)
    assert entry.matches(path, "github") is github
    assert entry.matches(path, "gitlab") is gitlab


def test_github_takes_the_last_match():
    owners = read(
        "# rules\n* @acme/all  # everything\n*.py @ann bob@acme.org\n/docs/\n/src/with\\ space/ @eve\n/x nobody @ok\n",
        GITHUB, "github",
    )  # fmt: skip
    assert owners.default == ("@acme/all",)
    assert owners.owners("main.go") == ("@acme/all",)
    assert owners.owners("src/a.py") == ("@ann", "bob@acme.org")
    assert owners.owners("docs/a.py") == ()
    assert owners.owners("src/with space/a.go") == ("@eve",)
    assert owners.entry("docs/x").line == 4
    assert owners.malformed == ((6, "nobody"),)


def test_gitlab_takes_the_last_match_of_each_section():
    owners = read(
        """\
* @lead
[Docs][2] @writers
docs/
docs/api/ @api
^[Optional] @@developer
*.md
!CHANGELOG.md
[Docs]
*.rst @rst/sub/group
""",
        "CODEOWNERS", "github",
    )  # fmt: skip
    assert owners.dialect == "gitlab"
    assert owners.owners("docs/api/a.txt") == ("@lead", "@api")
    assert owners.owners("docs/a.md") == ("@lead", "@writers", "@@developer")
    assert owners.owners("CHANGELOG.md") == ("@lead",)
    assert owners.owners("docs/a.rst") == ("@lead", "@rst/sub/group")
    assert owners.malformed == ()


@given(st.text("*?/[]!#\\ @ab.\n^-", max_size=60), st.text("ab/.", min_size=1, max_size=20))
def test_any_file_is_read(text, path):
    for dialect in ("github", "gitlab"):
        read(text, GITHUB, dialect).owners(path)


def test_github_skips_a_line_with_a_mistake_and_gitlab_does_not():
    assert read("/x nobody @ok\n", GITHUB, "github").owners("x") == ()
    assert read("/x nobody @ok\n", ".gitlab/CODEOWNERS", "gitlab").owners("x") == ("@ok",)


def test_many_stars_do_not_hang():
    assert not Entry("*a" * 40 + "*b", ("@x",), 1).matches("a" * 300)
    assert not Entry("**/" * 40 + "b", ("@x",), 1).matches("a/" * 300 + "c")


@pytest.mark.parametrize(
    ("files", "path", "dialect"),
    [
        ("-- CODEOWNERS --\n* @a/b\n-- .github/CODEOWNERS --\n* @c/d\n", ".github/CODEOWNERS", "github"),
        ("-- docs/CODEOWNERS --\n* @a/b\n", "docs/CODEOWNERS", "github"),
        ("-- .gitlab/CODEOWNERS --\n* @a/b\n", ".gitlab/CODEOWNERS", "gitlab"),
        ("-- CODEOWNERS --\n* @a/b\n-- .gitlab-ci.yml --\na: 1\n", "CODEOWNERS", "gitlab"),
    ],
)
def test_effective_file(repository, files, path, dialect):
    found = repository(files)[Ownership].codeowners
    assert (found.path, found.dialect) == (path, dialect)


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ("-- pyproject.toml --\n[project]\nauthors = [{name = 'Ann Lee', email = 'ann@acme.org'}]\n", ["Ann Lee <ann@acme.org>"]),
        ("-- pyproject.toml --\n[tool.poetry]\nauthors = ['Ann Lee <ann@acme.org>']\n", ["Ann Lee <ann@acme.org>"]),
        ("-- pyproject.toml --\n[project]\nauthors = [{name = 'The Foo Developers'}]\n", []),
        ("-- pyproject.toml --\n[project]\nauthors = [{name = 'Foo Developers', email = 'foo@acme.org'}]\n", ["Foo Developers <foo@acme.org>"]),
        ("-- pyproject.toml --\n[project]\nauthors = [{name = 'Your Name', email = 'you@example.com'}]\n", []),
        ("-- pyproject.toml --\n[project\n", []),
        ("-- setup.cfg --\n[metadata]\nauthor = Ann Lee\n", ["Ann Lee"]),
        ("-- setup.py --\nfrom x import setup\nsetup(name='x', author='Ann Lee', author_email=MAIL)\n", ["Ann Lee"]),
        ("-- package.json --\n{\"author\": {\"name\": \"Ann Lee\"}, \"maintainers\": [\"Bob Ray\"]}\n", ["Ann Lee", "Bob Ray"]),
        ("-- package.json --\n{\"author\": \"\"}\n", []),
        ("-- package.json --\n{\n", []),
        ("-- packages/api/package.json --\n{\"author\": \"Ann Lee\"}\n", ["Ann Lee"]),
        ("-- examples/api/package.json --\n{\"author\": \"Ann Lee\"}\n", []),
        ("-- Cargo.toml --\n[workspace.package]\nauthors = ['Ann Lee']\n", ["Ann Lee"]),
        ("-- x.podspec --\nPod::Spec.new do |s|\n  s.authors = { 'Acme' => 'info@acme.org' }\nend\n", ["Acme", "info@acme.org"]),
        ("-- x.gemspec --\nGem::Specification.new do |s|\n  s.authors = ['Ann Lee', 'Bob Ray']\nend\n", ["Ann Lee", "Bob Ray"]),
        ("-- pom.xml --\n<developers><developer><id>ann</id><name>Ann</name></developer></developers>\n", ["ann"]),
        ("-- mix.exs --\n  maintainers: [\"Ann Lee\",\n \"Bob Ray\"],\n", ["Ann Lee", "Bob Ray"]),
        ("-- gradle.properties --\nPOM_DEVELOPER_ID=acme\nPOM_DEVELOPER_NAME=Acme, Inc.\n", ["acme", "Acme, Inc."]),
        ("-- build.gradle.kts --\ndeveloper {\n  name.set(\"Ann Lee\")\n}\n", ["Ann Lee"]),
        ("-- x.gemspec --\nGem::Specification.new do |s|\n  s.authors = [\n    'Ann Lee',\n    'Bob Ray',\n  ]\nend\n", ["Ann Lee", "Bob Ray"]),
        ("-- setup.py --\nAUTHOR = 'Ann Lee'\nsetup(author=AUTHOR)\n", ["Ann Lee"]),
        ("-- setup.py --\nsetup(**{'author': 'Ann Lee'})\n", ["Ann Lee"]),
        ("-- src/x/__about__.py --\n__author__ = 'Ann Lee'\n", ["Ann Lee"]),
        ("-- package.json --\n{\"author\": \"Acme Software, Inc. <hello@acme.org>\"}\n", ["Acme Software, Inc. <hello@acme.org>"]),
        ("-- release.toml --\nowners = ['github:acme:admins']\n", ["github:acme:admins"]),
        (
            "-- buildSrc/src/main/kotlin/publish.gradle.kts --\ndevelopers {\n  listOf(\n    \"ann:Ann Lee\",\n    \"bob:Bob Ray\"\n  ).forEach {\n  }\n}\n",
            ["ann:Ann Lee", "bob:Bob Ray"],
        ),
        ("-- build.sbt --\ndevelopers := List(Developer(\"ann\", \"Ann Lee\", \"a@acme.org\", url(\"https://acme.org\")))\n", ["ann", "Ann Lee", "a@acme.org", "https://acme.org"]),
        ("-- Chart.yaml --\nmaintainers:\n- name: Ann Lee\n", ["Ann Lee"]),
        ("-- CITATION.cff --\nauthors:\n- given-names: Ann\n  family-names: Lee\n", ["Ann Lee"]),
        ("-- publiccode.yml --\nmaintenance:\n  contacts:\n  - name: Ann Lee\n", ["Ann Lee"]),
        ("-- Cargo.toml --\n[workspace.package]\nauthors = ['Ann Lee']\n[package]\nauthors.workspace = true\n", ["Ann Lee"]),
        ("-- README.md --\n# X\n\n## Maintainers\n\n- Ann Lee\n- Bob Ray\n", ["Ann Lee", "Bob Ray"]),
        ("-- README.md --\n# X\n\n## Contact\n\n- Stack Overflow\n", []),
        ("-- README.md --\n# X\n\nX is maintained by the Acme Team.\n", ["Acme Team"]),
        ("-- README.md --\n# X\n\nX is maintained by volunteers.\n", []),
        ("-- OWNERS --\napprovers:\n- ann\nreviewers: [bob]\nlabels: [x]\n", ["ann", "bob"]),
        ("-- OWNERS --\n# lead\nann@acme.org\nset noparent\n", ["ann@acme.org"]),
        ("-- MAINTAINERS.md --\n# Maintainers\n- Ann Lee (lead)\n- Bob Ray\n", ["Ann Lee", "Bob Ray"]),
        ("-- MAINTAINERS --\nM: Ann Lee <ann@acme.org>\n", ["ann@acme.org"]),
        ("-- AUTHORS --\nAnn Lee\nBob van der Ray\n", ["Ann Lee", "Bob van der Ray"]),
        ("-- MAINTAINERS --\nmaintainers:\n- ann\n- bob\ninactive:\n- eve\n", ["ann", "bob"]),
        ("-- Directory.Build.props --\n<Project><PropertyGroup><Authors>Ann Lee;Acme</Authors></PropertyGroup></Project>\n", ["Ann Lee", "Acme"]),
        ("-- eng/Library.targets --\n<Project>\n<Authors>Ann Lee, Acme</Authors></Project>\n", ["Ann Lee", "Acme"]),
        ("-- src/X/X.csproj --\n<Project>\n<Authors>$(Company)</Authors></Project>\n", []),
        ("-- x.nuspec --\n<package><metadata><authors>Ann Lee</authors></metadata></package>\n", ["Ann Lee"]),
        ("-- catalog-info.yaml --\nkind: Component\nspec: {owner: platform}\n---\nkind: API\nspec: {owner: team-a}\n", ["platform", "team-a"]),
        ("-- cortex.yaml --\ninfo:\n  x-cortex-owners:\n  - type: group\n    name: platform\n", ["platform"]),
        ("-- SECURITY-INSIGHTS.yml --\nproject:\n  administrators:\n  - name: Ann Lee\n    email: a@x.org\n", ["Ann Lee <a@x.org>"]),
        ("-- README.md --\n# X\n## Maintainers\nAsk @ann-lee.\n## Usage\n@param x\n", ["@ann-lee"]),
        ("-- README.md --\n# X\nThanks to @ann.\n", []),
    ],
)  # fmt: skip
def test_sources(repository, files, names):
    assert [owner.name for owner in repository(files)[Ownership].owners] == names


def test_owner_has_its_place(repository):
    (owner,) = repository("-- pyproject.toml --\n[project]\nname = 'x'\nauthors = [{name = 'Ann Lee'}]\n")[
        Ownership
    ].owners
    assert (str(owner.location), owner.source) == ("pyproject.toml:3", "metadata")


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("CODEOWNERS", "", "is empty"),
        ("CODEOWNERS", "# * @acme/all\n\n", "holds only comments"),
        ("CODEOWNERS", "* @your-org/your-team\n", "names only placeholders (@your-org/your-team)"),
        ("CODEOWNERS", "* @username\n", "names only placeholders (@username)"),
        ("CODEOWNERS", "* @TODO\n", "names only placeholders (@TODO)"),
        ("CODEOWNERS", "* @org/team-name\n", "names only placeholders (@org/team-name)"),
        ("CODEOWNERS", "*\n", "gives no file an owner"),
        ("MAINTAINERS.md", "# Maintainers\n\n<!-- add yourself -->\n", "holds only comments and headings"),
        (
            "MAINTAINERS.md",
            "- [Your Name](https://github.com/username)\n",
            "names only placeholders (@username)",
        ),
        ("OWNERS", "", "is empty"),
        ("catalog-info.yaml", "", "is empty"),
    ],
)
def test_hollow_files(repository, path, text, reason):
    ownership = repository(f"-- {path} --\n{text}")[Ownership]
    assert ownership.owners == ()
    assert [problem.message for problem in ownership.hollow] == [f"{path} {reason}"]


def test_words_without_a_name_are_unrecognised(repository):
    ownership = repository("-- MAINTAINERS.md --\nSee the list on our site.\n")[Ownership]
    assert (ownership.owners, ownership.hollow, ownership.unrecognised) == ((), (), ("MAINTAINERS.md",))


def test_broken_yaml_is_a_problem(repository):
    ownership = repository("-- catalog-info.yaml --\nspec: [\n")[Ownership]
    assert ownership.owners == ()
    assert ownership.problems[0].location.path == "catalog-info.yaml"


@pytest.mark.parametrize(
    "name",
    ["@acme/platform", "Ann Lee <ann@lee.me>", "@example-corp/web", "me@ann.dev", "@teamster", "Meg Name"],
)
def test_real_names(name):
    assert not is_placeholder(name)


@pytest.mark.parametrize(
    "name",
    [
        "@your-org",
        "TODO",
        "@username",
        "@user",
        "<name>",
        "@octocat",
        "you@example.com",
        "Your Name <a@b.io>",
        "",
    ],
)
def test_placeholders(name):
    assert is_placeholder(name)


def test_collectives():
    assert is_collective("The Foo Project")
    assert is_collective("Foo contributors")
    assert not is_collective("Theo Ray")


@given(st.text(max_size=80))
def test_any_text_is_searched(text):
    list(named(text))
    list(owners_file(text, "OWNERS"))
