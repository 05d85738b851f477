"""PRA007 on reports, their questions and their actions."""

import pytest
from productops_rules.practices.postmortem_actions_tracked import postmortem_actions_tracked as rule

from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings

PATH = "docs/postmortems/2026-02-01-down.md"
HEAD = "# Down\n## Impact\nNo orders.\n## Timeline\n10:00 alarm.\n## Root cause\nA lock on a table.\n"


def keys(text, path=PATH, now="2026-02-10", **options):
    found = findings(rule, {path: text, "now": now}, **options)
    return [finding.key.partition("#")[2] for finding in found]


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ("- Test it (#12)\n", []),
        ("- Test it\n", ["Test it"]),
        ("- [ ] Test it\n", ["Test it"]),
        ("- [ ] @ann: test it\n", []),
        ("- [x] Test it\n", []),
        ("- Test it. Done in March.\n", []),
        ("1. Test it [issue][a]\n\n[a]: https://github.com/acme/shop/issues/1\n", []),
        ("- Use UTF-8\n", ["Use UTF-8"]),
        ("- [ ] @ann: test it, by 2026-02-05\n", ["@ann: test it, by 2026-02-05.due"]),
        ("- [ ] @ann: test it, by 2026-03-05\n", []),
        ("### What went wrong\n- Nobody knew\n### Process\n- Test it (#1)\n", []),
        ("- Test it\n- Warn\n\nSee https://github.com/acme/shop/issues/1 for both.\n", []),
        ("| Action | Owner | Issue | Status |\n|---|---|---|---|\n| Test it | ann | | |\n", ["Test it"]),
        ("| Action | Owner | Issue | Status |\n|---|---|---|---|\n| Test it | ann | #1 | |\n", []),
        (
            "| Action | Owner | Due | Status |\n|---|---|---|---|\n| Test | ann | 2026-02-03 | open |\n",
            ["Test.due"],
        ),
        ("| Action | Owner | Due | Status |\n|---|---|---|---|\n| Test | ann | 2026-02-03 | done |\n", []),
        ("We will write a test.\n", []),
        ("", ["actions"]),
    ],
)
def test_actions(actions, expected):
    assert keys(f"{HEAD}## Action items\n{actions}") == expected


@pytest.mark.parametrize("topic", ["Impact", "Timeline", "Root cause"])
def test_each_question_is_missed(topic):
    text = (
        HEAD.replace("No orders.", "None at all.")
        .replace("10:00 alarm.", "It began.")
        .replace("A lock on a table.", "x y z")
    )
    before, _, after = text.partition(f"## {topic}\n")
    rest = "##" + after.partition("##")[2] if "##" in after else ""
    assert keys(f"{before}{rest}\n## Action items\n- Test (#1)\n") == [topic.split()[-1].lower()]


def test_the_day_is_missed():
    assert keys(f"{HEAD}## Action items\n- Test (#1)\n", "docs/postmortems/down.md") == ["date"]
    assert keys(f"{HEAD}Date: Feb 1, 2026\n## Action items\n- Test (#1)\n", "docs/postmortems/down.md") == []


def test_a_draft_does_not_stay_one():
    text = f"{HEAD}## Action items\n- Test (#1)\n".replace("# Down\n", "# Down\nStatus: Draft\n")
    assert keys(text) == []
    assert keys(text, now="2026-03-10") == ["draft"]
    assert keys(text, now="2026-03-10", max_draft=90) == []
    assert keys(text, min_actions=2) == ["min_actions"]


@pytest.mark.parametrize(
    "text", ["", "# Down\n## Impact\n## Timeline\n", "<!-- TODO -->\n", "# Down\n\nTODO\n"]
)
def test_an_empty_report_never_passes(text):
    assert keys(text) == ["text"]


@pytest.mark.parametrize(
    "path",
    ["docs/postmortems/template.md", "docs/postmortems/README.md", "docs/incident-response.md", "docs/blog/2026-02-01-outage.md",
     "src/incidents/2026-02-01.md"],
)  # fmt: skip
def test_what_is_no_report(path):
    with pytest.raises(NotApplicable):
        keys(HEAD, path)
