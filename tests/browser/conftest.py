"""One real server and one real Chromium for the browser tests of a worker."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect
from real_browser import App, chromium, serve, settled

PICTURES = Path("test-results")
PROBED = re.compile(r"/\w+/_stcore/(health|host-config)$")  # Streamlit looks for its base path, and may miss
FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=15_000)  # milliseconds: patience for a slow machine costs a fast one nothing


class OpenPage(Protocol):
    def __call__(
        self,
        path: str = "",
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        reduced_motion: bool = False,
        base: str | None = None,
    ) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows what the server said, too."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        server = getattr(item, "funcargs", {}).get("app")
        if server is not None:
            report.sections.append(("server log", server.said()))
    return report


@pytest.fixture(scope="session")
def app() -> Iterator[App]:
    """The app with the data of this repository."""
    with serve() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def open_page(app: App, browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Open pages of the app, each in a context of its own.

    The test fails if a page logs an error, throws one, or asks any other host for anything.
    """
    pages: list[Page] = []
    complaints: list[str] = []

    def open_(
        path: str = "",
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        reduced_motion: bool = False,
        base: str | None = None,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce" if reduced_motion else "no-preference",
            locale="en-GB",
            accept_downloads=True,
        )
        page = context.new_page()
        pages.append(page)
        url = base or app.url
        _listen(page, urlsplit(url).netloc, complaints.append)
        page.goto(f"{url}/{path}")
        settled(page)
        return page

    yield open_

    if FAILED in request.node.stash:
        PICTURES.mkdir(exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", request.node.name).strip("-")
        for number, page in enumerate(pages):
            page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
    for page in pages:
        page.context.close()
    if complaints:
        pytest.fail("the page complained:\n" + "\n".join(complaints), pytrace=False)


def _listen(page: Page, host: str, complain: Callable[[str], None]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        place = message.location["url"]
        if message.type == "error" and not PROBED.search(place):
            complain(f"console: {message.text} ({place})")

    def on_request(asked: Request) -> None:
        parts = urlsplit(asked.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
            complain(f"asked another host: {asked.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complain(f"thrown: {error}"))
    page.on("request", on_request)
