"""A change cannot mute the gate that judges it: what it promises is read from the trusted commit."""

import os
import subprocess

import pytest

from pytest_productops.cli import main

NOW = "2026-11-22"
WAIVER = "<!-- productops: ignore ONB004 until 2027-02-01 owner=@ann the page moves with the new site -->"
README = f"# Shop\n\n{WAIVER}\nSee [the old page](gone.md).\n\nMore text is here.\n"
SETTINGS = """extends = ["./policies/team.toml"]
select = ["ONB004", "OPS002"]

[[waivers]]
rule = "ONB004"
subject = "SUPPORT.*"
reason = "the component is being retired"
owner = "@ann"
expires = 2027-02-01
"""
LATE = """schema = "productops.tasks/1"

[[task]]
id = "rotate-keys"
title = "Rotate the keys"
kind = "routine"
stage = "operate"
owner = "@ann"
cadence = "1mo"
started = 2026-01-01
procedure = "docs/rotate.md"
evidence = [{ type = "trailer", key = "Task-Done" }]
"""
YOUNG = LATE.replace("rotate-keys", "look-at-logs").replace("2026-01-01", "2026-11-20")
LEGACY = {"SUPPORT.md": "# Support\n\nSee [the forum](lost.md).\n"}
BASE = {
    "README.md": README,
    "productops.toml": SETTINGS,
    "policies/team.toml": "[rules.ONB004]\nwaivable = true\n",
    "policies/other.toml": "[rules.ONB004]\n",
    ".productops/baseline.toml": "schema = 1\n",
    "docs/rotate.md": "# Rotate\n\n1. Run `make rotate`.\n",
    **LEGACY,
}
BROKEN = "See [the new page](nope.md).\n"
OFF = '[ignore]\nONB004 = "links are none of our business"\n'
FIELDS = 'reason = "we do not care for this at all"\nowner = "@eve"\nexpires = 2027-02-01\n'
KNOWN = 'schema = 1\n[ONB004]\n"README.md#nope.md" = 2026-11-01\n'
EXPIRED = WAIVER.replace("2027-02-01", "2026-11-01")


class Link(str):
    """What a link of the file system says."""


def bad(text=README):
    return text + "\n" + BROKEN


