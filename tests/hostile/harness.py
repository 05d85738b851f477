"""Runs a face of the tool on a bad input, and says all that is wrong with how it took it."""

import hashlib
import json
import os
import re
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import jsonschema
from corpus.case import Case, commit, put

from pytest_productops.testing import lay_out

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
NOW = "2026-11-22"
LIMIT = 10.0
"""Longest that an input may take, in seconds of a processor."""
LIMIT_OF_MANY = 30.0
"""The same for what is only a lot, in seconds of a processor."""
WAIT = 60.0
"""Longest that one is waited for, in seconds of a machine that may have other things to do."""
MEMORY = 3 * 2**30
"""Most address space that a run may take, in bytes."""
FACES = ("command", "pytest")
PYTEST_CODES = {0: 0, 1: 1, 2: 4}
"""What the exit codes of the command are under pytest."""
MOST_UNKNOWN = 6
"""Most rules that may lose sight through an input without naming a file of it."""
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_ORDER = re.compile(r"^(?:::|##\[|##vso\[)", re.MULTILINE)
FAULTS = {
    "docs/faults.md": "# Faults\n\nSee [what is gone](gone.md) and [an anchor](runbook.md#nowhere).\n\nRun `make nowhere` first.\n",
    ".github/workflows/faults.yml": "on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
    "      - uses: actions/checkout@main\n      - uses: ./.github/actions/nowhere\n      - run: make nowhere\n",
    "tests/test_faults.py": "import pytest\n\n\n@pytest.mark.skip\ndef test_skipped():\n    pass\n",
    "src/parceltracker/faults.py": "def f(x):\n"
    + "".join(f"    if x == {at}:\n        return {at}\n" for at in range(60))
    + "\n\nTOKEN = __import__('os').environ['FAULTS_TOKEN']\n",
    "docs/decisions/0099-faults.md": "# 99. Faults\n\nTODO\n",
    "docs/postmortems/2026-01-01-faults.md": "# Outage\n\nSomething broke.\n",
}
"""Files with faults that every run over the reference repository must find, whatever lies beside them."""


def example(name):
    folder = PROJECT / "examples" / name
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any("_cache" in part for part in path.relative_to(folder).parts)
    }


def reference(root):
    """Lay out the reference repository: the service of the examples, and faults."""
    lay_out(example("service"), root)
    for path, text in FAULTS.items():
        put(root, path, text)
    commit(root)
    shutil.rmtree(root / ".git/hooks", ignore_errors=True)


@dataclass
class Run:
    """How a face took an input. `wrong` says what was not as it must be."""

    code: int | None = None
    seconds: float = 0.0
    worked: float = 0.0
    out: str = ""
    error: str = ""
    spied: str = ""
    data: dict = field(default_factory=dict)

    @property
    def results(self):
        return {(each["rule"], each["component"]): each for each in self.data.get("results", ())}

    @property
    def findings(self):
        """(rule, component, key, path) of each finding."""
        return {
            (*place, each["key"], (each["location"] or {}).get("path", ""))
            for place, result in self.results.items()
            for each in result["findings"]
        }

    @property
    def said(self):
        """Every sentence that a person reads."""
        told = [self.error, *self.data.get("notes", ())]
        for result in self.data.get("results", ()):
            told.append(result.get("reason") or "")
            told += [
                f"{(each['location'] or {}).get('path', '')}: {each['message']} {each['fix']}"
                for each in result["findings"]
            ]
        return told


