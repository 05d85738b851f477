"""What README and documentation tell to write or to type is right: by our own parsers, or by the vendor's schema."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import tomli
import yaml
from markdown_it import MarkdownIt

from pytest_productops import cli
from pytest_productops.catalogue import installed
from pytest_productops.facts.commands import Commands
from pytest_productops.facts.done import read as read_done
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.register import read as read_register
from pytest_productops.policy import checks
from pytest_productops.policy.document import load
from pytest_productops.testing import lay_out

ROOT = Path(__file__).parents[1]
SNIPPETS = ROOT / "pytest_productops" / "snippets"
CI = ROOT / "docs" / "ci"
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md")]
PAGES += [path for path in sorted((ROOT / "docs").rglob("*.md")) if "reference" not in path.parts]
OF_OTHERS = {
    "schemas",
    "rule",
    "exemptions",
}  # settings of Tombi, Taplo, CLOMonitor: they need only be readable
SCHEMAS = {
    SNIPPETS / "github.yml": "github-workflows",
    SNIPPETS / "gitlab.yml": "gitlab-ci",
    CI / "github-action.yml": "github-workflows",
    CI / "azure-pipelines.yml": "azure-pipelines",
    ROOT / "action.yml": "github-actions",
    ROOT / "templates" / "productops.yml": "gitlab-ci",
    ROOT / ".github" / "dependabot.yml": "dependabot",
    **dict.fromkeys((ROOT / ".github" / "workflows").iterdir(), "github-workflows"),
}
OTHERWISE = {"pre-commit.yml", "Jenkinsfile", "tox.ini", "noxfile.py", "justfile"}
"""Checked by tests of their own, here or in test_snippets_run.py."""


class Block(NamedTuple):
    """A piece of code in a page."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self):
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page):
    """Yield the fenced pieces of a page, and its inline code as the language ``."""
    for token in MarkdownIt("commonmark").parse(page.read_text()):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "fence":
            yield Block(page, line, token.info, token.content)
        for child in token.children or ():
            if child.type == "code_inline":
                yield Block(page, line, "", child.content)


BLOCKS = [block for page in PAGES for block in blocks(page)]


def written(*languages):
    return [pytest.param(each, id=str(each)) for each in BLOCKS if each.language in languages]


# what is typed


def typed(block):
    """Yield the command lines of a block of shell."""
    for line in block.text.replace("\\\n", " ").splitlines():
        if block.language == "sh":
            yield line
        elif line.startswith("$ ") or (not block.language and not re.search(r"[<\[…]|\.\.\.", line)):
            yield line.removeprefix("$ ")


def calls(line, name):
    """Yield the arguments of each call of a program in a command line."""
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    found = None
    for word in (*words, ";"):
        if set(word) <= set("();<>|&"):
            if found is not None:
                yield found
            found = None
        elif found is not None:
            found.append(word)
        elif word == name or word.endswith(f"/{name}"):
            found = []


LINES = [
    (block, line)
    for block in BLOCKS
    if block.language in {"sh", "console"}
    or (not block.language and re.match(r"(productops|pytest|uvx) (?!.*\b[A-Z]{5,}\b)", block.text))
    for line in typed(block)
]


def asked(name):
    found = {tuple(words): block for block, line in LINES for words in calls(line, name)}
    return [pytest.param(list(words), id=f"{block} {shlex.join(words)}") for words, block in found.items()]


def parses(words):
    """Whether our parser takes the words, with every option written out."""
    parser = cli.parser()
    written_out = {word.partition("=")[0] for word in words if word.startswith("--")} <= options(parser)
    try:
        parser.parse_args(words)
    except SystemExit as end:  # --version and --help end with 0
        return written_out and end.code == 0
    return written_out


def options(parser):
    below = [
        each
        for action in parser._actions
        if isinstance(action.choices, dict)
        for each in action.choices.values()
    ]
    return {*parser._option_string_actions, *(name for each in below for name in options(each))}


@pytest.mark.parametrize("words", asked("productops"))
def test_a_command_of_ours_is_one(words):
    assert parses(words) or words[0] in cli.VERBS[len(words) - 1 :]  # a verb's mere name


def test_the_parser_would_tell():
    assert not parses(["check", "--profil=service"])
    assert not parses(["chekc"])
    assert list(calls('CI=1 a/productops check "a b" && x | productops rules >> f', "productops")) == [
        ["check", "a b"],
        ["rules"],
    ]


