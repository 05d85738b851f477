"""In pytest the waivers and the baseline are items of their own: `productops::waivers`, `productops::baseline`."""

import pytest

SETTINGS = """select = ["TOY001", "TOY002"]
[[waivers]]
rule = "TOY002"
subject = "{subject}"
reason = "agreed with the auditors"
owner = "@ann"
expires = 2026-12-01
"""
BASELINE = 'schema = 1\n[TOY002]\n"open two" = 2026-11-01\n"open nine" = 2026-11-01\n'


@pytest.fixture
def run(pytester, toys, monkeypatch):
    """Run pytest where a waiver and a baseline cover one finding each; the baseline has one entry too many."""
    (pytester.path / ".git").mkdir()
    (pytester.path / "NOTES").write_text("open one\nopen two\n")
    (pytester.path / ".productops").mkdir()
    (pytester.path / ".productops" / "baseline.toml").write_text(BASELINE)

    def call(*options, subject="open one", ci=False):
        (pytester.path / "productops.toml").write_text(SETTINGS.format(subject=subject))
        if ci:
            monkeypatch.setenv("CI", "true")
        return pytester.runpytest_subprocess("--productops", "--productops-now=2026-11-22", *options)

    return call


def test_outside_ci_a_stale_entry_is_advice(run):
    result = run("-v")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "productops::TOY001 PASSED*",
            "productops::TOY002 *",
            "productops::baseline ADVISORY*",
            "productops::waivers PASSED*",
            "*2 of 2 selected rules could judge: 1 passed, 1 baselined",
            ".productops/baseline.toml:4: baseline TOY002 open nine is not found any more*",
            "    fix: run `productops baseline`",
            "the waiver of TOY002 open one ends in 9 days (2026-12-01, @ann)",
            "level reached: none yet; bronze needs 1 rule: TOY002",
        ]
    )


def test_in_ci_it_fails(run):
    result = run(ci=True)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["FAILED productops::baseline - *TOY002 open nine is not found any more*"])


def test_an_unused_waiver_fails_in_ci(run):
    result = run(subject="open three", ci=True)
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["FAILED productops::waivers - *the waiver of TOY002 open three covers no finding*"]
    )


def test_each_can_be_named(run):
    result = run("productops::baseline", "-v")
    result.stdout.fnmatch_lines(["productops::baseline ADVISORY*"])
    assert "TOY001" not in result.stdout.str()


@pytest.mark.parametrize("options", [("-n", "2"), ("-k", "baseline")])
def test_each_judges_for_itself(run, options):
    result = run(*options, ci=True)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["FAILED productops::baseline - *TOY002 open nine*"])


def test_both_faces_find_the_same_stale(run, pytester, toys):
    run()
    command = [*["check", "--now=2026-11-22"]]
    import contextlib
    import io

    from pytest_productops.cli import main

    out = io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.chdir(pytester.path) if hasattr(contextlib, "chdir") else contextlib.nullcontext(),
    ):
        assert main([*command, str(pytester.path)]) == 0
    assert (
        "WARN  baseline\n      .productops/baseline.toml:4  TOY002 open nine is not found any more\n"
        in out.getvalue()
    )


def test_a_waiver_without_a_need_is_no_item_when_there_is_none(pytester, toys):
    (pytester.path / ".git").mkdir()
    result = pytester.runpytest_subprocess("--productops", "--productops-select=TOY001", "-v")
    assert "productops::waivers" not in result.stdout.str()
    assert "productops::baseline" not in result.stdout.str()


def test_unknown_fails_where_it_is_asked_for(pytester, toys):
    (pytester.path / ".git").mkdir()
    (pytester.path / "productops.toml").write_text('unknown = "fail"\nselect = ["TOY001", "TOY004"]\n')
    result = pytester.runpytest_subprocess("--productops")
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["*TOY004 cannot tell: the clone is shallow*", "FAILED productops::TOY004 - *cannot tell*"]
    )
