"""The snippets as they really run: jobs of CI in a repository with a change, tox, nox, a commit with the hook, the action."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CI = ROOT / "docs" / "ci"
GITLAB = ROOT / "pytest_productops" / "snippets" / "gitlab.yml"
SETTINGS = 'select = ["ONB004"]\n'
HELPERS = {
    "pip": "exit 0",
    "pipx": 'shift 3\nexec "$@"',  # pipx run --spec pytest-productops productops ...
    "productops": f'exec {shlex.quote(sys.executable)} -m pytest_productops "$@"',
}


def git(folder, *words):
    name = ["-c", "user.name=ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(
        ["git", *name, *words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def change(tmp_path):
    """A clone whose branch breaks a link and takes the rule out of the settings, for a sound main."""
    main = tmp_path / "main"
    main.mkdir()
    (main / "README.md").write_text("# Shop\n")
    (main / "productops.toml").write_text(SETTINGS)
    git(main, "init", "--quiet")
    git(main, "add", ".")
    git(main, "commit", "--quiet", "--message=Open the shop")
    git(tmp_path, "clone", "--quiet", str(main), "change")
    clone = tmp_path / "change"
    (clone / "README.md").write_text("# Shop\n\nSee [the plan](plan.md), [above](#shop).\n")
    (clone / "productops.toml").write_text('select = ["ONB005"]\n')
    git(clone, "commit", "--quiet", "--all", "--message=Excuse myself")
    return clone


@pytest.fixture
def tools(tmp_path):
    """What the services' machines have: pip, pipx, and productops once it is installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, script in HELPERS.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "CI": "true"}


def gitlab():
    return "\n".join(yaml.safe_load(GITLAB.read_text())["productops"]["script"])


def component():
    text = (ROOT / "templates" / "productops.yml").read_text().split("\n---\n")[1]
    return "\n".join(yaml.safe_load(re.sub(r"\$\[\[ inputs\.\w+ \]\]", "", text))["productops"]["script"])


def azure():
    (step,) = (
        each for each in yaml.safe_load((CI / "azure-pipelines.yml").read_text())["steps"] if "bash" in each
    )
    return step["bash"]


def jenkins():
    return re.search(r"sh '''\n(.*?)'''", (CI / "Jenkinsfile").read_text(), re.DOTALL)[1]


