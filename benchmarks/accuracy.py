"""How often we are right: inspections and verdicts against what careful readers said of public repositories.

    python benchmarks/accuracy.py --labels labels.json --clones DIR [--clone] > docs/accuracy.md

`labels.json` holds readers' answers to the questions of `productops inspect`; `verdicts.json`, beside this file, what
readers said of each rule's outcome and findings. Both name repositories and commits. DIR holds a clone of each by its
name; `--clone` brings those that are missing from GitHub. The clock stands at the day of each commit.
"""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pytest_productops import gate, inspection
from pytest_productops.catalogue import installed
from pytest_productops.policy.settings import Options, read

VERDICTS = Path(__file__).with_name("verdicts.json")
PROMISED = 0.95
"""The precision below which a rule stays out of the default profile."""


class Tally:
    """Counts for one question or rule: `hits` of `said` are right, `found` of `there` were seen."""

    def __init__(self) -> None:
        self.right = self.asked = self.hits = self.said = self.found = self.there = 0

    def add(self, ours: str, accepted: set[str], truth: str, positive: str) -> None:
        """Count one answer; a value that a careful reader could defend is right."""
        self.asked += 1
        self.right += ours in accepted
        self.said += ours == positive
        self.hits += ours == positive and positive in accepted
        self.there += truth == positive
        self.found += truth == positive and ours in accepted

    @property
    def precision(self) -> float | None:
        """Share of what we said that is so; None where we said nothing."""
        return self.hits / self.said if self.said else None


def place(clones: Path, repo: str, commit: str, *, clone: bool) -> Path:
    """Return the clone at the labelled commit; end with what is missing."""
    path = clones / repo.partition("/")[2]
    if not path.exists() and clone:
        subprocess.run(["git", "clone", "-q", f"https://github.com/{repo}", str(path)], check=True)
        subprocess.run(["git", "-C", str(path), "checkout", "-q", commit], check=True)
    head = git(path, "rev-parse", "HEAD") if path.exists() else "missing"
    if head != commit:
        sys.exit(f"{path}: {head}, needed at {commit}; --clone brings what is missing")
    return path


