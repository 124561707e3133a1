"""A spreadsheet brought in on Candidates: looked at cell by cell, ticked, written, and never anything else."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from partnerselect.analysis.evaluation import evaluate
from partnerselect.files.read import read_decision
from partnerselect.files.whole_file import write_all
from partnerselect.model import Decision
from partnerselect.reports.workbook import workbook

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "src" / "partnerselect" / "ui" / "entry" / "router.py"
PAGES = ROUTER.parents[1] / "pages"
CASE = "photonics-for-health"
TABLE = """candidate;commitment;healthcare_depth;kind;country;region
Biocat (BioRegion of Catalonia);2;3;;;
Nordlys;;2;photonics;SE;Skåne
""".encode()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real case that a test may write into, and a store of its own."""
    for folder in ("criteria", "candidates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setenv("PARTNERSELECT_HOME", str(tmp_path))
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path}/rounds.sqlite3")
    return tmp_path


def read(home: Path) -> Decision:
    return read_decision(home / "criteria" / f"{CASE}.yaml", home / "candidates" / CASE)


def content(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*.yaml"))}


def opened(content: bytes | None = None, name: str = "survey.csv") -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    app.run().switch_page(str(PAGES / "candidates.py")).run()
    app.session_state["spreadsheet"] = True
    app.run()
    if content is not None:
        app.file_uploader(key="spreadsheet_file_0").upload(name, content).run()
    assert not app.exception
    return app


def with_origin(app: AppTest, **more: Any) -> AppTest:
    app.radio(key="spreadsheet_grade").set_value("b")
    app.text_input(key="spreadsheet_as_of").set_value("2017-05")
    app.text_input(key="spreadsheet_source").set_value("a survey")
    return pressed(app, "Show what it would change")


def pressed(app: AppTest, label: str) -> AppTest:
    (found,) = [one for one in app.button if one.label == label]
    found.click().run()
    assert not app.exception
    return app


def key(app: AppTest, what: str) -> str:
    return f"spreadsheet_{app.session_state['spreadsheet_reading'].token}_{what}"


def tick(app: AppTest, table: str, **rows: bool) -> AppTest:
    edited = {int(at.removeprefix("row")): {"take": take} for at, take in rows.items()}
    app.session_state[key(app, table)] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    parts = (*app.markdown, *app.caption, *app.warning, *app.error, *app.success, *app.code)
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def test_closed_nothing_of_it_is_worked_out(home: Path) -> None:
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    app.run().switch_page(str(PAGES / "candidates.py")).run()
    assert [one.label for one in app.expander if one.label == "Bring in a spreadsheet"]
    assert not app.file_uploader


def test_a_table_is_asked_for_its_origin_then_shown_cell_by_cell_and_written(home: Path) -> None:
    before = content(home)
    app = opened(TABLE)
    assert "Where does this table come from?" in text(app)
    assert not [one for one in app.button if one.label == "Write it into the files"]
    with_origin(app)
    assert "2 cells would change, of Biocat (BioRegion of Catalonia) and Nordlys." in text(app)
    assert "Nordlys is a new candidate, with 1 cell." in text(app)
    assert "with the weights in force (Equal goals): The total of Biocat" in text(app)
    assert "Nordlys would come in at rank" in text(app)
    (newcomers, changes) = [one.value for one in app.data_editor]
    assert newcomers["name"].to_list() == ["Nordlys"]
    assert changes["take"].to_list() == [True, True, True]
    assert changes["place"].to_list() == ["B2", "C2", "C3"]
    assert content(home) == before
    pressed(app, "Write it into the files")
    assert f"Written into candidates/{CASE}/nordlys.yaml, candidates/{CASE}/biocat.yaml." in text(app)
    after = content(home)
    assert {name for name in after if after[name] != before.get(name)} == {
        f"candidates/{CASE}/biocat.yaml",
        f"candidates/{CASE}/nordlys.yaml",
    }
    assert "Evidence stands in" in text(app)
    assert "Nordlys" in app.selectbox(key="candidate").options
    assert not app.file_uploader(key="spreadsheet_file_1").value


def test_what_is_not_ticked_is_not_written(home: Path) -> None:
    app = with_origin(opened(TABLE))
    tick(app, "changes", row1=False)
    tick(app, "newcomers", row0=False)
    assert "1 cell would change, of Biocat" in text(app)
    pressed(app, "Write it into the files")
    now = {one.id: one for one in read(home).candidates}
    assert "nordlys" not in now
    assert [one.criterion for one in now["biocat"].evidence if one.source == "a survey"] == ["commitment"]


def test_with_everything_unticked_there_is_nothing_to_write(home: Path) -> None:
    app = with_origin(opened(TABLE))
    tick(app, "changes", row0=False, row1=False)
    tick(app, "newcomers", row0=False)
    assert "Nothing is ticked, so nothing would be written." in text(app)
    (button,) = [one for one in app.button if one.label == "Write it into the files"]
    assert button.disabled


def test_an_origin_that_misses_something_says_what(home: Path) -> None:
    app = pressed(opened(TABLE), "Show what it would change")
    assert "grade" in text(app)
    assert "the table has no date" in text(app)
    assert not [one for one in app.button if one.label == "Write it into the files"]


def test_every_problem_is_told_with_its_cell_and_its_mend_and_nothing_can_be_written(home: Path) -> None:
    app = opened(b"candidate;healthcare_depth;commitment\nBiocat;9;1,234\nNobody at all;1;2\n")
    told = text(app)
    assert "B2" in told
    assert "C2" in told
    assert "A3" in told
    assert "nothing can be written before the file is mended" in told
    assert not [one for one in app.button if one.label == "Write it into the files"]
    assert not app.data_editor
    assert "Where does this table come from?" not in text(app)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"PK\x03\x04 no workbook", "damaged"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel workbook"),
        (b"a;b\n1;2\n", "there is no criterion"),
        (b"   ", "the file is empty"),
    ],
    ids=["damaged", "old", "other", "empty"],
)
def test_a_file_that_cannot_be_read_says_why(home: Path, file: bytes, told: str) -> None:
    assert told in text(opened(file, "any.xlsx"))


