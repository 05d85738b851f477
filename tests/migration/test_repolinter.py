"""Rulesets of repolinter in both versions, with what they extend."""

import base64
import json

import pytest

from pytest_productops.migration import globs, migrate
from pytest_productops.policy.problems import ConfigurationError

FILES = """
-- README.md --
# Shop
-- CONTRIBUTING.md --
# Contributing
"""


def rows(migration):
    return {row.rule: (row.verdict, row.codes, row.reason) for row in migration.rows}


def test_without_a_file_the_default_ruleset_applies(repository):
    found = migrate("repolinter", repository(FILES))
    assert found.source == ""
    assert [row.verdict for row in found.rows].count("stricter") == 3
    assert rows(found)["best-practices-badge-present"] == ("off", (), "off in the default ruleset")
    assert found.settings["select"] == ["DEV001", "ONB001", "ONB002", "ONB009", "OPS005", "PRA005"]
    assert found.settings["rules"] == {"ONB001": {"accept_readme_section": False}}
    assert found.sources["DEV001"] == ("test-directory-exists", "integrates-with-ci")


NEW = """
-- repolinter.json --
{
  "version": 2,
  "axioms": {"linguist": "language"},
  "rules": {
    "contributing-file-exists": {
      "level": "off",
      "rule": {"type": "file-existence", "options": {"globsAny": ["CONTRIB*"]}}
    },
    "readme-file-exists": {
      "level": "warning",
      "where": ["language=go"],
      "policyUrl": "https://example.org",
      "rule": {"type": "file-existence", "options": {"globsAny": ["README*"], "fail-message": "write it"}}
    },
    "owners": {
      "level": "error",
      "rule": {"type": "file-existence", "options": {"globsAny": [".github/CODEOWNERS"]}}
    },
    "no-secrets": {
      "level": "error",
      "rule": {"type": "file-not-contents", "options": {"globsAll": ["**/*"], "content": "BEGIN KEY"}}
    },
    "odd": {"level": "error", "rule": {"type": "lunar-phase", "options": {}}}
  }
}
"""


def test_version_2(repository):
    found = migrate("repolinter", repository(NEW))
    assert found.source == "repolinter.json"
    table = rows(found)
    assert table["contributing-file-exists"] == ("off", (), "off at repolinter.json:5, which gives no reason")
    verdict, codes, reason = table["readme-file-exists"]
    assert (verdict, codes) == ("stricter", ("ONB002",))
    assert reason.endswith(
        "Its condition is not taken over: language=go. There it is of level warning, here it fails. "
        "Without counterpart: fail-message, policyUrl."
    )
    assert table["owners"][:2] == ("stricter", ("SUP003",))
    assert table["owners"][2].endswith("Unknown rule of repolinter, read as `codeowners-file-exists`.")
    assert table["no-secrets"] == (
        "not covered",
        (),
        "Its pattern is not taken over: our rules ask what a document says, not for words. "
        "Unknown rule of repolinter, read as `file-not-contents`.",
    )
    assert table["odd"] == ("not covered", (), "unknown rule of repolinter")
    assert str(found.rows[1].place) == "repolinter.json:9"
    assert found.settings == {
        "select": ["ONB002", "SUP003"],
        "ignore": {"ONB001": "off at repolinter.json:5, which gives no reason"},
        "rules": {"SUP003": {"require_codeowners": True}},
    }


OLD = """
-- repolint.yaml --
axioms: {linguist: language}
rules:
  all:
    readme-file-exists:file-existence: [warning, {files: [README*], nocase: true}]
    changelog-file-exists:file-existence: [info, {files: ["CHANGES*"]}]
    license-header:file-starts-with: [off, {files: ["**/*.py"]}]
  language=ruby:
    package-metadata-exists:file-existence: [error, {files: [Gemfile]}]
  license=*:
    license-detectable-by-licensee: [warning]
-- CHANGES.md --
# Changes
"""


def test_version_1(repository):
    found = migrate("repolinter", repository(OLD))
    table = rows(found)
    assert table["readme-file-exists"][:2] == ("stricter", ("ONB002",))
    assert table["readme-file-exists"][2].endswith("counts too. There it is of level warning, here it fails.")
    assert found.rows[1].near == ("OPS005",)
    assert table["license-header"] == ("off", (), "off at repolint.yaml:6, which gives no reason")
    assert table["package-metadata-exists"][0] == table["license-detectable-by-licensee"][0] == "not covered"
    assert [str(row.place) for row in found.rows][-2:] == ["repolint.yaml:8", "repolint.yaml:10"]


def test_a_place_of_its_own_is_declared(repository):
    text = """
-- .github/repolinter.yml --
version: 2
rules:
  guide:
    level: error
    rule:
      type: file-existence
      options: {globsAny: ["wiki/{team,people}/contrib*.md"]}
  readme-file-exists:
    level: error
    rule: {type: file-existence, options: {globsAny: [README.md]}}
-- wiki/people/contribute.md --
# How we work
-- README.md --
# Shop
"""
    found = migrate("repolinter", repository(text))
    assert found.settings["artifacts"] == {"contributing": "wiki/people/contribute.md"}
    assert "Its place is declared: wiki/people/contribute.md." in rows(found)["guide"][2]


