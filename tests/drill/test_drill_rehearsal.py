"""The rehearsal: documented commands run for real in a fresh clone; the checkout stays as it is."""

import hashlib
import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from pytest_productops.cli import main
from pytest_productops.drill import sandbox, surroundings
from pytest_productops.drill.planning import plan
from pytest_productops.drill.rehearsal import Conditions, rehearse
from pytest_productops.reports import drills
from pytest_productops.repository import Repository, Unavailable
from pytest_productops.testing import lay_out

LOG = "2026-01-05 ann@example.org Begin\n"


def fence(*lines):
    return "\n".join(["```sh", *lines, "```", ""])


def guide(setup, tests, more=""):
    parts = ["# Contributing", "", "## Set up", "", fence(*setup), "## Tests", "", fence(*tests), more]
    return "\n".join(parts)


@pytest.fixture
def checkout(tmp_path):
    """Lay out a repository whose guide tells these commands."""

    def make(setup=("make setup",), tests=("make test",), **files):
        makefile = files.pop("Makefile", "setup:\n\techo set up > made\ntest:\n\tcat made\n")
        archive = {"CONTRIBUTING.md": guide(setup, tests), "Makefile": makefile, "git log": LOG, **files}
        return lay_out(archive, tmp_path / "repository")

    return make


def drill(repository, **conditions):
    found = rehearse(repository, plan(repository), Conditions(**{"limit": 30.0, **conditions}))
    return found, {step.name: step for step in found.steps}


