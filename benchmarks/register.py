"""A register of many tasks over a long history: how long it takes to judge, and how often git is started.

    python benchmarks/register.py [--tasks 1000] [--commits 50000] [--keep FOLDER]

The repository is made with `git fast-import`, the same for the same numbers. A fifth of the tasks is kept by each of
trailers, commits to paths, tags, record files and dated rows of a log; they are done in turn, one commit in ten does
one. Every task is judged as OPS002 does. What is promised: the number of git processes does not grow with the tasks,
and history is read once. Seconds are CPU, git's included, and belong to the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pytest_productops.facts.register import Register
from pytest_productops.facts.register.runs import Runs
from pytest_productops.git import Git
from pytest_productops.repository import Repository

NOW = datetime.date(2026, 11, 22)
STARTED = datetime.date(2025, 1, 6)
SPAN = datetime.timedelta(days=735)
KINDS = ("trailer", "commit", "tag", "record", "log")
EVIDENCE = {
    "trailer": '{{ type = "trailer" }}',
    "commit": '{{ type = "commit", paths = ["locks/{id}/*.lock"] }}',
    "tag": '{{ type = "tag", pattern = "{id}-*" }}',
    "record": '{{ type = "record", path = "records/{id}/*.md", date = "filename", fields = ["result"] }}',
    "log": '{{ type = "record", path = "logs/{id}.md", date = "table:Date", fields = ["result"] }}',
}
TASK = """\
[[task]]
id = "{id}"
title = "Task {number}"
kind = "routine"
stage = "operate"
owner = "platform"
cadence = "{cadence}"
started = {started}
procedure = "docs/tasks.md"
evidence = [{evidence}]
"""
TABLE = "| Date | Result |\n|---|---|\n"


def name(number: int) -> str:
    return f"{KINDS[number % len(KINDS)]}-{number:04}"


def register(tasks: int) -> str:
    entries = [
        TASK.format(
            id=name(number),
            number=number,
            cadence=("1mo", "3mo", "6mo", "1y")[number // len(KINDS) % 4],
            started=STARTED,
            evidence=EVIDENCE[KINDS[number % len(KINDS)]].format(id=name(number)),
        )
        for number in range(tasks)
    ]
    return '[owners.platform]\ncontact = "#ops"\n' + "".join(entries)


def stream(tasks: int, commits: int) -> Iterator[str]:
    """Yield what `git fast-import` reads: commits at even distances, the last of them today."""
    end = datetime.datetime.combine(NOW, datetime.time(1), datetime.timezone.utc)
    rows: dict[str, list[str]] = {}
    for number in range(commits):
        when = end - SPAN * (commits - 1 - number) / commits
        yield from commit(number, tasks, when, rows)


def commit(number: int, tasks: int, when: datetime.datetime, rows: dict[str, list[str]]) -> Iterator[str]:
    task = name(number // 10 % tasks)
    does, kind, day = number % 10 == 9, task.partition("-")[0], when.date()
    trailer = f"\n\nTask-Done: {task}" if does and kind == "trailer" else ""
    message = f"Change number {number}{trailer}\n"
    yield f"commit refs/heads/main\nmark :{number + 1}\ncommitter Ann <ann@example.org> {int(when.timestamp())} +0000\n"
    yield f"data {len(message)}\n{message}"
    if number == 0:
        yield blob(".productops/tasks.toml", register(tasks)) + blob(
            "docs/tasks.md", "# Tasks\n\nAs written.\n"
        )
    for place in (number, number * 7 + 1):
        yield blob(f"src/part{place % 40}/module{place % 2000}.py", f"VALUE = {number}\n")
    if does and kind == "commit":
        yield blob(f"locks/{task}/uv.lock", f"{number}\n")
    if does and kind == "record":
        yield blob(f"records/{task}/{day}.md", f"- result: ok, run {number}\n")
    if does and kind == "log":
        rows.setdefault(task, []).append(f"| {day} | ok |\n")
        yield blob(f"logs/{task}.md", TABLE + "".join(rows[task]))
    if does and kind == "tag":
        yield f"reset refs/tags/{task}-{number}\nfrom :{number + 1}\n"


def blob(path: str, text: str) -> str:
    return f"M 644 inline {path}\ndata {len(text.encode())}\n{text}\n"


def make(root: Path, tasks: int, commits: int) -> None:
    root.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "-q", "-b", "main", root], check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE) as importing:
        for text in stream(tasks, commits):
            importing.stdin.write(text.encode())
    for command in (["reset", "-q", "--hard"], ["gc", "-q"]):
        subprocess.run(["git", *command], cwd=root, check=True)


@contextlib.contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count the git processes that are started, by subcommand."""
    started: Counter[str] = Counter()
    kept = {method: getattr(Git, method) for method in ("run", "stream")}

    def counting(method: str):
        def call(git: Git, *arguments: str):
            started[next(word for word in arguments if not word.startswith("-"))] += 1
            return kept[method](git, *arguments)

        return call

    for method in kept:
        setattr(Git, method, counting(method))
    try:
        yield started
    finally:
        for method, original in kept.items():
            setattr(Git, method, original)


def spent() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def judge(root: Path) -> tuple[float, float, Counter[str], Counter[str]]:
    """Return CPU seconds, seconds, git processes by subcommand, and how the tasks stand."""
    with counted() as started:
        cpu, clock = spent(), time.monotonic()
        repository = Repository(root, now=NOW)
        runs = repository[Runs]
        statuses = [runs.status(task) for task in repository[Register].tasks]
        cpu, clock = spent() - cpu, time.monotonic() - clock
    stand = Counter(
        "unknown" if each.unknown else "overdue" if each.overdue else "on time" for each in statuses
    )
    return cpu, clock, started, stand


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=50_000)
    parser.add_argument("--keep", type=Path, help="make the repository there, or use the one that is there")
    parsed = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = parsed.keep or Path(scratch, "repository")
        if not (root / ".git").is_dir():
            make(root, parsed.tasks, parsed.commits)
        cpu, clock, started, stand = judge(root)
    print(f"{parsed.tasks} tasks, {parsed.commits} commits: {cpu:.1f} s CPU, {clock:.1f} s")
    print("git processes:", sum(started.values()), dict(started))
    print("tasks:", dict(stand))
    return 0


if __name__ == "__main__":
    sys.exit(main())