# Name, what the trusted commit has beside BASE, what the change writes (None deletes), what the report says of it,
# and how `check` ends where no commit is trusted: 0 shows that the attempt would have worked.
ATTEMPTS = [
    ("ignore", {}, {"productops.toml": SETTINGS + OFF}, "ignore.ONB004 added", 0),
    (
        "select",
        {},
        {"productops.toml": SETTINGS.replace('"ONB004", ', "")},
        "select ONB004, OPS002 -> OPS002",
        0,
    ),
    (
        "later",
        {},
        {"productops.toml": SETTINGS + "[rules.ONB004]\nenforce-from = 2099-01-01\n"},
        "rules.ONB004.enforce-from added: 2099-01-01",
        0,
    ),
    (
        "option",
        {},
        {"productops.toml": SETTINGS + '[rules.ONB004]\nallow = ["*"]\n'},
        "rules.ONB004.allow added: *",
        0,
    ),
    (
        "waiver",
        {},
        {"productops.toml": f'{SETTINGS}[[waivers]]\nrule = "ONB004"\n{FIELDS}'},
        "waiver of ONB004 added",
        0,
    ),
    (
        "wider waiver",
        {},
        {"productops.toml": SETTINGS.replace("SUPPORT.*", "**")},
        "waiver of ONB004 ** added",
        0,
    ),
    (
        "prolonged waiver",
        {
            "productops.toml": SETTINGS.replace("2027-02-01", "2026-11-01"),
        },
        {"productops.toml": SETTINGS, "README.md": README},
        "waiver of ONB004 SUPPORT.*: expires 2026-11-01 -> 2027-02-01",
        0,
    ),
    (
        "more days",
        {"productops.toml": SETTINGS.replace("2027-02-01", "2029-02-01")},
        {
            "productops.toml": "max-waiver-days = 2000\n" + SETTINGS.replace("2027-02-01", "2029-02-01"),
            "README.md": README,
        },
        "max-waiver-days added: 2000",
        0,
    ),
    (
        "waivable",
        {
            "policies/team.toml": "[rules.ONB004]\nwaivable = false\n",
            "README.md": README.replace(WAIVER, ""),
            "gone.md": "# Gone\n",
        },
        {
            "policies/team.toml": "[rules.ONB004]\nwaivable = true\n",
            "README.md": "# Shop\n",
            "gone.md": None,
        },
        "rules.ONB004.waivable False -> True",
        0,
    ),
    ("policy in a file", {}, {"policies/team.toml": OFF}, "ignore.ONB004 added", 0),
    (
        "other policy",
        {},
        {"productops.toml": SETTINGS.replace("team", "other"), "policies/other.toml": OFF},
        "extends ./policies/team.toml -> ./policies/other.toml",
        0,
    ),
    (
        "policy as a link",
        {},
        {"policies/team.toml": Link("../evil.toml"), "evil.toml": OFF},
        "ignore.ONB004 added",
        0,
    ),
    (
        "settings as a link",
        {},
        {"productops.toml": Link("evil.toml"), "evil.toml": SETTINGS + OFF},
        "ignore.ONB004 added",
        0,
    ),
    (
        "moved to pyproject.toml",
        {},
        {
            "productops.toml": None,
            "pyproject.toml": '[tool.productops]\nselect = ["OPS002"]\n',
        },
        "select added: OPS002",
        0,
    ),
    (
        "two files",
        {},
        {"pyproject.toml": '[tool.productops]\nselect = ["OPS002"]\n'},
        "settings stand here and in productops.toml",
        2,
    ),
    ("no settings at all", {}, {"productops.toml": None}, "select taken out", 1),
    ("no TOML", {}, {"productops.toml": "select = [\n"}, "no TOML: ", 2),
    ("no such key", {}, {"productops.toml": SETTINGS + "[rulse]\n"}, "unknown key `rulse`", 2),
    ("baseline", {}, {".productops/baseline.toml": KNOWN}, "known finding ONB004 README.md#nope.md added", 0),
    (
        "first baseline",
        {".productops/baseline.toml": None},
        {".productops/baseline.toml": KNOWN},
        "known finding ONB004 README.md#nope.md added",
        0,
    ),
    (
        "baseline elsewhere",
        {},
        {"productops.toml": 'baseline = "known.toml"\n' + SETTINGS, "known.toml": KNOWN},
        "baseline added: known.toml",
        0,
    ),
    (
        "baseline as a link",
        {},
        {".productops/baseline.toml": Link("../known.toml"), "known.toml": KNOWN},
        "known finding ONB004 README.md#nope.md added",
        0,
    ),
    ("broken baseline", {}, {".productops/baseline.toml": "schema = 7\n"}, "no baseline of format 1", 2),
    (
        "comment",
        {},
        {"README.md": f"{README}\n{WAIVER.replace('ann', 'eve')}\n{BROKEN}"},
        "waiver of ONB004 added: the comment waives nothing yet",
        0,
    ),
    (
        "comment twice",
        {},
        {"README.md": f"{README}\n{WAIVER}\n{BROKEN}"},
        "waiver of ONB004 added: the comment waives nothing yet",
        0,
    ),
    (
        "comment in another file",
        {},
        {"README.md": README, "CONTRIBUTING.md": f"# Contributing\n\n{WAIVER}\n{BROKEN}"},
        "waiver of ONB004 added: the comment waives nothing yet",
        0,
    ),
    (
        "line below a comment",
        {},
        {"README.md": README.replace("(gone.md).\n", f"(gone.md).\n{BROKEN}")},
        "settings, waivers, baseline, register and definition of done are those of main",
        0,
    ),
    (
        "moved comment",
        {},
        {"README.md": f"# Shop\n\nMore text is here.\n\n{WAIVER}\n{BROKEN}"},
        "settings, waivers, baseline, register and definition of done are those of main",
        0,
    ),
    (
        "prolonged comment",
        {"README.md": README.replace(WAIVER, EXPIRED)},
        {"README.md": README},
        "waiver of ONB004 added: the comment waives nothing yet",
        0,
    ),
    (
        "renamed file",
        {"CONTRIBUTING.md": README * 3},
        {
            "CONTRIBUTING.md": None,
            ".github/CONTRIBUTING.md": f"{README * 3}\n{WAIVER}\n{BROKEN}",
            "README.md": README,
        },
        "waiver of ONB004 added: the comment waives nothing yet",
        0,
    ),
    (
        "register",
        {".productops/tasks.toml": LATE},
        {".productops/tasks.toml": YOUNG, "README.md": README},
        "task rotate-keys taken out",
        0,
    ),
    (
        "no register",
        {".productops/tasks.toml": LATE},
        {".productops/tasks.toml": None, "README.md": README},
        "task rotate-keys taken out",
        0,
    ),
    (
        "rarer task",
        {".productops/tasks.toml": LATE},
        {".productops/tasks.toml": LATE.replace("1mo", "5y"), "README.md": README},
        "task rotate-keys: cadence 1mo -> 5y",
        0,
    ),
    (
        "register elsewhere",
        {".productops/tasks.toml": LATE},
        {
            "productops.toml": SETTINGS + '[artifacts]\ntasks = "mine.toml"\n',
            "mine.toml": YOUNG,
            "README.md": README,
        },
        "artifacts.tasks added: mine.toml",
        0,
    ),
    (
        "component",
        {},
        {"api/productops.toml": '[rules.ONB004]\nallow = ["*"]\n'},
        "rules.ONB004.allow added: *",
        1,
    ),
]


