"""The Sensitivity page as a meeting uses it: another question, another region, a picture, a reload."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from real_browser import serve, settled

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage

VERDICT = re.compile("^(Tie|Fragile|Robust): |(Tie|Fragile|Robust): ")


def verdict(page: Page) -> str:
    return page.get_by_text(VERDICT).first.inner_text()


def test_another_number_of_leading_candidates_gives_another_verdict_and_a_link_to_it(open_page: OpenPage) -> None:
    page = open_page("sensitivity?weights=health_first")
    assert "lead together in at most" in verdict(page)
    number = page.get_by_role("spinbutton", name="Leading candidates")
    number.fill("1")
    number.press("Enter")
    expect(page.get_by_text(re.compile("Fragile: "))).to_be_visible()
    page.wait_for_url("**leading=1*")
    one = verdict(page)
    page.reload()
    expect(page.get_by_text(one)).to_be_visible()


def test_the_same_link_gives_the_same_page_after_the_server_was_restarted(open_page: OpenPage) -> None:
    told = []
    for _ in range(2):
        with serve() as app:
            page = open_page("sensitivity?weights=sme_benefit&leading=1", base=app.url)
            sentence = page.get_by_text(re.compile(r"of the draws under any weights")).inner_text()
            told.append((verdict(page), sentence))
            page.goto("about:blank")
    assert told[0] == told[1]


def test_what_it_would_take_for_a_candidate_to_enter(open_page: OpenPage) -> None:
    page = open_page("sensitivity?weights=health_first")
    chooser = page.get_by_role("combobox", name="For this candidate to enter the top 3")
    chooser.click()
    chooser.press_sequentially("Optence")
    chooser.press("Enter")
    expect(page.get_by_text(re.compile("Optence e.V. is among the first 3 once"))).to_be_visible()
    expect(page.get_by_label(re.compile("^Weights today and as needed to bring Optence"))).to_be_visible()


def test_regions_draws_and_doubt_change_the_simulation(open_page: OpenPage) -> None:
    page = open_page("sensitivity?weights=health_first&leading=1")
    page.get_by_role("radio", name="Around today's").click()
    expect(page.get_by_text(re.compile("within ±10 percentage points of today's weights, ")).first).to_be_visible()
    page.get_by_text("Draw the evidence from its ranges as well").click()
    expect(
        page.get_by_text(re.compile(r"In [\d.]+ % \(± 0\.\d\) of the draws within ±10 percentage points"))
    ).to_be_visible()
    page.get_by_role("radio", name="Between the viewpoints").click()
    expect(page.get_by_text(re.compile("under every mixture of the 5 viewpoints")).first).to_be_visible()


def test_many_draws_show_their_progress_and_a_smaller_error(open_page: OpenPage) -> None:
    page = open_page("sensitivity?weights=health_first&leading=1")
    slider = page.get_by_role("slider", name="Draws")
    slider.press("ArrowRight")
    expect(page.get_by_text("Drawing 100,000 times …")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\(± 0\.[12]\) of the draws under any weights"))).to_be_visible(timeout=30_000)


def test_possible_ranks_are_worked_out_when_asked_for(open_page: OpenPage) -> None:
    page = open_page("sensitivity?weights=health_first")
    page.get_by_text("Which ranks are possible at all?").click()
    expect(page.get_by_text(re.compile("can be first under any weights"))).to_be_visible(timeout=30_000)
    expect(page.get_by_label(re.compile("^Bars of the best and worst possible rank"))).to_be_visible()
    page.get_by_role("radio", name="Around today's").click()
    expect(page.get_by_text(re.compile("can be first within ±10 percentage points"))).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(("kind", "start"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_every_chart_can_be_taken_away(open_page: OpenPage, kind: str, start: bytes) -> None:
    page = open_page("sensitivity?weights=health_first")
    folds = page.get_by_text("The same as a table, and as a picture")
    expect(folds).to_have_count(4)
    for fold in range(4):
        folds.nth(fold).click()
        page.get_by_role("button", name=f"Picture ({kind})").nth(fold).wait_for()
        settled(page)  # a button that is about to be drawn anew does not download
        button = page.get_by_role("button", name=f"Picture ({kind})").nth(fold)
        with page.expect_download() as waiting:
            button.click()
        assert Path(waiting.value.path()).read_bytes().startswith(start)
        assert waiting.value.suggested_filename.endswith(f".{kind.lower()}")


def test_no_wcag_violation_with_everything_unfolded(open_page: OpenPage) -> None:
    page = open_page("sensitivity?weights=health_first", scheme="dark")
    for fold in page.get_by_text("The same as a table, and as a picture").all():
        fold.click()
    page.get_by_text("Which ranks are possible at all?").click()
    expect(page.get_by_label(re.compile("^Bars of the best and worst possible rank"))).to_be_visible(timeout=30_000)
    page.wait_for_timeout(600)
    assert violations(page) == ""
