"""`productops config` and `productops policy`: which layer decided, and what another policy would change."""

import pytest

from pytest_productops.cli import main
from pytest_productops.testing import lay_out

FILES = {
    "productops.toml": 'extends = "./p.toml"\n[rules.DEV003]\nminimum = 85\n[ignore]\nSUP001 = "owned by all of us"\n',
    "p.toml": 'locked = ["rules.DEV003.minimum"]\nlevel = "silver"\nextend-select = ["OPS007"]\n[rules.DEV003]\nminimum = 80\n',
}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    root = lay_out(FILES, tmp_path / "shop").root
    monkeypatch.chdir(root)

    def call(*words):
        code = main([*words])
        out = capsys.readouterr()
        return code, out.out + out.err

    return call


WHERE = [
    (
        "rules.coverage-gate-enforced.minimum",
        "rules.DEV003.minimum = 85\n"
        "  decided  productops.toml:3: 85\n"
        "  below    p.toml:5: 80\n"
        "  below    the rule's default: 70\n"
        "  locked   p.toml:1\n",
    ),
    ("level", 'level = "silver"\n  decided  p.toml:2: "silver"\n  below    the default: "gold"\n'),
    ("ignore", "ignore\n  productops.toml:5: SUP001 (owned by all of us)\n"),
    ("extend-select", "extend-select\n  p.toml:3: OPS007\n"),
    ("select", "select\n  nobody says anything\n"),
]


@pytest.mark.parametrize(("key", "expected"), WHERE)
def test_where(run, key, expected):
    assert run("config", "where", key) == (0, expected)


def test_where_of_an_option(run):
    assert run("config", "where", "level", "--level=bronze") == (
        0,
        'level = "bronze"\n  decided  --level: "bronze"\n  below    p.toml:2: "silver"\n  below    the default: "gold"\n',
    )


def test_where_of_rules(run):
    assert run("config", "where", "OPS007")[1].startswith(
        "OPS007 deploy-procedure-documented is selected\n  not in profile default, the default\n  named by `extend-select`, p.toml:3\n"
    )
    assert run("config", "where", "SUP001")[1].startswith(
        "SUP001 ownership-declared is not selected\n  in profile default, the default\n  named by `ignore`, productops.toml:5\n"
    )


def test_where_of_nothing(run):
    code, out = run("config", "where", "levl")
    assert code == 2
    assert "where: nothing is said of `levl`\n    did you mean `level`?" in out


def test_show_and_check(run):
    code, out = run("config", "show")
    assert code == 0
    assert "rules.DEV003.minimum = 85  # productops.toml:3\n" in out
    assert 'level = "silver"  # p.toml:2\n' in out
    assert run("config", "check") == (0, "productops.toml: no mistake, 40 rules selected\n")


def test_show_of_a_policy(run):
    code, out = run("policy", "show")
    assert code == 0
    assert out.startswith("p.toml  sha256:")
    assert out.endswith("  locks rules.DEV003.minimum, p.toml:1\n")


def test_what_another_version_would_change(run, tmp_path):
    (tmp_path / "new.toml").write_text(
        'level = "gold"\n[rules.ONB002]\nrequired = ["what"]\n[rules.REP001]\nrequired = true\n'
    )
    code, out = run("policy", "diff", str(tmp_path / "new.toml"))
    assert code == 0
    first, *rest = out.splitlines()
    assert first.startswith("p.toml sha256:")
    assert "level: " + '"silver" -> "gold"' in rest
    assert "rules.REP001.required: false -> true" in rest
    assert "OPS007 is not selected any more" in rest
    assert "REP001 definition-of-done-measurable: not-applicable -> fail (1 finding)" in rest


def test_the_same_policy_changes_nothing(run, tmp_path):
    (tmp_path / "same.toml").write_text(FILES["p.toml"])
    assert run("policy", "diff", str(tmp_path / "same.toml")) == (0, "nothing changes here\n")


def test_which_one_is_replaced_must_be_told(run, tmp_path, monkeypatch):
    (tmp_path / "shop" / "productops.toml").write_text("")
    code, out = run("policy", "diff", "new.toml")
    assert code == 2
    assert "the settings extend no policy" in out
