"""The README's terminal picture is what a real run prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

from pytest_productops.manual import archive
from pytest_productops.testing import lay_out

ROOT = Path(__file__).parents[1]
COMMAND = ["-p", "pytest_productops.plugin", "--productops", "--productops-now=2026-11-22", "--tb=no", "-q"]


def test_the_picture_is_real(tmp_path):
    shop = lay_out(archive((ROOT / "docs" / "example.txt").read_text()), tmp_path / "shop").root
    environment = {**os.environ, "COLUMNS": "100", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment.pop("CI", None)  # there pytest does not cut its lines
    command = [sys.executable, "-m", "pytest", *COMMAND]
    printed = subprocess.run(
        command, cwd=shop, env=environment, capture_output=True, text=True, check=False
    ).stdout
    shown = re.search(
        r"```console\n\$ pytest --productops[^\n]*\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL
    )
    assert timeless(shown[1]) == timeless(printed)


def test_the_inspection_is_real(tmp_path):
    shop = lay_out(archive((ROOT / "docs" / "example.txt").read_text()), tmp_path / "shop").root
    shown = re.search(
        r"```console\n\$ productops (inspect [^\n]*)\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL
    )
    command = [sys.executable, "-m", "pytest_productops", *shown[1].split()]
    printed = subprocess.run(command, cwd=shop, capture_output=True, text=True, check=True).stdout
    assert shown[2].strip() == printed.strip()


def timeless(text):
    return re.sub(r" in \d+\.\d+s", "", text).strip().splitlines()
