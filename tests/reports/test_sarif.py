"""SARIF: the schema of the standard, and what GitHub's code scanning takes."""

import copy
import json
import shutil
import subprocess

import pytest
from jsonschema import ValidationError

from pytest_productops.reports import output
from pytest_productops.reports import sarif as made

RULE_KINDS = "Sarif;Ghas;Gh"


@pytest.fixture
def data(every_outcome):
    return json.loads(every_outcome.read_text())


@pytest.fixture
def run(data, sarif):
    log = json.loads(output.rendered("sarif", data))
    sarif(log)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    return log["runs"][0]


def test_the_schema_can_refuse(data, sarif):
    log = json.loads(output.rendered("sarif", data))
    log["runs"][0]["results"][0]["level"] = "bad"
    with pytest.raises(ValidationError):
        sarif(log)


def test_what_fails_and_what_is_advised_are_the_results(run):
    """GitHub would show waived, known and passing ones as alerts."""
    assert [(each["ruleId"], each["level"], each["message"]["text"]) for each in run["results"]] == [
        ("ACM004", "error", "11 files, not 9."),
        ("ACM004", "error", "desk: 2 files, not 1."),
        ("ACM007", "error", "line is todo: two. Fix: do it."),
        ("ACM001", "warning", "line is open: one [a failure from 2027-01-01 (40 days)]. Fix: close it."),
        (
            "waivers",
            "warning",
            "the waiver of ACM002 covers no finding. Fix: delete it, or run `productops waive --prune`.",
        ),
    ]
    text = json.dumps(run)
    assert "suppressions" not in text
    assert '"kind"' not in text
    assert "security-severity" not in text


def test_a_result(run, data):
    assert run["results"][2] == {
        "ruleId": "ACM007",
        "level": "error",
        "message": {"text": "line is todo: two. Fix: do it."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "NOTES", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 2},
                }
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{data['results'][7]['findings'][0]['fingerprint']}:1"
        },
    }


def test_a_finding_without_a_place_is_shown_in_a_file_that_exists(run, shop):
    uris = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]]
    assert uris == ["README.md", "desk/pyproject.toml", "NOTES", "NOTES", "productops.toml"]
    assert all((shop.root / uri).is_file() for uri in uris)


def test_a_rule(run):
    assert run["automationDetails"] == {"id": "productops/"}
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["ACM007"] == {
        "id": "ACM007",
        "name": "AllIsDone",
        "shortDescription": {"text": "All is done."},
        "fullDescription": {"text": "All is done. Why: To see. Fix: Do it."},
        "help": {
            "text": "All is done.\n\nWhy: To see.\n\nFix: Do it.",
            "markdown": "All is done.\n\n**Why** To see.\n\n**Fix** Do it.\n\n"
            "Good and bad examples: `productops explain ACM007`",
        },
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["productops", "onboarding", "bronze", "plan"],
            "precision": "very-high",
            "problem.severity": "error",
        },
    }
    assert rules["waivers"]["name"] == "UnusedWaivers"


def test_what_could_not_be_judged_is_told(run):
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert [(each["level"], each["associatedRule"]["id"], each["message"]["text"]) for each in told] == [
        ("error", "ACM009", "The rule crashed: RuntimeError: a bug in the rule."),
        ("warning", "ACM003", "The rule cannot tell: set fetch-depth: 0."),
    ]


def test_a_path_is_a_uri(data, sarif):
    place = data["results"][7]["findings"][0]["location"]
    place["path"] = "a b/ü#?:%[x].md"
    log = json.loads(output.rendered("sarif", data))
    sarif(log)
    found = log["runs"][0]["results"][2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert found == "a%20b/%C3%BC%23%3F%3A%25%5Bx%5D.md"


def test_what_is_too_much_is_left_out_and_told(data, sarif):
    finding = data["results"][7]["findings"][0]
    data["results"][7]["findings"] = [{**finding, "message": f"finding {at}"} for at in range(made.MOST)]
    log = json.loads(output.rendered("sarif", data))
    sarif(log)
    assert len(log["runs"][0]["results"]) == made.MOST
    told = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert told[-1] == {"level": "warning", "message": {"text": "4 results more than 5000 are left out."}}


def test_a_long_description_is_cut(data):
    data["rules"][0]["why"] = "long " * 500
    rule = json.loads(output.rendered("sarif", data))["runs"][0]["tool"]["driver"]["rules"][0]
    assert len(rule["fullDescription"]["text"]) == 1024
    assert len(rule["help"]["text"]) > 2000


@pytest.fixture(scope="session")
def multitool(tmp_path_factory):
    """Microsoft's validator, which holds what GitHub's ingestion demands; it comes from npm."""
    if not shutil.which("npm"):
        pytest.skip("npm is not here")
    folder = tmp_path_factory.mktemp("multitool")
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "@microsoft/sarif-multitool@5.7.0"]
    subprocess.run([*install, f"--prefix={folder}"], check=True, cwd=folder)
    asked = ["node", "-p", "require('@microsoft/sarif-multitool')"]
    program = subprocess.run(asked, check=True, cwd=folder, capture_output=True, text=True).stdout.strip()

    def faults(log):
        (folder / "log.sarif").write_text(json.dumps(log))
        words = [
            "validate",
            "--rule-kind",
            RULE_KINDS,
            "log.sarif",
            "-o",
            "out.sarif",
            "--log",
            "ForceOverwrite",
        ]
        ran = subprocess.run([program, *words], cwd=folder, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        (told,) = json.loads((folder / "out.sarif").read_text(encoding="utf-8-sig"))["runs"]
        return {each["ruleId"] for each in told.get("results", [])}

    return faults


@pytest.mark.network
def test_github_takes_it(data, multitool):
    log = json.loads(output.rendered("sarif", data))
    assert multitool(log) == set()
    bad = copy.deepcopy(log)
    bad["runs"][0]["results"][0]["locations"] = []
    assert "GH1015" in multitool(bad)
    empty = {**data, "results": [], "stale": []}
    assert multitool(json.loads(output.rendered("sarif", empty))) == set()
