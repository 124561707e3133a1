"""The Rounds page: a draft is kept, closed for good, looked at on every page, compared with today."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from partnerselect.rounds.store import open_store

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "src" / "partnerselect" / "ui" / "entry" / "router.py"
PAGES = ROUTER.parents[1] / "pages"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real case that a test may break, and a store of its own."""
    for folder in ("criteria", "candidates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setenv("PARTNERSELECT_HOME", str(tmp_path))
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path}/rounds.sqlite3")
    return tmp_path


def opened(page: str = "rounds", **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    for name, value in parameters.items():
        app.query_params[name] = value
    return turned(app.run(), page)


def turned(app: AppTest, page: str) -> AppTest:
    app.switch_page(str(PAGES / f"{page}.py")).run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    parts = (*app.title, *app.markdown, *app.caption, *app.warning, *app.error, *app.success)
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def button(app: AppTest, label: str) -> Button:
    (found,) = [one for one in app.button if one.label == label]
    return found


def pressed(app: AppTest, label: str) -> AppTest:
    button(app, label).click().run()
    assert not app.exception
    return app


def sure(app: AppTest) -> None:
    """Say that everything is as it was decided."""
    (box,) = [one for one in app.checkbox if one.label == "Everything in the draft is as we decided it"]
    box.set_value(True)


def closed(home: Path, weights: str = "health_first") -> AppTest:
    """A round closed by Ann."""
    app = opened(weights=weights)
    app.text_input(key="round_by").set_value("Ann")
    pressed(app, "Start a draft")
    sure(app)
    return pressed(app, "Close the round")


def test_a_draft_is_kept_and_says_who_saved_it(home: Path) -> None:
    app = opened(weights="health_first")
    assert "No round has been closed yet" in text(app)
    app.text_input(key="round_by").set_value("Ann")
    pressed(app, "Start a draft")
    (why,) = [area for area in app.text_area if area.label == "Why, as a whole"]
    why.set_value("They fit.")
    pressed(app, "Save the draft")
    assert "Saved as revision 2." in text(app)
    with open_store() as store:
        (draft,) = store.drafts("photonics-for-health")
    assert (draft.rationale.text, draft.updated_by) == ("They fit.", "Ann")
    assert draft.chosen == ("biowin", "medicen", "optence")


def test_nothing_is_kept_without_a_name(home: Path) -> None:
    app = pressed(opened(), "Start a draft")
    assert "Say who does this" in text(app)


def test_a_round_is_closed_only_by_somebody_who_is_sure(home: Path) -> None:
    app = opened(weights="health_first")
    app.text_input(key="round_by").set_value("Ann")
    pressed(app, "Start a draft")
    pressed(app, "Close the round")
    assert "To close it, say that everything in the draft is as you decided it." in text(app)
    sure(app)
    pressed(app, "Close the round")
    with open_store() as store:
        (only,) = store.rounds("photonics-for-health")
        record = store.round_(only.sha256)
    assert (record.id, record.closed_by, record.chosen) == ("2017-05", "Ann", ("biowin", "medicen", "optence"))
    assert f"Its hash is {record.sha256}" in text(app)


def test_what_was_typed_and_not_saved_is_closed_with_the_round(home: Path) -> None:
    app = opened(weights="health_first")
    app.text_input(key="round_by").set_value("Ann")
    pressed(app, "Start a draft")
    (why,) = [area for area in app.text_area if area.label == "Why, as a whole"]
    why.set_value("Typed in the last minute.")
    sure(app)
    pressed(app, "Close the round")
    with open_store() as store:
        assert store.round_("2017-05").rationale.text == "Typed in the last minute."


def test_a_candidate_and_a_criterion_may_share_an_id(home: Path) -> None:
    candidates = home / "candidates" / "photonics-for-health"
    content = (candidates / "medicen.yaml").read_text("utf-8").replace("id: medicen", "id: team", 1)
    (candidates / "medicen.yaml").unlink()
    (candidates / "team.yaml").write_text(content, "utf-8")
    app = opened(weights="health_first")
    app.text_input(key="round_by").set_value("Ann")
    pressed(app, "Start a draft")
    (why,) = [one for one in app.text_input if one.label == "Why Medicen Paris Region"]
    why.set_value("Near the clinics.")
    pressed(app, "Save the draft")
    with open_store() as store:
        (draft,) = store.drafts("photonics-for-health")
    assert (dict(draft.rationale.candidates), dict(draft.rationale.criteria)) == ({"team": "Near the clinics."}, {})


def test_in_a_closed_round_every_page_says_who_was_chosen(home: Path) -> None:
    app = opened(weights="health_first")
    app.text_input(key="round_by").set_value("Ann")
    pressed(app, "Start a draft")
    (who,) = [one for one in app.multiselect if one.label == "Who joins"]
    who.set_value(["optence", "medicen", "biocat"])
    sure(app)
    pressed(app, "Close the round")
    app = pressed(app, "Look at it")
    for page in ("overview", "shortlist", "ranking"):
        told = text(turned(app, page))
        assert "**Chosen: Optence e.V., Medicen Paris Region and Biocat (BioRegion of Catalonia).**" in told
    assert "Chosen in this round." in text(turned(app, "shortlist"))


def test_weights_moved_since_are_told_beside_the_draft(home: Path) -> None:
    app = opened(weights="health_first")
    app.text_input(key="round_by").set_value("Ann")
    pressed(app, "Start a draft")
    assert "weights: Health first" in text(app)
    other = opened(weights="sme_benefit")
    assert "On the other pages the weights are not those of this draft." in text(other)
    pressed(other, "Show the draft's weights and day on every page")
    assert "On the other pages" not in text(other)


def test_a_draft_is_discarded_only_on_a_second_press(home: Path) -> None:
    app = opened(weights="health_first")
    app.text_input(key="round_by").set_value("Ann")
    pressed(app, "Start a draft")
    assert "Discard the draft" not in [one.label for one in app.button]
    pressed(app, "Discard it for good")
    assert "is gone." in text(app)
    with open_store() as store:
        assert store.drafts("photonics-for-health") == ()


def test_a_closed_round_stays_as_it_was_whatever_happens_to_the_files(home: Path) -> None:
    app = closed(home)
    criteria = home / "criteria" / "photonics-for-health.yaml"
    renamed = criteria.read_text("utf-8").replace("title: LASER-GO, photonics for health", "title: Other")
    criteria.write_text(renamed, "utf-8")
    shutil.rmtree(home / "candidates" / "photonics-for-health")
    with open_store() as store:
        (only,) = store.rounds("photonics-for-health")
    for page in ("overview", "candidates", "weights", "ranking", "sensitivity", "shortlist", "ask_next", "rounds"):
        app = opened(page, round=only.sha256)
        assert "You are looking at the round “Round of May 2017”" in text(app)
        assert "LASER-GO, photonics for health" in text(app)


def test_in_a_closed_round_nothing_can_be_changed(home: Path) -> None:
    app = pressed(closed(home), "Look at it")
    turned(app, "shortlist")
    assert app.toggle(key="rule_two_health").disabled
    assert "Add or change a rule" not in [one.label for one in app.button]
    turned(app, "weights")
    assert "Make a viewpoint" not in [tab.label for tab in app.tabs]
    pressed(app, "Back to today")
    assert "You are looking at the round" not in text(app)
    assert "round" not in app.query_params


def test_a_new_round_begins_from_an_old_one_on_a_new_day_which_the_whole_app_shows(home: Path) -> None:
    candidate = home / "candidates" / "photonics-for-health" / "secpho.yaml"
    later = (
        "  - criterion: team\n    value: 7\n    basis: organisation\n    as_of: 2020\n    grade: c\n    source: later\n"
    )
    candidate.write_text(candidate.read_text("utf-8").rstrip("\n") + "\n\n" + later, "utf-8")
    closed(home)
    app = opened(weights="sme_benefit")
    app.text_input(key="round_by").set_value("Bo")
    with open_store() as store:
        (only,) = store.rounds("photonics-for-health")
    app.selectbox(key="draft_base").set_value(only.sha256)
    app.date_input(key="draft_as_of").set_value(date(2026, 5, 31))
    app.text_input(key="draft_title").set_value("Round of 2026")
    pressed(app, "Start a draft")
    told = text(app)
    assert "evidence up to 31 May 2026 · weights: Health first" in told
    assert "Show the draft's weights and day on every page" not in [one.label for one in app.button]
    with open_store() as store:
        (draft,) = store.drafts("photonics-for-health")
        assert (draft.base, draft.as_of) == (only.sha256, date(2026, 5, 31))
    sure(app)
    pressed(app, "Close the round")
    with open_store() as store:
        record = store.round_("2026-05")
    assert (record.decision.as_of, record.previous) == (date(2026, 5, 31), only.sha256)
    assert "on evidence up to 31 May 2026." in text(app)


def test_a_round_is_compared_with_today(home: Path) -> None:
    closed(home)
    app = opened(weights="sme_benefit")
    told = text(app)
    assert "Medicen Paris Region" in told
    assert "weights" in told
    assert "Both rounds" in told or "would" in told


def test_the_chain_is_checked_on_request(home: Path) -> None:
    app = pressed(closed(home), "Check every round")
    assert "The one round is as it was closed." in text(app)


def test_a_link_to_a_round_that_is_not_there_says_so(home: Path) -> None:
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    app.query_params["round"] = "f" * 64
    app.run()
    assert not app.exception
    assert "The round in this link cannot be shown: There is no round" in text(app)
    assert "round" not in app.query_params


def test_a_store_that_cannot_be_opened_is_a_message(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{home}/nowhere/else/rounds.sqlite3")
    (home / "nowhere").write_text("a file, not a folder")
    app = opened()
    assert app.error
