"""`productops init`: what it proposes, what it writes, and that nothing else changes."""

import re
import subprocess

import pytest
import tomli
import yaml

from pytest_productops.catalogue import installed
from pytest_productops.cli import main
from pytest_productops.cli.init.hook import with_hook
from pytest_productops.cli.init.snippets import hook, text
from pytest_productops.facts.formats.yaml import read as as_it_is
from pytest_productops.manual import archive
from pytest_productops.policy.edit import NotEdited
from pytest_productops.policy.settings import read
from pytest_productops.testing import lay_out

WORKFLOW = ".github/workflows/productops.yml"
BASELINE = ".productops/baseline.toml"
HOOKS = """\
# Ours.
repos:
  - repo: https://hooks.example/one
    rev: v1  # pinned

    hooks:
      - id: first
        args: [a,   b]
        # - id: another
# The end.
"""
LIBRARY = f"""
-- README.md --
# Shop
A library for shops.
-- LICENSE --
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
-- pyproject.toml --
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "shop"
version = "1.0"
-- .pre-commit-config.yaml --
{HOOKS}
-- .github/workflows/ci.yml --
on: [push]
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - run: twine upload dist/*
"""


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Lay out files as the working directory, with git unless told otherwise."""

    def make(written, *, git=True, branch="main"):
        root = tmp_path / "shop"
        lay_out(archive(written), root)
        monkeypatch.chdir(root)
        if git:
            _git("init", "-q", "-b", branch)
            _git("add", "-A")
            _git("-c", "user.name=Ann", "-c", "user.email=ann@shop.example", "commit", "-qm", "Begin")
        return root

    return make


def _git(*arguments):
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


def content(root):
    """Return every file but git's own."""
    paths = (
        path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts
    )
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def test_a_library_is_set_up(made, capsys):
    root = made(LIBRARY)
    before = content(root)
    assert main(["init"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "shop: profile oss-library\n"
        "  published to a Python index (.github/workflows/ci.yml:6)\n"
        "  called a library (README.md)\n"
        "  a licence (LICENSE)\n"
        "\n"
        "  settings  productops.toml: written\n"
        "  hook      .pre-commit-config.yaml: an entry added\n"
        f"  CI        {WORKFLOW}: written\n"
        f"  baseline  {BASELINE}: "
    )
    after = content(root)
    assert {path for path in after if after[path] != before.get(path)} == {
        "productops.toml",
        ".pre-commit-config.yaml",
        WORKFLOW,
        BASELINE,
    }
    assert (root / "productops.toml").read_text() == (
        "# Begun by `productops init`. `productops config show` prints every key in force, and what decided it.\n"
        "# published to a Python index (.github/workflows/ci.yml:6)\n"
        "# called a library (README.md)\n"
        "# a licence (LICENSE)\n"
        'profile = "oss-library"\n'
    )
    assert read(root, installed()).policy.profiles == ("oss-library",)


def test_it_ends_with_three_commands_that_work(made, capsys):
    made(LIBRARY)
    main(["init"])
    lines = capsys.readouterr().out.partition("\nNext:\n")[2].splitlines()
    commands = [re.split(r"  +", line.strip())[0].split() for line in lines]
    assert [words[:2] for words in commands] == [
        ["productops", "check"],
        ["productops", "explain"],
        ["git", "add"],
    ]
    assert main(commands[0][1:]) == 0
    assert main(commands[1][1:]) == 0
    assert "BASELINED" in capsys.readouterr().out
    _git(*commands[2][1:])
    assert _git("diff", "--cached", "--name-only").split() == [
        WORKFLOW,
        ".pre-commit-config.yaml",
        BASELINE,
        "productops.toml",
    ]
    assert _git("ls-files", "--others", "--modified", "--exclude-standard") == ""


def test_the_check_is_green_before_and_after_the_commit_in_ci_too(made, monkeypatch, capsys):
    made(LIBRARY)
    main(["init"])
    assert main(["check"]) == 0
    _git("add", "-A")
    _git("-c", "user.name=Ann", "-c", "user.email=ann@shop.example", "commit", "-qm", "Adopt productops")
    monkeypatch.setenv("CI", "true")
    assert main(["check"]) == 0
    assert "Passed" in capsys.readouterr().out


def test_a_second_time_changes_nothing_and_says_so(made, capsys):
    root = made(LIBRARY)
    main(["init"])
    before = content(root)
    capsys.readouterr()
    assert main(["init"]) == 0
    out = capsys.readouterr().out
    assert "\nNothing changed: it is set up already.\n" in out
    assert "  settings  productops.toml has them already\n" in out
    assert "  hook      .pre-commit-config.yaml has it already\n" in out
    assert f"  CI        {WORKFLOW} runs it already\n" in out
    assert out.endswith("  productops baseline        take out of the baseline what is mended\n")
    assert content(root) == before


def test_a_dry_run_is_a_patch_of_what_would_be_written(made, capsys, tmp_path):
    root = made(LIBRARY)
    before = content(root)
    assert main(["init", "--dry-run"]) == 0
    assert content(root) == before
    patch = tmp_path / "patch"
    patch.write_text(capsys.readouterr().out)
    assert patch.read_text().endswith("\nNothing was written.\n")
    _git("apply", str(patch))
    applied = content(root)
    _git("checkout", "-q", ".")
    _git("clean", "-qfd")
    main(["init"])
    assert content(root) == applied
    capsys.readouterr()
    main(["init", "--dry-run"])
    assert capsys.readouterr().out.endswith("\nNothing is to be written.\n")


@pytest.mark.parametrize("environment", [{}, {"CI": "true"}])
def test_nobody_is_asked(made, monkeypatch, capsys, environment):
    root = made(LIBRARY)
    monkeypatch.setattr("sys.stdin", None)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["init"]) == 0
    assert (root / BASELINE).exists() is not bool(environment)
    assert ("a person begins it with `productops baseline`, CI does not" in capsys.readouterr().out) is bool(
        environment
    )


