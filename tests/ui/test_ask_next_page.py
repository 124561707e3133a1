"""Ask next from its files to its end, and the second opinions on the ranking."""

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


def opened(page: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=30)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(str(PAGES / f"{page}.py")).run()


def text(app: AppTest) -> str:
    return "\n".join(str(part.value) for part in (*app.title, *app.markdown, *app.caption)).replace("\\", "")


def test_the_page_says_what_to_ask_whom_and_what_may_follow(home: Path) -> None:
    app = opened("ask_next")
    assert not app.exception
    assert app.title[0].value == "Which fact is worth collecting before the vote?"
    assert app.number_input(key="ask_top").value == 3
    told = text(app)
    assert "First ask" in told
    assert "who is among the first 3 is" in told
    assert told.count("Depending on the answer it ends between") == 8
    assert "Whom to ask everything" in [header.value for header in app.header]
    assert "From 10,000 draws" in told
    labels = [app.download_button(key=key).label for key in ("questions_csv", "questions_text")]
    assert labels == ["Questions by candidate (CSV)", "Questions for a letter (text)"]


def test_the_table_behind_the_chart_has_every_question(home: Path) -> None:
    app = opened("ask_next")
    (asked,) = [table.value for table in app.dataframe]
    assert "questions" in asked.columns
    app.session_state["questions_more"] = True
    app.run()
    assert not app.exception
    (questions,) = [table.value for table in app.dataframe if "question" in table.value.columns]
    assert f"{len(questions)} can change the choice alone" in text(app)


def test_another_number_of_candidates_is_answered_anew(home: Path) -> None:
    app = opened("ask_next")
    app.number_input(key="ask_top").set_value(1).run()
    assert not app.exception
    assert "changes who leads" in text(app)


@pytest.mark.parametrize("asked", ["0", "99", "many"])
def test_an_impossible_number_in_the_address_falls_back(home: Path, asked: str) -> None:
    app = opened("ask_next", ask_top=asked)
    assert not app.exception
    assert app.number_input(key="ask_top").value in range(1, 24)


def test_one_candidate_alone_and_nobody_at_all(home: Path) -> None:
    for file in (home / "candidates" / "photonics-for-health").iterdir():
        if file.name != "biocat.yaml":
            file.unlink()
    app = opened("ask_next")
    assert not app.exception
    assert "No answer can change the choice: the only candidate is chosen." in text(app)
    criteria = home / "criteria" / "photonics-for-health.yaml"
    content = criteria.read_text("utf-8")
    start = content.index("one_of:")
    criteria.write_text(content[:start] + "one_of: [XX]" + content[content.index("]", start) + 1 :], "utf-8")
    app = opened("ask_next")
    assert not app.exception
    assert "there is nobody to ask about" in text(app)
    app = opened("ranking")
    app.session_state["second_opinions"] = True
    app.run()
    assert not app.exception
    assert "No candidate passes the gates." in text(app)


def test_second_opinions_cost_nothing_until_opened(home: Path) -> None:
    app = opened("ranking")
    assert not app.dataframe
    app.session_state["second_opinions"] = True
    app.run()
    assert not app.exception
    (methods,) = [table.value for table in app.dataframe]
    assert methods["title"].tolist() == ["Additive total", "Weighted product", "TOPSIS", "VIKOR", "PROMETHEE II"]
    assert "Where they agree, the order does not depend on how values are put together" in text(app)
    app.session_state["places_more"] = True
    app.run()
    assert not app.exception
    (places,) = [table.value for table in app.dataframe if "by_method" in table.value.columns]
    assert len(places) == 24
