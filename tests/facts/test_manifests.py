"""Manifests of every ecosystem, read without running anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.files import Files
from pytest_productops.facts.manifests import READERS, Manifests, product
from pytest_productops.testing import lay_out


@pytest.fixture
def manifest(tmp_path):
    def read(files, path=None):
        return lay_out(files, tmp_path)[Manifests].get(path or next(iter(files)))

    return read


def asked(manifest):
    return {(each.name, each.constraint, each.group) for each in manifest.dependencies}


def claims(manifest):
    return [(each.tool, each.constraint, each.location.line) for each in manifest.claims]


def test_pyproject(manifest):
    found = manifest(
        {
            "pyproject.toml": """[project]
name = "My.Shop"
version = "1.2"
requires-python = ">=3.10"
classifiers = ["Private :: Do Not Upload"]
dependencies = ["httpx[http2]>=0.27; python_version < '4'", "core @ file:../core"]
[project.optional-dependencies]
pdf = ["weasyprint"]
[dependency-groups]
dev = ["pytest>=8", {include-group = "lint"}]
lint = ["ruff"]
[build-system]
requires = ["hatchling"]
[tool.uv.workspace]
members = ["packages/*"]
""",
            "uv.lock": "",
        }
    )
    assert (found.name, found.version, found.version_at.line, found.private) == ("my-shop", "1.2", 3, True)
    assert asked(found) == {
        ("httpx", ">=0.27", ""),
        ("core", "@ file:../core", ""),
        ("weasyprint", "", "optional:pdf"),
        ("pytest", ">=8", "group:dev"),
        ("ruff", "", "group:lint"),
        ("hatchling", "", "build"),
    }
    assert claims(found) == [("python", ">=3.10", 4)]
    assert (found.locks, found.members, found.workspace) == (("uv.lock",), ("packages/*",), True)
    assert [each.conditional for each in found.dependencies][:2] == [True, False]


def test_poetry(manifest):
    found = manifest(
        {
            "pyproject.toml": """[tool.poetry]
