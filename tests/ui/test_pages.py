"""Every page runs from its files to its end, and broken input becomes an instruction, never a traceback."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
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


def opened(page: str | None = None, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=30)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    if page is not None:
        app.switch_page(str(PAGES / f"{page}.py")).run()
    return app


def table_with(app: AppTest, column: str) -> pd.DataFrame:
    """The one table on the page that has this column."""
    (found,) = [table.value for table in app.dataframe if column in table.value.columns]
    return found


def text(app: AppTest) -> str:
    return "\n".join(str(part.value) for part in (*app.title, *app.markdown, *app.caption, *app.warning, *app.code))


def test_overview_says_who_leads_and_what_nobody_knows(home: Path) -> None:
    app = opened()
    assert not app.exception
    assert app.title[0].value == "Who enlarges LASER-GO?"
    assert "leads with" in text(app)
    assert "Nobody has any evidence on Commitment" in text(app)
    assert {metric.label: metric.value for metric in app.metric}["Facts with a source"] == "263"


def test_candidates_shows_the_matrix_and_every_fact_of_one(home: Path) -> None:
    app = opened("candidates")
    assert not app.exception
    assert "Evidence stands in 140 of 378 cells" in text(app)
    app.selectbox(key="candidate").select("biocat").run()
    assert not app.exception
    facts = table_with(app, "basis")
    assert len(facts) == 25
    assert (facts["use"] == "later: not used").sum() == 1
    assert "counts ecosystem; this criterion counts members" in text(app).replace("\\", "")


def test_ranking_compares_two_and_offers_the_shortlist(home: Path) -> None:
    app = opened("ranking")
    assert not app.exception
    assert not app.dataframe, "closed parts cost nothing"
    app.session_state["duel"] = app.session_state["table"] = True
    app.run()
    assert len(table_with(app, "likely_rank")) == 24
    app.selectbox(key="first").select("optence").run()
    app.selectbox(key="second").select("biocat").run()
    assert not app.exception
    assert "is ahead of" in text(app)
    assert app.download_button(key="download_shortlist").label == "Download the shortlist (CSV)"


def test_a_viewpoint_in_the_address_is_shown(home: Path) -> None:
    app = opened(weights="health_first")
    assert "weights: Health first" in text(app)


@pytest.mark.parametrize("address", ["nobody", "fit.NaN", "%00<script>"])
def test_a_hostile_address_falls_back_with_a_message(home: Path, address: str) -> None:
    app = opened(weights=address)
    assert not app.exception
    assert "could not be used" in app.warning[0].value
    assert "weights: Equal goals" in text(app)


@pytest.mark.parametrize("day", ["garbage", "1800-01-01", "99999"])
def test_a_hostile_date_falls_back_with_a_message(home: Path, day: str) -> None:
    app = opened(as_of=day)
    assert not app.exception
    assert "Showing 2017-05-31 instead" in app.warning[0].value.replace("\\", "")
    assert "evidence up to 31 May 2017" in text(app)


def test_a_date_in_the_address_is_taken_without_a_word(home: Path) -> None:
    app = opened(as_of="2016-12-31")
    assert not app.warning
    assert "evidence up to 31 December 2016" in text(app)


def test_an_earlier_date_is_taken_over_everywhere(home: Path) -> None:
    app = opened()
    app.date_input(key="as_of").set_value(date(2014, 6, 30)).run()
    assert not app.exception
    assert "evidence up to 30 June 2014" in text(app)
    assert "Evidence stands behind 0 % of all cells" in text(app)


def test_no_criteria_file_says_where_one_goes(home: Path) -> None:
    shutil.rmtree(home / "criteria")
    app = opened()
    assert not app.exception
    assert app.title[0].value == "The files need mending first"
    assert "there is no criteria file" in app.code[0].value


def test_no_candidates_says_where_they_go(home: Path) -> None:
    shutil.rmtree(home / "candidates" / "photonics-for-health")
    app = opened()
    assert not app.exception
    assert "photonics-for-health" in app.code[0].value


def test_every_problem_of_several_files_is_shown_with_its_line(home: Path) -> None:
    folder = home / "candidates" / "photonics-for-health"
    medicen, biocat = folder / "medicen.yaml", folder / "biocat.yaml"
    medicen.write_text(medicen.read_text("utf-8").replace("company_reach", "company_raech"), "utf-8")
    biocat.write_text("id: [", "utf-8")
    app = opened()
    assert not app.exception
    assert "medicen.yaml has" in app.code[0].value
    assert "did you mean company_reach?" in app.code[0].value
    assert "biocat.yaml has 1 problem" in app.code[0].value


def test_mended_files_are_read_again_without_a_restart(home: Path) -> None:
    criteria = home / "criteria" / "photonics-for-health.yaml"
    good = criteria.read_text("utf-8")
    criteria.write_text(good + "\nsurprise: 1\n", "utf-8")
    app = opened()
    assert "surprise" in app.code[0].value
    criteria.write_text(good, "utf-8")
    app.button(key="read_again").click().run()
    assert app.title[0].value == "Who enlarges LASER-GO?"


def test_everybody_screened_out_is_an_empty_ranking(home: Path) -> None:
    criteria = home / "criteria" / "photonics-for-health.yaml"
    content = criteria.read_text("utf-8")
    start = content.index("one_of:")
    criteria.write_text(
        content[:start] + "one_of: [XX]" + content[content.index("\n", content.index("]", start)) :], "utf-8"
    )
    for page in (None, "candidates", "ranking"):
        app = opened(page)
        assert not app.exception
        if page != "candidates":
            assert "Not ranked, because a gate failed:** ALPHA" in text(app)
    assert "No candidate passes the gates" in text(app).replace("\\", "")


def test_one_candidate_alone_is_shown(home: Path) -> None:
    for file in (home / "candidates" / "photonics-for-health").iterdir():
        if file.name != "biocat.yaml":
            file.unlink()
    for page in (None, "candidates", "ranking"):
        assert not opened(page).exception


def test_several_decisions_can_be_chosen_between(home: Path) -> None:
    case = (home / "criteria" / "photonics-for-health.yaml").read_text("utf-8")
    other = case.replace("id: photonics-for-health", "id: another", 1)
    (home / "criteria" / "another.yaml").write_text(other, "utf-8")
    shutil.copytree(home / "candidates" / "photonics-for-health", home / "candidates" / "another")
    app = opened()
    assert not app.exception
    app.selectbox(key="decision").select("photonics-for-health").run()
    assert not app.exception
