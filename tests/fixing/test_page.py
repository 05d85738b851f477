"""The page on fixing is true: its rule works, and its options are those of the command."""

import argparse
import importlib.util
import re
from pathlib import Path

from pytest_productops import fixing
from pytest_productops.catalogue import Catalogue
from pytest_productops.cli import fix
from pytest_productops.gate import Gate
from pytest_productops.policy.settings import read
from pytest_productops.testing import findings, lay_out

PAGE = (Path(__file__).parents[2] / "docs" / "fixing.md").read_text()


def test_its_rule_is_mended(tmp_path):
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    place = tmp_path / "acme_brand.py"
    place.write_text(code)
    spec = importlib.util.spec_from_file_location("acme_brand", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rule = module.brand_is_spelt
    assert findings(rule, rule.manual.bad[0])
    assert not findings(rule, rule.manual.good[0])
    root = lay_out(rule.manual.bad[0], tmp_path / "repository").root
    gate = Gate(root, read(root, Catalogue([rule])))
    done = fixing.mended(gate, ["ACME001"], {"safe"})
    assert done.changes == {"README.md": (b"# Acme invoices\n", b"# ACME invoices\n")}
    assert [offer.fix.title for offer in done.done] == ["Write the brand as it is registered"]


def test_its_options_are_there():
    parser = argparse.ArgumentParser()
    fix.add_arguments(parser)
    there = {word for action in parser._actions for word in action.option_strings}
    assert (
        {"--diff", "--unsafe", "--scaffold", "--allow-dirty"}
        <= set(re.findall(r"--[a-z][a-z-]*", PAGE))
        <= there
    )
