"""The Shortlist page runs to its end, whatever the rules are; switches and forms change them on every page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "src" / "partnerselect" / "ui" / "entry" / "router.py"
PAGES = ROUTER.parents[1] / "pages"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real case that a test may break."""
    for folder in ("criteria", "candidates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setenv("PARTNERSELECT_HOME", str(tmp_path))
    return tmp_path


def overview(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def opened(**parameters: str) -> AppTest:
    return overview(**parameters).switch_page(str(PAGES / "shortlist.py")).run()


def text(app: AppTest) -> str:
    """Everything said on the page, without the signs that keep data from being Markdown."""
    parts = (*app.title, *app.markdown, *app.caption, *app.warning, *app.error)
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def test_the_page_names_the_best_set_why_each_is_in_and_who_is_next(home: Path) -> None:
    app = opened(weights="health_first")
    assert not app.exception
    told = text(app)
    assert "BioWin, Medicen Paris Region and Optence e.V. are the best of 792 allowed sets" in told
    assert "If its place stayed empty, the set would lose" in told
    assert "Next in line: Biocat (BioRegion of Catalonia), 0.8 points behind." in told
    assert "Of 23 things that the partnership wants, 16 are covered" in told
    assert app.session_state["rule_three_partners"] is True


def test_a_rule_that_is_switched_changes_the_set_and_the_address(home: Path) -> None:
    app = opened(weights="health_first")
    app.toggle(key="rule_two_health").set_value(False).run()
    app.toggle(key="rule_one_photonics").set_value(False).run()
    assert not app.exception
    assert "the best of 2,024 allowed sets" in text(app)
    assert app.query_params["rules"] == "-one_photonics~-two_health"
    app.toggle(key="rule_two_health").set_value(True).run()
    app.toggle(key="rule_one_photonics").set_value(True).run()
    assert "rules" not in app.query_params


def test_who_must_join_joins(home: Path) -> None:
    app = opened(weights="health_first")
    app.multiselect(key="must_join").select("photonics_bw").run()
    assert not app.exception
    assert "Photonics BW are the best of 66 allowed sets" in text(app)
    assert "costs" in text(app)
    app.multiselect(key="must_not_join").select("photonics_bw").run()
    assert "No set of partners keeps all the rules." in text(app)


def test_rules_that_nobody_can_keep_come_with_buttons_that_help(home: Path) -> None:
    app = opened(rules="different country>=5")
    assert not app.exception
    assert "No set keeps “Exactly three partners join” and “Partners from at least 5 different countries”" in text(app)
    app.button(key="way_out_0").click().run()
    assert not app.exception
    assert "allowed sets, with" in text(app)


def test_a_form_adds_a_rule_in_place_of_one_about_the_same(home: Path) -> None:
    app = opened(weights="health_first")
    app.number_input(key="size_most").set_value(4).run()
    app.number_input(key="size_least").set_value(4).run()
    app.button(key="use_rule").click().run()
    assert not app.exception
    told = text(app)
    assert "Exactly 4 partners join" in told
    assert "Another rule about the same thing takes its place." in told
    assert "No set of partners keeps all the rules." in told
    app.button(key="take_out_size").click().run()
    assert "the best of 792 allowed sets" in text(app)


def test_a_set_put_together_by_hand_is_placed_and_compared(home: Path) -> None:
    app = opened(weights="health_first")
    app.multiselect(key="own_set").set_value(["optence", "medicen", "biocat"]).run()
    assert not app.exception
    assert "place 2 among the allowed sets, 0.8 points behind the best" in text(app)
    assert app.selectbox(key="first_set_own").value == "By hand"


def test_the_rules_hold_on_the_overview_and_after_coming_back(home: Path) -> None:
    app = opened(weights="health_first")
    app.toggle(key="rule_one_photonics").set_value(False).run()
    app.switch_page(str(PAGES / "overview.py")).run()
    assert "One of them is a photonics cluster" not in text(app)
    app.switch_page(str(PAGES / "shortlist.py")).run()
    assert app.session_state["rule_one_photonics"] is False


@pytest.mark.parametrize(
    "rules",
    ["-nobody", "+", "size=", "must=nobody", "different country>=x", "~" * 200, "\x00", "-three_partners" * 900],
)
def test_a_link_with_rules_that_cannot_be_used_says_so(home: Path, rules: str) -> None:
    app = overview(rules=rules)
    assert not app.exception
    assert "allowed sets" in text(app)
    assert "in this link" in text(app) or not rules.strip("~")


def test_without_rules_any_number_may_join(home: Path) -> None:
    criteria = home / "criteria" / "photonics-for-health.yaml"
    head, _, tail = criteria.read_text("utf-8").partition("set_rules:\n")
    criteria.write_text(head + tail[tail.index("# No weights of the project") :], "utf-8")
    app = opened()
    assert not app.exception
    assert "any number of partners from one on may join" in text(app)
