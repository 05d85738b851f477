"""Caches, baselines and scratch: whole at any moment, whatever happens to the run that writes them."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pytest_productops import cache
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.git import Git, scratch
from pytest_productops.policy import writing
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.repository import Repository
from pytest_productops.testing import lay_out

HERE = Path(__file__).parent
LOG = {"git log": "2026-01-01 ann@example.org One\n", "README.md": "# A\n\nText of it.\n"}
WRITER = """
import sys
from pathlib import Path
from pytest_productops import cache
from pytest_productops.policy import writing
root = Path(sys.argv[1])
at = 0
while True:
    at += 1
    cache.save(root, "x", {"n": [at] * 20_000})
    writing.write(root, "kept.toml", f"{at}\\n" * 20_000)
"""


def python(*arguments, **more):
    more.setdefault("env", dict(os.environ))
    return subprocess.run(
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, timeout=120, **more
    )


def command(*arguments, **more):
    return python("-m", "pytest_productops", *arguments, cwd=HERE, **more)


@pytest.fixture
def root(tmp_path):
    return lay_out(LOG, tmp_path / "repository").root


def whole(root):
    """Whether both files are absent, or as one of the writers wrote them."""
    text = (root / "kept.toml").read_text() if (root / "kept.toml").exists() else ""
    lines = text.split("\n")[:-1]
    saved = cache.load(root, "x")
    return len(set(lines)) <= 1 and len(lines) in {0, 20_000} and len(saved.get("n", [0] * 20_000)) == 20_000


def test_killed_at_any_moment(root):
    for at in range(12):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(root)]) as writer:
            deadline = time.monotonic() + 20
            while not (root / "kept.toml").exists() and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(0.003 * at)
            writer.send_signal(signal.SIGKILL)
        assert whole(root)
        assert cache.load(root, "x")


def test_two_at_once(root):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(root)]) for _ in range(2)]
    try:
        seen = set()
        deadline = time.monotonic() + 20
        while len(seen) < 20 and time.monotonic() < deadline:
            assert whole(root)
            seen.add(cache.load(root, "x").get("n", [0])[0])
        assert len(seen) > 2
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()


def test_what_killed_runs_left_is_swept_when_it_is_old(root):
    cache.save(root, "x", {"a": 1})
    left = [cache.folder(root) / "x-1.new", root / ".productops-1.new"]
    for path in left:
        path.write_text("half")
    cache.save(root, "x", {"a": 2})
    writing.write(root, "kept.toml", "a = 1\n")
    assert all(path.exists() for path in left)
    for path in left:
        os.utime(path, (1, 1))
    cache.save(root, "x", {"a": 3})
    writing.write(root, "kept.toml", "a = 2\n")
    assert not any(path.exists() for path in left)
    assert cache.load(root, "x") == {"a": 3}


def test_scratch_of_killed_runs_is_swept(root, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    runs, gone, young = (
        tmp_path / "scratch" / f"{scratch.PREFIX}{name}"
        for name in (f"{os.getpid()}-a", "999999999-a", "999999998-b")
    )
    for folder in (runs, gone, young):
        (folder / "refs").mkdir(parents=True)
    (tmp_path / "precious").mkdir()
    link = tmp_path / "scratch" / f"{scratch.PREFIX}999999997-c"
    link.symlink_to(tmp_path / "precious")
    for folder in (runs, gone):
        os.utime(folder, (1, 1))
    assert Repository(root)[Git].run("rev-parse", "HEAD")
    assert (runs.exists(), gone.exists(), young.exists(), link.is_symlink()) == (True, False, True, True)


def test_a_full_disk_keeps_the_old_file(root):
    writing.write(root, "kept.toml", "old\n")
    cache.save(root, "x", {"a": 1})
    code = (
        "import resource, signal, sys; from pathlib import Path; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "from pytest_productops import cache; from pytest_productops.policy import writing;"
        "from pytest_productops.policy.problems import ConfigurationError\n"
        "root = Path(sys.argv[1]); cache.save(root, 'x', {'b': 'y' * 5000})\n"
        "try:\n    writing.write(root, 'kept.toml', 'z' * 5000)\nexcept ConfigurationError as error:\n    print(error)\n"
    )
    done = python("-c", code, root)
    assert "kept.toml: it cannot be written: File too large" in done.stdout, done.stderr
    assert (root / "kept.toml").read_text() == "old\n"
    assert cache.load(root, "x") == {"a": 1}
    assert sorted(path.name for path in root.iterdir()) == [".git", "README.md", "kept.toml"]


@pytest.mark.parametrize(
    "what", ["truncated", "flipped", "nested", "of another user", "a pipe", "a folder", "huge"]
)
def test_a_cache_that_is_not_as_it_was_saved_is_none(what, root, monkeypatch):
    cache.save(root, "x", {"a": [1, 2, 3]})
    (path,) = cache.folder(root).iterdir()
    data = path.read_bytes()
    if what == "truncated":
        path.write_bytes(data[:-3])
    elif what == "flipped":
        path.write_bytes(data.replace(b"3", b"4"))
    elif what == "nested":
        path.write_bytes(b"[" * 100_000)
    elif what == "of another user":
        monkeypatch.setattr(cache, "_user", lambda: 12345)
    elif what == "huge":
        monkeypatch.setattr(cache, "MAX_BYTES", 10)
    else:
        path.unlink()
        os.mkfifo(path) if what == "a pipe" else path.mkdir()
    assert cache.load(root, "x") == {}


def test_a_corrupt_cache_is_rebuilt_in_silence(root, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (root / "src").mkdir()
    (root / "src/a.py").write_text("def f(x):\n    return x\n")
    first = command("check", "--select=DEV", str(root))
    saved = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert saved
    for path in saved:
        path.write_bytes(b"\xff{" + path.read_bytes()[3:])
    second = command("check", "--select=DEV", str(root))
    assert (second.stdout, second.stderr, second.returncode) == (first.stdout, "", first.returncode)


def test_a_shared_folder_that_another_user_made_is_not_written(root, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "trap").mkdir()
    (tmp_path / f"pytest-productops-{cache._user()}").symlink_to(tmp_path / "trap")
    cache.save(root, "x", {"a": 1})
    assert not [path for path in (tmp_path / "trap").rglob("*") if path.is_file()]


@pytest.mark.parametrize("lack", ["no home", "a home that cannot be written", "a temporary folder beside it"])
def test_without_a_place_to_remember_things(lack, root, tmp_path):
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    if lack != "no home":
        (tmp_path / "file").write_text("")
        environment["HOME"] = str(tmp_path / "file")
    if lack == "a temporary folder beside it":
        environment["TMPDIR"] = str(tmp_path)
    done = python(
        "-I", "-m", "pytest_productops", "check", "--select=ONB", root, env=environment, cwd=tmp_path
    )
    assert done.returncode == 1, done.stderr
    assert "could judge" in done.stdout
    assert done.stderr == ""
    assert not (tmp_path / "~").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes a user without an entry in /etc/passwd")
def test_a_user_without_a_name(root, tmp_path):
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == 0 and path != Path("/tmp") and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    code = (
        "import os, sys; os.setgid(54321); os.setuid(54321); os.environ.pop('HOME', None);"
        "from pytest_productops.cli import main; sys.exit(main(['check', '--select=ONB', sys.argv[1]]))"
    )
    done = python("-c", code, root, env={"PATH": os.environ["PATH"], "TMPDIR": "/tmp"}, cwd="/")
    if "ModuleNotFoundError" in done.stderr or "Permission denied" in done.stderr:
        pytest.skip("another user may not read the interpreter here")
    assert done.returncode == 1, done.stderr
    assert "could judge" in done.stdout


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="only root mounts read-only")
def test_a_file_system_that_cannot_be_written(root, tmp_path):
    script = f'mount --bind {tmp_path} {tmp_path} && mount -o remount,ro,bind {tmp_path} && exec "$@"'
    words = ["unshare", "-m", "sh", "-c", script, "sh", sys.executable, "-m", "pytest_productops"]
    if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        pytest.skip("no mount is allowed here")
    done = subprocess.run(
        [*words, "check", "--select=ONB", str(root)], capture_output=True, text=True, cwd=HERE
    )
    if "mount" in done.stderr:
        pytest.skip("no mount is allowed here")
    assert done.returncode == 1, done.stderr
    assert "could judge" in done.stdout
    baseline = subprocess.run([*words, "baseline", str(root)], capture_output=True, text=True, cwd=HERE)
    assert baseline.returncode == 2
    assert "cannot be written: Read-only file system" in baseline.stderr


@pytest.mark.parametrize(
    ("redirection", "code", "says"),
    [
        (">&-", 1, ""),
        (">/dev/full", 3, "error: [Errno 28] No space left on device"),
        ("--format=json >/dev/full", 3, "error: [Errno 28] No space left on device"),
        ("2>&-", 1, ""),
        (">&- 2>&-", 1, ""),
        ("| true; exit ${PIPESTATUS[0]}", 1, ""),
        ("--format=json | true; exit ${PIPESTATUS[0]}", 1, ""),
    ],
)
def test_standard_output_that_takes_nothing(redirection, code, says, root):
    line = f"{sys.executable} -m pytest_productops check --select=ONB {root} {redirection}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=HERE)
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith(says)
    assert "Traceback" not in done.stderr


def test_standard_output_in_ascii(root):
    root = root.rename(root.with_name("ürün"))
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    done = command("check", "--select=ONB", str(root), env=environment)
    assert done.returncode == 1, done.stderr
    assert done.stdout.isascii()
    assert "\\udcc3\\udcbcr\\udcc3\\udcbcn  profile" in done.stdout


CORRUPT = {
    "baseline": (".productops/baseline.toml", "[[finding"),
    "waivers": ("productops.toml", "[[waivers"),
    "settings": ("productops.toml", "select = ["),
}


@pytest.mark.parametrize(("path", "text"), CORRUPT.values(), ids=CORRUPT)
@pytest.mark.parametrize("verb", [["check"], ["baseline"]])
def test_what_is_corrupt_of_ours_is_an_error_and_stays(path, text, verb, root):
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text)
    done = command(*verb, str(root))
    assert done.returncode == 2, done.stdout
    assert f"  {path}:" in done.stderr
    assert (root / path).read_text() == text


def test_a_folder_that_changes_all_the_time(root, tmp_path):
    """Files become links out and back while they are read: what lies outside is never read."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/a.md").write_text("secret")
    (root / "docs").mkdir()
    (root / "docs/a.md").write_text("inside")
    (root / "b.md").write_text("inside")
    stop = threading.Event()

    def churn():
        while not stop.is_set():
            os.rename(root / "docs", root / "docs.old")
            os.symlink(tmp_path / "secret", root / "docs")
            os.unlink(root / "b.md")
            os.symlink(tmp_path / "secret/a.md", root / "b.md")
            os.unlink(root / "docs")
            os.rename(root / "docs.old", root / "docs")
            os.unlink(root / "b.md")
            (root / "b.md").write_text("inside")

    thread = threading.Thread(target=churn)
    thread.start()
    texts = set()
    try:
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            files = Files(root, ("b.md", "docs/a.md"))
            for path in files:
                for _ in range(3):
                    try:
                        texts.add(files.read_bytes(path))
                    except Unreadable:
                        continue
    finally:
        stop.set()
        thread.join()
    assert texts <= {b"inside", b""}
    assert b"inside" in texts


