"""`productops init --from`: what it writes, what it leaves alone, what it prints."""

import re
from pathlib import Path

import pytest
import tomli

from pytest_productops.catalogue import installed
from pytest_productops.cli import main
from pytest_productops.migration.tables import PEERS
from pytest_productops.policy.settings import read
from pytest_productops.testing import lay_out

SETTINGS = """\
# Made by `productops init --from clomonitor` from .clomonitor.yml.
# Without `select` all rules of the profile are judged; `productops explain CODE` shows a rule.
select = [
  "ONB002", # readme
  "SUP001", # maintainers
]

[ignore]
ONB001 = "we say \\"no\\""

[rules.SUP001]
sources = ["codeowners", "owners", "maintainers"]
"""
EXEMPT = '- {check: contributing, reason: "we say \\"no\\""}'


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A repository with an exemption, as the working directory."""
    root = tmp_path / "shop"
    lay_out({".clomonitor.yml": f"exemptions:\n{EXEMPT}\n", "README.md": "# Shop\n"}, root)
    monkeypatch.chdir(root)
    return root


INIT = ["init", "--from", "clomonitor", "--check-set", "code-lite"]


def test_it_writes_the_settings(here, capsys):
    assert main(INIT) == 0
    assert (here / "productops.toml").read_text() == SETTINGS
    out = capsys.readouterr().out
    assert out.startswith("clomonitor: .clomonitor.yml\n\npeer rule ")
    assert (
        "readme                                  ONB002    stricter\n"
        "    Fails as well without a README, whatever the case of its name. It must also say what the\n"
        "    product is, how to use it, and where to contribute and to get help.\n"
        "contributing                            -         off          .clomonitor.yml:2\n"
        '    we say "no"\n'
    ) in out
    assert "\n8 rules: 0 same, 1 stricter, 6 not covered, 1 off.\n" in out
    assert out.endswith(
        "\nWrote productops.toml.\n\nNext:\n"
        "  productops baseline   take what fails today as known\n"
        "  productops check      judge the repository\n"
    )
    assert max(map(len, out.splitlines())) <= 100


def test_the_settings_hold(here):
    main(INIT)
    settings = read(here, installed())
    assert [rule.code for rule in settings.rules] == ["ONB002", "SUP001"]


def test_a_second_time_changes_nothing(here, capsys):
    main(INIT)
    capsys.readouterr()
    assert main(INIT) == 0
    assert "productops.toml holds these settings already." in capsys.readouterr().out
    assert (here / "productops.toml").read_text() == SETTINGS


def test_a_dry_run_writes_nothing(here, capsys):
    assert main([*INIT, "--dry-run"]) == 0
    assert capsys.readouterr().out.endswith(f"\n{SETTINGS}")
    assert {path.name for path in here.iterdir()} == {".clomonitor.yml", "README.md"}


def test_other_settings_stay(here, capsys):
    (here / "productops.toml").write_text("level='gold'   # ours\n")
    assert main(INIT) == 2
    captured = capsys.readouterr()
    assert SETTINGS in captured.out
    assert captured.err.startswith("error: productops.toml: settings are there already, nothing was written")
    assert (here / "productops.toml").read_text() == "level='gold'   # ours\n"


def test_settings_in_pyproject_stay(here, capsys):
    text = "[tool.productops]\nprofile = 'default'\n"
    (here / "pyproject.toml").write_text(text)
    assert main(INIT) == 2
    out = capsys.readouterr().out
    pasted = out[out.index("[tool.productops]\n") :]
    assert tomli.loads(pasted)["tool"]["productops"] == tomli.loads(SETTINGS)
    assert (here / "pyproject.toml").read_text() == text
    assert not (here / "productops.toml").exists()


def test_broken_settings_stay(here, capsys):
    (here / "productops.toml").write_text("[")
    assert main(INIT) == 2
    assert (here / "productops.toml").read_text() == "["


def test_a_link_that_leads_nowhere_is_not_followed(here, tmp_path):
    (here / "productops.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert main(INIT) == 2
    assert not (tmp_path / "elsewhere.toml").exists()


def test_markdown(here, capsys):
    (here / ".clomonitor.yml").write_text("exemptions:\n- {check: 'a|`b`', reason: 'x | <b>y</b>'}\n")
    assert main([*INIT, "--dry-run", "--format=markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "## clomonitor: .clomonitor.yml\n\n| peer rule | configured at | ours | verdict | reason |\n"
    )
    assert "| `a&#124;'b'` | .clomonitor.yml:2 | - | off | x &#124; &lt;b>y&lt;/b> |" in out
    assert "\n```toml\n# Made by `productops init" in out
    assert out.endswith('"maintainers"]\n```\n')


def test_a_sub_folder_means_its_repository(here, monkeypatch):
    (here / ".git").mkdir()
    (here / "sub").mkdir()
    assert main([*INIT, "sub"]) == 0
    assert (here / "productops.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["init", "--from", "clomonitor", "nowhere"], "nowhere: no such folder"),
        (
            ["init", "--from", "repolinter", "--check-set", "docs"],
            "--check-set: only clomonitor has check sets",
        ),
        (
            ["init", "--from", "repolinter", "--profile=service"],
            "--from: only --dry-run, --check-set and --format go with it",
        ),
    ],
)
def test_usage_errors(here, capsys, arguments, message):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_another_peer_is_refused_with_those_there_are(here, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["init", "--from", "nobody"])
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert all(peer in err for peer in PEERS)


def test_a_broken_file_is_a_mistake_with_its_place(here, capsys):
    (here / ".clomonitor.yml").write_text("exemptions: 3\n")
    assert main(INIT) == 2
    assert ".clomonitor.yml:1: exemptions is no list" in capsys.readouterr().err
    assert not (here / "productops.toml").exists()


@pytest.mark.parametrize("peer", PEERS)
def test_the_settings_of_every_peer_are_valid(here, peer):
    (here / ".clomonitor.yml").unlink()
    assert main(["init", "--from", peer]) == 0
    assert read(here, installed()).rules


def test_the_example_of_the_documentation_is_real(tmp_path, monkeypatch, capsys):
    text = (Path(__file__).parents[2] / "docs" / "migrating.md").read_text()
    given, out, settings = (
        re.search(rf"```{kind}\n(.*?)```", text, re.DOTALL)[1] for kind in ("yaml", "text", "toml")
    )
    monkeypatch.chdir(tmp_path)
    Path(".clomonitor.yml").write_text(given)
    assert main(["init", "--from", "clomonitor", "--check-set=code-lite"]) == 0
    assert capsys.readouterr().out == out
    assert Path("productops.toml").read_text() == settings
