"""The Weights page: making, comparing, combining and keeping viewpoints, from files that a test may break."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import partnerselect as ps
from partnerselect.errors import InputError, Issue
from partnerselect.ui.components import viewpoint_keeping

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "src" / "partnerselect" / "ui" / "entry" / "router.py"
PAGE = ROUTER.parents[1] / "pages" / "weights.py"
MAKE, COMPARE, COMBINE = "Make a viewpoint", "Compare viewpoints", "Combine by voting power"
GOALS = "weigh/0/photonics-for-health//"
HOSTILE = '<img src=x onerror="window.owned=1"> [x](javascript:1) **b** $x$'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real case."""
    for folder in ("criteria", "candidates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setenv("PARTNERSELECT_HOME", str(tmp_path))
    return tmp_path


def criteria_file(home: Path) -> Path:
    return home / "criteria" / "photonics-for-health.yaml"


def decision(home: Path) -> ps.Decision:
    return ps.read_decision(criteria_file(home), home / "candidates" / "photonics-for-health")


def opened(part: str | None = None, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=30)
    if part is not None:
        parameters["part"] = part
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(str(PAGE)).run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    parts = (*app.title, *app.markdown, *app.caption, *app.warning, *app.info, *app.success, *app.code)
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def address(app: AppTest) -> str:
    """The weights that the address carries."""
    carried = app.query_params["weights"]
    return carried if isinstance(carried, str) else carried[0]


def save(app: AppTest, title: str, why: str = "", name: str = "draft") -> AppTest:
    app.text_input(key=f"{name}_title").set_value(title)
    app.text_area(key=f"{name}_why").set_value(why)
    app.button(key=f"{name}_submit").click().run()
    assert not app.exception
    return app


def move_fit(app: AppTest, points: int = 80) -> AppTest:
    app.slider(key=f"{GOALS}points/fit").set_value(points).run()
    assert not app.exception
    return app


def test_what_is_in_force_is_told_in_changes_that_are_worth_the_same(home: Path) -> None:
    app = opened()
    assert "In force: the viewpoint Equal goals." in text(app)
    assert "Most weight lies on Links to target markets and Delivery record abroad (10.0 % each)." in text(app)
    assert "is worth the same to you as 40 more on Companies reached (from 30 to 70 companies)." in text(app)
    app.selectbox(key="yardstick/photonics-for-health").select("team").run()
    assert not app.exception
    assert "more on Team (from 2 to " in text(app)


def test_an_unknown_part_in_the_address_is_the_first_one(home: Path) -> None:
    assert "Does this sound right?" in "\n".join(str(one.value) for one in opened("<script>").subheader)


@pytest.mark.parametrize("method", ["points", "swing", "order", "pairs", "best_worst"])
@pytest.mark.parametrize("family", ["", "fit", "markets"])
def test_every_method_is_asked_for_every_family(home: Path, family: str, method: str) -> None:
    app = opened(MAKE)
    app.selectbox(key="weigh_family/photonics-for-health").select(family).run()
    app.radio(key=f"weigh/0/photonics-for-health/{family}/method").set_value(method).run()
    assert not app.exception
    assert "What follows" in text(app)


def test_swings_are_asked_with_both_ends_in_words(home: Path) -> None:
    app = opened(MAKE)
    app.selectbox(key="weigh_family/photonics-for-health").select("reach").run()
    app.radio(key="weigh/0/photonics-for-health/reach/method").set_value("swing").run()
    first = app.radio(key="weigh/0/photonics-for-health/reach/swing/first")
    assert "from 0 to 270 companies" in first.captions[0]
    assert "A country in which there is no founder" in first.captions[2].replace("\\", "")
    first.set_value("research_reach").run()
    app.slider(key="weigh/0/photonics-for-health/reach/swing/company_reach").set_value(50).run()
    assert not app.exception
    (shares,) = (table.value for table in app.dataframe if "new" in table.value.columns)
    assert shares["new"].tolist() == pytest.approx([20, 40, 40])  # 50 : 100 : 100


def test_pairs_that_contradict_each_other_offer_their_mend(home: Path) -> None:
    app = opened(MAKE)
    app.selectbox(key="weigh_family/photonics-for-health").select("fit").run()
    base = "weigh/0/photonics-for-health/fit"
    app.radio(key=f"{base}/method").set_value("pairs").run()
    assert "Nothing links Application areas covered with Healthcare depth and Fills gaps of the founders" in text(app)
    app.selectbox(key=f"{base}/pair/application_coverage/healthcare_depth").select(5.0)
    app.selectbox(key=f"{base}/pair/healthcare_depth/fills_gaps").select(2.0).run()
    assert "Nothing can contradict itself yet" in text(app)
    app.selectbox(key=f"{base}/pair/application_coverage/fills_gaps").select(1.0).run()
    assert "Some answers contradict each other" in text(app)
    # the others say 1 : 1/2, so the areas count half as much as the depth
    assert app.button(key=f"{base}/mend").label.replace("\\", "") == (
        "Say instead: Healthcare depth counts 2 times as much as Application areas covered"
    )
    app.button(key=f"{base}/mend").click().run()
    assert not app.exception
    assert "Your answers fit together (consistency ratio 0.00" in text(app)


@pytest.mark.parametrize(("family", "shown"), [("", 4), ("fit", 3), ("markets", 1)])
def test_pairs_that_link_everybody_come_first(home: Path, family: str, shown: int) -> None:
    app = opened(MAKE)
    app.selectbox(key="weigh_family/photonics-for-health").select(family).run()
    app.radio(key=f"weigh/0/photonics-for-health/{family}/method").set_value("pairs").run()
    assert len([one for one in app.selectbox if "/pair/" in str(one.key)]) == shown


def test_best_and_worst_asks_for_what_is_missing(home: Path) -> None:
    app = opened(MAKE)
    app.selectbox(key="weigh_family/photonics-for-health").select("fit").run()
    base = "weigh/0/photonics-for-health/fit"
    app.radio(key=f"{base}/method").set_value("best_worst").run()
    assert "Say which one matters most" in text(app)
    app.selectbox(key=f"{base}/best").select("healthcare_depth")
    app.selectbox(key=f"{base}/worst").select("fills_gaps").run()
    assert "Not answered yet: Healthcare depth against Fills gaps of the founders" in text(app)
    app.selectbox(key=f"{base}/times/healthcare_depth/fills_gaps").select(8.0)
    app.selectbox(key=f"{base}/times/healthcare_depth/application_coverage").select(2.0)
    app.selectbox(key=f"{base}/times/application_coverage/fills_gaps").select(4.0).run()
    assert not app.exception
    assert "consistency ratio 0.00" in text(app)


def test_the_draft_stays_while_other_parts_are_looked_at(home: Path) -> None:
    app = move_fit(opened(MAKE))
    app.selectbox(key="weigh_family/photonics-for-health").select("fit").run()
    app.radio(key="weigh/0/photonics-for-health/fit/method").set_value("order").run()
    assert "So far: the goals by points and Thematic fit by order; everything else as it is now." in text(app)
    app.selectbox(key="weigh_family/photonics-for-health").select("").run()
    assert app.slider(key=f"{GOALS}points/fit").value == 80
    app.button(key="weigh_again").click().run()
    assert not app.exception
    assert "So far everything is as it is now." in text(app)


def test_points_that_are_used_are_in_force_and_in_the_address(home: Path) -> None:
    app = move_fit(opened(MAKE))
    assert "weights: Equal goals" in text(app)
    app.button(key="draft_use").click().run()
    assert not app.exception
    assert "weights: own points" in text(app)
    assert address(app).startswith("fit.80~application_coverage.50~")
    assert app.button(key="draft_use").disabled


def test_points_that_are_no_weights_are_refused_in_words(home: Path) -> None:
    app = opened(MAKE)
    for goal in ("fit", "reach", "markets", "delivery", "quality"):
        app.slider(key=f"{GOALS}points/{goal}").set_value(0)
    app.run()
    assert "All points are at zero: give at least one more than 0." in text(app)
    app.button(key="draft_use").click().run()
    assert not app.exception
    assert "All points are at zero: raise at least one goal" in text(app)
    assert "weights: Equal goals" in text(app)
    save(app, "Nothing")
    assert "Not saved: All points are at zero" in text(app)


def test_a_saved_viewpoint_stands_in_the_file_and_nothing_else_moves(home: Path) -> None:
    before = criteria_file(home).read_text("utf-8")
    app = save(move_fit(opened(MAKE)), "Our board", "The board said so: 5 to 2.")
    assert "Saved as “Our board”, and in force." in text(app)
    assert "weights: Our board" in text(app)
    assert address(app) == "our_board"
    after = criteria_file(home).read_text("utf-8")
    assert after.startswith(before)
    saved = decision(home).viewpoints[-1]
    assert (saved.id, saved.title, saved.why) == ("our_board", "Our board", "The board said so: 5 to 2.")
    assert saved.points["fit"] == 80
    assert app.text_input(key="draft_title").value == ""


def test_a_title_that_is_there_is_replaced_only_with_a_tick(home: Path) -> None:
    before = criteria_file(home).read_text("utf-8")
    app = save(move_fit(opened(MAKE)), "health FIRST")
    assert "there is a viewpoint “Health first” already" in text(app)
    assert criteria_file(home).read_text("utf-8") == before
    app.text_input(key="draft_title").set_value("health FIRST")
    app.checkbox(key="draft_replace").check()
    app.button(key="draft_submit").click().run()
    assert not app.exception
    assert "Saved as “health FIRST”" in text(app)
    viewpoints = decision(home).viewpoints
    assert [one.id for one in viewpoints].count("health_first") == 1
    assert viewpoints[1].points["fit"] == 80
    assert "# Lesson 1 names the healthcare sector" in criteria_file(home).read_text("utf-8")


def test_a_tick_holds_for_the_title_that_it_was_given_for(home: Path) -> None:
    app = save(move_fit(opened(MAKE)), "Health first")
    app.checkbox(key="draft_replace").check()
    save(app, "SME benefit")
    assert "there is a viewpoint “SME benefit” already" in text(app)
    assert decision(home).viewpoints[3].points["fit"] == 30


def test_a_title_is_needed(home: Path) -> None:
    app = save(move_fit(opened(MAKE)), "   ")
    assert "Not saved: give it a title." in text(app)


def test_a_hostile_title_is_text_everywhere(home: Path) -> None:
    app = save(move_fit(opened(MAKE)), HOSTILE)
    assert decision(home).viewpoints[-1].title == HOSTILE
    for part in (MAKE, COMPARE, COMBINE):
        app = opened(part, weights=decision(home).viewpoints[-1].id)
        shown = "\n".join(str(one.value) for one in (*app.markdown, *app.caption, *app.success))
        assert "\\<img" in shown
        assert "<img src" not in shown.replace("\\<", "")
    assert any("\\*\\*b\\*\\*" in one.label for one in app.number_input)


@pytest.mark.parametrize("title", ["a\u0007b", "a\x00b"])
def test_a_title_with_control_characters_is_refused(home: Path, title: str) -> None:
    before = criteria_file(home).read_bytes()
    app = save(move_fit(opened(MAKE)), title)
    assert "Not saved" in text(app)
    assert criteria_file(home).read_bytes() == before


def refusing(problem: Exception) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise problem

    return refuse


def test_where_the_file_cannot_be_written_it_can_be_taken_along(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    before = criteria_file(home).read_text("utf-8")
    app = save(move_fit(opened(MAKE)), "Our board")
    assert "Not saved: the criteria file cannot be written (Permission denied)." in text(app)
    assert app.download_button(key="draft_download").label == "Download photonics-for-health.yaml"
    assert criteria_file(home).read_text("utf-8") == before
    assert "weights: Equal goals" in text(app)


def test_somebody_else_who_saved_meanwhile_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = InputError([Issue("x.yaml", None, "", "somebody changed it", "save again")])
    monkeypatch.setattr(viewpoint_keeping, "save_viewpoint", refusing(problem))
    app = save(move_fit(opened(MAKE)), "Our board")
    assert "Not saved: somebody changed it: save again." in text(app)


def test_a_layout_that_cannot_be_edited_offers_the_entry(home: Path) -> None:
    content = criteria_file(home).read_text("utf-8")
    listed = [json.loads(one.model_dump_json(exclude_none=True)) for one in decision(home).viewpoints]
    criteria_file(home).write_text(content[: content.index("viewpoints:\n")] + f"viewpoints: {json.dumps(listed)}\n")
    app = save(move_fit(opened(MAKE)), "Our board")
    assert "cannot be edited line by line" in text(app)
    assert app.code[0].value.startswith('- {"id":"our_board","title":"Our board","points":{"fit":80')


def test_viewpoints_are_compared_in_sentences_and_charts(home: Path) -> None:
    app = opened(COMPARE)
    assert "The 5 viewpoints largely agree on the ranking (Kendall's W 0.86" in text(app)
    assert "They are farthest apart on Companies reached: 15.0 %" in text(app)
    assert "Biocat (BioRegion of Catalonia) under Third markets first and Deliverability" in text(app)
    for name in ("weights", "ranks", "agreement"):
        app.session_state[f"viewpoint_{name}_more"] = True
    app.run()
    assert not app.exception
    assert len(app.dataframe) == 3


def test_own_points_are_compared_with_the_viewpoints(home: Path) -> None:
    app = move_fit(opened(MAKE))
    app.button(key="draft_use").click().run()
    app = opened(COMPARE, weights=address(app))
    assert "The 6 viewpoints" in text(app)


def test_one_viewpoint_alone_and_none(home: Path) -> None:
    app = opened(COMPARE)
    app.pills(key="compared/photonics-for-health/5").set_value(["sme_benefit"]).run()
    assert not app.exception
    assert "There is one viewpoint only" in text(app)
    app.pills(key="compared/photonics-for-health/5").set_value([]).run()
    assert not app.exception
    assert "Choose the viewpoints to compare." in text(app)


def test_viewpoints_are_combined_by_voting_power(home: Path) -> None:
    app = opened(COMBINE)
    assert "Equal say for Equal goals, Health first" in text(app)
    for one in ("equal_goals", "third_markets_first", "sme_benefit", "deliverability"):
        app.number_input(key=f"power/photonics-for-health/{one}").set_value(0.0)
    app.run()
    assert "All the say lies with Health first" in text(app)
    assert "Medicen Paris Region leads with" in text(app)
    app.radio(key="combination").set_value("geometric").run()
    app.button(key="combined_use").click().run()
    assert not app.exception
    assert "weights: own points" in text(app)
    expected = ps.evaluate(decision(home), "health_first").weights
    points = dict(entry.split(".", 1) for entry in address(app).split("~"))
    found = ps.evaluate(decision(home), {one: float(said) for one, said in points.items()}).weights
    assert found.to_dict() == pytest.approx(expected.to_dict())


def test_a_combination_can_be_saved(home: Path) -> None:
    app = save(opened(COMBINE), "Everybody", name="combined")
    assert "weights: Everybody" in text(app)
    saved = ps.evaluate(decision(home), "Everybody").weights
    powers = {one.id: 1.0 for one in decision(home).viewpoints[:-1]}
    assert saved.to_dict() == pytest.approx(ps.combine(decision(home), powers).weights.to_dict(), abs=1e-12)


def test_nobody_with_voting_power_is_said(home: Path) -> None:
    app = opened(COMBINE)
    for one in decision(home).viewpoints:
        app.number_input(key=f"power/photonics-for-health/{one.id}").set_value(0.0)
    app.run()
    assert not app.exception
    assert "Nobody has any voting power: give at least one viewpoint more than 0." in text(app)


@pytest.mark.parametrize("part", [MAKE, COMPARE, COMBINE, None])
def test_one_criterion_and_no_candidates(home: Path, part: str | None) -> None:
    criteria_file(home).write_text(
        "schema_version: 1\nid: photonics-for-health\ntitle: Small\nquestion: Who?\nas_of: 2017-05-31\n"
        "goals:\n  - id: only\n    title: Only\n    criteria:\n      - id: one\n        title: One\n"
        "        question: How much?\n"
        "        scale: {kind: measured, unit: EUR, value_function: {points: [[0, 0], [9, 1]]}}\n"
        "gates:\n  - {id: eu, title: EU, rule: In the EU., attribute: country, one_of: [XX]}\n"
        "viewpoints:\n  - {id: all, title: All, points: {only: 5, one: 5}}\n",
        "utf-8",
    )
    shutil.rmtree(home / "candidates" / "photonics-for-health")
    folder = home / "candidates" / "photonics-for-health"
    folder.mkdir()
    (folder / "alpha.yaml").write_text(
        "schema_version: 1\nid: alpha\nname: Alpha\nkind: health\ncountry: FR\nregion: North\n", "utf-8"
    )
    assert "In force: the viewpoint All." in text(opened(part))


def test_a_viewpoint_that_somebody_replaced_is_no_longer_claimed(home: Path) -> None:
    app = opened(weights="health_first")
    assert "weights: Health first" in text(app)
    content = criteria_file(home).read_text("utf-8")
    criteria_file(home).write_text(content.replace("fit: 100", "fit: 90"), "utf-8")
    app.run()
    assert not app.exception
    assert "weights: own points" in text(app)
    criteria_file(home).write_text(content.replace("- id: health_first", "- id: other"), "utf-8")
    app.run()
    assert not app.exception