def git(root, *words):
    subprocess.run(["git", "-C", root, *words], check=True, capture_output=True)


def commit(root, files, message):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or (text is None and path.exists()):
            path.unlink()
        if isinstance(text, Link):
            path.unlink(missing_ok=True)
            path.symlink_to(text)
        elif text is not None:
            path.write_text(text)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)


@pytest.fixture
def shop(tmp_path, monkeypatch, capsys):
    """Make `main` and a branch with a change, and return what judges that: its exit code and its words."""
    root = tmp_path / "shop"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    (tmp_path / "gitconfig").write_text("[user]\nname = Ann\nemail = ann@example.org\n")

    def make(before, change):
        root.mkdir()
        git(root, "init", "--quiet", "--initial-branch=main")
        commit(root, before, "Begin")
        git(root, "switch", "--quiet", "--create", "change")
        commit(root, change, "Change")
        monkeypatch.chdir(root)
        return check

    def check(*options):
        code = main(["check", f"--now={NOW}", *options])
        out = capsys.readouterr()
        return code, out.out + out.err

    make.root = root
    return make


@pytest.mark.parametrize(
    ("before", "change", "told", "alone"), [row[1:] for row in ATTEMPTS], ids=[row[0] for row in ATTEMPTS]
)
def test_an_attempt_to_mute_the_gate_fails(shop, before, change, told, alone):
    check = shop({**BASE, **before}, {"README.md": bad(), **change})
    assert check()[0] == alone
    code, out = check("--trusted-ref=main")
    assert code == 1, out
    assert "FAIL  ONB004" in out or "FAIL  OPS002" in out
    assert told in out
    assert "are those of main (" in out


def test_there_are_enough_attempts():
    assert sum(row[-1] == 0 for row in ATTEMPTS) >= 20


def test_a_change_that_is_fine_passes_and_says_nothing(shop):
    check = shop(BASE, {"README.md": README + "\nSee [how](docs/rotate.md).\n"})
    code, out = check("--trusted-ref=main")
    assert code == 0, out
    assert "policy" not in out.replace("policies", "")


def test_a_waiver_in_a_comment_keeps_what_it_covers_where_lines_move(shop):
    check = shop(BASE, {"README.md": README.replace("# Shop\n", "# Shop\n\nThree\nnew\nlines.\n")})
    assert check("--trusted-ref=main")[0] == 0


def test_a_waiver_in_a_comment_goes_with_its_file(shop):
    page = README * 3
    check = shop(
        {**BASE, "CONTRIBUTING.md": page}, {"CONTRIBUTING.md": None, ".github/CONTRIBUTING.md": page}
    )
    assert check("--trusted-ref=main")[0] == 0


def test_adoption_is_judged_by_its_own_and_says_so(shop):
    before = {"README.md": bad(README.replace(WAIVER, ""))}
    check = shop(before, {**BASE, "README.md": bad(), ".productops/baseline.toml": KNOWN})
    code, out = check("--trusted-ref=main")
    assert code == 0, out
    assert "main (" in out
    assert "has no settings yet, so this change is judged by those that it brings itself" in out


