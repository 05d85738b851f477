"""The script behind the accuracy page, on a little repository with labels of our own."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_productops.testing import lay_out

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "accuracy.py"
FILES = {
    "LICENSE": "Permission is hereby granted, free of charge, to any person obtaining a copy.\n",
    "README.md": "# Shop\n\nSells things.\n",
    "git log": "2026-01-05 ann@example.org Open the shop\n",
}


@pytest.fixture
def accuracy(tmp_path, monkeypatch):
    """Return a function that runs the script on labels and verdicts, and gives the page's lines."""
    root = lay_out(FILES, tmp_path / "clones" / "shop").root
    head = subprocess.run(
        ["git", "-C", root, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    spec = importlib.util.spec_from_file_location("accuracy", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    def run(labels, verdicts, capsys, commit=head):
        common = {"repo": "acme/shop", "commit": commit}
        (tmp_path / "labels.json").write_text(json.dumps({"repos": [{**common, "labels": labels}]}))
        (tmp_path / "verdicts.json").write_text(json.dumps({"repos": [{**common, "verdicts": verdicts}]}))
        monkeypatch.setattr(script, "VERDICTS", tmp_path / "verdicts.json")
        given = ["--labels", str(tmp_path / "labels.json"), "--clones", str(tmp_path / "clones")]
        monkeypatch.setattr(sys, "argv", ["accuracy.py", *given])
        script.main()
        return capsys.readouterr().out.splitlines()

    return run


def test_agreement_precision_and_recall(accuracy, capsys):
    labels = {
        "licence": {"value": "yes", "confidence": "high"},
        "changelog": {"value": "yes", "confidence": "medium"},
        "code-ownership": {"value": "yes", "confidence": "low"},
    }
    verdicts = {
        "PRA005": {"outcome": "fail"},
        "SUP001": {"outcome": "pass", "also_acceptable": ["fail"]},
        "ONB001": {"outcome": "pass"},
    }
    lines = accuracy(labels, verdicts, capsys)
    assert "| licence | 1 | 100 % (1/1) | 100 % (1/1) | 100 % (1/1) |" in lines
    assert "| changelog | 1 | 0 % (0/1) | - | 0 % (0/1) |" in lines
    assert "| acme/shop | changelog | yes | no |" in lines
    assert not any(line.startswith("| code-ownership") for line in lines), "low confidence is not counted"
    assert "| PRA005 | 1 | 100 % (1/1) | 100 % (1/1) | 100 % (1/1) |" in lines
    assert "| SUP001 | 1 | 100 % (1/1) | 100 % (1/1) | - |" in lines
    assert "| ONB001 | 1 | 0 % (0/1) | 0 % (0/1) | - |" in lines
    assert "Below 95% precision: ONB001." in lines


def test_another_commit_is_refused(accuracy, capsys):
    with pytest.raises(SystemExit, match="needed at abc"):
        accuracy({}, {}, capsys, commit="abc")