def _unmeasured():
    """Return the environment without what makes coverage follow a process, which makes it three times slower."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


class Runner:
    """Starts processes for one test session."""

    def __init__(self, scratch):
        self.scratch = Path(scratch)
        self.template = self.scratch / "reference"
        reference(self.template)
        self.zygote = subprocess.Popen(
            [sys.executable, "-I", str(HERE / "zygote.py"), str(self.template)],
            env=_unmeasured(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert self.zygote.stdout.readline() == "ready\n"

    def close(self):
        self.zygote.stdin.close()
        self.zygote.wait()
        self.zygote.stdout.close()

    def lay(self, case, place):
        """Make a folder with the reference repository in it, and a case over that; return the repository."""
        root = place / "repository"
        place.mkdir(parents=True)
        shutil.copytree(self.template, root, symlinks=True)
        subprocess.run(["git", "-C", root, "update-index", "-q", "--refresh"], check=True)
        (place / "home").mkdir()
        (place / "tmp").mkdir()
        if case:
            case.build(root)
        return root

    def environment(self, case, root):
        place = root.parent
        given = {
            "PATH": os.environ["PATH"],
            "HOME": str(place / "home"),
            "TMPDIR": str(place / "tmp"),
            "LC_ALL": "C.UTF-8",
        }
        given |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        words = {"root": root, "aside": place / "aside", "path": os.environ["PATH"]}
        return given | {name: value.format_map(words) for name, value in (case.variables if case else ())}

    def run(self, face, root, place, case=None):
        """Run a face on a repository."""
        files = {name: str(place / f"{face}-{name}") for name in ("out", "error", "report", "spied")}
        job = {
            "face": face, "root": str(root), "environment": self.environment(case, root), "now": NOW,
            "seconds": WAIT, "memory": MEMORY, **files,
        }  # fmt: skip
        ended = self._alone(job) if case and case.sole else self._forked(job)
        texts = {
            name: Path(path).read_bytes().decode("utf-8", "surrogateescape") if os.path.exists(path) else ""
            for name, path in files.items()
        }
        written = texts["out"] if face == "command" else texts["report"]
        try:
            data = json.loads(written) if written.startswith("{") else {}
        except ValueError as error:
            data = {"broken": str(error)}
        return Run(*ended, texts["out"], texts["error"], texts["spied"], data)

    def _forked(self, job):
        self.zygote.stdin.write(json.dumps(job) + "\n")
        answer = json.loads(self.zygote.stdout.readline())
        return answer["code"], answer["seconds"], answer["worked"]

    def _alone(self, job):
        """Run in a process of its own, with nothing imported beforehand."""
        sys.path.insert(0, str(HERE))
        from time import monotonic

        import zygote

        words = zygote.arguments(job)
        module = ["-m", "pytest_productops", *words[1:]] if job["face"] == "command" else ["-m", *words]
        started = monotonic()
        with open(job["out"], "wb") as out, open(job["error"], "wb") as error:
            try:
                done = subprocess.run(
                    [sys.executable, "-I", *module], cwd=job["root"], env=job["environment"], stdin=subprocess.DEVNULL,
                    stdout=out, stderr=error, timeout=job["seconds"] + 5, start_new_session=True,
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (job["memory"],) * 2),
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                return None, monotonic() - started, 0.0
        return done.returncode, monotonic() - started, 0.0


def digest(root):
    """Path, kind, rights, size and content of everything below a folder, the git directory included."""
    made = {}
    stack = [os.fsencode(root)]
    while stack:
        folder = stack.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            if error.errno != 36:
                raise
            continue  # as deep as a path may be long
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            content = ""
            if stat.S_ISLNK(status.st_mode):
                content = os.readlink(entry.path)
            elif stat.S_ISREG(status.st_mode) and status.st_size < 2**24:
                with open(entry.path, "rb") as stream:
                    content = hashlib.sha256(stream.read()).hexdigest()
            elif stat.S_ISDIR(status.st_mode) and len(entry.path) < 3900:
                stack.append(entry.path)
            made[entry.path] = (status.st_mode, status.st_size, content)
    return made


def remove(folder):
    """Remove a folder however deep it is, which shutil cannot."""
    subprocess.run(["rm", "-rf", folder], check=True)


@cache
def schema():
    path = PROJECT / "pytest_productops/reports/report.schema.json"
    return jsonschema.Draft202012Validator(json.loads(path.read_text()))


def judged(runner, case, face, place, seen):
    """Lay a case out, run a face, and return (run, what is wrong). `seen` is how the reference repository fares."""
    root = runner.lay(case, place)
    before = digest(root)
    run = runner.run(face, root, place, case)
    return run, [
        *wrong(run, case, face, seen, changed(seen.tree, before, root)),
        *traces(before, root, place),
    ]


def changed(tree, now, root):
    """Return the paths that a case touched, relative to the repository."""
    home = os.fsencode(root) + b"/"
    here = {path.removeprefix(home): what for path, what in now.items()}
    return {os.fsdecode(path) for path in here.keys() | tree.keys() if here.get(path) != tree.get(path)}


def traces(before, root, place):
    """Yield what a run left behind that it must not."""
    after = digest(root)
    if after != before:
        yield f"the repository changed: {sorted(p for p in after.keys() | before.keys() if after.get(p) != before.get(p))[:5]}"
    if (place / "aside/started").exists():
        yield "a program or code of the target was started"
    left = [path.name for path in (place / "tmp").iterdir()]
    if left:
        yield f"scratch was left behind: {left[:5]}"


def wrong(run, case, face, seen, touched):
    """Yield what is wrong with how a run ended and what it said."""
    codes = case.codes if face == "command" else {PYTEST_CODES[code] for code in case.codes}
    if run.code not in codes:
        yield f"exit code {run.code} after {run.seconds:.1f} s, not one of {sorted(codes)}: {run.error[-1500:] or run.out[-1500:]}"
    if run.worked > (LIMIT_OF_MANY if case.slow else LIMIT):
        yield f"it took {run.worked:.1f} s of a processor"
    yield from _escaped(run.out)
    yield from _escaped(run.error)
    if run.spied:
        yield f"the spy saw {run.spied[:500]}"
    if run.code in {0, 1}:
        yield from _report(run, case, seen, touched)
    elif run.code in {2, 4} and not re.search(r"(?i)error|mistake", run.error + run.out):
        yield f"no error is told: {run.error[:300]}{run.out[:300]}"
    told = [*run.said, run.out]
    if run.code is not None and not any(all(word in text for word in case.says) for text in told):
        yield f"no message says {case.says}: {[each for each in run.said if each][:8]}"


def _escaped(text):
    """Yield what a stream must not hold."""
    if "Traceback (most recent call last)" in text or "INTERNALERROR" in text:
        yield f"a traceback: {text[-2500:]}"
    if found := _CONTROL.search(text):
        yield f"a control character {found[0]!r}: {text[max(0, found.start() - 100) : found.end() + 50]!r}"
    if found := _ORDER.search(text):
        yield f"an order for the runner: {text[found.start() : found.end() + 80]!r}"


def _report(run, case, seen, touched):
    problems = [error.message[:200] for error in schema().iter_errors(run.data)]
    if problems or not run.data.get("results"):
        yield f"the report is none: {problems[:2]} {run.out[:300]} {run.error[:800]}"
        return
    for place, result in run.results.items():
        if result["outcome"] == "error":
            yield f"{place} crashed: {result.get('reason')} {(result.get('traceback') or '')[-1500:]}"
    if "*" not in case.mends:
        yield from _lost(run, case, seen, touched)


def _lost(run, case, seen, touched):
    """Yield the findings on other files that are gone, and the rules that pass for no reason."""
    unknown = {place for place, each in run.results.items() if each["outcome"] == "unknown"}
    for finding in sorted(seen.run.findings - run.findings):
        rule, component, _, path = finding
        place = rule, component
        if rule in case.mends or any(
            path == each or each.startswith(f"{path}/") or path.startswith(f"{each}/")
            for each in touched
            if path
        ):
            continue
        if place in unknown and (case.blind or _named(run.results[place], touched)):
            continue
        now = run.results.get(place, {})
        if path or now.get("outcome") not in {"fail", "advisory", "unknown"}:
            yield f"{finding} is gone: {rule} is {now.get('outcome')} {now.get('reason')}"
    strange = []
    for place in sorted(unknown):
        known = seen.run.results.get(place, {}).get("outcome") == "unknown"
        if not known and not case.blind and not _named(run.results[place], touched):
            strange.append(f"{place} is unknown for no reason of the case: {run.results[place]['reason']}")
    if len(strange) > MOST_UNKNOWN:
        yield from strange


def _named(result, touched):
    """Whether a reason names one of the files."""
    return any(path.rpartition("/")[2] in (result.get("reason") or "") for path in touched)


@dataclass
class Seen:
    """How the reference repository fares, and what is in it."""

    run: Run
    tree: dict


def seen(runner):
    """Judge the reference repository itself."""
    place = Path(tempfile.mkdtemp(dir=runner.scratch)) / "seen"
    root = runner.lay(None, place)
    tree = {path.removeprefix(os.fsencode(root) + b"/"): what for path, what in digest(root).items()}
    run = runner.run("command", root, place, Case("none", "none", lambda root: None))
    assert run.code == 1, (run.code, run.error)
    return Seen(run, tree)
