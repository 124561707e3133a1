"""Ask next and the second opinions as people use them: another number, the files, the fold."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage

SIZES = {"phone": (390, 844), "projector": (1920, 1080)}


def downloaded(page: Page, label: str) -> str:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    return Path(waiting.value.path()).read_text("utf-8-sig")


def test_the_questions_can_be_taken_away(open_page: OpenPage) -> None:
    page = open_page("ask_next")
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "Questions by candidate (CSV)"))))
    told = page.get_by_text(re.compile(r"\d+ can change the choice alone")).inner_text()
    assert f"; {len(rows)} can change the choice alone" in told
    letter = downloaded(page, "Questions for a letter (text)")
    assert rows[0]["candidate"] in letter.splitlines()[0]
    assert rows[0]["question"] in letter


def test_another_number_to_choose_is_answered_and_stands_in_the_address(open_page: OpenPage) -> None:
    page = open_page("ask_next")
    number = page.get_by_role("spinbutton", name="Candidates to be chosen")
    number.fill("1")
    number.press("Enter")
    expect(page.get_by_text("the chance that the answer changes who leads is")).to_be_visible()
    page.wait_for_url("**ask_top=1*")
    again = open_page(page.url.split("/", 3)[3])
    expect(again.get_by_text("the chance that the answer changes who leads is")).to_be_visible()
    assert again.get_by_role("spinbutton", name="Candidates to be chosen").input_value() == "1"


def test_the_weights_of_the_ranking_hold_here(open_page: OpenPage) -> None:
    first = [
        open_page(f"ask_next?weights={viewpoint}").get_by_text("First ask").inner_text()
        for viewpoint in ("health_first", "deliverability")
    ]
    assert first[0] != first[1]


def test_second_opinions_open_with_ranks_and_a_meaning(open_page: OpenPage) -> None:
    page = open_page("ranking")
    page.get_by_text("Second opinions: the same by other methods").click()
    expect(page.get_by_text("Where they agree, the order does not depend")).to_be_visible()
    chart = page.get_by_label(re.compile("^Table of ranks of 24 candidates by five methods"))
    expect(chart).to_be_visible()


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_wcag_violation(open_page: OpenPage, scheme: Literal["light", "dark"], size: str) -> None:
    width, height = SIZES[size]
    page = open_page("ask_next", width=width, height=height, scheme=scheme)
    page.wait_for_timeout(600)
    assert violations(page) == ""


def test_nothing_is_wider_than_a_phone(open_page: OpenPage) -> None:
    page = open_page("ask_next", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_open_second_opinions_fit_a_phone_and_break_no_rule(open_page: OpenPage) -> None:
    page = open_page("ranking", width=390, height=844)
    page.get_by_text("Second opinions: the same by other methods").click()
    page.get_by_text("Where they agree, the order does not depend").wait_for()
    page.wait_for_timeout(600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == ""
