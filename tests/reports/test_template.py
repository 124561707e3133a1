"""The template: empty it proposes nothing, filled in it gives what was filled in, and no text of it is a formula."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from real_office import recomputed

import partnerselect as ps
from partnerselect.analysis.import_preview import import_preview
from partnerselect.files.imports.origin import Origin
from partnerselect.files.imports.read import read_import
from partnerselect.files.imports.write import apply_import
from partnerselect.model import Decision
from partnerselect.reports.template import GUIDE, TABLE, template
from tests.builders import criteria, decision, items, measured, organisation
from tests.files.books import packed, parts
from tests.reports.workbooks import MADE_ON, formulas, made, sheet, with_points

ORIGIN = Origin("b", "2017-05", "answers by mail, 12 May 2017")
TABLE_PART = "xl/worksheets/sheet1.xml"


def case() -> Decision:
    return ps.read_decision("criteria/photonics-for-health.yaml", "candidates/photonics-for-health")


def made_of(own: Decision) -> bytes:
    return template(own, made_on=MADE_ON)


def filled(book: bytes, cells: dict[str, str]) -> bytes:
    """The template after somebody typed texts into its cells."""
    content = parts(book)
    text = content[TABLE_PART].decode()
    for name, typed in cells.items():
        text, count = re.subn(
            rf'<c r="{name}"( s="\d+")/>', rf'<c r="{name}"\1 t="inlineStr"><is><t>{typed}</t></is></c>', text
        )
        assert count == 1, name
    return packed({**content, TABLE_PART: text.encode()})


def test_empty_it_proposes_nothing() -> None:
    found = read_import(made_of(case()), "template.xlsx", case(), ORIGIN)
    assert (found.is_empty, found.problems, found.shapes) == (True, (), ("table",))


def test_candidates_stand_in_rows_and_criteria_in_columns() -> None:
    own = case()
    rows = sheet(made_of(own), TABLE)
    assert rows[3] == ["Candidate", "Kind", "Country", "Region", *(one.title for one in own.criteria)]
    assert [row[:4] for row in rows[4:28]] == [[one.name, one.kind, one.country, one.region] for one in own.candidates]
    assert not [cell for row in rows[4:] for cell in row[4:] if cell]


def test_the_guide_says_every_question_level_and_item() -> None:
    own = case()
    told = {cell for row in sheet(made_of(own), GUIDE) for cell in row}
    assert {one.question for one in own.criteria} <= told
    assert {level.text for one in own.criteria if one.scale.kind == "levels" for level in one.scale.levels} <= told
    assert {item.id for one in own.criteria if one.scale.kind == "items" for item in one.scale.items} <= told


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert made_of(case()) == made_of(case())


def test_what_was_filled_in_comes_out_is_written_and_is_read_again(tmp_path: Path) -> None:
    for name in ("criteria", "candidates"):
        shutil.copytree(name, tmp_path / name)
    files = tmp_path / "criteria/photonics-for-health.yaml", tmp_path / "candidates/photonics-for-health"
    own = ps.read_decision(*files)
    typed = {
        "E5": "Image analysis; diagnostics?", "F5": "4", "H5": "30 to 40", "H6": "n/a", "I6": "12,5", "P7": "refused",
        "A29": "Nova &amp; Hub", "B29": "health", "C29": "NO", "D29": "Midt", "H29": "120",
    }  # fmt: skip
    book = filled(made_of(own), typed)
    found = read_import(book, "template.xlsx", own, ORIGIN)
    assert found.problems == ()
    said = {one.place: one.after for one in found.changes}
    assert set(said) == {f"{TABLE}!{name}" for name in typed if name[0] in "EFHIP"}
    (nova,) = found.newcomers
    assert (nova.id, nova.name, nova.country) == ("nova_hub", "Nova & Hub", "NO")
    preview = import_preview(own, found)
    assert preview.sentences[:2] == (
        "5 cells would change, of 4 organisations.", "Nova & Hub is a new candidate, with 1 cell.",
    )  # fmt: skip
    after = apply_import(found, own, *files)
    assert after == found.applied_to(own) == preview.after == ps.read_decision(*files)
    assert read_import(book, "template.xlsx", after, ORIGIN).is_empty
    evidence = {one.id: one.evidence[-1] for one in after.candidates}
    assert (evidence["alpha_rlh"].low, evidence["alpha_rlh"].high) == (30, 40)
    assert evidence["nova_hub"].value == 120


NASTY = ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=x", "https://evil.example/", "_x0041_", "a & <b>", "NO", "1e3"]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    levels = {"kind": "levels", "levels": [{"level": 0, "text": text}, {"level": 1, "text": "b"}]}
    named: list[dict[str, Any]] = [
        {"id": "depth", "title": text.strip(), "question": text, "scale": levels},
        items("areas", "x", title=f"{text} areas"),
        measured("reach", unit=text),
    ]
    own = decision(criteria(("goal", named), title=text), organisation("a", name=text.strip(), region=text))
    book = made_of(own)
    assert formulas(book) == []
    assert "hyperlink" not in "".join(part.decode() for part in parts(book).values() if b"<" in part[:1])
    found = read_import(book, "t", own, ORIGIN)
    assert (found.is_empty, found.problems) == (True, ())
    assert sheet(book, TABLE)[4][0] == text.strip()


def test_a_title_or_name_that_could_mean_two_is_written_as_its_id() -> None:
    two: list[dict[str, Any]] = [{**measured("one"), "title": "Reach"}, {**measured("two"), "title": "reach"}]
    own = decision(
        criteria(("goal", [*two, {**measured("kind"), "title": "Kind of partner"}])),
        organisation("a", name="Same"),
        organisation("b", name="same"),
    )
    book = made_of(own)
    assert sheet(book, TABLE)[3] == ["Candidate", "Country", "Region", "one", "two", "Kind of partner"]
    assert [row[0] for row in sheet(book, TABLE)[4:6]] == ["a", "b"]
    found = read_import(filled(book, {"D5": "1", "E6": "2", "F6": "3"}), "t", own, ORIGIN)
    assert [(one.candidate, one.criterion) for one in found.changes] == [("a", "one"), ("b", "two"), ("b", "kind")]


def test_the_cells_to_fill_in_hold_text_and_levels_can_be_picked() -> None:
    text = parts(made_of(case()))[TABLE_PART].decode()
    assert '<formula1>"0,1,2,3,4,5,refused,n/a"</formula1>' in text
    assert 'errorStyle="warning"' in text
    assert b'numFmtId="49"' in parts(made_of(case()))["xl/styles.xml"]


def test_a_workbook_sent_back_as_it_was_changes_nothing() -> None:
    own = case()
    found = read_import(made(own, "health_first"), "workbook.xlsx", own)
    assert (found.is_empty, found.problems, found.shapes) == (True, (), ("evidence", "weights"))


def test_a_workbook_of_nasty_texts_changes_nothing_either() -> None:
    for text in [*NASTY, "two\nlines", "a\r\nb", "\u0085x", "é" * 5_000]:
        note = {"note": text, "source": text, "reason": text, "by": text, "unit": "companies"}
        said = {"criterion": "reach", "value": 0.1 + 0.2, "as_of": "2016-10", "judged_on": date(2017, 5, 1), **note}
        own = decision(criteria(("goal", [measured("reach")])), organisation("a", said, name=text.strip()[:100]))
        found = read_import(made(own, "equal"), "w", own)
        assert (found.is_empty, found.problems) == (True, ()), text


def test_points_changed_in_a_workbook_are_proposed() -> None:
    own = case()
    found = read_import(with_points(made(own, "health_first"), {"fit": 33.0}), "workbook.xlsx", own)
    assert found.points is not None
    assert found.points_before is not None
    changed = {one for one in found.points if found.points[one] != found.points_before[one]}
    assert (changed, found.points["fit"], found.changes) == ({"fit"}, 33.0, ())


@pytest.mark.office
def test_saved_by_libreoffice_a_workbook_and_a_template_say_what_they_said(tmp_path: Path) -> None:
    own = case()
    typed = {"E5": "Image analysis; diagnostics?", "F5": "4", "H5": "3-4", "H6": "n/a", "A29": "Nova", "B29": "health"}
    books = {"workbook": made(own, "health_first"), "template": filled(made_of(own), typed)}
    for name, book in books.items():
        (tmp_path / f"{name}.xlsx").write_bytes(book)
    saved = recomputed([tmp_path / f"{name}.xlsx" for name in books], tmp_path)
    found = read_import(saved[0].read_bytes(), "workbook.xlsx", own)
    assert (found.is_empty, found.problems, found.shapes) == (True, (), ("evidence", "weights"))
    before = read_import(books["template"], "template.xlsx", own, ORIGIN)
    after = read_import(saved[1].read_bytes(), "template.xlsx", own, ORIGIN)
    assert after == before
    assert len(after.changes) == 4
    assert [issue.place for issue in after.problems] == [f"{TABLE}!A29"]
