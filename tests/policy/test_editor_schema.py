"""The schema of the settings as editors and validate-pyproject use it: what is right passes, each mistake is found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import tomli
from jsonschema import Draft7Validator
from validate_pyproject import api, errors
from validate_pyproject.plugins import PluginWrapper

from pytest_productops.catalogue import installed
from pytest_productops.cli import main
from pytest_productops.policy.layers import DEFAULTS
from pytest_productops.policy.schema import published, settings_schema, tool_schema, within_pyproject
from pytest_productops.policy.settings import read

GOOD = """\
profile = ["service", "oss-library"]
level = "silver"
unknown = "fail"
baseline = "off"
max-waiver-days = 90
select = ["ONB", "coverage-gate-enforced", "DEV003", "onboarding", "ALL"]
extend-select = ["OPS007"]

[ignore]
DEV009 = "generated parser, replaced in spring"
versions-agree = "the app is never released"

[rules.coverage-gate-enforced]
minimum = 85
enforce-from = 2027-03-01
waivable = false

[[waivers]]
rule = "DEV003"
subject = "legacy/**"
reason = "the component is being retired"
owner = "@ann"
expires = 2027-01-31

[artifacts]
security = "https://shop.example/security"
"""
BAD = {
    'slect = ["ONB"]': '"slect" is not allowed',
    'profile = "servce"': 'but found "servce"',
    'level = "platinum"': 'but found "platinum"',
    'select = ["ONB999"]': 'but found "ONB999"',
    '[ignore]\nDEV999 = "why"': '"DEV999" is not allowed',
    '[ignore]\nDEV009 = ""': "the length must be",
    "[rules.DEV003]\nminimun = 85": '"minimun" is not allowed',
    "[rules.DEV003]\nminimum = 101": "but found 101",
    '[rules.DEV003]\nenforce-from = "soon"': "LocalDate",
    '[[waivers]]\nrule = "DEV003"\nreason = "x"': '"owner" is required',
    '[artifacts]\nsecurty = "x"': '"securty" is not allowed',
}


@pytest.fixture(scope="module")
def catalogue():
    return installed()


def nodes(schema):
    """Yield every schema in a schema with the way to it."""
    waiting = [("", schema)]
    while waiting:
        way, node = waiting.pop()
        yield way, node
        inner = [(f"{way}.{name}", each) for name, each in node.get("properties", {}).items()]
        inner += [(f"{way}[]", node["items"])] if "items" in node else []
        waiting += inner


def test_it_is_a_schema_of_draft_7(catalogue):
    for schema in (published(catalogue), within_pyproject(published(catalogue)), tool_schema("productops")):
        Draft7Validator.check_schema(schema)
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        assert schema["$id"].startswith("urn:pytest-productops:settings:1")


def test_every_key_is_described_and_every_table_is_closed(catalogue):
    for way, node in nodes(published(catalogue)):
        assert way.endswith("[]") or not way or node.get("description"), way
        assert node.get("type") != "object" or "additionalProperties" in node, way


def test_every_option_of_a_rule_is_in_it_by_code_and_by_name(catalogue):
    tables = published(catalogue)["properties"]["rules"]["properties"]
    for rule in catalogue:
        assert tables[rule.code] == tables[rule.name]
        assert tables[rule.code]["description"] == rule.manual.summary
        assert set(tables[rule.code]["properties"]) == {*rule.options, "enforce-from", "waivable"}
        Draft7Validator.check_schema(tables[rule.code])


def test_every_default_fits(catalogue):
    schema = published(catalogue)
    found = {way: node for way, node in nodes(schema) if "default" in node}
    assert {f".{name}" for name in DEFAULTS} <= set(found)
    for way, node in found.items():
        Draft7Validator(node).validate(node["default"])
        assert way


def test_what_is_right_is_right_to_the_tool_too(tmp_path, catalogue):
    (tmp_path / "productops.toml").write_text(GOOD)
    assert read(tmp_path, catalogue).policy.level == "silver"


@pytest.fixture
def tombi(tmp_path, catalogue):
    """Return a function that lints settings as an editor does, with the line that names the schema."""
    (tmp_path / "schema.json").write_text(json.dumps(published(catalogue)))

    def run(text, name="productops.toml"):
        (tmp_path / name).write_text(text)
        command = [str(Path(sys.executable).with_name("tombi")), "lint", "--offline", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={"NO_COLOR": "1"})
        return done.returncode, done.stdout + done.stderr

    return run


def test_an_editor_takes_what_is_right(tombi):
    status, said = tombi(f"#:schema ./schema.json\n{GOOD}")
    assert (status, "Warning" in said) == (0, False), said


@pytest.mark.parametrize(("text", "message"), BAD.items())
def test_an_editor_marks_a_mistake(tombi, text, message):
    status, said = tombi(f"#:schema ./schema.json\n{text}\n")
    assert status == 1
    assert message in said


def shared(text):
    """Return settings as they stand in pyproject.toml."""
    for table in ("[ignore]", "[rules.", "[waivers]", "[artifacts]"):
        text = text.replace(table, f"[tool.productops.{table[1:]}")
    return f'[project]\nname = "shop"\nversion = "1"\n[tool.other]\nx = 1\n[tool.productops]\n{text}'


def test_an_editor_of_pyproject(tombi, tmp_path):
    (tmp_path / "tombi.toml").write_text(
        '[[schemas]]\nroot = "tool.productops"\npath = "schema.json"\ninclude = ["pyproject.toml"]\n'
    )
    assert tombi(shared(GOOD), "pyproject.toml")[0] == 0
    status, said = tombi(shared('slect = ["ONB"]\n'), "pyproject.toml")
    assert status == 1
    assert '"slect" is not allowed' in said
    assert "pyproject.toml:7:1" in said


def test_the_schema_of_a_whole_pyproject(catalogue):
    validator = Draft7Validator(within_pyproject(settings_schema(catalogue)))
    right = {"project": {"name": "shop"}, "tool": {"other": 1, "productops": {"level": "silver"}}}
    assert validator.is_valid(right)
    assert not validator.is_valid({"tool": {"productops": {"levl": "silver"}}})


@pytest.fixture(scope="module")
def validator():
    """validate-pyproject with our plugin."""
    return api.Validator(extra_plugins=[PluginWrapper("productops", tool_schema)])


def test_validate_pyproject_takes_what_is_right(validator):
    assert validator(tomli.loads(shared(GOOD)))["tool"]["productops"]["level"] == "silver"


@pytest.mark.parametrize(
    "text",
    [text for text in BAD if "enforce-from" not in text and "ONB999" not in text and "DEV999" not in text],
)
def test_validate_pyproject_refuses_a_mistake(validator, text):
    with pytest.raises(errors.ValidationError, match=r"tool\.productops"):
        validator(tomli.loads(shared(f"{text}\n")))


def test_the_plugin_is_an_entry_point():
    project = tomli.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    points = project["entry-points"]["validate_pyproject.tool_schema"]
    module, _, name = points["productops"].partition(":")
    assert getattr(__import__(module, fromlist=[name]), name) is tool_schema


def test_the_command_prints_it(capsys, catalogue):
    assert main(["config", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(published(catalogue)))
    assert main(["config", "schema", "--pyproject"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["properties"]["tool"]["properties"]["productops"]["properties"]["level"]["enum"] == [
        *("bronze", "silver", "gold")
    ]
