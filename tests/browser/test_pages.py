"""Every page, light and dark, phone and projector: it shows, complains of nothing, and everybody can use it."""

from __future__ import annotations

from typing import Literal

import pytest
from real_browser import settled

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage

PAGES = ["", "candidates", "weights", "ranking", "sensitivity", "shortlist", "ask_next", "rounds", "report"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_wcag_violation_on_phone_and_projector_and_nothing_wider_than_a_phone(
    open_page: OpenPage, path: str, scheme: Literal["light", "dark"]
) -> None:
    page = open_page(path, width=390, height=844, scheme=scheme)
    page.wait_for_timeout(600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == ""
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_timeout(1000)  # charts take the new width
    settled(page)
    assert violations(page) == ""


def test_the_pages_lead_to_each_other_and_keep_the_weights(open_page: OpenPage) -> None:
    page = open_page("?weights=health_first")
    page.get_by_role("link", name="Ranking").first.click()
    page.get_by_text("weights: Health first").wait_for()
    assert page.get_by_label("Viewpoint").input_value() == "health_first"
    page.get_by_role("link", name="Candidates").first.click()
    page.get_by_role("heading", name="What do we know, from where, how old?").wait_for()
    page.get_by_text("weights: Health first").wait_for()


def test_a_candidate_in_the_address_is_opened(open_page: OpenPage) -> None:
    page = open_page("candidates")
    chooser = page.get_by_role("combobox", name="Organisation")
    chooser.click()
    chooser.press_sequentially("Biocat")
    chooser.press("Enter")
    page.wait_for_url("**candidate=*")
    again = open_page(page.url.split("/", 3)[3])
    again.get_by_text("Gates:").wait_for()
    assert again.get_by_text("ES · candidate").count() == 1