def test_text_of_a_file_is_shown_as_it_is(home: Path) -> None:
    app = opened(b"candidate;commitment;kind;country;region\n<b>*New* $x$</b>;2;x;NO;y\n")
    with_origin(app)
    shown = "\n".join(str(part.value) for part in app.markdown)
    assert "\\<b\\>\\*New\\* \\$x\\$" in shown
    assert "<b>" not in shown


def test_what_goes_is_not_ticked_and_points_become_a_viewpoint(home: Path) -> None:
    own = read(home)
    book = edited_book(own)
    app = opened(book, "edited.xlsx")
    assert not app.text_input or all(one.key != "spreadsheet_source" for one in app.text_input)
    (changes,) = [one.value for one in app.data_editor]
    assert changes["kind"].to_list() == ["a statement goes"]
    assert changes["take"].to_list() == [False]
    assert "What goes is not ticked unless you tick it." in text(app)
    pressed(app, "Write it into the files")
    assert "give the new viewpoint a title" in text(app)
    app.text_input(key=key(app, "title")).set_value(own.viewpoints[0].title)
    pressed(app, "Write it into the files")
    assert "there is a viewpoint “Equal goals” already" in text(app)
    app.text_input(key=key(app, "title")).set_value("From the train")
    pressed(app, "Write it into the files")
    assert "The viewpoint “From the train” can be chosen on the Ranking page." in text(app)
    now = read(home)
    assert now.viewpoints[-1].title == "From the train"
    assert now.candidates == own.candidates


def edited_book(own: Decision) -> bytes:
    """The workbook without the last row of its evidence, and with other points, as somebody would send it back."""
    from tests.files.books import xlsx

    evaluation = evaluate(own, own.viewpoints[0])
    made = workbook(own, evaluation, made_on=date(2017, 5, 31))
    from partnerselect.files.tables import read_tables

    sheets = {one.sheet: [list(row) for row in one.rows] for one in read_tables(made, "made.xlsx").tables}
    evidence, weights = sheets["Evidence"], sheets["Weights"]
    row = next(at for at, cells in enumerate(weights) if "fit" in cells)
    column = next(at for cells in weights for at, cell in enumerate(cells) if cell == "Points")
    weights[row][column] = 77
    return xlsx(evidence[:-1], weights, names=["Evidence", "Weights"])


