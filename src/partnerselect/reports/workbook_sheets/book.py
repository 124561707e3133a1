"""A workbook while it is written: every text goes through here, so that none becomes a formula or a link by itself."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from partnerselect.charts.theme import fitting

INK, MUTED, NAVY, LINE = "#1F2933", "#5C6773", "#17324D", "#D5DBE1"
INPUT, ALARM = "#FFF3BF", "#B00020"

TITLE = {"bold": True, "font_size": 18, "font_color": NAVY}
LEAD = {"font_color": MUTED}
SECTION = {"bold": True, "font_size": 13, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY}
HEADING = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": NAVY,
    "text_wrap": True,
    "border": 1,
    "border_color": LINE,
    "align": "left",
    "indent": 1,
}
HEADING_OF_NUMBERS = {**HEADING, "align": "center", "indent": 0}
CELL = {"border": 1, "border_color": LINE}
NUMBER = {**CELL, "align": "right", "indent": 1}
NAME_CELL = {**CELL, "text_wrap": True, "align": "left", "indent": 1}
WORDS = {**NAME_CELL, "valign": "top"}
LINK = {"font_color": "#0B5D8F", "underline": 1, "text_wrap": False}
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_CODE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_LONGEST_LINK, _MOST_LINKS = 2_000, 65_000
_LINE, _ROW, _TALLEST = 14.5, 18.0, 405.0
A3, _A4 = 8, 9
_ON_ONE_PAGE = 45

Format = Any  # the library that writes has no types
Style = Mapping[str, Any]
Cell = str | float | None


class Book:
    """A new workbook: its formats and its sheets."""

    def __init__(self, title: str, made_on: date, footer: str) -> None:
        """A workbook with a title, the day it was made on, and a line for the foot of every printed page."""
        self._bytes = io.BytesIO()
        self.file = xlsxwriter.Workbook(
            self._bytes,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "nan_inf_to_errors": False,
            },
        )
        self.title, self._footer = title, footer
        self._formats: dict[frozenset[tuple[str, Any]], Format] = {}
        self._properties: dict[Format, Style] = {}
        made = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001 - a day, wherever it is
        self.file.set_properties({"title": _clean(title)[:250], "author": "PartnerSelect", "created": made})
        self.file.set_size(24_000, 15_000)

    def style(self, *styles: Style, **more: Any) -> Format:
        """The format with these properties; later ones win."""
        merged: dict[str, Any] = {"font_color": INK, "valign": "vcenter"}
        for one in (*styles, more):
            merged |= one
        key = frozenset(merged.items())
        if key not in self._formats:
            self._formats[key] = self.file.add_format(merged)
            self._properties[self._formats[key]] = merged
        return self._formats[key]

    def quoted(self, format_: Format) -> Format:
        """The same format for text that would become a formula when somebody edits its cell."""
        return self.style(self._properties[format_], quote_prefix=True)

    def sheet(self, name: str, colour: str, widths: Sequence[float], lead: str = "") -> Sheet:
        """A new sheet with column widths, its name as heading, and a line that says what it is for."""
        return Sheet(self, name, colour, widths, lead, self._footer)

    def name(self, name: str, sheet: str, first: str, last: str = "") -> None:
        """Name a cell or a range such as ``$B$5``, ``$B$9``."""
        self.file.define_name(name, f"='{sheet}'!{first}" + (f":{last}" if last else ""))

    def close(self) -> bytes:
        """The finished file."""
        self.file.close()
        return self._bytes.getvalue()


class _OldFunctions(Worksheet):  # type: ignore[misc] # the library has no types
    """A sheet whose formulas use functions that are as old as the format, so that none is searched for newer ones."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


