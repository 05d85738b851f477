"""The console pictures of the pages, made by real runs.

    python docs/pictures.py            say which pictures are not what the commands print today
    python docs/pictures.py --write    make them anew (those in colours need rich, of the group `docs`)

Each page of `PAGES` tells a story in one scratch repository, from top to bottom: a `console` block is run, command by
command, and what it shows must be what is printed; a `diff` block is applied; a block below a line that holds only a
path in code and a colon is written to that file. Nothing else of a page is touched. What changes from run to run
(seconds, scratch folders) is evened out before it is compared. `DRAWN` are pictures of a terminal in colours.
"""

from __future__ import annotations

import difflib
import html
import io
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pytest_productops.manual import archive
from pytest_productops.testing import lay_out

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-22"
WIDTH = 100
SIGNALS = 128
"""A shell's exit codes above it say that a signal ended the command."""
CACHES = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"})
_BLOCK = re.compile(
    r"(?:^`(?P<path>[^`\n]+)`:\n\n)?^(?P<fence>`{3,})(?P<language>\w+)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_SECONDS = re.compile(r" in \d+\.\d+s\b")

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "COLUMNS": str(WIDTH),
        "PRODUCTOPS_NOW": TODAY,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_PLUGINS": "pytest_productops.plugin",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it the wrong way round: no isolation
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_QUIET": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "ann",
        "GIT_AUTHOR_EMAIL": "ann@example.org",
        "GIT_AUTHOR_DATE": f"{TODAY}T12:00:00+0000",
        "GIT_COMMITTER_NAME": "ann",
        "GIT_COMMITTER_EMAIL": "ann@example.org",
        "GIT_COMMITTER_DATE": f"{TODAY}T12:00:00+0000",
    }
)
"""What every command of a story sees."""


class Story(NamedTuple):
    """Where a page begins: a folder or an archive of the repository, or nothing; and what its repository is called."""

    start: str = ""
    name: str = "shop"


PAGES: Mapping[str, Story] = MappingProxyType(
    {
        "README.md": Story("docs/example.txt"),
        "docs/first-ten-minutes.md": Story(),
        "docs/adopting.md": Story("docs/example.txt"),
        "docs/rolling-out.md": Story("examples/service", "parcels"),
        "docs/writing-rules.md": Story("", "acme-rules"),
        "docs/how-it-judges.md": Story("docs/example.txt"),
        "docs/troubleshooting.md": Story("docs/example.txt"),
    }
)
"""Page -> its story."""


DRAWN: Mapping[str, str] = MappingProxyType(
    {"docs/pictures/check.svg": "productops check --select=ONB003,DEV001,OPS002"}
)
"""Picture in colours -> the command that it shows, run in the repository of `README.md`."""
_ESCAPE = re.compile(r"\x1b\[[\d;]*m")


class Picture(NamedTuple):
    """A console block as it is shown and as it is printed now; `start` is where it is in the page."""

    page: str
    start: int
    line: int
    shown: str
    printed: str

    @property
    def stale(self) -> bool:
        """Whether they differ in what does not change from run to run."""
        return timeless(self.shown) != timeless(self.printed)


def pictures(page: str, scratch: Path) -> Iterator[Picture]:
    """Run a page's story below a scratch folder and yield its pictures in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    place = begin(PAGES[page], scratch)
    for block in _BLOCK.finditer(text):
        if block["language"] == "console":
            shown = block["text"]
            place, printed = _run(shown, place, scratch)
            start = block.start("text")
            yield Picture(page, start, text.count("\n", 0, start) + 1, shown, printed)
        elif block["language"] == "diff":
            subprocess.run(["git", "apply", "-"], cwd=place, input=block["text"], text=True, check=True)
        elif block["path"]:
            target = place / block["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block["text"], encoding="utf-8")


def begin(story: Story, scratch: Path) -> Path:
    """Lay out the repository that a story begins in and return its folder."""
    root, start = scratch / story.name, ROOT / story.start
    if not story.start:
        root.mkdir()
    elif start.is_file():
        lay_out(archive(start.read_text(encoding="utf-8")), root)
    else:
        paths = (
            path
            for path in sorted(start.rglob("*"))
            if path.is_file() and not CACHES.intersection(path.parts)
        )
        lay_out(
            {path.relative_to(start).as_posix(): path.read_text(encoding="utf-8") for path in paths}, root
        )
    return root


def timeless(text: str) -> list[str]:
    """Return the lines of a picture without what changes from run to run."""
    return [line.rstrip() for line in _SECONDS.sub("", text).strip().splitlines()]


def write(page: str, found: list[Picture]) -> None:
    """Put what is printed now into a page, where its pictures are stale."""
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    for picture in reversed(found):
        if picture.stale:
            text = text[: picture.start] + picture.printed + text[picture.start + len(picture.shown) :]
    path.write_text(text, encoding="utf-8")


def _run(shown: str, place: Path, scratch: Path) -> tuple[Path, str]:
    """Run the commands of a block one after the other; return where they end, and the block as it should be."""
    parts = []
    for command in re.findall(r"^\$ (.*(?:\n> .*)*)$", shown, re.MULTILINE):
        place, printed = _printed(command.replace("\n> ", "\n"), place, scratch)
        parts.append(f"$ {command}\n{printed}")
    return place, "".join(parts)


def _printed(command: str, place: Path, scratch: Path) -> tuple[Path, str]:
    """Run a command in bash, as somebody at a terminal of 100 columns; return where it ends and what it printed.

    Raises `InterruptedError` where a signal ended it: what it printed until then is no picture.
    """
    with tempfile.TemporaryFile("w+") as ended:
        script = f"{command}\ncode=$?; pwd -P >&{ended.fileno()}; exit $code"
        done = subprocess.run(
            ["bash", "-c", script], cwd=place, env=environment(scratch), text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=[ended.fileno()],
        )  # fmt: skip
        ended.seek(0)
        after = ended.read().strip()
    if done.returncode < 0 or done.returncode > SIGNALS:
        raise InterruptedError(f"{command}: ended by a signal ({done.returncode})")
    said = done.stdout.replace(f"{scratch}/", "")
    return Path(after or place), said if not said or said.endswith("\n") else f"{said}\n"


def environment(scratch: Path) -> dict[str, str]:
    """Return the variables of a story: this Python's commands, a day, an author, a place to install to."""
    inherited = ("LANG", "LC_ALL", "TMPDIR")
    modules = [str(scratch / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **{name: os.environ[name] for name in inherited if name in os.environ},
        **VARIABLES,
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)]),
        "HOME": str(scratch),
        "XDG_CACHE_HOME": str(scratch / ".cache"),
        "PIP_TARGET": str(scratch / "site"),
        "PYTHONPATH": os.pathsep.join(modules),
    }


