"""Components: what a workspace says of itself."""

import pytest

from pytest_productops.facts.components import Component, Components
from pytest_productops.testing import lay_out

CARGO = '[package]\nname = "x"\nversion = "1.0.0"\n'
PYPROJECT = '[project]\nname = "x"\n'


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        ({"README.md": "# A"}, []),
        ({"package.json": "{}", "web/package.json": "{}"}, []),
        ({"package.json": '{"workspaces": ["packages/*"]}', "packages/a/package.json": "{}", "packages/b/x.js": ""}, ["packages/a"]),
        ({"package.json": '{"workspaces": {"packages": ["a"]}}', "a/package.json": "{}"}, ["a"]),
        ({"package.json": "{}", "pnpm-workspace.yaml": "packages:\n  - 'p/**'\n  - '!p/old'\n",
          "p/a/b/package.json": "{}", "p/old/package.json": "{}"}, ["p/a/b"]),
        ({"package.json": "{}", "lerna.json": "{}", "packages/a/package.json": "{}"}, ["packages/a"]),
        ({"package.json": '{"workspaces": ["**"]}', "examples/a/package.json": "{}", "fixtures/b/package.json": "{}"}, []),
        ({"pyproject.toml": '[tool.uv.workspace]\nmembers = ["libs/*"]\nexclude = ["libs/b"]\n',
          "libs/a/pyproject.toml": PYPROJECT, "libs/b/pyproject.toml": PYPROJECT}, ["libs/a"]),
        ({"pyproject.toml": '[tool.poetry.dependencies]\na = {path = "a", develop = true}\n', "a/pyproject.toml": PYPROJECT}, ["a"]),
        ({"Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n', "crates/a/Cargo.toml": CARGO, "crates/a/b/Cargo.toml": CARGO}, ["crates/a"]),
        ({"Cargo.toml": f'{CARGO}[workspace]\n[dependencies]\nb = {{path = "b"}}\n', "b/Cargo.toml": CARGO}, ["b"]),
        ({"go.mod": "module a\n", "go.work": "go 1.24\nuse (\n\t.\n\t./tool\n)\nuse ./api\n", "tool/go.mod": "module t\n",
          "api/go.mod": "module b\n"}, ["api", "tool"]),
        ({"build.gradle": "", "settings.gradle": "include ':a', ':b:c'\ninclude 'none'", "a/build.gradle": "", "b/c/build.gradle.kts": ""},
         ["a", "b/c"]),
        ({"pom.xml": "<project><modules><module>a</module></modules></project>",
          "a/pom.xml": "<project><modules><module>b</module></modules></project>", "a/b/pom.xml": "<project/>"}, ["a", "a/b"]),
        ({"mix.exs": 'apps_path: "apps"\n', "apps/a/mix.exs": "app: :a\n"}, ["apps/a"]),
        ({"composer.json": '{"repositories": [{"type": "path", "url": "packages/*"}]}', "packages/a/composer.json": "{}"}, ["packages/a"]),
        ({"package.json": '{"workspaces": ["../out", "**a**b**c**", "*a*b*c*/x"]}'}, []),
        ({"package.json": '{"workspaces": 7}', "pnpm-workspace.yaml": "{["}, []),
    ],
)  # fmt: skip
def test_members(tmp_path, files, folders):
    found = lay_out(files, tmp_path)[Components].all
    assert found[0].folder == ""
    assert [each.folder for each in found[1:]] == folders


def test_the_root_has_a_name_and_a_path_its_component(tmp_path):
    files = {"package.json": '{"name": "shop", "workspaces": ["a"]}', "a/package.json": '{"name": "api"}'}
    components = lay_out(files, tmp_path)[Components]
    assert components.all == (Component("", "shop", "package.json"), Component("a", "api", "a/package.json"))
    assert components.of("a/src/x.js").name == "api"
    assert components.of("ab/x.js").name == "shop"
    assert components.all[1].path("README.md") == "a/README.md"