def test_a_ruleset_extends_others(repository):
    middle = base64.b64encode(
        b'{"extends": "https://example.org/r.json", "rules": {"b": {"level": "error"}}}'
    ).decode()
    text = f"""
-- repolint.json --
{{"version": 2, "extends": "rules/base.yml", "rules": {{"a": {{"level": "off"}}}}}}
-- rules/base.yml --
extends: {middle}
rules:
  a:
    level: error
    rule: {{type: large-file, options: {{}}}}
"""
    found = migrate("repolinter", repository(text))
    assert rows(found) == {
        "a": ("off", (), "off at repolint.json:1, which gives no reason"),
        "b": ("not covered", (), "unknown rule of repolinter"),
    }
    assert found.notes[:1] == (
        "rules/base.yml (extends):1: the ruleset https://example.org/r.json is not read; copy it here to see its rules",
    )


def test_the_default_ruleset_may_be_extended(repository):
    ruleset = {
        "extends": "https://raw.githubusercontent.com/todogroup/repolinter/v0.11.2/rulesets/default.json",
        "rules": {"readme-file-exists": {"level": "off"}},
    }
    found = migrate("repolinter", repository(f"-- repolint.json --\n{json.dumps(ruleset)}\n"))
    assert len(found.rows) == 26
    assert rows(found)["readme-file-exists"][0] == "off"
    assert "ONB002" not in found.settings["select"]
    assert found.settings["ignore"] == {"ONB002": "off at repolint.json:1, which gives no reason"}


@pytest.mark.parametrize(
    ("name", "text", "mistake"),
    [
        ("repolint.json", '{"rules": {', "repolint.json:1: no JSON: "),
        ("repolint.json", "[1]", "repolint.json:1: the ruleset is no table"),
        ("repolint.yml", "a: [1\nb: 2\n", "repolint.yml:2: no YAML: "),
        (
            "repolint.yml",
            "rules: {}\nrules: {}\n",
            "repolint.yml:2: key `rules` is written twice, first on line 1",
        ),
        ("repolint.json", '{"version": 2,\n "rules": 3}', "repolint.json:2: rules is no table"),
        ("repolint.json", '{"rules": {\n"all": 3}}', "repolint.json:2: rules.all is no table of rules"),
        (
            "repolint.json",
            '{"rules": {"all": {\n"a:b": 3}}}',
            "repolint.json:2: rule a:b is not of the form [level, options]",
        ),
        ("repolint.json", '{"version": 2, "rules": {\n"a": []}}', "repolint.json:2: rule a is no table"),
        (
            "repolint.json",
            '{"version": 2, "rules": {\n"a": {"rule": 3}}}',
            "repolint.json:2: rule a is not of the form",
        ),
        (
            "repolint.json",
            '{"version": 2, "rules": {\n"a": {"level": 3}}}',
            "repolint.json:2: level or type of rule a is no text",
        ),
        ("repolint.json", '{"extends": "../up.json"}', "../up.json"),
        ("repolint.json", '{"extends": "gone.json"}', "gone.json cannot be read: No such file"),
        ("repolint.json", '{"extends": "abcd"}', "repolint.json:1: extends is no ruleset in base64"),
    ],
)
def test_mistakes_have_their_place(repository, name, text, mistake):
    made = repository(f"-- {name} --\n{text}\n")
    with pytest.raises(ConfigurationError) as caught:
        migrate("repolinter", made)
    assert mistake in str(caught.value)


def test_rulesets_that_extend_each_other_end(repository):
    text = '-- repolint.json --\n{"extends": "b.json", "rules": {}}\n-- b.json --\n{"extends": "repolint.json"}\n'
    found = migrate("repolinter", repository(text))
    assert found.rows == ()
    assert found.settings == {}
    assert found.notes == (
        "nothing that is asked there has a counterpart, so all rules of the profile are judged",
    )


def test_patterns_that_are_hard_to_match_are_left_out(repository):
    patterns = ["*a" * 60, "{" + ",".join("ab") + "}" * 1, "?(x)", "x" * 300, "README*"]
    ruleset = {
        "version": 2,
        "rules": {
            "readme-file-exists": {
                "level": "error",
                "rule": {"type": "file-existence", "options": {"globsAny": patterns}},
            }
        },
    }
    found = migrate(
        "repolinter", repository(f"-- repolint.json --\n{json.dumps(ruleset)}\n-- README.md --\n# Shop\n")
    )
    assert rows(found)["readme-file-exists"][:2] == ("stricter", ("ONB002",))
    assert "artifacts" not in found.settings


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("docs/*/**/GUIDE.md", "docs/a/b/GUIDE.md"),
        ("docs/**/GUIDE.md", "docs/GUIDE.md"),
        ("**/guide.m?", "docs/GUIDE.md"),
        ("[d-e]ocs/[!x]UIDE*", "docs/GUIDE.md"),
        ("./docs/{HELP,GUIDE}{.md,.rst}", "docs/GUIDE.md"),
        ("docs/GUIDE", None),
        ("*.md", None),
        ("docs/[", None),
        ("!docs/**", None),
    ],
)
def test_globs(pattern, path):
    assert globs.first(("docs/GUIDE.md", "docs/a/b/GUIDE.md"), [pattern], nocase=True) == path