def test_a_file_that_changed_since_the_preview_is_not_overwritten(home: Path) -> None:
    app = with_origin(opened(TABLE))
    path = home / "candidates" / CASE / "biocat.yaml"
    path.write_text(path.read_text("utf-8").replace("region: Catalonia", "region: Catalunya"), "utf-8")
    before = content(home)
    state = app.session_state["spreadsheet_reading"]
    pressed(app, "Write it into the files")
    assert "Not written." in text(app)
    assert "it says something else than when the import was previewed" in text(app)
    assert content(home) == before
    assert app.session_state["spreadsheet_reading"].token != state.token
    pressed(app, "Write it into the files")
    assert "Written into" in text(app)
    assert "region: Catalunya" in path.read_text("utf-8")


def test_where_files_cannot_be_written_they_can_be_taken_along(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_origin(opened(TABLE))
    before = content(home)

    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("partnerselect.files.whole_file.tempfile.mkstemp", refused)
    pressed(app, "Write it into the files")
    assert f"candidates/{CASE}/nordlys.yaml cannot be written: Permission denied." in text(app)
    assert content(home) == before
    (button,) = [one for one in app.get("download_button") if one.proto.label.startswith("Download the changed")]
    assert button
    waiting = app.session_state["spreadsheet_attempt"].outcome.waiting
    from partnerselect.ui.components.spreadsheet_writing import _packed

    with zipfile.ZipFile(io.BytesIO(_packed(waiting))) as packed:
        assert sorted(packed.namelist()) == [f"candidates/{CASE}/biocat.yaml", f"candidates/{CASE}/nordlys.yaml"]
        assert b"a survey" in packed.read(f"candidates/{CASE}/biocat.yaml")


def test_what_was_written_is_told_though_another_file_is_broken_by_then(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = home / "candidates" / CASE / "optence.yaml"
    stood = other.read_text("utf-8")

    def late(files: Any, check: Any) -> None:
        write_all(files, check)
        other.write_text("half a file: [", "utf-8")

    app = with_origin(opened(TABLE))
    monkeypatch.setattr("partnerselect.files.imports.write.write_all", late)
    pressed(app, "Write it into the files")
    other.write_text(stood, "utf-8")
    pressed(app, "Read the files again").switch_page(str(PAGES / "candidates.py")).run()
    names = f"candidates/{CASE}/nordlys.yaml, candidates/{CASE}/biocat.yaml"
    assert f"It was written into {names}, but the decision cannot be read now" in text(app)
    assert "optence.yaml has 1 problem" in text(app)
    assert "Not written" not in text(app)
    assert "nordlys" in {one.id for one in read(home).candidates}


def test_what_was_written_and_changed_at_the_same_time_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "candidates" / CASE / "biocat.yaml"

    def late(files: Any, check: Any) -> None:
        write_all(files, check)
        path.write_text(path.read_text("utf-8").replace("region: Catalonia", "region: Catalunya"), "utf-8")

    app = with_origin(opened(TABLE))
    monkeypatch.setattr("partnerselect.files.imports.write.write_all", late)
    pressed(app, "Write it into the files")
    assert text(app).count("It was written into") == 1
    assert "it was written, and does not say what was previewed" in text(app)
    assert "Not written" not in text(app)
    assert not app.file_uploader(key="spreadsheet_file_1").value


def test_in_a_closed_round_nothing_is_brought_in(home: Path) -> None:
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    app.run().switch_page(str(PAGES / "rounds.py")).run()
    app.text_input(key="round_by").set_value("Ann")
    pressed(app, "Start a draft")
    [box] = [one for one in app.checkbox if one.label == "Everything in the draft is as we decided it"]
    box.set_value(True)
    pressed(app, "Close the round")
    pressed(app, "Look at it")
    app.switch_page(str(PAGES / "candidates.py")).run()
    assert not app.exception
    assert "A closed round stays as it was decided" in text(app)
    assert not [one for one in app.expander if one.label == "Bring in a spreadsheet"]
