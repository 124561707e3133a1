"""The live ranking as people use it: a fast hand, a reload, a restart, and the same numbers as Python."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, expect
from real_browser import serve, settled

import partnerselect as ps
from tests.browser.conftest import OpenPage

ROOT = Path(__file__).parents[2]
EVALUATE = """points => {
  const hosts = [...document.querySelectorAll("*")].filter(one => one.shadowRoot?.querySelector(".live"))
  const found = hosts[0].shadowRoot.querySelector(".live").partnerselect.evaluate(points)
  const plain = one => one?.length === undefined ? one : [...one]
  return Object.fromEntries(Object.entries(found).map(([name, one]) => [name, plain(one)]))
}"""


def sentence(page: Page) -> str:
    """What Python says of the leaders."""
    return page.locator("[data-testid=stMarkdownContainer] strong").first.inner_text()


def leaders(page: Page, count: int = 5) -> list[str]:
    """The first names of the live ranking, in the order in which they are read."""
    page.wait_for_timeout(900)  # rows take their place in the document when they have glided
    return [name.strip() for name in page.locator("li.row bdi.title").all_inner_texts()[:count]]


def drag(page: Page, goal: int, share: float, steps: int = 12) -> None:
    """Drag a goal's slider to a share of its width, and let go."""
    box = page.locator(".goal > .control input[type=range]").nth(goal).bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, middle, steps=steps)
    page.mouse.up()


def test_a_released_slider_reaches_python_and_the_address(open_page: OpenPage) -> None:
    page = open_page("ranking")
    before = sentence(page)
    drag(page, 0, 0.95)
    page.wait_for_url("**weights=fit.9*")
    page.get_by_text("weights: own points").wait_for()
    expect(page.locator("[data-testid=stMarkdownContainer] strong").first).not_to_have_text(before)


def test_a_link_reproduces_the_view(open_page: OpenPage) -> None:
    page = open_page("ranking")
    drag(page, 1, 0.05)
    page.wait_for_url("**weights=*~*")
    settled(page)
    told, order = sentence(page), leaders(page)
    again = open_page(page.url.split("/", 3)[3])
    assert (sentence(again), leaders(again)) == (told, order)


def test_a_reload_in_the_middle_loses_nothing_that_was_committed(open_page: OpenPage) -> None:
    page = open_page("ranking")
    drag(page, 2, 0.1)
    page.wait_for_url("**weights=*~*")
    settled(page)
    told = sentence(page)
    page.reload()
    settled(page)
    assert sentence(page) == told


def test_a_fast_hand_ends_where_it_let_go(open_page: OpenPage) -> None:
    page = open_page("ranking")
    for turn in range(8):
        drag(page, turn % 5, 0.1 if turn % 2 else 0.9, steps=2)
    page.wait_for_url(re.compile(r"weights=fit\.\d~.*~reach\.9\d~.*~markets\.\d~"), timeout=30_000)
    settled(page)
    shown = page.locator(".goal > .control input[type=range]").evaluate_all("all => all.map(one => one.value)")
    assert [round(float(value), -1) for value in shown] == [10, 90, 10, 10, 90]
    address = dict(entry.split(".", 1) for entry in page.url.split("weights=")[1].split("&")[0].split("~"))
    decision = case()
    assert [float(value) for value in shown] == [float(address[goal.id]) for goal in decision.goals]
    first = ps.evaluate(decision, {one: float(points) for one, points in address.items()}).ranking
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    assert leaders(page) == [names[str(one)] for one in first.index[:5]]
    assert names[str(first.index[0])] in sentence(page)


def test_going_back_brings_the_weights_before(open_page: OpenPage) -> None:
    page = open_page("ranking")
    told = sentence(page)
    drag(page, 0, 0.98)
    page.get_by_text("weights: own points").wait_for()
    page.wait_for_timeout(3500)  # a browser that goes back at once could as well be one that lags behind
    page.go_back()
    page.get_by_text("weights: Equal goals").wait_for()
    settled(page)
    assert sentence(page) == told
    expect(page.get_by_role("slider", name="Thematic fit")).to_have_value("50")


def test_viewpoint_undo_and_reset(open_page: OpenPage) -> None:
    page = open_page("ranking")
    equal = leaders(page)
    page.get_by_label("Viewpoint").select_option("health_first")
    page.get_by_text("weights: Health first").wait_for()
    health = leaders(page)
    assert health != equal
    drag(page, 0, 0.02)
    page.get_by_text("weights: own points").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("weights: Health first").wait_for()
    assert leaders(page) == health
    drag(page, 1, 0.98)
    page.get_by_text("weights: own points").wait_for()
    page.get_by_role("button", name="Reset").click()
    page.get_by_text("weights: Health first").wait_for()


def test_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("ranking")
    page.get_by_role("slider", name="Thematic fit").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**weights=fit.55*")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="3 criteria of Thematic fit").press("Enter")
    expect(page.get_by_role("slider", name="Healthcare depth")).to_be_visible()
    page.locator("li.row button.name").first.press("Enter")
    expect(page.locator("li.row .breakdown table").first).to_be_visible()
    page.keyboard.press("Control+z")
    page.get_by_text("weights: Equal goals").wait_for()


def test_what_moved_is_said_aloud(open_page: OpenPage) -> None:
    page = open_page("ranking")
    drag(page, 0, 0.98)
    expect(page.locator("[role=status][aria-live=polite]")).to_contain_text("leads with", timeout=5000)


def test_commitment_moves_nothing_and_says_so(open_page: OpenPage) -> None:
    page = open_page("ranking")
    page.get_by_role("button", name="3 criteria of Quality of the partnership").click()
    expect(page.locator(".control", has_text="Commitment").locator(".note")).to_contain_text("nobody", ignore_case=True)


def test_all_points_at_zero_say_what_to_do(open_page: OpenPage) -> None:
    page = open_page("ranking")
    for goal in range(5):
        page.locator(".goal > .control input[type=range]").nth(goal).fill("0")
    expect(page.get_by_text("All points are at zero: raise at least one goal")).to_be_visible()
    page.locator(".goal > .control input[type=range]").nth(0).fill("40")
    expect(page.get_by_text("All points are at zero")).to_be_hidden()
    assert leaders(page)


def test_reduced_motion_is_respected(open_page: OpenPage) -> None:
    page = open_page("ranking", reduced_motion=True)
    seconds = page.locator("li.row").first.evaluate("row => getComputedStyle(row).transitionDuration")
    assert all(float(part.strip().rstrip("s")) <= 0.01 for part in seconds.split(","))


def test_the_shortlist_is_what_the_screen_shows(open_page: OpenPage) -> None:
    page = open_page("ranking?weights=health_first")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the shortlist (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert [row["candidate"] for row in rows[2:7]] == leaders(page)
    assert len(rows) == 12


def test_two_head_to_head_follow_the_weights(open_page: OpenPage) -> None:
    page = open_page("ranking")
    page.get_by_text("Two candidates head to head").click()
    told = page.get_by_text("is ahead of").or_(page.get_by_text("are level"))
    told.wait_for()
    before = told.inner_text()
    page.get_by_label("Viewpoint").select_option("health_first")
    page.get_by_text("weights: Health first").wait_for()
    settled(page)
    expect(told).not_to_have_text(before)


def test_the_same_numbers_as_python(open_page: OpenPage) -> None:
    page = open_page("ranking")
    decision = case()
    order = [candidate.id for candidate in decision.candidates]
    chance = np.random.default_rng(7)
    for _ in range(200):
        points = {one: int(chance.integers(0, 101)) for one in decision.ids()}
        ranking = ps.evaluate(decision, points).ranking.loc[order]
        found = page.evaluate(EVALUATE, points)
        for theirs, ours in (("totals", "total"), ("low", "low"), ("high", "high"), ("likelyLow", "likely_low")):
            assert np.abs(np.array(found[theirs]) - ranking[ours].to_numpy()).max() <= 1e-12
        for theirs, ours in (("likelyBestRank", "likely_best_rank"), ("likelyWorstRank", "likely_worst_rank")):
            assert list(found[theirs]) == list(ranking[ours])
        assert list(found["ranks"]) == list(ranking["rank"])


def test_a_restart_of_the_server_loses_nothing(browser: Browser) -> None:
    with serve() as app:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{app.url}/ranking")
        settled(page)
        drag(page, 0, 0.9)
        page.wait_for_url("**weights=*~*")
        settled(page)
        told, address = sentence(page), page.url
        port = int(app.url.rsplit(":", 1)[1])
    with serve(port=port) as app:
        page.wait_for_timeout(4000)
        drag(page, 1, 0.1)
        page.wait_for_function("before => location.href !== before", arg=address, timeout=20_000)
        settled(page)
        assert "fit.9" in page.url or "fit.8" in page.url
        assert sentence(page) != told
        page.close()


def test_hostile_names_are_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    home = hostile_case(tmp_path)
    with serve(folder=home) as app:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError(dialog.message)))
        for path in ("", "candidates", "ranking"):
            page.goto(f"{app.url}/{path}")
            settled(page)
            page.wait_for_timeout(500)
            assert page.evaluate("window.owned") is None
            assert page.locator("img[src='x']").count() == 0
        assert "<img src=x" in page.locator("li.row bdi.title").first.inner_text()
        page.close()


def test_a_file_broken_during_a_session_says_how_to_mend_it(browser: Browser, tmp_path: Path) -> None:
    home = hostile_case(tmp_path)
    file = home / "candidates" / "photonics-for-health" / "evil.yaml"
    good = file.read_text("utf-8")
    with serve(folder=home) as app:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{app.url}/ranking")
        settled(page)
        file.write_text(good + "surprise: 1\n", "utf-8")
        drag(page, 0, 0.9)
        page.get_by_role("heading", name="The files need mending first").wait_for()
        file.write_text(good, "utf-8")
        page.get_by_role("button", name="Read the files again").click()
        page.get_by_role("heading", name="Who leads, and why?").wait_for()
        page.close()


def hostile_case(tmp_path: Path) -> Path:
    """The real criteria with one candidate whose name would like to be more than text."""
    (tmp_path / "criteria").mkdir()
    case_file = ROOT / "criteria" / "photonics-for-health.yaml"
    (tmp_path / "criteria" / case_file.name).write_text(case_file.read_text("utf-8"), "utf-8")
    folder = tmp_path / "candidates" / case_file.stem
    folder.mkdir(parents=True)
    (folder / "evil.yaml").write_text(
        "schema_version: 1\nid: evil\n"
        "name: '<img src=x onerror=\"window.owned=1\"> [x](javascript:window.owned=1) **b** $x$'\n"
        "kind: health\ncountry: FR\nregion: '<script>window.owned=1</script>'\n"
        "evidence:\n  - {criterion: healthcare_depth, value: 3, grade: a, as_of: 2016,\n"
        "     source: 'javascript:window.owned=1'}\n",
        "utf-8",
    )
    return tmp_path


def case() -> ps.Decision:
    return ps.read_decision(ROOT / "criteria/photonics-for-health.yaml", ROOT / "candidates/photonics-for-health")