def test_a_run_while_everything_changes(root):
    stop = threading.Event()

    def churn():
        at = 0
        while not stop.is_set():
            at += 1
            for name in ("README.md", "a.py", "b/c.md", ".git/packed-refs", ".git/index2"):
                path = root / name
                path.parent.mkdir(exist_ok=True)
                path.write_text("# A\n" * (at % 50))
                path.unlink()

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(2):
            done = command("check", "--select=ALL", "--format=json", str(root))
            assert done.returncode in {0, 1}, done.stderr
            report = json.loads(done.stdout)
            assert [each for each in report["results"] if each["outcome"] == "error"] == []
    finally:
        stop.set()
        thread.join()


def test_no_write_where_none_may_be(root, tmp_path):
    os.mkfifo(root / "pipe.toml")
    (root / "out").symlink_to(tmp_path)
    (root / "link.toml").symlink_to(tmp_path / "elsewhere.toml")
    for path in ("pipe.toml", "out/x.toml", "link.toml", "../x.toml"):
        with pytest.raises(ConfigurationError, match="not written"):
            writing.write(root, path, "x")
    assert not (tmp_path / "elsewhere.toml").exists()


def test_the_memory_of_a_run_is_bounded(root):
    (root / "README.md").unlink()
    with (root / "README.md").open("wb") as stream:
        stream.truncate(8 * 2**30)
    limit = 2**30
    done = subprocess.run(
        [sys.executable, "-m", "pytest_productops", "check", str(root)], capture_output=True, text=True, cwd=HERE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "README.md is larger than 4 MiB" in done.stdout
