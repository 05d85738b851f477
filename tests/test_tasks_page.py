"""docs/tasks.md shows what real runs print."""

import re
import shlex
from pathlib import Path

import pytest

from pytest_productops.cli import main
from pytest_productops.facts.register import read
from pytest_productops.testing import lay_out

PAGE = (Path(__file__).parents[1] / "docs/tasks.md").read_text()
REGISTER = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]
SHOWN = re.findall(r"```console\n\$ productops ([^\n]*)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def shop(tmp_path, monkeypatch):
    files = {
        ".productops/tasks.toml": REGISTER,
        "docs/restore.md": "# Restore\n\nLoad the dump.\n",
        "docs/keys.md": "# Keys\n\nMake new ones.\n",
        "git log": "2026-06-01 ann@example.org Begin\n2026-09-15 bob@example.org Rotate {Task-Done: rotate-keys}\n",
    }
    lay_out(files, tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    monkeypatch.delenv("CI", raising=False)


def test_the_register_is_valid(shop, capsys):
    assert read(REGISTER).problems == ()
    assert main(["check", "--select=OPS001", "--now=2026-12-05"]) == 0


@pytest.mark.parametrize(("words", "shown"), SHOWN, ids=[words for words, _ in SHOWN])
def test_what_is_shown_is_printed(shop, capsys, words, shown):
    assert main(shlex.split(words)) == 0
    assert capsys.readouterr().out == shown


def test_the_record_that_is_shown(shop):
    words = next(words for words, _ in SHOWN if "--field" in words)
    main(shlex.split(words))
    shown = re.search(r"```markdown\n(.*?)```", PAGE, re.DOTALL)[1]
    assert Path("docs/records/restore/2026-12-05.md").read_text() == shown


def test_the_calendar_that_is_shown(shop):
    for words in re.findall(r"^productops (tasks --ical[^\n]*)", PAGE, re.MULTILINE):
        assert main([*shlex.split(words), "--now=2026-12-05"]) == 0
        assert Path("public/tasks.ics").read_bytes().count(b"BEGIN:VEVENT") == 3
