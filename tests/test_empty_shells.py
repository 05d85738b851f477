"""A file that is there and says nothing never passes a rule that it concerns."""

import pytest

from pytest_productops import gate
from pytest_productops.catalogue import installed
from pytest_productops.model import Outcome
from pytest_productops.policy.settings import Options, read
from pytest_productops.testing import lay_out

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/deployment.md",
    "MAINTAINERS.md",
    "REVIEWING.md",
)
SHELLS = {
    "zero bytes": "",
    "blank": " \n\n\t\n",
    "placeholders": "# Title\n\nTODO\n\n## Set up\n\n[INSERT TEXT HERE]\n\n## Tests\n\nTBD\n\n## Review\n\n<your text>\n",
    "lorem ipsum": "# Title\n\nLorem ipsum dolor sit amet, consectetur adipiscing elit.\n\n## Tests\n\nLorem ipsum dolor.\n",
    "headings": "# Contributing\n\n## Set up\n\n## Run the tests\n\n## Style\n\n## Submit a pull request\n\n"
    "## Reporting a vulnerability\n\n## Review\n\n## Environments\n\n## Rollback\n",
    "comments": "<!-- Report a vulnerability to security@example.org; run `make test`; two maintainers review. -->\n",
}
OTHERS = {
    "CODEOWNERS": "",
    ".github/workflows/ci.yml": "",
    ".productops/tasks.toml": "",
    ".productops/done.toml": "",
    "tests/.gitkeep": "",
    "docs/.gitkeep": "",
}
COMMENTED = {
    "CODEOWNERS": "# * @ann\n",
    ".github/workflows/ci.yml": "# on: pull_request\n",
    ".productops/tasks.toml": "# [[task]]\n",
    ".productops/done.toml": "# [[stage]]\n",
}
CONCERNED = {
    "ONB002": None,
    "ONB009": None,
    "ONB001": {"setup", "tests", "style", "submit"},
    "SUP001": {"owner"},
    "SUP005": None,
    "DEV001": {"tests"},
    "DEV003": {"gate"},
    "PRA003": None,
    "PRA005": None,
    "OPS001": None,
    "OPS007": None,
    "REP001": None,
}
LOG = "2026-11-01 ann@example.org One\n2026-11-02 bob@example.org Two\n"


@pytest.mark.parametrize("text", SHELLS.values(), ids=SHELLS)
@pytest.mark.parametrize("others", [OTHERS, COMMENTED], ids=["empty", "commented"])
def test_every_rule_that_it_concerns_fails(tmp_path, text, others):
    files = {**dict.fromkeys(DOCUMENTS, text), **others, "git log": LOG, "now": "2026-11-22"}
    root = lay_out(files, tmp_path).root
    settings = read(root, installed(), [Options("--", {"profile": "service", "now": "2026-11-22"})])
    verdicts = {verdict.rule.code: verdict for verdict in gate.run(root, settings).verdicts}
    ended = {code: verdicts[code].outcome for code in CONCERNED}
    assert ended == dict.fromkeys(CONCERNED, Outcome.FAIL), {
        c: verdicts[c] for c in ended if ended[c] != "fail"
    }
    for code, keys in CONCERNED.items():
        found = {settled.finding.key for settled in verdicts[code].findings}
        assert keys is None or keys <= found or found == {"guide"}, (code, found)


def test_placeholders_are_unfinished(tmp_path):
    files = {"CONTRIBUTING.md": SHELLS["placeholders"]}
    root = lay_out(files, tmp_path).root
    settings = read(root, installed(), [Options("--", {"select": "REP006"})])
    assert gate.run(root, settings).verdicts[0].outcome is Outcome.FAIL
