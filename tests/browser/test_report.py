"""The Report page in a browser: every file comes when its button is pressed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from real_browser import settled

from tests.browser.conftest import OpenPage

FILES = {
    "Report (PDF)": b"%PDF",
    "Workbook (XLSX)": b"PK",
    "Minutes (Markdown)": b"#",
    "Record (JSON)": b"{",
    "Shortlist (CSV)": b"\xef\xbb\xbf",
    "all of it, with pictures (ZIP)": b"PK",
}


@pytest.mark.parametrize(("label", "start"), FILES.items(), ids=list(FILES))
def test_each_file_downloads(open_page: OpenPage, label: str, start: bytes) -> None:
    page = open_page("report?weights=health_first")
    button = page.get_by_role("button", name=f"Download {label}")
    expect(button).to_be_visible(timeout=30_000)
    settled(page)
    with page.expect_download(timeout=60_000) as waiting:
        button.click()
    assert Path(waiting.value.path()).read_bytes().startswith(start)
    assert waiting.value.suggested_filename.startswith("photonics-for-health-2017-05-31")


def test_the_minutes_can_be_read_before(open_page: OpenPage) -> None:
    page = open_page("report?weights=health_first")
    page.get_by_text("Preview of the minutes").click()
    expect(page.get_by_text(re.compile("BioWin, Medicen Paris Region and Optence")).first).to_be_visible()
