"""A spreadsheet brought in on Candidates: people see cell by cell what it would change, and only that is written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect
from real_browser import ROOT, App, serve, settled

from partnerselect.analysis.evaluation import evaluate
from partnerselect.files.read import read_decision
from partnerselect.files.tables import read_tables
from partnerselect.model import Decision
from partnerselect.reports.workbook import workbook
from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage
from tests.files.books import xlsx

CASE = "photonics-for-health"
TABLE = """candidate;commitment;healthcare_depth;kind;country;region
Biocat (BioRegion of Catalonia);2;;;;
BioWin;3;;;;
Nordlys;;2;photonics;SE;Skåne
"""
ROW = 35
"""Height of a row of a table, in CSS pixels."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, Path]]:
    """An app with a copy of the case that it may write into."""
    home = tmp_path_factory.mktemp("home")
    for folder in ("criteria", "candidates", ".streamlit"):
        shutil.copytree(ROOT / folder, home / folder)
    with serve(folder=home) as running:
        yield running, home


@pytest.fixture
def page(copy: tuple[App, Path], open_page: OpenPage) -> Page:
    """Candidates with the fold opened, over the files as they are in the repository."""
    app, home = copy
    for folder in ("criteria", "candidates"):
        shutil.rmtree(home / folder)
        shutil.copytree(ROOT / folder, home / folder)
    return unfolded(open_page("candidates", base=app.url))


def unfolded(page: Page) -> Page:
    page.get_by_text("Bring in a spreadsheet").click()
    expect(page.get_by_role("button", name="Download the template (XLSX)")).to_be_visible()
    settled(page)
    return page


def brought(page: Page, name: str, content: bytes) -> None:
    page.locator(".st-key-spreadsheet input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def with_origin(page: Page) -> None:
    expect(page.get_by_text("Where does this table come from?")).to_be_visible()
    page.get_by_text("b: an own page").click()
    page.get_by_role("textbox", name="Date it speaks of").fill("2017-05")
    page.get_by_role("textbox", name="Source", exact=True).fill("a survey")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("Cell by cell.")).to_be_visible()
    settled(page)


def untick(page: Page, what: str, row: int) -> None:
    """Press the tick of one row, counted from 0."""
    table = page.locator(f"[class*='st-key-spreadsheet_'][class*='_{what}']").locator(".dvn-scroller")
    table.scroll_into_view_if_needed()
    table.click(position={"x": 50, "y": ROW * (row + 1) + ROW // 2})
    settled(page)


def write(page: Page) -> Locator:
    return page.get_by_role("button", name="Write it into the files")


def read(home: Path) -> Decision:
    return read_decision(home / "criteria" / f"{CASE}.yaml", home / "candidates" / CASE)


def test_a_table_is_looked_at_unticked_written_once_and_shown(copy: tuple[App, Path], page: Page) -> None:
    home = copy[1]
    brought(page, "survey.csv", TABLE.encode())
    with_origin(page)
    expect(
        page.get_by_text("3 cells would change, of Biocat (BioRegion of Catalonia), BioWin and Nordlys.")
    ).to_be_visible()
    untick(page, "changes", 1)
    expect(page.get_by_text("2 cells would change, of Biocat (BioRegion of Catalonia) and Nordlys.")).to_be_visible()
    expect(page.get_by_text("It writes 2 files, all of them or none.")).to_be_visible()
    assert read(home) == read(ROOT)
    write(page).dblclick()
    expect(page.get_by_text(re.compile("Written into .*nordlys.yaml")).first).to_be_visible()
    expect(page.get_by_text("survey.csv")).to_have_count(0)
    expect(page.get_by_text(re.compile("Evidence stands in .* of 392 cells"))).to_be_visible()
    settled(page)
    now = {one.id: one for one in read(home).candidates}
    assert [one.value for one in now["nordlys"].evidence] == [2]
    assert [one.value for one in now["biocat"].evidence if one.source == "a survey"] == [2]
    assert now["biowin"] == next(one for one in read(ROOT).candidates if one.id == "biowin")
    brought(page, "survey.csv", TABLE.encode())
    with_origin(page)
    expect(page.get_by_text("1 cell would change, of BioWin.")).to_be_visible()
    page.reload()
    settled(page)
    unfolded(page)
    expect(page.get_by_text("survey.csv")).to_have_count(0)


def test_every_problem_is_shown_and_a_mended_file_goes_on(page: Page) -> None:
    brought(page, "survey.csv", b"candidate;healthcare_depth;commitment\nBioWin;9;1,234\nNobody at all;1;2\n")
    expect(page.get_by_text("3 problems stand in the way: nothing can be written")).to_be_visible()
    for cell in ("B2: 9 is outside", "C2: '1,234' can mean", "A3: there is no candidate 'Nobody at all'"):
        expect(page.get_by_text(re.compile(re.escape(cell)))).to_be_visible()
    expect(write(page)).to_have_count(0)
    page.locator(".st-key-spreadsheet").get_by_role("button", name=re.compile("Remove")).click()
    expect(page.get_by_text("3 problems stand in the way")).to_have_count(0)
    brought(page, "survey.csv", b"candidate;healthcare_depth\nBioWin;4\n")
    with_origin(page)
    expect(write(page)).to_be_enabled()


def test_the_workbook_comes_back_with_one_cell_and_one_weight_changed(copy: tuple[App, Path], page: Page) -> None:
    home = copy[1]
    own = read(home)
    made = workbook(own, evaluate(own, own.viewpoints[0]), made_on=date(2017, 5, 31))
    sheets = {one.sheet: [list(row) for row in one.rows] for one in read_tables(made, "made.xlsx").tables}
    evidence, weights = sheets["Evidence"], sheets["Weights"]
    headings = next(row for row in evidence if "Grade" in row)
    value, criterion, candidate = (headings.index(one) for one in ("Value", "Criterion id", "Candidate id"))
    row = next(row for row in evidence if isinstance(row[value], float) and row[criterion] == "company_reach")
    changed, row[value] = str(row[candidate]), 333
    points = next(row for row in weights if "fit" in row)
    points[next(at for cells in weights for at, cell in enumerate(cells) if cell == "Points")] = 77
    brought(page, "edited.xlsx", xlsx(evidence, weights, names=["Evidence", "Weights"]))
    expect(page.get_by_text("1 cell would change")).to_be_visible()
    expect(page.get_by_text("1 of 19 points has been moved since the workbook was made")).to_be_visible()
    page.get_by_role("textbox", name="Title of the viewpoint").fill("From the train")
    write(page).click()
    expect(page.get_by_text(re.compile("Written into")).first).to_be_visible()
    now = read(home)
    assert now.viewpoints[-1].title == "From the train"
    assert now.viewpoints[-1].points["fit"] == 77
    assert 333 in [one.value for who in now.candidates if who.id == changed for one in who.evidence]


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "laptop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_opened_fold_can_be_used_by_everybody(
    copy: tuple[App, Path], open_page: OpenPage, scheme: Literal["light", "dark"], size: tuple[int, int]
) -> None:
    page = unfolded(open_page("candidates", base=copy[0].url, scheme=scheme, width=size[0], height=size[1]))
    brought(page, "survey.csv", TABLE.encode())
    with_origin(page)
    expect(write(page)).to_be_visible()
    settled(page)
    page.wait_for_timeout(600)
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
