"""A repository in several states, a rule pack in two versions, and the reports on them, made by real runs."""

import json
import shutil
from pathlib import Path

import pytest
from git import Actor, Repo
from jsonschema import Draft202012Validator

from pytest_productops.cli import main
from pytest_productops.facts.formats.schema import read_schema

SCHEMA = read_schema("pytest_productops.reports", "report.schema.json")
ANN = Actor("ann", "ann@example.org")
MANUAL = """
    Why:
        To see.
    Fix:
        Do it.{options}
    Source:
        None.
    Bad:
        -- x --
    Good:
        -- x --
"""
PACK = '''
from pytest_productops.api import Clock, Component, Files, Finding, Location, NotApplicable
from pytest_productops.api import Unavailable, hookimpl, rule, rules_in


def lines(files, path):
    return list(enumerate(files.read(path).splitlines(), 1)) if path in files else []


@rule("ACM001", stage="plan", level="bronze", profiles=("toy",), responsibility="support")
def notes_are_done(files: Files, *, word: str = "open"):
    """No line of NOTES holds a word.{with_word}"""
    for number, line in lines(files, "NOTES"):
        if word in line:
            yield Finding(line, f"line is {{line}}", Location("NOTES", number), fix="close it")


@rule("ACM002", stage="plan", level="gold", profiles=("toy",), responsibility="operations")
def nothing_is_due(files: Files, clock: Clock):
    """No day in DUE is over.{without}"""
    for number, line in lines(files, "DUE"):
        if line < clock.today.isoformat():
            yield Finding(line, f"{{line}} is over", Location("DUE", number))


@rule("ACM006", stage="plan", level="{level}", profiles=("toy",), responsibility="practices")
def no_gold_is_lost(files: Files):
    """There is no file GOLD.{without}"""
    if "GOLD" in files:
        yield Finding("gold", "somebody left gold here")


@rule("ACM003", stage="plan", level="silver", profiles=("toy",), responsibility="development")
def it_can_be_told(files: Files):
    """It can be told.{without}"""
    if "SHALLOW" in files:
        raise Unavailable("set fetch-depth: 0")


@rule("ACM004", stage="plan", level="silver", profiles=("toy",), responsibility="practices")
def components_are_small(component: Component, files: Files, *, most: int = 9):
    """A component holds few files.{with_most}"""
    found = [path for path in files if path.startswith(component.folder)]
    if len(found) > most:
        yield Finding("size", f"{{len(found)}} files, not {{most}}")


{more}
@hookimpl
def productops_rules():
    return rules_in(__name__)
'''
MORE = '''
@rule("ACM005", stage="plan", level="bronze", profiles=("toy",), responsibility="practices")
def a_new_rule(files: Files):
    """It is new.{without}"""
    yield Finding("old", "this is old")
'''
OTHER_ENDS = '''
@rule("ACM007", stage="plan", level="bronze", profiles=("toy",), responsibility="onboarding")
def all_is_done(files: Files, *, word: str = "todo"):
    """All is done.{with_word}"""
    for number, line in lines(files, "NOTES"):
        if word in line:
            yield Finding(line, f"line is {{line}}", Location("NOTES", number), fix="do it")


@rule("ACM008", stage="plan", level="gold", profiles=("toy",), responsibility="repeatability")
def there_is_something(files: Files):
    """There is something to judge.{without}"""
    raise NotApplicable("no such thing here")


@rule("ACM009", stage="plan", level="gold", profiles=("toy",), responsibility="repeatability")
def it_works(files: Files):
    """It does not crash.{without}"""
    raise RuntimeError("a bug in the rule")
'''


def _validated(path):
    data = json.loads(Path(path).read_text(encoding="utf-8"))
    checker = Draft202012Validator.FORMAT_CHECKER
    Draft202012Validator(SCHEMA, format_checker=checker).validate(data)
    return data


@pytest.fixture
def validated():
    """Read a report, which must fit the published schema."""
    return _validated