name = "shop"
version = "0.1.0"
package-mode = false
[tool.poetry.dependencies]
python = "^3.11"
django = "^5"
core = {path = "../core", develop = true}
[tool.poetry.group.dev.dependencies]
pytest = {version = "^8"}
"""
        }
    )
    assert asked(found) == {("django", "^5", ""), ("core", "", ""), ("pytest", "^8", "group:dev")}
    assert claims(found) == [("python", "^3.11", 6)]
    assert (found.private, found.members) == (True, ("../core",))


def test_dynamic_version(manifest):
    found = manifest({"pyproject.toml": '[project]\nname = "a"\ndynamic = ["version"]\n'})
    assert (found.version, found.dynamic) == ("", True)


def test_setup_py_and_cfg(manifest):
    found = manifest(
        {
            "setup.py": "from setuptools import setup\nsetup(name='a', version=V,\n install_requires=['b>=1'], python_requires='>=3.9')\n"
        }
    )
    assert (found.name, found.dynamic, asked(found)) == ("a", True, {("b", ">=1", "")})
    assert claims(found) == [("python", ">=3.9", 3)]
    text = "[metadata]\nname = a\nversion = attr: a.v\n[options]\npython_requires = >=3.8\ninstall_requires =\n  b\n  c<2\n"
    found = manifest({"setup.cfg": text})
    assert (found.version, found.dynamic, asked(found)) == ("", True, {("b", "", ""), ("c", "<2", "")})
    assert claims(found) == [("python", ">=3.8", 5)]


def test_requirements(manifest):
    found = manifest(
        {
            "requirements/dev.txt": "# x\n-r base.txt\nDjango==5.1 \\\n    --hash=sha256:00\npytest  # why\n./local\n"
        }
    )
    assert asked(found) == {("django", "==5.1", "dev"), ("pytest", "", "dev")}
    assert found.members == ("base.txt",)


def test_package_json(manifest):
    text = """{
  "name": "@acme/shop", "version": "2.0.0", "private": true,
  "engines": {"node": ">=20"},
  "workspaces": {"packages": ["packages/*", "!packages/old"]},
  "dependencies": {"a": "^1", "b": "workspace:*"},
  "devDependencies": {"c": "~2"}
}"""
    found = manifest({"package.json": text, "yarn.lock": ""})
    assert (found.name, found.private, found.locks) == ("@acme/shop", True, ("yarn.lock",))
    assert (found.members, found.excluded) == (("packages/*",), ("packages/old",))
    assert asked(found) == {("a", "^1", ""), ("b", "workspace:*", ""), ("c", "~2", "dev")}
    assert [each.local for each in found.dependencies] == [False, True, False]
    assert claims(found) == [("node", ">=20", 3)]


def test_go_mod(manifest):
    text = "module example.org/a\n\ngo 1.24\ntoolchain go1.24.1\nrequire (\n\tb.org/x v1.2.3\n\tc.org/y v0.1.0 // indirect\n)\nreplace b.org/x => ../x\n"
    found = manifest({"go.mod": text})
    assert asked(found) == {("b.org/x", "v1.2.3", ""), ("c.org/y", "v0.1.0", "indirect")}
    assert (found.name, found.dependencies[0].local) == ("example.org/a", True)
    assert claims(found)[0] == ("go", "1.24", 3)


def test_cargo_inherits(manifest):
    found = manifest(
        {
            "crates/a/Cargo.toml": '[package]\nname = "a"\nversion.workspace = true\nrust-version = {workspace = true}\n'
            '[dependencies]\nserde = {workspace = true}\nb = {path = "../b"}\njs = {package = "json", version = "1"}\n',
            "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n[workspace.package]\nversion = "3.1.0"\nrust-version = "1.80"\n'
            '[workspace.dependencies]\nserde = "1.0.200"\n',
        }
    )
    assert (found.version, found.version_at.path, found.version_at.line) == ("3.1.0", "Cargo.toml", 4)
    assert asked(found) == {("serde", "1.0.200", ""), ("b", "", ""), ("json", "1", "")}
    assert claims(found) == [("rust", "1.80", 5)]


def test_pom(manifest):
    text = """<project><groupId>org.acme</groupId><artifactId>shop</artifactId><version>${revision}</version>
