"""Rules that hang, crash, leave or meddle: each costs its own verdict alone, in both faces and with xdist."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PACK = Path(__file__).parent / "trouble"
LATE = "took longer than 2 s: give it more with --timeout=SECONDS, or report it to the author of the rule"
EXPECTED = {
    "TRB100": ("pass", ""),
    "TRB101": ("error", "RuntimeError: a bug"),
    "TRB102": ("error", "SystemExit: 0"),
    "TRB103": ("error", "it ended the process that judges: exit status 0"),
    "TRB104": ("error", "it ended the process that judges: signal SIGSEGV"),
    "TRB105": ("error", LATE),
    "TRB106": ("error", LATE),
    "TRB107": ("error", LATE),
    "TRB108": ("pass", ""),
    "TRB109": ("error", "OSError: [Errno 12] Cannot allocate memory"),
    "TRB110": ("error", None),  # the stack or the memory is full, whichever a Python fills first
    "TRB111": ("error", "KeyboardInterrupt: "),
    "TRB112": ("error", "Exit: bye"),
    "TRB113": ("error", "Skipped: no time for this"),
    "TRB114": ("pass", ""),
    "TRB115": ("pass", ""),
    "TRB116": ("pass", ""),
    "TRB117": ("error", "it ended the process that judges: signal SIGKILL"),
    "TRB118": ("pass", ""),
    "TRB119": ("pass", ""),
    "TRB120": ("error", "it ended the process that judges: exit status 1"),
    "TRB121": ("error", LATE),
    "TRB122": ("error", f"gathering Slow {LATE}"),
    "TRB123": ("error", f"gathering Slow {LATE}"),
    "TRB124": ("error", "Deadly ended the process that judges: exit status 7"),
    "TRB199": ("pass", ""),
}
CHECK = (sys.executable, "-m", "pytest_productops", "check", "--")
PYTEST = (sys.executable, "-m", "pytest", "--productops", "-q", "--productops-")
FACES = {"check": CHECK, "pytest": PYTEST, "xdist": (*PYTEST[:-1], "-n2", PYTEST[-1])}


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A repository, and the environment in which the pack is installed."""
    root = tmp_path / "shop"
    root.mkdir()
    (root / "README.md").write_text("# Shop\n")
    subprocess.run(["git", "init", "--quiet", root], check=True)
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(PACK))
    monkeypatch.setenv("TMPDIR", str(folder))
    return root


def run(face, root, select, timeout):
    *words, prefix = FACES[face]
    report = root.parent / "report.json"
    given = {"select": select, "timeout": timeout, "report": f"json:{report}"}
    command = [*words, *(f"{prefix}{name}={value}" for name, value in given.items())]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=240)
    data = json.loads(report.read_text()) if report.exists() else None
    return done, data


def left(marker):
    """Return the processes that still run with a word on their command line."""
    return [
        path
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if (said := _read(path)) and marker in said and b"Z (zombie)" not in _read(path.with_name("status"))
    ]


def _read(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("face", FACES)
def test_every_other_rule_is_judged(shop, face):
    done, data = run(face, shop, "TRB", "2,120")
    found = {each["rule"]: (each["outcome"], each["reason"]) for each in data["results"]}
    assert found.keys() == EXPECTED.keys()
    for code, (outcome, reason) in EXPECTED.items():
        assert found[code][0] == outcome, (code, found[code])
        assert reason is None or found[code][1] == reason, code
    assert done.returncode == 1
    if face == "check":
        assert "PRINTED" not in done.stdout
        assert "WRITTEN" not in done.stdout
    assert not left(b"time.sleep(97)")
    assert not list((shop.parent / "tmp").glob("productops-*"))


def test_where_a_rule_hung_is_told(shop):
    done, _ = run("check", shop, "TRB107,TRB104", "2")
    assert 'trouble_pack.py", line ' in done.stdout
    assert "in holds_the_lock_of_the_interpreter" in done.stdout
    assert "Fatal Python error: Segmentation fault" in done.stdout
    assert "in faults" in done.stdout


@pytest.mark.parametrize("face", ["check", "pytest"])
def test_all_rules_together_have_a_limit_too(shop, face):
    began = time.monotonic()
    done, data = run(face, shop, "TRB100,TRB105,TRB106,TRB121,TRB199", "2,5")
    assert time.monotonic() - began < 60
    assert done.returncode == 1
    reasons = {each["rule"]: each["reason"] for each in data["results"]}
    assert reasons["TRB100"] == ""
    assert reasons["TRB105"] == LATE
    assert "all rules together took longer than 5 s" in reasons["TRB121"]
    assert reasons["TRB199"].startswith("not judged: all rules together took longer than 5 s")


@pytest.mark.parametrize("face", ["check", "pytest"])
def test_off_judges_in_this_process(shop, face):
    done, data = run(face, shop, "TRB100,TRB101,TRB113,TRB199", "off")
    assert [each["outcome"] for each in data["results"]] == ["pass", "error", "error", "pass"]
    assert done.returncode == 1


def test_a_rule_that_only_passes_by_leaving_does_not_pass(shop):
    for face in FACES:
        done, data = run(face, shop, "TRB103", "2")
        assert done.returncode == 1, face
        assert data["summary"]["verdict"] == "fail"


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_no_process_outlives_the_one_that_asked(shop, name):
    command = [*CHECK[:-1], "--select=TRB108,TRB121", "--timeout=60", str(shop)]
    process = subprocess.Popen(command, cwd=shop, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(600):
        if len(left(b"time.sleep(97)")) == 5:
            break
        time.sleep(0.1)
    time.sleep(0.5)
    process.send_signal(getattr(signal, name))
    _, error = process.communicate(timeout=20)
    time.sleep(0.5)
    assert not left(os.fsencode(shop))
    assert b"Traceback" not in error
    assert not left(b"time.sleep(97)")
    assert process.returncode == {"SIGINT": 130, "SIGTERM": 143, "SIGKILL": -9}[name]
    if name != "SIGKILL":
        assert not list((shop.parent / "tmp").glob("productops-*"))


def _said(shop, *arguments):
    """Return what a verb prints that has to judge a rule that hangs, and its exit status."""
    command = [sys.executable, "-m", "pytest_productops", *arguments, "--timeout=2", "--now=2026-11-22"]
    done = subprocess.run(command, cwd=shop, capture_output=True, text=True, timeout=60)
    assert not left(os.fsencode(shop))
    return done.returncode, done.stdout


def test_waiving_has_the_limit_too(shop):
    (shop / "productops.toml").write_text('select = ["TRB105"]\n')
    given = ("--reason=it hangs until the next release", "--owner=@ann", "--until=2026-12-01")
    code, told = _said(shop, "waive", "TRB105", *given)
    assert code == 0
    assert f"What it covers cannot be told, TRB105 could not judge: {LATE}" in told
    code, told = _said(shop, "waive", "--list")
    assert code == 0
    assert "cannot tell" in told


def test_comparing_policies_has_the_limit_too(shop):
    (shop / "productops.toml").write_text('extends = "./policy.toml"\n')
    (shop / "policy.toml").write_text('select = ["TRB100"]\n')
    (shop.parent / "new.toml").write_text('select = ["TRB105"]\n')
    code, told = _said(shop, "policy", "diff", str(shop.parent / "new.toml"))
    assert code == 0
    assert "TRB105" in told
    assert "not asked -> error" in told