def picture(root):
    """Return what stands for each file of a tree, bytes and times and all."""
    return {
        str(path): (
            path.lstat().st_mtime_ns,
            path.lstat().st_mode,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in sorted([root, *root.rglob("*")])
    }


def test_documents_that_are_true(checkout):
    repository = checkout()
    before = picture(repository.root)
    found, steps = drill(repository)
    assert (found.passed, found.stopped, found.changed) == (True, 0, ())
    assert [step.outcome for step in found.steps] == ["passed", "passed"]
    assert steps["test"].commands[0].output == "cat made\nset up"
    assert picture(repository.root) == before


def test_a_command_that_fails(checkout):
    found, steps = drill(checkout(Makefile="setup:\n\tpoetry-of-nowhere install\ntest:\n"))
    assert not found.passed
    assert steps["setup"].outcome == "failed"
    assert steps["setup"].failing.status == 2
    assert steps["setup"].advice == (
        "CONTRIBUTING.md:6 tells `make setup`; it failed with: command not found: poetry-of-nowhere;"
        " say how to install poetry-of-nowhere"
    )
    assert (steps["test"].outcome, steps["test"].said) == ("not-run", "setup failed")


@pytest.mark.parametrize(
    "said",
    ["Install [rye](https://rye.test) first.", "You need:\n\n- a computer\n- rye (or a witch)"],
)
def test_a_program_that_the_document_tells_to_have_is_no_fault_of_it(checkout, said):
    repository = checkout(
        setup=("rye sync",),
        **{"CONTRIBUTING.md": f"{guide(['rye sync'], ['make test'])}\n{said}\n"},
    )
    found, steps = drill(repository)
    assert steps["setup"].outcome == "not-run"
    assert "tells to have rye, which is not here" in steps["setup"].said
    assert (found.passed, found.stopped) == (False, 0)


def test_a_program_that_is_named_in_passing_is(checkout):
    text = guide(["rye sync"], ["make test"]) + "\nEverything is as `rye run` does it. We like rye.\n"
    _, steps = drill(checkout(**{"CONTRIBUTING.md": text}))
    assert steps["setup"].outcome == "failed"
    assert steps["setup"].advice.endswith("say how to install rye")


def test_only_what_is_committed_is_there(checkout):
    repository = checkout(setup=("make setup",), tests=("make test && test -f local",))
    (repository.root / "local").write_text("not committed\n")
    _, steps = drill(repository)
    assert steps["test"].outcome == "failed"


def test_the_shell_carries_over_from_block_to_block_and_step_to_step(checkout):
    repository = checkout(
        setup=("mkdir -p sub && make setup", "cd sub", "export GREETING=hello"),
        tests=('test "$GREETING" = hello && test -f ../made && make -C .. test',),
    )
    _, steps = drill(repository)
    assert steps["test"].outcome == "passed", steps["test"]


def test_a_clone_elsewhere_leads_to_the_fresh_one(checkout):
    repository = checkout(
        setup=(
            "mkdir -p ~/work",
            "cd ~/work",
            "git clone https://forge.test/me/repository",
            "cd repository",
            "make setup",
        ),
    )
    _, steps = drill(repository)
    assert steps["test"].outcome == "passed", steps


def test_a_clean_home_and_a_minimal_environment(checkout, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    monkeypatch.setenv("WANTED", "yes")
    monkeypatch.setenv(
        "PATH", f"{tmp_path / 'repository' / 'bin'}{os.pathsep}relative{os.pathsep}{os.environ['PATH']}"
    )
    repository = checkout(setup=("make setup; env",), tests=("make test; ls -A ~",))
    _, steps = drill(repository, passed=("WANTED",))
    lines = dict(line.split("=", 1) for line in steps["setup"].commands[0].output.splitlines() if "=" in line)
    assert "SECRET_TOKEN" not in lines
    assert lines["WANTED"] == "yes"
    assert lines["HOME"].endswith("/home")
    assert lines["TMPDIR"].endswith("/tmp")  # noqa: S108
    assert "repository/bin" not in lines["PATH"]
    assert "relative" not in lines["PATH"].split(":")
    assert set(lines) <= {"PATH", "LANG", "TERM", "HOME", "TMPDIR", "WANTED", "PWD", "OLDPWD", "SHLVL", "_"}
    assert steps["test"].commands[0].output.splitlines()[-1] == "set up"


def test_a_command_that_hangs(checkout):
    start = time.monotonic()
    _, steps = drill(checkout(Makefile="setup:\n\tsleep 4721\n"), limit=1.0)
    assert steps["setup"].outcome == "timeout"
    assert "did not end within 1 s" in steps["setup"].advice
    assert time.monotonic() - start < 15
    assert "sleep 4721" not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout


def test_children_that_are_left_are_ended_and_named(checkout):
    found, _ = drill(
        checkout(
            Makefile="setup:\n\t(setsid sleep 4722 >/dev/null 2>&1 &) ; sleep 1; echo > made\ntest:\n\ttrue\n"
        )
    )
    assert found.passed
    assert any("left running" in note and "sleep" in note for note in found.notes)
    assert "sleep 4722" not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout


def test_commands_that_write_into_the_checkout(checkout, tmp_path):
    root = tmp_path / "repository"
    attack = [
        f"echo pwned >> {root}/README.md || true",
        f"rm -f {root}/Makefile || true",
        f"touch -d 2001-01-01 {root}/CONTRIBUTING.md || true",
        f"chmod 777 {root}/Makefile || true",
        "git config --get remote.origin.url || true",
        "make setup",
    ]
    repository = checkout(setup=attack, **{"README.md": "# A\n"})
    before = picture(root)
    found, steps = drill(repository)
    assert steps["setup"].commands[-1].status == 0, steps
    assert str(root) not in steps["setup"].commands[-2].output
    protected = not any("Landlock" in note for note in found.notes)
    if protected:
        assert picture(root) == before
    assert bool(found.changed) == (picture(root) != before)


def test_output_that_is_no_text(checkout):
    found, steps = drill(checkout(Makefile="setup:\n\t@printf 'a\\377\\033[31mb\\007\\n'; exit 1\n"))
    assert "a\ufffdb\\x07" in steps["setup"].failing.output
    for render in drills.REHEARSAL.values():
        assert "\x1b" not in render(found)


def test_a_flood(checkout):
    found, steps = drill(checkout(Makefile="setup:\n\t@yes flood | head -c 3000000; echo the end; exit 1\n"))
    assert "the end" in steps["setup"].failing.output
    assert len(drills.rehearsal_text(found)) < 10_000


def test_what_needs_a_decision_is_not_run(checkout):
    found, steps = drill(checkout(setup=("sudo make install", "make setup")))
    assert [(ran.unit.skip, ran.reached) for ran in steps["setup"].commands] == [
        ("it asks for the rights of an administrator", False),
        ("", True),
    ]
    assert found.passed


def test_nothing_that_can_be_run(checkout):
    found, _ = drill(checkout(setup=("sudo make setup",), tests=("sudo make test",)))
    assert (found.passed, found.stopped) == (False, 0)
    assert {step.outcome for step in found.steps} == {"not-run"}
    assert "Nothing could be run" in drills.rehearsal_text(found)


def test_what_is_not_told(tmp_path):
    repository = lay_out({"README.md": "# A\n\nA thing.\n", "git log": LOG}, tmp_path / "a")
    found, steps = drill(repository)
    assert found.stopped == 2
    assert (
        steps["setup"].advice == "the guide for contributors should tell the commands that prepare a checkout"
    )


def test_one_step(checkout):
    found, _ = drill(checkout(), steps=("setup",))
    assert [step.name for step in found.steps] == ["setup"]


def test_without_git_there_is_nothing_to_clone(tmp_path):
    repository = lay_out({"CONTRIBUTING.md": guide(["make setup"], ["make test"])}, tmp_path / "a")
    with pytest.raises(Unavailable, match="git"):
        drill(repository)


def test_filters_of_the_checkout_are_not_run(checkout, tmp_path):
    mark = tmp_path / "mark"
    repository = checkout(**{".gitattributes": "* filter=evil\n"})
    config = repository.root / ".git" / "config"
    config.write_text(f'{config.read_text()}[filter "evil"]\n\tsmudge = touch {mark}\n\trequired = true\n')
    hook = repository.root / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
    hook.chmod(0o755)
    found, _ = drill(repository)
    assert found.passed
    assert not mark.exists()


def test_the_scratch_folder_goes_or_stays(checkout, tmp_path, monkeypatch):
    base = tmp_path / "temporary"
    base.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(base))
    repository = checkout(setup=("make setup && mkdir -m 500 closed",))
    drill(repository)
    assert list(base.glob("productops-drill-*")) == []
    found, _ = drill(repository, keep=True)
    kept = list(base.glob("productops-drill-*"))
    assert f"kept: {kept[0]}" in found.notes
    assert (kept[0] / "repository" / "made").read_text() == "set up\n"


@pytest.mark.slow
def test_a_fresh_python(checkout):
    files = {"pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.8"\n'}
    repository = checkout(setup=('make setup && python -c "import sys; print(sys.prefix)"',), **files)
    found, steps = drill(repository)
    assert "Python 3." in found.place
    assert steps["setup"].commands[0].output.splitlines()[-1] == "…/python"


@pytest.mark.slow
def test_a_python_that_is_not_there_is_no_fault_of_the_documents(checkout):
    files = {"pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=99"\n'}
    found, _ = drill(checkout(**files))
    assert any(note.startswith("no Python >=99 is on this machine") for note in found.notes)


def test_what_this_machine_has_installed_into_its_python_is_not_there(tmp_path, monkeypatch):
    for name, programs in {"tools": ["just"], "python": ["pip", "pytest"]}.items():
        (tmp_path / name).mkdir()
        for program in programs:
            (tmp_path / name / program).write_text("#!/bin/sh\n")
            (tmp_path / name / program).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'tools'}{os.pathsep}{tmp_path / 'python'}")
    has = surroundings.there(tmp_path / "repository")
    assert (has("just"), has("pytest")) == (True, False)


# containers: a stand-in for the engine runs the script in the mounted folder, as the engine would inside

ENGINE = """#!/bin/sh
echo "$@" >> "$0.log"
case $1 in
ps | kill) exit 0 ;;
esac
for word in "$@"; do
  case $word in
  --volume=*) folder=${word#--volume=}; folder=${folder%:/drill} ;;
  --env=HOME=*) ;;
  esac
  last=$word
done
sed "s#/drill/#$folder/#g" "$folder/script/all.sh" > "$folder/script/here.sh"
cd "$folder/repository" && exec /bin/sh "$folder/script/here.sh"
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    program = tmp_path / "bin" / "docker"
    program.parent.mkdir()
    program.write_text(ENGINE)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return program


def test_in_a_container(checkout, stand_in, capsys, monkeypatch):
    repository = checkout()
    monkeypatch.setenv("INDEX", "secret")
    assert main(["onboard", str(repository.root), "--run", "--env=INDEX", "--image=alpine:3"]) == 0
    out = capsys.readouterr()
    assert "run in docker, alpine:3" in out.out
    assert out.err == ""
    said = Path(f"{stand_in}.log").read_text().splitlines()
    run = next(line for line in said if line.startswith("run "))
    assert "--env=INDEX " in run
    assert "secret" not in run
    assert "--entrypoint=/bin/sh alpine:3" in run
    assert str(repository.root) not in run
    assert said[-1].startswith("kill productops-drill-")


def test_an_engine_that_does_not_work(tmp_path, monkeypatch, checkout, capsys):
    program = tmp_path / "bin" / "docker"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    assert sandbox.engine("auto") == ""
    with pytest.raises(Unavailable, match="docker does not work here"):
        sandbox.engine("docker")


# the verb


def test_nobody_agrees(checkout, capsys, monkeypatch):
    repository = checkout()
    assert main(["onboard", str(repository.root), "--run", "--container=none"]) == 2
    said = capsys.readouterr().err
    assert "CONTRIBUTING.md:6  make setup" in said
    assert "add --yes" in said


def test_the_verb(checkout, capsys):
    repository = checkout(Makefile="setup:\n\ttrue\ntest:\n\texit 7\n")
    words = ["onboard", str(repository.root), "--run", "--container=none", "--yes", "--timeout=30s"]
    assert main([*words, "--format=json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert [(step["name"], step["outcome"]) for step in data["steps"]] == [
        ("setup", "passed"),
        ("test", "failed"),
    ]
    command = data["steps"][1]["commands"][0]
    assert (command["path"], command["line"], command["exit_code"]) == ("CONTRIBUTING.md", 12, 2)
    assert main([*words, "--step=setup"]) == 0
    assert "The documents are true." in capsys.readouterr().out
    assert main([*words, "--format=markdown"]) == 1
    assert "| test | CONTRIBUTING.md:12 | make test | exit 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong", ["--step=tests", "--step=", "--timeout=soon", "--timeout=0", "--container=docker"]
)
def test_wrong_usage(checkout, capsys, wrong, monkeypatch):
    root = checkout().root
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["onboard", str(root), "--run", "--yes", wrong]) == 2
    assert "error: " in capsys.readouterr().err


def test_reading_alone(checkout, capsys):
    root = checkout().root
    assert main(["onboard", str(root)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("Day one in repository, as CONTRIBUTING.md tells it\n")
    assert " 2  set up        CONTRIBUTING.md:6   ok    `make setup`\n" in out
    assert "A new person is stopped" in out
    assert main(["onboard", str(root), "--format=json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["steps"][1]["commands"] == [
        {"text": "make setup", "path": "CONTRIBUTING.md", "line": 6, "missing": ""}
    ]
    assert main(["onboard", str(root), "--format=markdown"]) == 1
    assert "| 2 | set up | CONTRIBUTING.md:6 | ok |" in capsys.readouterr().out


def test_markdown_of_a_hostile_document(tmp_path):
    archive = {
        "CONTRIBUTING.md": guide(["make '@all <img src=x> | `x`'"], ["make test"]),
        "git log": LOG,
        "Makefile": "test:\n",
    }
    found, _ = drill(lay_out(archive, tmp_path / "a"))
    said = drills.rehearsal_markdown(found)
    assert "<img" not in said
    assert "@all" not in said
    assert Repository(tmp_path / "a").root.exists()
