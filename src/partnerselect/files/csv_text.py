"""CSV in: its encoding and its separator are found out and told, and every cell stays the text that it is."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from partnerselect.files.cells import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    At,
    Cell,
    Table,
    Tables,
    refused,
    text_cell,
)

_SEPARATORS = {";": "semicolons", "\t": "tabs", ",": "commas"}
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_TRIED = 50
_LONGEST_CELL = 131_072


def read_csv(content: bytes, file: str) -> Tables:
    """Read a CSV file; see `read_tables`.

    UTF-8 is tried first, then Windows-1252. The separator is the one of semicolon, tab and comma that makes the
    first rows most alike, or the one that a first line such as ``sep=;`` names. An apostrophe before a sign
    that would begin a formula is taken away, as spreadsheets do.
    """
    text, encoding = _decoded(content, file)
    separator, text, skipped = _separator(text)
    rows: list[list[Cell]] = [[] for _ in range(skipped)]
    broken: dict[At, tuple[str, str]] = {}
    width = 0
    for row in _records(text, separator, file):
        width = max(width, len(row))
        at = len(rows)
        if at >= MOST_ROWS or width > MOST_COLUMNS or (at + 1) * width > MOST_CELLS:
            found = f"the table is larger than {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns or {MOST_CELLS:,} cells"
            raise refused(file, found, "split it, or delete what does not belong to it", f"row {at + 1}")
        cells: list[Cell] = []
        for column, written in enumerate(row):
            cell, problem = text_cell(_without_apostrophe(written))
            cells.append(cell)
            if problem is not None:
                broken[at, column] = problem
        rows.append(cells)
    note = f"Read as {encoding}, separated by {_SEPARATORS[separator]}."
    return Tables((Table("", rows, broken, commas=separator == ";"),), (note,))


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    if content.startswith(_WIDE):
        raise refused(file, "the file is saved as UTF-16 or UTF-32", "save it as CSV UTF-8")
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        found = "a NUL byte stands in the file, which no text has"
        raise refused(file, found, "save it as CSV UTF-8, or as .xlsx", f"line {line}")
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "Windows-1252; look whether letters with accents are right"
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{content[error.start]:02X} is neither UTF-8 nor Windows-1252"
        raise refused(file, found, "save it as CSV UTF-8", f"line {line}") from None


def _separator(text: str) -> tuple[str, str, int]:
    """The separator, the text that it separates, and how many lines stood before that."""
    first, ending, rest = text.partition("\n")
    named = first.strip().casefold()
    if named.startswith("sep=") and first.strip("\r")[4:5] in _SEPARATORS and ending:
        return first[4], rest, 1
    return max(_SEPARATORS, key=lambda one: _likeness(text, one)), text, 0


def _likeness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first rows have as many cells as each other, more than one, and how many cells that is."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):  # told when the rows are read
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), _TRIED):
            widths[len(row)] += len(row) > 1
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _records(text: str, separator: str, file: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found, mend = _said(str(error))
            raise refused(file, found, mend, f"row {number}") from None


def _said(error: str) -> tuple[str, str]:
    if "field larger" in error:
        return f"a cell is longer than {_LONGEST_CELL:,} characters", "look for a quotation mark that is never closed"
    if "unexpected end" in error:
        return "a quotation mark is opened and never closed", 'close it, or write "" for a quotation mark inside a cell'
    return f"the row cannot be read: {error}", 'put a cell with quotation marks in quotes, and write "" for each inside'


def _without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text
