"""Weights as people set them: a list put in order by mouse, finger and keys; points used, kept, and taken along."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from real_browser import App, serve, settled

import partnerselect as ps
from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage

ROOT = Path(__file__).parents[2]
MAKE = "weights?part=Make+a+viewpoint"
COMPARE, COMBINE = "weights?part=Compare+viewpoints", "weights?part=Combine+by+voting+power"
GOALS = ["Thematic fit", "Reach", "Access to third markets", "Ability to deliver", "Quality of the partnership"]
READ_ONLY = """
import os
from pathlib import Path

import streamlit as st

from partnerselect.ui.entry import warm

allowed = os.access
os.access = lambda path, mode, **more: mode != os.W_OK and allowed(path, mode, **more)
app = st.App(Path(warm.__file__).with_name("router.py"))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the real case, which a test may write to."""
    for folder in ("criteria", "candidates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def own_app(home: Path) -> Iterator[App]:
    with serve(folder=home) as running:
        yield running


def criteria_file(home: Path) -> Path:
    return home / "criteria" / "photonics-for-health.yaml"


def by(page: Page, method: str) -> None:
    """Choose how to weigh."""
    page.get_by_text(method, exact=True).click()
    expect(page.get_by_text(re.compile(r"So far: the goals by"))).to_be_visible()
    settled(page)


def order(page: Page) -> list[str]:
    return page.locator("li.row bdi.title").all_inner_texts()


def drag_to(page: Page, title: str, place: int) -> None:
    """Carry a row by its handle over the row that stands at a place, and let go."""
    grip = page.get_by_role("button", name=f"Move {title}", exact=True).bounding_box()
    target = page.locator("li.row").nth(place).bounding_box()
    assert grip is not None
    assert target is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    above = target["y"] < y
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, target["y"] + (2 if above else target["height"] - 2), steps=12)
    page.mouse.up()


def save(page: Page, title: str, why: str = "") -> None:
    page.get_by_text("Save as a viewpoint").first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Reason why").fill(why)
    page.get_by_role("button", name="Save as a viewpoint").click()


def test_an_order_by_mouse_is_used_everywhere_and_survives_a_reload(open_page: OpenPage) -> None:
    page = open_page(MAKE)
    by(page, "Order")
    assert order(page) == GOALS
    drag_to(page, "Quality of the partnership", 0)
    moved = [GOALS[4], *GOALS[:4]]
    expect(page.locator("li.row bdi.title").first).to_have_text(GOALS[4])
    assert order(page) == moved
    expect(page.locator("li.row .share").first).to_have_text("46 %")  # (1 + 1/2 + 1/3 + 1/4 + 1/5) / 5
    drag_to(page, "Thematic fit", 3)  # from the second place down to the fourth
    moved = [GOALS[4], *GOALS[1:3], GOALS[0], GOALS[3]]
    expect(page.locator("li.row bdi.title").nth(3)).to_have_text(GOALS[0])
    page.get_by_role("button", name="Use these points").click()
    page.get_by_text("weights: own points").wait_for()
    settled(page)
    assert order(page) == moved
    points = "quality.100"
    page.wait_for_url(f"**{points}*")
    page.get_by_role("link", name="Ranking").first.click()
    page.get_by_role("heading", name="Who leads, and why?").wait_for()
    shown = page.get_by_role("slider", name="Quality of the partnership")
    expect(shown).to_have_value("100")
    expect(page.get_by_role("slider", name="Reach")).to_have_value("56")  # 0.256667 / 0.456667
    page.reload()
    settled(page)
    page.get_by_text("weights: own points").wait_for()
    expect(shown).to_have_value("100")


def test_a_move_on_the_ranking_after_that_is_the_newer_one(open_page: OpenPage) -> None:
    page = open_page(MAKE)
    by(page, "Order")
    page.get_by_role("button", name="Use these points").click()
    page.get_by_text("weights: own points").wait_for()
    page.get_by_role("link", name="Ranking").first.click()
    slider = page.get_by_role("slider", name="Ability to deliver")
    expect(slider).to_have_value("20")  # 0.09 / 0.456667
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**delivery.21*")
    settled(page)
    page.get_by_role("link", name="Weights").first.click()
    page.get_by_role("heading", name="What matters to us").wait_for()
    settled(page)
    assert "delivery.21" in page.url
    page.get_by_role("link", name="Ranking").first.click()
    expect(slider).to_have_value("21")


def test_an_order_by_keys_and_by_arrows(open_page: OpenPage) -> None:
    page = open_page(MAKE)
    by(page, "Order")
    grip = page.get_by_role("button", name="Move Access to third markets", exact=True)
    grip.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(grip).to_be_focused()
    expect(page.locator("[role=status]").filter(has_text="now")).to_have_text(
        "Access to third markets: now 1 of 5, 46 %"
    )
    page.get_by_role("button", name="Move Access to third markets down").press("Enter")
    page.wait_for_timeout(600)
    settled(page)
    assert order(page) == [GOALS[0], GOALS[2], GOALS[1], *GOALS[3:]]
    page.get_by_role("button", name="Move Thematic fit", exact=True).press("End")
    page.wait_for_timeout(600)
    settled(page)
    moved = [GOALS[2], GOALS[1], *GOALS[3:], GOALS[0]]
    assert order(page) == moved
    expect(page.get_by_role("button", name="Move Thematic fit down")).to_be_disabled()
    page.get_by_role("tab", name="What counts now").click()
    page.get_by_role("tab", name="Make a viewpoint").click()
    expect(page.locator("li.row bdi.title").first).to_have_text(moved[0])
    assert order(page) == moved


def test_what_was_changed_just_before_a_press_counts(open_page: OpenPage) -> None:
    page = open_page(MAKE)
    by(page, "Order")
    page.get_by_role("button", name="Move Reach up").click()
    page.get_by_role("button", name="Use these points").click()
    page.get_by_text("weights: own points").wait_for()
    page.wait_for_url("**reach.100~*")


def test_a_drag_that_is_given_up_changes_nothing(open_page: OpenPage) -> None:
    page = open_page(MAKE, reduced_motion=True)
    by(page, "Order")
    grip = page.get_by_role("button", name="Move Reach", exact=True)
    box = grip.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    page.mouse.move(box["x"] + 9, box["y"] + 200, steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert order(page) == GOALS
    page.get_by_role("button", name="Move Reach up").click()
    assert page.evaluate("document.getAnimations().filter(one => one.effect.target?.matches?.('.row')).length") == 0
    assert order(page)[0] == "Reach"


def test_an_order_by_finger_while_the_rest_of_a_row_scrolls_the_page(browser: Browser, app: App) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{app.url}/{MAKE}")
    settled(page)
    by(page, "Order")
    grip = page.get_by_role("button", name="Move Reach", exact=True)
    grip.scroll_into_view_if_needed()
    start, goal = grip.bounding_box(), page.locator("li.row").nth(3).bounding_box()
    assert start is not None
    assert goal is not None
    touch(page, (start["x"] + 12, start["y"] + 12), (start["x"] + 12, goal["y"] + goal["height"] - 2))
    expect(page.locator("li.row bdi.title").nth(3)).to_have_text("Reach")
    before = order(page)
    title = page.locator("li.row bdi.title").nth(2).bounding_box()
    assert title is not None
    touch(page, (title["x"] + 5, title["y"] + 5), (title["x"] + 5, title["y"] - 160))
    page.wait_for_timeout(600)
    assert order(page) == before
    context.close()


def touch(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """One finger from here to there."""
    session = page.context.new_cdp_session(page)

    def send(kind: str, at: tuple[float, float] | None) -> None:
        points = [] if at is None else [{"x": at[0], "y": at[1]}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", start)
    for step in range(1, 11):
        share = step / 10
        send("touchMove", (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
        page.wait_for_timeout(16)
    send("touchEnd", None)


def test_a_saved_viewpoint_stands_in_the_file_and_can_be_chosen(browser: Browser, home: Path, own_app: App) -> None:
    before = criteria_file(home).read_text("utf-8")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{own_app.url}/{MAKE}")
    settled(page)
    by(page, "Order")
    drag_to(page, "Reach", 0)
    save(page, "Reach <b>first</b>", "Decided on 3 May: no. 5")
    page.get_by_text("Saved as “Reach <b>first</b>”, and in force.").wait_for()
    page.get_by_text("weights: Reach <b>first</b>").wait_for()
    page.wait_for_url("**weights=reach_b_first_b*")
    after = criteria_file(home).read_text("utf-8")
    assert after.startswith(before)
    decision = ps.read_decision(criteria_file(home), home / "candidates" / "photonics-for-health")
    saved = decision.viewpoints[-1]
    assert (saved.title, saved.why) == ("Reach <b>first</b>", "Decided on 3 May: no. 5")
    assert saved.points["reach"] == 100
    page.get_by_role("link", name="Ranking").first.click()
    expect(page.get_by_label("Viewpoint", exact=True)).to_have_value(saved.id)
    page.get_by_label("Viewpoint", exact=True).select_option("equal_goals")
    page.get_by_text("weights: Equal goals").wait_for()
    another = browser.new_page(viewport={"width": 1366, "height": 768})
    another.goto(f"{own_app.url}/ranking?weights={saved.id}")
    settled(another)
    another.get_by_text("weights: Reach <b>first</b>").wait_for()
    another.close()
    page.close()


def test_two_who_save_under_one_title_ask_before_they_replace(browser: Browser, home: Path, own_app: App) -> None:
    pages = [browser.new_page(viewport={"width": 1366, "height": 768}) for _ in range(2)]
    for page in pages:
        page.goto(f"{own_app.url}/{MAKE}")
        settled(page)
        by(page, "Order")
    save(pages[0], "Ours")
    pages[0].get_by_text("Saved as “Ours”").wait_for()
    pages[1].get_by_role("button", name="Move Reach up").click()
    save(pages[1], "Ours")
    pages[1].get_by_text("there is a viewpoint “Ours” already").wait_for()
    pages[1].get_by_text("Replace the viewpoint “Ours”").click()
    pages[1].get_by_role("button", name="Save as a viewpoint").click()
    pages[1].get_by_text("Saved as “Ours”").wait_for()
    decision = ps.read_decision(criteria_file(home), home / "candidates" / "photonics-for-health")
    assert [one.title for one in decision.viewpoints].count("Ours") == 1
    assert decision.viewpoints[-1].points["reach"] == 100
    settled(pages[0])
    pages[0].get_by_role("tab", name="Compare viewpoints").click()
    pages[0].get_by_text("weights: own points").wait_for()  # what it holds is no longer what the file calls “Ours”
    for page in pages:
        page.close()


def test_a_folder_that_cannot_be_written_offers_the_file_instead(browser: Browser, home: Path) -> None:
    before = criteria_file(home).read_text("utf-8")
    script = home / "read_only.py"
    script.write_text(READ_ONLY, "utf-8")
    with serve(folder=home, script=script) as app:
        page = browser.new_page(viewport={"width": 1366, "height": 768}, accept_downloads=True)
        page.goto(f"{app.url}/{MAKE}")
        settled(page)
        by(page, "Order")
        save(page, "Our board")
        page.get_by_text("Not saved: the criteria file cannot be written (Permission denied).").wait_for()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download photonics-for-health.yaml").click()
        taken = home / "taken.yaml"
        waiting.value.save_as(taken)
        page.close()
    assert criteria_file(home).read_text("utf-8") == before
    assert waiting.value.suggested_filename == "photonics-for-health.yaml"
    assert taken.read_text("utf-8").startswith(before)
    decision = ps.read_decision(taken, home / "candidates" / "photonics-for-health")
    assert decision.viewpoints[-1].title == "Our board"


@pytest.mark.parametrize(
    ("scheme", "width", "height"), [("dark", 390, 844), ("light", 1366, 768)], ids=["phone", "laptop"]
)
@pytest.mark.parametrize("path", [MAKE, COMPARE, COMBINE], ids=["make", "compare", "combine"])
def test_every_part_can_be_used_by_everybody(
    open_page: OpenPage, path: str, scheme: Literal["light", "dark"], width: int, height: int
) -> None:
    page = open_page(path, width=width, height=height, scheme=scheme)
    if path == MAKE:
        by(page, "Order")
    page.wait_for_timeout(600)
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
