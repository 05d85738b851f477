"""One engine, two faces: on every example of every manual pytest reports what the engine says."""

import pytest

from pytest_productops import gate
from pytest_productops.catalogue import installed
from pytest_productops.policy.settings import Options, read
from pytest_productops.reports import plain
from pytest_productops.testing import examples, lay_out

EXAMPLES = examples(installed())


@pytest.mark.parametrize(
    ("rule", "archive"),
    [(rule, files) for rule, _, files in EXAMPLES],
    ids=[f"{r.code}-{k}" for r, k, _ in EXAMPLES],
)
def test_both_faces_say_the_same(pytester, rule, archive):
    root = lay_out({**archive, "README.md": archive.get("README.md", "# Shop\n")}, pytester.path).root
    given = {"select": rule.code, "now": archive.get("now", "2026-11-22").strip()}
    report = gate.run(root, read(root, installed(root), [Options("--", given)]))
    options = [f"--productops-{name}={value}" for name, value in given.items()]
    run = pytester.inline_run(
        "--productops", "-p", "no:hypothesispytest", f"--productops-root={root}", *options
    )
    shown = [r.productops for r in run.getreports("pytest_runtest_logreport") if hasattr(r, "productops")]
    assert shown == [plain.verdict(verdict) for verdict in report.verdicts]
    assert (run.ret == 0) == report.passed
