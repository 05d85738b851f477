"""Runs a face of the tool per request, each in a process of its own forked from this one, which has it all imported.

A line in: {face, root, environment, out, error, report, spied, now, seconds, memory}. A line out: {code, seconds, worked}. `code` is that of
the process; negative where a signal ended it, None where it was killed for its time. In the file `spied` an audit hook writes
what must not be: code of the target run, a program started other than git, a connection.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import resource
import signal
import sys
import time
from pathlib import Path

ISOLATED = ("-p", "pytest_productops.plugin", "-c", os.devnull, "--noconftest", "-p", "no:cacheprovider")


def preload():
    """Import what every run needs, but for what only some inputs lead to."""
    for name in (
        "git",
        "yaml",
        "tomli",
        "jsonschema",
        "markdown_it",
        "pytest",
        "pytest_productops.cli.check",
    ):
        importlib.import_module(name)
    for package in ("pytest_productops.facts", "productops_rules"):
        module = importlib.import_module(package)
        for found in pkgutil.walk_packages(module.__path__, f"{package}."):
            importlib.import_module(found.name)


def arguments(job):
    options = ["--select=ALL", f"--now={job['now']}"]
    if job["face"] == "command":
        return ["productops", "check", "--format=json", *options, job["root"]]
    ours = [f"--productops-{option[2:]}" for option in options]
    return [
        "pytest",
        *ISOLATED,
        f"--rootdir={job['root']}",
        "--productops",
        *ours,
        f"--productops-report=json:{job['report']}",
    ]


def run(job):
    """Be the tool: its own session, home, limits and streams, nothing inherited."""
    os.setsid()
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["root"])
    for number, (path, flags) in enumerate(
        [
            (os.devnull, os.O_RDONLY),
            (job["out"], os.O_WRONLY | os.O_CREAT),
            (job["error"], os.O_WRONLY | os.O_CREAT),
        ]
    ):
        os.dup2(os.open(path, flags | os.O_TRUNC * (number > 0)), number)
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    spy(os.path.realpath(job["root"]) + os.sep, os.open(job["spied"], os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    sys.argv = arguments(job)
    if job["face"] == "command":
        from pytest_productops.cli import main

        sys.exit(main())
    import pytest

    sys.exit(pytest.console_main())


def spy(target, log):
    def hook(event, values):
        if event == "exec":
            name = getattr(values[0], "co_filename", "")
        elif event == "import":
            name = values[1] or ""
        elif event in {"socket.connect", "socket.getaddrinfo", "os.system", "os.exec", "os.posix_spawn"}:
            os.write(log, f"{event} {values!r}\n".encode())
            return
        elif event == "subprocess.Popen":
            if os.path.basename(os.fsdecode(values[0])) != "git" or not os.path.isabs(values[0]):
                os.write(log, f"{event} {values[0]!r}\n".encode())
            return
        else:
            return
        if os.path.isabs(str(name)) and os.path.realpath(str(name)).startswith(target):
            os.write(log, f"{event} {name}\n".encode())

    sys.addaudithook(hook)


def forked(job):
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            run(job)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(bool(left.code))
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            atexit._run_exitfuncs()
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(OSError, ValueError):
                    stream.flush()
            os._exit(code)
    while time.monotonic() - started < job["seconds"]:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            end(child)
            return {
                "code": os.waitstatus_to_exitcode(status),
                "seconds": time.monotonic() - started,
                "worked": worked(used),
            }
        time.sleep(0.005)
    end(child)
    _, _, used = os.wait4(child, 0)
    return {"code": None, "seconds": time.monotonic() - started, "worked": worked(used)}


def worked(used):
    """Return the seconds of a processor that a run took, with all the programs that it waited for."""
    return used.ru_utime + used.ru_stime


def end(group):
    """Kill what a run left behind."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def warm(root):
    """Judge a harmless repository, so that every expression is compiled and every schema read before the first fork."""
    from pytest_productops import gate
    from pytest_productops.catalogue import installed
    from pytest_productops.policy.settings import Options, read

    gate.run(Path(root), read(Path(root), installed(Path(root)), [Options("--", {"select": "ALL"})]))
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    preload()
    warm(sys.argv[1])
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(forked(json.loads(line))), flush=True)
