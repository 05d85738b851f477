"""A fact that the engine itself asks for may be lost: that costs no run and no report."""

from pytest_productops.catalogue import installed
from pytest_productops.facts.components import Components
from pytest_productops.gate import ROOT, Gate, Lost
from pytest_productops.policy.settings import Options, read
from pytest_productops.reports import json_report, plain


def test_components_that_took_too_long_leave_the_root_and_the_report(repository):
    root = repository("-- README.md --\n# A\n").root
    settings = read(root, installed(root), [Options("--", {"select": "ONB001,OPS005"})])
    gate = Gate(root, settings)
    gate.repository.refuse(Components, Lost("gathering Components took longer than 8 s"))
    assert gate.components == (ROOT,)
    verdicts = [plain.verdict(each) for each in gate.report().verdicts]
    results = json_report.document(gate, verdicts)["results"]
    assert {each["rule"] for each in results} == {"ONB001", "OPS005"}
    told = next(each for each in results if each["rule"] == "OPS005")
    assert told["outcome"] == "error"
    assert "took longer than 8 s" in told["reason"]
