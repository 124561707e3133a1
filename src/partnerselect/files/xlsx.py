"""Workbooks in: unpacked within bounds; the reading library gets the cells that were found, and nothing else."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import python_calamine

from partnerselect.files.cells import MOST_CELLS, At, Cell, Table, Tables, column_letters, refused, text_cell
from partnerselect.files.document import shortened
from partnerselect.files.xlsx_parts import Styles, plain_styles, shared_texts
from partnerselect.files.xlsx_sheet import Budget, Sheet, local, parse, read_sheet

MOST_UNPACKED = 100_000_000
MOST_TEXT = 50_000_000
MOST_PARTS, MOST_SHEETS = 5_000, 100
MOST_SPANNED = 5_000_000
_DAMAGED = "open it in a spreadsheet program, and save it again as .xlsx"
_HIDDEN = "hidden"
_BOOK = "xl/workbook.xml"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def read_xlsx(content: bytes, file: str, unread: Mapping[str, str]) -> Tables:
    """Read the visible sheets of a workbook; see `read_tables`."""
    package = _Package(content, file)
    entries, is_1904 = _listed(package, file)
    texts = shared_texts(package.part(_STRINGS), file) if _STRINGS in package else []
    styles = plain_styles(package.part(_STYLES), file) if _STYLES in package else None
    percents = styles.percents if styles is not None else frozenset()
    budget = Budget(MOST_TEXT)
    left_out: dict[str, list[str]] = {}
    sheets: dict[str, Sheet] = {}
    for entry in entries:
        shown = shortened(entry.name)
        if entry.hidden:
            left_out.setdefault(_HIDDEN, []).append(shown)
        elif (why := unread.get(entry.name.strip().casefold())) is not None:
            left_out.setdefault(why, []).append(shown)
        else:
            sheets[entry.name] = read_sheet(package.part(entry.part), file, shown, texts, percents, budget)
            _refuse_more(list(sheets.values()), file)
    values = _values(_rewritten(styles, list(sheets.values()), is_1904=is_1904), len(sheets), file)
    tables = (_table(name, sheet, rows) for (name, sheet), rows in zip(sheets.items(), values, strict=True))
    notes = (f"Not read ({why}): {', '.join(names)}." for why, names in left_out.items())
    return Tables(tuple(tables), tuple(notes))


def _refuse_more(sheets: list[Sheet], file: str) -> None:
    """InputError where sheets hold more than anybody reads, or span so much that laying them out takes too long."""
    mend = "keep only the sheet with the table, and save it again"
    if sum(sheet.size() for sheet in sheets) > MOST_CELLS:
        raise refused(file, f"the workbook has more than {MOST_CELLS:,} cells with something in them, or merged", mend)
    if sum(sheet.spanned for sheet in sheets) > MOST_SPANNED:
        raise refused(file, f"the sheets of the workbook span more than {MOST_SPANNED:,} cells", mend)


class _Package:
    """The parts of a workbook, each unpacked when asked for, all together within bounds."""

    def __init__(self, content: bytes, file: str) -> None:
        self._file, self._left = file, MOST_UNPACKED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._parts = {info.filename.lstrip("/").casefold(): info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise refused(file, f"the workbook is damaged: {shortened(str(error))}", _DAMAGED) from None
        if len(self._parts) > MOST_PARTS:
            raise refused(file, f"the workbook has more than {MOST_PARTS:,} parts", _DAMAGED)
        if _BOOK not in self._parts:
            found = "the file is packed, but is no .xlsx workbook"
            raise refused(file, found, "open it, and save it as .xlsx or .csv")

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._parts

    def part(self, name: str) -> bytes:
        """Content of a part; what it says of its size is not believed."""
        info = self._parts.get(name.casefold())
        if info is None:
            raise refused(self._file, f"the workbook has no part {shortened(name)}", _DAMAGED)
        if info.flag_bits & 1:
            raise refused(self._file, "the workbook is locked by a password", "save it without a password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused(self._file, "the workbook is packed in a way that is not known", _DAMAGED)
        if info.file_size > self._left:
            raise self._too_large()
        try:
            with self._zip.open(info) as stream:
                content = stream.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise refused(self._file, f"the workbook is damaged: {shortened(str(error))}", _DAMAGED) from None
        self._left -= len(content)
        if self._left < 0:
            raise self._too_large()
        return content

    def _too_large(self) -> Exception:
        found = f"unpacked, the workbook is larger than {MOST_UNPACKED // 1_000_000} MB"
        return refused(self._file, found, "keep only the sheet with the table, and save it again")


def _listed(package: _Package, file: str) -> tuple[list[_Entry], bool]:
    """The sheets of a workbook in its order, and whether its dates count from 1904."""
    targets: dict[str, str] = {}
    listed: list[tuple[str, str, bool]] = []
    properties: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "workbookPr":
            properties.update(attributes)
        if local(name) == "sheet":
            of = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            listed.append((attributes.get("name", ""), of, hidden))

    parse(package.part("xl/_rels/workbook.xml.rels"), file, relation)
    parse(package.part(_BOOK), file, sheet)
    entries = [
        _Entry(name, posixpath.normpath(posixpath.join("/xl", targets[of])).lstrip("/"), hidden)
        for name, of, hidden in listed
        if of in targets
    ]
    if not entries:
        raise refused(file, "the workbook has no sheet of cells", "put the table into a sheet")
    if len(entries) > MOST_SHEETS:
        raise refused(file, f"the workbook has more than {MOST_SHEETS} sheets", "keep only the sheet with the table")
    names = [entry.name for entry in entries]
    if len(set(names)) < len(names):
        raise refused(file, "two sheets of the workbook have the same name", _DAMAGED)
    return entries, properties.get("date1904") in ("1", "true")


def _rewritten(styles: Styles | None, sheets: list[Sheet], *, is_1904: bool) -> bytes:
    """A workbook that holds the cells that were found, and how they show numbers; nothing else."""
    parts: dict[str, bytes] = {}
    relations = "".join(
        f'<Relationship Id="s{at}" Type="{_RELS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    if styles is not None:
        parts[_STYLES] = styles.part
        relations += f'<Relationship Id="styles" Type="{_RELS}/styles" Target="styles.xml"/>'
    listed = "".join(f'<sheet name="{at}" sheetId="{at}" r:id="s{at}"/>' for at in range(1, len(sheets) + 1))
    dates = '<workbookPr date1904="1"/>' if is_1904 else ""
    book = f'<workbook xmlns="{_NS}" xmlns:r="{_RELS}">{dates}<sheets>{listed}</sheets></workbook>'
    root = f'<Relationship Id="b" Type="{_RELS}/officeDocument" Target="{_BOOK}"/>'
    parts["_rels/.rels"] = f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>'.encode()
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'.encode()
    )
    parts[_BOOK] = book.encode()
    for at, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = sheet.written()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def _values(book: bytes, sheets: int, file: str) -> list[list[list[Any]]]:
    """Values of every cell, sheet by sheet, from A1 on."""
    if not sheets:
        return []
    try:
        read = python_calamine.load_workbook(io.BytesIO(book))
        return [read.get_sheet_by_index(at).to_python(skip_empty_area=False) for at in range(sheets)]
    except python_calamine.CalamineError as error:
        raise refused(file, f"the workbook is damaged: {shortened(str(error))}", _DAMAGED) from None


def _table(name: str, sheet: Sheet, rows: list[list[Any]]) -> Table:
    broken = dict(sheet.broken)
    cleaned: list[list[Cell]] = []
    for row, cells in enumerate(rows):
        cleaned.append(cells)
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                cells[column], problem = text_cell(cell)
                if problem is not None:
                    broken[row, column] = problem
    for at, first in _covered(sheet, rows):
        where = f"{column_letters(first[1])}{first[0] + 1}"
        broken.setdefault(at, (f"is merged with {where}", "take the merged cells apart, and fill in each that applies"))
    return Table(name, cleaned, broken)


def _covered(sheet: Sheet, rows: list[list[Any]]) -> Iterator[tuple[At, At]]:
    """Cells within the table that merged cells hide, and the cell that is shown instead."""
    height, width = len(rows), max(map(len, rows), default=0)
    for first, last in sheet.merged:
        for row in range(first[0], min(last[0] + 1, height)):
            for column in range(first[1], min(last[1] + 1, width)):
                if (row, column) != first:
                    yield (row, column), first