def drawn(path: str, scratch: Path) -> Picture:
    """Return a picture in colours: its text as it is shown, and what is printed now with its colours."""
    place = begin(PAGES["README.md"], scratch)
    _, printed = _printed(f"FORCE_COLOR=1 {DRAWN[path]}", place, scratch)
    file = ROOT / path
    shown = text_of(file.read_text(encoding="utf-8")) if file.exists() else ""
    return Picture(path, 0, 1, shown, f"$ {DRAWN[path]}\n{printed}")


def same(one: str, other: str) -> bool:
    """Whether two pictures show the same words; a terminal breaks long lines."""
    return "".join(_ESCAPE.sub("", one).split()) == "".join(_ESCAPE.sub("", other).split())


def text_of(svg: str) -> str:
    """Return the text of a picture in colours, line by line."""
    lines: dict[float, dict[float, str]] = {}
    for tag, text in re.findall(r"<text([^>]*clip-path[^>]*)>(.*?)</text>", svg, re.DOTALL):
        x, y = (float(re.findall(rf'\b{name}="([\d.]+)"', tag)[0]) for name in "xy")
        lines.setdefault(y, {})[x] = html.unescape(text).replace("\xa0", " ")
    return "\n".join("".join(part for _, part in sorted(line.items())) for _, line in sorted(lines.items()))


def draw(printed: str) -> str:
    """Return what a terminal prints as SVG that loads nothing from elsewhere."""
    from rich.console import Console  # noqa: PLC0415 - the tests have no rich
    from rich.text import Text  # noqa: PLC0415

    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(printed.rstrip()), no_wrap=False, soft_wrap=False)
    svg = console.export_svg(title="shop", unique_id="terminal")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace(
        "Fira Code, monospace", "monospace"
    )


def told(picture: Picture) -> str:
    """Say where a picture is stale and how."""
    lines = difflib.unified_diff(
        timeless(picture.shown), timeless(picture.printed), "shown", "printed", lineterm=""
    )
    return "\n".join([f"{picture.page}:{picture.line}: run python docs/pictures.py --write", *lines])


def main() -> int:
    """Look at every picture, or at those of the pages that are named; return 1 where one is stale."""
    words = [word for word in sys.argv[1:] if word != "--write"]
    writing = "--write" in sys.argv
    stale = [
        picture for page in PAGES if page in (words or PAGES) for picture in _page(page, writing=writing)
    ]
    stale += [
        picture for path in DRAWN if path in (words or DRAWN) for picture in _drawing(path, writing=writing)
    ]
    print("\n\n".join(map(told, stale)) or "every picture is what is printed")
    return 1 if stale and not writing else 0


def _page(page: str, *, writing: bool) -> list[Picture]:
    with tempfile.TemporaryDirectory(prefix="productops-pictures-") as scratch:
        found = list(pictures(page, Path(scratch).resolve()))
    if writing:
        write(page, found)
    return [picture for picture in found if picture.stale]


def _drawing(path: str, *, writing: bool) -> list[Picture]:
    with tempfile.TemporaryDirectory(prefix="productops-pictures-") as scratch:
        picture = drawn(path, Path(scratch).resolve())
    if same(picture.shown, picture.printed):
        return []
    if writing:
        (ROOT / path).write_text(draw(picture.printed), encoding="utf-8")
    return [picture]


if __name__ == "__main__":
    sys.exit(main())
