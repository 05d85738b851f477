"""In any repository the rules run; nothing of it is executed, and nothing in it changes."""

import hashlib
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pytest_productops.manual import archive
from pytest_productops.testing import lay_out

BROKEN = "raise SystemExit('executed')\n"
TARGETS = {
    "an empty folder": {},
    "no git": {"README.md": "# A\n"},
    "no commits": {"README.md": "# A\n", "git init": ""},
    "a Go repository": {
        "go.mod": "module example.org/a\n",
        "main.go": "package main\n",
        "git log": "2026-01-01 a@b.c x\n",
    },
    "conftest raises": {"conftest.py": BROKEN, "tests/conftest.py": BROKEN},
    "unknown addopts": {"pytest.ini": "[pytest]\naddopts = --nope-unknown\n"},
    "addopts of plugins": {"pytest.ini": "[pytest]\naddopts = --cov -n auto -m unit -k slow --reruns 3\n"},
    "addopts that mute": {"pytest.ini": "[pytest]\naddopts = --collect-only --lf --co -q\n"},
    "addopts in pyproject": {"pyproject.toml": "[tool.pytest.ini_options]\naddopts = ['--nope']\n"},
    "warnings are errors": {"pytest.ini": "[pytest]\nfilterwarnings = error\n", "a.py": "x = '\\d'\n"},
    "tests cannot be imported": {"test_a.py": "import nowhere\n", "tests/test_b.py": BROKEN},
    "strict": {"pytest.ini": "[pytest]\nstrict_config = true\nstrict_markers = true\ntestpaths = nowhere\n"},
    "pytest.toml": {"pytest.toml": "[pytest]\naddopts = ['--nope']\n"},
    "setup.cfg": {"setup.cfg": "[tool:pytest]\naddopts = --nope\n"},
    "tox.ini": {"tox.ini": "[pytest]\naddopts = --nope\n"},
}
UNMENDABLE = {
    "unparsable pyproject.toml": {"pyproject.toml": "[project\n"},
    "minversion": {"pytest.ini": "[pytest]\nminversion = 99\n"},
    "required_plugins": {"pytest.ini": "[pytest]\nrequired_plugins = pytest-nowhere\n"},
    "a plugin that is not there": {"pytest.ini": "[pytest]\naddopts = -p nowhere\n"},
}
ISOLATED = [
    "-I",
    "-m",
    "pytest",
    "-p",
    "pytest_productops.plugin",
    "-c",
    os.devnull,
    "--noconftest",
    "--productops",
]


def lay(files, root):
    root.mkdir(parents=True, exist_ok=True)
    files = dict(files)
    git_init = files.pop("git init", None)
    if git_init is not None:
        subprocess.run(["git", "init", "-q", str(root)], check=True)
    lay_out(files, root)
    return root


def digest(root):
    """Path, type, mode and content of everything below a folder, the git directory included."""
    made = {}
    for path in sorted(root.rglob("*")):
        status = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        made[str(path.relative_to(root))] = (status.st_mode, status.st_size, content)
    return made