JOBS = [
    pytest.param(gitlab, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main", id="gitlab"),
    pytest.param(component, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main", id="gitlab component"),
    pytest.param(azure, "SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main", id="azure repos"),
    pytest.param(azure, "SYSTEM_PULLREQUEST_TARGETBRANCH", "main", id="azure, github"),
    pytest.param(jenkins, "CHANGE_TARGET", "main", id="jenkins"),
]


@pytest.mark.parametrize(("script", "variable", "target"), JOBS)
def test_a_job_judges_a_change_by_the_settings_of_its_target(
    script, variable, target, change, tools, tmp_path
):
    out = tmp_path / "out"
    out.mkdir()

    def run(**variables):
        environment = {**tools, "BUILD_ARTIFACTSTAGINGDIRECTORY": str(out), **variables}
        command = ["bash", "-euc", script()]
        return subprocess.run(command, cwd=change, env=environment, capture_output=True, text=True)

    alone = run()
    assert alone.returncode == 0, alone.stdout + alone.stderr  # a push is judged by the branch's own settings
    held = run(**{variable: target})
    assert held.returncode == 1, held.stdout + held.stderr
    assert "the link `plan.md` leads nowhere" in held.stdout
    reports = {path.name for folder in (change, out) for path in folder.rglob("*") if path.is_file()}
    assert {"gl-code-quality-report.json", "productops.xml"} <= reports or "productops.sarif" in reports
    if script is azure:
        assert f"##vso[task.uploadsummary]{out}/productops.md" in held.stdout
        assert "##vso[task.logissue type=error;sourcepath=README.md;linenumber=3;" in held.stdout


# what installs


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """Our wheel, built of the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    (built,) = folder.glob("pytest_productops-*.whl")
    return built


@pytest.fixture
def installing(wheel, tmp_path):
    """An environment in which `pip install pytest-productops` takes our wheel, whatever an index holds."""
    constraint = tmp_path / "constraint.txt"
    constraint.write_text(f"pytest-productops @ {wheel.as_uri()}\n")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TOX_", "COVERAGE_", "NOX"))
    }
    return {**kept, "PIP_CONSTRAINT": str(constraint)}


@pytest.mark.slow
@pytest.mark.network
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("tox.ini", ["tox", "run", "-e", "productops", "--"]),
        ("noxfile.py", ["nox", "-s", "productops", "--"]),
    ],
)
def test_tox_and_nox_install_and_judge(name, command, change, installing):
    pytest.importorskip(command[0])
    git(change, "checkout", "--quiet", "HEAD~1")
    (change / name).write_text((CI / name).read_text())

    def run(*words):
        call = [sys.executable, "-m", *command, *words]
        return subprocess.run(call, cwd=change, env=installing, capture_output=True, text=True)

    sound = run()
    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert "Passed: 1 of 1 selected rule could judge" in sound.stdout
    (change / "README.md").write_text("# Shop\n\nSee [the plan](plan.md).\n")
    broken = run("--select=ONB004,ONB005")
    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert "the link `plan.md` leads nowhere" in broken.stdout


@pytest.mark.slow
@pytest.mark.network
def test_a_commit_with_the_hook(change, tmp_path):
    pytest.importorskip("pre_commit")
    hooks = tmp_path / "hooks"
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for path in filter(None, files.split("\0")):
        if (ROOT / path).is_file():
            (hooks / path).parent.mkdir(parents=True, exist_ok=True)
            (hooks / path).write_bytes((ROOT / path).read_bytes())
            (hooks / path).chmod((ROOT / path).stat().st_mode)
    git(hooks, "init", "--quiet")
    git(hooks, "add", "--force", ".")
    git(hooks, "commit", "--quiet", "--message=Release")
    git(hooks, "tag", "v0.1.0")
    snippet = (ROOT / "pytest_productops" / "snippets" / "pre-commit.yml").read_text()
    git(change, "checkout", "--quiet", "HEAD~1")
    (change / ".pre-commit-config.yaml").write_text(re.sub(r"repo: \S+", f"repo: {hooks}", snippet))
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    install = [sys.executable, "-m", "pre_commit", "install", "--install-hooks"]
    subprocess.run(install, cwd=change, env=environment, check=True, capture_output=True)

    def commit(*words):
        name = ["-c", "user.name=ann", "-c", "user.email=ann@example.org"]
        command = ["git", *name, "commit", "--message=Try", *words]
        done = subprocess.run(command, cwd=change, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    git(change, "add", ".pre-commit-config.yaml")
    code, said = commit()
    assert (code, "(quick rules)" in said, "Passed" in said) == (0, True, True), said
    (change / "README.md").write_text("# Shop\n\nSee [the plan](plan.md).\n")
    for words in (["README.md"], ["--all"]):  # of one file git makes an index of its own
        code, said = commit(*words)
        assert (code, "the link `plan.md` leads nowhere" in said) == (1, True), said
    (change / "plan.md").write_text("# Plan\n\nSell more.\n")
    git(change, "add", "plan.md", "README.md")
    code, said = commit()
    assert code == 0, said


@pytest.mark.slow
@pytest.mark.network
def test_the_action(change, tmp_path):
    for module in ("pip", "venv", "json"):  # the folder that is judged must lend nobody a module
        (change / f"{module}.py").write_text("raise SystemExit('the repository was run')\n")
    files = {name: tmp_path / name for name in ("output", "summary")}

    def run(base, **inputs):
        for path in files.values():
            path.write_text("")
        environment = {
            **action_environment(tmp_path),
            "INPUT_PATH": ".",
            "INPUT_SARIF": "out.sarif",
            "INPUT_SUMMARY": "true",
            "GITHUB_WORKSPACE": str(change),
            "GITHUB_BASE_REF": base,
            "GITHUB_STEP_SUMMARY": str(files["summary"]),
            **inputs,
        }
        done = subprocess.run(
            [ROOT / "action.sh"], cwd=change, env=environment, capture_output=True, text=True
        )
        outputs = dict(line.split("=", 1) for line in files["output"].read_text().splitlines())
        assert outputs.pop("report") == str(tmp_path / "productops.json"), done.stderr
        return done, outputs

    done, outputs = run("main")
    assert (done.returncode, outputs) == (1, {"verdict": "fail", "score": "0.0"}), done.stdout + done.stderr
    assert "::error file=README.md,line=3,title=ONB004 relative-links-resolve::" in done.stderr
    assert json.loads((change / "out.sarif").read_text())["version"] == "2.1.0"
    assert "Product operations: failed" in files["summary"].read_text()
    done, outputs = run("", INPUT_ARGS="--level=bronze\n\n--now=2026-11-22\n", INPUT_SUMMARY="false")
    assert (done.returncode, outputs) == (0, {"verdict": "pass", "score": "100.0"}), done.stdout + done.stderr
    assert files["summary"].read_text() == ""
    done, outputs = run("main", INPUT_TRUSTED_REF="none", INPUT_PROFILE="x; touch pwned $(touch pwned)")
    assert (done.returncode, outputs) == (2, {"verdict": "error", "score": ""}), done.stdout + done.stderr
    assert "no such profile `x; touch pwned $(touch pwned)`" in done.stderr
    assert not (change / "pwned").exists()


def action_environment(folder):
    """Return what GitHub gives the action, with every input empty."""
    return {
        **os.environ,
        **dict.fromkeys(re.findall(r"\b(INPUT_\w+): ", (ROOT / "action.yml").read_text()), ""),
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(folder / "output"),
        "RUNNER_TEMP": str(folder),
    }


def test_the_action_that_cannot_install_says_error(change, tmp_path):
    environment = {**action_environment(tmp_path), "INPUT_VERSION": "0.0.1.dev999", "PIP_NO_INDEX": "1"}
    done = subprocess.run([ROOT / "action.sh"], cwd=change, env=environment, capture_output=True, text=True)
    assert done.returncode
    assert (tmp_path / "output").read_text().splitlines()[::2] == ["verdict=error", "score="]
