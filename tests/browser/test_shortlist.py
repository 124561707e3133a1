"""The Shortlist page as a meeting uses it: rules switched and added, a set by hand, a file to take away, a reload."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from real_browser import serve, settled

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage

ANSWER = re.compile("the best of [0-9,]+ allowed sets")


def answer(page: Page) -> str:
    return page.get_by_text(ANSWER).first.inner_text()


def switch(page: Page, rule: str) -> None:
    page.get_by_text(rule, exact=True).click()


def test_a_rule_that_is_switched_off_changes_the_answer_and_survives_a_reload_and_a_restart(
    open_page: OpenPage,
) -> None:
    told = []
    for _ in range(2):
        with serve() as app:
            page = open_page("shortlist?weights=health_first", base=app.url)
            assert "the best of 792 allowed sets" in answer(page)
            switch(page, "Two of them are health clusters")
            switch(page, "One of them is a photonics cluster")
            expect(page.get_by_text(re.compile("the best of 2,024 allowed sets"))).to_be_visible()
            page.wait_for_url("**rules=*one_photonics*two_health*")
            page.reload()
            expect(page.get_by_text(re.compile("the best of 2,024 allowed sets"))).to_be_visible()
            told.append(answer(page))
            page.goto("about:blank")
    assert told[0] == told[1]


def test_a_fast_user_loses_no_switch(open_page: OpenPage) -> None:
    page = open_page("shortlist?weights=health_first")
    for rule in ("Two of them are health clusters", "One of them is a photonics cluster"):
        for _ in range(3):
            switch(page, rule)
    settled(page)
    expect(page.get_by_text(re.compile("the best of 2,024 allowed sets"))).to_be_visible()
    for rule in ("Two of them are health clusters", "One of them is a photonics cluster"):
        expect(page.get_by_role("switch", name=rule)).not_to_be_checked()


def test_a_rule_added_in_the_form_and_taken_out_again(open_page: OpenPage) -> None:
    page = open_page("shortlist?weights=health_first")
    page.get_by_role("button", name="Add or change a rule").click()
    chooser = page.get_by_role("combobox", name="What is it about?")
    chooser.click()
    page.get_by_role("option", name="How many different kinds, countries or regions").click()
    expect(page.get_by_role("combobox", name="Different")).to_be_visible()  # else the number goes into the form before
    number = page.get_by_role("spinbutton", name="At least")
    number.fill("5")
    number.press("Enter")
    page.get_by_role("button", name="Use this rule").click()
    expect(page.get_by_text("No set of partners keeps all the rules.")).to_be_visible()
    page.get_by_role("button", name="Allow this").first.click()
    expect(page.get_by_text(ANSWER).first).to_be_visible()


def test_who_must_join_and_the_price_of_that(open_page: OpenPage) -> None:
    page = open_page("shortlist?weights=health_first")
    chooser = page.get_by_role("combobox", name="Must join", exact=True)
    chooser.click()
    chooser.press_sequentially("Photonics BW")
    chooser.press("Enter")
    expect(page.get_by_text(re.compile("Photonics BW are the best of 66 allowed sets"))).to_be_visible()
    expect(page.get_by_text(re.compile("costs [0-9.]+ points: without it Optence e.V. would come in"))).to_be_visible()
    page.wait_for_url("**rules=must*photonics_bw*")


def test_a_set_by_hand_is_placed_and_stays_in_the_address(open_page: OpenPage) -> None:
    page = open_page("shortlist?weights=health_first")
    chooser = page.get_by_role("combobox", name="Partners", exact=True)
    for name in ("Optence", "Medicen", "Biocat"):
        chooser.press_sequentially(name)
        page.get_by_role("option", name=re.compile(f"^{name}")).click()
        settled(page)
    expect(page.get_by_text(re.compile("place 2 among the allowed sets, 0.8 points behind the best"))).to_be_visible()
    expect(page.get_by_label(re.compile("^Bar chart of two sets of partners"))).to_be_visible()
    page.wait_for_url("**own_set=*")
    page.reload()
    expect(page.get_by_text(re.compile("place 2 among the allowed sets, 0.8 points behind the best"))).to_be_visible()


def test_the_simulation_over_another_region(open_page: OpenPage) -> None:
    page = open_page("shortlist?weights=health_first")
    expect(page.get_by_text(re.compile("of the draws within ±10 percentage points of today's weights"))).to_be_visible()
    page.get_by_role("radio", name="Any weights").click()
    expect(page.get_by_text(re.compile("of the draws under any weights"))).to_be_visible()
    page.get_by_text("Which sets are the best most often?").click()
    expect(page.get_by_role("region", name="The sets that are the best one most often.")).to_be_visible()


def test_the_shortlist_downloads_with_the_set_the_rules_the_weights_and_the_core_index(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("shortlist?weights=health_first")
    settled(page)
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download the shortlist (CSV)").click()
    file = tmp_path / "shortlist.csv"
    downloaded.value.save_as(file)
    cells = [cell for row in csv.reader(file.read_text("utf-8-sig").splitlines()) for cell in row]
    for said in ("BioWin", "Exactly three partners join", "Healthcare depth", "borderline"):
        assert any(said in cell for cell in cells), said


def test_the_ranking_marks_the_best_set_and_the_overview_speaks_of_it(open_page: OpenPage) -> None:
    page = open_page("ranking?weights=health_first")
    expect(page.get_by_text("✓ best set").and_(page.locator(":visible"))).to_have_count(3)
    page = open_page("?weights=health_first")
    expect(
        page.get_by_text(re.compile("BioWin, Medicen Paris Region and Optence e.V. are the best of 792"))
    ).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_everybody_can_use_the_page(open_page: OpenPage, scheme: Literal["light", "dark"], width: int) -> None:
    page = open_page("shortlist?weights=health_first&rules=must%3Dmedicen", width=width, scheme=scheme)
    settled(page)
    assert violations(page) == ""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
