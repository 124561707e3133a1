"""The Report page: what can be taken away, of today and of a closed round."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "src" / "partnerselect" / "ui" / "entry" / "router.py"
PAGES = ROUTER.parents[1] / "pages"


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


def test_the_page_offers_every_file() -> None:
    app = opened(weights="health_first")
    labels = [one.proto.label for one in app.get("download_button")]
    assert labels == [
        "Download Report (PDF)",
        "Download Workbook (XLSX)",
        "Download Minutes (Markdown)",
        "Download Record (JSON)",
        "Download Ranking (CSV)",
        "Download Shortlist (CSV)",
        "Download all of it, with pictures (ZIP)",
    ]
    assert "A draft of today" in text(app)


def test_without_an_allowed_set_there_is_no_shortlist_to_take() -> None:
    app = opened(rules="different country>=5")
    labels = [one.proto.label for one in app.get("download_button")]
    assert "Download Shortlist (CSV)" not in labels
    assert "Download Report (PDF)" in labels


def test_sections_can_be_left_out() -> None:
    app = opened()
    app.multiselect(key="report_sections").set_value(["ranking"]).run()
    assert not app.exception
