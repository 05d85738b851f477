"""The page in a real browser: accessible, usable by keyboard, as narrow as a telephone, and at peace with Jenkins.

Opt-in: it runs where chromium is (on Debian `apt-get install chromium`) and the dependency group `browser`
(`pip install --group browser`), as `pytest -m browser`.
"""

import functools
import http.server
import json
import shutil
import threading

import pytest

from pytest_productops.reports import html
from pytest_productops.reports.earlier import Earlier

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
JENKINS = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';"
"""https://www.jenkins.io/doc/book/security/configuring-content-security-policy/"""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def browser(data):
    """Begun after the rules have judged, which start processes of their own."""
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="of the dependency group browser")
    with sync_api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def data(every_outcome):
    found = json.loads(every_outcome.read_text())
    failed = next(result for result in found["results"] if result["rule"] == "ACM007")
    long = "-" + "todo: two " * 40
    failed["findings"][0]["patch"] = {
        "safety": "safe",
        "title": "Delete it",
        "diff": f"@@ -1 +0,0 @@\n{long}\n",
    }
    failed["findings"] *= 30
    return found


@pytest.fixture
def past(data):
    older = json.loads(json.dumps(data)) | {"as_of": "2026-09-22"}
    older["summary"] |= {"score": 10.0, "raw_score": 5.0}
    return Earlier((older,))


@pytest.fixture
def page_file(data, past, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(html.render(data, past), encoding="utf-8")
    return path


def opened(browser, address, **options):
    """Return a page, and a list of all that it complained of or asked for."""
    page = browser.new_page(**options)
    told = []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: told.append(request.url))
    page.goto(address)
    return page, told


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_bars_anybody(browser, page_file, scheme, width):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="of the dependency group browser"
    )
    page, told = opened(
        browser,
        page_file.as_uri(),
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        bypass_csp=True,
    )
    assert told == [page_file.as_uri()]
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}}).response
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert len(found["passes"]) > 30
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_colours_follow_the_reader(browser, page_file):
    shown = {}
    for scheme in ("light", "dark"):
        page, _ = opened(browser, page_file.as_uri(), color_scheme=scheme)
        colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        shown[scheme] = page.evaluate(colours)
    assert shown == {
        "light": ["rgb(255, 255, 255)", "rgb(31, 35, 40)"],
        "dark": ["rgb(20, 23, 28)", "rgb(230, 234, 240)"],
    }


FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  return [it.tagName, it.textContent.trim().slice(0, 40), style.outlineStyle, box.width > 0 && box.left >= 0];
}"""


def test_the_keyboard_reaches_everything(browser, page_file):
    page, _ = opened(browser, page_file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == ["A", "Skip to the report", "solid", True]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    stops = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop[0] == "BODY":
            break
        assert stop[2:] == ["solid", True], stop
        stops.append((stop[0], stop[1]))
    assert ("A", "ACM007") in stops
    assert any(tag == "PRE" for tag, _ in stops)
    folds = [text for tag, text in stops if tag == "SUMMARY"]
    assert "10 more findings of ACM007" in folds
    page.locator("summary", has_text="10 more findings").focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open] ol[start='21'] > li").count() == 10


def test_all_is_printed(browser, page_file):
    page, _ = opened(browser, page_file.as_uri())
    page.emulate_media(media="print")
    hidden = page.locator("nav, .skip")
    assert not any(hidden.nth(index).is_visible() for index in range(hidden.count()))
    heights = "Array.from(document.querySelectorAll('details > *:not(summary)'), each => each.getBoundingClientRect().height)"
    assert all(height > 0 for height in page.evaluate(heights))


class Strict(http.server.SimpleHTTPRequestHandler):
    """A server that sends Jenkins' policy with everything."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", JENKINS)
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_folder_on_a_strict_server(browser, data, past, tmp_path, scheme):
    for name, text in html.files(data, past).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        root = f"http://127.0.0.1:{server.server_port}/"
        page, told = opened(browser, f"{root}index.html", color_scheme=scheme)
        page.wait_for_load_state("networkidle")
        ending = "-dark" if scheme == "dark" else ""
        files = ["index.html", "style.css", f"scores{ending}.svg", f"trend{ending}.svg"]
        assert sorted(told) == sorted(root + name for name in files)
        assert page.evaluate("Array.from(document.images, each => each.naturalWidth > 0)") == [True, True]
        assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1120px"
    finally:
        server.shutdown()
        server.server_close()