@pytest.mark.parametrize("path", [".productops/baseline.toml", ".productops/tasks.toml", "productops.toml"])
def test_a_part_of_an_adoption_is_one(shop, path):
    text = {
        "productops.toml": "",
        ".productops/baseline.toml": "schema = 1\n",
        ".productops/tasks.toml": LATE,
    }
    check = shop(
        {"README.md": "# Shop\n", path: text[path]}, {"README.md": bad("# Shop\n"), "productops.toml": OFF}
    )
    code, out = check("--trusted-ref=main")
    assert code == 1
    assert "FAIL  ONB004" in out


def test_what_a_change_mends_is_not_stale(shop, monkeypatch):
    monkeypatch.setenv("CI", "true")
    before = {**BASE, "README.md": bad(), ".productops/baseline.toml": KNOWN}
    check = shop(before, {"README.md": README, ".productops/baseline.toml": "schema = 1\n"})
    code, out = check("--trusted-ref=main")
    assert code == 0, out
    assert "known finding ONB004 README.md#nope.md taken out" in out


def test_what_a_change_mends_and_leaves_is_stale(shop, monkeypatch):
    monkeypatch.setenv("CI", "true")
    before = {**BASE, "README.md": bad(), ".productops/baseline.toml": KNOWN}
    code, out = shop(before, {"README.md": README})("--trusted-ref=main")
    assert code == 1
    assert "ONB004 README.md#nope.md is not found any more" in out


def test_a_waiver_that_a_change_takes_out_is_not_stale(shop, monkeypatch):
    monkeypatch.setenv("CI", "true")
    change = {"productops.toml": SETTINGS.partition("[[waivers]]")[0], "SUPPORT.md": "# Support\n\nAsk us.\n"}
    code, out = shop(BASE, change)("--trusted-ref=main")
    assert code == 0, out
    assert "waiver of ONB004 SUPPORT.* taken out" in out


def test_what_others_merged_meanwhile_is_no_edit_of_this_change(shop):
    check = shop(BASE, {"docs/new.md": "# New\n"})
    git(shop.root, "switch", "--quiet", "main")
    commit(shop.root, {"productops.toml": SETTINGS + '[rules.ONB004]\nallow = ["x"]\n'}, "Meanwhile")
    git(shop.root, "switch", "--quiet", "change")
    code, out = check("--trusted-ref=main")
    assert code == 0, out
    assert "WARN" not in out


def test_mistakes_in_a_register_fail_before_they_are_merged(shop):
    later = LATE.replace("2026-01-01", "2026-11-20")
    check = shop(
        {**BASE, ".productops/tasks.toml": later}, {".productops/tasks.toml": later.replace("1mo", "often")}
    )
    code, out = check("--trusted-ref=main")
    assert code == 1
    assert "FAIL  policy" in out
    assert ".productops/tasks.toml" in out


def test_a_file_of_settings_given_by_name_is_the_commits_too(shop):
    before = {"README.md": README, "ci/gate.toml": SETTINGS.partition("\n")[2]}
    check = shop({**before, **LEGACY}, {"README.md": bad(), "ci/gate.toml": 'select = ["OPS002"]\n'})
    assert check("--config=ci/gate.toml")[0] == 0
    code, out = check("--config=ci/gate.toml", "--trusted-ref=main")
    assert code == 1
    assert "FAIL  ONB004" in out
    assert "ci/gate.toml" in out


def test_a_file_of_settings_outside_is_read_there(shop, tmp_path):
    (tmp_path / "mine.toml").write_text('select = ["OPS002"]\n')
    check = shop(BASE, {"README.md": bad()})
    assert check(f"--config={tmp_path / 'mine.toml'}", "--trusted-ref=main")[0] == 0


