"""Spreadsheets and CSV files as tables: what is in them comes out, and nothing in them does harm."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import suppress
from datetime import date, time
from random import Random
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.errors import InputError
from partnerselect.files import xlsx as xlsx_module
from partnerselect.files.cells import MOST_ROWS, Table, cell_at, column_letters
from partnerselect.files.tables import read_tables
from tests.files.books import SHEET, changed, packed, parts, with_cell, xlsx

SMALL = xlsx([["a", "b"], [1, 2.5]])
QUICK = settings(deadline=None, max_examples=60)


def one(content: bytes, name: str = "f") -> Table:
    (table,) = read_tables(content, name).tables
    return table


def told(content: bytes) -> tuple[str, str]:
    """The only problem with a file as a whole."""
    with pytest.raises(InputError) as caught:
        read_tables(content, "f")
    (issue,) = caught.value.issues
    assert issue.file == "f"
    return issue.found, issue.mend


def test_cells_come_out_as_what_they_are() -> None:
    rows: list[list[object]] = [
        ["text", 1, 2.5, True, date(2016, 10, 5), None, " spaces "],
        [],
        ["=1+1", "NO", "1e3", "_x0041_", "é\n😀"],
    ]
    table = one(xlsx(rows, names=["S"]))
    assert table.rows[0] == ["text", 1.0, 2.5, True, date(2016, 10, 5), None, "spaces"]
    assert table.rows[2][:5] == ["=1+1", "NO", "1e3", "_x0041_", "é\n😀"]
    assert (table.sheet, table.broken) == ("S", {})
    assert [table.place(0, 0), table.place(2, 27)] == ["S!A1", "S!AB3"]


def test_rows_and_columns_before_the_first_cell_are_counted() -> None:
    table = one(xlsx([[], [], [None, None, "here"]]))
    assert table.at(2, 2) == "here"
    assert list(table.filled(0)) == [2]


@pytest.mark.parametrize(
    ("element", "found"),
    [
        ('<c r="B2"><f>1+1</f></c>', "holds a formula that has not been computed"),
        ('<c r="B2"><f>1+1</f><v></v></c>', "holds a formula that has not been computed"),
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "holds the error #DIV/0!"),
        ('<c r="B2" t="odd"><v>1</v></c>', "holds something of a kind 'odd' that nobody knows"),
        ('<c r="B2" t="inlineStr"><is><t>_x0007_</t></is></c>', "the control character U+0007 stands in the text"),
    ],
)
def test_a_cell_whose_content_cannot_be_known_is_broken_and_not_empty(element: str, found: str) -> None:
    table = one(with_cell(SMALL, "B2", element))
    assert table.broken[1, 1][0] == found
    assert table.at(1, 1) is None
    assert table.says_something(1, 1)


@pytest.mark.parametrize(
    ("element", "content"),
    [
        ('<c r="B2"><f>1+1</f><v>2</v></c>', 2.0),
        ('<c r="B2" t="str"><f>A1</f><v></v></c>', None),
        ('<c r="B2" t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r><rPh><t>aid</t></rPh></is></c>', "rich"),
        ('<c r="B2" s="1"/>', None),
        ("<c><v>7</v></c>", 7.0),
    ],
)
def test_a_cell_gives_what_is_shown(element: str, content: object) -> None:
    table = one(with_cell(SMALL, "B2", element))
    assert table.at(1, 1) == content
    assert table.broken == {}


def test_merged_cells_are_told_but_for_the_first() -> None:
    merge = '</sheetData><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C9:XFD1048576"/></mergeCells>'
    table = one(changed(SMALL, SHEET, lambda text: text.replace("</sheetData>", merge)))
    assert {at: found for at, (found, _) in table.broken.items()} == {
        (0, 1): "is merged with A1", (1, 0): "is merged with A1", (1, 1): "is merged with A1",
    }  # fmt: skip


def merged(*references: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in references)
    merge = f"</sheetData><mergeCells>{cells}</mergeCells>"
    return changed(SMALL, SHEET, lambda text: text.replace("</sheetData>", merge))


@pytest.mark.parametrize("references", [["A1:B2", "A1:B2"], ["A1:B2", "B2:XFD1048576"], ["A1:B1"] * 10_000])
def test_merged_cells_that_overlap_are_refused_before_they_are_laid_out(references: list[str]) -> None:
    assert told(merged(*references))[0] == "sheet Sheet1 has merged cells that overlap"


def test_merged_cells_beside_each_other_may_fill_the_table() -> None:
    assert len(one(merged("A1:A2", "B1:XFD2", "C1:D9", "B2:A1")).broken) == 2


@pytest.mark.parametrize(
    ("book", "found"),
    [
        (with_cell(SMALL, "B2", '<c r="B2" t="e"><v>#N/A</v></c>'), "cells with something in them, or merged"),
        (merged("A1:B2"), "cells with something in them, or merged"),
        (xlsx([["a", "b"]], [["c", "d"]]), "cells with something in them, or merged"),
    ],
    ids=["broken", "merged", "filled"],
)
def test_cells_of_all_kinds_and_sheets_count(book: bytes, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_module, "MOST_CELLS", 3)
    assert told(book)[0] == f"the workbook has more than 3 {found}"


def test_sheets_that_span_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    book = xlsx([["a"], [None, None, "b"]], [["c"], [None, None, "d"]])
    monkeypatch.setattr(xlsx_module, "MOST_SPANNED", 12)
    assert len(read_tables(book, "f").tables) == 2
    monkeypatch.setattr(xlsx_module, "MOST_SPANNED", 11)
    assert told(book)[0] == "the sheets of the workbook span more than 11 cells"


DAY = xlsx([["a", "b"], [date(2016, 10, 5), 1]])


def with_format(code: str, value: str) -> bytes:
    """A workbook whose cell A2 has a value and shows it in a format, given by its code or its number."""
    old = 'numFmtId="164" fontId' if code.isdigit() else 'formatCode="yyyy-mm-dd"'
    new = f'numFmtId="{code}" fontId' if code.isdigit() else f'formatCode="{escape(code, {chr(34): "&quot;"})}"'
    book = changed(DAY, "xl/styles.xml", lambda text: text.replace(old, new))
    return with_cell(book, "A2", f'<c r="A2" s="1"><v>{value}</v></c>')


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("9", "0.5", "50%"),
        ("10", "0.125", "12.5%"),
        ("0%", "0.28999999999999998", "29%"),
        ("0.0%;[Red]-0.0%", "-0.07", "-7%"),
        ('"%" 0', "0.5", 0.5),
        ("0\\%", "0.5", 0.5),
        ("0_%", "0.5", 0.5),
        ("[$%-409]0", "0.5", 0.5),
        ("0.00", "0.5", 0.5),
        ("2", "0.5", 0.5),
    ],
)
def test_a_cell_that_shows_a_percentage_says_what_it_shows(code: str, value: str, shown: object) -> None:
    assert one(with_format(code, value)).at(1, 0) == shown


def test_dates_that_count_from_1904_are_the_same_days() -> None:
    book = xlsx([[date(2016, 10, 5)]])
    later = changed(book, "xl/workbook.xml", lambda text: text.replace("<workbookPr", '<workbookPr date1904="1"'))
    assert one(book).at(0, 0) == date(2016, 10, 5)
    assert one(later).at(0, 0) == date(2020, 10, 6)  # four years and a day


def test_hidden_and_named_sheets_are_left_out_and_told() -> None:
    book = xlsx([["a"]], [["b"]], [["c"]], names=["A", "B", "About"], hidden=[1])
    read = read_tables(book, "f", {"about": "results"})
    assert [table.sheet for table in read.tables] == ["A"]
    assert read.notes == ("Not read (hidden): B.", "Not read (results): About.")


@pytest.mark.parametrize("name", ["XFD1048576", "A1000000000", "A50001", "BXY1", "CV10001", "AZZ40000"])
def test_a_cell_far_out_is_refused_before_the_sheet_is_laid_out(name: str) -> None:
    found, mend = told(with_cell(SMALL, "B2", f'<c r="{name}"><v>1</v></c>'))
    assert found.startswith("sheet Sheet1 ")
    assert mend == "delete the rows and columns beyond the table, and save it again"


def test_an_empty_cell_far_out_does_not_count() -> None:
    assert one(with_cell(SMALL, "B2", '<c r="XFD1048576" s="1"/>')).rows[:2] == [["a", "b"], [1.0, None]]


@pytest.mark.parametrize(
    "element",
    [
        '<c r="A99999999999999999999999999"><v>1</v></c>',
        '<c r="1A"><v>1</v></c>',
        '<c r=""><v>1</v></c>',
        '<c r="A0"><v>1</v></c>',
        '<c r="A1"><v>1</v></c>',
        '<c r="B2" t="s"><v>99999</v></c>',
        '<c r="B2" t="s"><v>-1</v></c>',
        '<c r="B2"><v>',
        '</row><row r="-1"><c><v>1</v></c>',
        '</row><row r="0"><c><v>1</v></c>',
    ],
)
def test_damaged_sheets_are_refused(element: str) -> None:
    _, mend = told(with_cell(SMALL, "B2", element))
    assert mend == "open it in a spreadsheet program, and save it again as .xlsx"


def test_numbers_that_promise_more_than_there_is_reserve_no_room() -> None:
    many = "99999999999"
    book = xlsx([["a", "b"], [date(2016, 10, 5), 3]])
    for word in (" uniqueCount", " count"):
        texts = parts(book)["xl/sharedStrings.xml"].decode().replace(f'{word}="2"', f'{word}="{many}"')
        assert many in texts
        book = packed({**parts(book), "xl/sharedStrings.xml": texts.encode()})
    book = changed(book, "xl/styles.xml", lambda text: text.replace('<cellXfs count="2"', f'<cellXfs count="{many}"'))
    book = changed(book, SHEET, lambda text: text.replace("A1:B2", "A1:XFD1048576"))
    assert one(book).rows == [["a", "b"], [date(2016, 10, 5), 3.0]]


def test_a_bomb_is_refused_by_its_size_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_module, "MOST_UNPACKED", 100_000)
    bomb = packed({**parts(SMALL), SHEET: b" " * 200_000})
    assert len(bomb) < 20_000
    assert told(bomb)[0].startswith("unpacked, the workbook is larger than")


def test_a_bomb_that_lies_about_its_size_is_refused_as_well() -> None:
    content = parts(SMALL)
    size = len(content[SHEET])
    liar = packed({**content, SHEET: content[SHEET] + b" " * 1_000_000})
    liar = liar.replace((size + 1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert told(liar)[0].startswith("the workbook is damaged")


def test_one_text_in_many_cells_is_refused_before_it_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_module, "MOST_TEXT", 100_000)
    assert "too much text" in told(xlsx([["x" * 30_000] * 10]))[0]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"x" * 10_000_001, "the file is larger than 10 MB"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "the file is an old Excel workbook (.xls), or locked by a password"),
        (b"PK\x03\x04 and no more", "the workbook is damaged: File is not a zip file"),
        (packed({"content.xml": b"<office/>"}), "the file is packed, but is no .xlsx workbook"),
        (packed({"xl/workbook.xml": b"<workbook/>"}), "the workbook has no part xl/_rels/workbook.xml.rels"),
        (SMALL[: len(SMALL) // 2], "the workbook is damaged: File is not a zip file"),
    ],
    ids=["empty", "blank", "large", "old", "stub", "other", "bare", "half"],
)  # fmt: skip
def test_what_is_no_workbook_is_told(content: bytes, found: str) -> None:
    assert told(content)[0] == found


def test_a_document_type_is_refused_so_no_entity_can_grow() -> None:
    laughs = '<!DOCTYPE a [<!ENTITY x "xxxx"><!ENTITY y "&x;&x;&x;&x;">]><worksheet '
    assert (
        "declares a document type" in told(changed(SMALL, SHEET, lambda text: text.replace("<worksheet ", laughs)))[0]
    )


def test_a_locked_part_is_told() -> None:
    book = bytearray(SMALL)
    for name in (b"PK\x03\x04", b"PK\x01\x02"):
        at = -1
        while (at := book.find(name, at + 1)) >= 0:
            book[at + (6 if name == b"PK\x03\x04" else 8)] |= 1
    assert told(bytes(book))[0] == "the workbook is locked by a password"


DATED = parts(xlsx([["a", "b", date(2016, 10, 5)], [1, 2.5, "c"]], [["d"]]))


@QUICK
@given(st.sampled_from([one for one in DATED if one.startswith("xl/")]), st.randoms())
def test_no_damage_does_more_than_refuse(name: str, random: Random) -> None:
    part = bytearray(DATED[name])
    for _ in range(random.randint(1, 5)):
        at = random.randrange(len(part))
        if random.random() < 0.4:
            part[at] = random.randrange(256)
        elif random.random() < 0.5:
            del part[at : at + random.randint(1, 30)]
        else:
            part[at:at] = bytes(random.choices(b'<>"/=0123456789ABCrst &;', k=random.randint(1, 8)))
    with suppress(InputError):
        read_tables(packed({**DATED, name: bytes(part)}), "f")


@pytest.mark.parametrize(
    ("content", "rows", "note"),
    [
        (b"a,b\n1,2\n", [["a", "b"], ["1", "2"]], "Read as UTF-8, separated by commas."),
        (b"a;b\r\n1,5;2\r\n", [["a", "b"], ["1,5", "2"]], "Read as UTF-8, separated by semicolons."),
        (b"a\tb\n1;2\t3,4\n", [["a", "b"], ["1;2", "3,4"]], "Read as UTF-8, separated by tabs."),
        ("\ufeffé;b\n".encode(), [["é", "b"]], "Read as UTF-8, separated by semicolons."),
        ("é;b\n".encode("cp1252"), [["é", "b"]],
         "Read as Windows-1252; look whether letters with accents are right, separated by semicolons."),
        (b"sep=,\na,b;c\n", [[], ["a", "b;c"]], "Read as UTF-8, separated by commas."),
        (b'a;"b; ""c""\nd"\n;x\n', [["a", 'b; "c"\nd'], [None, "x"]], "Read as UTF-8, separated by semicolons."),
        (b"a,b\n\n '=x ,'-1\n", [["a", "b"], [], ["'=x", "-1"]], "Read as UTF-8, separated by commas."),
        (b"a,b\r1,2\r", [["a", "b"], ["1", "2"]], "Read as UTF-8, separated by commas."),
    ],
)  # fmt: skip
def test_csv_is_read_whatever_its_encoding_and_separator(content: bytes, rows: list[object], note: str) -> None:
    read = read_tables(content, "f.csv")
    assert [list(row) for row in read.tables[0].rows] == rows
    assert read.notes == (note,)
    assert read.tables[0].place(1, 1) == "B2"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a,b\n1,\0\n", "a NUL byte stands in the file, which no text has"),
        ("a,b\n".encode("utf-16"), "the file is saved as UTF-16 or UTF-32"),
        (b"a,b\n\x81\n", "the byte 0x81 is neither UTF-8 nor Windows-1252"),
        (b'a,b\n1,"open\n', "a quotation mark is opened and never closed"),
        (b"a," + b"x" * 200_000 + b"\n", "a cell is longer than 131,072 characters"),
        (b"a,b\n" * (MOST_ROWS + 1), "the table is larger than 50,000 rows, 2,000 columns or 1,000,000 cells"),
        (b"," * 3_000, "the table is larger than 50,000 rows, 2,000 columns or 1,000,000 cells"),
    ],
    ids=["nul", "wide", "byte", "quote", "long", "rows", "columns"],
)
def test_csv_that_cannot_be_read_is_told(content: bytes, found: str) -> None:
    assert told(content)[0] == found


def test_a_control_character_breaks_its_cell_only() -> None:
    table = one(b"a,\x07\n1,2\n")
    assert table.broken[0, 1][0] == "the control character U+0007 stands in the text"
    assert table.rows[1] == ["1", "2"]


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12).map(str.strip)


@QUICK
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=2, max_size=5), st.sampled_from(",;\t"))
def test_what_was_written_as_csv_is_read_as_it_was(rows: list[list[str]], separator: str) -> None:
    width = len(rows[0])
    rows = [["sep", *["x"] * (width - 1)], *([*row, *[""] * width][:width] for row in rows)]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    table = one(f"sep={separator}\n{out.getvalue()}".encode())
    assert [[cell or "" for cell in row] for row in table.rows[1:]] == [
        [cell[1:].strip() if cell.startswith(("'=", "'+", "'-", "'@")) else cell for cell in row] for row in rows
    ]


@QUICK
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(InputError):
        read_tables(content, "f")


@given(st.integers(0, 20_000), st.integers(0, 1_000_000))
def test_names_of_cells_there_and_back(column: int, row: int) -> None:
    assert cell_at(f"{column_letters(column)}{row + 1}") == (row, column)


def test_a_time_is_a_time() -> None:
    book = xlsx([[date(2016, 10, 5)]])
    assert one(with_cell(book, "A1", '<c r="A1" s="1"><v>-5</v></c>')).at(0, 0) == time(0, 0)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_parts_named_twice_one_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, part in parts(SMALL).items():
            file.writestr(name, part)
        file.writestr(SHEET, parts(xlsx([["other"]]))[SHEET])
    assert one(out.getvalue()).at(0, 0) in ("a", "other")
