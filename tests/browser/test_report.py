"""The Report page in a browser: every file comes when its button is pressed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect
from real_browser import settled

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage

FILES = {
    "Report (PDF)": b"%PDF",
    "Workbook (XLSX)": b"PK",
    "Minutes (Markdown)": b"#",
    "Findings (JSON)": b"{",
    "Shortlist (CSV)": b"\xef\xbb\xbf",
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
    assert waiting.value.suggested_filename.startswith("photonics-for-health-2017-05-31-draft")


def test_the_minutes_can_be_read_before(open_page: OpenPage) -> None:
    page = open_page("report?weights=health_first")
    page.get_by_text("Preview of the minutes").click()
    expect(page.get_by_text(re.compile("BioWin, Medicen Paris Region and Optence")).first).to_be_visible()


def test_the_archive_is_made_before_the_eyes_and_then_downloaded(open_page: OpenPage) -> None:
    page = open_page("report?weights=health_first")
    page.get_by_role("button", name="Make the archive").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(page.get_by_text("Making the archive … pictures/")).to_be_visible(timeout=30_000)
    button = page.get_by_role("button", name="Download all of it")
    expect(button).to_be_visible(timeout=60_000)
    expect(bar).to_have_count(0)
    settled(page)
    with page.expect_download() as waiting:
        button.click()
    assert waiting.value.suggested_filename == "photonics-for-health-2017-05-31-draft.zip"
    with zipfile.ZipFile(waiting.value.path()) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
        assert {"pictures/ranking.png", "pictures/map.svg", "pictures/README.md"} <= set(names)
        assert packed.read("photonics-for-health-2017-05-31-draft.pdf").startswith(b"%PDF")


def test_the_pages_of_the_pdf_can_be_seen_before(open_page: OpenPage) -> None:
    page = open_page("report?weights=health_first")
    page.get_by_text("Preview of the PDF").click()
    first = page.get_by_alt_text(re.compile("^Page 1 of "))
    expect(first).to_be_visible(timeout=30_000)
    expect(page.get_by_text(re.compile(r"^Page 2 of \d+$"))).to_have_count(1)
    width = first.evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert width == 661  # A4 at 80 pixels per inch
    assert violations(page) == ""


def test_a_picture_can_be_seen_and_taken_by_itself(open_page: OpenPage) -> None:
    page = open_page("report?weights=health_first", width=390, height=844)
    page.get_by_text("Pictures, one by one").click()
    expect(page.get_by_alt_text(re.compile("^Bar chart of the number of candidates"))).to_be_visible(timeout=30_000)
    settled(page)
    with page.expect_download(timeout=30_000) as waiting:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
    assert waiting.value.suggested_filename == "photonics-for-health-2017-05-31-draft-evidence-by-criterion.png"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