def test_options_and_variables_stay_above(shop, monkeypatch):
    check = shop(BASE, {"README.md": bad()})
    monkeypatch.setenv("PRODUCTOPS_TRUSTED_REF", "main")
    assert check()[0] == 1
    assert check("--select=OPS002")[0] == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nope", "there is no commit `nope` here\n    fetch it: fetch-depth: 0 (actions/checkout)"),
        ("origin/", "there is no commit `origin/` here"),
        ("--output=x", "`--output=x` is no name of a commit"),
        ("ma in", "`ma in` is no name of a commit"),
        ("main:README.md", "there is no commit `main:README.md` here"),
        ("", "no value"),
    ],
)
def test_a_name_of_no_commit_is_a_wrong_configuration(shop, name, told):
    code, out = shop(BASE, {})(f"--trusted-ref={name}")
    assert code == 2
    assert told in out
    assert not (shop.root / "x").exists()


def test_a_tag_that_is_called_like_the_branch_is_told(shop):
    check = shop(BASE, {"productops.toml": OFF, "README.md": bad()})
    git(shop.root, "tag", "main")
    code, out = check("--trusted-ref=main")
    assert code == 2
    assert "`main` is refs/tags/main and refs/heads/main" in out
    assert check("--trusted-ref=refs/heads/main")[0] == 1


def test_without_git_nothing_is_judged(tmp_path, monkeypatch, capsys):
    (tmp_path / "README.md").write_text("# Shop\n")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--trusted-ref=main"]) == 2
    assert "--trusted-ref: `main` cannot be read: not a git repository" in capsys.readouterr().err


def test_verbs_that_write_settings_take_none_from_a_commit(shop, capsys, monkeypatch):
    shop(BASE, {})
    assert main(["baseline", "--trusted-ref=main"]) == 2
    assert "this verb works with the settings of the working tree" in capsys.readouterr().err
    monkeypatch.setenv("PRODUCTOPS_TRUSTED_REF", "main")
    assert main(["baseline", f"--now={NOW}"]) == 0


def test_both_faces_and_the_reports_say_so(shop, pytester):
    import json

    shop({**BASE, ".productops/tasks.toml": LATE}, {"README.md": bad(), "productops.toml": SETTINGS + OFF})
    for words in (
        ("-m", "pytest_productops", "check", "--now=2026-11-22", "--trusted-ref=main", "--report=json:../a.json"),
        ("-m", "pytest", "--productops", "--productops-now=2026-11-22", "--productops-trusted-ref=main",
         "--productops-report=json:../b.json"),
    ):  # fmt: skip
        done = subprocess.run([os.sys.executable, *words], cwd=shop.root, capture_output=True, text=True)
        assert done.returncode == 1
        assert "ignore.ONB004 added: links are none of our business" in done.stdout
    one, two = ((shop.root.parent / name).read_text() for name in ("a.json", "b.json"))
    assert one == two
    data = json.loads(one)
    assert data["stale"][0] | {"anchor": None} == {
        "of": "policy",
        "key": "productops.toml ignore.ONB004",
        "message": "ignore.ONB004 added: links are none of our business",
        "fix": "nothing of it counts before it is merged: let those who own the settings look at it",
        "outcome": "advisory",
        "location": {"path": "productops.toml", "line": 11},
        "anchor": None,
    }
    assert data["notes"][0].startswith(
        "settings, waivers, baseline, register and definition of done are those of"
    )


DONE = """schema = "productops.done/1"

[[stage]]
id = "release"
  [[stage.criterion]]
  id = "release.undo"
  text = "Undo steps are written"
  check = { artifact = { path = "RELEASING.md", section = "Rollback", min_steps = 2 } }
  [[stage.criterion]]
  id = "release.read"
  text = "A README is there"
  check = { artifact = { path = "README.md" } }
"""
LAX = (
    DONE.partition('  [[stage.criterion]]\n  id = "release.undo"')[0]
    + "  [[stage.criterion]]\n"
    + DONE.rpartition("[[stage.criterion]]\n")[2]
)


@pytest.mark.parametrize("later", [LAX, None, DONE.replace("min_steps = 2", "min_steps = 0")])
def test_a_stage_is_judged_by_the_commits_definition_of_done(shop, later):
    releasing = {"RELEASING.md": "# Releasing\n\n## Rollback\n\nAsk Ann.\n"}
    before = {**BASE, ".productops/done.toml": DONE, **releasing}
    check = shop(
        before,
        {
            ".productops/done.toml": later,
            "DEFINITION_OF_DONE.md": "# Done\n\n## Release\n\n- It is released.\n",
        },
    )
    code, out = check("--trusted-ref=main", "--stage=release")
    assert code == 1
    assert "FAIL  done/release.undo" in out
    assert ".productops/done.toml" in out