def run(arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def productops(root, *arguments, **environment):
    return run(
        ["-m", "pytest_productops", "check", *arguments, str(root)], Path(__file__).parent, **environment
    )


@pytest.mark.parametrize("files", TARGETS.values(), ids=TARGETS)
def test_the_rules_run_by_both_faces_with_the_same_verdicts(files, tmp_path):
    root = lay(files, tmp_path / "target")
    before = digest(root)
    by_pytest = run(
        ["-m", "pytest", "--productops"],
        root,
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        PYTEST_ADDOPTS="-p pytest_productops.plugin",
    )
    by_command = productops(root)
    assert by_pytest.returncode == by_command.returncode == 1, by_pytest.stdout + by_pytest.stderr
    assert summary(by_pytest.stdout) == summary(by_command.stdout)
    assert "executed" not in by_pytest.stdout + by_pytest.stderr + by_command.stdout
    assert digest(root) == before


def summary(text):
    """The line that says what could be judged."""
    line = next(line for line in text.splitlines() if "could judge" in line)
    return line.removeprefix("Failed: ").removeprefix("Passed: ").rstrip(".")


@pytest.mark.parametrize("files", UNMENDABLE.values(), ids=UNMENDABLE)
def test_what_no_plugin_can_mend_the_command_copes_with(files, tmp_path):
    root = lay(files, tmp_path / "target")
    assert productops(root).returncode == 1
    plain = run(["-m", "pytest", "--productops"], root)
    assert plain.returncode in {1, 4}
    isolated = run(
        [*ISOLATED, f"--rootdir={root}", "-p", "no:cacheprovider"], root, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"
    )
    assert isolated.returncode == 1, isolated.stdout + isolated.stderr
    assert summary(isolated.stdout) == summary(productops(root).stdout)


AUDIT = textwrap.dedent(
    """
    import os, runpy, sys
    target = os.path.realpath(sys.argv[1]) + os.sep
    module, sys.argv = sys.argv[2], sys.argv[2:]
    def hook(event, arguments):
        if event == "exec":
            name = getattr(arguments[0], "co_filename", "")
        elif event == "import":
            name = arguments[1] or ""
        elif event in ("socket.connect", "socket.getaddrinfo"):
            os.write(2, b"NETWORK\\n"); return
        else:
            return
        if os.path.isabs(str(name)) and os.path.realpath(str(name)).startswith(target):
            os.write(2, b"EXECUTED " + os.fsencode(str(name)) + b"\\n")
    sys.addaudithook(hook)
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    """
)
HOSTILE = {
    **dict.fromkeys(
        ("conftest.py", "sitecustomize.py", "usercustomize.py", "evil.py", "json.py", "git.py"), BROKEN
    ),
    **dict.fromkeys(
        ("yaml.py", "tomli.py", "jsonschema.py", "radon.py", "test_evil.py", "noxfile.py"), BROKEN
    ),
    "setup.py": BROKEN,
    "pytest.ini": "[pytest]\naddopts = -p evil\npythonpath = .\nfilterwarnings = error::evil.Warning\n",
    "evil.egg-info/PKG-INFO": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
    "evil.egg-info/entry_points.txt": "[pytest11]\nevil = evil\n[productops]\nevil = evil\n",
    "README.md": "# Evil\n\n```sh\nmake all\n```\n",
    "Makefile": "all:\n\ttouch executed\nX := $(shell touch executed)\n",
    "CONTRIBUTING.md": "# Contributing\n\nRun `make all` and `nox`.\n",
}


@pytest.mark.parametrize("face", ["command", "isolated pytest"])
def test_no_code_of_the_target_is_executed(face, tmp_path):
    root = lay(HOSTILE, tmp_path / "target")
    audit = tmp_path / "audit.py"
    audit.write_text(AUDIT)
    before = digest(root)
    if face == "command":
        arguments = ["pytest_productops", "check", str(root)]
    else:
        arguments = ["pytest", *ISOLATED[3:], f"--rootdir={root}", "-p", "no:cacheprovider"]
    result = run(["-I", str(audit), str(root), *arguments], root, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert result.returncode == 1, result.stderr
    assert "could judge" in result.stdout
    assert "EXECUTED" not in result.stderr
    assert "NETWORK" not in result.stderr
    assert digest(root) == before


def test_the_audit_sees_what_plain_pytest_executes(tmp_path):
    root = lay(HOSTILE, tmp_path / "target")
    audit = tmp_path / "audit.py"
    audit.write_text(AUDIT)
    result = run(["-I", str(audit), str(root), "pytest"], root)
    assert "EXECUTED" in result.stderr


def test_the_command_run_inside_the_target(tmp_path):
    root = lay(HOSTILE, tmp_path / "target")
    command = Path(sys.executable).with_name("productops")
    result = subprocess.run([str(command), "check"], cwd=root, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stderr
    assert "could judge" in result.stdout


def test_the_plugin_is_light(tmp_path):
    result = run(
        [
            "-X",
            "importtime",
            "-c",
            "import pytest, sys; before = set(sys.modules); import pytest_productops.plugin; print(*sorted(set(sys.modules) - before))",
        ],
        tmp_path,
    )
    added = set(result.stdout.split())
    assert added == {
        "pytest_productops",
        "pytest_productops.plugin",
        "pytest_productops.plugin.arguments",
        "pytest_productops.policy",
        "pytest_productops.policy.options",
    }


def test_examples_get_the_same_verdict_from_both_faces(tmp_path):
    files = archive("-- NOTES --\nx\n-- README.md --\n# A\n\n    make all\n-- Makefile --\nother:\n")
    root = lay(files, tmp_path / "target")
    by_pytest = run(["-m", "pytest", "--productops", "-rA"], root)
    by_command = productops(root)
    failed = {line.split("::")[1][:6] for line in by_pytest.stdout.splitlines() if line.startswith("FAILED ")}
    assert failed == {line.split()[1] for line in by_command.stdout.splitlines() if line.startswith("FAIL ")}
    assert failed


@pytest.mark.parametrize("named", ["{root}", "--root={root}"])
def test_a_module_of_the_target_on_pythonpath_is_not_imported(named, tmp_path):
    files = {"yaml.py": BROKEN, ".github/workflows/ci.yml": "on: pull_request\njobs: {}\n"}
    root = lay(files, tmp_path / "target")
    command = ["-m", "pytest_productops", "check", named.format(root=root)]
    result = run(command, Path(__file__).parent, PYTHONPATH=str(root))
    assert result.returncode == 1
    assert "could judge" in result.stdout
    assert "ERR " not in result.stdout
