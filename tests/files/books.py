"""Spreadsheets for tests: small workbooks, and workbooks with one part changed as no program would write it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def xlsx(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = (), hidden: Sequence[int] = ()) -> bytes:
    """A workbook with these rows in its sheets; None leaves a cell empty, a date is written as one."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[at] if at < len(names) else None)
        if at in hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return out.getvalue()


def parts(book: bytes) -> dict[str, bytes]:
    """The parts of a workbook, unpacked."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(content: Mapping[str, bytes]) -> bytes:
    """Parts packed into a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in content.items():
            file.writestr(name, part)
    return out.getvalue()


def changed(book: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one of its parts changed."""
    content = parts(book)
    after = change(content[part].decode())
    assert after != content[part].decode()
    return packed({**content, part: after.encode()})


def with_cell(book: bytes, name: str, element: str) -> bytes:
    """A workbook with an element in place of one cell of its first sheet."""
    return changed(
        book, SHEET, lambda text: re.sub(rf'<c r="{name}"[^>]*?(/>|>.*?</c>)', element, text, flags=re.DOTALL)
    )