<modules><module>api</module></modules>
<properties><revision>1.4</revision><maven.compiler.release>21</maven.compiler.release></properties>
<dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>2</version><scope>test</scope></dependency>
</dependencies></project>"""
    found = manifest({"pom.xml": text})
    assert (found.name, found.version, found.members) == ("org.acme:shop", "1.4", ("api",))
    assert asked(found) == {("g:a", "2", "dev")}
    assert claims(found) == [("java", "21", 3)]


def test_gradle(manifest):
    found = manifest(
        {
            "build.gradle.kts": 'version = "1.0"\n// implementation("no:no:1")\ndependencies {\n  implementation("g:a:1.2")\n'
            '  testImplementation("g:t:3")\n}\njava { toolchain { languageVersion.set(JavaLanguageVersion.of(17)) } }\n',
            "settings.gradle.kts": 'include(":api", ":lib:core")\nproject(":api").projectDir = file("services/api")\n',
            "gradle/libs.versions.toml": '[versions]\nx = "9"\n[libraries]\nxy = {module = "x:y", version.ref = "x"}\n',
        }
    )
    assert asked(found) == {("g:a", "1.2", ""), ("g:t", "3", "dev"), ("x:y", "9", "")}
    assert (found.version, found.members) == ("1.0", ("services/api", "lib/core"))
    assert claims(found) == [("java", "17", 7)]


def test_a_ruby_that_depends_on_the_environment_is_no_claim(manifest):
    found = manifest({"Gemfile": "source 'x'\nruby '3.3.0' unless ENV['CI']\n"})
    assert found.claims == ()


def test_ruby(manifest):
    text = "source 'x'\nruby '3.3.0'\ngem 'rails', '~> 7.1', '>= 7.1.2'\ngroup :development, :test do\n  gem 'rspec'\nend\n"
    text += (
        "if ENV['X']\n  gem 'odd'\nend\ngem 'mac' if RUBY_PLATFORM =~ /darwin/\ngem 'own', path: '../own'\n"
    )
    found = manifest({"Gemfile": text})
    assert asked(found) == {
        ("rails", "~> 7.1, >= 7.1.2", ""),
        ("rspec", "", "dev"),
        ("odd", "", ""),
        ("mac", "", ""),
        ("own", "", ""),
    }
    assert [each.name for each in found.dependencies if each.conditional] == ["odd", "mac"]
    assert [each.name for each in found.dependencies if each.local] == ["own"]
    text = 'Gem::Specification.new do |s|\n  s.name = "a"\n  s.version = A::VERSION\n  s.required_ruby_version = ">= 3.1"\n'
    found = manifest(
        {"a.gemspec": text + '  s.add_dependency "b", "~> 1"\n  s.add_development_dependency("c")\nend\n'}
    )
    assert (found.name, found.version, found.dynamic) == ("a", "", True)
    assert asked(found) == {("b", "~> 1", ""), ("c", "", "dev")}


def test_php_and_elixir(manifest):
    text = '{"name": "acme/shop", "type": "project", "require": {"php": ">=8.2", "ext-json": "*", "a/b": "^1"}, "require-dev": {"c/d": "2"}}'
    found = manifest({"composer.json": text})
    assert (asked(found), found.private) == ({("a/b", "^1", ""), ("c/d", "2", "dev")}, True)
    text = '  @version "1.5.0"\n  def project do\n    [app: :shop,\n     version: @version,\n     elixir: "~> 1.15",\n     apps_path: "apps"]\n'
    text += '  defp deps do\n    [{:plug, "~> 1.14"},\n     {:ex_doc, "~> 0.30", only: :dev},\n     {:own, in_umbrella: true}]\n'
    found = manifest({"mix.exs": text})
    assert (found.version, found.version_at.line, found.members) == ("1.5.0", 1, ("apps/*",))
    assert asked(found) == {("plug", "~> 1.14", ""), ("ex_doc", "~> 0.30", "dev"), ("own", "", "")}


@pytest.mark.parametrize(
    "name",
    ["pyproject.toml", "package.json", "Cargo.toml", "pom.xml", "setup.py", "Pipfile", "composer.json"],
)
def test_a_malformed_one_says_so(manifest, name):
    assert manifest({name: "{ [ <"}).problem


def test_product():
    assert product("packages/api/package.json")
    assert not product("examples/todo/package.json")
    assert not product("shop-tests/pom.xml")
    assert not product("vendor/x/composer.json")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("scratch")


@given(st.sampled_from(sorted(READERS)), st.text(alphabet="[]{}<>=\"':,. \n-abc123gem()/", max_size=80))
def test_no_reader_raises(scratch, name, text):
    path = name.replace("*", "a")
    (scratch / path).write_text(text)
    found = Manifests(Files(scratch, (path,)), (path,)).get(path)
    assert found.path == path


@pytest.mark.parametrize("value", ["1", '"x"', "[1, 2]", "{a = 1}", "[{a = 1}]", "true"])
@pytest.mark.parametrize(
    "key",
    ["project", "project.dependencies", "project.optional-dependencies", "dependency-groups", "tool.poetry", "tool.poetry.group",
     "tool.poetry.dependencies", "tool.uv", "tool.uv.workspace", "tool.uv.sources", "tool.hatch.envs", "build-system", "project.dynamic"],
)  # fmt: skip
def test_any_type_at_any_place(manifest, key, value):
    assert not manifest({"pyproject.toml": f"{key} = {value}\n"}).problem