SERVICE = """
-- README.md --
# Shop
-- Dockerfile --
FROM scratch
EXPOSE 80
-- deploy/k8s/shop.yaml --
kind: Deployment
-- .github/workflows/deploy.yml --
on: {push: {branches: [main]}}
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: production
    steps:
      - run: kubectl apply -f deploy/k8s
"""
INTERNAL = """
-- README.md --
# Rota
-- package.json --
{"name": "rota", "private": true}
"""
CLOSED = """
-- LICENSE --
Proprietary and confidential. All rights reserved by Acme.
-- setup.py --
from setuptools import setup
setup(name="rota", version="1.0")
"""


@pytest.mark.parametrize(
    ("written", "profile", "reason"),
    [
        (SERVICE, "service", "CI deploys to production (.github/workflows/deploy.yml:3)"),
        (INTERNAL, "internal-product", "no licence lets others use it"),
        (INTERNAL, "internal-product", "its manifest says that it is never published (package.json)"),
        (CLOSED, "internal-product", "its licence keeps it private (LICENSE)"),
        (
            "-- README.md --\n# Shop\n",
            "default",
            "nothing shows for certain what is made here; --profile=NAME says it",
        ),
        (
            "-- README.md --\n# Shop\n-- Dockerfile --\nFROM scratch\n-- LICENSE --\nMIT\n",
            "default",
            "nothing here deploys it",
        ),
    ],
)
def test_the_profile_that_is_proposed(made, capsys, written, profile, reason):
    root = made(written)
    assert main(["init"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"shop: profile {profile}\n")
    assert f"  {reason}\n" in out
    assert tomli.loads((root / "productops.toml").read_text()) == {"profile": profile}
    assert main(["check"]) == 0


@pytest.mark.parametrize(
    ("words", "value"), [("service", "service"), ("service, oss-library", ["service", "oss-library"])]
)
def test_the_profile_that_is_given(made, capsys, words, value):
    root = made(LIBRARY)
    assert main(["init", f"--profile={words}"]) == 0
    assert tomli.loads((root / "productops.toml").read_text()) == {"profile": value}
    assert main(["check"]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--profile=servce"], "--profile: no such profile `servce`\n    did you mean `service`?"),
        (["--profile=,"], "--profile: names no profile"),
        (["nowhere"], "nowhere: no such folder"),
        (["--format=markdown"], "--check-set and --format belong to --from"),
    ],
)
def test_usage_errors(made, capsys, arguments, message):
    root = made("-- README.md --\n# Shop\n")
    before = content(root)
    assert main(["init", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert content(root) == before


def test_settings_that_exist_stay(made, capsys):
    root = made(LIBRARY + "-- productops.toml --\nlevel='bronze'   # ours\n")
    assert main(["init", "--profile=service"]) == 0
    assert (root / "productops.toml").read_text() == "level='bronze'   # ours\n"
    assert (root / BASELINE).exists()
    assert 'productops.toml has them already; they stay, so write `profile = "service"` there by hand' in (
        capsys.readouterr().out
    )
    assert main(["check"]) == 0


def test_settings_with_a_mistake_are_told_and_nothing_is_written(made, capsys):
    root = made(LIBRARY + "-- productops.toml --\nslect = []\n")
    before = content(root)
    assert main(["init"]) == 2
    assert "productops.toml:1: unknown key `slect`" in capsys.readouterr().err
    assert content(root) == before


def test_a_baseline_that_exists_stays(made, capsys):
    root = made(LIBRARY + f"-- {BASELINE} --\nschema = 1\n")
    main(["init"])
    assert (root / BASELINE).read_text() == "schema = 1\n"
    assert f"{BASELINE} is there already" in capsys.readouterr().out


def test_a_baseline_that_is_off(made, capsys):
    root = made(LIBRARY + "-- productops.toml --\nbaseline = 'off'\n")
    main(["init"])
    assert not (root / BASELINE).exists()
    assert "  baseline  off, as the settings say\n" in capsys.readouterr().out


def test_into_pyproject(made, capsys):
    root = made(LIBRARY)
    before = (root / "pyproject.toml").read_text()
    assert main(["init", "--pyproject"]) == 0
    after = (root / "pyproject.toml").read_text()
    assert after.startswith(f"{before}\n[tool.productops]\n# Begun by")
    assert after.endswith('\nprofile = "oss-library"\n')
    assert not (root / "productops.toml").exists()
    assert main(["check"]) == 0
    capsys.readouterr()
    main(["init", "--pyproject"])
    assert "  settings  pyproject.toml has them already\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["[tool]\nx = 1", "[tool.x]\ny = 1\n", "", "x = 1\n\n\n", "\ufeffx = 1\r\ny = 2\r\n"]
)
def test_pyproject_keeps_every_byte(made, text):
    root = made("-- README.md --\n# Shop\n-- pyproject.toml --\nx = 1\n")
    (root / "pyproject.toml").write_bytes(text.encode())
    assert main(["init", "--pyproject", "--profile=default"]) == 0
    after = (root / "pyproject.toml").read_bytes()
    assert after.startswith(text.encode())
    assert b"\r\n" not in text.encode() or after.count(b"\n") == after.count(b"\r\n")
    assert tomli.loads(after.decode().removeprefix("\ufeff").replace("\r\n", "\n"))["tool"]["productops"] == {
        "profile": "default"
    }


@pytest.mark.parametrize("text", ["tool = {x = 1}\n", "[", "tool.productops.level = 3\ntool = 1\n", None])
def test_pyproject_that_has_no_room(made, capsys, text):
    root = made("-- README.md --\n# Shop\n")
    if text is not None:
        (root / "pyproject.toml").write_text(text)
    before = content(root)
    assert main(["init", "--pyproject", "--profile=default"]) == 2
    err = capsys.readouterr().err
    assert "pyproject.toml" in err
    assert content(root) == before


def test_the_hook_stands_behind_the_last_one(made):
    root = made(LIBRARY)
    main(["init"])
    after = (root / ".pre-commit-config.yaml").read_text()
    entry = "\n".join(f"  {line}" for line in hook())
    assert after == HOOKS.replace("# The end.", f"{entry}\n# The end.")


INDENTED = [
    "repos:\n- repo: local\n  hooks:\n  - id: x\n",
    "repos:\n    -   repo: local\n        hooks:\n        -   id: x",
    "repos:\n\n  - repo: local\n    hooks: [{id: x}]\n\n  - repo: meta\n    hooks:\n      - id: y\n\n# end\n",
    "default_stages: [commit]\nrepos:\n  - repo: local\n    hooks:\n      - id: x\n        entry: |\n          a\n\n          b\n\nfail_fast: true\n",
    "repos:\n  -\n    repo: local\n    hooks: []\nci:\n  skip: [x]\n",
    "repos:  # ours\n  - repo: &u local\n    hooks: []\n  - repo: *u\n    hooks: []\n",
]


@pytest.mark.parametrize("text", INDENTED)
def test_a_hook_in_every_style(text):
    before, after = yaml.safe_load(text), yaml.safe_load(with_hook(text))
    ours = yaml.safe_load("\n".join(hook()))
    assert after == {**before, "repos": before["repos"] + ours}
    added = [line for line in with_hook(text).split("\n") if line.strip()]
    for line in filter(str.strip, text.split("\n")):
        assert line in added
    assert with_hook(with_hook(text)) == with_hook(text)


@pytest.mark.parametrize(
    "text", ["repos: []\n", "repos: [{repo: local, hooks: []}]\n", "- a\n", "", "repos: [\n", "repos: 3\n"]
)
def test_where_a_hook_has_no_room(text):
    with pytest.raises(NotEdited):
        with_hook(text)


def test_a_hook_to_paste(made, capsys):
    root = made("-- README.md --\n# Shop\n-- .pre-commit-config.yaml --\nrepos: []\n")
    assert main(["init"]) == 0
    out = capsys.readouterr().out
    assert (
        ".pre-commit-config.yaml stays as it is: it has no list of repos; add this by hand\n\n  - repo: "
        in out
    )
    assert (root / ".pre-commit-config.yaml").read_text() == "repos: []\n"


@pytest.mark.parametrize(
    "entry", ["- {id: productops}", "- {id: gate, name: x, language: system, entry: productops check}"]
)
def test_a_hook_that_runs_it_already(made, capsys, entry):
    hooks = f"repos:\n  - repo: local\n    hooks:\n      {entry}\n"
    root = made(f"-- README.md --\n# Shop\n-- .pre-commit-config.yaml --\n{hooks}")
    main(["init"])
    assert (root / ".pre-commit-config.yaml").read_text() == hooks
    assert ".pre-commit-config.yaml has it already" in capsys.readouterr().out


def test_a_hook_file_is_made_when_asked_for(made):
    root = made("-- README.md --\n# Shop\n")
    main(["init"])
    assert not (root / ".pre-commit-config.yaml").exists()
    main(["init", "--hook"])
    (entry,) = yaml.safe_load((root / ".pre-commit-config.yaml").read_text())["repos"]
    assert entry["hooks"][0]["id"].startswith("productops")
    assert re.fullmatch(r"v\d+\.\d+\.\d+", entry["rev"])


def test_crlf_stays(made):
    root = made("-- README.md --\n# Shop\n")
    text = HOOKS.replace("\n", "\r\n").encode()
    (root / ".pre-commit-config.yaml").write_bytes(text)
    main(["init"])
    after = (root / ".pre-commit-config.yaml").read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n") > text.count(b"\n")
    assert len(yaml.safe_load(after)["repos"]) == 2


def test_the_workflow_names_the_default_branch(made):
    root = made(LIBRARY, branch="master")
    main(["init"])
    said = as_it_is((root / WORKFLOW).read_text(), WORKFLOW).value
    assert said["on"]["push"]["branches"] == ["master"]


def test_the_remote_says_what_the_default_branch_is(made):
    root = made(LIBRARY, branch="topic")
    _git("update-ref", "refs/remotes/origin/develop", "HEAD")
    _git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop")
    main(["init"])
    said = as_it_is((root / WORKFLOW).read_text(), WORKFLOW).value
    assert said["on"]["push"]["branches"] == ["develop"]


@pytest.mark.parametrize(
    "step",
    [
        "run: pip install x && productops check",
        "run: pytest --productops -q",
        "uses: acme/pytest-productops@v1",
    ],
)
def test_ci_that_runs_it_already(made, capsys, step):
    root = made(
        "-- README.md --\n# Shop\n-- .github/workflows/gate.yml --\non: [pull_request]\njobs:\n  gate:\n"
        f"    runs-on: ubuntu-latest\n    steps:\n      - {step}\n"
    )
    main(["init"])
    assert ".github/workflows/gate.yml runs it already" in capsys.readouterr().out
    assert not (root / WORKFLOW).exists()


def test_gitlab_gets_a_job_to_paste(made, capsys):
    root = made("-- README.md --\n# Shop\n-- .gitlab-ci.yml --\ntest:\n  script: make\n")
    assert main(["init"]) == 0
    out = capsys.readouterr().out
    assert ".gitlab-ci.yml stays as it is; put this job into it, at a stage that you have\n" in out
    assert "  script:\n" in out
    assert (root / ".gitlab-ci.yml").read_text() == "test:\n  script: make\n"
    assert not (root / ".github").exists()


def test_ci_that_is_asked_for(made, capsys):
    root = made("-- README.md --\n# Shop\n")
    main(["init"])
    assert "--ci=github writes a workflow" in capsys.readouterr().out
    main(["init", "--ci=gitlab"])
    assert (root / ".gitlab-ci.yml").read_text() == text("gitlab.yml")
    main(["init", "--ci=none"])
    assert "  CI  " not in capsys.readouterr().out.rpartition("shop: profile")[2]


def test_another_ci_is_named(made, capsys):
    made("-- README.md --\n# Shop\n-- Jenkinsfile --\nnode { sh 'make test' }\n")
    main(["init"])
    assert (
        "  CI        Jenkinsfile: let it run `productops check` on the whole history\n"
        in capsys.readouterr().out
    )


def test_without_git(made, capsys):
    root = made(LIBRARY, git=False)
    assert main(["init"]) == 0
    assert (root / BASELINE).exists()
    assert main(["check"]) == 0


def test_before_the_first_commit(made, capsys):
    root = made(LIBRARY, git=False)
    _git("init", "-q", "-b", "trunk")
    assert main(["init"]) == 0
    assert "branches: [trunk]" in (root / WORKFLOW).read_text()


def test_a_component_of_a_monorepo_means_the_whole(made, monkeypatch, capsys):
    root = made(
        '-- README.md --\n# Shop\n-- package.json --\n{"private": true, "workspaces": ["packages/*"]}\n'
        '-- packages/api/package.json --\n{"name": "api", "version": "1.0.0"}\n-- packages/web/package.json --\n'
        '{"name": "web", "version": "1.0.0"}\n'
    )
    monkeypatch.chdir(root / "packages/api")
    assert main(["init"]) == 0
    assert (root / "productops.toml").exists()
    assert not (root / "packages/api/productops.toml").exists()
    assert main(["check"]) == 0


@pytest.mark.parametrize("name", ["productops.toml", BASELINE, WORKFLOW])
def test_links_are_not_followed_and_nothing_is_written(made, tmp_path, capsys, name):
    root = made(LIBRARY)
    place = root / name.rpartition("/")[0] if "/" in name else root / name
    aside = tmp_path / "aside"
    aside.mkdir()
    if place.is_dir():
        place.rename(tmp_path / "moved")
    place.symlink_to(aside / "productops.toml" if place.suffix else aside)
    before = content(root)
    assert main(["init"]) == 2
    assert content(root) == before
    assert list(aside.iterdir()) == []


def test_what_a_repository_is_called_is_safe_to_show(made, capsys):
    made(LIBRARY.replace("ci.yml", "\x1b[31mci.yml"))
    main(["init"])
    main(["init", "--dry-run"])
    assert "\x1b" not in capsys.readouterr().out
