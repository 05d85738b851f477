"""The pictures of docs/html-report.md, made by real runs in a real browser.

    python docs/report_picture.py    write docs/pictures/html-report-light.png and -dark.png

It needs chromium (on Debian `apt-get install chromium`) and the dependency group `browser`. The repository is the
little shop of docs/example.txt, which is mended over five weeks; each stage leaves a stored report.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from git import Actor, Repo

from pytest_productops.cli import main as productops
from pytest_productops.manual import archive
from pytest_productops.testing import lay_out

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
TODAY = "2026-11-22"
SIZE = {"width": 1000, "height": 1180}
PLACES = {"light": "", "dark": "#OPS007"}
"""Scheme -> where the page is opened."""
WORKFLOW, GUIDE, SETTINGS = ".github/workflows/ci.yml", "CONTRIBUTING.md", "productops.toml"
WAIVERS = """profile = "service"

[[waivers]]
rule = "DEV003"
reason = "coverage comes with the move to the new till"
owner = "@ann"
expires = 2026-12-01

[[waivers]]
rule = "PRA002"
reason = "updates are bundled by hand until the new year"
owner = "@bob"
expires = 2027-01-31
"""
STAGES = {
    "2026-10-05": {SETTINGS: (None, 'profile = "service"\n')},
    "2026-10-13": {WORKFLOW: (" || true\n      - run: ./scripts/smoke.sh", "")},
    "2026-10-27": {GUIDE: ("npm run bootstrap\n", "")},
    "2026-11-09": {SETTINGS: (None, WAIVERS)},
    "2026-11-16": {GUIDE: ("TODO: who approves?", "One maintainer approves within two working days.")},
}
"""Day -> what is mended then: file -> an old text (None: all of it) and a new one."""


def story(scratch: Path) -> Path:
    """Return the page on the shop as it is today, with the reports of the weeks before as its history."""
    shop, stored = scratch / "shop", scratch / "stored"
    lay_out(archive((ROOT / "docs" / "example.txt").read_text(encoding="utf-8")), shop)
    stored.mkdir()
    for day, changes in STAGES.items():
        for path, (old, new) in changes.items():
            file = shop / path
            file.write_text(file.read_text().replace(old, new) if old else new, encoding="utf-8")
        _commit(shop, day)
        _check(shop, day, f"json:{stored / day}.json")
    page = scratch / "page.html"
    _check(shop, TODAY, f"html:{page}", f"--history={stored}")
    return page


def taken(page: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each picture of a page, and the picture."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - of the group `browser`

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme, place in PLACES.items():
            view = browser.new_page(color_scheme=scheme, viewport=SIZE)
            view.goto(page.as_uri() + place)
            yield f"html-report-{scheme}.png", view.screenshot()
        browser.close()


def _commit(shop: Path, day: str) -> None:
    with Repo(shop) as repo:
        ann, when = Actor("ann", "ann@example.org"), f"{day}T12:00:00 +0000"
        repo.git.add("--all")
        repo.index.commit("Mend", author=ann, committer=ann, author_date=when, commit_date=when)


def _check(shop: Path, day: str, report: str, *more: str) -> None:
    code = productops(["check", f"--root={shop}", f"--now={day}", f"--report={report}", *more])
    if code > 1:
        sys.exit(code)


def main() -> int:
    """Write the pictures."""
    for name in [name for name in os.environ if name.startswith(("PRODUCTOPS_", "GIT_", "GITHUB_"))] + ["CI"]:
        os.environ.pop(name, None)
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="productops-pictures-") as scratch:
        page = story(Path(scratch).resolve())
        for name, picture in taken(page):
            (PICTURES / name).write_bytes(picture)
            print(f"docs/pictures/{name}: {len(picture)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