def test_a_definition_of_done_in_prose_is_the_commits_too(shop):
    page = "# Definition of done\n\n## Review\n\n- Two people have looked at it.\n- Every test passes.\n"
    check = shop(
        {**BASE, "DEFINITION_OF_DONE.md": page},
        {"DEFINITION_OF_DONE.md": page.replace("Two people have", "Nobody has")},
    )
    code, out = check("--trusted-ref=main")
    assert code == 0, out
    assert "criterion `Two people have looked at it.` taken out" in out
    assert "criterion `Nobody has looked at it.` added" in out


def test_a_first_register_is_the_changes_own(shop):
    check = shop(BASE, {".productops/tasks.toml": LATE})
    code, out = check("--trusted-ref=main")
    assert code == 1
    assert "FAIL  OPS002" in out


WORKSPACE = {
    "package.json": '{"private": true, "workspaces": ["packages/*"]}\n',
    "packages/api/package.json": '{"name": "api", "version": "1.0.0"}\n',
    "packages/api/index.js": "module.exports = 1;\n" * 20,
    "packages/api/productops.toml": "[rules.OPS005]\ntags = 9\n",
    "productops.toml": 'select = ["OPS005"]\n[rules.OPS005]\ntags = 5\n',
}


@pytest.mark.parametrize(
    ("change", "folder"),
    [
        ({"packages/api/productops.toml": None}, "packages/api"),
        ({"packages/api/productops.toml": "[rules.OPS005]\ntags = 6\n"}, "packages/api"),
        (
            {name: None for name in WORKSPACE if "api" in name}
            | {
                name.replace("api", "core"): WORKSPACE[name]
                for name in WORKSPACE
                if "api/" in name and "toml" not in name
            },
            "packages/core",
        ),
    ],
)
def test_a_component_keeps_what_the_commit_asks_of_it(shop, change, folder):
    from pytest_productops.catalogue import installed
    from pytest_productops.gate import Gate
    from pytest_productops.policy.settings import Options, read

    shop(WORKSPACE, change)
    settings = read(shop.root, installed(), [Options("--", {"trusted-ref": "main"})])
    terms = Gate(shop.root, settings).settings.terms(installed().get("OPS005"), folder)
    assert terms.options["tags"] == 9


def test_a_shallow_clone_compares_with_the_commit_itself(shop, tmp_path, monkeypatch, capsys):
    shop(BASE, {"productops.toml": SETTINGS + OFF, "README.md": bad()})
    url = shop.root.as_uri()
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", "--branch=change", url, clone], check=True)
    monkeypatch.chdir(clone)
    assert main(["check", f"--now={NOW}", "--trusted-ref=origin/main"]) == 2
    assert "there is no commit `origin/main` here" in capsys.readouterr().err
    git(clone, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    assert main(["check", f"--now={NOW}", "--trusted-ref=origin/main"]) == 1
    out = capsys.readouterr().out
    assert "FAIL  ONB004" in out
    assert "ignore.ONB004 added" in out


def test_every_format_of_a_report_tells_of_edits(shop, tmp_path):
    from pytest_productops.reports.output import FORMATS

    pytest.importorskip("jinja2")
    check = shop(BASE, {"README.md": bad(), "productops.toml": SETTINGS + OFF})
    names = sorted(name for name in FORMATS if "badge" not in name and name != "html-dir")
    wanted = ",".join(f"{name}:{tmp_path / name}" for name in names)
    assert check("--trusted-ref=main", f"--report={wanted}")[0] == 1
    silent = [
        name for name in names if "ignore.ONB004" not in (tmp_path / name).read_text().replace("\\", "")
    ]
    assert silent == []


def test_a_second_waiver_of_the_same_name_is_told(shop):
    one = f'[[waivers]]\nrule = "ONB004"\nsubject = "SUPPORT.*"\n{FIELDS}'
    head, _, rest = SETTINGS.partition("[[waivers]]")
    check = shop(BASE, {"productops.toml": f"{head}{one}\n[[waivers]]{rest}"})
    assert "waiver of ONB004 SUPPORT.* (2) added" in check("--trusted-ref=main")[1]