@pytest.mark.parametrize(
    "words", [each for each in asked("pytest") if "--with-productops" not in each.values[0]]
)
def test_a_command_of_pytest_is_one(words, tmp_path):
    lay_out({"README.md": "# Shop\n", "git log": "2026-01-05 ann@example.org Begin +README.md"}, tmp_path)
    subprocess.run(["git", "-C", tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD"], check=True)
    words = [word.replace("path/to/repository", ".") for word in words]
    command = [sys.executable, "-I", "-m", "pytest", *words, "--help"]
    environment = {**os.environ, "COLUMNS": "100"}
    if "pytest_productops.plugin" in words:  # the line of the README has this before it
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    shown = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "--productops-profile=NAMES" in shown.stdout


# what is written into files


def settings_mistakes(text, folder, name):
    """Return the mistakes of settings, without those that need an installed policy."""
    (folder / name).write_text(text)
    return list(checks.problems([load(folder)], (), installed()))


def explained(problem, block):
    """Whether the page shows the very message, or is the one that makes the rule."""
    page = block.page.read_text()
    unknown = re.search(r"unknown (?:rule|key) `([\w-]+)`", problem.message)
    made = "\n".join(each.text for each in blocks(block.page) if each.language == "python")
    return problem.message in page or (unknown and unknown[1].replace("-", "_") in made)


@pytest.mark.parametrize("block", written("toml"))
def test_toml_is_what_its_reader_takes(block, tmp_path):
    data = tomli.loads(block.text)
    if set(data) & OF_OTHERS:
        return
    if set(data) & {"task", "milestone"}:
        assert read_register(block.text).problems == ()
    elif "stage" in data and "profile" not in data:
        assert read_done(block.text, "done.toml").problems == ()
    elif set(data) & {"project", "build-system", "tool", "dependency-groups"}:
        assert [
            p for p in settings_mistakes(block.text, tmp_path, "pyproject.toml") if not explained(p, block)
        ] == []
        valid_addopts(data, tmp_path)
    else:
        mistakes = settings_mistakes(block.text, tmp_path, "productops.toml")
        assert [str(each) for each in mistakes if not explained(each, block)] == []


def valid_addopts(data, folder):
    addopts = data.get("tool", {}).get("pytest", {}).get("ini_options", {}).get("addopts")
    if addopts:
        command = [sys.executable, "-m", "pytest", "--help", "-p", "no:cacheprovider"]
        (folder / "pyproject.toml").write_text(f"[tool.pytest.ini_options]\naddopts = {addopts!r}\n")
        assert subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


@pytest.mark.parametrize("block", written("yaml"))
def test_yaml_fits_its_vendors_schema(block, tmp_path):
    data = yaml.safe_load(block.text)
    if set(data) & OF_OTHERS:
        return
    if "repos" in data:
        assert ours(data) <= manifest()
        return
    path = tmp_path / "snippet.yml"
    path.write_text(block.text)
    assert misfit(path, "gitlab-ci" if "include" in data else "github-workflows") == ""


# the files that others take from us


def misfit(path, schema):
    """Return what the vendor's schema says of a file, "" where it fits."""
    variant = (
        "nonunicode" if schema == "azure-pipelines" else "default"
    )  # its patterns are older than Unicode ones
    command = [sys.executable, "-m", "check_jsonschema", "--regex-variant", variant]
    command += ["--builtin-schema", f"vendor.{schema}", str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_fits_its_vendors_schema(path, tmp_path):
    for number, document in enumerate(path.read_text().split("\n---\n")):
        part = tmp_path / f"{number}.yml"
        part.write_text(document)
        assert misfit(part, SCHEMAS[path]) == ""


def test_a_schema_would_tell(tmp_path):
    wrong = tmp_path / "wrong.yml"
    wrong.write_text((SNIPPETS / "github.yml").read_text().replace("runs-on", "run-on"))
    assert "run-on" in misfit(wrong, "github-workflows")
    wrong.write_text((CI / "azure-pipelines.yml").read_text().replace("fetchDepth", "fetchDeep"))
    assert misfit(wrong, "azure-pipelines")


def test_every_file_is_checked_and_shown():
    files = {path for folder in (SNIPPETS, CI) for path in folder.iterdir() if path.name != "__pycache__"}
    assert {path.name for path in files - set(SCHEMAS)} == OTHERWISE
    page = ROOT / "docs" / "integrations.md"
    shown = re.findall(r"\{literalinclude\} (\S+)", page.read_text())
    assert {(page.parent / path).resolve() for path in shown} == files


@pytest.mark.parametrize("path", [*SCHEMAS, SNIPPETS / "pre-commit.yml"], ids=lambda path: path.name)
def test_an_action_is_pinned_to_a_commit(path):
    uses = re.findall(r"^\s*-? ?uses: (.+)", path.read_text(), re.MULTILINE)
    pinned = re.compile(r"[\w./-]+@[0-9a-f]{40} # (v\d+\.\d+\.\d+|the commit of the release that you take)")
    assert [use for use in uses if not pinned.fullmatch(use)] == []


@pytest.mark.parametrize(
    "path", [*(path for path in SCHEMAS if path.parent in {SNIPPETS, CI}), CI / "Jenkinsfile"]
)
def test_a_change_is_judged_by_the_settings_of_its_target(path):
    text = path.read_text()
    assert (
        "PRODUCTOPS_TRUSTED_REF" in text or path.name == "github-action.yml"
    )  # the action does it: see below
    assert re.search(r'fetch-depth: 0|GIT_DEPTH: "0"|fetchDepth: "0"', text) or path.name == "Jenkinsfile"
    for line in re.findall(r"[^\n]*\bproductops check\b[^\n]*", text):
        assert all(map(parses, calls(line.rstrip("\\"), "productops")))


def job(path, **inputs):
    """Return a job of GitLab, with the inputs of a component put in."""
    *head, text = path.read_text().split("\n---\n")
    given = {
        name: spec["default"]
        for part in head
        for name, spec in yaml.safe_load(part)["spec"]["inputs"].items()
    }
    for name, value in {**given, **inputs}.items():
        text = text.replace(f"$[[ inputs.{name} ]]", value)
    assert "$[[" not in text
    return yaml.safe_load(text)["productops"]


def test_gitlabs_component_is_the_same_job():
    component, snippet = job(ROOT / "templates" / "productops.yml"), job(SNIPPETS / "gitlab.yml")
    assert component.pop("stage") == "test"
    tidy = [re.sub(r'pip install "(.*)"', r"pip install \1", line).strip() for line in component["script"]]
    assert {**component, "script": tidy} == snippet
    assert "~=1.2" in job(ROOT / "templates" / "productops.yml", version="~=1.2")["script"][0]


def manifest():
    return {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def ours(data):
    return {
        hook["id"] for repo in data["repos"] if "pytest-productops" in repo["repo"] for hook in repo["hooks"]
    }


def test_the_hooks():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert ours(yaml.safe_load((SNIPPETS / "pre-commit.yml").read_text())) <= manifest()
    page = (ROOT / "docs" / "integrations.md").read_text()
    for hook in hooks:
        program, *words = shlex.split(hook["entry"])
        assert program == "productops"
        assert parses(words)
        assert f"| `{hook['id']}` | `{hook['entry']}` |" in page


def test_the_action_hands_its_inputs_over_and_nothing_else():
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    (step,) = action["runs"]["steps"]
    assert "${{" not in step["run"]
    handed = {value: name for name, value in step["env"].items()}
    assert set(handed) == {f"${{{{ inputs.{name} }}}}" for name in action["inputs"]}
    script = (ROOT / "action.sh").read_text()
    assert set(re.findall(r"\bINPUT_\w+", script)) == set(handed.values())
    assert {value["value"] for value in action["outputs"].values()} == {
        f"${{{{ steps.check.outputs.{name} }}}}" for name in re.findall(r"printf '(\w+)=", script)
    }
    assert "GITHUB_BASE_REF" in script


def test_our_own_readers_understand_the_others(tmp_path):
    files = {"Jenkinsfile": CI / "Jenkinsfile", "tox.ini": CI / "tox.ini", "noxfile.py": CI / "noxfile.py"}
    files["justfile"] = CI / "justfile"
    repository = lay_out({name: path.read_text() for name, path in files.items()}, tmp_path / "shop")
    (pipeline,) = repository[Pipelines].pipelines
    ((job,), (step,)) = pipeline.jobs, pipeline.jobs[0].steps
    assert (pipeline.provider, job.id) == ("jenkins", "Product operations")
    assert "change_request" in pipeline.triggers
    assert [parses(words) for words in calls(step.run.strip(), "productops")] == [True]
    found = {
        target.runner: target.body[0].text
        for target in repository[Commands].targets
        if target.name == "productops"
    }
    assert {name: text.partition("productops check")[0] for name, text in found.items()} == {
        "tox": "",
        "nox": "",
        "just": "uvx --from pytest-productops ",
    }
