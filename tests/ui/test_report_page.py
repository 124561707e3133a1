"""The Report page: what can be taken away, of today and of a closed round."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from partnerselect.cli.app import app as app_of_terminal

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "src" / "partnerselect" / "ui" / "entry" / "router.py"
PAGES = ROUTER.parents[1] / "pages"
CRITERIA = str(ROOT / "criteria" / "photonics-for-health.yaml")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("criteria", "candidates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setenv("PARTNERSELECT_HOME", str(tmp_path))
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path}/rounds.sqlite3")


def opened(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run().switch_page(str(PAGES / "report.py")).run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    return "\n".join(str(part.value) for part in (*app.title, *app.markdown, *app.caption)).replace("\\", "")


def downloads(app: AppTest) -> list[str]:
    return [one.proto.label for one in app.get("download_button")]


def images(app: AppTest) -> list[str]:
    """Captions, or else alt texts, of the pictures that are shown."""
    return [one.caption or one.alt for shown in app.get("image") for one in shown.proto.imgs]


def test_the_page_offers_every_file() -> None:
    app = opened(weights="health_first")
    assert downloads(app) == [
        "Download Report (PDF)",
        "Download Workbook (XLSX)",
        "Download Minutes (Markdown)",
        "Download Findings (JSON)",
        "Download Ranking (CSV)",
        "Download Shortlist (CSV)",
    ]
    assert [one.label for one in app.button if "archive" in one.label] == ["Make the archive (ZIP)"]
    assert "A draft of today" in text(app)
    assert "19 pictures" in text(app)


def test_without_an_allowed_set_there_is_no_shortlist_to_take() -> None:
    app = opened(rules="different country>=5")
    assert "Download Shortlist (CSV)" not in downloads(app)
    assert "Download Report (PDF)" in downloads(app)


def test_the_preview_shows_the_pages_of_the_chosen_sections() -> None:
    app = opened()
    app.multiselect(key="report_sections").set_value(["conflicts", "signatures"]).run()
    assert images(app) == []
    app.session_state["preview_pdf"] = True
    app.run()
    assert not app.exception
    assert images(app) == ["Page 1 of 2", "Page 2 of 2"]
    held = app.session_state["report_pages"][2]
    app.run()
    assert app.session_state["report_pages"][2] is held
    app.multiselect(key="report_sections").set_value([]).run()
    assert images(app) == ["Page 1 of 1"]


def test_a_picture_is_shown_with_its_words_and_can_be_taken_by_itself() -> None:
    app = opened(weights="health_first")
    app.session_state["pictures"] = True
    app.run()
    app.selectbox(key="picture").select_index(5).run()
    assert not app.exception
    assert app.selectbox(key="picture").format_func(5) == "Ranking: The ranking, with what each goal adds"
    assert [one[:35] for one in images(app)] == ["Stacked bars of totals by goal, in "]
    assert [one for one in downloads(app) if "Picture" in one] == ["Picture (SVG)", "Picture (PNG)"]
    assert "Stacked bars of totals by goal" in text(app)


def test_the_archive_is_made_once_and_forgotten_when_something_else_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def quick(files: Mapping[str, Any], progress: Callable[[float, str], None]) -> bytes:
        progress(0.5, next(iter(files)))
        return b"PK made"

    monkeypatch.setattr("partnerselect.ui.components.report_archive.archive", quick)
    app = opened(weights="health_first")
    app.button(key="report_make").click().run()
    assert not app.exception
    assert downloads(app)[-1] == "Download all of it, with pictures (ZIP, 0.0 MB)"
    assert app.session_state["report_archive"][2] == b"PK made"
    app.run()
    assert downloads(app)[-1] == "Download all of it, with pictures (ZIP, 0.0 MB)"
    app.multiselect(key="report_sections").set_value(["ranking"]).run()
    assert "ZIP" not in " ".join(downloads(app))
    assert "report_archive" not in app.session_state


def test_what_every_page_says_is_gathered_once_as_long_as_nothing_changes() -> None:
    app = opened(weights="health_first")
    first = app.session_state["report_held"][2]
    app.run()
    assert app.session_state["report_held"][2] is first
    app.session_state["as_of"] = date(2016, 6, 30)
    app.run()
    assert app.session_state["report_held"][2] is not first


def closed(*more: str) -> str:
    """The hash of a round that was closed on a terminal."""
    words = ["rounds", "close", "--viewpoint", "health_first", "--by", "Ann", *more]
    done = CliRunner().invoke(app_of_terminal, [words[0], words[1], CRITERIA, *words[2:]])
    assert done.exit_code == 0, done.output
    return done.output.split("Its hash is ")[1].split(".")[0]


def test_a_closed_round_comes_along_in_a_file_of_its_own_and_names_the_others() -> None:
    app = opened(round=closed("--chosen", "optence+medicen+biocat"))
    assert "Download The round (JSON)" in downloads(app)
    report = app.session_state["report_held"][2]
    assert report.name == "photonics-for-health-2017-05"
    assert json.loads(report.files(())["round-2017-05.json"]())["id"] == "2017-05"
    assert "Download The round (JSON)" not in downloads(opened())


def test_a_draft_is_compared_with_the_last_round_that_is_not_of_a_later_day() -> None:
    closed("--id", "early", "--title", "Early", "--as-of", "2016-06-30")
    closed("--id", "late", "--title", "Late")
    app = opened()
    assert app.session_state["report_held"][2].contents.compared.titles["before"] == "Late"
    for day, before in ((date(2016, 12, 31), "Early"), (date(2016, 6, 30), "Early")):
        app.session_state["as_of"] = day
        app.run()
        report = app.session_state["report_held"][2]
        assert report.name == f"photonics-for-health-{day.isoformat()}-draft"
        assert report.contents.compared.titles["before"] == before
    app.session_state["as_of"] = date(2016, 1, 1)
    app.run()
    assert app.session_state["report_held"][2].contents.compared is None


def test_a_closed_round_is_compared_by_what_was_chosen_in_it() -> None:
    closed()
    app = opened(round=closed("--id", "later", "--title", "Later", "--chosen", "optence+medicen+biocat"))
    compared = app.session_state["report_held"][2].contents.compared
    assert any("Biocat" in told for told in compared.choice_sentences)