def git(path: Path, *arguments: str) -> str:
    """Return what a git command says."""
    return subprocess.run(
        ["git", "-C", str(path), *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


def facts(labels: Mapping[str, Any], root: Path, tallies: Mapping[str, Tally]) -> Iterator[str]:
    """Count the answers of one repository and yield a row for each that a reader did not give."""
    repository = gate.Gate(root, settings(root)).repository
    for question in inspection.installed():
        label = labels["labels"].get(question.id)
        if label and label["confidence"] in {"high", "medium"}:
            answer = inspection.ask(question, repository)
            accepted = {label["value"], *label.get("also_acceptable", ())}
            tallies[question.id].add(answer.value, accepted, label["value"], "yes")
            if answer.value not in accepted:
                yield f"| {labels['repo']} | {question.id} | {label['value']} | {answer.value} |"


def settings(root: Path) -> Any:
    """Return the settings that every repository is judged by: all rules, none of its own, the clock at its commit."""
    day = datetime.date.fromisoformat(git(root, "log", "-1", "--format=%cs"))
    empty = root.parent / ".no-settings.toml"
    empty.touch()
    return read(
        root, installed(root), [Options("--", {"now": str(day), "select": "ALL", "config": str(empty)})]
    )


def rules(
    judged: Mapping[str, Any], root: Path, tallies: Mapping[str, Tally], lines: Counter[str]
) -> Iterator[str]:
    """Count the verdicts on one repository and yield a row for each that a reader did not give."""
    for verdict in gate.run(root, settings(root)).verdicts:
        label = judged["verdicts"].get(verdict.subject)
        if label is None:
            continue
        accepted = {label["outcome"], *label.get("also_acceptable", ())}
        ours = verdict.outcome.value
        tallies[verdict.rule.code].add(ours, accepted, label["outcome"], "fail")
        wrong = {each.finding.key for each in verdict.findings} & set(label.get("false", ()))
        lines["all"] += len(verdict.findings)
        lines["false"] += len(wrong) if "fail" in accepted else len(verdict.findings)
        if ours not in accepted:
            yield f"| {judged['repo']} | {verdict.subject} | {label['outcome']} | {ours} |"


def table(head: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield f"| {head} | asked | agreement | precision | recall |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, each in sorted(tallies.items()):
        numbers = (share(each.right, each.asked), share(each.hits, each.said), share(each.found, each.there))
        yield f"| {name} | {each.asked} | {' | '.join(numbers)} |"
    right, asked = sum(each.right for each in tallies.values()), sum(each.asked for each in tallies.values())
    yield f"| **all** | {asked} | **{share(right, asked)}** | | |"


def share(part: int, whole: int) -> str:
    """Return `97 % (33/34)`, or a dash where there is nothing to count."""
    return f"{100 * part / whole:.0f} % ({part}/{whole})" if whole else "-"


def differences(rows: list[str], what: str) -> Iterator[str]:
    """Yield the table of what we say otherwise than the readers."""
    if rows:
        yield from ("", f"| repository | {what} | readers | we |", "| --- | --- | --- | --- |", *rows)


def main() -> None:
    """Measure, and print the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--clones", type=Path, required=True)
    parser.add_argument("--clone", action="store_true")
    given = parser.parse_args()
    labels = json.loads(given.labels.read_text())["repos"]
    judged = json.loads(VERDICTS.read_text())["repos"]
    roots = {
        each["repo"]: place(given.clones, each["repo"], each["commit"], clone=given.clone)
        for each in (*labels, *judged)
    }
    of_facts: dict[str, Tally] = defaultdict(Tally)
    of_rules: dict[str, Tally] = defaultdict(Tally)
    lines: Counter[str] = Counter()
    fact_rows = [row for each in labels for row in facts(each, roots[each["repo"]], of_facts)]
    rule_rows = [row for each in judged for row in rules(each, roots[each["repo"]], of_rules, lines)]
    commits = {each["repo"]: each["commit"] for each in (*labels, *judged)}
    print("\n".join(page(of_facts, of_rules, fact_rows, rule_rows, lines, commits)))


def page(
    of_facts: Mapping[str, Tally],
    of_rules: Mapping[str, Tally],
    fact_rows: list[str],
    rule_rows: list[str],
    lines: Mapping[str, int],
    commits: Mapping[str, str],
) -> Iterator[str]:
    """Yield the page's lines."""
    yield from HEAD.splitlines()
    yield from ("", "## Questions of `productops inspect`", "", *table("question", of_facts))
    yield from differences(fact_rows, "question")
    yield from ("", "## Rules", "", *table("rule", of_rules))
    yield from ("", f"Of {lines['all']} findings, readers called {lines['false']} false.")
    shares = {code: each.precision for code, each in of_rules.items()}
    low = sorted(code for code, precision in shares.items() if precision is not None and precision < PROMISED)
    yield f"Below {PROMISED:.0%} precision: {', '.join(low) or 'none'}."
    yield from differences(rule_rows, "rule")
    yield from ("", "## Repositories", "", *(f"- {repo} at `{commit}`" for repo, commit in commits.items()))


HEAD = """\
# Accuracy

How often the tool agrees with careful readers, on public repositories that they read by hand at the commits below.
Made by `benchmarks/accuracy.py`; do not edit.

- **agreement**: the share of answers that a reader gave too, or called defensible.
- **precision**: of what we call *yes* (a question) or *fail* (a rule), the share that is so.
- **recall**: of what readers call *yes* or *fail*, the share that we see.

These repositories were used for tuning. What first readings of others gave is in [unseen](accuracy-unseen.md)."""


if __name__ == "__main__":
    main()