@pytest.fixture
def acme(tmp_path, monkeypatch):
    """Install one of the versions of the pack: 1 and 2 hold the same rules, 3 one more, 4 some that end otherwise."""

    def install(version):
        folder = tmp_path / f"acme{version}"
        for name in ("acme1", "acme2", "acme3", "acme4"):
            shutil.rmtree(tmp_path / name, ignore_errors=True)
        made = f"acme_pack_{'b' if version > 2 else 'a'}"
        info = folder / f"acme_rules-{version}.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: acme-rules\nVersion: {version}.0\n")
        (info / "entry_points.txt").write_text(
            f"[productops]\nacme = {made}\n[productops.policies]\nacme = acme_policy{version}\n"
        )
        policy = folder / f"acme_policy{version}"
        policy.mkdir()
        (policy / "__init__.py").touch()
        (policy / "policy.toml").write_text(f'select = ["ACM"]\n[rules.ACM004]\nmost = {9 - version}\n')
        words = {
            "without": MANUAL.format(options=""),
            "with_word": MANUAL.format(options="\n    Options:\n        word: what an open line holds"),
            "with_most": MANUAL.format(options="\n    Options:\n        most: how many files at most"),
        }
        more = {3: MORE, 4: OTHER_ENDS}.get(version, "").format(**words)
        (folder / f"{made}.py").write_text(
            PACK.format(more=more, level="silver" if version > 2 else "gold", **words)
        )
        monkeypatch.syspath_prepend(folder)
        monkeypatch.setenv("PYTHONPATH", str(folder))

    install(1)
    yield install
    import sys

    for made in [name for name in sys.modules if name.startswith("acme_p")]:
        sys.modules.pop(made)


@pytest.fixture
def shop(tmp_path, acme):
    """A repository whose commits have fixed days; `shop(files)` writes and commits, `None` deletes."""
    root = tmp_path / "shop"
    repo = Repo.init(root, initial_branch="main")

    def commit(files, *, committed=True, tag=""):
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True) if text is None else path.write_text(text)
        if committed:
            repo.git.add("--all")
            when = "2026-11-01T12:00:00 +0000"
            repo.index.commit("Change", author=ANN, committer=ANN, author_date=when, commit_date=when)
        if tag:
            repo.create_tag(tag)
        return repo.head.commit.hexsha[:7]

    commit.root = root
    yield commit
    repo.close()


@pytest.fixture
def judged(tmp_path, shop, capsys):
    """Run `check` on the repository as it is; return the path of the report, which fits the schema."""
    made = []

    def check(*options, now="2026-11-22"):
        path = tmp_path / f"report{len(made)}.json"
        made.append(path)
        arguments = [f"--root={shop.root}", *options, f"--now={now}", f"--report=json:{path}"]
        assert main(["check", *arguments]) in {0, 1}, capsys.readouterr().err
        capsys.readouterr()
        _validated(path)
        return path

    return check


ALL_OUTCOMES = {
    "productops.toml": """select = ["ACM"]
[rules.ACM001]
enforce-from = 2027-01-01
[[waivers]]
rule = "ACM006"
reason = "the vault is built in spring"
owner = "@ann"
expires = 2026-12-10
[[waivers]]
rule = "ACM002"
reason = "nothing falls under this one"
owner = "@ann"
expires = 2027-01-31
""",
    "NOTES": "open: one\ntodo: two\n",
    "GOLD": "x",
    "SHALLOW": "x",
    "README.md": "# Shop\n",
    "pyproject.toml": '[tool.uv.workspace]\nmembers = ["till", "desk"]\n',
    "till/pyproject.toml": '[project]\nname = "till"\nversion = "1"\n',
    "till/productops.toml": "[rules.ACM004]\nmost = 1\n",
    "desk/pyproject.toml": '[project]\nname = "desk"\nversion = "1"\n',
    "desk/productops.toml": "[rules.ACM004]\nmost = 1\n",
    ".productops/baseline.toml": 'schema = 1\n\n["till::ACM004"]\nsize = 2026-11-20\n',
}


@pytest.fixture
def every_outcome(shop, acme, judged):
    """A report in which every outcome occurs, on a monorepo, with something stale and findings without a place."""
    acme(4)
    shop(ALL_OUTCOMES)
    return judged()


@pytest.fixture(scope="session")
def sarif():
    """Hold a log to the schema of SARIF 2.1.0."""
    schema = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text())
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate
