"""The Rounds page as a meeting uses it: a round prepared, closed and kept over a restart; two who close at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from real_browser import App, serve, settled

from partnerselect.rounds.store import open_store
from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage


@pytest.fixture
def own_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """An app with a store of its own."""
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path}/rounds.sqlite3")
    with serve() as running:
        yield running


def sign(page: Page, name: str) -> None:
    field = page.get_by_role("textbox", name="Your name").last
    field.fill(name)
    field.press("Enter")
    settled(page)


def be_sure(page: Page) -> None:
    """Unfold what is asked before closing, once the form stands, and tick it."""
    settled(page)
    tick = page.get_by_text("Everything in the draft is as we decided it")
    page.get_by_text("Close the round", exact=True).first.click()
    expect(tick).to_be_visible()
    page.wait_for_timeout(500)  # the fold opens
    tick.click()
    expect(page.get_by_role("checkbox", name="Everything in the draft is as we decided it")).to_be_checked()


def close(page: Page) -> None:
    be_sure(page)
    page.get_by_role("button", name="Close the round").last.click()


def test_a_round_is_prepared_closed_and_looked_at_and_a_restart_loses_nothing(
    own_app: App, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("rounds?weights=health_first", base=own_app.url)
    sign(page, "Ann")
    page.get_by_role("button", name="Start a draft").click()
    page.get_by_role("textbox", name="Why, as a whole").fill("They fit.")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Saved as revision 2.").first).to_be_visible()
    close(page)
    expect(page.get_by_text(re.compile("is closed. Its hash is [0-9a-f]{64}")).first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Take it away (JSON)").click()
    record = json.loads(Path(waiting.value.path()).read_text("utf-8"))
    assert (record["id"], record["rationale"]["text"], record["closed_by"]) == ("2017-05", "They fit.", "Ann")
    page.goto("about:blank")
    with serve() as again:
        page = open_page(f"ranking?round={record['sha256']}", base=again.url)
        expect(page.get_by_text(re.compile("You are looking at the round “Round of May 2017”"))).to_be_visible()
        expect(page.get_by_text("✓ chosen").and_(page.locator(":visible"))).to_have_count(3)
        expect(page.locator(".weights[inert]")).to_have_count(1)
        page.get_by_role("button", name="Back to today").click()
        expect(page.get_by_text(re.compile("You are looking at the round"))).to_have_count(0)
        expect(page.locator(".weights[inert]")).to_have_count(0)
        page.goto("about:blank")


def test_of_two_who_close_the_same_draft_one_is_told_who_did(own_app: App, open_page: OpenPage) -> None:
    first = open_page("rounds?weights=health_first", base=own_app.url)
    sign(first, "Ann")
    first.get_by_role("button", name="Start a draft").click()
    expect(first.get_by_text(re.compile("is kept")).first).to_be_visible()
    second = open_page("rounds?weights=health_first", base=own_app.url)
    sign(second, "Bo")
    expect(second.get_by_role("button", name="Save the draft")).to_be_visible()
    close(first)
    expect(first.get_by_text(re.compile("is closed. Its hash is")).first).to_be_visible()
    close(second)
    expect(second.get_by_text(re.compile("Ann closed the draft “Round of May 2017”")).first).to_be_visible()


def test_who_took_part_and_which_conflicts_were_declared_is_kept(
    own_app: App, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("rounds?weights=health_first", base=own_app.url)
    sign(page, "Ann")
    page.get_by_role("button", name="Start a draft").click()
    people = page.get_by_role("textbox", name="Who took part (one line each")
    people.fill("Zoë Aydın; Medicen; board\nBo")
    conflicts = page.get_by_role("textbox", name="Conflicts of interest that were declared")
    conflicts.fill("Zoë Aydın; Medicn; sits on its board")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text(re.compile("Conflicts, line 1: there is no candidate 'Medicn'")).first).to_be_visible()
    expect(people).to_have_value("Zoë Aydın; Medicen; board\nBo")
    conflicts.fill("Zoë Aydın; Medicen; sits on its board")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Saved as revision 2.").first).to_be_visible()
    with open_store(f"sqlite:///{tmp_path}/rounds.sqlite3") as store:
        (draft,) = store.drafts("photonics-for-health")
    assert [(one.name, one.organisation, one.role) for one in draft.participants] == [
        ("Zoë Aydın", "Medicen", "board"),
        ("Bo", None, None),
    ]
    assert [one.candidate for one in draft.conflicts] == ["medicen"]
    expect(conflicts).to_have_value("Zoë Aydın; Medicen Paris Region; sits on its board")


def drafts(folder: Path) -> list[tuple[int, str | None]]:
    """Revision and reason of each draft in the store."""
    with open_store(f"sqlite:///{folder}/rounds.sqlite3") as store:
        return [(one.revision, one.rationale.text) for one in store.drafts("photonics-for-health")]


def test_buttons_pressed_twice_do_it_once(own_app: App, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("rounds?weights=health_first", base=own_app.url)
    sign(page, "Ann")
    page.get_by_role("button", name="Start a draft").dblclick()
    expect(page.get_by_role("button", name="Save the draft")).to_be_visible()
    settled(page)
    assert drafts(tmp_path) == [(1, None)]
    page.get_by_role("textbox", name="Why, as a whole").fill("They fit.")
    page.get_by_role("button", name="Save the draft").dblclick()
    expect(page.get_by_text("Saved as revision 2.").first).to_be_visible()
    settled(page)
    assert drafts(tmp_path) == [(2, "They fit.")]
    be_sure(page)
    page.get_by_role("button", name="Close the round").last.dblclick()
    expect(page.get_by_text(re.compile("is closed. Its hash is")).first).to_be_visible()
    settled(page)
    with open_store(f"sqlite:///{tmp_path}/rounds.sqlite3") as store:
        assert len(store.rounds()) == 1


def test_what_somebody_typed_stays_when_another_saves(own_app: App, open_page: OpenPage, tmp_path: Path) -> None:
    ann = open_page("rounds?weights=health_first", base=own_app.url)
    sign(ann, "Ann")
    ann.get_by_role("button", name="Start a draft").click()
    expect(ann.get_by_role("button", name="Save the draft")).to_be_visible()
    bo = open_page("rounds?weights=health_first", base=own_app.url)
    sign(bo, "Bo")
    bo.get_by_role("textbox", name="Why, as a whole").fill("Bo's long reason")
    ann.get_by_role("textbox", name="Why, as a whole").fill("Ann's reason")
    ann.get_by_role("button", name="Save the draft").click()
    expect(ann.get_by_text("Saved as revision 2.").first).to_be_visible()
    bo.get_by_role("button", name="Save the draft").click()
    expect(bo.get_by_text(re.compile("Ann saved the draft")).first).to_be_visible()
    expect(bo.get_by_role("textbox", name="Why, as a whole")).to_have_value("Bo's long reason")
    assert drafts(tmp_path) == [(2, "Ann's reason")]
    bo.get_by_role("button", name="Save this instead of what Ann saved").click()
    expect(bo.get_by_text("Saved as revision 3.").first).to_be_visible()
    assert drafts(tmp_path) == [(3, "Bo's long reason")]
    ann.get_by_role("button", name="Save the draft").click()
    expect(ann.get_by_role("button", name="Load the newer state")).to_be_visible()
    ann.get_by_role("button", name="Load the newer state").click()
    expect(ann.get_by_role("button", name="Load the newer state")).to_have_count(0)
    settled(ann)
    expect(ann.get_by_role("textbox", name="Why, as a whole")).to_have_value("Bo's long reason")


def test_after_a_restart_of_the_server_the_first_press_saves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path}/rounds.sqlite3")
    page = browser.new_page()
    with serve() as first:
        page.goto(f"{first.url}/rounds?weights=health_first")
        settled(page)
        sign(page, "Ann")
        page.get_by_role("button", name="Start a draft").click()
        expect(page.get_by_role("button", name="Save the draft")).to_be_visible()
        page.get_by_role("textbox", name="Why, as a whole").fill("Before the restart.")
        settled(page)
        port = int(first.url.rsplit(":", 1)[1])
    with serve(port=port):
        expect(page.get_by_text("Connecting")).to_have_count(0, timeout=30_000)
        settled(page)
        page.get_by_role("button", name="Save the draft").click()
        expect(page.get_by_text("Saved as revision 2.").first).to_be_visible()
        assert drafts(tmp_path) == [(2, "Before the restart.")]
        page.close()


def test_the_folded_settings_take_no_focus(own_app: App, open_page: OpenPage) -> None:
    page = open_page("rounds", base=own_app.url)
    hidden = "getComputedStyle(document.querySelector('[data-testid=stSidebar]')).visibility"
    assert page.evaluate(hidden) == "hidden"
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_test_id("stSidebar")).to_have_css("visibility", "visible")


@pytest.mark.parametrize("width", [390, 1440])
def test_everybody_can_use_the_page(own_app: App, open_page: OpenPage, width: int) -> None:
    page = open_page("rounds?weights=health_first", width=width, base=own_app.url)
    sign(page, "Ann")
    page.get_by_role("button", name="Start a draft").click()
    expect(page.get_by_text(re.compile("is kept")).first).to_be_visible()
    close(page)
    expect(page.get_by_text(re.compile("is closed. Its hash is")).first).to_be_visible()
    settled(page)
    assert violations(page) == ""
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
