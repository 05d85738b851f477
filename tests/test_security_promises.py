"""Each sentence of SECURITY.md's lists has a test, named here; those that no other file has are below."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_productops.testing import lay_out

ROOT = Path(__file__).parents[1]
CORPUS = "hostile/test_corpus.py::test_the_command_takes_it"
MATRIX = "hostile/test_git_matrix.py"
STATE = "hostile/test_state.py"
TESTS = {
    "`productops check` and the isolated pytest call of the README execute and import nothing": (
        "test_isolation.py::test_no_code_of_the_target_is_executed",
        CORPUS,
        "hostile/test_corpus.py::test_both_faces_take_crowds",
    ),
    "They write nothing into the repository": (CORPUS, "facts/test_git.py::test_the_target_is_left_as_it_was"),
    "They use no network": (
        "test_isolation.py::test_no_code_of_the_target_is_executed",
        f"{MATRIX}::test_the_kernel_saw_git_alone_start_and_nothing_connect",
    ),
    "They start git, by its absolute path, and no other program": (
        f"{MATRIX}::test_the_kernel_saw_git_alone_start_and_nothing_connect",
        CORPUS,
    ),
    "git runs over a directory of our own": (
        f"{MATRIX}::test_no_cell_starts_a_program",
        f"{MATRIX}::test_plain_git_starts_them",
        f"{MATRIX}::test_the_shadow_says_what_plain_git_says",
    ),
    "Variables of git in the environment lead nowhere else": (
        "facts/test_git.py::test_inherited_variables_do_not_lead_elsewhere",
        f"{MATRIX}::test_the_index_of_a_commit_hook_is_what_is_listed",
        f"{MATRIX}::test_no_other_index_is_taken",
    ),
    "A link is followed while it stays in the repository": (
        "facts/test_files.py::test_a_link_is_followed_inside_and_refused_outside",
        "facts/test_files.py::test_what_is_never_opened",
    ),
    "A file that changes or becomes a link while it is read": (f"{STATE}::test_a_folder_that_changes_all_the_time",),
    "Files, nesting, aliases, lines and the patience with git have limits": (
        CORPUS,
        "test_damaged_files.py::test_no_rule_passes_because_of_it_and_none_crashes",
        f"{MATRIX}::test_a_command_that_is_silent_is_ended_and_then_no_longer_waited_for",
    ),
    "An input that one rule cannot read leaves the verdicts of the others": (CORPUS,),
    "What a repository says reaches terminals, logs and reports without control characters": (
        CORPUS,
        "reports/test_formats_hostile.py",
        "policy/test_problems.py::test_what_a_terminal_obeys_is_made_visible",
    ),
    "A rule that raises is an *error* of that rule alone": ("gate/test_misbehaving_rules.py::test_every_other_rule_is_judged",),
    "A run that can judge nothing fails": ("test_security_promises.py::test_a_run_that_can_judge_nothing_fails",),
    "Mistakes in settings, waivers or a baseline end the run": (
        f"{STATE}::test_what_is_corrupt_of_ours_is_an_error_and_stays",
        CORPUS,
    ),
    "With `--trusted-ref` a change cannot mute the gate": ("test_security_promises.py::test_a_change_cannot_mute_the_gate",),
    "Caches and baselines are whole at any moment": (
        f"{STATE}::test_killed_at_any_moment",
        f"{STATE}::test_a_full_disk_keeps_the_old_file",
        f"{STATE}::test_two_at_once",
    ),
    "A cache that is corrupt or somebody else's is worked out anew": (
        f"{STATE}::test_a_corrupt_cache_is_rebuilt_in_silence",
        f"{STATE}::test_a_cache_that_is_not_as_it_was_saved_is_none",
    ),
    "Scratch folders of killed runs are removed by a later run": (f"{STATE}::test_scratch_of_killed_runs_is_swept",),
    "A `-p NAME` in `addopts`, with a `pythonpath`, runs code": (
        "test_isolation.py::test_the_audit_sees_what_plain_pytest_executes",
    ),
    "A `pytest.ini` or `pyproject.toml` that cannot be parsed": (
        "test_isolation.py::test_what_no_plugin_can_mend_the_command_copes_with",
    ),
    "`sitecustomize.py` on a `PYTHONPATH`": ("test_security_promises.py::test_python_itself_runs_sitecustomize",),
}  # fmt: skip


def sentences():
    """Return the items of the lists under "What to expect", each on one line."""
    text = (ROOT / "SECURITY.md").read_text().partition("## What to expect")[2]
    items = [item.partition("\n\n")[0] for item in text.split("\n- ")[1:]]
    return [" ".join(item.split()) for item in items]


def test_each_sentence_has_its_tests():
    said = sentences()
    assert len(said) == len(TESTS)
    for sentence in said:
        assert sum(sentence.startswith(start) for start in TESTS) == 1, sentence
    for start in TESTS:
        assert any(sentence.startswith(start) for sentence in said), start


@pytest.mark.parametrize("name", sorted({name for names in TESTS.values() for name in names}))
def test_the_tests_are_there(name):
    path, _, function = name.partition("::")
    tree = ast.parse((ROOT / "tests" / path).read_text())
    functions = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
    assert function in functions if function else any(each.startswith("test_") for each in functions)


def check(root, *options, **variables):
    words = [sys.executable, "-m", "pytest_productops", "check", *options, str(root)]
    return subprocess.run(
        words, capture_output=True, text=True, cwd=ROOT / "tests", env={**os.environ, **variables}
    )


def test_a_run_that_can_judge_nothing_fails(tmp_path):
    (tmp_path / "README.md").write_text("# A\n")
    done = check(tmp_path, "--select=REP009")
    assert done.returncode == 1, done.stderr
    assert "git init" in done.stdout


def test_a_change_cannot_mute_the_gate(tmp_path):
    files = {
        "git log": "2026-01-01 ann@example.org One\n",
        "README.md": "# A\n",
        "productops.toml": 'select = ["ONB001"]\n',
    }
    root = lay_out(files, tmp_path / "a").root
    (root / "productops.toml").write_text('select = ["ONB002"]\nignore = ["ONB001"]\n')
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["checkout", "-qb", "change"], ["add", "-A"], ["commit", "-qm", "Mute it"]):
        subprocess.run([*git, *words], check=True)
    muted, trusted = check(root), check(root, "--trusted-ref=main")
    assert "FAIL  ONB001" not in muted.stdout
    assert trusted.returncode == 1, trusted.stderr
    assert "FAIL  ONB001" in trusted.stdout


def test_python_itself_runs_sitecustomize(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(f"open({str(tmp_path / 'started')!r}, 'w').close()\n")
    words = [sys.executable, "-c", "pass"]
    subprocess.run(words, env={**os.environ, "PYTHONPATH": str(tmp_path)}, check=True)
    assert (tmp_path / "started").exists()
    (tmp_path / "started").unlink()
    subprocess.run(
        [*words[:1], "-I", *words[1:]], env={**os.environ, "PYTHONPATH": str(tmp_path)}, check=True
    )
    assert not (tmp_path / "started").exists()
