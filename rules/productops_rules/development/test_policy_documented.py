"""DEV006."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import (
    TEST_TOPICS,
    DemandedTests,
    Evidence,
    Finding,
    NotApplicable,
    Unavailable,
    rule,
)

HOW = {
    "need": "write: `A change comes with tests; a fix with one that fails without it.`",
    "when": "write: `Run the tests before you open a pull request; CI runs them on each.`",
    "how": "give the command that runs the tests",
}


@rule("DEV006", stage="plan", level="silver", profiles=("oss-library", "internal-product"))
def test_policy_documented(tests: DemandedTests) -> Iterator[Finding | Evidence]:
    """It is written that a change needs tests, when they run, and how.

    Looks at the contributor guide and what it links to, documents on testing, the README, the template of change
    requests (a box such as "tests cover the change" will do) and instructions for coding agents. What the
    guide sends its readers to another site for can't be judged and is not reported.

    Why:
        Where nobody asks for tests, a change without them is right, and a reviewer who asks is arbitrary.
    Fix:
        Add the sentence that is named to the contributor guide.
    Source:
        OSPS Baseline QA-06.02 and QA-06.03; OpenSSF best practices, test_policy_mandated, tests_documented_added.
    Bad:
        -- CONTRIBUTING.md --
        # Contributing
        Run `pytest` before you open a pull request.
        -- invoices/total.py --
        TOTAL = 0
    Bad:
        -- CONTRIBUTING.md --
        # Contributing
        Each change must come with tests.
        -- invoices/total.py --
        TOTAL = 0
    Good:
        -- CONTRIBUTING.md --
        # Contributing
        Each change must come with tests. Run `pytest` before you open a pull request.
        -- invoices/total.py --
        TOTAL = 0
    """
    if not tests.applicable:
        raise NotApplicable("there is no source code")
    answers = {topic: tests.answers(topic) for topic in TEST_TOPICS}
    if tests.external and not answers["need"].place:
        raise Unavailable(
            f"the contributor guide is at {tests.external}, which is not read: say it in the repository"
        )
    for topic, answer in answers.items():
        if answer.place:
            yield Evidence(answer.place, f"says {TEST_TOPICS[topic]}")
        elif not answer:
            yield Finding(topic, f"it is not written {TEST_TOPICS[topic]}", tests.home, fix=HOW[topic])
    if not any(answer.place for answer in answers.values()) and all(answers.values()):
        link = answers["need"].elsewhere
        raise Unavailable(f"the policy on tests may be at {link.target if link else ''}, which is not read")