class Sheet:
    """One sheet. Rows are written from the top down, each at once; rows and columns count from 0."""

    def __init__(self, book: Book, name: str, colour: str, widths: Sequence[float], lead: str, footer: str) -> None:
        self.book, self.sheet = book, book.file.add_worksheet(name, _OldFunctions)
        self._links = 0
        self.widths = widths
        self.sheet.hide_gridlines(2)
        self.sheet.set_default_row(_ROW)
        self.sheet.set_tab_color(colour)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_header(f"&L&9 {_printed(book.title)}&R&9 {name}")
        self.sheet.set_footer(f"&L&9 {_printed(footer)}&R&9 page &P of &N")
        self.sheet.set_row(0, 30)
        self.text(0, 0, name if lead else book.title, book.style(TITLE))
        if lead:
            self.text(1, 0, lead, book.style(LEAD))

    def text(self, row: int, column: int, text: str, format_: Format) -> None:
        """Text as it is; one that starts like a formula stays text even when somebody edits the cell."""
        if text[:1] in FORMULA_STARTS:
            format_ = self.book.quoted(format_)
        self.sheet.write_string(row, column, _clean(text), format_)

    def number(self, row: int, column: int, value: float, format_: Format) -> None:
        """A finite number."""
        self.sheet.write_number(row, column, value, format_)

    def formula(self, row: int, column: int, formula: str, shown: float | str, format_: Format) -> None:
        """A formula, and what it comes to, for programs that show a workbook without computing it."""
        result = _LIKE_A_CODE.sub("_x005F_", _clean(shown)) if isinstance(shown, str) else float(shown)
        self.sheet.write_formula(row, column, formula, format_, result)

    def height(self, row: int, cells: Sequence[Cell]) -> None:
        """Room for the wrapped texts of the first columns; to be said before the row is written. Links do not wrap."""
        lines = 1
        for cell, width in zip(cells, self.widths, strict=False):
            if isinstance(cell, str) and (len(cell) > width or "\n" in cell) and not is_web_address(cell):
                lines = max(lines, lines_of(cell, width))
        if lines > 1:
            self.sheet.set_row(row, min(_LINE * lines + 4, _TALLEST))

    def paragraph(self, row: int, first: int, last: int, text: str, format_: Format) -> None:
        """A text that runs over several columns, and as many lines as it needs."""
        lines = lines_of(text, sum(self.widths[first : last + 1]))
        self.sheet.set_row(row, min(_LINE * lines + 4, _TALLEST))
        self.across(row, first, last, text, format_)

    def empty(self, row: int, column: int, format_: Format) -> None:
        """A cell with a format only."""
        self.sheet.write_blank(row, column, None, format_)

    def source(self, row: int, column: int, source: str, link: Format, format_: Format) -> None:
        """A source: a link where it is nothing but an address on the web, else text."""
        if is_web_address(source) and self._links < _MOST_LINKS:
            self._links += 1
            self.sheet.write_url(row, column, source, link)
        else:
            self.text(row, column, source, format_)

    def across(self, row: int, first: int, last: int, text: str, format_: Format) -> None:
        """One heading over several columns."""
        self.text(row, first, text, format_)
        if last > first:
            if text[:1] in FORMULA_STARTS:
                format_ = self.book.quoted(format_)
            self.sheet.merge_range(row, first, row, last, _clean(text), format_)

    def comment(self, row: int, column: int, text: str) -> None:
        """A comment that opens over the cell."""
        self.sheet.write_comment(row, column, _clean(text), {"x_scale": 2.2, "y_scale": 1.4, "font_size": 9})

    def protect(self) -> None:
        """No formula is overwritten by mistake; there is no password, and widths and filters stay free."""
        free = ("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")
        self.sheet.protect("", dict.fromkeys(free, True))

    def freeze(self, rows: int, columns: int, headings: int = 1) -> None:
        """Keep the first rows and columns in sight, and repeat the last rows of these on every printed page."""
        self.sheet.freeze_panes(rows, columns)
        self.sheet.repeat_rows(rows - headings, rows - 1)

    def printed(self, last_row: int, last_column: int, paper: int = _A4) -> None:
        """What is printed: the cells up to a row and a column, as wide as a page, and on one page if they are few."""
        self.sheet.print_area(0, 0, last_row, last_column)
        self.sheet.set_paper(paper)
        self.sheet.fit_to_pages(1, 1 if last_row <= _ON_ONE_PAGE else 0)


def lines_of(text: str, width: float) -> int:
    """Number of lines that a text takes in a column, as far as that can be told from its letters."""
    return sum(max(1, math.ceil(len(line) / (1.08 * width))) for line in text.split("\n"))


def is_web_address(text: str) -> bool:
    """Whether a text is nothing but an address on the web, of a length that such files allow."""
    if not text.startswith(("http://", "https://")) or len(text) > _LONGEST_LINK:
        return False
    if " " in text or not text.isprintable():
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def cells(row: int, first: int, last: int, absolute_row: bool = False) -> str:
    """A stretch of one row, such as ``B7:O7`` or ``B$7:O$7``; `row` counts from 0."""
    dollar = "$" if absolute_row else ""
    return f"{column_name(first)}{dollar}{row + 1}:{column_name(last)}{dollar}{row + 1}"


def column_name(column: int) -> str:
    """Letters of a column, counted from 0."""
    return str(xl_col_to_name(column))


def _clean(text: str) -> str:
    """Text without the few characters that no such file can hold."""
    return text if text.isprintable() else _NO_XML.sub("\ufffd", text)


def _printed(text: str) -> str:
    """Text for the head or foot of a page, where & starts a command."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return fitting(" ".join(printable.split()), 90).replace("&", "&&")
