"""What a pack's author tests with: lay out little repositories, run one rule on them, run a manual's examples.

A file `git log` in an archive makes it a git repository. Each of its lines is a commit, oldest first:

    2026-01-05 ann@example.org Add the invoice export
    2026-02-01 bob@example.org Drop the old script [-scripts/old.sh]
    2026-03-01 ann@example.org Practise the restore {Task-Done: restore-drill}
    2026-04-01 ann@example.org Add records [+docs/records/2026-04-01.md] <v1.0>

`[+path]` adds the archive's file of that path only then (or a placeholder), `[-path]` deletes one, `{Key: value}`
is a trailer and `<name>` a tag. Everything else of the archive is in the first commit.

A file `now` holds today's date, and a file `options` the rule's options as TOML.
"""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli as toml

from pytest_productops.manual import Archive
from pytest_productops.model import Finding, Rule
from pytest_productops.repository import Repository

if TYPE_CHECKING:
    from git import Repo

SPECIAL = frozenset({"git log", "now", "options"})
_COMMIT = re.compile(r"^(\d{4}-\d\d-\d\d) (\S+) ([^\[{<]+)(.*)$")
_ACTION = re.compile(r"\[([+-])([^\]]+)\]")
_TRAILER = re.compile(r"\{([^}]+)\}")
_TAG = re.compile(r"<([^>]+)>")


def examples(rules: Iterable[Rule]) -> list[tuple[Rule, str, Archive]]:
    """Return (rule, "bad" or "good", archive) for each example of each manual: parameters for a test."""
    return [
        (rule, kind, archive)
        for rule in rules
        for kind, archives in (("bad", rule.manual.bad), ("good", rule.manual.good))
        for archive in archives
    ]


def findings(rule: Rule, archive: Mapping[str, str], **options: Any) -> tuple[Finding, ...]:
    """Lay an archive out in a scratch folder and return what a rule finds there, in order."""
    options = toml.loads(archive.get("options", "")) | options
    with tempfile.TemporaryDirectory(prefix="productops-example-") as folder:
        return findings_in(rule, lay_out(archive, Path(folder)), **options)


def findings_in(rule: Rule, repository: Repository, **options: Any) -> tuple[Finding, ...]:
    """Return what a rule finds in a repository; `NotApplicable` and `Unavailable` pass through."""
    facts = [repository[fact] for fact in rule.needs]
    said = rule.check(*facts, **rule.with_defaults(options)) or ()
    return tuple(sorted((each for each in said if isinstance(each, Finding)), key=lambda f: f.order))


def lay_out(archive: Mapping[str, str], root: Path) -> Repository:
    """Write an archive's files under `root` and return the repository; see the module for `git log` and `now`."""
    files = {name: text for name, text in archive.items() if name not in SPECIAL}
    now = datetime.date.fromisoformat(archive["now"].strip()) if "now" in archive else None
    if "git log" in archive:
        _replay(archive["git log"], files, root)
    else:
        _write(files, root)
    return Repository(root, now=now)


def _write(files: Mapping[str, str], root: Path) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def _replay(log: str, files: Mapping[str, str], root: Path) -> None:
    from git import Actor, Repo  # noqa: PLC0415 - only archives with a history pay for it

    lines = [line.strip() for line in log.splitlines() if line.strip()]
    later = {path for line in lines for sign, path in _ACTION.findall(line) if sign == "+"}
    gone = [path for line in lines for sign, path in _ACTION.findall(line) if sign == "-"]
    first = {name: text for name, text in files.items() if name not in later}
    _write({**{path: f"{path}\n" for path in gone if path not in later}, **first}, root)
    with Repo.init(root, initial_branch="main") as repo:
        repo.git.add("--all", "--force")
        for line in lines:
            match = _COMMIT.match(line)
            if match is None:
                raise ValueError(f"no commit in 'git log': {line!r}")
            day, email, subject, rest = match.groups()
            _act(repo, root, files, rest)
            body = "\n".join([subject.strip(), "", *_TRAILER.findall(rest)])
            person = Actor(email.partition("@")[0], email)
            when = f"{day}T12:00:00 +0000"
            repo.index.commit(body, author=person, committer=person, author_date=when, commit_date=when)
            for tag in _TAG.findall(rest):
                repo.create_tag(tag)


def _act(repo: Repo, root: Path, files: Mapping[str, str], actions: str) -> None:
    for sign, path in _ACTION.findall(actions):
        if sign == "+":
            _write({path: files.get(path, f"{path}\n")}, root)
            repo.index.add([path])
        else:
            repo.index.remove([path], working_tree=True)
